"""Which places of a book were edited, and which of them a class follows from."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from servkit.history.differences import without_lines

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from servkit.book.entries import Entry
    from servkit.history.differences import Versions
    from servkit.history.effects import Part

#: What restricts a document, and so decides to whom all of it applies.
_RESTRICTING = ("when", "channels", "roles", "segments", "period", "rule", "areas", "priority")
#: Where some of them stand in the text, if not under their own name.
_WRITTEN = {"period": "effective", "areas": "area"}


class Edit(NamedTuple):
    """One edited place: the keys that lead to it in its document, and ``path:line``."""

    kind: str
    id: str
    path: tuple[str, ...]
    place: str


class Edits:
    """The edits between two books."""

    def __init__(self, versions: Sequence[Versions]) -> None:
        self._by_document: dict[tuple[str, str], list[Edit]] = {}
        for one in versions:
            self._by_document[one.kind, one.id] = list(_edits_of(one))

    def of(self, part: Part, places: tuple[str | None, str | None], sides: Sequence[tuple[str, str]]) -> str:
        """``path:line`` of the edit that a class follows from; empty where none is found.

        ``sides`` are the documents, as kind and id, on which the part depends, the nearest first.
        """
        name = part.id.partition(".")[2]
        found = [
            edit for document in sides for edit in self._by_document.get(document, ()) if _concerns(edit, part, name)
        ]
        for place in reversed(places):
            if any(edit.place == place for edit in found):
                return place or ""
        return found[0].place if found else ""


def _concerns(edit: Edit, part: Part, name: str) -> bool:
    """Whether an edit can decide a part: what restricts its document, or the term itself."""
    if edit.path[0] == "terms":
        return edit.path[1] == name
    if edit.path[0] == "sets":
        return edit.path[1] == part.id
    return True


def _edits_of(versions: Versions) -> Iterator[Edit]:
    if not (versions.before and versions.after):
        entry = (versions.after or versions.before)[0]
        yield Edit(versions.kind, versions.id, ("",), f"{entry.path}:{entry.line}")
        return
    for index, entry in enumerate(versions.after):
        other = versions.before[min(index, len(versions.before) - 1)]
        for path in _paths(without_lines(other.logic), without_lines(entry.logic)):
            yield Edit(versions.kind, versions.id, path, f"{entry.path}:{_line(entry, path)}")
    if len(versions.before) != len(versions.after):
        entry = versions.after[-1]
        yield Edit(versions.kind, versions.id, ("",), f"{entry.path}:{entry.line}")


def _paths(before: Any, after: Any) -> Iterator[tuple[str, ...]]:
    """The keys under which two versions differ."""
    for key in _RESTRICTING:
        if before.get(key) != after.get(key):
            yield (_WRITTEN.get(key, key),)
    ones, twos = before.get("overrides", {}), after.get("overrides", {})
    yield from (("sets", ref) for ref in sorted({*ones, *twos}) if ones.get(ref) != twos.get(ref))
    ones, twos = before.get("terms", {}), after.get("terms", {})
    for name in sorted({*ones, *twos}):
        one, two = ones.get(name, {}), twos.get(name, {})
        yield from (("terms", name, key) for key in sorted({*one, *two}) if one.get(key) != two.get(key))


def _line(entry: Entry, path: tuple[str, ...]) -> int:
    return entry.source.line(path) if entry.source is not None else entry.line
