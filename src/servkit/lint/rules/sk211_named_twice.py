"""A list contains the same item twice.

`--fix` deletes the second one if it has a line of its own.

Why: Most often, the second one was meant to be something else.

Fix: Write what was meant instead, or keep one of them.

Bad:

    kind: script
    id: hello
    channels:
      - phone
      - phone  # here
    say: Good morning.
    when: {plan: [monthly, monthly]}  # here

Good:

    kind: script
    id: hello
    channels:
      - phone
      - email
    say: Good morning.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from servkit.book.values import nfc
from servkit.lint.finding import Edit, Finding, Fix, at, place_of
from servkit.text import quoted

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from servkit.book.entries import Entry
    from servkit.lint.fixtures.places import Places

    Where = tuple[str | int, ...]

CODE = "SK211"
SEVERITY = "warning"
SCOPE = "document"


def check(entries: Sequence[Entry], places: Places) -> Iterator[Finding]:
    for entry in entries:
        for where, name in _repeated(entry.prose, ()):
            message = f"{quoted(name)} is in this list already. Write what was meant instead, or keep one of them."
            yield at(entry, where, message, fix=_fix(entry, where, name, places))


def _repeated(data: Any, where: Where) -> Iterator[tuple[Where, str]]:
    """The items of lists that an item before them says already, with where they are. `between: [5, 5]` is right."""
    if isinstance(data, list) and where[-1] != "between":
        seen: set[str] = set()
        for index, item in enumerate(data):
            if isinstance(item, str):
                if nfc(item) in seen:
                    yield (*where, index), item
                seen.add(nfc(item))
    parts: Iterable[tuple[str | int, Any]] = (
        data.items() if isinstance(data, dict) else enumerate(data) if isinstance(data, list) else ()
    )
    for step, part in parts:
        if isinstance(part, (dict, list)):
            yield from _repeated(part, (*where, step))


def _fix(entry: Entry, where: tuple[str | int, ...], name: str, places: Places) -> Fix | None:
    """The deletion of the line, if nothing else is on it."""
    line, column = place_of(entry, where)
    text = places.lines(entry.path)[line - 1]
    if text[: column - 1].strip() != "-" or text[column - 1 :].rstrip() != name:
        return None
    return Fix("delete the line", (Edit(line, 1, text + "\n", ""),))
