"""``servkit journal forget``."""

import sys
from typing import Annotated

import typer

from servkit.book.problems import ServkitError
from servkit.cli.shared import options
from servkit.cli.shared.completion import customers as customer_names
from servkit.cli.shared.desk import open_desk
from servkit.cli.shared.output import check_format, print_json
from servkit.cli.shared.recording import choose_customer
from servkit.desk.erasure import erase_customer
from servkit.desk.recording import recorder_name
from servkit.text import clean


def journal_forget(
    customer: Annotated[
        str, typer.Argument(metavar="CUSTOMER", help="An id, or part of a name.", autocompletion=customer_names)
    ],
    yes: Annotated[bool, typer.Option("--yes", help="Don't ask: delete it.")] = False,
    agent: options.Agent = None,
    format_: options.Format = "text",
    book: options.Book = None,
    customers: options.CustomersFile = None,
) -> int:
    """Delete for good what the journal holds of a customer. Nobody can bring it back.

    \b
    servkit journal forget C-1042

    Recorded answers and what waits for a server go too. A mark stays behind, so that no import brings it back; it
    holds no name. The command lists what it can't reach.

    Exits with 1 if the journal's server doesn't answer: what it holds is deleted as soon as it does.
    """
    check_format(format_)
    with open_desk(book, customers, agent=agent) as desk:
        recorder_name(desk)
        person = choose_customer(desk, customer, gone=True)
        if person is None:
            return 1
        if not yes:
            if not (sys.stdin.isatty() and sys.stderr.isatty()):
                raise ServkitError(f"this deletes everything about {person.id} for good; add --yes if you mean it")
            typer.confirm(clean(f"Delete everything about {person.name or person.id} for good?"), abort=True, err=True)
        erased = erase_customer(desk, person.id)
    if format_ == "json":
        print_json(erased.data)
    else:
        entries = "1 entry" if erased.entries == 1 else f"{erased.entries} entries"
        sys.stdout.write(clean(f"Deleted {entries} about {person.id}. Not reached:\n"))
        sys.stdout.writelines(clean(f"  {one}\n") for one in erased.not_reached)
    return 1 if erased.waiting else 0
