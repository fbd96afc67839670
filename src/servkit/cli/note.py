"""``servkit note``."""

from typing import Annotated

import typer

from servkit.book.problems import ServkitError
from servkit.cli.shared import options
from servkit.cli.shared.completion import customers as customer_names
from servkit.cli.shared.desk import open_desk
from servkit.cli.shared.output import check_format
from servkit.cli.shared.recording import choose_customer, print_recorded
from servkit.desk.notes import SORTS
from servkit.desk.notes import note as record_note
from servkit.desk.recording import recorder_name
from servkit.desk.request import DeskRequest
from servkit.languages.catalogue import Message


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
    with open_desk(book, customers, agent=agent) as desk:
        recorder_name(desk)
        person = choose_customer(desk, customer)
        if person is None:
            return 1
        request = DeskRequest(customer, (), facts or (), role, channel, office)
        recorded = record_note(desk, person, text, sort, request)
        body = recorded.body
        lines = [Message("Noted for {name}.", {"name": person.name or person.id})]
        lines += [Message("{sort}: {say}", {"sort": SORTS[sort], "say": body["say"]})] if text is not None else []
        for name, value in body.get("set", {}).items():
            lines.append(Message("As heard: {name} = {value}", {"name": name, "value": value}))
        return print_recorded(desk, recorded, lines, format_)
