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

CODE = "SK608"
SEVERITY = "warning"
OPTIONS = {"alike": 94}
#: Shorter texts are alike by chance.
_LEAST = 60
_KEYS = ("say", "statement", "do", "steps", "trigger", "go_beyond", "listen_for", "expectation", "in_practice")


def check(kinds: Mapping[str, Sequence[Entry]], options: Mapping[str, Any]) -> Iterator[Finding]:
    for kind, entries in kinds.items():
        if kind in ("customer", "scenario"):
            continue
        documents = [(entry, *_text(entry)) for entry in sorted(entries, key=lambda entry: (entry.path, entry.line))]
        documents = [document for document in documents if len(document[2]) >= _LEAST]
        for first, second in near_pairs([text for _, _, text in documents], options["alike"]):
            one, (other, key, _) = documents[first][0], documents[second]
            if one.id != other.id:
                place = f"{one.path}:{one.line}"
                yield at(
                    other, (key,), f"this {kind} says nearly what {one.id} says ({place}); keep one, or tell them apart"
                )


def _text(entry: Entry) -> tuple[str, str]:
    """The first key with a text, and all texts."""
    keys = [key for key in _KEYS if key in entry.prose and not (key == "say" and entry.kind != "script")]
    return (keys[0] if keys else "id"), " ".join(word for key in keys for word in _words(entry.prose[key]))


def _words(data: Any) -> Iterator[str]:
    if isinstance(data, str):
        yield from data.split()
    elif isinstance(data, (list, dict)):
        for item in data.values() if isinstance(data, dict) else data:
            yield from _words(item)
