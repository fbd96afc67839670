"""Reading the ``terms`` of a standard or policy, ``sets`` of a segment and ``promised`` of a customer."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from servkit.book.amount_parser import AmountReader
from servkit.book.amounts import Counted, Plain
from servkit.book.condition_parser import read_condition
from servkit.book.conditions import All
from servkit.book.terms import Row, Term
from servkit.book.times_of_day import reads_as_times
from servkit.book.values import TYPES, nfc
from servkit.book.written_form import clock_form, written_form
from servkit.nearest import did_you_mean
from servkit.text import quoted

if TYPE_CHECKING:
    from collections.abc import Iterator

    from servkit.book.amounts import Expression
    from servkit.book.context import DocumentContext
    from servkit.book.source import PartPath
    from servkit.book.values import Value

#: Types whose values have no order.
_ORDERLESS = ("text", "list")


def read_terms(id_: str, data: dict[str, Any], context: DocumentContext, *, fixed: bool) -> dict[str, Term]:
    """The terms of a document by name, without those that can't be read."""
    terms = {
        name: _TermReader(context, raw, ("terms", name), fixed=fixed).read(f"{id_}.{name}")
        for name, raw in data.items()
    }
    return {name: term for name, term in terms.items() if term is not None}


def is_undeclared_time(raw: Any) -> bool:
    """Whether a term says nothing of its type, and all that it says itself reads as times of day."""
    spec = raw if isinstance(raw, dict) else {"value": raw}
    return "type" not in spec and "of" not in spec and reads_as_times(spec)


def read_overrides(data: dict[str, Any], context: DocumentContext, where: PartPath) -> dict[str, Expression]:
    """``sets`` or ``promised``: values by term reference. Texts stay untyped until they meet their term."""
    reader = AmountReader(context, untyped=True)
    amounts = {ref: reader.read(value, (*where, ref)) for ref, value in data.items()}
    return {ref: amount for ref, amount in amounts.items() if amount is not None}


class _TermReader:
    def __init__(self, context: DocumentContext, raw: Any, where: PartPath, *, fixed: bool) -> None:
        self.context, self.where, self.fixed = context, where, fixed
        self.is_short = not isinstance(raw, dict)
        self.spec: dict[str, Any] = {"value": raw} if self.is_short else raw
        self.amounts = AmountReader(context)
        #: What makes a term a text all of whose own values read as times of day.
        self.other: str | None = None

    def at(self, *steps: str | int) -> PartPath:
        """The place of a part of the term; of the term where it is just its value."""
        return self.where if self.is_short else (*self.where, *steps)

    def read(self, ref: str) -> Term | None:
        spec, context, amounts = self.spec, self.context, self.amounts
        if (of := spec.get("of")) is not None:
            amounts.of = tuple(nfc(choice) for choice in ([of] if isinstance(of, str) else of))
        if not self._read_type():
            return None
        if amounts.type is None and not amounts.of and is_undeclared_time(self.spec):
            self.other = context.texts.get(ref)
            amounts.type = "time" if self.other is None else "text"
        before = len(context.problems)
        self._check_empty(spec, ("value", "better", "limit", "grant"), self.where)
        value = self._amount(spec, "value", self.at())
        cases = spec.get("cases") or []
        rows = [self._row(row, index) for index, row in enumerate(cases if isinstance(cases, list) else [cases])]
        own = Row(All(()), value, *self._bounds(spec, self.where), context.line(self.where))
        if amounts.type is None:
            if len(context.problems) == before:  # else what is wrong with its values has been reported
                message = f"{quoted(str(self.where[-1]))} has no value. Add `value`, `cases`, or at least a `type`."
                context.error("SK304", message, self.where, key=True)
            return None
        sound = [row for row in rows if row is not None]
        if len(sound) < len(rows):
            return None
        better = self._read_better()
        if not self.is_short:
            own, *sound = self._check_discretion([own, *sound], better)
            self._check_comparable([own, *sound])
        return Term(
            ref,
            amounts.type,
            own.line,
            value=own.value,
            limit=own.limit,
            grant=own.grant,
            rows=tuple(sound),
            fixed=self.fixed,
            of=amounts.of,
            better=better,
            title=spec.get("title"),
        )

    def _read_type(self) -> bool:
        type_ = self.spec.get("type")
        if type_ is not None and type_ not in TYPES:
            rest = did_you_mean(type_, TYPES) or f"The types are {', '.join(TYPES)}."
            self.context.error("SK304", f"{quoted(type_)} is not a type of value. {rest}", self.at("type"))
            return False
        if (type_ == "choice") is not bool(self.amounts.of):
            message = "A choice needs both keys: `type: choice`, and `of: [least, …, most]` with its words."
            self.context.error("SK304", message, self.where, key=True)
            return False
        if len(set(self.amounts.of)) < len(self.amounts.of):
            twice = next(word for word in self.amounts.of if self.amounts.of.count(word) > 1)
            self.context.error("SK304", f"{quoted(twice)} appears twice in `of`. Keep one of them.", self.at("of"))
            return False
        self.amounts.type = type_
        return True

    def _check_empty(self, data: dict[str, Any], keys: tuple[str, ...], where: PartPath) -> None:
        """A key that is there without a value: a limit that somebody meant to write would be read as none."""
        for key in keys:
            if key in data and data[key] is None:
                self.context.error("SK110", f"`{key}` is empty. Write its value.", (*where, key))

    def _amount(self, data: dict[str, Any], key: str, where: PartPath) -> Expression | None:
        found = data.get(key)
        place = where if self.is_short else (*where, key)
        return None if found is None else self.amounts.read(found, place)

    def _bounds(self, data: dict[str, Any], where: PartPath) -> tuple[Expression | None, dict[str, Expression] | None]:
        """The limit and the grants of the term or of a row."""
        limit, grant = self._amount(data, "limit", where), data.get("grant")
        if grant is None:
            return limit, None
        amounts, roles = {}, self.context.settings.roles
        for role, value in grant.items():
            place, name = (*where, "grant", role), nfc(role)
            if name not in roles:
                self.context.is_declared("roles", role, place, at_key=True)  # reports what is wrong
            elif (amount := self.amounts.read(value, place)) is not None:
                amounts[name] = amount
        return limit, amounts

    def _row(self, row: dict[str, Any], index: int) -> Row | None:
        where = (*self.where, "cases", index)
        self._check_empty(row, ("value", "limit", "grant"), where)
        when = read_condition(row.get("when"), self.context, (*where, "when"))
        value = self._amount(row, "value", where)
        limit, grant = self._bounds(row, where)
        if when is None:
            return None
        line = self.context.line((*where, "value") if row.get("value") is not None else where)
        return Row(when, value, limit, grant, line)

    def _read_better(self) -> str | None:
        better = self.spec.get("better")
        if better is None:
            return None
        if better not in ("more", "less"):
            message = f"{quoted(better)} should be `more` or `less`: which of two values is kinder to the customer."
            self.context.error("SK305", message, self.at("better"))
        elif self.amounts.type in _ORDERLESS:
            self.context.warn("SK305", self._without_order("better"), self.at("better"))
        else:
            return str(better)
        return None

    def _without_order(self, key: str) -> str:
        """Why a key has no meaning for values without an order, with a value of the author's own."""
        value = self.spec.get("value")
        shown = quoted(value) if isinstance(value, str) else "This value"
        if self.amounts.type == "list":
            return f"`{key}` needs values that have an order, and a list has none. Write an amount or a choice."
        if self.other is not None:
            return (
                f"{shown} was read as text, because there is {self.other}, which isn't a time of day. Write a time "
                "there, such as `12:00`."
            )
        if isinstance(value, str) and (
            form := written_form(value, self.context.settings.currency) or clock_form(value)
        ):
            return f"{shown} was read as text. Write {quoted(form)}."
        return (
            f"{shown} was read as text, and text has no order, so `{key}` can't be used. "
            "Write an amount such as `25 EUR`, or a choice: `type: choice` and `of: [least, …, most]`."
        )

    def _check_discretion(self, rows: list[Row], better: str | None) -> list[Row]:
        """Limits and grants belong to flexible terms whose values have a better and a worse; elsewhere they are
        reported and dropped. The first of ``rows`` is the term itself."""
        if not self.fixed and better is not None:
            return rows
        is_reported = not self.fixed and "better" in self.spec  # what is wrong with `better` is
        for key in ("limit", "grant"):
            for index, row in enumerate(rows, -1):
                if getattr(row, key) is not None and not is_reported:
                    code, message = self._no_discretion(key)
                    self.context.warn(code, message, self.at(*_of_row(index), key), key=True)
        return [row._replace(limit=None, grant=None) for row in rows]

    def _no_discretion(self, key: str) -> tuple[str, str]:
        if self.fixed:
            return "SK306", (
                f"`{key}` can't be used in a fixed policy, which leaves no room. Write `rule: flexible`, or move the "
                "term to a flexible policy."
            )
        if self.amounts.type in _ORDERLESS:
            return "SK307", self._without_order(key)
        return "SK307", f"`{key}` needs `better: more` or `better: less`, whichever is kinder to the customer."

    def _check_comparable(self, rows: list[Row]) -> None:
        """What a role may give, and how far anybody may go, has to compare with what there is to give. A row without a
        value has the term's; a term without one has at least grants that have to compare with its limit."""
        base = rows[0]
        families = {_sample(bound).family for _, bound in _bounds_of(base, base)}
        for index, row in enumerate(rows, -1):
            held = row.value or (base.limit if row is base else base.value)
            if held is None:
                continue
            value = _sample(held)
            has_own = row is not base and (row.limit is not None or row.grant is not None)
            if has_own or not families <= {value.family}:
                self._compare(value, row, base, index)

    def _compare(self, value: Value, row: Row, base: Row, index: int) -> None:
        is_reported = False
        for steps, bound in _bounds_of(row, base):
            is_own = getattr(row, steps[0]) is not None
            other = _sample(bound)
            if (not is_own and row.value is None) or other.family == value.family or (is_reported and not is_own):
                continue  # it has been compared with the term's own value, or reported
            is_reported = is_reported or not is_own
            message = f"The {steps[0]} {other} can't be compared with {value}. Use the same unit for both."
            self.context.warn("SK302", message, self.at(*_of_row(index), *(steps if is_own else ("value",))))


def _bounds_of(row: Row, base: Row) -> Iterator[tuple[tuple[str, ...], Expression]]:
    """The limit and the grants that hold for a row, its own or the term's, each with the keys that lead to it."""
    limit = row.limit if row.limit is not None else base.limit
    if limit is not None:
        yield ("limit",), limit
    for role, amount in ((row.grant if row.grant is not None else base.grant) or {}).items():
        yield ("grant", role), amount


def _of_row(index: int) -> PartPath:
    """The place of a row in its term; -1 is the term itself."""
    return () if index < 0 else ("cases", index)


def _sample(amount: Expression) -> Value:
    """One of the values of an amount."""
    if isinstance(amount, Plain):
        return amount.value
    return amount.zero if isinstance(amount, Counted) else _sample(amount.steps[0][1])
