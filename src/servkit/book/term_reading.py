"""Reading the ``terms`` of a standard or policy, ``sets`` of a segment and ``promised`` of a customer."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from servkit.book.amount_reading import AmountReader, kind_of
from servkit.book.amounts import Counted, Dated, decode_amount
from servkit.book.condition_reading import read_condition
from servkit.book.values import TYPES, nfc

if TYPE_CHECKING:
    from servkit.book.amounts import Expression
    from servkit.book.reading import Reading, Where
    from servkit.book.values import Value

_ORDERLESS = ("text", "list")
#: Where a row of a table, as data, has its value, limit and grants.
_COLUMNS = {"value": 1, "limit": 2, "grant": 3}


def read_terms(data: dict[str, Any], reading: Reading, *, fixed: bool) -> dict[str, dict[str, Any]]:
    """The terms as plain data for :class:`servkit.book.terms.Term`, by name."""
    out = {}
    for name, raw in data.items():
        spec = raw if isinstance(raw, dict) else {"value": raw}
        found = _TermReader(reading, spec, ("terms", name), fixed=fixed, short=not isinstance(raw, dict)).read()
        if found is not None:
            out[name] = found
    return out


def read_moves(data: dict[str, Any], reading: Reading, where: Where) -> dict[str, list[Any]]:
    """``sets`` or ``promised``: values by term reference; texts stay untyped until they meet their term."""
    reader = AmountReader(reading, raw=True)
    read = {ref: reader.read(value, (*where, ref)) for ref, value in data.items()}
    return {ref: amount.encode() for ref, amount in read.items() if amount is not None}


class _TermReader:
    def __init__(self, reading: Reading, spec: dict[str, Any], where: Where, *, fixed: bool, short: bool) -> None:
        self.reading, self.spec, self.where, self.fixed, self.short = reading, spec, where, fixed, short
        self.amounts = AmountReader(reading)
        #: One value of each amount, by the identity of its data: a limit is held against every row.
        self._samples: dict[int, Value] = {}

    def at(self, *steps: str | int) -> Where:
        return self.where if self.short else (*self.where, *steps)

    def read(self) -> dict[str, Any] | None:
        spec, reading = self.spec, self.reading
        of = spec.get("of")
        self.amounts.of = [nfc(choice) for choice in ([of] if isinstance(of, str) else of or [])]
        if not self._type():
            return None
        out: dict[str, Any] = {"type": None, "line": reading.line(self.where), "fixed": self.fixed}
        told = len(reading.problems)
        self._empty(spec, ("value", "better", "limit", "grant"), self.where)
        value = self._amount("value") if spec.get("value") is not None else None
        cases = spec.get("cases") or []
        rows = [self._row(row, index) for index, row in enumerate(cases if isinstance(cases, list) else [cases])]
        limit = self._amount("limit") if spec.get("limit") is not None else None
        grant = self._grants(spec.get("grant"), self.at("grant"))
        if self.amounts.kind is None:
            if len(reading.problems) > told:
                return None  # what is wrong with its values has been said
            reading.note("SK304", "a term has a `value`, `cases`, or at least a `type`", self.where, key=True)
            return None
        if any(row is None for row in rows):
            return None
        out |= {"type": self.amounts.kind, "of": list(self.amounts.of), "better": self._better(), "cases": rows}
        out |= {"title": spec.get("title"), "value": value, "limit": limit, "grant": grant}
        self._discretion(out)
        if out["limit"] is not None or out["grant"] or any(row[2] or row[3] for row in rows if row):
            self._compared(out)
        return {key: item for key, item in out.items() if item not in (None, [], {}, False)}

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

    def _amount(self, key: str) -> list[Any] | None:
        return self._encoded(self.amounts.read(self.spec[key], self.at(key)))

    def _encoded(self, amount: Expression | None) -> list[Any] | None:
        if amount is None:
            return None
        if self.amounts.kind is None:
            self.amounts.kind = kind_of(amount)
        return amount.encode()

    def _grants(self, data: Any, where: Where) -> dict[str, Any] | None:
        if data is None:
            return None
        out = {}
        for role, value in data.items():
            if not self.reading.declared("roles", role, (*where, role), at_key=True):
                continue
            amount = self._encoded(self.amounts.read(value, (*where, role)))
            if amount is not None:
                out[nfc(role)] = amount
        return out

    def _empty(self, data: dict[str, Any], keys: tuple[str, ...], where: Where) -> None:
        """A part that is named and left empty: a limit that somebody meant to write would read as none."""
        for key in keys:
            if key in data and data[key] is None:
                self.reading.note("SK110", f"`{key}` is empty; write its value, or take the key away", (*where, key))

    def _row(self, row: dict[str, Any], index: int) -> list[Any] | None:
        where = self.at("cases", index)
        self._empty(row, ("value", "limit", "grant"), where)
        when = read_condition(row.get("when"), self.reading, (*where, "when"))
        parts = {}
        for key in ("value", "limit"):
            if row.get(key) is not None:
                parts[key] = self._encoded(self.amounts.read(row[key], (*where, key)))
        grant = self._grants(row.get("grant"), (*where, "grant"))
        if when is None:
            return None
        line = self.reading.line((*where, "value") if "value" in parts else where)
        return [when.encode(), parts.get("value"), parts.get("limit"), grant, line]

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

    def _discretion(self, out: dict[str, Any]) -> None:
        """Limits and grants belong to flexible terms whose values have a better and a worse."""
        if self.fixed:
            code, message = "SK306", "a fixed policy leaves no room, so `{}` has no meaning here; take it away"
        elif out["better"] is not None:
            return
        elif out["type"] in _ORDERLESS:
            code, message = "SK307", f"a {out['type']} has no order, so `{{}}` has no meaning here; take it away"
        else:
            code, message = "SK307", "`{}` needs `better: more` or `better: less`"
        told = not self.fixed and "better" in self.spec  # what is wrong with it
        for key in ("limit", "grant"):
            column = _COLUMNS[key]
            rows = [(row, column, self.at("cases", index, key)) for index, row in enumerate(out["cases"])]
            for part, name, where in [(out, key, self.at(key)), *rows]:
                if part[name] is not None:
                    part[name] = None
                    if not told:
                        self.reading.remark(code, message.format(key), where, key=True)

    def _compared(self, out: dict[str, Any]) -> None:
        """What a role may give, and how far anybody may go, has to compare with what there is to give."""
        base = {key: out[key] for key in _COLUMNS}
        self._compare(base, base, ())
        for index, row in enumerate(out["cases"]):
            self._compare({key: row[column] for key, column in _COLUMNS.items()}, base, ("cases", index))

    def _compare(self, own: dict[str, Any], base: dict[str, Any], row: Where) -> None:
        """``own`` is of a row, or of the term itself. A row without a value has the term's; a term without one has at
        least grants that have to compare with its limit."""
        inherits = own["value"] is None
        encoded = own["value"] if not inherits else base["value"] if row else base["limit"]
        if encoded is None:
            return
        value, told = self._sample(encoded), False
        for key in ("limit", "grant"):
            mine = own[key] is not None
            if not mine and inherits:
                continue  # it has been held against the term's own
            bound = own[key] if mine else base[key]
            for role, amount in (bound or {}).items() if key == "grant" else [(None, bound)]:
                other = None if amount is None else self._sample(amount)
                if other is None or other.family == value.family or (told and not mine):
                    continue
                told = told or not mine
                steps = (key, role) if role is not None else (key,)
                message = f"the {key} {other} does not compare with {value}; use one unit"
                self.reading.remark("SK302", message, self.at(*row, *(steps if mine else ("value",))))

    def _sample(self, encoded: list[Any]) -> Value:
        found = self._samples.get(id(encoded))
        if found is None:
            found = self._samples[id(encoded)] = _sample(encoded)
        return found


def _sample(encoded: list[Any]) -> Value:
    """One of the values of an amount."""
    amount = decode_amount(encoded)
    if isinstance(amount, Dated):
        return _sample(amount.steps[0][1].encode())
    return amount.zero if isinstance(amount, Counted) else amount.value
