"""What became of the scenarios, for a terminal: each difference with what was expected, what came, and why."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from servkit.text import clean

if TYPE_CHECKING:
    from collections.abc import Sequence

    from servkit.analysis.coverage import Covered, Item
    from servkit.analysis.scenario_runs import Miss, Run
    from servkit.book.problems import Problem
    from servkit.terminal.layout import Screen

_PLURALS = {"segment": "segments", "case": "case rows", "grant": "grants", "limit": "limits", "script": "scripts"}


@dataclass(frozen=True)
class Report:
    """The runs of a book's scenarios. ``unread`` are documents that could not be read, scenarios perhaps among them;
    ``noted`` is what is wrong with the files of customers."""

    book: str
    runs: Sequence[Run]
    unread: Sequence[Problem] = ()
    noted: Sequence[Problem] = ()
    covered: Covered | None = None

    @property
    def failed(self) -> bool:
        return bool(self.unread) or any(run.state != "holds" for run in self.runs)

    def covers(self, percent: float) -> bool:
        """Whether coverage reaches a percentage."""
        return self.covered is not None and self.covered.percent >= percent

    def count(self, state: str) -> int:
        return sum(run.state == state for run in self.runs)


def draw(report: Report, screen: Screen) -> None:
    """The whole report; what holds is only counted."""
    for problem in report.unread:
        screen.put(f"{problem.where}: {problem.message} [{problem.code}]", mark="unread  ")
    for run in report.runs:
        if run.state != "holds":
            _draw_run(run, screen)
    for problem in report.noted:
        screen.gap()
        screen.put(f"{problem.where}: {problem.message}", mark="note  ")
    if report.covered is not None:
        _draw_coverage(report.covered, screen)
    screen.gap()
    screen.put(summary(report), *(("bold", "red") if report.failed else ("bold", "green")))


def summary(report: Report) -> str:
    """One line: how many there are, and how many of them hold."""
    there, fails, errors = len(report.runs), report.count("fails"), report.count("error")
    out = f"{there} scenario{'' if there == 1 else 's'}: {report.count('holds')} hold"
    if there == 1 and not fails and not errors:
        out += "s"
    if fails:
        out += f", {fails} fail{'s' if fails == 1 else ''}"
    if errors:
        out += f", {errors} cannot be put"
    if report.unread:
        faults = "1 fault keeps" if len(report.unread) == 1 else f"{len(report.unread)} faults keep"
        out += f"; {faults} documents from being read"
    if report.covered is not None:
        out += f"; coverage {percent(report.covered.percent)}"
    return out


def percent(share: float) -> str:
    """Cut, not rounded, so that 100 % means all."""
    return f"{int(share * 10) / 10:g} %"


def _draw_run(run: Run, screen: Screen) -> None:
    entry = run.entry
    screen.gap()
    screen.put(f"{entry.id}  {entry.path}:{entry.line}", "bold", "red", mark="FAIL  ")
    if run.error:
        screen.put(run.error, indent=6)
    for miss in run.misses:
        _draw_miss(run, miss, screen)


def _draw_miss(run: Run, miss: Miss, screen: Screen) -> None:
    screen.put(f"{miss.at}  {run.entry.path}:{miss.line}:{miss.column}", "bold", indent=6)
    screen.pair("expected", miss.expected, indent=8, column=18, styles=("green",))
    screen.pair("got", miss.got, indent=8, column=18, styles=("red",))
    for place, why in enumerate(miss.why):
        screen.pair("why" if place == 0 else "", why, indent=8, column=18)


def _draw_coverage(covered: Covered, screen: Screen) -> None:
    screen.heading("Coverage")
    for kind, done, there in covered.counts():
        if there:
            screen.pair(_PLURALS[kind], f"{done} of {there}", column=16)
    missing = covered.missing
    if not missing:
        return
    screen.heading("Never exercised")
    for item in missing:
        hint = "" if item.key in covered.suggestions else "  (no scenario found that would)"
        screen.put(f"{item.kind} {item.name}  {_place(item)}{hint}", indent=2, mark="• ")
    pasted = list(dict.fromkeys(found.scenario for found in covered.suggestions.values()))
    if pasted:
        screen.heading("Scenarios that would, to paste into the book (say what it is about in `story`)")
        screen.gap()
        # as it is, whatever the width: it is meant to be pasted
        screen.lines.extend(clean(line) for line in "---\n".join(pasted).splitlines())


def _place(item: Item) -> str:
    return f"{item.entry.path}:{item.line}"
