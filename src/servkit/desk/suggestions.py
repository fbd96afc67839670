"""A name that nobody has, where only one is near: it is taken, and that is said."""

from __future__ import annotations

from typing import TYPE_CHECKING

from servkit.desk.error_text import not_found
from servkit.message import Message
from servkit.nearest import nearest
from servkit.text import fold

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from servkit.book.problems import UnknownNameError

#: How similar (0 to 100) the one suggestion has to be. A less similar one is only suggested, and so is a customer for
#: a name with a digit: the account of somebody else is one digit away.
ALIKE = 80


def same_name(name: str, known: Iterable[str]) -> str | None:
    """The one name that is the same without regard to case and accents."""
    found = {other for other in known if fold(other) == fold(name.strip())}
    return found.pop() if len(found) == 1 else None


def taken(unknown: UnknownNameError, notice: Callable[[Message], None]) -> str:
    """The name that was meant, where there is one suggestion and it is near; a ``notice`` says so.

    Raises the error where there is none, or several."""
    from rapidfuzz import fuzz  # needed for a mistyped name only

    near = nearest(unknown.name, unknown.known)
    is_account = unknown.what == "customer" and any(char.isdigit() for char in unknown.name)
    if len(near) != 1 or is_account or fuzz.WRatio(fold(unknown.name), fold(near[0])) < ALIKE:
        raise unknown
    blanks = {"unknown": not_found(unknown.what, unknown.name), "name": repr(near[0])}
    notice(Message("{unknown} This is for {name}.", blanks))
    return near[0]
