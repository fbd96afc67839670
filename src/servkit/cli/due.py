"""``servkit due``."""

from typing import Annotated

import typer

from servkit.cli.shared import options
from servkit.cli.shared.desk import open_desk
from servkit.cli.shared.output import check_format, print_json, print_screen
from servkit.cli.shared.recording import desk_phrases
from servkit.desk.due import due_data, due_list
from servkit.desk.entries import name_reader


def due(
    on: options.On = None,
    mine: Annotated[bool, typer.Option("--mine", help="Only what you recorded.")] = False,
    agent: options.Agent = None,
    format_: options.Format = "text",
    no_pager: options.NoPager = False,
    book: options.Book = None,
    customers: options.CustomersFile = None,
) -> int:
    """Show what you owe: promises, follow-ups and recoveries that are open, soonest first, and what is late.

    \b
    servkit due
    servkit due --mine

    Exits with 1 if something is late.
    """
    check_format(format_)
    with open_desk(book, customers, agent=agent) as desk:
        found = due_list(desk, on, mine=mine)
        if format_ == "json":
            print_json(due_data(found))
        else:
            from servkit.terminal.journal_view import due_screen  # loads Rich

            print_screen(due_screen(found.items, name_reader(desk), desk_phrases(desk)), pager=not no_pager)
    return 1 if found.late else 0
