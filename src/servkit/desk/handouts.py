"""Handouts of the book at a desk: what to print for whom."""

from __future__ import annotations

from typing import TYPE_CHECKING

from servkit.clocks.service import ServiceClock
from servkit.desk.changes import compare_since
from servkit.handout.audience import Edition
from servkit.handout.material import Material
from servkit.handout.renderer import render
from servkit.handout.theme import read_theme
from servkit.scripts.localization import localize_date

if TYPE_CHECKING:
    from servkit.desk.session import Desk
    from servkit.desk.starting_points import StartingPoint
    from servkit.handout.audience import Audience
    from servkit.handout.renderer import File


def make_handouts(
    desk: Desk, sheet: str, audience: Audience, format_: str = "html", since: StartingPoint | None = None
) -> list[File]:
    """What a sheet makes for an audience today, the main handout first; nothing where the book has nothing for it.
    ``since`` is what the sheet of changes looks back to.

    Raises UnknownNameError for a name that the book does not have, and ServkitError for what the format can't hold."""
    material = _material(desk, audience, since)
    return [] if material.is_empty else render(sheet, material, format_)


def has_handouts(desk: Desk, audience: Audience) -> bool:
    """Whether the book has anything for an audience. Raises UnknownNameError for a name that the book does not have."""
    return not _material(desk, audience, None).is_empty


def _material(desk: Desk, audience: Audience, since: StartingPoint | None) -> Material:
    revision, dirty = desk.book.revision
    return Material(
        desk.book,
        desk.book.all(None),
        audience,
        Edition(desk.today(), revision, dirty),
        read_theme(desk.book.root, None),
        desk.directory.exact,
        lambda: ServiceClock(desk.settings),
        comparison=compare_since(desk, since.commit).comparison if since is not None else None,
        since=localize_date(since.day, audience.language or desk.settings.language) if since is not None else "",
    )
