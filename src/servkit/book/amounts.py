"""What a term may be worth: plain, dated and counted values (BOOK.md 4), worked out from facts."""

from __future__ import annotations

from bisect import bisect_right
from decimal import ROUND_HALF_UP, Decimal, localcontext
from operator import itemgetter
from typing import TYPE_CHECKING, Any, NamedTuple

from servkit.book.arithmetic import exact_product, of_size, periods
from servkit.book.conditions import Incomparable
from servkit.book.units import minor_digits
from servkit.book.values import EXACT, Value, amount_value, decode, encode, write

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from typing import Protocol

    class Facts(Protocol):
        """What an amount is worked out from."""

        @property
        def today(self) -> int: ...

        def day(self, name: str) -> int | None:
            """The ordinal of a date by name; None where it is not known."""

        def size(self, name: str) -> tuple[Decimal, Value | None]:
            """The size of a number by name, and its value where it is known."""


#: The parts of a counted value that have values of their own, in the order of the fields of :class:`Counted`.
PARTS = ("start", "each", "per", "after", "at_least", "at_most")


class Plain(NamedTuple):
    """``30 days``."""

    value: Value
    line: int

    def names(self) -> Iterator[str]:
        return iter(())

    def first(self, _facts: Facts) -> Plain | Counted | None:
        return self

    def work_out(self, _facts: Facts) -> Value | None:
        return self.value

    def encode(self) -> list[Any]:
        return ["plain", encode(self.value), self.line]


class Dated(NamedTuple):
    """Values by the day from which each is in force: the day of the lookup, or the date ``by`` names."""

    by: str | None
    steps: tuple[tuple[int, Plain | Counted], ...]
    line: int

    def names(self) -> Iterator[str]:
        if self.by:
            yield self.by
        for _, step in self.steps:
            yield from step.names()

    def first(self, facts: Facts) -> Plain | Counted | None:
        """The value in force; None before the first day."""
        day = facts.day(self.by) if self.by else facts.today
        place = bisect_right(self.steps, day, key=itemgetter(0)) if day is not None else 0
        return self.steps[place - 1][1] if place else None

    def work_out(self, facts: Facts) -> Value | None:
        found = self.first(facts)
        return None if found is None else found.work_out(facts)

    def encode(self) -> list[Any]:
        return ["dated", self.by, [[start, step.encode()] for start, step in self.steps], self.line]


class Counted(NamedTuple):
    """An amount worked out from a fact: ``start`` and ``each`` times the number of ``per`` in (``of`` - ``after``).

    ``start``, ``each``, ``at_least``, ``at_most`` (or a name) are of the term's type; ``per`` and ``after`` of that of
    ``of``. ``zero`` is nothing, in the unit of the result; ``share`` says that ``each`` is a percentage of the money.
    """

    of: str
    zero: Value
    share: bool
    started: bool
    up_to: int | None
    start: Plain | Dated | None
    each: Plain | Dated | None
    per: Plain | Dated | None
    after: Plain | Dated | None
    at_least: Plain | Dated | str | None
    at_most: Plain | Dated | str | None
    line: int

    def parts(self) -> tuple[Plain | Dated | str | None, ...]:
        """Those that have values of their own (see ``PARTS``)."""
        return self[5:11]

    def names(self) -> Iterator[str]:
        yield self.of
        for part in self.parts():
            if isinstance(part, str):
                yield part
            elif isinstance(part, (Plain, Dated)):
                yield from part.names()

    def first(self, _facts: Facts) -> Plain | Counted | None:
        return self

    def encode(self) -> list[Any]:
        parts = [part.encode() if isinstance(part, (Plain, Dated)) else part for part in self.parts()]
        return ["counted", self.of, encode(self.zero), self.share, self.started, self.up_to, *parts, self.line]

    def work_out(self, facts: Facts) -> Value | None:
        """The amount; None where a dated part has not begun."""
        found = self.worked_out(facts)
        return found[0] if found else None

    def worked_out(self, facts: Facts) -> tuple[Value, str | None] | None:
        """The amount, and the name that it follows there (see :class:`Worth`)."""
        formula = self.formula(facts)
        if formula is None:
            return None
        sizes = {name: facts.size(name)[0] for name in (self.of, *formula.bound_names())}
        self._check(facts, formula)
        size, follows = formula.worth(sizes)
        return of_size(self.zero, size), follows

    def formula(self, facts: Facts) -> Formula | None:
        """The value with its dated parts settled; None where one has not begun."""
        parts: dict[str, Value] = {}
        bounds: dict[str, Decimal | str | None] = {"at_least": None, "at_most": None}
        for name in PARTS:
            part = getattr(self, name)
            if isinstance(part, str):
                bounds[name] = part
            elif part is not None:
                value = part.work_out(facts)
                if value is None:
                    return None
                if name in bounds:
                    bounds[name] = value.size
                else:
                    parts[name] = value
        sizes = {name: parts[name].size if name in parts else None for name in ("start", "each", "per", "after")}
        family = next((parts[name].family for name in ("after", "per") if name in parts), None)
        return Formula(
            self.of, family or (self.zero.family if self.share else "number"), self.share, self.started, self.up_to,
            sizes["start"] or _NOTHING, sizes["each"] or _NOTHING, sizes["per"] or _ONE, sizes["after"] or _NOTHING,
            bounds["at_least"], bounds["at_most"], self.zero,
        )  # fmt: skip

    def _check(self, facts: Facts, formula: Formula) -> None:
        """A value on record that is not of the family the arithmetic needs is as good as unknown."""
        _, value = facts.size(self.of)
        if value is not None and self.share and value.family != self.zero.family:
            raise Incomparable(self.of, value, write(self.zero))
        for part in (self.per, self.after):
            if value is not None and part is not None:
                other = part.work_out(facts)
                if other is not None and other.family != value.family:
                    raise Incomparable(self.of, value, write(other))
        for name in formula.bound_names():
            bound = facts.size(name)[1]
            if bound is not None and bound.family != self.zero.family:
                raise Incomparable(name, bound, write(self.zero))


class Worth(NamedTuple):
    """What a formula comes to: a size, and the name of what it follows there: a little more or less of that changes it.
    None where the size is a constant one."""

    size: Decimal
    follows: str | None


class Formula(NamedTuple):
    """A counted value without dates, in sizes: of a name in ``family``. ``zero`` is nothing, in the result's unit."""

    of: str
    family: str
    share: bool
    started: bool
    up_to: int | None
    start: Decimal
    each: Decimal
    per: Decimal
    after: Decimal
    at_least: Decimal | str | None
    at_most: Decimal | str | None
    zero: Value

    def bound_names(self) -> list[str]:
        return [part for part in (self.at_least, self.at_most) if isinstance(part, str)]

    @property
    def rate(self) -> Decimal:
        """What one unit of ``of`` adds to a share."""
        return self.each.scaleb(-2)

    @property
    def minor_unit(self) -> Decimal:
        """What money is rounded to; one of anything else."""
        return Decimal(1).scaleb(-minor_digits(self.zero.unit)) if self.zero.type == "money" else _ONE

    def worth(self, sizes: Mapping[str, Decimal]) -> Worth:
        """What it comes to, where the names have these sizes."""
        with localcontext(EXACT):
            found = self._grown(sizes[self.of] - self.after)
            for part, at_most in ((self.at_least, False), (self.at_most, True)):
                if part is not None:
                    bound = sizes[part] if isinstance(part, str) else part
                    if bound == found.size or (bound < found.size) is at_most:
                        found = Worth(bound, part if isinstance(part, str) else None)
            if self.zero.type == "money":
                found = Worth(found.size.quantize(self.minor_unit, ROUND_HALF_UP), found.follows)
        return found

    def _grown(self, over: Decimal) -> Worth:
        """``start`` and what comes on top, from how far ``of`` is past ``after``."""
        if over < 0:
            return Worth(_NOTHING, None)
        if not self.each:
            return Worth(self.start, None)
        if self.share:
            return Worth(self.start + exact_product(over, self.rate), self.of)
        count = periods(over, self.per, started=self.started)
        if self.up_to is not None and count >= self.up_to:
            return Worth(self.start + exact_product(Decimal(self.up_to), self.each), None)
        return Worth(self.start + exact_product(count, self.each), self.of)


_NOTHING, _ONE = Decimal(0), Decimal(1)

Expression = Plain | Dated | Counted


def decode_amount(data: list[Any]) -> Expression:
    """The inverse of ``encode``."""
    if data[0] == "plain":
        return Plain(decode(data[1]), data[2])
    if data[0] == "dated":
        steps: tuple[tuple[int, Any], ...] = tuple((start, decode_amount(step)) for start, step in data[2])
        return Dated(data[1], steps, data[3])
    parts: list[Any] = [decode_amount(part) if isinstance(part, list) else part for part in data[6:12]]
    return Counted._make([data[1], decode(data[2]), *data[3:6], *parts, data[12]])


def nothing(like: Value, other: Value | None = None) -> Value:
    """Zero, in the smaller unit of two values of one type (BOOK.md 9: what a computed duration is written in)."""
    if other is not None and other.type == "duration" and other.family == like.family:
        one, two = (amount_value("duration", Decimal(1), value.unit) for value in (like, other))
        like = other if two.size < one.size else like
    if other is not None and like.type == "number" and like.amount == 1:
        like = other
    return of_size(like, Decimal(0))
