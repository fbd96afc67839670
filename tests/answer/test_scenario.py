"""BOOK.md 8 and 9, *Scenarios*."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from servkit.answer.case import document_customer
from servkit.answer.resolver import resolve
from servkit.answer.scenario import case_of, differences
from servkit.book.problems import UnknownNameError, ValueProblem

from .books import book

if TYPE_CHECKING:
    from servkit.answer.case import Customer
    from servkit.book.entries import Entry
    from servkit.book.library import Book

BOOK = """\
kind: policy
id: returns
rule: flexible
area: returns
terms:
  window: {value: 7 days, better: more, grant: {supervisor: 10 days}, cases: [{when: {opened: yes}, value: 5 days}]}
  how: {value: open, type: text}
  colours: {value: [red, blue], type: list}
---
kind: script
id: returns
say: Hi
---
kind: script
id: quiet
say: Hi
when: {plan: single}
---
kind: recovery
id: sorry
when: {plan: single}
---
kind: segment
id: key
when: {plan: commercial}
---
kind: customer
id: C-1
attributes: {plan: commercial}
---
"""


def scenario(expect: str, given: str = "today: 2026-03-01", rest: str = "") -> tuple[Book, Entry]:
    text = f"kind: scenario\nid: s\ntitle: S\ngiven: {{{given}}}\nexpect: {{{expect}}}\n{rest}"
    library = book(BOOK + text)
    return library, next(entry for entry in library.entries if entry.kind == "scenario")


def differing(expect: str, given: str = "today: 2026-03-01, facts: {opened: no}", rest: str = "") -> list[str]:
    """Where the answer is not as expected."""
    library, entry = scenario(expect, given, rest)

    def find(id_: str) -> Customer | None:
        versions = library.versions("customer", id_)
        return document_customer(versions[0]) if versions else None

    found = differences(entry, resolve(library, case_of(entry, library, find)))
    return [".".join(map(str, difference.where)) for difference in found]


@pytest.mark.parametrize(
    "expect",
    [
        "terms: {returns.window: 1 week}",
        "terms: {returns.colours: [blue, red]}",
        "terms: {returns.how: open}",
        "terms: {returns.gone: none}",
        "you_may: {returns.window: 168 hours}",
        "you_may: {returns.gone: none}",
        "applies: [returns, 'policy:returns', 'script:returns']",
        "does_not_apply: [quiet, 'recovery:sorry', 'standard:returns']",
        "say: returns",
        "uncovered: visits",
        "might_be: key",
        "ask: plan",
        "segments: []",
    ],
)
def test_what_holds(expect: str) -> None:
    assert differing(expect) == []


@pytest.mark.parametrize(
    ("expect", "where"),
    [
        ("terms: {returns.window: 8 days}", "expect.terms.returns.window"),
        ("terms: {returns.window: 7 USD}", "expect.terms.returns.window"),
        ("terms: {returns.window: open}", "expect.terms.returns.window"),
        ("terms: {returns.window: none}", "expect.terms.returns.window"),
        ("terms: {returns.gone: 7 days}", "expect.terms.returns.gone"),
        ("terms: {returns.how: {state: open}}", "expect.terms.returns.how"),
        ("you_may: {returns.window: 10 days}", "expect.you_may.returns.window"),
        ("you_may: {returns.window: none}", "expect.you_may.returns.window"),
        ("applies: quiet", "expect.applies.0"),
        ("does_not_apply: [quiet, returns]", "expect.does_not_apply.1"),
        ("say: [returns, quiet]", "expect.say.1"),
        ("uncovered: []", "expect.uncovered"),
        ("might_be: []", "expect.might_be"),
        ("ask: []", "expect.ask"),
        ("segments: key", "expect.segments"),
        ("due: {returns.window: 2026-03-02T11:00}", "expect.due.returns.window"),
    ],
)
def test_what_does_not_hold(expect: str, where: str) -> None:
    assert differing(expect) == [where]


def test_open_where_it_cannot_be_settled() -> None:
    unknown = "today: 2026-03-01"
    assert differing("terms: {returns.window: open}, you_may: {returns.window: 5 days}", unknown) == []
    assert differing("terms: {returns.window: {state: open}}", unknown) == []


def test_an_id_is_the_standard_or_policy_before_any_other_kind() -> None:
    fixed = "today: 2026-03-01, facts: {opened: no}"
    text = BOOK.replace("rule: flexible", "rule: flexible\nwhen: {plan: single}")
    library = book(
        text
        + f"kind: scenario\nid: s\ngiven: {{{fixed}}}\nexpect: {{does_not_apply: returns, applies: 'script:returns'}}"
    )
    entry = next(entry for entry in library.entries if entry.kind == "scenario")
    assert differences(entry, resolve(library, case_of(entry, library, lambda _: None))) == []


def test_what_is_not_stated_is_not_checked() -> None:
    assert differing("terms: {}") == []


def test_facts_may_set_attributes_and_an_empty_one_is_unknown() -> None:
    given = "today: 2026-03-01, facts: {opened: no, plan: commercial}"
    assert differing("segments: key, ask: []", given) == []
    assert differing("segments: [], ask: plan", "today: 2026-03-01, facts: {opened: no, plan: }", "customer: C-1") == []


def test_the_customer_is_an_id_or_in_place() -> None:
    assert differing("segments: key", rest="customer: C-1") == []
    assert differing("segments: key", rest="customer: {name: Ana, attributes: {plan: commercial}}") == []
    kept = "customer: {name: Ana, promised: {returns.window: 9 days}}"
    assert differing("terms: {returns.window: 9 days}", rest=kept) == []


def test_what_the_book_does_not_have_cannot_be_put() -> None:
    for given, rest in (("today: 2026-03-01, role: king", ""), ("today: 2026-03-01", "customer: C-9"),
                        ("today: 2026-03-01, facts: {height: 3}", ""),
                        ("today: 2026-03-01, channel: fax", "")):  # fmt: skip
        with pytest.raises(UnknownNameError):
            differing("ask: []", given, rest)
    with pytest.raises(ValueProblem):
        differing("ask: []", "today: 2026-03-01, facts: {opened: perhaps}")


def test_the_level_of_the_desk() -> None:
    text = (
        BOOK
        + "kind: script\nid: warm\nsay: Hi\nlevel: genuine\n---\n"
        + "kind: scenario\nid: s\ngiven: {today: 2026-03-01, level: synthetic}\n"
    )
    library = book(text + "expect: {does_not_apply: warm}")
    entry = next(entry for entry in library.entries if entry.kind == "scenario")
    assert differences(entry, resolve(library, case_of(entry, library, lambda _: None))) == []


@pytest.mark.parametrize(
    ("expect", "difference"),
    [
        ("may_be: {returns.window: [7 days, 5 days]}", None),
        ("may_be: {returns.how: [open]}", None),
        ("may_be: {returns.window: [5 days]}", ("5 days", "5 days or 7 days")),
        ("may_be: {returns.window: [5 days, null]}", ("5 days or no value", "5 days or 7 days")),
        ("you_may_be: {returns.window: [5 days, 7 days]}", None),
        ("you_may_be: {returns.window: []}", ("none", "5 days or 7 days")),
        ("you_may_be: {returns.how: []}", None),
        ("you_may_be: {returns.how: [{at_least: 1 USD}]}", ("at least 1 USD", "none")),
    ],
)
def test_possible_values_may_be_stated(expect: str, difference: tuple[str, str] | None) -> None:
    library, entry = scenario(expect, "today: 2026-03-01, role: technician")
    found = differences(entry, resolve(library, case_of(entry, library, lambda _: None)))
    assert [(one.expected, one.got) for one in found] == ([difference] if difference else [])
