"""``servkit note``."""

from typing import Annotated

import typer

from servkit.answer.answer_json import value_json
from servkit.book.problems import ServkitError
from servkit.cli.shared import options
from servkit.cli.shared.completion import customers as customer_names
from servkit.cli.shared.desk import open_desk
from servkit.cli.shared.desk_request import DeskRequest, make_case
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

#: How each sort of note is named to a person.
_SORTS = {"priority": "What matters", "expectation": "Expects", "pace": "Pace", "signal": "Signal"}


def note(
    customer: Annotated[
        str, typer.Argument(metavar="CUSTOMER", help="An id, or part of a name.", autocompletion=customer_names)
    ],
    text: Annotated[str | None, typer.Argument(metavar="[TEXT]", help="What you heard, in a sentence.")] = None,
    priority: Annotated[bool, typer.Option("--priority", help="It is what matters to them.")] = False,
    expectation: Annotated[bool, typer.Option("--expectation", help="It is what they expect.")] = False,
    pace: Annotated[bool, typer.Option("--pace", help="It is how fast or slow they like it.")] = False,
    signal: Annotated[bool, typer.Option("--signal", help="It is a sign to watch (this is the default).")] = False,
    facts: Annotated[
        list[str] | None,
        typer.Option("--set", metavar="NAME=VALUE", help="An attribute as you heard it. Repeatable."),
    ] = None,
    agent: options.Agent = None,
    role: options.Role = None,
    channel: options.Channel = None,
    office: options.Office = None,
    format_: options.Format = "text",
    book: options.Book = None,
    customers: options.CustomersFile = None,
) -> int:
    """Write down what you heard of a customer. The next colleague sees it first.

    \b
    servkit note nadia "Use the back door, before five" --priority
    servkit note C-1042 --set visits_a_year=24

    An attribute counts as heard until a file of customers or the book knows better.
    """
    check_format(format_)
    sorts = {"priority": priority, "expectation": expectation, "pace": pace, "signal": signal}
    chosen = [name for name, given in sorts.items() if given]
    if len(chosen) > 1:
        raise ServkitError(f"choose one of {', '.join(f'--{name}' for name in chosen)}")
    if text is None and not facts:
        raise ServkitError("what did you hear? Write it behind the customer, or give --set NAME=VALUE")
    if text is None and chosen:
        raise ServkitError(f"--{chosen[0]} needs a text")
    sort = chosen[0] if chosen else "signal"
    with open_desk(book, customers) as desk:
        by = recorder_name(desk, agent)
        person = choose_customer(desk, customer)
        if person is None:
            return 1
        case = make_case(desk, DeskRequest(customer, (), facts or (), role, channel, office), person)
        heard = {}
        for name, value in case.given.items():
            if desk.settings.names[name].fact:
                raise ServkitError(f"--set {name}: this is a fact of one case; a note keeps attributes of the customer")
            if value is None:
                raise ServkitError(f"--set {name}: the value is missing")
            heard[name] = value_json(value) if value.type != "list" else "; ".join(value.amount)
        body = signed(by, case) | ({"sort": sort, "say": checked_text(text, "the note")} if text is not None else {})
        entry = draft("note", body | ({"set": heard} if heard else {}), person.id)
        keep(desk, [entry])
    lines = [f"Noted for {person.name or person.id}."]
    lines += [f"{_SORTS[sort]}: {body['say']}"] if text is not None else []
    lines += [f"As heard: {name} = {value}" for name, value in heard.items()]
    print_recorded([entry], lines, format_)
    return 0
