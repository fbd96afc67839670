"""Values as people type them at a desk: ``3h``, ``90 min``, ``$400``, ``y``, ``tomorrow`` (BOOK.md 9).

Only what can be read in one way is read. The written form of a book is always one of the ways.
"""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import TYPE_CHECKING

from servkit.book.literals import number, read, read_as, time_of_day
from servkit.book.problems import ValueProblem
from servkit.book.values import Value, amount_value, date_value, flag_value
from servkit.book.written_amounts import only_reading, read_written_money
from servkit.book.written_form import time_form, written_form
from servkit.message import EitherDay, Message
from servkit.text import enumeration, fold, quoted

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from servkit.book.settings import Attribute, Settings

_FLAGS = {"yes": True, "y": True, "true": True, "no": False, "n": False, "false": False}
_MEASURE = re.compile(r"(?P<amount>[0-9][0-9.,]*)\s*(?P<unit>[^\W\d_]*|%)\.?\Z")
_YEAR_FIRST = re.compile(r"(?P<year>[0-9]{4})[-/.](?P<month>[0-9]{1,2})[-/.](?P<day>[0-9]{1,2})\Z")
_YEAR_LAST = re.compile(r"(?P<one>[0-9]{1,2})[-/.] ?(?P<other>[0-9]{1,2})[-/.] ?(?P<year>[0-9]{4})\Z")
_NO_YEAR = re.compile(r"(?P<one>[0-9]{1,2})[/.-] ?(?P<other>[0-9]{1,2})[/.]?\Z")
_NAMED = re.compile(
    r"(?:(?P<before>[0-9]{1,2})[.]? )?(?P<month>[^\W\d_]+)\.?(?: (?P<after>[0-9]{1,2}))?,? (?P<year>[0-9]{4})\Z"
)
_DAYS = {"today": 0, "tomorrow": 1, "yesterday": -1}
_MONTHS = ("january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november",
           "december")  # fmt: skip
#: Two units of time begin with these letters.
_TWO_UNITS = {"m": ("minutes", "months")}


def read_typed(text: str, variable: Attribute, settings: Settings, today: date, words: Mapping[str, str]) -> Value:
    """What somebody typed for an attribute or a fact. ``words`` are those of the person's language, folded: yes, no,
    today, names of months, each to the English one. Raises ValueProblem, which names both readings where there
    are two."""
    vocabulary, kind = settings.vocabulary, variable.type
    typed = " ".join(text.split())
    if kind == "money" and number(typed) is not None:
        return read_written_money(typed, settings.currency)  # `84.835` has two readings where no currency is said
    try:
        return read_as(kind, text, variable.of, vocabulary, settings.currency)
    except ValueProblem:
        found = _other_form(kind, typed, variable.of, settings.currency, today, words)
        if found is None:
            raise
        return found


def _other_form(
    kind: str, text: str, of: Sequence[str], currency: str | None, today: date, words: Mapping[str, str]
) -> Value | None:
    """Another way of writing a value of a type; None where it is none."""
    if kind == "flag":
        said = fold(text)
        answer = _FLAGS.get(words.get(said, said))
        return None if answer is None else flag_value(answer)
    if kind == "choice":
        return _choice(text, of)
    if kind == "money":
        return read_written_money(text, currency)
    if kind == "date":
        return date_value(read_typed_day(text, today, words))
    if kind == "time":
        form = time_form(text)
        return None if form is None else time_of_day(form)
    return _measure(kind, text)


def _choice(text: str, of: Sequence[str]) -> Value | None:
    found = [choice for choice in of if fold(choice) == fold(text)]
    return read_as("choice", found[0], of) if len(found) == 1 else None


def _measure(kind: str, text: str) -> Value | None:
    """A number, a percentage or a duration."""
    found = _MEASURE.match(text)
    if found is None:
        form = written_form(text)
        return None if form is None or kind == "number" else _of_type(kind, form)
    amount = number(only_reading(text, found["amount"]))
    if amount is None:
        return None
    unit = found["unit"].casefold()
    if kind == "duration" and unit in _TWO_UNITS:
        readings = enumeration((f"{found['amount']} {name}" for name in _TWO_UNITS[unit]), "or")
        raise ValueProblem(
            Message("{text} can be {readings}. Write which.", {"text": quoted(text), "readings": readings})
        )
    if not unit:
        return amount_value("number", amount) if kind == "number" else None
    form = written_form(f"{amount} {unit}")
    return None if form is None else _of_type(kind, form)


def _of_type(kind: str, form: str) -> Value | None:
    value = read(form)
    return value if value.type == kind else None


def read_typed_day(text: str, today: date, words: Mapping[str, str] | None = None) -> date:
    """A day as people type it. Raises ValueProblem, with both days where there are two."""
    words = words or {}
    said = fold(text.strip())
    said = words.get(said, said)
    if said in _DAYS:
        try:
            return today + timedelta(days=_DAYS[said])
        except OverflowError:
            raise ValueProblem(Message("{text} is beyond the end of the calendar.", {"text": quoted(text)})) from None
    days = list(dict.fromkeys(_days(said, words)))
    if len(days) == 1:
        return days[0]
    if days:
        blanks = {"text": quoted(text), "readings": EitherDay(days), "one": str(days[0]), "other": str(days[-1])}
        raise ValueProblem(Message("{text} can be {readings}. Write the day as {one} or {other}.", blanks))
    if _YEAR_FIRST.match(said) or _YEAR_LAST.match(said):
        raise ValueProblem(Message("There is no day {text} in the calendar.", {"text": text.strip()}))
    if found := _NO_YEAR.match(said):
        pairs = ((found["one"], found["other"]), (found["other"], found["one"]))
        known = dict.fromkeys(found for pair in pairs for found in _day(str(today.year), *pair))
        readings = enumeration((f"{day.day} {_MONTHS[day.month - 1].capitalize()}" for day in known), "or")
        if known:
            blanks = {"text": quoted(text), "readings": readings}
            raise ValueProblem(Message("{text} can be {readings}, of any year. Write the day as 2026-03-01.", blanks))
    raise ValueProblem(Message("{text} should be a day such as 2026-03-01, today or tomorrow.", {"text": quoted(text)}))


def _days(said: str, words: Mapping[str, str]) -> list[date]:
    """The days that a text can mean."""
    if found := _YEAR_FIRST.match(said):
        return _day(found["year"], found["month"], found["day"])
    if found := _YEAR_LAST.match(said):
        one, other, year = found["one"], found["other"], found["year"]
        return [*_day(year, one, other), *_day(year, other, one)]
    found = _NAMED.match(said)
    if found and bool(found["before"]) != bool(found["after"]):
        name = words.get(found["month"], found["month"])
        months = [place for place, month in enumerate(_MONTHS, 1) if len(name) > 2 and month.startswith(name)]
        return _day(found["year"], str(months[0]), found["before"] or found["after"]) if len(months) == 1 else []
    return []


def _day(year: str, month: str, day: str) -> list[date]:
    try:
        return [date(int(year), int(month), int(day))]
    except ValueError:
        return []
