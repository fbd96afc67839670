"""``servkit test``."""

# A command by the name of `test` is not a test.
# ruff: noqa: PT028

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from servkit.cli import options  # noqa: TC001 - Typer reads the annotations
from servkit.cli.completion import scenarios as scenario_ids
from servkit.cli.output import check_format

if TYPE_CHECKING:
    from servkit.desk.scenario_report import Report


def test(
    scenarios: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="[SCENARIO]...",
            help="Ids, or patterns such as 'late-*'. Left out: all.",
            autocompletion=scenario_ids,
        ),
    ] = None,
    coverage: Annotated[
        bool, typer.Option("--coverage", help="Add what no scenario has exercised, each with a scenario that would.")
    ] = False,
    fail_under: Annotated[
        float | None,
        typer.Option("--fail-under", metavar="PERCENT", min=0, max=100, help="Exit 1 where coverage is below this."),
    ] = None,
    format_: Annotated[str, typer.Option("--format", metavar="FORMAT", help="text, json or junit.")] = "text",
    book: options.Book = None,
    customers: options.CustomersFile = None,
) -> int:
    """Run the scenarios of the book, and say where one does not hold and why.

    \b
    servkit test                            every scenario
    servkit test late-return-key-account    one; patterns such as 'late-*' work too
    servkit test --coverage --fail-under 80 what no scenario exercises; exit 1 below 80 %
    servkit test --format junit             for CI

    Exits 1 where a scenario fails or coverage is too low.
    """
    check_format(format_, ("text", "json", "junit"))
    report = _report(scenarios or [], book, customers, coverage or fail_under is not None)
    _print(report, format_)
    return 1 if report.failed or (fail_under is not None and not report.covers(fail_under)) else 0


def _report(wanted: list[str], book: options.Book, customers: options.CustomersFile, coverage: bool) -> Report:
    import os
    from pathlib import Path

    from servkit.analysis.scenarios import pick, run
    from servkit.book.reading_all import read_book
    from servkit.clocks.service import ServiceClock
    from servkit.customers.directory import Directory
    from servkit.desk.scenario_report import Report
    from servkit.desk.settings import read_desk_settings
    from servkit.store.finding import find_root

    desk = read_desk_settings()
    root = find_root(book, os.environ.get("SERVKIT_BOOK") or desk.book, Path.cwd())
    there = read_book(root)
    directory = Directory(there, root, customers or (Path(desk.customers) if desk.customers else None))
    chosen = pick(there, wanted)
    runs = tuple(run(there, chosen, directory.exact, ServiceClock(there.settings)))
    covered = None
    if coverage:
        from servkit.analysis.coverage import coverage as covering
        from servkit.analysis.suggesting import suggest

        covered = suggest(there, covering(there, runs))
    unread = () if wanted else tuple(there.problems)
    return Report(there.settings.name, runs, unread, tuple(directory.problems()), covered)


def _print(report: Report, format_: str) -> None:
    import sys

    if format_ == "json":
        from servkit.cli.output import print_json
        from servkit.desk.scenario_data import report_json

        print_json(report_json(report))
    elif format_ == "junit":
        from servkit.desk.scenario_junit import report_junit

        sys.stdout.write(report_junit(report))
    else:
        from servkit.desk.layout import Screen
        from servkit.desk.scenario_report import draw

        screen = Screen()
        draw(report, screen)
        sys.stdout.write(screen.text())
