"""Findings made of what the analysis proved, each with its witness. What it couldn't prove is reported as skipped.

A document that asks for a segment that is not in the book, or no longer in force, is reported by the rules for names
(SK205, SK607). That it then applies to nobody isn't reported a second time.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from servkit.book.conditions import InSegment
from servkit.lint.finding import Finding, at
from servkit.lint.timelines import has_expired

if TYPE_CHECKING:
    from collections.abc import Iterator

    from servkit.analysis.proofs import Result
    from servkit.analysis.results import Fault
    from servkit.book.entries import Entry
    from servkit.book.library import Book


def findings(result: Result, skipped: list[str]) -> Iterator[Finding]:
    """A finding for every fault; one that is only possible is reported as info."""
    skipped.extend(map(str, result.unproved))
    for fault in result.faults:
        yield finding(fault)


def findings_of_sound(result: Result, skipped: list[str], book: Book, today: int) -> Iterator[Finding]:
    """The same, without the documents that ask for a segment that doesn't exist, or no longer."""
    skipped.extend(map(str, result.unproved))
    for fault in result.faults:
        if all(_is_in_book(book, id_, today) for id_ in _segments_of(fault.entry)):
            yield finding(fault)


def _is_in_book(book: Book, segment: str, today: int) -> bool:
    return any(not has_expired(entry, today) for entry in book.versions("segment", segment))


def _segments_of(entry: Entry) -> Iterator[str]:
    """The segments that a document asks for, in its conditions or beside them."""
    yield from entry.list("segments")
    for when in (entry.when, *(row.when for term in entry.terms.values() for row in term.rows)):
        for atom in when.atoms() if when is not None else ():
            if isinstance(atom, InSegment):
                yield from atom.items


def finding(fault: Fault) -> Finding:
    witness = fault.witness.scenario if fault.witness is not None else ""
    found = at(fault.entry, fault.where, fault.message, key=fault.key, witness=witness)
    return found if fault.certain else found._replace(severity="info")
