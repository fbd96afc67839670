"""A number looks like a time of day.

Some languages write times with a point: `11.00`. In a book this is the number 11. A term with `type: number` is left
alone, and so is a number without a needless `0` at its end.

Why: Nobody reads `11` as eleven o'clock, and it compares with no time.

Fix: Write a time with a colon. Write a number without the `0` at its end, or say `type: number`.

Bad:

    kind: policy
    id: departure
    rule: fixed
    terms:
      until: 11.00  # here

Good:

    kind: policy
    id: departure
    rule: fixed
    terms:
      until: 11:00
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from servkit.book.literals import read
from servkit.lint.finding import Finding, at
from servkit.text import quoted

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from servkit.lint.fixtures.owned_terms import OwnedTerm

CODE = "SK321"
SEVERITY = "info"
SCOPE = "document"

_TIME = re.compile(r"([01]?[0-9]|2[0-3])\.[0-5]0")
#: What stands in a term beside its values, limits and grants.
_OTHER = frozenset({"title", "why", "when", "better", "each", "per", "of", "by", "up_to", "after"})


def check(owned_terms: Sequence[OwnedTerm]) -> Iterator[Finding]:
    for owned in owned_terms:
        name = owned.term.ref.partition(".")[2]
        written = owned.owner.prose["terms"][name]
        if owned.term.type != "number" or (isinstance(written, dict) and "type" in written):
            continue
        for where, text in _texts(written, ("terms", name)):
            if _TIME.fullmatch(text):
                message = (
                    f"{quoted(text)} is the number {read(text, ())}. If you mean a time of day, write "
                    f"{quoted(text.replace('.', ':'))}. If you mean a number, write {quoted(str(read(text, ())))}."
                )
                yield at(owned.owner, where, message)


def _texts(data: Any, where: tuple[str | int, ...]) -> Iterator[tuple[tuple[str | int, ...], str]]:
    """The texts of a term's values, limits and grants, with where they stand."""
    if isinstance(data, str):
        yield where, data
    elif isinstance(data, (dict, list)):
        for step, item in data.items() if isinstance(data, dict) else enumerate(data):
            if step not in _OTHER:
                yield from _texts(item, (*where, step))
