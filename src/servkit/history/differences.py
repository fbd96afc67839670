"""Which documents of two books differ, and what depends on them: only that has to be compared."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, NamedTuple

from servkit.book.conditions import InSegment
from servkit.book.library import Book
from servkit.cache.compiled_book import CompiledBook

if TYPE_CHECKING:
    from collections.abc import Sequence

    from servkit.book.entries import Entry
    from servkit.book.library import Library
    from servkit.book.settings import Settings

#: What of the settings decides what documents mean.
_MEANING = ("channels", "roles", "names", "clocks", "currency")


class Versions(NamedTuple):
    """The versions of one document in both books."""

    kind: str
    id: str
    before: tuple[Entry, ...]
    after: tuple[Entry, ...]


class Affected(NamedTuple):
    """What may differ: ids of segments, documents as (kind, id), and references of terms."""

    segments: tuple[str, ...]
    documents: tuple[tuple[str, str], ...]
    terms: tuple[str, ...]


def differing(before: Library, after: Library) -> list[Versions]:
    """The documents that are not the same in both books, lines aside."""
    found: dict[tuple[str, str], tuple[list[Entry], list[Entry]]] = {}
    for which, entries in enumerate(_candidates(before, after)):
        for entry in entries:
            found.setdefault((entry.kind, entry.id), ([], []))[which].append(entry)
    return [
        Versions(kind, id_, tuple(one), tuple(two))
        for (kind, id_), (one, two) in sorted(found.items())
        if not _same(one, two)
    ]


def _candidates(before: Library, after: Library) -> list[list[Entry]]:
    """The documents that may differ: of two compiled books those of files with another content."""
    if not (isinstance(before, CompiledBook) and isinstance(after, CompiledBook)):
        return [_all(library) for library in (before, after)]
    one, two = before.contents(), after.contents()
    paths = {path for path in {*one, *two} if one.get(path) != two.get(path)}
    ids = {(entry.kind, entry.id) for book in (before, after) for entry in book.in_files(paths)}
    return [[entry for kind, id_ in ids for entry in book.versions(kind, id_)] for book in (before, after)]


def _all(library: Library) -> list[Entry]:
    if isinstance(library, CompiledBook):
        return list(library.all())
    assert isinstance(library, Book)
    return library.entries


def _same(before: Sequence[Entry], after: Sequence[Entry]) -> bool:
    return sorted(map(_content, before)) == sorted(map(_content, after))


def _content(entry: Entry) -> str:
    return json.dumps([without_lines(entry.logic), entry.prose], sort_keys=True, ensure_ascii=False)


def without_lines(data: Any) -> Any:
    """What resolution needs of a document, without the lines it is written on."""
    if isinstance(data, dict):
        return {key: without_lines(item) for key, item in data.items() if key != "line"}
    if isinstance(data, list):
        if data and data[0] in ("plain", "dated", "counted"):
            return [without_lines(item) for item in data[:-1]]
        if len(data) == 5 and isinstance(data[4], int) and isinstance(data[0], list):  # a row
            return [without_lines(item) for item in data[:-1]]
        return [without_lines(item) for item in data]
    return data


def same_meaning(before: Settings, after: Settings) -> bool:
    """Whether the settings leave what documents mean as it is."""
    return all(before.data.get(key) == after.data.get(key) for key in _MEANING)


def affected(before: Library, after: Library, versions: Sequence[Versions]) -> Affected:
    """What may differ because these documents do."""
    libraries = (before, after)
    everything = not same_meaning(before.settings, after.settings)
    segments = {one.id for one in versions if one.kind == "segment"}
    if everything:
        segments |= {entry.id for library in libraries for entry in library.segments()}
    applicable = {*before.settings.applicable, *after.settings.applicable}
    documents = {(one.kind, one.id) for one in versions if one.kind in applicable}
    terms = {ref for library in libraries for entry in library.segments() if entry.id in segments
             for ref in entry.logic.get("overrides", {})}  # fmt: skip
    if segments or everything:
        for library in libraries:
            for entry in library.everything():
                if everything or segments & _asked(entry):
                    documents.add((entry.kind, entry.id))
    owners = {*before.settings.owners, *after.settings.owners}
    terms |= {
        f"{id_}.{name}"
        for kind, id_ in documents if kind in owners
        for library in libraries for entry in library.versions(kind, id_) for name in entry.logic.get("terms", {})
    }  # fmt: skip
    return Affected(tuple(sorted(segments)), tuple(sorted(documents)), tuple(sorted(terms)))


def _asked(entry: Entry) -> set[str]:
    """The segments that a document asks for."""
    out = set(entry.list("segments"))
    conditions = [entry.when] if entry.when is not None else []
    conditions += [row.when for term in entry.terms.values() for row in term.rows]
    for condition in conditions:
        out |= {item for atom in condition.atoms() if isinstance(atom, InSegment) for item in atom.items}
    return out
