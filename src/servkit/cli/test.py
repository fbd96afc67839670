"""``servkit test``."""

# A command by the name of `test` is not a test.
# ruff: noqa: PT028

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from servkit.cli.shared import options  # noqa: TC001 - Typer reads the annotations
from servkit.cli.shared.completion import scenarios as scenario_ids
from servkit.cli.shared.output import check_format

if TYPE_CHECKING:
    from servkit.terminal.scenario_view import Report


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

    from servkit.analysis.scenario_runs import pick, run
    from servkit.book.location import find_root
    from servkit.book.reader import read_book
    from servkit.cli.shared.desk_settings import read_desk_settings
    from servkit.clocks.service import ServiceClock
    from servkit.customers.directory import Directory
    from servkit.terminal.scenario_view import Report

    desk = read_desk_settings()
    root = find_root(book, os.environ.get("SERVKIT_BOOK") or desk.book, Path.cwd())
    there = read_book(root)
    directory = Directory(there, root, customers or (Path(desk.customers) if desk.customers else None))
    chosen = pick(there, wanted)
    runs = tuple(run(there, chosen, directory.exact, ServiceClock(there.settings)))
    covered = None
    if coverage:
        from servkit.analysis.coverage import coverage as covering
        from servkit.analysis.suggestions import suggest

        covered = suggest(there, covering(there, runs))
    unread = () if wanted else tuple(there.problems)
    return Report(there.settings.name, runs, unread, tuple(directory.problems()), covered)


def _print(report: Report, format_: str) -> None:
    import sys

    if format_ == "json":
        from servkit.analysis.scenario_json import report_json
        from servkit.cli.shared.output import print_json

        print_json(report_json(report))
    elif format_ == "junit":
        from servkit.analysis.scenario_junit import report_junit

        sys.stdout.write(report_junit(report))
    else:
        from servkit.terminal.layout import Screen
        from servkit.terminal.scenario_view import draw

        screen = Screen()
        draw(report, screen)
        sys.stdout.write(screen.text())
