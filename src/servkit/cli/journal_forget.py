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
from servkit.desk.recording import recorder_name
from servkit.journal.erasure import forget
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
    """
    check_format(format_)
    with open_desk(book, customers, agent=agent) as desk:
        by = recorder_name(desk)
        person = choose_customer(desk, customer, gone=True)
        if person is None:
            return 1
        if not yes:
            if not (sys.stdin.isatty() and sys.stderr.isatty()):
                raise ServkitError(f"this deletes everything about {person.id} for good; add --yes if you mean it")
            typer.confirm(clean(f"Delete everything about {person.name or person.id} for good?"), abort=True, err=True)
        location, now, count = desk.journal_location, desk.moment(), 0
        if location.exists:
            with location.open(create=True) as journal:
                count = forget(journal, person.id, by, now)
        if location.path is None and location.queue.exists():
            with location.open_queue() as queue:
                waiting = [entry.id for entry in queue.entries(person.id)]
                queue.remove_all(waiting)
                count += len(waiting)
        documents = [entry.path for entry in desk.book.versions("customer", person.id)]
        rest = [
            *(f"the book: {path}, and its history in git" for path in documents),
            *(["the files of customers that servkit.yaml names"] if desk.settings.sources else []),
            *(["the logs that the server keeps of its last changes"] if location.path is None else []),
            "backups of the journal",
            "exports of it",
        ]
    if format_ == "json":
        print_json({"schema": "servkit/forgotten/1", "customer": person.id, "entries": count, "not_reached": rest})
        return 0
    entries = "1 entry" if count == 1 else f"{count} entries"
    sys.stdout.write(clean(f"Deleted {entries} about {person.id}. Not reached:\n"))
    sys.stdout.writelines(clean(f"  {one}\n") for one in rest)
    return 0
