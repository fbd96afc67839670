"""Documents that have another id and are the same otherwise: a rename is told as such, and as nothing else."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from servkit.book.entries import Entry
from servkit.book.library import Book
from servkit.history.differences import without_lines

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from servkit.book.library import Library
    from servkit.history.differences import Versions

#: The keys of a document's logic under which ids stand.
_REFERRING = frozenset({"segments", "say", "recovery", "carries_out", "standards", "policies", "philosophies"})

#: Keys under which the same word is no id of a document.
_NO_IDS = frozenset({"area", "channels", "roles", "tags", "owner"})


@dataclass(frozen=True)
class Rename:
    """A document that was renamed."""

    kind: str
    before: str
    after: str
    places: tuple[str, str]


def find_renames(versions: Sequence[Versions]) -> list[Rename]:
    """Pairs of a document that went and one that came with the same content."""
    gone: dict[tuple[str, str], list[Versions]] = {}
    for one in versions:
        if one.before and not one.after:
            gone.setdefault((one.kind, _content(one.before)), []).append(one)
    out = []
    for one in versions:
        if one.after and not one.before:
            same = gone.get((one.kind, _content(one.after)))
            if same:
                old = same.pop(0)
                places = (f"{old.before[0].path}:{old.before[0].line}", f"{one.after[0].path}:{one.after[0].line}")
                out.append(Rename(one.kind, old.id, one.id, places))
    return out


def _content(entries: Sequence[Entry]) -> str:
    """What documents say, their id aside."""
    found = [[{**without_lines(entry.logic), "id": ""}, {**entry.prose, "id": ""}] for entry in entries]
    return json.dumps(sorted(json.dumps(one, sort_keys=True) for one in found))


def renamed_book(library: Library, entries: Sequence[Entry], renames: Sequence[Rename]) -> Book:
    """A book with the new ids, also where documents refer to the renamed ones."""
    by_kind: dict[str, dict[str, str]] = {}
    for rename in renames:
        by_kind.setdefault(rename.kind, {})[rename.before] = rename.after
    owners = {old: new for kind in library.settings.owners for old, new in by_kind.get(kind, {}).items()}
    everything = {old: new for found in by_kind.values() for old, new in found.items()}
    made = []
    for entry in entries:
        logic = _logic(entry.logic, by_kind.get("segment", {}), owners, everything)
        id_ = by_kind.get(entry.kind, {}).get(entry.id, entry.id)
        if logic == entry.logic and id_ == entry.id:
            made.append(entry)
            continue
        prose = _renamed(entry.prose, owners, everything)
        source = entry.source
        made.append(Entry(entry.path, {**logic, "id": id_}, {**prose, "id": id_}, source))
    remarks = getattr(library, "all_remarks", list)
    return Book(library.settings, made, list(library.problems), remarks(), getattr(library, "root", None))


def _logic(
    logic: Mapping[str, Any], segments: Mapping[str, str], owners: Mapping[str, str], everything: Mapping[str, str]
) -> dict[str, Any]:
    out = dict(logic)
    for key, value in logic.items():
        if key == "segments":
            out[key] = [segments.get(id_, id_) for id_ in value]
        elif key in _REFERRING:
            out[key] = (
                everything.get(value, value) if isinstance(value, str) else [everything.get(id_, id_) for id_ in value]
            )
        elif key == "overrides":
            out[key] = {_ref(ref, owners): amount for ref, amount in value.items()}
        elif key == "may_offer":
            out[key] = [_ref(ref, owners) for ref in value]
        elif key in ("when", "terms"):
            out[key] = _conditions(value, segments)
    return out


def _ref(ref: str, owners: Mapping[str, str]) -> str:
    id_, dot, name = ref.partition(".")
    return f"{owners.get(id_, id_)}{dot}{name}"


def _conditions(data: Any, segments: Mapping[str, str]) -> Any:
    """The tests of ``segment`` within encoded conditions."""
    if isinstance(data, dict):
        return {key: _conditions(item, segments) for key, item in data.items()}
    if isinstance(data, list):
        if data and data[0] == "InSegment":
            return [
                *data[:3],
                *([arg[0], segments.get(arg[1], arg[1])] if isinstance(arg, list) else arg for arg in data[3:]),
            ]
        return [_conditions(item, segments) for item in data]
    return data


def _renamed(data: Any, owners: Mapping[str, str], everything: Mapping[str, str]) -> Any:
    """The author's text, where a whole value or key is an id or a reference."""
    if isinstance(data, dict):
        return {
            _ref(everything.get(key, key), owners): item if key in _NO_IDS else _renamed(item, owners, everything)
            for key, item in data.items()
        }
    if isinstance(data, list):
        return [_renamed(item, owners, everything) for item in data]
    if not isinstance(data, str):
        return data
    for old, new in owners.items():  # in the text of a script
        data = data.replace(f"terms.{old}.", f"terms.{new}.")
    return _ref(everything.get(data, data), owners)
