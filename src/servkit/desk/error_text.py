"""What was wrong with a request, in a line."""

from __future__ import annotations

from typing import TYPE_CHECKING

from servkit.book.problems import UnknownNameError
from servkit.nearest import nearest
from servkit.text import enumeration

if TYPE_CHECKING:
    from servkit.book.problems import ServkitError, ValueProblem

#: A longer name is cut: what somebody pasted by mistake is not repeated.
LONGEST_NAME = 60
_UNKNOWN = ("command", "format", "paper")


def error_text(fault: ServkitError | ValueProblem) -> str:
    """What was wrong, with the nearest names where one is unknown."""
    if not isinstance(fault, UnknownNameError):
        return str(fault)
    known = "unknown" if fault.what in _UNKNOWN else "no"
    return f"{known} {fault.what} {short_name(fault.name)!r}{_suggestion(fault)}"


def short_name(name: str) -> str:
    """A name, cut where it is too long to be one."""
    return name if len(name) <= LONGEST_NAME else name[: LONGEST_NAME - 1] + "…"


def _suggestion(fault: UnknownNameError) -> str:
    near = nearest(fault.name, fault.known)
    if near:
        return f"; did you mean {enumeration(near, 'or')}?"
    return f"; {fault.hint}" if fault.hint else ""
