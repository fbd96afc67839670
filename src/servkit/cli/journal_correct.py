"""``servkit journal correct``."""

from typing import Annotated, Any

import typer

from servkit.book.problems import ServkitError
from servkit.cli.shared import options
from servkit.cli.shared.desk import open_desk
from servkit.cli.shared.output import check_format
from servkit.cli.shared.recording import print_recorded
from servkit.desk.entries import find_entry, standing_entries
from servkit.desk.promises import promise_day
from servkit.desk.recording import checked_text, record_entry, recorder_name, signed
from servkit.languages.catalogue import Message

#: What the text of an entry is called, by its kind.
_TEXTS = {"note": "say", "praise": "say", "recovered": "say", "grant": "because", "promise": "because"}


def journal_correct(
    id_: Annotated[str, typer.Argument(metavar="ID", help="The entry, or the beginning of its id.")],
    text: Annotated[str | None, typer.Argument(metavar="[TEXT]", help="What it should say.")] = None,
    until: Annotated[str | None, typer.Option("--until", metavar="DATE", help="The last day of a promise.")] = None,
    withdraw: Annotated[bool, typer.Option("--withdraw", help="The entry was a mistake: it counts no more.")] = False,
    because: Annotated[str | None, typer.Option("--because", metavar="TEXT", help="Why you correct it.")] = None,
    agent: options.Agent = None,
    format_: options.Format = "text",
    book: options.Book = None,
) -> int:
    """Correct an entry of the journal. The old one stays; a new entry says what is right.

    \b
    servkit journal correct 3f2a "The side door, before five"
    servkit journal correct 3f2a --withdraw --because "wrong customer"

    To change a value, withdraw the entry and record the right one: it is judged again.
    """
    check_format(format_)
    given = [text is not None, until is not None, withdraw]
    if not any(given) or (withdraw and any(given[:2])):
        raise ServkitError("give the right TEXT, or --until, or --withdraw alone")
    with open_desk(book, agent=agent) as desk:
        recorder_name(desk)
        entry = find_entry(standing_entries(desk), id_)
        changes: dict[str, Any] = {}
        if text is not None:
            if entry.kind not in _TEXTS:
                raise ServkitError(f"entry {entry.id} ({entry.kind}) has no text to correct; use --withdraw")
            changes[_TEXTS[entry.kind]] = checked_text(text, "the text")
        if until is not None:
            if entry.kind != "promise":
                raise ServkitError(f"--until is for promises, and entry {entry.id} is a {entry.kind}")
            changes["until"] = promise_day(desk, until)
        body = signed(desk) | {"of": entry.id} | ({"withdrawn": True} if withdraw else {"changes": changes})
        body |= {"because": checked_text(because, "--because")} if because is not None else {}
        recorded = record_entry(desk, "correction", body, entry.customer)
        line = Message("Withdrawn: entry {id}.") if withdraw else Message("Corrected: entry {id}.")
        return print_recorded(desk, recorded, [line._replace(blanks={"id": entry.id})], format_)
