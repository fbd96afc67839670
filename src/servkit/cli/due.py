"""``servkit due``."""

from datetime import datetime, time
from typing import Annotated
from zoneinfo import ZoneInfo

import typer

from servkit.answer.answer_json import moment
from servkit.cli.shared import options
from servkit.cli.shared.day import typed_day
from servkit.cli.shared.desk import open_desk
from servkit.cli.shared.output import check_format, print_json, print_screen
from servkit.cli.shared.recording import name_reader, recorder_name, standing_entries
from servkit.journal.due import find_due


def due(
    on: options.On = None,
    mine: Annotated[bool, typer.Option("--mine", help="Only what you recorded.")] = False,
    agent: options.Agent = None,
    format_: options.Format = "text",
    no_pager: options.NoPager = False,
    book: options.Book = None,
    customers: options.CustomersFile = None,
) -> int:
    """Show what you owe: promises, follow-ups and recoveries that are open, soonest first, and what is late.

    \b
    servkit due
    servkit due --mine

    Exits with 1 if something is late.
    """
    check_format(format_)
    with open_desk(book, customers) as desk:
        now = datetime.now(ZoneInfo(desk.settings.timezone)).replace(tzinfo=None)
        day = now.date() if on is None else typed_day(on, now.date(), "--on")
        if day != now.date():
            now = datetime.combine(day, time(0, 0))
        items = find_due(standing_entries(desk), now, by=recorder_name(desk, agent) if mine else None)
        if format_ == "json":
            found = [
                {"at": None if item.at is None else moment(item.at), "kind": item.kind, "late": item.late,
                 "customer": item.entry.customer, "by": item.entry.by, "journal": item.entry.id,
                 **{key: item.entry.text(key) for key in ("term", "value", "recovery") if item.entry.text(key)}}
                for item in items
            ]  # fmt: skip
            print_json({"schema": "servkit/due/1", "on": now.date().isoformat(), "due": found})
        else:
            from servkit.terminal.journal_view import due_screen  # loads Rich

            print_screen(due_screen(items, name_reader(desk)), pager=not no_pager)
    return 1 if any(item.late for item in items) else 0
