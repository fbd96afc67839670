"""Asking the rules about a whole book; where it is large, two processes take one after another from the same queue."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from servkit.lint.aside import Aside, Queue, worth_it
from servkit.lint.finding import from_row
from servkit.lint.fixture import gleaning
from servkit.lint.inquiry import Told

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from servkit.lint.finding import Finding
    from servkit.lint.fixture_values import Workbench
    from servkit.lint.inquiry import Asked

#: Of a book of fewer files, all is found before a second process has begun.
MANY = 300
#: What takes as long to make as most rules take to ask: who asks for it is asked by one process.
_INDEX = "references"
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
    groups = _groups(bench, asked)
    queue = Queue(range(len(groups)))
    second, found = Aside(lambda: _rows(bench, asked, groups, queue)), dict[int, _Answer]()
    try:
        for group in queue:
            for number in groups[group]:
                found[number] = _answer(bench, asked[number])
        for number, rows, skipped in second.arrived(wait=True):
            found[number] = list(map(from_row, rows)), skipped
    finally:
        second.stop()
        queue.close()
    return found


def _groups(bench: Workbench, asked: Sequence[Asked]) -> list[list[int]]:
    """The rules that one process asks one after another; who begins with the longest is done soonest."""
    gleaned: Mapping[str, Sequence[Any]] = bench.thing("gleaned")

    def weight(number: int) -> int:
        """How much was gleaned for a rule."""
        asks = asked[number][2]
        return sum(len(part) for need in asks for name in gleaning(need) for part in gleaned.get(name, ()))

    together = [number for number, one in enumerate(asked) if _INDEX in one[2]]
    alone = [[number] for number in range(len(asked)) if number not in together]
    return sorted([together, *alone], key=lambda group: -max(map(weight, group), default=0))


def _rows(
    bench: Workbench, asked: Sequence[Asked], groups: Sequence[Sequence[int]], queue: Queue
) -> Iterator[tuple[int, list[Any], list[str]]]:
    for group in queue:
        for number in groups[group]:
            findings, skipped = _answer(bench, asked[number])
            yield number, [finding.row() for finding in findings], skipped


def _answer(bench: Workbench, one: Asked) -> _Answer:
    rule, check, asks, options = one
    before = len(bench.skipped)
    found = [finding.of(rule.code) for finding in bench.run(rule.function(check), asks, options)]
    return found, bench.skipped[before:]
