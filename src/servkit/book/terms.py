"""Terms: the named values that standards and policies own."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from servkit.book.amounts import Expression, decode_amount
from servkit.book.condition_atoms import decode_condition

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from servkit.book.conditions import Condition

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
        type_: str,
        line: int,
        *,
        value: Expression | None = None,
        limit: Expression | None = None,
        grant: Grants | None = None,
        rows: tuple[Row, ...] = (),
        fixed: bool = False,
        of: tuple[str, ...] = (),
        better: str | None = None,
        title: Any = None,
    ) -> None:
        self.ref, self.type, self.line = ref, type_, line
        self.value, self.limit, self.grant, self.rows = value, limit, grant or {}, rows
        self.fixed, self.of, self.better, self.title = fixed, of, better, title

    def conditions(self) -> Iterator[Condition]:
        for row in self.rows:
            yield row.when

    def amounts(self) -> Iterator[Expression]:
        """Every value, limit and grant that may come to bear."""
        owners: tuple[Term | Row, ...] = (self, *self.rows)
        for owner in owners:
            for amount in (owner.value, owner.limit, *(owner.grant or {}).values()):
                if amount is not None:
                    yield amount


def encode_term(term: Term) -> dict[str, Any]:
    """A term as plain data, as far as it says anything."""
    out: dict[str, Any] = {"type": term.type, "line": term.line}
    for key in ("fixed", "better", "title"):
        if found := getattr(term, key):
            out[key] = found
    if term.of:
        out["of"] = list(term.of)
    if term.rows:
        out["cases"] = [
            [row.when.encode(), _encoded(row.value), _encoded(row.limit), _encoded_grants(row.grant), row.line]
            for row in term.rows
        ]
    for key, amount in (("value", term.value), ("limit", term.limit)):
        if amount is not None:
            out[key] = amount.encode()
    if term.grant:
        out["grant"] = _encoded_grants(term.grant)
    return out


def decode_term(ref: str, data: Mapping[str, Any]) -> Term:
    """The inverse of :func:`encode_term`."""
    get = data.get
    rows = tuple(
        Row(decode_condition(when), _amount(value), _amount(limit), _grants(grant), line)
        for when, value, limit, grant, line in get("cases", ())
    )
    return Term(
        ref,
        data["type"],
        data["line"],
        value=_amount(get("value")),
        limit=_amount(get("limit")),
        grant=_grants(get("grant")),
        rows=rows,
        fixed=get("fixed", False),
        of=tuple(get("of", ())),
        better=get("better"),
        title=get("title"),
    )


def _encoded(amount: Expression | None) -> list[Any] | None:
    return None if amount is None else amount.encode()


def _encoded_grants(grants: Grants | None) -> dict[str, list[Any]] | None:
    return None if grants is None else {role: amount.encode() for role, amount in grants.items()}


def _amount(data: list[Any] | None) -> Expression | None:
    return None if data is None else decode_amount(data)


def _grants(data: Mapping[str, Any] | None) -> Grants | None:
    return None if data is None else {role: decode_amount(amount) for role, amount in data.items()}
