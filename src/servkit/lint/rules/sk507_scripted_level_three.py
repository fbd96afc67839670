"""A script is written for the level `super`.

Super service is what somebody does because they noticed the person. Nobody can read that out from a script.

Why: Customers notice a scripted gesture, and then doubt the next real one.

Fix: Put it under `go_beyond` of a standard as something that staff are trusted to do, tell it as one of the standard's
`stories`, or write `level: genuine`.

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
SCOPE = "document"


def check(kinds: Mapping[str, Sequence[Entry]]) -> Iterator[Finding]:
    for entry in kinds["script"]:
        if entry.logic.get("level") == "super":
            message = "Nobody can script super service. Write it under `go_beyond` of a standard, or make it `genuine`."
            yield at(entry, ("level",), message)
