"""``servkit show``."""

from typing import Annotated

import typer

from servkit.cli.shared import options
from servkit.cli.shared.completion import documents
from servkit.cli.shared.desk import open_desk
from servkit.cli.shared.output import check_format, print_json, print_screen
from servkit.desk.details import Details, details_json, find_details
from servkit.desk.session import Desk


def show(
    id_: Annotated[
        str,
        typer.Argument(
            metavar="ID", help="An id, kind:id, an area, or a term such as returns.window.", autocompletion=documents
        ),
    ],
    lang: options.Language = None,
    format_: options.Format = "text",
    no_pager: options.NoPager = False,
    at: options.At = None,
    book: options.Book = None,
    customers: options.CustomersFile = None,
) -> None:
    """Show one document as a person reads it, and what refers to it.

    \b
    servkit show returns
    servkit show script:greeting
    servkit show returns.window
    """
    check_format(format_)
    with open_desk(book, customers, at) as desk:
        details = find_details(desk, id_)
        if format_ == "json":
            print_json(details_json(desk, details))
        else:
            _print_text(desk, details, lang, pager=not no_pager)


def _print_text(desk: Desk, details: Details, lang: str | None, *, pager: bool) -> None:
    from servkit.desk.phrases import DeskPhrases
    from servkit.terminal.document_view import customer_screen, document_screen  # load Rich, which JSON does without

    words, today = desk.words(lang), desk.today().toordinal()
    if details.customer is not None:
        print_screen(customer_screen(details.customer, DeskPhrases(desk.settings, words, today)), pager=pager)
        return
    screen = document_screen(
        details.entries,
        desk.settings,
        lang or desk.person.language,
        today,
        [(f"{referrer.kind}:{referrer.id}", referrer.key) for referrer in details.referrers],
        words,
        term=details.term,
        area=details.area,
    )
    print_screen(screen, pager=pager)
