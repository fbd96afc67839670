"""Documents that are nearly right, for the tests in which one way of reading is held against another."""

from __future__ import annotations

import json
from copy import deepcopy
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from hypothesis import strategies as st

from servkit.book.yaml_reader import compose

if TYPE_CHECKING:
    from collections.abc import Iterator

_ROOT = Path(__file__).parents[2]

#: What the books that come with servkit do not say, for the settings in :mod:`tests.book.authoring`.
_RICH = """\
kind: policy
id: p
rule: flexible
effective: {from: 2020-01-01, until: 2030-01-01}
terms:
  window:
    {title: {en: A}, value: 30 days, better: more, limit: 13 weeks, grant: {technician: 45 days, owner: 90 days},
    cases: [
      {when: {vip: yes, plan: [single, monthly]}, value: 60 days, grant: {supervisor: {2025-01-01: 70 days}}},
      {when: {any: [{plan: single}, {not: {region: north}}]}, limit: 99 days}]}
  fee: {value: {start: 5 USD, each: 2 USD, per: 1 hour, of: hours_late, after: 2 hours, at_most: 50 USD}}
  share: {value: {each: 10 %, of: balance}, better: less, limit: 30 USD}
  dated: {value: {by: since, 2020-01-01: 3, 2024-01-01: 5}}
  what: {type: choice, of: [a, b, café], value: b, better: more, limit: cafe\u0301}
  tags: [x, y]
  given: yes
  doubtful: 1,500 USD
  one: {value: 3, cases: {when: {since: {within: 2 years}}, value: 4}}
---
kind: segment
id: s
when: {since: {before: 2 years ago}, visits_a_year: {at_least: 4, less_than: 10}, balance: {between: [1 USD, 5 USD]},
  tags: [a, b], role: {at_least: supervisor}, channel: phone, region: {matches: "a.*b"}, plan: {known: yes}}
priority: 5.5
sets: {p.window: 60 days, p.fee: {start: 3 USD}, p.x: {2020-01-01: a}}
---
kind: script
id: hello
say: Hello
when: {segment: [a, b], office: north, hours_late: [1 hour, 60 minutes], share: {more_than: 10 %}, all: {vip: no},
  missed_on: {between: [1 week ago, 1 week ahead]}, not: {tags: {has_all: [a, b]}}, region: {in: [x, y]},
  plan: {is_not: single}}
---
kind: customer
id: C-1
attributes: {plan: single, since: 2020-01-01, region: café, balance: 3 USD, tags: [a, b], vip: yes, share: 10 %}
promised: {p.window: 90 days, p.dated: {2020-01-01: 3}}
priorities: [x, {say: y, noted: 2020-01-01}]
---
kind: scenario
id: somebody
given: {today: 2026-01-01, facts: {hours_late: 2 hours}}
customer: {name: X, promised: {p.window: 9 days}, attributes: {plan: single}}
---
kind: procedure
id: steps
steps: [a, {do: b, role: owner, within: 2 office hours, say: [x, y]}, {do: {en: a}, say: z}]
standards: [a]
policies: b
roles: [owner]
channels: phone
"""

#: What stands anywhere in place of anything.
_TEXTS = (
    "", "30 days", "2 office hours", "2 desk hours", "3 XXX", "3 USD", "1,500", "5", "-3 days", "10 %", "yes", "maybe",
    "2026-02-30", "2026-01-01", "2026-W01-1", "01.02.2026", "2 years ago", "2 hours ago", "1 month", "more", "less",
    "fixed", "flexible", "choice", "text", "single", "gold", "north", "fax", "(", "9" * 40, "cafe\u0301", "a" * 120,
    "1 hour", "1 day", "4 office weeks", "owner", "boss", "started", "0", "synthetic",
)  # fmt: skip
_PARTS: tuple[Any, ...] = (
    None, [], {}, ["a"], ["a", "b"], {"a": "b"}, ["single", "gold"], ["1 USD", "2 EUR"], ["2026-01-01", "1 year ago"],
    ["a", {"b": "c"}], {"2020-01-01": "30 days"}, {"2020-01-01": "3", "2021-01-01": "4 days"}, {"start": "3 USD"},
    {"at_least": "3"}, {"known": "yes"}, {"between": ["3", "1"]}, {"within": "2 years"}, {"": "single"},
    {"owner": "3 days"}, {"boss": "4"}, [{"when": {"vip": "yes"}, "value": "3"}], {"en": "hi"},
    {"when": {"plan": "single"}, "value": "4 days"},
)  # fmt: skip
_KEYS = (
    "at_least",
    "between",
    "known",
    "has_all",
    "segment",
    "not",
    "any",
    "2020-01-01",
    "owner",
    "boss",
    "unheard-of",
)


@cache
def _documents() -> tuple[dict[str, Any], ...]:
    texts = [_RICH.encode()]
    texts += [
        path.read_bytes() for path in sorted((_ROOT / "standards").rglob("*.yaml")) if path.name != "servkit.yaml"
    ]
    return tuple(
        source.data for text in texts for source in compose("a.yaml", text, []) if isinstance(source.data, dict)
    )


def documents() -> st.SearchStrategy[dict[str, Any]]:
    """Documents as they are, or with up to three parts taken away, doubled, renamed or replaced."""

    @st.composite
    def changed(draw: st.DrawFn) -> dict[str, Any]:
        document: dict[str, Any] = deepcopy(draw(st.sampled_from(_documents())))
        for _ in range(draw(st.integers(0, 3))):
            spots = list(_spots(document))
            if spots:
                _change(draw, *draw(st.sampled_from(spots)))
        return document

    return changed()


def _spots(data: Any) -> Iterator[tuple[Any, Any]]:
    """Every container of a document with each of its keys or indexes."""
    for key in list(data) if isinstance(data, dict) else range(len(data)) if isinstance(data, list) else ():
        yield data, key
        yield from _spots(data[key])


def _change(draw: st.DrawFn, data: Any, key: Any) -> None:
    part = draw(st.sampled_from(_TEXTS) | st.sampled_from(_PARTS).map(deepcopy))
    match draw(st.sampled_from(("replace", "replace", "wrap", "drop", "double", "rename"))):
        case "replace":
            data[key] = part
        case "wrap":
            data[key] = [data[key]]
        case "drop":
            del data[key]
        case "double" if isinstance(data, list):
            data.insert(key, deepcopy(data[key]))
        case "double":
            data[draw(st.sampled_from(_KEYS))] = deepcopy(data[key])
        case "rename" if isinstance(data, dict):
            data[draw(st.sampled_from(_KEYS))] = data.pop(key)


def text_of(document: dict[str, Any]) -> str:
    """A document as YAML."""
    return "".join(f"{key}: {json.dumps(part, ensure_ascii=False)}\n" for key, part in document.items()) or "{}"
