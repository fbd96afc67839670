"""From a cell of a customer file to a value: word lists, number and date styles (docs/language.md)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from servkit.book.literals import read_as
from servkit.book.problems import ValueProblem
from servkit.book.values import NUMERIC, Value, date_value, list_value

if TYPE_CHECKING:
    from collections.abc import Mapping

    from servkit.book.settings import Attribute, Settings

#: Thousands separator and decimal mark by the way a number is written.
_STYLES = {"1234.56": ("", "."), "1,234.56": (",", "."), "1.234,56": (".", ","), "1 234,56": (" ", ",")}
_SPACES = str.maketrans({"\u00a0": " ", "\u202f": " ", "\u2009": " "})


class Column(NamedTuple):
    """How a column becomes an attribute."""

    name: str
    words: Mapping[str, Any]
    date: str | None = None
    number: str | None = None


def columns_of(spec: Mapping[str, Any], header: list[str], settings: Settings) -> dict[str, Column]:
    """The column of each attribute: as mapped, else every column that bears an attribute's name."""
    mapped = spec.get("attributes")
    if mapped is None:
        return {name: Column(name, {}) for name in header if name in settings.names and not settings.names[name].fact}
    return {
        name: Column(column["column"], column.get("words") or {}, column.get("date"), column.get("number"))
        for name, column in mapped.items()
        if name in settings.names
    }


def cell_value(text: str, column: Column, attribute: Attribute, settings: Settings) -> Value | None:
    """The value of a cell; None where it is empty, which means unknown. Raises ValueProblem where it does not fit."""
    text = text.strip()
    if any("\ud800" <= char <= "\udfff" for char in text):
        raise ValueProblem("it is not text in the file's encoding")
    if text in column.words:
        meant = column.words[text]
        if meant is None or meant == "":
            return None
        return list_value(list(map(str, meant))) if isinstance(meant, list) else _read(str(meant), attribute, settings)
    if not text:
        return None
    if attribute.type == "date" and column.date:
        from datetime import datetime

        try:
            return date_value(datetime.strptime(text, column.date).date())  # noqa: DTZ007 - a day has no zone
        except ValueError:
            raise ValueProblem(f"{text!r} is not a day written as {column.date}") from None
    if attribute.type in NUMERIC and column.number:
        plain = _plain(text, column.number)
        try:
            return _read(plain, attribute, settings)
        except ValueProblem as bad:  # told as it stands in the file
            raise ValueProblem(str(bad).replace(repr(plain), repr(text))) from None
    return _read(text, attribute, settings)


def _read(text: str, attribute: Attribute, settings: Settings) -> Value:
    return read_as(attribute.type, text, attribute.of, settings.clocks, settings.currency)


def _plain(text: str, style: str) -> str:
    """A number of some style as BOOK.md writes it; what follows it (a unit, a currency) stays."""
    thousands, mark = _STYLES[style]
    text = text.translate(_SPACES)
    amount, rest = text, ""
    for place in range(len(text), 0, -1):
        if text[place - 1].isdigit():
            amount, rest = text[:place], text[place:]
            break
    if thousands:
        whole, dot, fraction = amount.partition(mark)
        groups = whole.lstrip("-").split(thousands)
        if len(groups) > 1 and (len(groups[0]) > 3 or any(len(group) != 3 for group in groups[1:])):
            raise ValueProblem(f"{text!r} is not a number written as {style}")
        amount = whole.replace(thousands, "") + dot + fraction
    return amount.replace(mark, ".") + rest
