"""Codes of numbers, money and days as SQL: ``CASE WHEN x < 30 THEN 1 …``. Only what a source has typed is coded so."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from servkit.bulk.engine import DAYS

if TYPE_CHECKING:
    from collections.abc import Sequence
    from decimal import Decimal

    from servkit.book.settings import Attribute
    from servkit.bulk.codes import AttributeCodes, CodedSpan
    from servkit.bulk.engine import Dialect

#: Constants with more digits, or further behind the point, are left to Python.
_MOST_DIGITS, _MOST_SCALE = 15, 10
_EXACT = f"DECIMAL(38, {_MOST_SCALE})"


class SizeCase(NamedTuple):
    """SQL of a code, and of the values that it is right for; others are left to Python."""

    code: str
    guard: str


def size_case(
    column: str, type_: str, attribute: Attribute, codes: AttributeCodes, currency: str | None, sql: Dialect
) -> SizeCase | None:
    """The case for a column of a type of SQL; None where Python has to look at every different value."""
    family = {"number": "number", "money": f"money {currency}", "date": "date"}.get(attribute.type)
    spans = [span for span in codes.spans() if span.family == family]
    spans.sort(key=lambda span: (span.span.low is not None, span.span.low or 0, not span.span.low_in))
    if family is None or not spans:
        return None
    kind = sql.kind(type_)
    if attribute.type == "date":
        return _days(column, spans, kind)
    floor = attribute.floor.size if attribute.floor is not None and attribute.floor.family == family else None
    if spans[0].span.low != floor or spans[-1].span.high is not None:
        return None
    edges = [edge for span in spans for edge in (span.span.low, span.span.high) if edge is not None]
    if any(not _is_short(edge) for edge in edges):
        return None
    if kind == "float":
        number = f"CAST({column} AS {sql.double})"
        guard = f"(abs({number}) BETWEEN 0.0001 AND 1e15 OR {number} = 0)"
    elif kind == "integer":
        number, guard = column if all(edge == int(edge) for edge in edges) else f"CAST({column} AS {_EXACT})", "true"
    elif kind == "exact" and _is_exact(type_):
        number, guard = f"CAST({column} AS {_EXACT})", "true"
    elif kind == "numeric":
        number, guard = column, f"({column} <> 'NaN' AND abs({column}) < 1e15 AND scale({column}) <= {_MOST_SCALE})"
    else:
        return None
    return SizeCase(_case(number, spans, lambda size: format(size, "f")), guard)


def _days(column: str, spans: Sequence[CodedSpan], kind: str) -> SizeCase | None:
    if kind not in DAYS:
        return None
    day = column if kind == "date" else f"CAST({column} AS DATE)"

    def written(size: Decimal) -> str:
        return f"DATE '{date.fromordinal(int(size)).isoformat()}'"

    last = len(spans) - 1
    whens = [f"WHEN {day} <= {written(span.span.high)} THEN {span.code}" for span in spans[:last] if span.span.high]
    case = f"CASE {' '.join(whens)} ELSE {spans[last].code} END" if whens else str(spans[last].code)
    return SizeCase(case, f"{day} BETWEEN DATE '0001-01-01' AND DATE '9999-12-31'")


def _case(number: str, spans: Sequence[CodedSpan], written: object) -> str:
    """The first span whose end is not passed; what lies before the first is not on record."""
    assert callable(written)
    first = spans[0].span
    whens = [] if first.low is None else [f"WHEN {number} < {written(first.low)} THEN 0"]
    for span in spans[:-1]:
        assert span.span.high is not None
        operator = "<=" if span.span.high_in else "<"
        whens.append(f"WHEN {number} {operator} {written(span.span.high)} THEN {span.code}")
    return f"CASE {' '.join(whens)} ELSE {spans[-1].code} END" if whens else str(spans[-1].code)


def _is_short(edge: Decimal) -> bool:
    digits = edge.normalize().as_tuple()
    scale = -digits.exponent if isinstance(digits.exponent, int) else _MOST_DIGITS + 1
    return (
        edge.is_finite()
        and abs(edge.adjusted()) < _MOST_DIGITS
        and len(digits.digits) <= _MOST_DIGITS
        and scale <= _MOST_SCALE
    )


def _is_exact(type_: str) -> bool:
    """Whether a decimal type fits into the one that is compared."""
    width, scale = (int(part) for part in type_.partition("(")[2].rstrip(")").split(","))
    return scale <= _MOST_SCALE and width <= 27
