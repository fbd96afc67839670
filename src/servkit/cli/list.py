"""``servkit list``."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from servkit.cli.shared.output import check_format

if TYPE_CHECKING:
    from typing import Annotated

    import typer

    from servkit.cli.shared import options
    from servkit.cli.shared.completion import kinds


def list_(
    kind: Annotated[
        str | None,
        typer.Argument(
            metavar="[KIND]",
            help="standard, policy, script …; also area, attribute, fact, role, channel.",
            autocompletion=kinds,
        ),
    ] = None,
    format_: options.Format = "text",
    book: options.Book = None,
    customers: options.CustomersFile = None,
) -> int:
    """What the book holds, or everything of one kind. Exits 1 where there is nothing."""
    from servkit.book.kinds import names as kind_names
    from servkit.book.problems import UnknownNameError
    from servkit.cli.shared.desk import open_desk_book
    from servkit.cli.shared.listing import ALSO, draw_items, items

    check_format(format_, ("text", "json"))
    known = (*kind_names(), *ALSO)
    if kind is not None:
        one = next((name for name in known if kind in (name, f"{name}s", f"{name[:-1]}ies")), None)
        if one is None:
            raise UnknownNameError("kind", kind, known, f"there are {', '.join(known)}")
        kind = one
    with open_desk_book(book, customers) as desk:
        found = items(desk, kind)
    if format_ == "json":
        from servkit.cli.shared.output import print_json

        print_json({"schema": "servkit/list/1", "items": [item._asdict() for item in found]})
    else:
        from servkit.terminal.layout import Screen

        screen = Screen()
        draw_items(found, screen, grouped=kind is None)
        if not found:
            screen.put(f"The book holds no {kind or 'documents'}.")
        sys.stdout.write(screen.text())
    return 0 if found else 1
