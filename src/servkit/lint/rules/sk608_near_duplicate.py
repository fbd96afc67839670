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

from functools import partial
from typing import TYPE_CHECKING, Any

from servkit.lint.finding import Finding, at
from servkit.lint.fixtures.sketches import said
from servkit.lint.similarity import near_pairs

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from servkit.book.entries import Entry
    from servkit.lint.similarity import Sketch

CODE = "SK608"
SEVERITY = "warning"
OPTIONS = {"alike": 94}


def check(sketches: Mapping[str, Sequence[tuple[Entry, Sketch]]], options: Mapping[str, Any]) -> Iterator[Finding]:
    for kind, documents in sketches.items():
        entries = [entry for entry, _ in documents]
        pairs = near_pairs([sketch for _, sketch in documents], partial(_text, entries), options["alike"])
        for first, second in pairs:
            one, other = entries[first], entries[second]
            if one.id != other.id:
                place, key = f"{one.path}:{one.line}", said(other)[0]
                yield at(
                    other, (key,), f"this {kind} says nearly what {one.id} says ({place}); keep one, or tell them apart"
                )


def _text(entries: Sequence[Entry], number: int) -> str:
    return said(entries[number])[1]
