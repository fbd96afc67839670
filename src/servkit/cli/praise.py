"""``servkit praise``."""

from typing import Annotated

import typer

from servkit.cli.shared import options
from servkit.cli.shared.desk import open_desk
from servkit.cli.shared.output import check_format
from servkit.cli.shared.recording import (
    checked_text,
    choose_customer,
    draft,
    keep,
    print_recorded,
    recorder_name,
    signed,
)


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
    with open_desk(book, customers) as desk:
        by = recorder_name(desk, agent)
        person = choose_customer(desk, customer) if customer is not None else None
        if customer is not None and person is None:
            return 1
        body = {"colleague": checked_text(colleague, "the colleague"), "say": checked_text(text, "the praise")}
        entry = draft("praise", signed(by) | body, person.id if person is not None else None)
        keep(desk, [entry])
    print_recorded([entry], [f"Praised {body['colleague']}: {body['say']}"], format_)
    return 0
