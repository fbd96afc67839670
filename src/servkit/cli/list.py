"""``servkit list``."""

from typing import Annotated

import typer

from servkit.cli.shared import options
from servkit.cli.shared.completion import kinds as kind_names
from servkit.cli.shared.desk import open_desk
from servkit.cli.shared.output import check_format, print_json, print_screen
from servkit.desk.listing import find_kind, items, list_data


def list_(
    kind: Annotated[
        str | None,
        typer.Argument(
            metavar="[KIND]",
            help="standard, policy, script …; or area, attribute, fact, role, channel.",
            autocompletion=kind_names,
        ),
    ] = None,
    format_: options.Format = "text",
    no_pager: options.NoPager = False,
    at: options.At = None,
    book: options.Book = None,
    customers: options.CustomersFile = None,
) -> int:
    """List what the book holds, or everything of one kind.

    Exits with 1 if there is nothing to list.
    """
    check_format(format_)
    with open_desk(book, customers, at) as desk:
        kind = find_kind(kind, desk.notice) if kind is not None else None
        found, words = items(desk, kind), desk.words()
    if format_ == "json":
        print_json(list_data(found))
    else:
        from servkit.desk.phrases import DeskPhrases  # load Rich, which JSON does without
        from servkit.terminal.list_view import list_lines, list_screen

        today = desk.today().toordinal()
        shown = list_lines(found, DeskPhrases(desk.settings, words, today))
        print_screen(list_screen(shown, kind, words), pager=not no_pager)
    return 0 if found else 1
