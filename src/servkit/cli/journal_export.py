"""``servkit journal export``."""

import sys
from pathlib import Path
from typing import Annotated

import typer

from servkit.cli.shared import options
from servkit.cli.shared.completion import customers as customer_names
from servkit.cli.shared.desk import open_desk
from servkit.cli.shared.output import print_note
from servkit.cli.shared.recording import choose_customer
from servkit.handout.renderer import write_files
from servkit.journal.transfer import export_lines
from servkit.text import clean


def journal_export(
    customer: Annotated[
        str | None,
        typer.Argument(metavar="[CUSTOMER]", help="Only about one customer.", autocompletion=customer_names),
    ] = None,
    to: Annotated[Path | None, typer.Option("--to", metavar="FILE", help="A file to write. Default: stdout.")] = None,
    book: options.Book = None,
    customers: options.CustomersFile = None,
) -> int:
    """Write the journal as JSON Lines: for a backup, for another journal, or for a customer who asks what you hold.

    \b
    servkit journal export --to journal.jsonl
    servkit journal export C-1042

    Exits with 1 if there is nothing to write.
    """
    with open_desk(book, customers) as desk:
        person = choose_customer(desk, customer, gone=True) if customer is not None else None
        if customer is not None and person is None:
            return 1
        location, lines = desk.journal_location, []
        if location.exists:
            with location.open() as journal:
                lines = list(export_lines(journal.entries(person.id if person else None)))
    text = "".join(f"{line}\n" for line in lines)
    if to is None:
        sys.stdout.write(text)
    else:
        write_files([(to, text.encode())])
        print_note(f"{len(lines)} entries written to {clean(str(to))}")
    return 0 if lines else 1
