"""Who refers to what, and where: every text in the book that stands for something else.

The kinds declare which of their keys refer (:class:`servkit.book.shape.RefersTo`); the segments that conditions ask for
are found in the conditions.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from servkit.book.entries import Entry
    from servkit.book.kind import Path, ReferencePath
    from servkit.book.settings import Settings
    from servkit.book.source import PartPath


class Reference(NamedTuple):
    """One name at one place, which may be a key. ``kinds`` are what it may stand for: kinds of documents, ``term`` or
    ``area``."""

    entry: Entry
    where: PartPath
    kinds: tuple[str, ...]
    id: str
    key: bool = False


class References:
    """All references of a book, by what they point at."""

    def __init__(self, references: Iterable[Reference]) -> None:
        self.all = list(references)
        self._to: defaultdict[tuple[str, str], list[Reference]] = defaultdict(list)
        for reference in self.all:
            for kind in reference.kinds:
                self._to[kind, reference.id].append(reference)

    def to(self, kind: str, id_: str) -> Sequence[Reference]:
        """The references that may mean this thing."""
        return self._to.get((kind, id_), ())

    def of(self, *kinds: str) -> Iterator[Reference]:
        """The references to any of these kinds."""
        return (reference for reference in self.all if reference.kinds[0] in kinds)


def find_references(entries: Iterable[Entry], settings: Settings) -> References:
    """The references of some documents."""
    return References(reference for entry in entries for reference in references_of(entry, settings))


def references_of(entry: Entry, settings: Settings) -> Iterator[Reference]:
    """The references of one document."""
    for spec in settings.kinds[entry.kind].references:
        for text, where in references_in(entry.prose, spec):
            yield _reference(entry, spec, text, where, settings)
    for where, when in conditions(entry, settings):
        for id_, place in segments_in(when, where):
            yield Reference(entry, place, ("segment",), id_)


def references_in(data: Mapping[str, Any], spec: ReferencePath) -> Iterator[tuple[str, PartPath]]:
    """The texts at a path that refer to something, or the keys there, each with its place."""
    if spec.path[0] not in data:
        return
    for part, where in follow(data, spec.path):
        if isinstance(part, dict) and spec.keys:
            yield from ((name, (*where, name)) for name in part)
        elif isinstance(part, str) and not spec.keys:
            yield part, where


def _reference(entry: Entry, spec: ReferencePath, text: str, where: PartPath, settings: Settings) -> Reference:
    kind, colon, id_ = text.partition(":")
    if spec.prefixed and colon:
        return Reference(entry, where, (kind,), id_)
    names = spec.kinds
    if "applicable" in names:
        names = tuple(name for each in names for name in (settings.applicable if each == "applicable" else (each,)))
    return Reference(entry, where, names, text, key=spec.keys)


def follow(data: Any, path: Path, where: PartPath = ()) -> Iterator[tuple[Any, PartPath]]:
    """The parts of a document that a path leads to, each with its place. One item may be written where a list is
    expected."""
    if not path:
        yield data, where
        return
    step, rest = path[0], path[1:]
    if step == "[]":
        if isinstance(data, list):
            for index, item in enumerate(data):
                yield from follow(item, rest, (*where, index))
        else:
            yield from follow(data, rest, (*where, 0) if isinstance(data, dict) else where)
    elif isinstance(data, dict):
        for name in data if step == "*" else (step,):
            if name in data:
                yield from follow(data[name], rest, (*where, name))


def conditions(entry: Entry, settings: Settings) -> Iterator[tuple[PartPath, Any]]:
    """Every condition of a document as it was written, with its place."""
    for path in settings.kinds[entry.kind].conditions:
        if path[0] in entry.prose:
            for data, where in follow(entry.prose, path):
                yield where, data


def segments_in(data: Any, where: PartPath) -> Iterator[tuple[str, PartPath]]:
    """The segments that a condition asks for, each with its place."""
    if isinstance(data, list):
        for index, item in enumerate(data):
            yield from segments_in(item, (*where, index))
    elif isinstance(data, dict):
        for name, test in data.items():
            if name in ("all", "any", "not"):
                yield from segments_in(test, (*where, name))
            elif name == "segment":
                tests = test.items() if isinstance(test, dict) else [(None, test)]
                for operator, arguments in tests:
                    if operator != "known":
                        yield from items(arguments, (*where, name) if operator is None else (*where, name, operator))


def items(data: Any, where: PartPath) -> Iterator[tuple[str, PartPath]]:
    """The texts of a list, or the one text written in its place, each with its place."""
    return ((text, place) for text, place in follow(data, ("[]",), where) if isinstance(text, str))


def steps(entry: Entry) -> Iterator[tuple[int, Mapping[str, Any]]]:
    """The steps that are more than a text, with their indexes."""
    for step, where in follow(entry.prose, ("steps", "[]")):
        if isinstance(step, dict) and "do" in step:
            yield int(where[1]), step
