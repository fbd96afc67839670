"""A list names one thing twice.

``--fix`` takes the second away where it stands on a line of its own.

Why: mostly the second was meant to be something else.

Bad:

    kind: script
    id: hello
    channels:
      - phone
      - phone  # here
    say: Good morning.

Good:

    kind: script
    id: hello
    channels:
      - phone
      - email
    say: Good morning.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from servkit.lint.finding import Edit, Finding, Fix, at

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from servkit.book.entries import Entry
    from servkit.lint.fixtures.places import Places

CODE = "SK211"
SEVERITY = "warning"
_KEYS = ("area", "channels", "roles", "segments", "say", "philosophies", "standards", "policies", "may_offer", "tags")


def check(entries: Sequence[Entry], places: Places) -> Iterator[Finding]:
    for entry in entries:
        for key in _KEYS:
            names = entry.prose.get(key)
            if not isinstance(names, list) or len(set(map(str, names))) == len(names):
                continue
            seen: set[str] = set()
            for index, name in enumerate(names):
                if isinstance(name, str) and name in seen:
                    fix = _fix(entry, (key, index), name, places)
                    yield at(entry, (key, index), f"{name!r} is here twice; one of them is enough", fix=fix)
                seen.add(str(name))


def _fix(entry: Entry, where: tuple[str | int, ...], name: str, places: Places) -> Fix | None:
    """Take the line away, where nothing else stands on it."""
    assert entry.source is not None
    line, column = entry.source.place(where)
    text = places.lines(entry.path)[line - 1]
    if text[: column - 1].strip() != "-" or text[column - 1 :].rstrip() != name:
        return None
    return Fix("take the line away", (Edit(line, 1, text + "\n", ""),))
