"""A list contains the same name twice.

`--fix` deletes the second one if it has a line of its own.

Why: Most often, the second one was meant to be something else.

Fix: Correct the second one, or delete it.

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

from servkit.lint.finding import Edit, Finding, Fix, at, place_of
from servkit.text import quoted

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
                    message = f"{quoted(name)} is listed twice. Correct or delete the second one."
                    yield at(entry, (key, index), message, fix=fix)
                seen.add(str(name))


def _fix(entry: Entry, where: tuple[str | int, ...], name: str, places: Places) -> Fix | None:
    """The deletion of the line, if nothing else is on it."""
    line, column = place_of(entry, where)
    text = places.lines(entry.path)[line - 1]
    if text[: column - 1].strip() != "-" or text[column - 1 :].rstrip() != name:
        return None
    return Fix("delete the line", (Edit(line, 1, text + "\n", ""),))
