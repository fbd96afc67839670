"""Two documents of one kind say nearly the same.

The check compares the texts, not the names. Two versions of one id may be alike.

Why: Somebody will change one and forget the other, and then the book says two different things.

Fix: Keep one of them, or make clear how they differ.

Options:

    alike  how alike two texts have to be, out of 100 (94)

Bad:

    kind: script
    id: hold-ask
    say: May I ask you to hold the line for two minutes while I look that up for you in our calendar?
    ---
    kind: script
    id: hold-please
    say: May I ask you to hold the line for two minutes while I look this up for you in our calendar?  # here

Good:

    kind: script
    id: hold-ask
    say: May I ask you to hold the line for two minutes while I look that up for you in our calendar?
    ---
    kind: script
    id: hold-return
    say: Thank you for waiting. The first free morning with Walt is Thursday, and I have put your name to it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from servkit.lint.finding import Finding, at
from servkit.lint.similarity import compared_text, similar_documents
from servkit.text import quoted

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from servkit.book.entries import Entry

CODE = "SK608"
SEVERITY = "warning"
OPTIONS = {"alike": 94}


def check(kinds: Mapping[str, Sequence[Entry]], options: Mapping[str, Any]) -> Iterator[Finding]:
    for kind, entries in kinds.items():
        if kind not in ("customer", "scenario"):
            for first, second in similar_documents(entries, options["alike"]):
                key, _ = compared_text(second)
                message = (
                    f"This {kind} says nearly the same as {quoted(first.id)} ({first.path}:{first.line})."
                    " Keep one of them, or make clear how they differ."
                )
                yield at(second, (key,), message)
