"""From YAML to a plain, dated or counted value, with every part checked against the type it has to have."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from servkit.book.amounts import PARTS, Counted, Dated, Expression, Plain, nothing
from servkit.book.kept import LONGEST
from servkit.book.literals import day, read
from servkit.book.problems import ValueProblem
from servkit.book.values import NUMERIC, Value, amount_value, text_value

if TYPE_CHECKING:
    from servkit.book.context import Reading, Where
    from servkit.book.settings import Attribute

#: A value, and the same as plain data.
Read = tuple[Expression, list[Any]]

_PARTS = ("start", "each", "per", "of", "after", "count", "at_least", "at_most", "up_to")


class AmountReader:
    """Reads values of one term. ``kind`` is the type once it is known; None until then.

    ``raw`` keeps plain texts untyped: a segment's ``sets`` learns its type from the term it meets.
    """

    __slots__ = ("kind", "of", "raw", "reading")

    def __init__(
        self, reading: Reading, kind: str | None = None, of: tuple[str, ...] = (), *, raw: bool = False
    ) -> None:
        self.reading, self.kind, self.of, self.raw = reading, kind, of, raw

    def read(self, data: Any, where: Where) -> Read | None:
        """Any value; None with a problem at its place. The first that is read types those after it."""
        kind, reading = self.kind, self.reading
        if isinstance(data, str) and not self.raw:
            line = reading.line(where)
            key = (self.of if kind == "choice" else kind, data, line)
            kept = reading.settings.amounts.get(key)
            if kept is None:
                meaning = reading.meaning(data, where, kind, self.of)
                if meaning is None:
                    return None
                kept = Plain(meaning.value, line), ["plain", meaning.encoded, line]
                if not meaning.doubt and len(data) <= LONGEST and len(self.of) <= LONGEST:
                    reading.settings.amounts.keep(key, kept)
            if kind is None:
                self.kind = kept[0].value.type
            return kept
        found = self._other(data, where)
        if found is None:
            return None
        if kind is None and not self.raw:
            self.kind = kind_of(found)
        return found, found.encode()

    def _other(self, data: Any, where: Where) -> Expression | None:
        """Whatever is not a text whose type matters."""
        if not isinstance(data, dict):
            return self.plain(data, where)
        if any(key != "by" and key[:1].isdigit() for key in data):
            return self.dated(data, where, counted=True)
        return self.counted(data, where)

    def plain(self, data: Any, where: Where, kind: str | None = None) -> Plain | None:
        if self.raw and kind is None and isinstance(data, str):
            return Plain(text_value(data), self.reading.line(where))
        value = self.reading.value(data, where, kind or self.kind, self.of)
        return None if value is None else Plain(value, self.reading.line(where))

    def dated(self, data: dict[str, Any], where: Where, kind: str | None = None, *, counted: bool) -> Dated | None:
        reading = self.reading
        by = data.get("by")
        if "by" in data:
            variable = reading.settings.names.get(by) if isinstance(by, str) else None
            if variable is None or variable.type != "date":
                reading.note(
                    "SK303", f"`by` names a date fact or attribute, and {by or 'nothing'!r} is none", (*where, "by")
                )
                return None
        steps: list[tuple[int, Plain | Counted]] = []
        for key, item in data.items():
            if key == "by":
                continue
            try:
                start = day(key)
            except ValueProblem as bad:
                reading.note("SK301", str(bad), (*where, key), key=True)
                return None
            if start is None:
                reading.note(
                    "SK301", f"{key!r} is not a day; a dated value maps days to values", (*where, key), key=True
                )
                return None
            if isinstance(item, dict):
                step: Plain | Counted | None = self.counted(item, (*where, key)) if counted else None
                if not counted:
                    reading.note("SK303", "a plain value is wanted here", (*where, key))
            else:
                step = self.plain(item, (*where, key), kind)
            if step is None:
                return None
            if not self.raw and kind is None and self.kind is None:
                kind = kind_of(step)  # the first value types those after it
            steps.append((start.toordinal(), step))
        if not steps:
            reading.note("SK303", "a dated value maps at least one day to a value", where)
            return None
        return Dated(by, tuple(sorted(steps, key=lambda step: step[0])), reading.line(where))

    def counted(self, data: dict[str, Any], where: Where) -> Counted | None:
        return _CountedReader(self, data, where).read()


class _CountedReader:
    def __init__(self, amounts: AmountReader, data: dict[str, Any], where: Where) -> None:
        self.amounts, self.data, self.where = amounts, data, where
        self.reading = amounts.reading
        self.sound = True

    def note(self, message: str, *where: str, key: bool = False) -> None:
        self.sound = False
        self.reading.note("SK303", message, (*self.where, *where), key=key)

    def read(self) -> Counted | None:
        data, of = self.data, self._of()
        if of is not None:
            for key in data:
                if key not in _PARTS:
                    self.note(f"unknown key {key!r}; a counted value has {', '.join(_PARTS)}", key, key=True)
        if of is None or not self.sound:
            return None
        parts = {name: self._part(name, None if name in ("per", "after") else self.amounts.kind, of)
                 for name in _PARTS if name not in ("of", "count", "up_to") and name in data}  # fmt: skip
        if not self.sound:
            return None
        result = self._result(parts, of)
        count = data.get("count", "whole")
        if count not in ("whole", "started"):
            self.note("`count` is whole or started", "count")
        if result is None or not self._check(parts, of, result):
            return None
        zero, share = result
        up_to = self._up_to()
        if not self.sound:
            return None
        line = self.reading.line(self.where)
        return Counted._make([of.name, zero, share, count == "started", up_to, *map(parts.get, PARTS), line])

    def _of(self) -> Attribute | None:
        of = self.data.get("of")
        if of is None:
            self.note("a value is plain, dated (days to values) or counted (with `of`); this mapping is neither")
            return None
        variable = self.reading.settings.names.get(of) if isinstance(of, str) else None
        if variable is None or variable.type not in NUMERIC:
            self.note(f"`of` names a number, amount of money, percentage or duration; {of!r} is none", "of")
            return None
        return variable

    def _part(self, name: str, kind: str | None, of: Attribute) -> Plain | Dated | str | None:
        data, where = self.data[name], (*self.where, name)
        if isinstance(data, str) and name in ("at_least", "at_most") and data in self.reading.settings.names:
            return data
        if name in ("per", "after"):
            kind = of.type
        elif kind is None or name == "each":
            kind = self._kind(data)
        found: Plain | Dated | None
        if isinstance(data, dict):
            found = self.amounts.dated(data, where, kind, counted=False)
        else:
            value = self.reading.value(data, where, kind)
            found = None if value is None else Plain(value, self.reading.line(where))
        self.sound = self.sound and found is not None
        return found

    def _kind(self, data: Any) -> str | None:
        """The type that the first plain value of a part has."""
        if isinstance(data, dict):
            data = next((item for key, item in data.items() if key != "by"), None)
        try:
            return read(data, self.reading.settings.clocks).type if isinstance(data, str) else None
        except ValueProblem:
            return None  # told where the value itself is read

    def _result(self, parts: dict[str, Any], of: Attribute) -> tuple[Value, bool] | None:
        """Nothing, as the result writes it, and whether ``each`` is a share."""
        samples = {name: _values(part)[0] for name, part in parts.items() if not isinstance(part, str)}
        for name, sample in samples.items():
            if sample.type not in NUMERIC:
                self.note(f"{sample} is no number, amount of money, percentage or duration", name)
        if not self.sound:
            return None
        each, start = samples.get("each"), samples.get("start")
        of_percent = self.amounts.kind == "percent" or (start is not None and start.type == "percent")
        share = each is not None and each.type == "percent" and of.type == "money" and not of_percent
        if each is None and start is None:
            self.note("a counted value has `start`, `each`, or both")
            return None
        if not share:
            return nothing(start or each, each), False  # type: ignore[arg-type]
        money = start or samples.get("at_most") or samples.get("at_least")
        currency = money.unit if money is not None else self.reading.settings.currency
        if not currency:
            self.note("a share of money needs a currency: say `currency` in servkit.yaml")
            return None
        return amount_value("money", Decimal(0), currency), True

    def _check(self, parts: dict[str, Any], of: Attribute, result: tuple[Value, bool]) -> bool:
        zero, share = result
        wanted = self.amounts.kind
        if wanted is not None and zero.type != wanted:
            self.note(f"this works out to {zero.type}, and the term is of type {wanted}")
        for name in ("start", "each", "at_least", "at_most"):
            part = parts.get(name)
            if part is None or (name == "each" and share):
                continue
            if isinstance(part, str):
                if self.reading.settings.names[part].type != zero.type:
                    self.note(
                        f"{part!r} is of type {self.reading.settings.names[part].type}; {zero.type} is wanted", name
                    )
                continue
            other = next((found for found in _steps(part) if found[1].family != zero.family), None)
            if other is not None:
                message = f"{other[1]} does not compare with {zero}, which is what this value starts from"
                self.note(message, name, *other[0])
        periods = [
            ((name, *day), value) for name in ("per", "after") if name in parts for day, value in _steps(parts[name])
        ]
        apart = next((where for where, value in periods if value.family != periods[0][1].family), None)
        if apart is not None:
            self.note("`per` and `after` do not compare with each other", *apart)
        if share and ("per" in parts or "up_to" in self.data):
            self.note("a share of money has neither `per` nor `up_to`")
        if "each" in parts and not share and "per" not in parts and of.type == "duration":
            self.note("`per` is missing: how long is one period? Say `per: 1 hour`, or whatever it is")
        if "per" in parts and any(value.size <= 0 for value in _values(parts["per"])):
            self.note("a period is longer than nothing", "per")
        return self.sound

    def _up_to(self) -> int | None:
        if "up_to" not in self.data:
            return None
        raw = self.data["up_to"]
        if not isinstance(raw, str) or not raw.isascii() or not raw.isdigit() or len(raw) > 9:
            self.note("`up_to` is a whole number of periods", "up_to")
            return None
        return int(raw)


def _values(part: Plain | Dated) -> list[Value]:
    return [value for _, value in _steps(part)]


def _steps(part: Plain | Dated) -> list[tuple[tuple[str, ...], Value]]:
    """The values of a part, each with the day under which it stands, if any."""
    if isinstance(part, Plain):
        return [((), part.value)]
    steps = [(start, step) for start, step in part.steps if isinstance(step, Plain)]
    return [((date.fromordinal(start).isoformat(),), step.value) for start, step in steps]


def kind_of(amount: Expression) -> str:
    """The type of the values of an amount."""
    if isinstance(amount, Dated):
        return kind_of(amount.steps[0][1])
    return amount.zero.type if isinstance(amount, Counted) else amount.value.type
