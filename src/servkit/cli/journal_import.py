"""``servkit journal import``."""

import sys
from pathlib import Path
from typing import Annotated

import typer

from servkit.book.problems import ServkitError
from servkit.cli.shared import options
from servkit.cli.shared.desk import open_desk
from servkit.cli.shared.output import check_format, print_json
from servkit.files import read_file
from servkit.journal.recorder import send_queue
from servkit.journal.transfer import import_entries, read_lines

#: A larger file is no export of a journal.
LARGEST = 1 << 30


def journal_import(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="What `servkit journal export` wrote.")],
    format_: options.Format = "text",
    book: options.Book = None,
) -> int:
    """Add the entries of an export. What is there already comes no second time; who was forgotten stays forgotten.

    \b
    servkit journal import journal.jsonl
    """
    check_format(format_)
    try:
        raw = read_file(file, LARGEST)
    except OSError as fault:
        raise ServkitError(f"{file}: {fault.strerror or 'cannot be read'}") from None
    drafts = read_lines(str(file), raw.splitlines())
    with open_desk(book) as desk, desk.journal_location.open(create=True) as journal:
        send_queue(desk.journal_location, journal)
        result = import_entries(journal, drafts)
    if format_ == "json":
        print_json({"schema": "servkit/journal-import/1", **result._asdict()})
    else:
        also = f", {result.known} known already" if result.known else ""
        also += f", {result.forgotten} of people who were forgotten" if result.forgotten else ""
        sys.stdout.write(f"{result.added} entries added{also}.\n")
    return 0
