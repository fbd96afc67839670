"""The texts of the book: all of them where they stand, and those that customers hear, language by language."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from servkit.book.kinds.leaves import LANGUAGE

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from servkit.book.entries import Entry

Where = tuple[str | int, ...]
#: What is said to a customer, and so is watched word by word.
SPOKEN = {"script": ("say", "ask"), "standard": ("ask",), "policy": ("expectation", "instead")}
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
    for phrase, instead in (entry.prose.get("wording") or {}).items():
        yield "wording", ("wording", phrase), instead
    for name, term in (entry.prose.get("terms") or {}).items():
        if isinstance(term, dict):
            for key in ("title", "why"):
                if term.get(key) is not None:
                    yield "terms", ("terms", name, key), term[key]


def has_parts(entry: Entry) -> bool:
    """Whether a prose field of a document is more than plain texts, and so may be in several languages."""
    for key, data in entry.prose.items():
        if isinstance(data, str):
            continue
        if key == "terms":
            parts = [term.get(key) for term in data.values() if isinstance(term, dict) for key in ("title", "why")]
        elif key in _TEXTS:
            parts = data if isinstance(data, list) else [data]
        else:
            continue
        if any(isinstance(part, dict) for part in parts):
            return True
    return False


def says(data: Any) -> bool:
    """Whether prose says anything, in any language."""
    return any(text.strip() for text in (data.values() if isinstance(data, dict) else [data]) if isinstance(text, str))


def is_languages(data: Any) -> bool:
    """Whether prose is a mapping of languages to texts."""
    return isinstance(data, dict) and all(isinstance(key, str) and LANGUAGE.match(key) for key in data)


def wording(kinds: Mapping[str, Sequence[Entry]]) -> Sequence[Said]:
    """What is said to customers: scripts and their questions, the questions of standards, what policies tell them."""
    out: list[Said] = []
    for kind, keys in SPOKEN.items():
        for entry in kinds[kind]:
            for key in keys:
                data = entry.prose.get(key)
                for index, item in enumerate(data) if isinstance(data, list) else [(None, data)]:
                    where: Where = (key,) if index is None else (key, index)
                    if isinstance(item, str):
                        out.append(Said(entry, key, where, None, item))
                    elif isinstance(item, dict) and is_languages(item):
                        texts = [(name, text) for name, text in item.items() if isinstance(text, str)]
                        out += [Said(entry, key, (*where, name), name, text) for name, text in texts]
    return out
