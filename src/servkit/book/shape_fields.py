"""What single texts of a document may be, where their shape alone tells: ids, references, days, numbers, prose.

Plain functions, so that a document that is in order is read without Pydantic. Each returns the text as what it is, or
raises :class:`ShapeFault` with a message an author can act on.
"""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from servkit.book.values import nfc

if TYPE_CHECKING:
    from collections.abc import Callable

ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*\Z")
REF = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*\.[a-z0-9]+(?:-[a-z0-9]+)*\Z")
LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*\Z")
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}\Z")
_WHOLE = re.compile(r"-?(?:0|[1-9][0-9]{0,8})\Z")
_NUMBER = re.compile(r"-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?\Z")


class ShapeFault(ValueError):  # noqa: N818 - becomes a Problem once the place is known
    """A part that cannot be what its place wants; at the part (or its key) that ``steps`` lead to."""

    def __init__(self, message: str, *steps: str, at_key: bool = False) -> None:
        super().__init__(message)
        self.message, self.steps, self.at_key = message, steps, at_key


def text(value: Any) -> str:
    if isinstance(value, str):
        return value
    raise ShapeFault(
        "one text is wanted here, and this is a list or a mapping"
        if value is not None
        else "this is empty; write a text or take the key away"
    )


def name(value: Any) -> str:
    return nfc(text(value))


def prose(value: Any) -> Any:
    if isinstance(value, dict):
        if not value:
            raise ShapeFault("this is empty; write a text")
        for language, said in value.items():
            if not LANGUAGE.match(language):
                message = (
                    f"{language!r} is not a language; prose is text, or a mapping of language to text"
                    " (put a text that holds a colon in quotes)"
                )
                raise ShapeFault(message, language, at_key=True)
            if not isinstance(said, str):
                raise ShapeFault(f"the text for {language!r} is missing", language)
        return value
    return text(value)


def id_(value: Any) -> str:
    if isinstance(value, str) and ID.match(value):
        return value
    raise ShapeFault(f"{text(value)!r} is not an id: lower-case words and digits, parted by single hyphens")


def customer_id(value: Any) -> str:
    found = text(value)
    if not found or any(char.isspace() for char in found):
        raise ShapeFault(f"{found!r} is not a customer id: whatever the company uses, but without spaces")
    return found


def ref(value: Any) -> str:
    found = text(value)
    if not REF.match(found):
        raise ShapeFault(f"{found!r} is not a term reference such as returns.window")
    return found


def day(value: Any) -> date:
    return _day(text(value))


@lru_cache(1024)
def _day(found: str) -> date:
    """A book says the same few days over and over."""
    try:
        if _DAY.match(found):
            return date.fromisoformat(found)
    except ValueError:
        pass
    raise ShapeFault(f"{found!r} is not a day such as 2026-03-01")


def whole(value: Any) -> int:
    found = text(value)
    if not _WHOLE.match(found):
        raise ShapeFault(f"{found!r} is not a whole number")
    return int(found)


def number(value: Any) -> Decimal:
    found = text(value)
    if len(found) > 20 or not _NUMBER.match(found):
        raise ShapeFault(f"{found!r} is not a number")
    return Decimal(found)


#: The leaves by name, as outlines (see :mod:`servkit.book.kinds.outlines`) know them.
LEAVES: dict[str, Callable[[Any], Any]] = {
    leaf.__name__: leaf for leaf in (text, name, prose, id_, customer_id, ref, day, whole, number)
}


# --- short forms ------------------------------------------------------------------------------------------------


def as_list(value: Any) -> Any:
    """One item may stand where a list is wanted."""
    return value if isinstance(value, list) or value is None else [value]


def as_term(value: Any) -> Any:
    """The short form of a term is just its value."""
    if value is None:
        raise ShapeFault("this is empty; write a value")
    return value if isinstance(value, dict) else {"value": value}


def as_note(value: Any) -> Any:
    """A note may be its text alone."""
    return value if isinstance(value, dict) and not value.keys().isdisjoint(_NOTE) else {"say": value}


def as_step(value: Any) -> Any:
    """A step may be its text alone."""
    return value if isinstance(value, dict) and not value.keys().isdisjoint(_STEP) else {"do": value}


def who(value: Any) -> Any:
    """Somebody in a scenario may be an id alone."""
    if value is None or isinstance(value, dict):
        return value
    if isinstance(value, str):
        return {"id": value}
    raise ShapeFault("a customer is an id, or a mapping of name, attributes … in place")


#: Keys by which a mapping is a note or a step, and no text in several languages.
_NOTE = ("say", "noted", "by")
_STEP = ("do", "role", "within")

FORMS: dict[str, Callable[[Any], Any]] = {form.__name__: form for form in (as_list, as_term, as_note, as_step, who)}
