"""``servkit recover``."""

from collections.abc import Iterator
from typing import Annotated

import typer

from servkit.book.problems import ServkitError
from servkit.book.values import write
from servkit.cli.shared import options
from servkit.cli.shared.completion import customers as customer_names
from servkit.cli.shared.completion import recoveries
from servkit.cli.shared.desk import open_desk
from servkit.cli.shared.output import check_format
from servkit.cli.shared.recording import choose_customer, print_recorded, print_refusal
from servkit.desk.offers import Refusal, check_approval
from servkit.desk.recording import recorder_name
from servkit.desk.recoveries import BegunRecovery, begin_recovery, close_recovery
from servkit.desk.request import DeskRequest
from servkit.languages.catalogue import Message, Worded


def recover(
    customer: Annotated[
        str, typer.Argument(metavar="CUSTOMER", help="An id, or part of a name.", autocompletion=customer_names)
    ],
    recovery: Annotated[
        str,
        typer.Argument(metavar="RECOVERY", help="A recovery: what went wrong.", autocompletion=recoveries),
    ],
    start: Annotated[
        str | None,
        typer.Option("--from", metavar="TIME", help="When it went wrong: 2026-03-01T09:30, 09:30. Default: now."),
    ] = None,
    offers: Annotated[
        list[str] | None,
        typer.Option("--offer", metavar="TERM=VALUE", help="What you give for the trouble. Repeatable."),
    ] = None,
    done: Annotated[str | None, typer.Option("--done", metavar="TEXT", help="Close it: how it went.")] = None,
    approved_by: options.ApprovedBy = None,
    approved_role: options.ApprovedRole = None,
    facts: options.Facts = None,
    agent: options.Agent = None,
    role: options.Role = None,
    channel: options.Channel = None,
    office: options.Office = None,
    format_: options.Format = "text",
    book: options.Book = None,
    customers: options.CustomersFile = None,
) -> int:
    """Begin to put something right, and close it when it is. The follow-up is due on the service clock.

    \b
    servkit recover nadia missed-visit --offer billing.credit="25 USD"
    servkit recover nadia missed-visit --done "Sam came the same day, and she thanked him"
    """
    check_format(format_)
    if done is not None and (offers or start):
        raise ServkitError("--done closes a recovery; --from and --offer begin one")
    with open_desk(book, customers, agent=agent) as desk:
        by = recorder_name(desk)
        person = choose_customer(desk, customer)
        if person is None:
            return 1
        who = person.name or person.id
        if done is not None:
            closed = close_recovery(desk, person, recovery, done)
            line = Message("Closed for {name}: {recovery}.", {"name": who, "recovery": recovery})
            return print_recorded(desk, closed, [line], format_)
        request = DeskRequest(customer, (), facts or (), role, channel, office, start=start)
        approval = check_approval(approved_by, approved_role, by)
        begun = begin_recovery(desk, person, recovery, request, offers=offers or (), approval=approval)
        if isinstance(begun, Refusal):
            return print_refusal(desk, begun, format_)
        return print_recorded(desk, begun.recorded, list(_lines(begun, who)), format_)


def _lines(begun: BegunRecovery, who: str) -> Iterator[Message | str]:
    yield Message("Begun for {name}: {title}.", {"name": who, "title": begun.title})
    yield from (f"{place}. {step}" for place, step in enumerate(begun.steps, 1))
    for offer in begun.offers:
        value = Worded(write(offer.value), offer.value)
        yield Message("Offered: {term} {value}", {"term": offer.term.ref, "value": value})
    if begun.due is not None:
        yield Message("Follow up by {moment}.", {"moment": begun.due})
