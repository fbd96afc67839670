"""``servkit recover``."""

from datetime import datetime
from typing import Annotated, Any
from zoneinfo import ZoneInfo

import typer

from servkit.answer.answer_json import as_list, moment
from servkit.answer.scope import in_force
from servkit.book.entries import Entry
from servkit.book.literals import read_as
from servkit.book.problems import ServkitError, UnknownNameError, ValueProblem
from servkit.book.values import write
from servkit.cli.shared import options
from servkit.cli.shared.completion import customers as customer_names
from servkit.cli.shared.completion import recoveries
from servkit.cli.shared.desk import Desk, open_desk
from servkit.cli.shared.desk_request import DeskRequest, make_case
from servkit.cli.shared.output import check_format
from servkit.cli.shared.recording import (
    approved,
    check_approval,
    checked_text,
    choose_customer,
    draft,
    judge_offer,
    keep,
    offered,
    print_recorded,
    print_refusal,
    recorder_name,
    signed,
    standing_entries,
)


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
    with open_desk(book, customers) as desk:
        by = recorder_name(desk, agent)
        person = choose_customer(desk, customer)
        if person is None:
            return 1
        who = person.name or person.id
        if done is not None:
            if offers or start:
                raise ServkitError("--done closes a recovery; --from and --offer begin one")
            begun = _open_recovery(desk, person.id, recovery, who)
            ended = moment(datetime.now(ZoneInfo(desk.settings.timezone)).replace(second=0, microsecond=0))
            body = {"of": begun, "recovery": recovery, "say": checked_text(done, "--done"), "ended": ended}
            entry = draft("recovered", signed(by) | body, person.id)
            keep(desk, [entry])
            print_recorded([entry], [f"Closed for {who}: {recovery}."], format_)
            return 0
        request = DeskRequest(customer, (), facts or (), role, channel, office, start=start or "now")
        case = make_case(desk, request, person)
        document = _document(desk, recovery, case.on.toordinal())
        approval, judged = check_approval(approved_by, approved_role, by), []
        for text in offers or ():
            ref, equals, value = text.partition("=")
            if not equals:
                raise ServkitError(f"--offer: {text!r} is not of the form TERM=VALUE")
            offer = judge_offer(desk, request._replace(start=None), person, ref.strip(), value.strip(), approval)
            if not offer.judgement.accepted:
                return print_refusal(ref.strip(), offer, format_)
            judged.append(offer)
        assert case.start is not None
        begun_body: dict[str, Any] = signed(by, case) | {"recovery": document.id, "begun": moment(case.start)}
        due = _follow_up(desk, document, case.start, person.attributes)
        begun_body |= {"due": moment(due)} if due is not None else {}
        begun_body |= {"offers": [offered(offer) for offer in judged]} if judged else {}
        begun_body |= approved(approval, *judged)
        entry = draft("recovery", begun_body, person.id)
        keep(desk, [entry])
        lines = [f"Begun for {who}: {desk.settings.pick(document.prose.get('title')) or document.id}."]
        lines += [f"{place}. {_step(desk, step)}" for place, step in enumerate(as_list(document.prose.get("steps")), 1)]
        lines += [f"Offered: {offer.term.ref} {write(offer.value)}" for offer in judged]
        lines += [f"Follow up by {due:%a %d %b %Y, %H:%M}."] if due is not None else []
    print_recorded([entry], lines, format_)
    return 0


def _open_recovery(desk: Desk, customer: str, recovery: str, who: str) -> str:
    standing = standing_entries(desk, customer)
    closed = {entry.text("of") for entry in standing if entry.kind == "recovered"}
    begun = [entry for entry in standing if entry.kind == "recovery" and entry.id not in closed]
    found = [entry for entry in begun if entry.text("recovery") == recovery]
    if not found:
        names = tuple(sorted({entry.text("recovery") for entry in begun}))
        if names:
            raise UnknownNameError("open recovery", recovery, names, f"open are {', '.join(names)}")
        raise ServkitError(f"{who} has no open recovery; begin one without --done")
    return found[-1].id


def _document(desk: Desk, id_: str, day: int) -> Entry:
    versions, _ = in_force(desk.book.versions("recovery", id_), day)
    for version in versions:
        if version.speaks:
            return version.entry
    raise UnknownNameError("recovery", id_, tuple(desk.book.ids(("recovery",))), "servkit list recovery lists them")


def _step(desk: Desk, step: Any) -> str:
    return desk.settings.pick(step["do"] if isinstance(step, dict) and "do" in step else step)


def _follow_up(desk: Desk, document: Entry, start: datetime, attributes: Any) -> datetime | None:
    """When the follow-up is due, in the book's time zone."""
    text = document.prose.get("follow_up")
    if not isinstance(text, str):
        return None
    from servkit.clocks.service import ServiceClock  # loads the opening hours

    clock = ServiceClock(desk.settings)
    try:
        duration = read_as("duration", text, (), desk.settings.clocks)
        name = clock.zone_attribute(duration)
        zone = attributes.get(name) if name else None
        return clock.due(duration, start, zone.amount if zone else None)
    except ValueProblem:
        return None
