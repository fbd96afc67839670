"""``servkit init``."""

import sys
from pathlib import Path
from shlex import quote
from typing import Annotated

import typer

from servkit.clocks.today import today_in
from servkit.scaffold.new_book import starting_book, write_book
from servkit.text import clean

#: Commands that work in the new book.
NEXT = (
    "servkit lint",
    "servkit test",
    'servkit lookup Q-17 --about repairs --role mechanic --set late="4 days"',
    'servkit say sl Q-17 --set late="4 days"',
    "servkit new standard greeting",
)


def init(
    folder: Annotated[
        Path,
        typer.Argument(metavar="DIR", help="A new or empty folder. It may hold a .git.", show_default=False),
    ],
) -> None:
    """Write a small working book to start from.

    It has settings, one document of nearly every kind, and a scenario that holds. Replace the company in it with your
    own. Nothing is ever overwritten.

    \b
    servkit init book
    cd book
    servkit lookup Q-17 --about repairs --role mechanic
    """
    files = starting_book(today_in("America/New_York"))
    write_book(Path.cwd() / folder, files)
    name = clean(str(folder))
    lines = [f"Wrote a book of {len(files) - 1} documents to {name}. What to try next:", ""]
    if (Path.cwd() / folder) != Path.cwd():
        lines.append(f"  cd {quote(name)}")
    lines += [f"  {command}" for command in NEXT]
    lines += ["", "Then open servkit.yaml and replace this company with your own."]
    sys.stdout.write("\n".join(lines) + "\n")
