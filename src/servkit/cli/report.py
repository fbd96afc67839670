"""``servkit report``."""

import csv
import io
import sys
from pathlib import Path
from typing import Annotated

import typer

from servkit.book.problems import ServkitError
from servkit.cli.shared import options
from servkit.cli.shared.desk import open_desk
from servkit.cli.shared.output import check_format, print_json, print_note, print_screen
from servkit.desk.day import typed_day
from servkit.desk.entries import name_reader, standing_entries
from servkit.desk.journal_report import journal_report
from servkit.desk.sign_offs import SinceSignOff
from servkit.desk.term_titles import TitledPhrases, name_titles, terms_by_reference
from servkit.handout.renderer import write_files
from servkit.journal.report import Reader, Report, report_json
from servkit.text import as_cell, clean, json_text

FORMATS = ("text", "html", "json", "csv")


def report(
    since: Annotated[
        str | None, typer.Option("--since", metavar="DATE", help="From this day on. Default: the whole journal.")
    ] = None,
    to: Annotated[Path | None, typer.Option("--to", metavar="FILE", help="A file to write. Default: stdout.")] = None,
    role: Annotated[
        str | None,
        typer.Option(
            "--role",
            metavar="ROLE",
            help="Your role. `report_to:` in servkit.yaml says which roles see the names of colleagues.",
            autocompletion=options.roles,
        ),
    ] = None,
    agent: options.Agent = None,
    format_: Annotated[str, typer.Option("--format", metavar="FORMAT", help=f"{', '.join(FORMATS)}.")] = "text",
    no_pager: options.NoPager = False,
    book: options.Book = None,
    customers: options.CustomersFile = None,
) -> int:
    """Show what the journal teaches: which policies don't fit, which promises were kept, whom to thank, and who has to
    learn something again.

    \b
    servkit report --since 2026-11-01
    servkit report --format html --to monday.html

    Colleagues are named only to the roles in `report_to:` of servkit.yaml. Exits with 1 if there is nothing to report.
    """
    check_format(format_, FORMATS)
    with open_desk(book, customers) as desk:
        name = agent or desk.person.agent
        reader = Reader(name, (role or desk.person.role) in desk.settings.report_to)
        entries = standing_entries(desk)
        now = desk.now()
        day = None if since is None else typed_day(since, now.date(), "--since")
        terms = terms_by_reference(desk)
        found = journal_report(desk, entries, reader, now, day, SinceSignOff(desk, now.date()).changes)
        phrases, text = TitledPhrases(desk, desk.words()), None
        titles = name_titles(desk, terms, phrases)
        if format_ == "json":
            print_json(report_json(found)) if to is None else None
        elif format_ == "csv":
            text = _csv(found)
        elif format_ == "html":
            from servkit.handout.report_page import report_page  # only the page needs it

            text = report_page(found, desk.settings.name, titles, name_reader(desk), phrases)
        elif to is None:
            from servkit.terminal.report_view import report_screen  # loads Rich

            screen = report_screen(found, desk.settings.name, titles, name_reader(desk), phrases)
            print_screen(screen, pager=not no_pager)
        else:
            raise ServkitError("--to needs --format html, json or csv")
    if to is not None:
        write_files([(to, (text if text is not None else json_text(report_json(found))).encode())])
        print_note(f"Report written to {clean(str(to))}")
    elif text is not None:
        sys.stdout.write(text)
    return 0 if found.entries else 1


def _csv(found: Report) -> str:
    """A table for a spreadsheet: one number a row. Nothing in it is a formula."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(["what", "name", "detail", "number"])
    rows: list[tuple[str, str, str, object]] = []
    for one in found.stretched:
        rows += [("grants", one.ref, "times", one.times), ("grants", one.ref, "beyond own limit", one.beyond)]
        rows += [("grants", one.ref, f"given in {value.unit}", value.amount) for value in one.given]
        for what, counts in (("role", one.roles), ("office", one.offices), ("segment", one.segments),
                             ("reason", one.reasons)):  # fmt: skip
            rows += [("grants", one.ref, f"{what}: {name}", count) for name, count in counts.items()]
    rows += [("promises", "", name, count) for name, count in found.promises._asdict().items()]
    for recovered in found.recoveries:
        rows += [("recoveries", recovered.recovery, name, getattr(recovered, name))
                 for name in ("times", "closed", "in_time", "late")]  # fmt: skip
    rows += [("again", again.customer, again.recovery, again.times) for again in found.again]
    rows += [("unused", unused.ref, unused.role, 0) for unused in found.unused]
    writer.writerows([*map(as_cell, row[:3]), row[3]] for row in rows)
    return out.getvalue()
