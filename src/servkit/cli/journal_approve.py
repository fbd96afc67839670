"""``servkit journal approve``."""

from typing import Annotated

import typer

from servkit.cli.shared import options
from servkit.cli.shared.desk import open_desk
from servkit.cli.shared.output import check_format
from servkit.cli.shared.recording import print_recorded, print_refusal
from servkit.desk.approvals import decide
from servkit.desk.offers import Refusal
from servkit.desk.recording import recorder_name
from servkit.languages.catalogue import Message


def journal_approve(
    id_: Annotated[str, typer.Argument(metavar="ID", help="The entry, or the beginning of its id.")],
    decline: Annotated[bool, typer.Option("--decline", help="Say no instead.")] = False,
    because: Annotated[str | None, typer.Option("--because", metavar="TEXT", help="Why.")] = None,
    agent: options.Agent = None,
    role: options.Role = None,
    format_: options.Format = "text",
    book: options.Book = None,
    customers: options.CustomersFile = None,
) -> int:
    """Approve what somebody, or an assistant, has granted or promised and what waits for a yes.

    \b
    servkit due                                what waits
    servkit journal approve 3f2a
    servkit journal approve 3f2a --decline --because "we came on time"

    You may approve as much as your role may give. Exits with 1 if you may not, and names who may.
    """
    check_format(format_)
    with open_desk(book, customers, agent=agent) as desk:
        recorder_name(desk)
        person = desk.person
        made = decide(desk.of(person._replace(role=role or person.role)), id_, approve=not decline, because=because)
        if isinstance(made, Refusal):
            advice = Message("They say so themselves: {command}", {"command": f"servkit journal approve {id_}"})
            return print_refusal(desk, made, format_, advice)
        line = Message("Declined: entry {id}.") if decline else Message("Approved: entry {id}.")
        return print_recorded(desk, made, [line._replace(blanks={"id": made.body["of"]})], format_)
