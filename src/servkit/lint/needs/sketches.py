"""What every document says, as sketches by which those that say nearly the same are found."""

from __future__ import annotations

from operator import attrgetter
from typing import TYPE_CHECKING, Any

from servkit.lint.alike import Sketch, sketch

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from servkit.book.entries import Entry

#: Shorter texts are alike by chance.
_LEAST = 60
_KEYS = ("say", "statement", "do", "steps", "trigger", "go_beyond", "listen_for", "expectation", "in_practice")


def glean(entries: Sequence[Entry]) -> dict[tuple[str, int], Sketch]:
    """The sketches of some documents, by path and line."""
    out = {}
    for entry in entries:
        if entry.kind not in ("customer", "scenario"):
            text = said(entry)[1]
            if len(text) >= _LEAST:
                out[entry.path, entry.line] = sketch(text)
    return out


def sketches(
    gleaned: Iterable[Mapping[tuple[str, int], Sketch]], kinds: Mapping[str, Sequence[Entry]]
) -> dict[str, list[tuple[Entry, Sketch]]]:
    """The documents of each kind with their sketches, in the order of path and line."""
    known = {place: found for part in gleaned for place, found in part.items()}
    out = {}
    for kind, entries in kinds.items():
        ordered = sorted(entries, key=attrgetter("path", "line"))
        out[kind] = [(entry, known[entry.path, entry.line]) for entry in ordered if (entry.path, entry.line) in known]
    return out


def said(entry: Entry) -> tuple[str, str]:
    """The first key with a text, and all texts."""
    prose, first = entry.prose, "id"
    texts: list[str] = []
    for key in _KEYS:
        if key in prose and not (key == "say" and entry.kind != "script"):
            first = key if first == "id" else first
            _add(prose[key], texts)
    return first, " ".join(texts)


def _add(data: Any, texts: list[str]) -> None:
    if isinstance(data, str):
        texts.append(data)
    elif isinstance(data, (list, dict)):
        for item in data.values() if isinstance(data, dict) else data:
            _add(item, texts)
