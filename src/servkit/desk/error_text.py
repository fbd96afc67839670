"""What was wrong with a request, in a line."""

from __future__ import annotations

import re
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


def error_sentences(fault: ServkitError | ValueProblem) -> str:
    """What was wrong, as a page says it: in whole sentences."""
    if not isinstance(fault, UnknownNameError):
        return _sentence(re.sub(r"^--[a-z-]+: ", "", str(fault)))  # a page has no flags
    aside = _suggestion(fault).removeprefix("; ")
    return " ".join(filter(None, (f"There is no {fault.what} {short_name(fault.name)!r}.", _sentence(aside))))


def short_name(name: str) -> str:
    """A name, cut where it is too long to be one."""
    return name if len(name) <= LONGEST_NAME else name[: LONGEST_NAME - 1] + "…"


def _suggestion(fault: UnknownNameError) -> str:
    near = nearest(fault.name, fault.known)
    if near:
        return f"; did you mean {enumeration(near, 'or')}?"
    return f"; {fault.hint}" if fault.hint else ""


def _sentence(text: str) -> str:
    if text.partition(" ")[0].isalpha():  # and not a file, an id or a flag: those stay as they are written
        text = text[0].upper() + text[1:]
    return text if not text or text[-1] in ".?!…" else f"{text}."
