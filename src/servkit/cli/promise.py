"""``servkit promise``."""

from typing import Annotated

import typer

from servkit.book.problems import ServkitError
from servkit.book.values import write
from servkit.cli.shared import options
from servkit.cli.shared.completion import customers as customer_names
from servkit.cli.shared.desk import open_desk
from servkit.cli.shared.desk_request import DeskRequest
from servkit.cli.shared.output import check_format
from servkit.cli.shared.recording import (
    approved,
    book_today,
    check_approval,
    checked_text,
    choose_customer,
    draft,
    judge_offer,
    keep,
    offered,
    print_recorded,
    print_refusal,
    read_promise_day,
    recorder_name,
    signed,
    standing_entries,
)
from servkit.journal.customer_view import open_promises


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
    with open_desk(book, customers) as desk:
        by = recorder_name(desk, agent)
        person = choose_customer(desk, customer)
        if person is None:
            return 1
        because = None if because is None else checked_text(because, "--because")
        why = {"because": because} if because else {}
        if value is None:
            standing = [one for one in open_promises(standing_entries(desk, person.id)) if one.text("term") == term]
            if not standing:
                raise ServkitError(f"{person.name or person.id} has no open promise of {term} in the journal")
            outcome = "kept" if kept else "broken"
            entry = draft("kept", signed(by) | {"of": standing[-1].id, "term": term, "kept": kept} | why, person.id)
            keep(desk, [entry])
            print_recorded([entry], [f"Closed as {outcome}: {term} for {person.name or person.id}."], format_)
            return 0
        until = read_promise_day(until, book_today(desk))
        approval = check_approval(approved_by, approved_role, by)
        request = DeskRequest(customer, (), facts or (), role, channel, office, on=on)
        offer = judge_offer(desk, request, person, term, value, approval)
        if not offer.judgement.accepted:
            return print_refusal(term, offer, format_)
        body = signed(by, offer.case) | offered(offer) | why | ({"until": until} if until else {})
        body |= approved(approval, offer)
        entry = draft("promise", body, person.id)
        keep(desk, [entry])
    holds = f", until {until}" if until else ""
    lines = [f"Promised {person.name or person.id}: {term} {write(offer.value)}{holds}."]
    print_recorded([entry], lines, format_)
    return 0
