"""``servkit list``."""

from typing import Annotated

import typer

from servkit.book import kinds
from servkit.book.problems import UnknownNameError
from servkit.cli.shared import options
from servkit.cli.shared.completion import kinds as kind_names
from servkit.cli.shared.desk import open_desk
from servkit.cli.shared.listing import ALSO, items, lines
from servkit.cli.shared.output import check_format, print_json, print_screen
from servkit.cli.shared.suggestions import taken
from servkit.clocks.today import today_in


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
    kind = _kind(kind) if kind is not None else None
    with open_desk(book, customers, at) as desk:
        found, words = items(desk, kind), desk.words()
    if format_ == "json":
        print_json({"schema": "servkit/list/1", "items": [item.as_json() for item in found]})
    else:
        from servkit.terminal.desk_phrases import DeskPhrases  # load Rich, which JSON does without
        from servkit.terminal.list_view import list_screen

        today = today_in(desk.settings.timezone).toordinal()
        shown = lines(found, DeskPhrases(desk.settings, words, today))
        print_screen(list_screen(shown, kind, words), pager=not no_pager)
    return 0 if found else 1


def _kind(name: str) -> str:
    """A kind by its name, or its plural."""
    known = (*kinds.names(), *ALSO)
    for kind in known:
        if name in (kind, f"{kind}s", f"{kind[:-1]}ies"):
            return kind
    return taken(UnknownNameError("kind", name, known, f"choose from {', '.join(known)}"))
