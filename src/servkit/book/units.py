"""Units of time, currencies and counted nouns."""

from __future__ import annotations

from typing import TYPE_CHECKING

from servkit.book.iso_4217 import MINOR_UNITS
from servkit.nearest import nearest

if TYPE_CHECKING:
    from collections.abc import Collection

#: Elapsed time: seconds to weeks compare with each other, months and years with each other (BOOK.md 1).
SECONDS = {"second": 1, "minute": 60, "hour": 3600, "day": 86400, "week": 604800}
MONTHS = {"month": 1, "year": 12}
#: On a clock its seconds, minutes and hours compare with each other, its days with each other; it has no weeks.
CLOCK_SECONDS = {"second": 1, "minute": 60, "hour": 3600}

UNITS: dict[str, tuple[str, int]] = {}
for _name, _factor in SECONDS.items():
    UNITS[_name] = UNITS[_name + "s"] = ("seconds", _factor)
for _name, _factor in MONTHS.items():
    UNITS[_name] = UNITS[_name + "s"] = ("months", _factor)

CLOCK_UNITS: dict[str, tuple[str, int]] = {}
for _name, _factor in CLOCK_SECONDS.items():
    CLOCK_UNITS[_name] = CLOCK_UNITS[_name + "s"] = ("hours", _factor)
CLOCK_UNITS["day"] = CLOCK_UNITS["days"] = ("days", 1)

CURRENCIES = frozenset(MINOR_UNITS)


def minor_digits(currency: str) -> int:
    """How many decimals the minor unit of a currency has (ISO 4217); two for a code that is none."""
    return MINOR_UNITS.get(currency, 2)


def singular(noun: str) -> str:
    """The noun for exactly one: ``rings`` → ``ring``; a word that only looks like a plural stays."""
    low = noun.lower()
    if low in _ENDING_IN_IE:
        return noun[:-1]
    if low.endswith("ies") and len(noun) > 4:
        return noun[:-3] + "y"
    if low.endswith(("xes", "ches", "shes", "sses", "tzes", "uses")):
        return noun[: -1 if low.endswith(("aches", "ouses", "auses")) and not low.endswith(_ACH) else -2]
    if low.endswith("s") and not low.endswith(("ss", "us", "is")) and len(noun) > 2:
        return noun[:-1]
    return noun


_ENDING_IN_IE = frozenset({"movies", "cookies", "calories", "selfies", "brownies", "smoothies", "rookies"})
_ACH = ("oaches", "eaches")


def plural(noun: str) -> str:
    """The noun for any amount but one, where the author only wrote the singular."""
    low = noun.lower()
    if low.endswith("s") and not low.endswith(("ss", "us", "is")):
        return noun
    if low.endswith("is") and len(noun) > 3:
        return noun[:-2] + "es"
    if low.endswith("y") and low[-2:-1] not in "aeiou":
        return noun[:-1] + "ies"
    if low.endswith(("x", "ch", "sh", "s", "z")):
        return noun + "es"
    return noun + "s"


def noun_key(noun: str) -> str:
    """What two forms of one noun share, without knowing the language: ``1 size`` and ``2 sizes`` compare.

    Where the singular of a plural is in doubt (``sizes``: size or siz?), both candidates get the key of the plural.
    """
    word = noun.partition(_FORMS)[0].casefold()
    if len(word) > 2 and word.endswith("s") and not word.endswith(("ss", "us", "is")):
        word = word[:-1]
    if word.endswith(("xe", "che", "she", "sse", "ze", "use", "oe")):
        return word[:-1]
    if word.endswith("ie"):
        return word[:-2] + "y"
    return word


#: Between the form of a noun for one and the one for several, where the book declares both.
_FORMS = "|"


def both_forms(one: str, several: str) -> str:
    """A counted noun as a unit that has the forms which the book gives it."""
    return f"{one}{_FORMS}{several}"


def noun_form(unit: str, *, one: bool) -> str:
    """The noun as it is written for exactly one, or for any other amount."""
    declared, has_both, several = unit.partition(_FORMS)
    if has_both:
        return declared if one else several
    return singular(unit) if one else unit


def several_of(unit: str) -> str:
    """A unit whose author only wrote the form for one; a declared noun has both."""
    return unit if _FORMS in unit else plural(singular(unit))


def near_unit(noun: str, clocks: Collection[str] = ()) -> str | None:
    """The unit, clock or currency that a noun looks like a slip of (``dayz``, ``usd``), or None.

    Whether it *is* a slip, only a whole book can tell: a noun that occurs once may be one (BOOK.md 9, *Types*).
    """
    if noun.upper() in CURRENCIES:
        return noun.upper()
    low = noun.casefold()
    known = [*UNITS, *clocks]
    near = low if low in known else next(iter(nearest(low, known, 1)), None)
    return near if near != noun else None
