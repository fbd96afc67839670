"""``servkit journal check``."""

import sys
from typing import Annotated

import typer

from servkit.cli.shared import options
from servkit.cli.shared.desk import open_desk
from servkit.cli.shared.output import check_format, print_json
from servkit.journal.store import check_chain
from servkit.text import clean


def journal_check(
    head: Annotated[
        str | None, typer.Option("--head", metavar="HASH", help="The hash of the last entry, as you wrote it down.")
    ] = None,
    format_: options.Format = "text",
    book: options.Book = None,
) -> int:
    """Check that nobody changed the journal. Each entry holds the hash of the one before.

    \b
    servkit journal check
    servkit journal check --head 5d41…     also finds an end that was cut off

    Exits with 1 if something was changed.
    """
    check_format(format_)
    with open_desk(book) as desk:
        location, faults, count, last = desk.journal_location, [], 0, None
        if location.exists:
            with location.open() as journal:
                faults = check_chain(journal, head)
                count, last = journal.head()
        elif head is not None:
            faults = ["there is no journal"]
    if format_ == "json":
        print_json({"schema": "servkit/journal-check/1", "entries": count, "head": last, "faults": faults})
    elif faults:
        sys.stdout.writelines(f"{clean(fault)}\n" for fault in faults)
    elif count == 0:
        sys.stdout.write("The journal is empty.\n")
    else:
        entries = "1 entry" if count == 1 else f"{count} entries"
        sys.stdout.write(f"Nobody changed anything ({entries}). To find a cut end later, keep this hash:\n{last}\n")
    return 1 if faults else 0
