"""``servkit find``."""

from typing import Annotated

import typer

from servkit.cli.shared import options
from servkit.cli.shared.desk import open_desk
from servkit.cli.shared.output import check_format, print_json, print_screen
from servkit.desk.search import search_data, search_everything


def find(
    words: Annotated[list[str], typer.Argument(metavar="WORDS", help="Words to search for; all of them must match.")],
    format_: options.Format = "text",
    no_pager: options.NoPager = False,
    at: options.At = None,
    book: options.Book = None,
    customers: options.CustomersFile = None,
) -> int:
    """Search everything, and see why each result matched. Accents and typing slips are forgiven.

    \b
    servkit find refund
    servkit find recepit late

    Exits with 1 if nothing matches.
    """
    check_format(format_)
    text = " ".join(words).strip()
    with open_desk(book, customers, at) as desk:
        found, own_words = search_everything(desk, text), desk.words()
    if format_ == "json":
        print_json(search_data(found, text))
    else:
        from servkit.terminal.search_view import search_screen  # loads Rich, which JSON does without

        print_screen(search_screen(found, text, own_words), pager=not no_pager)
    return 0 if found.hits else 1
