"""``servkit signoff``."""

from typing import Annotated, Any

import typer

from servkit.book.problems import ServkitError, UnknownNameError
from servkit.book.settings import LEVELS
from servkit.cli.shared import options
from servkit.cli.shared.completion import levels
from servkit.cli.shared.desk import open_desk
from servkit.cli.shared.output import check_choice, check_format
from servkit.cli.shared.recording import print_recorded
from servkit.desk.recording import checked_text, record_entry, recorder_name, signed
from servkit.handout import sheets
from servkit.languages.catalogue import Message


def signoff(
    colleague: Annotated[str, typer.Argument(metavar="COLLEAGUE", help="Who passed.")],
    level: Annotated[
        str | None,
        typer.Option(
            "--level", metavar="LEVEL", help="What they passed: synthetic, genuine or super.", autocompletion=levels
        ),
    ] = None,
    area: Annotated[str | None, typer.Option("--area", metavar="AREA", help="The area they know now.")] = None,
    sheet: Annotated[str | None, typer.Option("--sheet", metavar="SHEET", help="The sheet, such as checklist.")] = None,
    score: Annotated[
        int | None, typer.Option("--score", metavar="N", min=0, help="Points, for example of a quiz.")
    ] = None,
    assessor: Annotated[
        str | None, typer.Option("--assessor", metavar="NAME", help="Who looked on. Default: you.")
    ] = None,
    agent: options.Agent = None,
    format_: options.Format = "text",
    book: options.Book = None,
) -> int:
    """Record that a colleague passed a training, at this revision of the book.

    \b
    servkit signoff Ruth --area returns --level synthetic --score 9
    servkit signoff Ruth --sheet quiz --level genuine --assessor Sam
    """
    check_format(format_)
    if (area is None) is (sheet is None):
        raise ServkitError("say what was passed: --area AREA or --sheet SHEET")
    if level is None:
        raise ServkitError(f"--level is missing: choose {', '.join(LEVELS)}")
    check_choice("level", level, LEVELS)
    with open_desk(book, agent=agent) as desk:
        by = recorder_name(desk)
        if area is not None and area not in desk.settings.areas:
            known = tuple(desk.settings.areas)
            raise UnknownNameError("area", area, known, f"choose from {', '.join(known)}")
        if sheet is not None:
            check_choice("sheet", sheet, tuple(sheets.names()))
        revision, dirty = desk.book.revision
        body: dict[str, Any] = {"colleague": checked_text(colleague, "the colleague"), "level": level}
        body |= {"area": area} if area is not None else {"sheet": sheet}
        body |= {"score": score} if score is not None else {}
        body |= {"assessor": assessor or by, "revision": revision, "dirty": dirty}
        recorded = record_entry(desk, "signoff", signed(desk) | body)
        what = Message("area {id}", {"id": area}) if area is not None else Message("sheet {id}", {"id": sheet})
        line = Message("Signed off {name}: {what}, {level}.")
        if revision:
            line = Message("Signed off {name}: {what}, {level} at revision {revision}.")
        blanks = {"name": body["colleague"], "what": what, "level": level, "revision": revision}
        return print_recorded(desk, recorded, [line._replace(blanks=blanks)], format_)
