"""Asking the rules about a whole book, those that prove things in a second process where the book is large."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from servkit.lint.aside import Aside, worth_it
from servkit.lint.finding import from_row
from servkit.lint.inquiry import Told

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from servkit.lint.finding import Finding
    from servkit.lint.inquiry import Asked
    from servkit.lint.workbench import Workbench

#: Of a book of fewer files, all is found before a second process has begun.
MANY = 300


def ask(bench: Workbench, asked: Sequence[Asked], *, files: int) -> Told:
    """What the rules find, in their order."""
    there = [one for one in asked if "proofs" in one[2]] if files >= MANY and worth_it() else []
    here = [one for one in asked if one not in there]
    told = _shared_out(bench, here, there) if there else list(_told(bench, here))
    told.sort(key=lambda one: one[0])
    return Told(
        [finding for _, found, _ in told for finding in found], [words for _, _, skipped in told for words in skipped]
    )


#: What one rule found, and what it or its needs had to skip.
_Answer = tuple[str, "list[Finding]", list[str]]


def _shared_out(bench: Workbench, here: Sequence[Asked], there: Sequence[Asked]) -> list[_Answer]:
    second = Aside(lambda: _rows(bench, there))
    try:
        told = list(_told(bench, here))
        rows: list[Any] = list(second.arrived(wait=True))
    finally:
        second.stop()
    if len(rows) < len(there):
        return told + list(_told(bench, there))
    return told + [(code, list(map(from_row, found)), skipped) for code, found, skipped in rows]


def _rows(bench: Workbench, asked: Sequence[Asked]) -> Iterator[tuple[str, list[Any], list[str]]]:
    for code, found, skipped in _told(bench, asked):
        yield code, [finding.row() for finding in found], skipped


def _told(bench: Workbench, asked: Sequence[Asked]) -> Iterator[_Answer]:
    for rule, check, asks, options in asked:
        before = len(bench.skipped)
        found = [finding.of(rule.code) for finding in bench.run(rule.function(check), asks, options)]
        yield rule.code, found, bench.skipped[before:]
