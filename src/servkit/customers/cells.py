"""From a cell of a customer source to a value: words, styles of numbers and dates (docs/language.md)."""

from __future__ import annotations

import re
from datetime import date, datetime
from decimal import Decimal
from functools import cache
from typing import TYPE_CHECKING, Any, NamedTuple

from servkit.book.literals import read, read_as
from servkit.book.problems import ValueProblem
from servkit.book.values import NUMERIC, Value, date_value, list_value
from servkit.book.written_amounts import AmbiguousAmountProblem, read_written_money, styled
from servkit.nearest import nearest
from servkit.text import quoted

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from servkit.book.settings import Attribute, Settings


class Typed(str):
    """The text of a number, date or flag that the source itself has typed: no style applies to it."""

    __slots__ = ()


#: What a cell holds: a text, a list of texts, or nothing.
Cell = str | tuple[str, ...] | None

_BEGINS_WITH_A_DAY = re.compile(r"([0-9]{4}-[0-9]{2}-[0-9]{2})[ T][0-9:.+Z-]+\Z")


class Column(NamedTuple):
    """The column that holds an attribute: its heading, what some of its texts mean, and how dates and numbers look."""

    name: str
    words: Mapping[str, Any]
    date: str | None = None
    number: str | None = None


def columns_of(spec: Mapping[str, Any], header: Sequence[str], settings: Settings) -> dict[str, Column]:
    """The column of each attribute: as ``attributes:`` maps them, else every column that is named like an attribute."""
    mapped = spec.get("attributes")
    if mapped is None:
        names = {name: place_in(header, name) for name, variable in settings.names.items() if not variable.fact}
        found = sorted((place, name) for name, place in names.items() if place is not None)
        return {name: Column(header[place], {}) for place, name in found}
    return {
        name: Column(column["column"], column.get("words") or {}, column.get("date"), column.get("number"))
        for name, column in mapped.items()
        if name in settings.names
    }


def find_columns(spec: Mapping[str, Any], settings: Settings) -> list[str]:
    """The headings of the columns that hold what customers are found by."""
    mapped = spec.get("attributes")
    if mapped is None:
        return list(settings.findable)
    return [mapped[name]["column"] for name in settings.findable if name in mapped]


def used_columns(spec: Mapping[str, Any], header: Sequence[str], settings: Settings) -> list[int]:
    """The places of the columns that a customer is read from: id, name and attributes."""
    names = [spec.get("id") or "id", spec.get("name") or "name"]
    names += [column.name for column in columns_of(spec, header, settings).values()]
    return sorted({place for name in names if (place := place_in(header, name)) is not None})


def place_in(header: Sequence[str], name: str) -> int | None:
    """Where a column is, counted from 0: by its heading, else without regard to case and outer spaces."""
    if name in header:
        return header.index(name)
    wanted = _key(name)
    return next((place for place, heading in enumerate(header) if _key(heading) == wanted), None)


def near_heading(name: str, header: Sequence[str], key: str) -> str:
    """What to write for the column of a ``key`` that is not there: its nearest heading; empty if none is near."""
    near = _nearest_heading(name, tuple(header))
    return f"Write {quoted(f'{key}: {near}')}." if near else ""


@cache  # asked for every row of a file
def _nearest_heading(name: str, header: tuple[str, ...]) -> str:
    return next(iter(nearest(name, list(filter(None, (heading.strip() for heading in header))), 1)), "")


def _key(heading: str) -> str:
    return heading.strip().casefold()


def is_text(text: str) -> bool:
    """Whether all of it could be read in the source's encoding; what could not was kept as surrogates."""
    return text.isascii() or not any("\ud800" <= char <= "\udfff" for char in text)


def as_cell(raw: Any) -> Cell:
    """What a database, a workbook or a JSON file holds, as a cell. Not a number, and nothing, are unknown."""
    if raw is None or isinstance(raw, str):
        return raw
    if isinstance(raw, (float, Decimal)) and raw != raw:  # noqa: PLR0124 - NaN
        return None
    if isinstance(raw, bool):
        return Typed("true" if raw else "false")
    if isinstance(raw, (int, float, Decimal)):
        return Typed(_digits(raw))
    if isinstance(raw, datetime):
        return Typed(raw.isoformat(" ").removesuffix(" 00:00:00"))
    if isinstance(raw, date):
        return Typed(raw.isoformat())
    if isinstance(raw, (bytes, bytearray, memoryview)):
        return bytes(raw).decode("utf-8", "surrogateescape")
    if isinstance(raw, (list, tuple)):
        texts = (as_cell(item) for item in raw)
        return tuple(text if isinstance(text, str) else str(text) for text in texts if text)
    return str(raw)


def _digits(number: float | Decimal) -> str:
    """A number without an exponent; one that a book could not hold stays as it is, and is then refused."""
    if isinstance(number, int):
        return str(number) if abs(number) < 10**40 else f"{Decimal(number):e}"
    exact = number if isinstance(number, Decimal) else Decimal(repr(number))
    if not exact.is_finite() or abs(exact.adjusted()) > 40:
        return str(exact)
    text = format(exact, "f")
    return text.rstrip("0").rstrip(".") if "." in text and not isinstance(number, Decimal) else text


def cell_value(cell: Cell, column: Column, attribute: Attribute, settings: Settings) -> Value | None:
    """The value of a cell; None where it is empty, which means unknown. Raises ValueProblem where it does not fit."""
    value = _cell_value(cell, column, attribute, settings)
    floor = attribute.floor
    if value is not None and floor is not None and value.family == floor.family and value.size < floor.size:
        raise ValueProblem(f"{quoted(str(cell).strip())} is less than {floor}, the least that `from` allows.")
    return value


def _cell_value(cell: Cell, column: Column, attribute: Attribute, settings: Settings) -> Value | None:
    if isinstance(cell, tuple):
        if attribute.type != "list":
            raise ValueProblem(f"{quoted('; '.join(cell))} is a list, and this is of type {attribute.type}.")
        return list_value(cell)
    text = (cell or "").strip()
    if text in column.words:
        meaning = column.words[text]
        if meaning is None or meaning == "":
            return None
        if isinstance(meaning, list):
            return list_value(list(map(str, meaning)))
        return _read(str(meaning), attribute, settings)
    if not text:
        return None
    if isinstance(cell, Typed):
        day = _BEGINS_WITH_A_DAY.match(text) if attribute.type == "date" else None
        return _read(day[1] if day else text, attribute, settings)
    if attribute.type == "date" and column.date:
        try:
            return date_value(datetime.strptime(text, column.date).date())  # noqa: DTZ007 - a day has no zone
        except ValueError:
            raise ValueProblem(f"{quoted(text)} is not a date written as {column.date}.") from None
    if attribute.type == "money":
        return _money(text, column.number, settings)
    if attribute.type in NUMERIC and column.number:
        plain = _plain(text, column.number)
        try:
            return _read(plain, attribute, settings)
        except ValueProblem as bad:  # the message quotes the file
            raise ValueProblem(str(bad).replace(quoted(plain), quoted(text))) from None
    return _read(text, attribute, settings)


def _read(text: str, attribute: Attribute, settings: Settings) -> Value:
    return read_as(attribute.type, text, attribute.of, settings.vocabulary, settings.currency)


def _money(text: str, style: str | None, settings: Settings) -> Value:
    """An amount in the book's own form, else as people write it."""
    if style is None:
        value = read(text, settings.vocabulary)
        if value.type == "money":
            return value
    try:
        return read_written_money(text, settings.currency, style)
    except AmbiguousAmountProblem as bad:
        raise ValueProblem(f'{bad} Say how the column writes numbers, such as `number: "1,234.56"`.') from None


def _plain(text: str, style: str) -> str:
    """A number of some style as a book writes it; what follows it (a unit) stays."""
    end = max((place for place, char in enumerate(text, 1) if char.isdigit()), default=len(text))
    return styled(text[:end], style) + text[end:]
