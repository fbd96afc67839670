"""Terms: the named values that standards and policies own."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from servkit.book.amounts import Expression, decode_amount
from servkit.book.conditions import Condition, decode_condition

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

Grants = dict[str, Expression]


class Row(NamedTuple):
    """A row of a decision table. It decides the value, and its own ``limit`` and ``grant`` where it has them."""

    when: Condition
    value: Expression | None
    limit: Expression | None
    grant: Grants | None
    line: int


class Term:
    """One term. ``value`` is what everybody gets; ``grant`` how far each role may go unasked, up to ``limit``."""

    __slots__ = ("better", "fixed", "grant", "limit", "line", "of", "ref", "rows", "title", "type", "value")

    def __init__(
        self,
        ref: str,
        data: Mapping[str, Any],
        value: Expression | None,
        limit: Expression | None,
        grant: Grants | None,
        rows: tuple[Row, ...],
    ) -> None:
        """``data`` is the term as data, of which ``value``, ``limit``, ``grant`` and ``rows`` were read already."""
        self.ref = ref
        self.type: str = data["type"]
        self.line: int = data["line"]
        self.fixed: bool = data.get("fixed", False)
        self.of: tuple[str, ...] = tuple(data.get("of", ()))
        self.better: str | None = data.get("better")
        self.title: Any = data.get("title")
        self.value = value
        self.limit = limit
        self.grant = grant or {}
        self.rows = rows

    def conditions(self) -> Iterator[Condition]:
        for row in self.rows:
            yield row.when

    def amounts(self) -> Iterator[Expression]:
        """Every value, limit and grant that may come to bear."""
        for row in (Row(None, self.value, self.limit, self.grant, 0), *self.rows):  # type: ignore[arg-type]
            for amount in (row.value, row.limit, *(row.grant or {}).values()):
                if amount is not None:
                    yield amount


def decode_term(ref: str, data: Mapping[str, Any]) -> Term:
    """A term from what reading made of it (see :mod:`servkit.book.term_parser`)."""
    get = data.get
    rows = tuple(
        [
            Row(decode_condition(when), _amount(value), _amount(limit), _grants(grant), line)
            for when, value, limit, grant, line in get("cases", ())
        ]
    )
    return Term(ref, data, _amount(get("value")), _amount(get("limit")), _grants(get("grant")), rows)


def _amount(data: list[Any] | None) -> Expression | None:
    return None if data is None else decode_amount(data)


def _grants(data: Mapping[str, Any] | None) -> Grants | None:
    return None if data is None else {role: decode_amount(amount) for role, amount in data.items()}
