"""Asking the rules about a whole book; where it is large, two processes take one after another from the same queue."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from servkit.lint.aside import Aside, Queue, worth_it
from servkit.lint.finding import from_row
from servkit.lint.inquiry import Told
from servkit.lint.need import gleaning

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from servkit.lint.finding import Finding
    from servkit.lint.inquiry import Asked
    from servkit.lint.workbench import Workbench

#: Of a book of fewer files, all is found before a second process has begun.
MANY = 300
#: What one rule found, and what it or its needs had to skip.
_Answer = tuple["list[Finding]", list[str]]


def ask(bench: Workbench, asked: Sequence[Asked], *, files: int) -> Told:
    """What the rules find, in their order."""
    found = _shared_out(bench, asked) if files >= MANY and worth_it() else {}
    for number, one in enumerate(asked):  # all of them, or what a second process has taken and not told
        if number not in found:
            found[number] = _answer(bench, one)
    told = [found[number] for number in range(len(asked))]
    return Told([one for findings, _ in told for one in findings], [words for _, skipped in told for words in skipped])


def _shared_out(bench: Workbench, asked: Sequence[Asked]) -> dict[int, _Answer]:
    queue = Queue(sorted(range(len(asked)), key=lambda number: -_weight(bench, asked[number])))
    second, found = Aside(lambda: _rows(bench, asked, queue)), dict[int, _Answer]()
    try:
        for number in queue:
            found[number] = _answer(bench, asked[number])
        for number, rows, skipped in second.arrived(wait=True):
            found[number] = list(map(from_row, rows)), skipped
    finally:
        second.stop()
        queue.close()
    return found


def _weight(bench: Workbench, one: Asked) -> int:
    """How much was gleaned for a rule: who begins with the longest is done soonest."""
    gleaned: Mapping[str, Sequence[Any]] = bench.thing("gleaned")
    return sum(len(part) for need in one[2] for name in gleaning(need) for part in gleaned.get(name, ()))


def _rows(bench: Workbench, asked: Sequence[Asked], queue: Queue) -> Iterator[tuple[int, list[Any], list[str]]]:
    for number in queue:
        findings, skipped = _answer(bench, asked[number])
        yield number, [finding.row() for finding in findings], skipped


def _answer(bench: Workbench, one: Asked) -> _Answer:
    rule, check, asks, options = one
    before = len(bench.skipped)
    found = [finding.of(rule.code) for finding in bench.run(rule.function(check), asks, options)]
    return found, bench.skipped[before:]
