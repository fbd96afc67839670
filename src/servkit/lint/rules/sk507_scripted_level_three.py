"""A script is written for the third level of service.

Super service is what somebody does because they saw the person. What can be read out is not it: put it under
``go_beyond`` of a standard, as what staff are trusted to do, or tell it as one of its ``stories``.

Why: a gesture that is scripted is noticed as one, and then the next real one is doubted.

Bad:

    kind: script
    id: surprise
    level: super  # here
    say: I have a small surprise for you.

Good:

    kind: script
    id: thanks
    level: genuine
    say: Thank you for telling me.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from servkit.lint.finding import Finding, at

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from servkit.book.entries import Entry

CODE = "SK507"
SEVERITY = "error"


def check(kinds: Mapping[str, Sequence[Entry]]) -> Iterator[Finding]:
    for entry in kinds["script"]:
        if entry.logic.get("level") == "super":
            message = f"{entry.id} scripts what only a person can do; make it `go_beyond` of a standard, or `genuine`"
            yield at(entry, ("level",), message)
