"""``servkit journal``."""

import csv
import io
import sys
from typing import Annotated

import typer

from servkit.cli.shared import options
from servkit.cli.shared.completion import customers as customer_names
from servkit.cli.shared.desk import open_desk
from servkit.cli.shared.output import check_choice, check_format, print_json, print_screen
from servkit.cli.shared.recording import choose_customer, desk_phrases
from servkit.desk.entries import journal_data, name_reader, read_journal
from servkit.journal.entry import KINDS, JournalEntry
from servkit.journal.transfer import export_lines
from servkit.text import as_cell


def journal(
    customer: Annotated[
        str | None,
        typer.Argument(metavar="[CUSTOMER]", help="Only about one customer.", autocompletion=customer_names),
    ] = None,
    kind: Annotated[str | None, typer.Option("--kind", metavar="KIND", help=f"One of: {', '.join(KINDS)}.")] = None,
    by: Annotated[str | None, typer.Option("--by", metavar="NAME", help="Only what one colleague recorded.")] = None,
    since: Annotated[str | None, typer.Option("--since", metavar="DATE", help="Only from this day on.")] = None,
    format_: Annotated[str, typer.Option("--format", metavar="FORMAT", help="text, json, csv or jsonl.")] = "text",
    no_pager: options.NoPager = False,
    book: options.Book = None,
    customers: options.CustomersFile = None,
) -> int:
    """Read the journal: what was heard, promised, granted and mended, newest first.

    \b
    servkit journal nadia
    servkit journal --kind grant --since 2026-11-01

    \b
    servkit journal correct ID TEXT    correct an entry, or withdraw it
    servkit journal approve ID         say yes, or no, to what waits for somebody
    servkit journal check              check that nobody changed anything
    servkit journal export, import     take it elsewhere, and bring it back
    servkit journal forget CUSTOMER    delete what it holds of somebody

    Exits with 1 if there is no such entry.
    """
    check_format(format_, ("text", "json", "csv", "jsonl"))
    if kind is not None:
        check_choice("kind", kind, KINDS)
    with open_desk(book, customers) as desk:
        person = choose_customer(desk, customer, gone=True) if customer is not None else None
        if customer is not None and person is None:
            return 1
        entries = read_journal(desk, person.id if person else None, kind, by, since)
        if format_ == "text":
            from servkit.terminal.journal_view import entries_screen  # loads Rich

            screen = entries_screen(entries[::-1], desk.zone, name_reader(desk), desk_phrases(desk))
            print_screen(screen, pager=not no_pager)
        elif format_ == "json":
            print_json(journal_data(entries))
        elif format_ == "jsonl":
            sys.stdout.writelines(f"{line}\n" for line in export_lines(entries))
        else:
            sys.stdout.write(_csv(entries))
    return 0 if entries else 1


def _csv(entries: list[JournalEntry]) -> str:
    """A table for a spreadsheet; nothing in it is a formula."""
    from servkit.terminal.journal_view import described

    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(["id", "time", "kind", "customer", "by", "term", "value", "because", "text"])
    for entry in entries:
        cells = (entry.id, entry.time, entry.kind, entry.customer or "", entry.by, entry.text("term"),
                 entry.text("value"), entry.text("because"), entry.text("say") or str(described(entry)))  # fmt: skip
        writer.writerow([as_cell(cell) for cell in cells])
    return out.getvalue()
