"""``servkit init``."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from typing import Annotated

    import typer


def init(
    folder: Annotated[
        Path,
        typer.Argument(metavar="DIR", help="A folder that is new or empty; it may hold a .git.", show_default=False),
    ],
) -> None:
    """Write a small working book to begin with.

    It has settings, one document of nearly every kind, and a scenario that holds. Put your own company in place of the
    one it is about. Nothing is ever overwritten.

    \b
    servkit init book
    cd book
    servkit lookup Q-17 --about repairs --role mechanic
    """
    from servkit.clocks.today import today_in
    from servkit.scaffold.new_book import starting_book, write_book
    from servkit.text import clean

    files = starting_book(today_in("America/New_York"))
    write_book(Path.cwd() / folder, files)
    name = clean(str(folder))
    lines = [f"A book of {len(files) - 1} documents is in {name}. What to try next:", ""]
    if (Path.cwd() / folder) != Path.cwd():
        lines.append(f"  cd {_in_shell(name)}")
    lines += [f"  {command}" for command in NEXT]
    lines += ["", "Then open servkit.yaml and put your own company in place of this one."]
    sys.stdout.write("\n".join(lines) + "\n")


#: Commands that work in the new book.
NEXT = (
    "servkit lint",
    "servkit test",
    'servkit lookup Q-17 --about repairs --role mechanic --set late="4 days"',
    'servkit say sl Q-17 --set late="4 days"',
    "servkit new standard greeting",
)


def _in_shell(name: str) -> str:
    from shlex import quote

    return quote(name)
