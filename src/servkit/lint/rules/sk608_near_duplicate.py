"""Two documents of one kind say nearly the same.

Compared are the texts, without the names; two versions of one id may be alike.

Why: one of the two will be changed and the other forgotten, and then the book says two things.

Options:

    alike  from how many of a hundred points two texts count as the same (94)

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

from servkit.lint.alike import near_pairs
from servkit.lint.finding import Finding, at

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from servkit.book.entries import Entry
    from servkit.lint.needs.wording import Said

CODE = "SK608"
SEVERITY = "warning"
OPTIONS = {"alike": 94}
#: Shorter texts are alike by chance.
_LEAST = 60
_KEYS = ("say", "statement", "do", "steps", "trigger", "go_beyond", "listen_for", "expectation", "in_practice")


def check(wording: Sequence[Said], entries: Sequence[Entry], options: Mapping[str, Any]) -> Iterator[Finding]:
    texts: dict[int, list[Said]] = {}
    for said in wording:
        if said.key in _KEYS and said.entry.kind not in ("customer", "scenario"):
            texts.setdefault(id(said.entry), []).append(said)
    by_kind: dict[str, list[tuple[Entry, str, Said]]] = {}
    for entry in sorted(entries, key=lambda entry: (entry.path, entry.line)):
        parts = texts.get(id(entry), [])
        text = " ".join(" ".join(part.text for part in parts).split())
        if len(text) >= _LEAST:
            by_kind.setdefault(entry.kind, []).append((entry, text, parts[0]))
    for kind, documents in by_kind.items():
        for first, second in near_pairs([text for _, text, _ in documents], options["alike"]):
            one, (other, _, said) = documents[first][0], documents[second]
            if one.id != other.id:
                message = (
                    f"this {kind} says nearly what {one.id} says ({one.path}:{one.line}); keep one, or tell them apart"
                )
                yield at(other, said.where, message)
