"""``servkit find``."""

from typing import Annotated

import typer

from servkit.book.problems import ServkitError
from servkit.cache.search import MOST_WORDS, customer_hit, search
from servkit.cli.shared import options
from servkit.cli.shared.desk import open_desk
from servkit.cli.shared.output import check_format, print_json, print_screen
from servkit.customers.search_key import found_by

#: So many customers from files are among the results.
MOST_CUSTOMERS = 10


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
    if not text:
        raise ServkitError("find needs words to search for")
    if len(text.split()) > MOST_WORDS:
        raise ServkitError(f"find takes at most {MOST_WORDS} words")
    with open_desk(book, customers, at) as desk:
        people = [match.read() for match in desk.directory.find(text)[:MOST_CUSTOMERS]]
        findable = desk.settings.findable
        hits = [customer_hit(who.id, who.name, (who.path, who.line), found_by(who, findable, text), text)
                for who in people]  # fmt: skip
        found, own_words = search(desk.book, text, hits), desk.words()
    if format_ == "json":
        data = [{**hit._asdict(), "why": [why._asdict() for why in hit.why]} for hit in found.hits]
        for hit in data:
            del hit["score"]
        print_json({"schema": "servkit/find/1", "words": text, "read_as": found.read_as, "hits": data})
    else:
        from servkit.terminal.search_view import search_screen  # loads Rich, which JSON does without

        print_screen(search_screen(found, text, own_words), pager=not no_pager)
    return 0 if found.hits else 1
