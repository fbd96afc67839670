"""``servkit import``."""

import sys
from pathlib import Path
from typing import Annotated, Any

import typer

from servkit.book.discovery import SETTINGS
from servkit.book.problems import ServkitError, UnknownNameError
from servkit.cli.shared import options
from servkit.cli.shared.completion import areas, tools
from servkit.cli.shared.console import console
from servkit.cli.shared.desk import open_desk
from servkit.cli.shared.output import check_choice, check_format, print_json, print_note, print_screen
from servkit.clocks.today import today_in
from servkit.desk.session import Desk
from servkit.exchange.all_files import write_all
from servkit.exchange.book_import import folder_for, plan_for, read_files, texts_after, write_plan
from servkit.exchange.book_scripts import BookScripts
from servkit.exchange.contradictions import contradictions
from servkit.exchange.customers_in import is_customers, plan_customers
from servkit.exchange.import_json import customers_json, import_json
from servkit.exchange.import_plan import ImportRequest
from servkit.exchange.source_file import read_source
from servkit.exchange.tools import tool, tool_names
from servkit.terminal.import_view import (
    ImportView,
    columns_screen,
    customers_screen,
    customers_summary,
    import_screen,
    import_summary,
)
from servkit.terminal.screen import Screen

SIDES, CONTENTS = ("ours", "theirs"), ("scripts", "customers")


def import_(
    kind: Annotated[
        str,
        typer.Argument(
            metavar="KIND",
            help=f"Where it comes from: {', '.join(tool_names())}.",
            autocompletion=tools,
            show_default=False,
        ),
    ],
    files: Annotated[
        list[Path], typer.Argument(metavar="FILE...", help="What the program exported.", show_default=False)
    ],
    to: Annotated[
        Path | None,
        typer.Option(
            "--to",
            metavar="DIR",
            help="The folder of the book for new scripts, or another book. Default: where scripts are.",
        ),
    ] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Show what would happen, and write nothing.")] = False,
    keep: Annotated[str | None, typer.Option("--keep", metavar="WHOSE", help="In conflicts: ours or theirs.")] = None,
    area: Annotated[
        str | None,
        typer.Option("--area", metavar="AREA", help="The area of the new scripts.", autocompletion=areas),
    ] = None,
    lang: options.TextLanguage = None,
    what: Annotated[
        str | None,
        typer.Option("--what", metavar="WHAT", help="What a spreadsheet holds: scripts or customers."),
    ] = None,
    column: Annotated[
        list[str] | None,
        typer.Option(
            "--column",
            metavar="HEADING=FIELD",
            help="What a column of a spreadsheet holds, such as Reply=say. HEADING=- for nothing. Repeatable.",
        ),
    ] = None,
    yes: Annotated[bool, typer.Option("--yes", help="Don't ask whether the columns are right.")] = False,
    everything: Annotated[bool, typer.Option("--all", help="List everything, however much it is.")] = False,
    format_: options.Format = "text",
    no_pager: options.NoPager = False,
    book: options.Book = None,
) -> int:
    """Bring saved replies from another program into the book as scripts, or customers from a spreadsheet.

    \b
    servkit import chatwoot canned.json --dry-run
    servkit import zendesk macros.json --area billing
    servkit import csv customers.csv

    Import again as often as you like: what has changed there is updated here, what you have edited here stays, and
    where both have changed, you see both texts. Either everything is written or nothing; if the computer stops
    halfway, import the same file again, and the rest is written.

    Exits with 1 if there are conflicts, or amounts that contradict each other or the terms of the book.
    """
    check_format(format_)
    module = tool_of(kind)
    if keep is not None:
        check_choice("side", keep, SIDES)
    if what is not None:
        check_choice("content", what, CONTENTS)
    is_table = getattr(module, "IS_TABLE", False)
    if not is_table and (what or column):
        raise ServkitError(f"--what and --column are for spreadsheets, and {kind} is none")
    chosen = _columns(column or ())
    if book is None and to is not None and (to / SETTINGS).is_file():
        book, to = to, None
    with open_desk(book) as desk:
        if is_table and (what or _guessed(module, files)) == "customers":
            return _import_customers(desk, module, files, to, keep, chosen, dry_run, yes, format_)
        settings = desk.settings
        if area is not None and area not in settings.areas:
            raise UnknownNameError("area", area, tuple(settings.areas))
        if lang is not None and lang not in settings.languages:
            raise UnknownNameError("language", lang, tuple(settings.languages), "declare it in servkit.yaml")
        today = today_in(settings.timezone).toordinal()
        entries = desk.book.all()
        scripts = BookScripts(desk.book.root, settings, entries, lang or settings.language, today)
        read = read_files(module, files, **({"columns": chosen} if is_table else {}))
        if is_table:
            _show(columns_screen(read[0].layout.style["fields"], read[0].layout.style["header"]), format_)
            _ask(dry_run=dry_run, yes=yes)
        request = ImportRequest(kind, folder_for(scripts, to), area, keep)
        plan = plan_for(scripts, module, read, request, desk.book.problems)
        found = contradictions(texts_after(scripts, plan), entries, settings, today)
        if not dry_run:
            write_plan(desk.book.root, plan)
    if format_ == "json":
        print_json(import_json(plan, found, kind, dry_run=dry_run))
    else:
        view = ImportView(module.TITLE, dry_run, everything)
        print_screen(import_screen(plan, found, view), pager=not no_pager)
        print_note(import_summary(plan, found, view))
    return int(bool(plan.of("conflict") or found))


def tool_of(kind: str) -> Any:
    """The module of a tool. Raises UnknownNameError."""
    if kind not in tool_names():
        raise UnknownNameError("kind", kind, tool_names(), f"choose from {', '.join(tool_names())}")
    return tool(kind)


def _columns(given: list[str] | tuple[()]) -> dict[str, str]:
    chosen = {}
    for text in given:
        heading, sign, key = text.rpartition("=")
        if not sign or not heading or not key:
            raise ServkitError(f"{text!r} should be a heading and what the column holds, such as Reply=say")
        chosen[heading] = key
    return chosen


def _guessed(module: Any, files: list[Path]) -> str:
    header, _ = module.read_table(read_source(files[0]))
    return "customers" if is_customers(header) else "scripts"


def _show(columns: Screen, format_: str) -> None:
    """Show how the columns are understood, before anything is written: on stderr, where stdout is for JSON."""
    if format_ == "text":
        print_screen(columns, pager=False)
    else:
        console(sys.stderr).print(columns, crop=False)


def _ask(*, dry_run: bool, yes: bool) -> None:
    """Ask whether the columns are right, where somebody can answer."""
    if dry_run or yes or not (sys.stdin.isatty() and sys.stderr.isatty()):
        return
    if not typer.confirm("Are the columns right?", default=True, err=True):
        raise ServkitError("nothing was written; say what is in a column with --column HEADING=FIELD")


def _import_customers(
    desk: Desk, module: Any, files: list[Path], to: Path | None, keep: str | None, chosen: dict[str, str],
    dry_run: bool, yes: bool, format_: str,
) -> int:  # fmt: skip
    if len(files) > 1:
        raise ServkitError("import the customers of one file at a time")
    scripts = BookScripts(desk.book.root, desk.settings, (), desk.settings.language, 0)
    folder = folder_for(scripts, to) if to is not None else "customers"
    plan = plan_customers(desk.book.root, desk.settings, module, read_source(files[0]), folder, keep, chosen)
    _show(customers_screen(plan), format_)
    if plan.files:
        _ask(dry_run=dry_run, yes=yes)
        if not dry_run:
            write_all(desk.book.root, plan.files)
    if format_ == "json":
        print_json(customers_json(plan, dry_run=dry_run))
    else:
        print_note(customers_summary(plan, dry_run=dry_run))
    return int(plan.verb == "conflict" or bool(plan.by_hand))
