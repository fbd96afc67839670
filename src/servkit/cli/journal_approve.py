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
        return print_refusal(made, format_, f"They say so themselves: servkit journal approve {id_}")
    print_recorded(made, [f"{'Declined' if decline else 'Approved'}: entry {made.body['of']}."], format_)
    return 0
