"""Reading the ``terms`` of a standard or policy, ``sets`` of a segment and ``promised`` of a customer.

Everything is read twice at once: as the objects that resolution asks, and as the plain data that a compiled book keeps
of them. Both are made of the same few values, which are read once for a whole book.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from servkit.book.amount_parser import AmountReader
from servkit.book.amounts import Counted, Plain
from servkit.book.condition_parser import read_condition
from servkit.book.terms import Row, Term
from servkit.book.values import TYPES, nfc

if TYPE_CHECKING:
    from servkit.book.amounts import Expression
    from servkit.book.context import Reading, Where
    from servkit.book.values import Value

_ORDERLESS = ("text", "list")
#: Where a row, as an object and as plain data, has its value, limit and grants.
_COLUMNS = {"value": 1, "limit": 2, "grant": 3}
_VALUE, _LIMIT, _GRANT = _COLUMNS.values()


def read_terms(
    id_: str, data: dict[str, Any], reading: Reading, *, fixed: bool
) -> tuple[dict[str, Term], dict[str, dict[str, Any]]]:
    """The terms of a document by name, and the same as plain data for :func:`servkit.book.terms.decode_term`."""
    terms, encoded = {}, {}
    for name, raw in data.items():
        ref, where = f"{id_}.{name}", ("terms", name)
        if isinstance(raw, str):
            found = _short(ref, raw, reading, where, fixed=fixed)
        else:
            found = _TermReader(reading, raw, where, fixed=fixed).read(ref)
        if found is not None:
            terms[name], encoded[name] = found
    return terms, encoded


def _short(ref: str, text: str, reading: Reading, where: Where, *, fixed: bool) -> tuple[Term, dict[str, Any]] | None:
    """A term that is just its value, as most are."""
    reader = AmountReader(reading)
    found = reader.read(text, where)
    if found is None:
        return None
    value, encoded = found
    out: dict[str, Any] = {"type": reader.kind, "line": value.line}
    if fixed:
        out["fixed"] = True
    out["value"] = encoded
    return Term(ref, out, value, None, None, ()), out


def read_moves(
    data: dict[str, Any], reading: Reading, where: Where
) -> tuple[dict[str, Expression], dict[str, list[Any]]]:
    """``sets`` or ``promised``: values by term reference, and the same as plain data; texts stay untyped until they
    meet their term."""
    reader = AmountReader(reading, raw=True)
    moves, encoded = {}, {}
    for ref, value in data.items():
        found = reader.read(value, (*where, ref))
        if found is not None:
            moves[ref], encoded[ref] = found
    return moves, encoded


class _Worth:
    """What a term is worth, or a row of it: the columns of a :class:`Row` as objects and as plain data."""

    __slots__ = ("encoded", "made")

    def __init__(self) -> None:
        self.made: list[Any] = [None, None, None, None, 0]
        self.encoded: list[Any] = [None, None, None, None, 0]

    def take_away(self, column: int) -> None:
        self.made[column] = self.encoded[column] = None


class _TermReader:
    __slots__ = ("amounts", "fixed", "reading", "short", "spec", "where")

    def __init__(self, reading: Reading, raw: Any, where: Where, *, fixed: bool) -> None:
        self.reading, self.where, self.fixed = reading, where, fixed
        self.short = not isinstance(raw, dict)
        self.spec: dict[str, Any] = {"value": raw} if self.short else raw
        self.amounts = AmountReader(reading)

    def at(self, *steps: str | int) -> Where:
        return self.where if self.short else (*self.where, *steps)

    def read(self, ref: str) -> tuple[Term, dict[str, Any]] | None:
        spec, reading, amounts = self.spec, self.reading, self.amounts
        if (of := spec.get("of")) is not None:
            amounts.of = tuple([nfc(choice) for choice in ([of] if isinstance(of, str) else of)])
        if not self._type():
            return None
        line, told, own = reading.line(self.where), len(reading.problems), _Worth()
        self._empty(spec, ("value", "better", "limit", "grant"), self.where)
        if (value := spec.get("value")) is not None:
            self._amount(own, _VALUE, value, self.at("value"))
        cases = spec.get("cases") or []
        rows = [self._row(row, index) for index, row in enumerate(cases if isinstance(cases, list) else [cases])]
        self._bounds(spec, own, self.where)
        if amounts.kind is None:
            if len(reading.problems) > told:
                return None  # what is wrong with its values has been said
            reading.note("SK304", "a term has a `value`, `cases`, or at least a `type`", self.where, key=True)
            return None
        sound = [row for row in rows if row is not None]
        if len(sound) < len(rows):
            return None
        better = self._better()
        if not self.short:
            self._discretion([own, *sound], better)
            self._compared([own, *sound])
        out: dict[str, Any] = {"type": amounts.kind, "line": line}
        self._say(out, own, sound, better)
        _, value, limit, grant, _ = own.made
        return Term(ref, out, value, limit, grant, tuple([Row._make(row.made) for row in sound])), out

    def _say(self, out: dict[str, Any], own: _Worth, rows: list[_Worth], better: str | None) -> None:
        """What a term is as plain data, as far as it says anything."""
        if self.fixed:
            out["fixed"] = True
        if self.amounts.of:
            out["of"] = list(self.amounts.of)
        if better is not None:
            out["better"] = better
        if rows:
            out["cases"] = [row.encoded for row in rows]
        if (title := self.spec.get("title")) is not None:
            out["title"] = title
        for key, column in _COLUMNS.items():
            if amount := own.encoded[column]:
                out[key] = amount

    def _type(self) -> bool:
        kind = self.spec.get("type")
        if kind is not None and kind not in TYPES:
            self.reading.note("SK304", f"{kind!r} is none of the types {', '.join(TYPES)}", self.at("type"))
            return False
        if (kind == "choice") is not bool(self.amounts.of):
            self.reading.note(
                "SK304", "a choice says both `type: choice` and `of: [least, …, most]`", self.where, key=True
            )
            return False
        if len(set(self.amounts.of)) < len(self.amounts.of):
            self.reading.note("SK304", "a choice is here twice; keep one of them", self.at("of"))
            return False
        self.amounts.kind = kind
        return True

    def _bounds(self, spec: dict[str, Any], worth: _Worth, where: Where) -> None:
        """Read the limit and the grants of the term or of a row."""
        if (limit := spec.get("limit")) is not None:
            self._amount(worth, _LIMIT, limit, (*where, "limit"))
        if (grant := spec.get("grant")) is not None:
            worth.made[_GRANT], worth.encoded[_GRANT] = self._grants(grant, (*where, "grant"))

    def _amount(self, worth: _Worth, column: int, data: Any, where: Where) -> None:
        """Read a value or limit into its column."""
        found = self.amounts.read(data, where)
        if found is not None:
            worth.made[column], worth.encoded[column] = found

    def _grants(self, data: dict[str, Any], where: Where) -> tuple[dict[str, Expression], dict[str, list[Any]]]:
        made, encoded, roles = {}, {}, self.reading.settings.roles
        for role, value in data.items():
            name = nfc(role)
            if name not in roles:
                self.reading.declared("roles", role, (*where, role), at_key=True)  # which says what is wrong
            elif (amount := self.amounts.read(value, (*where, role))) is not None:
                made[name], encoded[name] = amount
        return made, encoded

    def _empty(self, data: dict[str, Any], keys: tuple[str, ...], where: Where) -> None:
        """A part that is named and left empty: a limit that somebody meant to write would read as none."""
        for key in keys:
            if key in data and data[key] is None:
                self.reading.note("SK110", f"`{key}` is empty; write its value, or take the key away", (*where, key))

    def _row(self, row: dict[str, Any], index: int) -> _Worth | None:
        where, worth = (*self.where, "cases", index), _Worth()
        self._empty(row, ("value", "limit", "grant"), where)
        when = read_condition(row.get("when"), self.reading, (*where, "when"))
        if (value := row.get("value")) is not None:
            self._amount(worth, _VALUE, value, (*where, "value"))
        self._bounds(row, worth, where)
        if when is None:
            return None
        if worth.made[_VALUE] is not None:
            line = worth.made[_VALUE].line
        else:
            line = self.reading.line((*where, "value") if value is not None else where)
        worth.made[0], worth.made[4] = when, line
        worth.encoded[0], worth.encoded[4] = when.encode(), line
        return worth

    def _better(self) -> str | None:
        better = self.spec.get("better")
        if better is None:
            return None
        if better not in ("more", "less"):
            self.reading.note(
                "SK305", "`better` is more or less: which of two values is kinder to the customer", self.at("better")
            )
        elif self.amounts.kind in _ORDERLESS:
            message = f"a {self.amounts.kind} has no order, so none is better; take it away"
            self.reading.remark("SK305", message, self.at("better"))
        else:
            return str(better)
        return None

    def _discretion(self, worths: list[_Worth], better: str | None) -> None:
        """Limits and grants belong to flexible terms whose values have a better and a worse. ``worths`` are those of
        the term itself and of its rows."""
        kind = self.amounts.kind
        if self.fixed:
            code, message = "SK306", "a fixed policy leaves no room, so `{}` has no meaning here; take it away"
        elif better is not None:
            return
        elif kind in _ORDERLESS:
            code, message = "SK307", f"a {kind} has no order, so `{{}}` has no meaning here; take it away"
        else:
            code, message = "SK307", "`{}` needs `better: more` or `better: less`"
        told = not self.fixed and "better" in self.spec  # what is wrong with it
        for key, column in (("limit", _LIMIT), ("grant", _GRANT)):
            for index, worth in enumerate(worths, -1):
                if worth.made[column] is not None:
                    worth.take_away(column)
                    if not told:
                        self.reading.remark(code, message.format(key), self.at(*_of_row(index), key), key=True)

    def _compared(self, worths: list[_Worth]) -> None:
        """What a role may give, and how far anybody may go, has to compare with what there is to give. A row without a
        value has the term's; a term without one has at least grants that have to compare with its limit."""
        base = worths[0].made
        bounds = [bound for bound in (base[_LIMIT], *(base[_GRANT] or {}).values()) if bound is not None]
        families = {_sample(bound).family for bound in bounds}
        for index, worth in enumerate(worths, -1):
            own = worth.made
            held = own[_VALUE] if own[_VALUE] is not None else base[_LIMIT] if own is base else base[_VALUE]
            if held is None:
                continue
            value = _sample(held)
            plain = own is base or (own[_LIMIT] is None and own[_GRANT] is None)
            if not (plain and families <= {value.family}):
                self._compare(value, own, base, index)

    def _compare(self, value: Value, own: list[Any], base: list[Any], index: int) -> None:
        told = False
        for key, column in (("limit", _LIMIT), ("grant", _GRANT)):
            mine = own[column] is not None
            if not mine and own[_VALUE] is None:
                continue  # it has been held against the term's own
            bound = own[column] if mine else base[column]
            for role, amount in bound.items() if isinstance(bound, dict) else [(None, bound)]:
                other = None if amount is None else _sample(amount)
                if other is None or other.family == value.family or (told and not mine):
                    continue
                told = told or not mine
                steps = ("value",) if not mine else (key,) if role is None else (key, role)
                message = f"the {key} {other} does not compare with {value}; use one unit"
                self.reading.remark("SK302", message, self.at(*_of_row(index), *steps))


def _of_row(index: int) -> Where:
    """Where a row stands in its term; -1 is the term itself."""
    return () if index < 0 else ("cases", index)


def _sample(amount: Expression) -> Value:
    """One of the values of an amount."""
    if isinstance(amount, Plain):
        return amount.value
    return amount.zero if isinstance(amount, Counted) else _sample(amount.steps[0][1])
