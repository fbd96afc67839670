"""The results of the scenarios as JSON (``servkit/test/1``)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from servkit.analysis.coverage import Covered
    from servkit.analysis.scenario_report import ScenarioReport
    from servkit.analysis.scenario_runs import ScenarioRun
    from servkit.book.problems import Problem

SCHEMA = "servkit/test/1"


def report_json(report: ScenarioReport) -> dict[str, Any]:
    """The report as plain data. ``coverage`` is null where it was not requested."""
    return {
        "schema": SCHEMA,
        "book": {"name": report.book},
        "summary": {
            "scenarios": len(report.runs),
            "hold": report.count("holds"),
            "fail": report.count("fails"),
            "error": report.count("error"),
        },
        "scenarios": [_run(run) for run in report.runs],
        "unread": [_problem(problem) for problem in report.unread],
        "problems": [_problem(problem) for problem in report.noted],
        "coverage": None if report.covered is None else _coverage(report.covered),
    }


def _run(run: ScenarioRun) -> dict[str, Any]:
    entry = run.entry
    return {
        "id": entry.id,
        "path": entry.path,
        "line": entry.line,
        "state": run.state,
        "error": run.error or None,
        "differences": [
            {
                "at": miss.at,
                "line": miss.line,
                "column": miss.column,
                "expected": miss.expected,
                "got": miss.got,
                "why": list(miss.why),
            }
            for miss in run.misses
        ],
    }


def _problem(problem: Problem) -> dict[str, Any]:
    return {"code": problem.code, "path": problem.path, "line": problem.line, "message": problem.message}


def _coverage(covered: Covered) -> dict[str, Any]:
    return {
        "percent": int(covered.percent * 100) / 100,
        "kinds": {kind: {"exercised": done, "all": there} for kind, done, there in covered.counts()},
        "items": [
            {
                "kind": item.kind,
                "name": item.name,
                "path": item.entry.path,
                "line": item.line,
                "exercised_by": list(covered.by.get(item.key, ())),
                "scenario": covered.suggestions[item.key].scenario if item.key in covered.suggestions else None,
            }
            for item in covered.items
        ],
    }
