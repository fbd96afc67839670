"""``servkit praise``."""

from typing import Annotated

import typer

from servkit.cli.shared import options
from servkit.cli.shared.desk import open_desk
from servkit.cli.shared.output import check_format
from servkit.cli.shared.recording import choose_customer, print_recorded
from servkit.desk.praises import praise as record_praise
from servkit.desk.recording import recorder_name
from servkit.languages.catalogue import Message


def praise(
    colleague: Annotated[str, typer.Argument(metavar="COLLEAGUE", help="Who went beyond.")],
    text: Annotated[str, typer.Argument(metavar="TEXT", help="What they did, in a sentence.")],
    customer: Annotated[
        str | None, typer.Option("--customer", metavar="CUSTOMER", help="For whom they did it.")
    ] = None,
    agent: options.Agent = None,
    format_: options.Format = "text",
    book: options.Book = None,
    customers: options.CustomersFile = None,
) -> int:
    """Thank a colleague who went beyond. The report tells it in your words.

    \b
    servkit praise Ruth "drove back in the evening with the right trap" --customer nadia
    """
    check_format(format_)
    with open_desk(book, customers, agent=agent) as desk:
        recorder_name(desk)
        person = choose_customer(desk, customer) if customer is not None else None
        if customer is not None and person is None:
            return 1
        recorded = record_praise(desk, colleague, text, person)
        blanks = {"name": recorded.body["colleague"], "say": recorded.body["say"]}
        return print_recorded(desk, recorded, [Message("Praised {name}: {say}", blanks)], format_)
