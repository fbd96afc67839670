"""Two sides of one book, as they are typed: ``segment=key-account segment=occasional``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from servkit.book.problems import ServkitError, UnknownNameError
from servkit.history.sides import Viewpoint

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import date

    from servkit.book.library import Library

NAMES = ("segment", "office", "role", "channel", "on")


def read_sides(left: str, right: str, library: Library, read_day: Callable[[str], date]) -> tuple[Viewpoint, Viewpoint]:
    """Both sides. Raises ServkitError where they are not two values of one name."""
    sides = [_split(text) for text in (left, right)]
    if sides[0][0] != sides[1][0]:
        raise ServkitError(f"{left} and {right} are different things; compare two values of one, such as {left} with"
                           f" {sides[0][0]}=…")  # fmt: skip
    name = sides[0][0]
    found = [_viewpoint(name, value, library, read_day) for _, value in sides]
    return found[0], found[1]


def _split(text: str) -> tuple[str, str]:
    name, equals, value = text.partition("=")
    if not equals or not value:
        raise ServkitError(f"{text!r} is not of the form NAME=VALUE; NAME is one of {', '.join(NAMES)}")
    if name not in NAMES:
        raise UnknownNameError("side", name, NAMES, f"choose from {', '.join(NAMES)}")
    return name, value


def _viewpoint(name: str, value: str, library: Library, read_day: Callable[[str], date]) -> Viewpoint:
    settings = library.settings
    if name == "on":
        return Viewpoint(library, day=read_day(value).toordinal())
    if name == "segment":
        _known("segment", value, [entry.id for entry in library.segments()])
        return Viewpoint(library, segment=value)
    if name in ("role", "channel"):
        _known(name, value, settings.roles if name == "role" else settings.channels)
    return Viewpoint(library, {name: value})


def _known(what: str, name: str, known: Sequence[str]) -> None:
    if name not in known:
        hint = f"choose from {', '.join(known)}" if known else f"the book has no {what}s"
        raise UnknownNameError(what, name, tuple(known), hint)
