"""``servkit grant``."""

from typing import Annotated

import typer

from servkit.cli.shared import options
from servkit.cli.shared.completion import customers as customer_names
from servkit.cli.shared.desk import open_desk
from servkit.cli.shared.output import check_format
from servkit.cli.shared.recording import choose_customer, print_recorded, print_refusal
from servkit.desk.grants import grant as record_grant
from servkit.desk.offers import Refusal, check_approval
from servkit.desk.recording import recorder_name
from servkit.desk.request import DeskRequest
from servkit.languages.catalogue import Message, Worded


def grant(
    customer: Annotated[
        str, typer.Argument(metavar="CUSTOMER", help="An id, or part of a name.", autocompletion=customer_names)
    ],
    term: Annotated[str, typer.Argument(metavar="TERM", help="What you grant, such as billing.credit.")],
    value: Annotated[str, typer.Argument(metavar="VALUE", help="How much, such as '75 USD'.")],
    because: Annotated[str, typer.Option("--because", metavar="TEXT", help="Why, in a sentence.")],
    reason: Annotated[
        str | None, typer.Option("--reason", metavar="CODE", help="One of the book's reasons, where it lists any.")
    ] = None,
    again: Annotated[
        bool, typer.Option("--again", help="Grant the same once more to the same customer on the same day.")
    ] = False,
    approved_by: options.ApprovedBy = None,
    approved_role: options.ApprovedRole = None,
    facts: options.Facts = None,
    agent: options.Agent = None,
    role: options.Role = None,
    channel: options.Channel = None,
    office: options.Office = None,
    on: options.On = None,
    format_: options.Format = "text",
    book: options.Book = None,
    customers: options.CustomersFile = None,
) -> int:
    """Record what you gave a customer beyond the rule, and why. It changes no later answer.

    \b
    servkit grant nadia billing.credit "75 USD" --because "we came two hours late"
    servkit grant nadia billing.credit "90 USD" --because "twice in a week" --approved-by Sam --approved-role supervisor

    You may grant as much as your role may give. Exits with 1 if you may not, and names who may.
    """
    check_format(format_)
    with open_desk(book, customers, agent=agent) as desk:
        by = recorder_name(desk)
        approval = check_approval(approved_by, approved_role, by)
        person = choose_customer(desk, customer)
        if person is None:
            return 1
        request = DeskRequest(customer, (), facts or (), role, channel, office, on=on)
        made = record_grant(desk, person, term, value, because, request, reason=reason, again=again, approval=approval)
        if isinstance(made, Refusal):
            return print_refusal(desk, made, format_)
        blanks = {"name": person.name or person.id, "term": term, "value": Worded(made.body["value"]),
                  "because": made.body["because"]}  # fmt: skip
        return print_recorded(
            desk, made, [Message("Granted {name}: {term} {value}, because {because}", blanks)], format_
        )
