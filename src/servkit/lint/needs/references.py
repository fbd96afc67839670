"""Who refers to what, and where: every name in the book that stands for something else."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any, NamedTuple

from servkit.book.entries import APPLICABLE, OWNERS

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from servkit.book.entries import Entry

Where = tuple[str | int, ...]


class Reference(NamedTuple):
    """One name at one place. ``kinds`` are what it may stand for: kinds of documents, ``term``, ``area`` or ``name``
    (an attribute or fact); ``key`` says that it stands as a key."""

    entry: Entry
    where: Where
    kinds: tuple[str, ...]
    id: str
    key: bool = False


class References:
    """All references of a book, by what they point at."""

    def __init__(self, found: list[Reference]) -> None:
        self.all = found
        self._to: defaultdict[tuple[str, str], list[Reference]] = defaultdict(list)
        for reference in found:
            for kind in reference.kinds:
                self._to[kind, reference.id].append(reference)

    def to(self, kind: str, id_: str) -> Sequence[Reference]:
        """The references that may mean this thing."""
        return self._to.get((kind, id_), ())

    def of(self, *kinds: str) -> Iterator[Reference]:
        """The references to any of these kinds."""
        return (reference for reference in self.all if reference.kinds[0] in kinds)


#: Lists of ids under one key: the key, and what they stand for.
_LISTS: dict[str, tuple[str, ...]] = {
    "area": ("area",),
    "segments": ("segment",),
    "philosophies": ("philosophy",),
    "standards": ("standard",),
    "policies": ("policy",),
    "may_offer": ("term",),
}
#: Without any of these a condition asks for no segment.
_WITH_PARTS = frozenset({"all", "any", "not", "segment"})
_ABOUT = ("area", *APPLICABLE)
_ANY = (*OWNERS, "procedure", "recovery", "script", "philosophy")


def references(entries: Sequence[Entry]) -> References:
    """The index of all references."""
    found: list[Reference] = []
    for entry in entries:
        found.extend(_of_scenario(entry) if entry.kind == "scenario" else _of(entry))
    return References(found)


def items(data: Any, where: Where) -> Iterator[tuple[str, Where]]:
    """The texts of a list, or the one text in its place, each with where it stands."""
    if isinstance(data, str):
        yield data, where
    elif isinstance(data, list):
        for index, item in enumerate(data):
            if isinstance(item, str):
                yield item, (*where, index)


def _of(entry: Entry) -> Iterator[Reference]:
    prose = entry.prose
    for key, kinds in _LISTS.items():
        if key in prose:
            for id_, where in items(prose[key], (key,)):
                yield Reference(entry, where, kinds, id_)
    if "say" in prose and entry.kind != "script":
        for id_, where in items(prose["say"], ("say",)):
            yield Reference(entry, where, ("script",), id_)
    if isinstance(prose.get("recovery"), str):
        yield Reference(entry, ("recovery",), ("recovery",), prose["recovery"])
    for key in ("sets", "promised"):
        if key in prose:
            for ref in prose[key] or ():
                yield Reference(entry, (key, ref), ("term",), ref, key=True)
    if "steps" in prose:
        for index, step in steps(entry):
            for id_, where in items(step.get("say"), ("steps", index, "say")):
                yield Reference(entry, where, ("script",), id_)
    for where, when in conditions(entry):
        if isinstance(when, dict) and not _WITH_PARTS.isdisjoint(when):
            for id_, place in segments_in(when, where):
                yield Reference(entry, place, ("segment",), id_)


def steps(entry: Entry) -> Iterator[tuple[int, Mapping[str, Any]]]:
    """The steps that are more than a text, with their places."""
    raw = entry.prose.get("steps")
    for index, step in enumerate(raw if isinstance(raw, list) else [raw]):
        if isinstance(step, dict) and "do" in step:
            yield index, step


def conditions(entry: Entry) -> Iterator[tuple[Where, Any]]:
    """Every condition of a document as it was written, with where it stands."""
    if "when" in entry.prose:
        yield ("when",), entry.prose["when"]
    for name, term in (entry.prose.get("terms") or {}).items():
        if isinstance(term, dict) and term.get("cases"):
            cases = term["cases"]
            for index, case in enumerate(cases if isinstance(cases, list) else [cases]):
                yield ("terms", name, "cases", index, "when"), case["when"]


def segments_in(data: Any, where: Where) -> Iterator[tuple[str, Where]]:
    """The segments that a condition asks for."""
    if isinstance(data, list):
        for index, item in enumerate(data):
            yield from segments_in(item, (*where, index))
    elif isinstance(data, dict):
        for name, wanted in data.items():
            if name in ("all", "any", "not"):
                yield from segments_in(wanted, (*where, name))
            elif name == "segment":
                tests = wanted.items() if isinstance(wanted, dict) else [(None, wanted)]
                for op, test in tests:
                    if op != "known":
                        yield from items(test, (*where, name) if op is None else (*where, name, op))


def _of_scenario(entry: Entry) -> Iterator[Reference]:
    prose = entry.prose
    for id_, where in items(prose.get("about"), ("about",)):
        yield Reference(entry, where, _ABOUT, id_)
    who = prose.get("customer")
    if isinstance(who, str):
        yield Reference(entry, ("customer",), ("customer",), who)
    elif isinstance(who, dict) and isinstance(who.get("promised"), dict):
        for ref in who["promised"]:
            yield Reference(entry, ("customer", "promised", ref), ("term",), ref, key=True)
    expect = prose.get("expect") or {}
    for key, kind in (("segments", "segment"), ("might_be", "segment"), ("say", "script"), ("uncovered", "area")):
        for id_, where in items(expect.get(key), ("expect", key)):
            yield Reference(entry, where, (kind,), id_)
    for key in ("terms", "you_may", "due"):
        for ref in expect.get(key) or ():
            yield Reference(entry, ("expect", key, ref), ("term",), ref, key=True)
    for key in ("applies", "does_not_apply"):
        for id_, where in items(expect.get(key), ("expect", key)):
            kind, colon, rest = id_.partition(":")
            yield Reference(entry, where, (kind,) if colon else _ANY, rest if colon else id_)
