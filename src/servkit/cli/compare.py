"""``servkit compare``."""

import sys
from typing import Annotated, Any

import typer

from servkit.cli.diff import FORMATS, prefix_to
from servkit.cli.shared import options
from servkit.cli.shared.desk import open_desk
from servkit.cli.shared.output import check_format, print_screen
from servkit.cli.shared.progress import progress
from servkit.desk.day import day_on, typed_day
from servkit.history.comparison import DAYS_AHEAD, compare_viewpoints, request_for
from servkit.history.formats import formatter
from servkit.history.sides_of_one_book import NAMES, read_sides


def compare(
    left: Annotated[str, typer.Argument(metavar="LEFT", help=f"NAME=VALUE. NAME is one of {', '.join(NAMES)}.")],
    right: Annotated[str, typer.Argument(metavar="RIGHT", help="The same NAME with another VALUE.")],
    about: options.About = None,
    on: options.On = None,
    until: Annotated[
        str | None,
        typer.Option("--until", metavar="DATE", help=f"The last day looked at. Default: {DAYS_AHEAD} days after --on."),
    ] = None,
    long: Annotated[bool, typer.Option("--long", help="Show every difference, each with an example.")] = False,
    format_: Annotated[str, typer.Option("--format", metavar="FORMAT", help=f"{', '.join(FORMATS)}.")] = "text",
    exit_zero: Annotated[bool, typer.Option("--exit-zero", help="Exit with 0 even if something is different.")] = False,
    no_pager: options.NoPager = False,
    at: options.At = None,
    book: options.Book = None,
) -> int:
    """Show what differs on purpose: between two segments, offices, roles, channels or days.

    \b
    servkit compare segment=key-account segment=occasional
    servkit compare role=technician role=owner --about returns
    servkit compare on=2026-12-31 on=2027-01-01

    Each side is in exactly the segment named; everything else may be anything. Exits with 1 if anything is different.
    """
    check_format(format_, FORMATS)
    with open_desk(book, at=at) as desk:
        begin = day_on(on, desk.today())
        end = typed_day(until, begin, "--until") if until is not None else None
        request = request_for(begin, end, about or ())
        sides = read_sides(left, right, desk.book, lambda text: typed_day(text, begin, "on"))
        with progress("Comparing"):
            comparison = compare_viewpoints(*sides, request)
        revision, dirty = desk.book.revision
        name, values = left.partition("=")[0], [side.partition("=")[2] for side in (left, right)]
        named: list[dict[str, Any]] = [{"revision": revision, "dirty": dirty, name: value} for value in values]
        if format_ != "text":
            sys.stdout.write(formatter(format_)(comparison, named, prefix_to(desk.book.files.home)))
        else:
            from servkit.terminal.changes_view import changes_screen  # loads Rich, which other formats do without

            title = f"{desk.settings.name}: {left} → {right}"
            print_screen(changes_screen(comparison, title, long=long), pager=not no_pager)
    return int(comparison.differs and not exit_zero)
