"""``servkit grant``."""

from typing import Annotated
from zoneinfo import ZoneInfo

import typer

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
    choose_reason,
    draft,
    judge_offer,
    keep,
    offered,
    print_recorded,
    print_refusal,
    recorder_name,
    segments_of,
    signed,
    standing_entries,
)
from servkit.journal.authority import Judgement, Verdict


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
    because = checked_text(because, "--because")
    with open_desk(book, customers) as desk:
        by = recorder_name(desk, agent)
        code = choose_reason(desk, reason)
        approval = check_approval(approved_by, approved_role, by)
        person = choose_customer(desk, customer)
        if person is None:
            return 1
        request = DeskRequest(customer, (), facts or (), role, channel, office, on=on)
        offer = judge_offer(desk, request, person, term, value, approval)
        if not offer.judgement.accepted:
            return print_refusal(term, offer, format_)
        today, zone = book_today(desk), ZoneInfo(desk.settings.timezone)
        earlier = [
            entry
            for entry in standing_entries(desk, person.id)
            if entry.kind == "grant" and entry.text("term") == term and entry.day(zone) == today
        ]
        if earlier and not again:
            last = earlier[-1]
            told = f"{last.by} granted {last.text('value')} today. Add --again if this is one more."
            refused = Judgement(Verdict.REFUSED, told)
            return print_refusal(term, offer._replace(judgement=refused), format_)
        body = signed(by, offer.case) | offered(offer) | {"because": because}
        body |= {"reason": code} if code else {}
        body |= {"again": True} if earlier else {}
        body |= approved(approval, offer)
        if segments := segments_of(desk, offer.case):
            body["segments"] = segments
        entry = draft("grant", body, person.id)
        keep(desk, [entry])
    lines = [f"Granted {person.name or person.id}: {term} {write(offer.value)}, because {because}"]
    print_recorded([entry], lines, format_)
    return 0
