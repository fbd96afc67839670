"""From text to values: what a text is, and reading it as what its place wants (BOOK.md 9, *Types*)."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from servkit.book.problems import ValueProblem
from servkit.book.units import CLOCK_UNITS, CURRENCIES, UNITS
from servkit.book.values import (
    Value,
    amount_value,
    choice_value,
    date_value,
    flag_value,
    list_value,
    nfc,
    text_value,
    time_value,
)
from servkit.book.vocabulary import Vocabulary
from servkit.book.written_form import time_form, written_form
from servkit.message import Message
from servkit.nearest import did_you_mean
from servkit.text import quoted

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

#: No amount anybody means has more digits; a longer one is a slip, and costs time to compute with.
MAX_DIGITS = 30

_NUMBER = re.compile(r"-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?\Z")
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}\Z")
_TIME = re.compile(r"([01]?[0-9]|2[0-3]):([0-5][0-9])\Z")
_CURRENCY = re.compile(r"[A-Z]{3}\Z")
is_noun = re.compile(r"[^\W\d_][^\W\d_'’-]*(?:[-'’][^\W\d_]+)*\Z").match
_FLAGS = {"yes": True, "true": True, "no": False, "false": False}


def number(text: str) -> Decimal | None:
    """``1500`` or ``1.5`` as an exact decimal; None for anything else. Too many digits are a ValueProblem."""
    if not _NUMBER.match(text):
        return None
    if len(text) > MAX_DIGITS:
        blanks = {"count": len(text), "limit": MAX_DIGITS}
        raise ValueProblem(Message("This number has {count} characters, and {limit} is the limit.", blanks))
    return Decimal(text)


def day(text: str) -> date | None:
    """``2026-03-01`` as a date; None if it does not look like one; ValueProblem where there is no such day."""
    if not _DATE.match(text):
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise ValueProblem(Message("There is no day {text} in the calendar.", {"text": text})) from None


def time_of_day(text: str) -> Value | None:
    """``11:00`` or ``9:30`` as a time of day; None for anything else."""
    found = _TIME.match(text)
    return time_value(int(found[1]) * 60 + int(found[2])) if found else None


def _measured(parts: list[str], clocks: Collection[str]) -> Value | None:
    """Two or three words that begin with a number: percentage, duration, money or a counted noun."""
    amount = number(parts[0])
    if amount is None:
        return None
    word = parts[-1]
    if len(parts) == 3:
        if parts[1] in clocks and word in CLOCK_UNITS:
            return _duration(amount, f"{parts[1]} {word}")
        return None
    if word == "%":
        return amount_value("percent", amount)
    if word in UNITS:
        return _duration(amount, word)
    if _CURRENCY.match(word):
        return amount_value("money", amount, word)
    word = nfc(word)
    if isinstance(clocks, Vocabulary):
        word = clocks.units.get(word.casefold(), word)
        if word in clocks.units.values():
            return amount_value("number", amount, word)
    return amount_value("number", amount, word) if is_noun(word) else None


def _duration(amount: Decimal, unit: str) -> Value:
    if amount < 0:
        told = Message("{text} is less than nothing. A duration can't be negative.")
        raise ValueProblem(told._replace(blanks={"text": quoted(f"{amount} {unit}")}))
    return amount_value("duration", amount, unit)


def read(text: str, clocks: Collection[str] = ()) -> Value:
    """Read a value whose type nobody said, in the order of BOOK.md 9 (*Types*). A time of day is a text: only all the
    values of a term can tell that it is more (:mod:`servkit.book.times_of_day`)."""
    parts = text.split()
    if len(parts) in (2, 3):
        return _measured(parts, clocks) or text_value(text)
    if len(parts) == 1:
        found = number(text)
        if found is not None:
            return amount_value("number", found)
        if text.endswith("%") and (found := number(text[:-1])) is not None:
            return amount_value("percent", found)
        if (when := day(text)) is not None:
            return date_value(when)
        if text in _FLAGS:
            return flag_value(_FLAGS[text])
    return text_value(text)


_WANTED = {
    "flag": Message("{text} should be `yes` or `no`."),
    "number": Message("{text} should be a number such as 1500 or 1.5."),
    "money": Message("{text} should be an amount such as 25 USD."),
    "percent": Message("{text} should be a percentage such as 10 %."),
    "duration": Message("{text} should be a duration such as 30 days."),
    "date": Message("{text} should be a day such as 2026-03-01."),
    "time": Message("{text} should be a time of day such as 11:00 or 22:30."),
}


def read_as(
    kind: str, text: str, of: Sequence[str] = (), clocks: Collection[str] = (), currency: str | None = None
) -> Value:
    """Read ``text`` as a value of type ``kind``; raises ValueProblem with an example of what is wanted.

    ``currency`` is what a bare number means where ``kind`` is money (a money column, or at the desk).
    """
    if kind == "text":
        return text_value(text)
    if kind == "choice":
        return choice_value(text, of)
    if kind == "list":
        return list_value([item.strip() for item in text.split(";") if item.strip()])
    value = time_of_day(text) if kind == "time" else read(text, clocks)
    if value is not None and value.type == kind:
        return value
    if value is None:
        raise ValueProblem(_wanted(kind, text, _advice(time_form(text))))
    if kind == "money" and currency and value.type == "number" and not value.unit:
        return amount_value("money", value.amount, currency)
    form = written_form(text, currency)
    advice = _advice(form if form and read(form).type == kind else None)
    raise ValueProblem(_wanted(kind, text, advice or (doubt(value, clocks) if kind != "date" else None)))


def _advice(form: str | None) -> Message | None:
    return Message("Write {form}.", {"form": quoted(form)}) if form else None


def _wanted(kind: str, text: str, advice: Message | str | None) -> Message:
    told = _WANTED[kind]._replace(blanks={"text": quoted(text)})
    return Message("{told} {advice}", {"told": told, "advice": advice}) if advice else told


_ALMOST_NUMBER = re.compile(r"[-+]?[0-9.,_'’]*[0-9][0-9.,_'’]*\Z")
_ALMOST_DAY = re.compile(r"[0-9]{1,4}([-./])[0-9]{1,2}\1[0-9]{1,4}\Z")


def doubt(value: Value, clocks: Collection[str] = (), currency: str | None = None) -> str | None:
    """What to write instead of a value that is probably not what was meant; None where it may be."""
    if value.type == "money":
        return None if value.unit in CURRENCIES else _no_currency(value.unit)
    if value.type != "text":
        return None
    if form := written_form(value.amount, currency):
        return f"Write {quoted(form)}."
    if not value.amount[:1].isascii() or value.amount[:1].isalpha():
        return None
    parts: list[str] = value.amount.split()
    if len(parts) == 1 and _ALMOST_DAY.match(parts[0]):
        return "Write a day as 2026-03-01."
    if not 1 <= len(parts) <= 3 or not _ALMOST_NUMBER.match(parts[0]):
        return None
    unit = parts[-1]
    if len(parts) == 3:
        return _clock_doubt(parts[1], unit, clocks) if _NUMBER.match(parts[0]) else None
    if len(parts) == 2 and not _NUMBER.match(parts[0]) and (unit in UNITS or unit in CURRENCIES or unit == "%"):
        return "Write a number as 1500 or 1.5."
    return None


def _no_currency(code: str) -> str:
    rest = did_you_mean(code, CURRENCIES) or "Write a code of three capitals, such as USD."
    return f"{quoted(code)} is not a currency of ISO 4217. {rest}"


def _clock_doubt(clock: str, unit: str, clocks: Collection[str]) -> str | None:
    if clock in clocks and unit in UNITS:
        return f"A clock has no {unit}. Count its days or hours."
    if unit in CLOCK_UNITS and is_noun(clock):
        rest = did_you_mean(clock, clocks) or "Declare it in servkit.yaml."
        return f"There is no clock {quoted(clock)}. {rest}"
    return None
