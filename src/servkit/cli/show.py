"""``servkit show``."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from servkit.cli.shared.output import check_format

if TYPE_CHECKING:
    from typing import Annotated

    import typer

    from servkit.cli.shared import options
    from servkit.cli.shared.completion import documents


def show(
    id_: Annotated[
        str,
        typer.Argument(
            metavar="ID", help="An id, kind:id, an area, a term such as returns.window.", autocompletion=documents
        ),
    ],
    lang: options.Language = None,
    format_: options.Format = "text",
    book: options.Book = None,
    customers: options.CustomersFile = None,
) -> None:
    """One document as a person reads it, with who refers to it.

    \b
    servkit show returns
    servkit show script:greeting
    servkit show returns.window
    """
    from servkit.cli.shared.desk import open_desk_book
    from servkit.cli.shared.document_details import show as find_it
    from servkit.cli.shared.document_details import shown_json
    from servkit.clocks.today import today_in

    check_format(format_, ("text", "json"))
    with open_desk_book(book, customers) as desk:
        shown = find_it(desk, id_)
        if format_ == "json":
            from servkit.cli.shared.output import print_json

            print_json(shown_json(desk, shown))
            return
        from servkit.terminal.document_view import draw_shown
        from servkit.terminal.layout import Screen

        screen = Screen()
        draw_shown(
            shown, desk.settings, screen, lang or desk.desk.language, today_in(desk.settings.timezone).toordinal()
        )
        sys.stdout.write(screen.text())
