"""``servkit promise``."""

from typing import Annotated

import typer

from servkit.book.problems import ServkitError
from servkit.cli.shared import options
from servkit.cli.shared.completion import customers as customer_names
from servkit.cli.shared.desk import open_desk
from servkit.cli.shared.output import check_format
from servkit.cli.shared.recording import choose_customer, print_recorded, print_refusal
from servkit.desk.offers import Refusal, check_approval
from servkit.desk.promises import close_promise
from servkit.desk.promises import promise as record_promise
from servkit.desk.recording import recorder_name
from servkit.desk.request import DeskRequest
from servkit.languages.catalogue import Message, Worded


def promise(
    customer: Annotated[
        str, typer.Argument(metavar="CUSTOMER", help="An id, or part of a name.", autocompletion=customer_names)
    ],
    term: Annotated[str, typer.Argument(metavar="TERM", help="What you promise, such as returns.window.")],
    value: Annotated[str | None, typer.Argument(metavar="[VALUE]", help="How much, such as '60 days'.")] = None,
    until: Annotated[
        str | None, typer.Option("--until", metavar="DATE", help="The last day it holds. Default: for good.")
    ] = None,
    kept: Annotated[bool, typer.Option("--kept", help="Close the promise: it was kept.")] = False,
    broken: Annotated[bool, typer.Option("--broken", help="Close the promise: it was broken.")] = False,
    because: Annotated[str | None, typer.Option("--because", metavar="TEXT", help="Why.")] = None,
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
    """Promise a customer something. From now on it counts for whoever meets them.

    \b
    servkit promise nadia returns.window "60 days" --until 2027-01-31
    servkit promise nadia visits.technician "the same one"
    servkit promise nadia returns.window --kept

    You may promise as much as your role may give; 'servkit lookup' shows how much that is. Exits with 1 if you may
    not, and names who may.
    """
    check_format(format_)
    if kept and broken:
        raise ServkitError("choose --kept or --broken")
    if (value is None) is not (kept or broken):
        raise ServkitError("give the VALUE that you promise, or close the promise with --kept or --broken")
    with open_desk(book, customers, agent=agent) as desk:
        by = recorder_name(desk)
        person = choose_customer(desk, customer)
        if person is None:
            return 1
        who = person.name or person.id
        if value is None:
            closed = close_promise(desk, person, term, kept=kept, because=because)
            line = (
                Message("Closed as kept: {term} for {name}.")
                if kept
                else Message("Closed as broken: {term} for {name}.")
            )
            return print_recorded(desk, closed, [line._replace(blanks={"term": term, "name": who})], format_)
        approval = check_approval(approved_by, approved_role, by)
        request = DeskRequest(customer, (), facts or (), role, channel, office, on=on)
        made = record_promise(desk, person, term, value, request, until=until, because=because, approval=approval)
        if isinstance(made, Refusal):
            return print_refusal(desk, made, format_)
        blanks = {
            "name": who,
            "term": term,
            "value": Worded(made.body["value"]),
            "until": Worded(made.body.get("until", "")),
        }
        line = (
            Message("Promised {name}: {term} {value}, until {until}.")
            if until
            else Message("Promised {name}: {term} {value}.")
        )
        return print_recorded(desk, made, [line._replace(blanks=blanks)], format_)
