"""``servkit find``."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from servkit.cli.shared.output import check_format

if TYPE_CHECKING:
    from typing import Annotated

    import typer

    from servkit.cli.shared import options


def find(
    words: Annotated[list[str], typer.Argument(metavar="WORDS", help="What to look for; every word has to be there.")],
    format_: options.Format = "text",
    book: options.Book = None,
    customers: options.CustomersFile = None,
) -> int:
    """Search everything, and see why each hit matched. Accents and slips of the keyboard are forgiven.

    \b
    servkit find refund
    servkit find recepit late

    Exits 1 where nothing matches.
    """
    from servkit.book.problems import ServkitError
    from servkit.cache.search import MOST_WORDS, customer_hit, search
    from servkit.cli.shared.desk import open_desk_book

    check_format(format_, ("text", "json"))
    wanted = " ".join(words).strip()
    if not wanted:
        raise ServkitError("find takes the words to look for")
    if len(wanted.split()) > MOST_WORDS:
        raise ServkitError(f"find takes {MOST_WORDS} words at most")
    with open_desk_book(book, customers) as desk:
        matches = ((match, match.read()) for match in desk.directory.find(wanted)[:10])
        people = [
            customer_hit(match.id, match.name, customer.path, customer.line, wanted)
            for match, customer in matches
            if customer.entry is None
        ]
        found = search(desk.shelf, wanted, people)
    if format_ == "json":
        from servkit.cli.shared.output import print_json

        hits = [{**hit._asdict(), "why": [why._asdict() for why in hit.why]} for hit in found.hits]
        for hit in hits:
            del hit["score"]
        print_json({"schema": "servkit/find/1", "words": wanted, "read_as": found.read_as, "hits": hits})
    else:
        from servkit.terminal.layout import Screen
        from servkit.terminal.search_view import draw_found

        screen = Screen()
        draw_found(found, wanted, screen)
        sys.stdout.write(screen.text())
    return 0 if found.hits else 1
