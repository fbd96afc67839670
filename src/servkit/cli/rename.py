"""``servkit rename``."""

import os
from typing import Annotated, Any

import typer

from servkit.book.discovery import SETTINGS
from servkit.book.files import ignored
from servkit.cli.shared import options
from servkit.cli.shared.completion import symbols as complete_symbols
from servkit.cli.shared.desk import open_desk
from servkit.cli.shared.output import check_format, print_json, print_note
from servkit.desk.session import Desk
from servkit.names.renaming import Renaming, plan_renaming
from servkit.names.symbols import Symbols
from servkit.text import clean


def rename(
    what: Annotated[
        str,
        typer.Argument(
            metavar="KIND:NAME",
            help="Such as policy:returns, term:returns.window, area:billing or attribute:plan.",
            autocompletion=complete_symbols,
            show_default=False,
        ),
    ],
    new: Annotated[str, typer.Argument(metavar="NEW", help="The new name.", show_default=False)],
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only show what would change.")] = False,
    format_: options.Format = "text",
    book: options.Book = None,
) -> None:
    """Give something another name wherever the book names it: a document, a term, an area, an attribute or fact, a
    channel, a role or a clock.

    \b
    servkit rename policy:returns refunds --dry-run
    servkit rename term:returns.window period
    servkit rename attribute:plan contract

    The placeholders in scripts, the conditions and the scenarios change with it. All files are written, or none. Names
    of files, the journal and customers' files stay as they are.
    """
    check_format(format_)
    with open_desk(book, quiet=True) as desk:
        renaming = _plan(desk, what, new)
        root = desk.book.root
        heard = _heard(desk, renaming)
        if not dry_run:
            renaming.write(root)
    if format_ == "json":
        print_json(_json(renaming, dry_run=dry_run))
        return
    for file in renaming.files:
        for place in file.places:
            where = f"{clean(os.path.relpath(root / file.path))}:{place.line}:{place.column}"
            typer.echo(f"{where}: {clean(place.old)} → {clean(place.new)}")
    files = f"{len(renaming.files):,} file{'' if len(renaming.files) == 1 else 's'}"
    places = f"{renaming.place_count:,} place{'' if renaming.place_count == 1 else 's'}"
    print_note(f"{'Would change' if dry_run else 'Changed'} {places} in {files}.")
    if heard:
        entries = "1 entry" if heard == 1 else f"{heard:,} entries"
        print_note(f"The journal keeps the old name in {entries}. Promises among them no longer reach the term.")


def _plan(desk: Desk, what: str, new: str) -> Renaming:
    book, settings = desk.book, desk.settings
    symbols = Symbols(settings, book.all())
    paths = {SETTINGS, *(path for path in book.paths() if not ignored(path, settings.ignore))}
    return plan_renaming(
        symbols.named(what), new, symbols, paths, lambda path: book.files.read(path, []), desk.directory
    )


def _heard(desk: Desk, renaming: Renaming) -> int:
    """How many grants and promises of the journal name a term that gets another name."""
    kind, name = renaming.old
    if not (kind == "term" or kind in desk.settings.owners) or not desk.journal_location.exists:
        return 0
    with desk.journal_location.open() as journal:
        refs = (entry.text("term") for entry in journal.entries(kinds=("promise", "grant")))
        return sum(ref == name or ref.partition(".")[0] == name for ref in refs)


def _json(renaming: Renaming, *, dry_run: bool) -> dict[str, Any]:
    return {
        "kind": renaming.old.kind,
        "old": renaming.old.name,
        "new": renaming.new.name,
        "written": not dry_run,
        "places": [
            {"path": file.path, "line": place.line, "column": place.column, "old": place.old, "new": place.new}
            for file in renaming.files
            for place in file.places
        ],
    }
