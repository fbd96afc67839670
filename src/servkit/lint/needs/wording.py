"""Every text of the book that reaches a customer or a member of staff, language by language."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from servkit.book.kinds.shape import LANGUAGE

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from servkit.book.entries import Entry

Where = tuple[str | int, ...]
#: Prose by key; every other key holds names and values.
_TEXTS = frozenset(
    {"title", "why", "statement", "in_practice", "stories", "do", "ask", "listen_for", "go_beyond", "step_away", "say"}
    | {
        "expectation",
        "instead",
        "trigger",
        "steps",
        "priorities",
        "expectations",
        "pace",
        "signals",
        "story",
        "debrief",
    }
)


class Said(NamedTuple):
    """One text in one language; ``language`` is None where the author wrote plain text. ``key`` is its field."""

    entry: Entry
    key: str
    where: Where
    language: str | None
    text: str


def prose_of(entry: Entry) -> Iterator[tuple[str, Where, Any]]:
    """Every prose field of a document (a text, or languages to texts), with its key and where it stands."""
    for key, data in entry.prose.items():
        if key not in _TEXTS or (key == "say" and entry.kind != "script"):
            continue
        if data is None:
            continue
        for index, item in enumerate(data) if isinstance(data, list) else [(None, data)]:
            where: Where = (key,) if index is None else (key, index)
            for inner in ("do", "say", "if", "then"):
                if isinstance(item, dict) and inner in item:
                    yield key, (*where, inner), item[inner]
                    break
            else:
                yield key, where, item
            if isinstance(item, dict) and "if" in item:
                yield key, (*where, "then"), item["then"]
    for name, term in (entry.prose.get("terms") or {}).items():
        if isinstance(term, dict):
            for key in ("title", "why"):
                if term.get(key) is not None:
                    yield "terms", ("terms", name, key), term[key]


def is_languages(data: Any) -> bool:
    """Whether prose is a mapping of languages to texts."""
    return isinstance(data, dict) and all(isinstance(key, str) and LANGUAGE.match(key) for key in data)


def wording(entries: Sequence[Entry]) -> Sequence[Said]:
    """All texts, in the order of the book."""
    out: list[Said] = []
    for entry in entries:
        for key, where, data in prose_of(entry):
            if isinstance(data, str):
                out.append(Said(entry, key, where, None, data))
            elif is_languages(data):
                out += [
                    Said(entry, key, (*where, name), name, text) for name, text in data.items() if isinstance(text, str)
                ]
    return out
