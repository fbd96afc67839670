"""``servkit assign``."""

import os
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated

import typer

from servkit.book.problems import ServkitError, UnknownNameError
from servkit.bulk.assignment import columns
from servkit.bulk.destination import file_format, new_file
from servkit.bulk.engines import ENGINES
from servkit.bulk.export import Export
from servkit.bulk.postgres_table import Target, read_target, write_table
from servkit.bulk.question import make_question
from servkit.bulk.run import Assigning, assigning
from servkit.cli.shared import options
from servkit.cli.shared.desk import open_desk
from servkit.cli.shared.ending import ending_cleanly
from servkit.cli.shared.output import check_choice, check_format, print_json, print_note, print_screen
from servkit.cli.shared.progress import progress
from servkit.customers.directory import Directory
from servkit.desk.request import DeskRequest, make_case
from servkit.desk.session import Desk


def assign(
    about: options.About = None,
    facts: options.Facts = None,
    role: options.ForRole = None,
    channel: options.ForChannel = None,
    office: options.ForOffice = None,
    on: options.On = None,
    to: Annotated[
        str | None,
        typer.Option("--to", metavar="FILE", help="A .parquet, .csv or .jsonl file to write, or '${NAME}#table'."),
    ] = None,
    count: Annotated[
        bool, typer.Option("--count", help="Only count: segments, overlaps, and what would have to be asked.")
    ] = False,
    segment: Annotated[
        str | None, typer.Option("--segment", metavar="ID", help="Only the customers who are in a segment.")
    ] = None,
    why: Annotated[
        str | None, typer.Option("--why", metavar="CUSTOMER", help="Explain one row, as the desk says it.")
    ] = None,
    since: Annotated[
        Path | None,
        typer.Option("--changed-since", metavar="FILE", help="Only the rows that an earlier file doesn't have."),
    ] = None,
    engine: Annotated[
        str, typer.Option("--engine", metavar="ENGINE", help="Where to compute: duckdb (default), postgres or spark.")
    ] = "duckdb",
    sql: Annotated[
        str | None, typer.Option("--sql", metavar="ENGINE", help="Print the SQL that an engine runs, and stop.")
    ] = None,
    format_: options.Format = "text",
    no_pager: options.NoPager = False,
    at: options.At = None,
    book: options.Book = None,
    customers: Annotated[
        Path | None,
        typer.Option("--customers", metavar="FILE", help="A file to use instead of the book's sources."),
    ] = None,
) -> int:
    """Work out segments and terms for all customers: a row for each, the same as servkit lookup says.

    \b
    servkit assign --to segments.parquet
    servkit assign --count                       how many customers are where
    servkit assign --segment key-account         who is in a segment

    Without --to, the rows are printed as JSON Lines, and with --segment the ids (--format json: the rows).
    """
    check_format(format_)
    check_choice("engine", sql or engine, ENGINES)
    _check_goals({"--why": why, "--count": count, "--sql": sql, "--to": to}, segment)
    if since is not None and to is None:
        raise ServkitError("--changed-since needs a file to write to: --to FILE")
    if why is not None:
        from servkit.cli.lookup import lookup  # the desk's own command

        return lookup([why], about, facts, role, channel, office, on=on, why=True, format_=format_, at=at, book=book,
                      customers=customers, no_pager=no_pager)  # fmt: skip
    with open_desk(book, at=at) as desk:
        request = DeskRequest(None, about or (), facts or (), role, channel, office, on=on)
        question = make_question(desk.book.whole(), make_case(desk, request))
        if segment is not None and not question.library.versions("segment", segment):
            raise UnknownNameError("segment", segment, tuple(entry.id for entry in question.library.segments()))
        with (
            ending_cleanly(),
            Directory(question.library, desk.book.files.home, customers, None, os.environ, alone=True) as directory,
            assigning(question, directory, sql or engine, os.environ) as run,
        ):
            if sql:
                rows = Export(run, run.engine, segment).rows("parquet", lambda _done, _total: None)
                sys.stdout.write(";\n\n".join([*run.statements, rows.sorted]) + ";\n")
            elif count:
                _count(run, desk, format_, pager=not no_pager)
            elif to is None:
                _print(run, segment, as_rows=segment is None or format_ == "json")
            else:
                _write(run, to, segment, since)
            for line in [*run.skipped(), *run.unread.lines()]:
                print_note(f"servkit: {line}")
    return 0


def _check_goals(goals: Mapping[str, object], segment: str | None) -> None:
    """A run has one goal. Raises ServkitError for two of them, so that none is left out in silence."""
    wanted = [name for name, value in goals.items() if value not in (None, False)]
    if segment is not None and wanted[:1] in (["--why"], ["--count"]):
        wanted.append("--segment")
    if len(wanted) > 1:
        raise ServkitError(f"{wanted[0]} and {wanted[1]} are two different results. Run the command once for each.")


def _count(run: Assigning, desk: Desk, format_: str, *, pager: bool) -> None:
    with progress("Answering") as update:
        data = run.census(update).as_json(run.segments())
    if format_ == "json":
        print_json(data)
        return
    from servkit.terminal.census_view import census_screen  # loads Rich, which JSON does without

    print_screen(census_screen(data, desk.settings, desk.words()), pager=pager)


def _print(run: Assigning, segment: str | None, *, as_rows: bool) -> None:
    files = run.files()
    export = Export(run, files, segment)
    with progress("Answering") as update:
        rows = export.rows("jsonl", update) if as_rows else export.ids(update)
    for (line,) in files.rows(rows.sorted):
        sys.stdout.write(f"{line}\n")


def _write(run: Assigning, to: str, segment: str | None, since: Path | None) -> None:
    target = read_target(to)
    if target is not None:
        written = _into_table(run, segment, target, since)
    else:
        path, files = Path(to), run.files()
        format_ = file_format(path)
        export = Export(run, files, segment)
        with new_file(path) as temporary, progress("Answering") as update:
            rows = export.rows(format_, update)
            if since is not None:
                rows = export.changed(rows, format_, since, files)
            written = files.write(rows, temporary, format_)
    told = "1 row" if written == 1 else f"{written:,} rows"
    print_note(f"servkit: wrote {told} to {to}.")


def _into_table(run: Assigning, segment: str | None, target: Target, since: Path | None) -> int:
    if since is not None:
        raise ServkitError("--changed-since needs a file as its destination")
    named = columns(run.question.refs, with_role=run.question.with_role)
    server = run.tables(target)
    with progress("Answering") as update:
        rows = Export(run, server or run.files(), segment).rows("parquet", update)
    if server is not None:
        return server.write_table(target, named, rows)
    return write_table(target, os.environ, named, run.files().rows(rows.sorted))
