"""Values: what a term, an attribute or a fact can be, how it compares and how it is written (BOOK.md 1 and 9).

A :class:`Value` keeps the amount and the unit as the author wrote them, and beside them a *family* and a *size*: two
values compare when their families are the same, and then as their sizes do. Nothing is ever converted across families.
"""

from __future__ import annotations

from datetime import date
from decimal import Context, Decimal
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Literal, NamedTuple, get_args
from unicodedata import is_normalized, normalize

from servkit.book.problems import ValueProblem
from servkit.book.units import CLOCK_UNITS, UNITS, noun_form, noun_key
from servkit.message import Message
from servkit.nearest import nearest
from servkit.text import quoted

if TYPE_CHECKING:
    from collections.abc import Sequence

TypeName = Literal["text", "flag", "number", "money", "percent", "duration", "date", "time", "choice", "list"]
TYPES: tuple[str, ...] = get_args(TypeName)
NUMERIC = frozenset({"number", "money", "percent", "duration"})

EXACT = Context(prec=200)
#: Times of day count in minutes from 00:00 to 23:59.
MINUTES_OF_A_DAY = 24 * 60


class Value(NamedTuple):
    """One value. ``amount``: Decimal, str, bool, date or tuple of str; ``size``: what it compares by."""

    type: str
    amount: Any
    unit: str
    family: str
    size: Any

    @property
    def key(self) -> tuple[str, Any]:
        """Equal for equal values: ``7 days`` and ``1 week`` have one key."""
        return (self.family, self.size)

    def __str__(self) -> str:
        return write(self)


def nfc(text: str) -> str:
    """Text as it compares: Unicode normalisation form C."""
    if text.isascii():
        return text
    return text if is_normalized("NFC", text) else normalize("NFC", text)


# --- making -----------------------------------------------------------------------------------------------------


def text_value(text: str) -> Value:
    text = nfc(text)
    return Value("text", text, "", "text", text)


def flag_value(yes: bool) -> Value:
    return Value("flag", yes, "", "flag", yes)


def date_value(day: date) -> Value:
    return Value("date", day, "", "date", day.toordinal())


def time_value(minutes: int) -> Value:
    """A time of day, so many minutes after midnight; written HH:MM."""
    return Value("time", f"{minutes // 60:02}:{minutes % 60:02}", "", "time", minutes)


def list_value(items: Sequence[str]) -> Value:
    texts = tuple(dict.fromkeys(nfc(item) for item in items))
    return Value("list", texts, "", "list", frozenset(texts))


def choice_value(text: str, of: Sequence[str]) -> Value:
    """One of ``of`` (least first). Raises ValueProblem for anything else."""
    text = nfc(text)
    try:
        return Value("choice", text, "", "choice", of.index(text))
    except ValueError:
        told = Message("{text} is not one of {names}.", {"text": quoted(text), "names": ", ".join(of)})
        if near := nearest(text, of, 1):
            meant = Message("Did you mean {names}?", {"names": quoted(near[0])})
            told = Message("{told} {advice}", {"told": told, "advice": meant})
        raise ValueProblem(told) from None


def amount_value(kind: str, amount: Decimal, unit: str = "") -> Value:
    """A number, percentage, amount of money or duration; ``unit`` is the noun, currency, or unit of time."""
    if kind == "money":
        return Value(kind, amount, unit, "money " + unit, amount)
    if kind == "percent":
        return Value(kind, amount, "", "percent", amount)
    if kind == "number":
        return Value(kind, amount, unit, "number " + noun_key(unit) if unit else "number", amount)
    clock, _, word = unit.rpartition(" ")
    if clock:
        scale, factor = CLOCK_UNITS[word]
        return Value(kind, amount, unit, f"{clock} {scale}", EXACT.multiply(amount, factor))
    scale, factor = UNITS[word]
    return Value(kind, amount, unit, scale, EXACT.multiply(amount, factor))


# --- writing ----------------------------------------------------------------------------------------------------


def plain_number(amount: Decimal) -> str:
    """A decimal without exponent or trailing zeros."""
    out = format(amount, "f")
    if "." in out:
        out = out.rstrip("0").rstrip(".")
    return "0" if out == "-0" else out


def write(value: Value) -> str:
    """A value as BOOK.md writes it: the author's unit, no trailing zeros, money with none or at least two decimals."""
    kind, amount, unit = value.type, value.amount, value.unit
    if kind == "flag":
        return "yes" if amount else "no"
    if kind == "date":
        return str(amount.isoformat())
    if kind == "list":
        return "; ".join(amount)
    if kind not in NUMERIC:
        return str(amount)
    out = plain_number(amount)
    if kind == "percent":
        return out + " %"
    if kind == "money":
        whole, dot, cents = out.partition(".")
        return f"{whole}.{cents.ljust(2, '0')} {unit}" if dot else f"{out} {unit}"
    if not unit:
        return out
    if kind == "number":
        return f"{out} {noun_form(unit, one=out == '1')}"
    clock, _, word = unit.rpartition(" ")
    word = word.rstrip("s") + ("" if out == "1" else "s")
    return f"{out} {clock} {word}" if clock else f"{out} {word}"


# --- as data ----------------------------------------------------------------------------------------------------


def encode(value: Value) -> list[Any]:
    """A value as JSON: type, amount as text, unit; and the place in the order for a choice."""
    kind = value.type
    if kind in NUMERIC:
        return [kind, str(value.amount), value.unit]
    if kind == "date":
        return [kind, value.amount.isoformat()]
    if kind == "choice":
        return [kind, value.amount, value.size]
    return [kind, list(value.amount) if kind == "list" else value.amount]


def decode(data: Sequence[Any]) -> Value:
    """The inverse of :func:`encode`."""
    return list_value(data[1]) if data[0] == "list" else _decode(*data)


@lru_cache(4096)
def _decode(kind: str, amount: Any, more: Any = None) -> Value:
    """The same few values fill a whole book."""
    if kind in NUMERIC:
        return amount_value(kind, Decimal(amount), more)
    if kind == "choice":
        return Value("choice", amount, "", "choice", more)
    if kind == "date":
        return date_value(date.fromisoformat(amount))
    if kind == "time":
        return time_value(int(amount[:2]) * 60 + int(amount[3:]))
    return Value(kind, amount, "", kind, amount)
