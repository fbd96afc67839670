"""From YAML to a plain, dated or counted value, with every part checked against the type it has to have."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from servkit.book.amounts import PARTS, Counted, Dated, Expression, Plain, nothing
from servkit.book.literals import day, read
from servkit.book.problems import ValueProblem
from servkit.book.values import NUMERIC, Value, amount_value, text_value
from servkit.nearest import did_you_mean
from servkit.text import quoted

if TYPE_CHECKING:
    from servkit.book.context import DocumentContext
    from servkit.book.settings import Attribute
    from servkit.book.source import PartPath

_PARTS = ("start", "each", "per", "of", "after", "count", "at_least", "at_most", "up_to")
_KEYS = f"The keys of a counted value are {', '.join(_PARTS)}."


class AmountReader:
    """Reads values of one term. ``type`` is None until it is known; the first value that is read types those after it.

    ``untyped`` leaves plain texts as they are: a segment's ``sets`` learns its type from the term it meets.
    """

    def __init__(
        self, context: DocumentContext, type_: str | None = None, of: tuple[str, ...] = (), *, untyped: bool = False
    ) -> None:
        self.context, self.type, self.of, self.untyped = context, type_, of, untyped

    def read(self, data: Any, where: PartPath) -> Expression | None:
        """Any value; None with a problem at its place."""
        found: Expression | None
        if not isinstance(data, dict):
            found = self.plain(data, where)
        elif any(key != "by" and key[:1].isdigit() for key in data):
            found = self.dated(data, where, counted=True)
        else:
            found = self.counted(data, where)
        if found is not None and self.type is None and not self.untyped:
            self.type = type_of(found)
        return found

    def plain(self, data: Any, where: PartPath, type_: str | None = None) -> Plain | None:
        if self.untyped and type_ is None and isinstance(data, str):
            return Plain(text_value(data), self.context.line(where))
        value = self.context.value(data, where, type_ or self.type, self.of)
        return None if value is None else Plain(value, self.context.line(where))

    def dated(self, data: dict[str, Any], where: PartPath, type_: str | None = None, *, counted: bool) -> Dated | None:
        context = self.context
        by = data.get("by")
        if "by" in data:
            variable = context.settings.names.get(by) if isinstance(by, str) else None
            if variable is None or variable.type != "date":
                context.error("SK303", _not_a_date(by), (*where, "by"))
                return None
        steps: list[tuple[int, Plain | Counted]] = []
        for key, item in data.items():
            if key == "by":
                continue
            try:
                start = day(key)
            except ValueProblem as bad:
                context.error("SK301", str(bad), (*where, key), key=True)
                return None
            if start is None:
                message = f"{quoted(key)} is not a day. A dated value maps days to values: `2026-03-01: 25 USD`."
                context.error("SK301", message, (*where, key), key=True)
                return None
            if isinstance(item, dict):
                step: Plain | Counted | None = self.counted(item, (*where, key)) if counted else None
                if not counted:
                    context.error(
                        "SK303", f"Under {quoted(key)} write one plain value, such as `25 USD`.", (*where, key)
                    )
            else:
                step = self.plain(item, (*where, key), type_)
            if step is None:
                return None
            if not self.untyped and type_ is None and self.type is None:
                type_ = type_of(step)  # the first value types those after it
            steps.append((start.toordinal(), step))
        if not steps:
            context.error("SK303", "A dated value needs at least one day: `2026-03-01: 25 USD`.", where)
            return None
        return Dated(by, tuple(sorted(steps, key=lambda step: step[0])), context.line(where))

    def counted(self, data: dict[str, Any], where: PartPath) -> Counted | None:
        return _CountedReader(self, data, where).read()


class _CountedReader:
    def __init__(self, amounts: AmountReader, data: dict[str, Any], where: PartPath) -> None:
        self.amounts, self.data, self.where = amounts, data, where
        self.context = amounts.context
        self.sound = True

    def note(self, message: str, *where: str, key: bool = False) -> None:
        self.sound = False
        self.context.error("SK303", message, (*self.where, *where), key=key)

    def read(self) -> Counted | None:
        data, of = self.data, self._of()
        if of is not None:
            for key in data:
                if key not in _PARTS:
                    self.note(f"Unknown key {quoted(key)}. {did_you_mean(key, _PARTS) or _KEYS}", key, key=True)
        if of is None or not self.sound:
            return None
        parts = {name: self._part(name, None if name in ("per", "after") else self.amounts.type, of)
                 for name in _PARTS if name not in ("of", "count", "up_to") and name in data}  # fmt: skip
        if not self.sound:
            return None
        result = self._result(parts, of)
        count = data.get("count", "whole")
        if count not in ("whole", "started"):
            self.note(f"{quoted(str(count))} should be `whole` or `started`.", "count")
        if result is None or not self._check(parts, of, result):
            return None
        zero, share = result
        up_to = self._up_to()
        if not self.sound:
            return None
        line = self.context.line(self.where)
        return Counted._make([of.name, zero, share, count == "started", up_to, *map(parts.get, PARTS), line])

    def _of(self) -> Attribute | None:
        of = self.data.get("of")
        if of is None:
            self.note(
                "This mapping isn't a value. Write a plain value, days with values, or an amount counted `of` a fact."
            )
            return None
        variable = self.context.settings.names.get(of) if isinstance(of, str) else None
        if variable is None or variable.type not in NUMERIC:
            self.note(_not_a_number(of), "of")
            return None
        return variable

    def _part(self, name: str, type_: str | None, of: Attribute) -> Plain | Dated | str | None:
        data, where = self.data[name], (*self.where, name)
        if isinstance(data, str) and name in ("at_least", "at_most") and data in self.context.settings.names:
            return data
        if name in ("per", "after"):
            type_ = of.type
        elif type_ is None or name == "each":
            type_ = self._type_of(data)
        found: Plain | Dated | None
        if isinstance(data, dict):
            found = self.amounts.dated(data, where, type_, counted=False)
        else:
            value = self.context.value(data, where, type_)
            found = None if value is None else Plain(value, self.context.line(where))
        self.sound = self.sound and found is not None
        return found

    def _type_of(self, data: Any) -> str | None:
        """The type that the first plain value of a part has."""
        if isinstance(data, dict):
            data = next((item for key, item in data.items() if key != "by"), None)
        try:
            return read(data, self.context.settings.vocabulary).type if isinstance(data, str) else None
        except ValueProblem:
            return None  # reported where the value itself is read

    def _result(self, parts: dict[str, Any], of: Attribute) -> tuple[Value, bool] | None:
        """Nothing, as the result writes it, and whether ``each`` is a share."""
        samples = {name: _values(part)[0] for name, part in parts.items() if not isinstance(part, str)}
        for name, sample in samples.items():
            if sample.type not in NUMERIC:
                self.note(
                    f"{quoted(str(sample))} can't be counted with. Write a number, money, percentage or duration.",
                    name,
                )
        if not self.sound:
            return None
        each, start = samples.get("each"), samples.get("start")
        of_percent = self.amounts.type == "percent" or (start is not None and start.type == "percent")
        share = each is not None and each.type == "percent" and of.type == "money" and not of_percent
        unit = start or each
        if unit is None:
            self.note("A counted value needs `start`, `each`, or both.")
            return None
        if not share:
            return nothing(unit, each), False
        money = start or samples.get("at_most") or samples.get("at_least")
        currency = money.unit if money is not None else self.context.settings.currency
        if not currency:
            self.note("A share of money needs a currency. Set `currency` in servkit.yaml.")
            return None
        return amount_value("money", Decimal(0), currency), True

    def _check(self, parts: dict[str, Any], of: Attribute, result: tuple[Value, bool]) -> bool:
        zero, share = result
        expected = self.amounts.type
        if expected is not None and zero.type != expected:
            self.note(
                f"This gives a value of type {zero.type}, but the other values of the term are of type {expected}."
            )
        for name in ("start", "each", "at_least", "at_most"):
            part = parts.get(name)
            if part is None or (name == "each" and share):
                continue
            if isinstance(part, str):
                if self.context.settings.names[part].type != zero.type:
                    type_ = self.context.settings.names[part].type
                    self.note(f"{quoted(part)} is of type {type_}, but this value is of type {zero.type}.", name)
                continue
            other = next((found for found in _steps(part) if found[1].family != zero.family), None)
            if other is not None:
                message = f"{other[1]} can't be compared with {zero}, which this value starts from. Use the same unit."
                self.note(message, name, *other[0])
        periods = [
            ((name, *day), value) for name in ("per", "after") if name in parts for day, value in _steps(parts[name])
        ]
        apart = next((where for where, value in periods if value.family != periods[0][1].family), None)
        if apart is not None:
            self.note("`per` and `after` can't be compared with each other. Use the same unit for both.", *apart)
        if share and ("per" in parts or "up_to" in self.data):
            self.note("`per` and `up_to` can't be used with a share of money such as `each: 10 %`.")
        if "each" in parts and not share and "per" not in parts and of.type == "duration":
            self.note("`per` is missing: how long is one period? Add it, such as `per: 1 hour`.")
        if "per" in parts and any(value.size <= 0 for value in _values(parts["per"])):
            self.note("`per` must be more than nothing.", "per")
        return self.sound

    def _up_to(self) -> int | None:
        if "up_to" not in self.data:
            return None
        raw = self.data["up_to"]
        if not isinstance(raw, str) or not raw.isascii() or not raw.isdigit() or len(raw) > 9:
            self.note("`up_to` should be a whole number of periods, such as `up_to: 4`.", "up_to")
            return None
        return int(raw)


def _not_a_date(name: Any) -> str:
    what = f"{quoted(name)} is not a fact or attribute of type date" if isinstance(name, str) else "`by` is empty"
    return f"{what}. Name one that servkit.yaml declares."


def _not_a_number(name: Any) -> str:
    what = f"{quoted(name)} is not" if isinstance(name, str) else "`of` should name"
    return f"{what} a fact or attribute that counts: a number, money, percentage or duration of servkit.yaml."


def _values(part: Plain | Dated) -> list[Value]:
    return [value for _, value in _steps(part)]


def _steps(part: Plain | Dated) -> list[tuple[tuple[str, ...], Value]]:
    """The values of a part, each with the day under which it stands, if any."""
    if isinstance(part, Plain):
        return [((), part.value)]
    steps = [(start, step) for start, step in part.steps if isinstance(step, Plain)]
    return [((date.fromordinal(start).isoformat(),), step.value) for start, step in steps]


def type_of(amount: Expression) -> str:
    """The type of the values of an amount."""
    if isinstance(amount, Dated):
        return type_of(amount.steps[0][1])
    return amount.zero.type if isinstance(amount, Counted) else amount.value.type
