"""What became of the scenarios: each difference with what was expected, what came, and why."""

from __future__ import annotations

from typing import TYPE_CHECKING

from servkit.terminal.screen import Screen

if TYPE_CHECKING:
    from servkit.analysis.coverage import Covered
    from servkit.analysis.scenario_report import ScenarioReport
    from servkit.analysis.scenario_runs import Miss, ScenarioRun

_PLURALS = {"segment": "segments", "case": "case rows", "grant": "grants", "limit": "limits", "script": "scripts"}


def scenario_screen(report: ScenarioReport) -> Screen:
    """The whole report. Scenarios that hold are only counted."""
    screen = Screen()
    for problem in report.unread:
        screen.put(f"{problem.where}: {problem.message} [{problem.code}]", mark="ERROR ", mark_style="bold red")
    for run in report.runs:
        if run.state != "holds":
            _draw_run(run, screen)
    for problem in report.noted:
        screen.gap()
        screen.put(f"{problem.where}: {problem.message}", mark="note  ")
    if report.covered is not None:
        _draw_coverage(report.covered, screen)
    screen.gap()
    screen.put(_summary(report), "bold red" if report.failed else "bold green")
    return screen


def _summary(report: ScenarioReport) -> str:
    """One line: how many scenarios there are, and how many of them hold."""
    total, failed, errors = len(report.runs), report.count("fails"), report.count("error")
    out = f"{total} scenario{'' if total == 1 else 's'}: {report.count('holds')} hold"
    if total == 1 and not failed and not errors:
        out += "s"
    if failed:
        out += f", {failed} fail{'s' if failed == 1 else ''}"
    if errors:
        out += f", {errors} cannot run"
    if report.unread:
        problems = "1 problem keeps" if len(report.unread) == 1 else f"{len(report.unread)} problems keep"
        out += f"; {problems} documents from being read"
    if report.covered is not None:
        out += f"; coverage {_percent(report.covered.percent)}"
    return out


def _percent(share: float) -> str:
    """Rounded down, so that 100 % means all."""
    return f"{int(share * 10) / 10:g} %"


def _draw_run(run: ScenarioRun, screen: Screen) -> None:
    entry = run.entry
    screen.gap()
    screen.put(f"{entry.id}  {entry.path}:{entry.line}", "bold red", mark="FAIL  ")
    if run.error:
        screen.put(run.error, indent=6)
    for miss in run.misses:
        _draw_miss(run, miss, screen)


def _draw_miss(run: ScenarioRun, miss: Miss, screen: Screen) -> None:
    screen.put(f"{miss.at}  {run.entry.path}:{miss.line}:{miss.column}", "bold", indent=6)
    screen.pair("expected", miss.expected, indent=8, column=18, style="green")
    screen.pair("got", miss.got, indent=8, column=18, style="red")
    for place, why in enumerate(miss.why):
        screen.pair("why" if place == 0 else "", why, indent=8, column=18)


def _draw_coverage(covered: Covered, screen: Screen) -> None:
    screen.heading("Coverage")
    for kind, done, there in covered.counts():
        if there:
            screen.pair(_PLURALS[kind], f"{done} of {there}", column=16)
    if not covered.missing:
        return
    screen.heading("Never tested")
    for item in covered.missing:
        hint = "" if item.key in covered.suggestions else "  (no scenario found that would)"
        screen.put(f"{item.kind} {item.name}  {item.entry.path}:{item.line}{hint}", indent=2, mark="• ")
    suggestions = list(dict.fromkeys(found.scenario for found in covered.suggestions.values()))
    if suggestions:
        screen.heading("Scenarios that would test it. Paste them into the book, and tell the story of each in `story`.")
        screen.gap()
        screen.verbatim("---\n".join(suggestions))
