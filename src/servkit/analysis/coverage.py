"""Coverage: what no scenario has ever exercised, and a scenario for each that would.

A scenario exercises a segment whose customer is in it, a row that decides, a grant whose role asks about its term, a
limit that a value or a grant reaches, and a script that is offered.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from servkit.analysis.condition_parts import condition_words
from servkit.book.conditions import comparable_verdict

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from servkit.analysis.condition_parts import Where
    from servkit.analysis.scenario_runs import ScenarioRun
    from servkit.analysis.witness import Witness
    from servkit.answer.case import Case
    from servkit.answer.result import Answer, TermAnswer
    from servkit.book.conditions import Record
    from servkit.book.entries import Entry
    from servkit.book.library import Book

KINDS = ("segment", "case", "grant", "limit", "script")


Key = tuple[str, int, str, int, str]


class CoverageItem(NamedTuple):
    """Something to exercise: ``kind`` is one of KINDS, ``name`` is for people (``returns.window row 2``)."""

    kind: str
    name: str
    entry: Entry
    where: Where
    #: For rows, grants and limits: the term's name, the row (None: the term itself), and the role of a grant.
    term: str = ""
    row: int | None = None
    role: str = ""

    @property
    def key(self) -> Key:
        """Different for every item, also for the versions of one document."""
        return (self.kind, id(self.entry), self.term, -1 if self.row is None else self.row, self.role)

    @property
    def line(self) -> int:
        return self.entry.source.line(self.where) if self.entry.source is not None else self.entry.line


@dataclass(frozen=True)
class Covered:
    """Every item with the scenarios that exercise it, and a scenario for each that none exercises."""

    items: tuple[CoverageItem, ...]
    by: Mapping[Key, tuple[str, ...]]
    suggestions: Mapping[Key, Witness] = field(default_factory=dict)

    @property
    def missing(self) -> list[CoverageItem]:
        return [item for item in self.items if item.key not in self.by]

    @property
    def percent(self) -> float:
        """The share of items that are exercised; 100 where there are none."""
        return 100.0 * (len(self.items) - len(self.missing)) / len(self.items) if self.items else 100.0

    def counts(self) -> Iterator[tuple[str, int, int]]:
        """Kind, exercised, all."""
        for kind in KINDS:
            there = [item for item in self.items if item.kind == kind]
            yield kind, sum(item.key in self.by for item in there), len(there)


def items_of(book: Book) -> Iterator[CoverageItem]:
    """Everything that a scenario can exercise, by kind."""
    for entry in book.segments():
        yield CoverageItem("segment", f"{entry.id}{_version(book, entry)}", entry, ())
    for entry in book.everything():
        mark = _version(book, entry)
        if entry.kind == "script":
            yield CoverageItem("script", f"{entry.id}{mark}", entry, ())
        for name, term in entry.terms.items():
            where: Where = ("terms", name)
            for index, row in enumerate(term.rows):
                label = f"{term.ref}{mark} row {index + 1}: {condition_words(row.when)}"
                yield CoverageItem("case", label, entry, (*where, "cases", index), name, index)
                yield from _discretion(entry, mark, name, index, row.grant or {}, row.limit is not None)
            yield from _discretion(entry, mark, name, None, term.grant, term.limit is not None)


def _version(book: Book, entry: Entry) -> str:
    """What tells the versions of a document apart: the day on which each comes into force."""
    if len(book.versions(entry.kind, entry.id)) < 2:
        return ""
    first, last = entry.period
    if first is not None:
        return f" (from {date.fromordinal(first)})"
    return f" (until {date.fromordinal(last)})" if last is not None else ""


def _discretion(
    entry: Entry, mark: str, name: str, row: int | None, grants: Iterable[str], limited: bool
) -> Iterator[CoverageItem]:
    where: Where = ("terms", name) if row is None else ("terms", name, "cases", row)
    label = f"{entry.id}.{name}{mark}" + ("" if row is None else f" row {row + 1}")
    for role in grants:
        yield CoverageItem("grant", f"{label}: {role}", entry, (*where, "grant", role), name, row, role)
    if limited:
        yield CoverageItem("limit", label, entry, (*where, "limit"), name, row)


def exercised(case: Case, answer: Answer) -> Iterator[Key]:
    """The keys of everything that one answer exercises."""
    for entry in answer.segments:
        yield ("segment", id(entry), "", -1, "")
    for entry in answer.documents["script"]:
        yield ("script", id(entry), "", -1, "")
    record = answer.trace.record(case)
    for ref, found in answer.terms.items():
        name, owner = ref.partition(".")[2], id(found.owner)
        row = _row(found, record)
        if row is None:
            continue
        if row >= 0:
            yield ("case", owner, name, row, "")
        own = found.term.rows[row] if row >= 0 else None
        if found.state == "settled":
            grants, place = (own.grant, row) if own and own.grant is not None else (found.term.grant, -1)
            if case.role in grants:
                yield ("grant", owner, name, place, case.role or "")
        place = row if own and own.limit is not None else -1
        if found.limit is not None and any(
            value is not None and value.key == found.limit.key for value in (found.value, found.you_may)
        ):
            yield ("limit", owner, name, place, "")


def _row(found: TermAnswer, record: Record) -> int | None:
    """The row that decides, -1 where none does; None where that is not known."""
    for index, row in enumerate(found.term.rows):
        truth = comparable_verdict(row.when, record)
        if truth is None:
            return None
        if truth:
            return index
    return -1


def coverage(book: Book, runs: Iterable[ScenarioRun]) -> Covered:
    """What the scenarios exercise; a scenario that does not hold exercises nothing."""
    by: dict[Key, dict[str, None]] = {}
    for run in runs:
        if run.state == "holds" and run.case is not None and run.answer is not None:
            for key in exercised(run.case, run.answer):
                by.setdefault(key, {})[run.entry.id] = None
    return Covered(tuple(items_of(book)), {key: tuple(ids) for key, ids in by.items()})
