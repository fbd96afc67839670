"""``servkit test``."""

# A command by the name of `test` is not a test.
# ruff: noqa: PT028 - the command is called test

import sys
from pathlib import Path
from typing import Annotated

import typer

from servkit.analysis.coverage import coverage as measure_coverage
from servkit.analysis.scenario_json import report_json
from servkit.analysis.scenario_junit import report_junit
from servkit.analysis.scenario_report import ScenarioReport
from servkit.analysis.scenario_runs import pick, run
from servkit.analysis.suggestions import suggest
from servkit.cli.shared import options
from servkit.cli.shared.completion import scenarios as scenario_ids
from servkit.cli.shared.desk import open_desk
from servkit.cli.shared.output import check_format, print_json, print_screen
from servkit.clocks.service import ServiceClock


def test(
    scenarios: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="[SCENARIO]...",
            help="Ids, or patterns such as 'late-*'. Default: all.",
            autocompletion=scenario_ids,
        ),
    ] = None,
    coverage: Annotated[
        bool, typer.Option("--coverage", help="Add what no scenario tests, each with a scenario that would.")
    ] = False,
    fail_under: Annotated[
        float | None,
        typer.Option("--fail-under", metavar="PERCENT", min=0, max=100, help="Exit with 1 if coverage is lower."),
    ] = None,
    format_: Annotated[str, typer.Option("--format", metavar="FORMAT", help="text, json or junit.")] = "text",
    no_pager: options.NoPager = False,
    at: options.At = None,
    book: options.Book = None,
    customers: options.CustomersFile = None,
) -> int:
    """Run the scenarios of the book, and show which do not hold and why.

    \b
    servkit test                             every scenario
    servkit test late-return-key-account     one; patterns such as 'late-*' work too
    servkit test --coverage --fail-under 80  what no scenario tests; exits with 1 below 80 %
    servkit test --format junit              for CI

    Exits with 1 if a scenario fails or coverage is too low.
    """
    check_format(format_, ("text", "json", "junit"))
    report = _report(scenarios or [], book, customers, at, coverage=coverage or fail_under is not None)
    if format_ == "json":
        print_json(report_json(report))
    elif format_ == "junit":
        sys.stdout.write(report_junit(report))
    else:
        from servkit.terminal.scenario_view import scenario_screen  # loads Rich, which the other formats do without

        print_screen(scenario_screen(report), pager=not no_pager)
    return 1 if report.failed or (fail_under is not None and not report.covers(fail_under)) else 0


def _report(
    names: list[str], book: Path | None, customers: Path | None, at: str | None, *, coverage: bool
) -> ScenarioReport:
    with open_desk(book, customers, at) as desk:
        library, directory = desk.book.whole(), desk.directory
        runs = tuple(run(library, pick(library, names), directory.exact, ServiceClock(library.settings)))
        problems = tuple(directory.problems())
        covered = suggest(library, measure_coverage(library, runs)) if coverage else None
        unread = () if names else tuple(library.problems)
    return ScenarioReport(library.settings.name, runs, unread, problems, covered)
