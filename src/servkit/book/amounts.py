"""What a term may be worth: plain, dated and counted values (BOOK.md 4), worked out over known and unknown facts."""

from __future__ import annotations

from decimal import Decimal
from itertools import product
from typing import TYPE_CHECKING, Any, NamedTuple

from servkit.book.arithmetic import exact_product, of_size, periods
from servkit.book.conditions import Incomparable
from servkit.book.intervals import Amount, Range, Span, hull, increasing, larger, point, rounded, smaller, split
from servkit.book.values import Value, amount_value, decode, encode, write

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Protocol

    class Facts(Protocol):
        """What an amount is worked out from."""

        @property
        def today(self) -> int: ...

        def day(self, name: str) -> int | None:
            """The ordinal of a date by name; None where it is not known."""

        def span(self, name: str) -> tuple[Span, Value | None]:
            """The span of sizes of a number by name, and its value where it is known."""


#: The parts of a counted value that have values of their own, in the order of the fields of :class:`Counted`.
PARTS = ("start", "each", "per", "after", "at_least", "at_most")


class Plain(NamedTuple):
    """``30 days``."""

    value: Value
    line: int

    def names(self) -> Iterator[str]:
        return iter(())

    def first(self, facts: Facts) -> Plain | Counted | None:  # noqa: ARG002
        return self

    def work_out(self, facts: Facts) -> Amount | None:  # noqa: ARG002
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
        found = None
        for start, step in self.steps:
            if day is not None and start <= day:
                found = step
        return found

    def work_out(self, facts: Facts) -> Amount | None:
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

    def names(self) -> Iterator[str]:
        yield self.of
        for part in self[5:11]:
            if isinstance(part, str):
                yield part
            elif isinstance(part, (Plain, Dated)):
                yield from part.names()

    def first(self, facts: Facts) -> Plain | Counted | None:  # noqa: ARG002
        return self

    def encode(self) -> list[Any]:
        parts = [part.encode() if isinstance(part, (Plain, Dated)) else part for part in self[5:11]]
        return ["counted", self.of, encode(self.zero), self.share, self.started, self.up_to, *parts, self.line]

    def work_out(self, facts: Facts) -> Amount | None:
        """The amount, or the range of amounts over what is not known; None where a dated part has not begun."""
        parts = {}
        for name in PARTS:
            part = getattr(self, name)
            if isinstance(part, (Plain, Dated)):
                value = part.work_out(facts)
                if value is None:
                    return None
                parts[name] = value
        spans = {name: facts.span(name)[0] for name in {self.of, *self._bounds()}}
        self._check(facts, parts)
        found = self._over(spans, parts)
        if found.is_point:
            return of_size(self.zero, found.low or Decimal(0))
        low = of_size(self.zero, found.low) if found.low is not None and found.low_in else None
        high = of_size(self.zero, found.high) if found.high is not None and found.high_in else None
        return Range(low, high, self._deciding(spans, parts))

    def _bounds(self) -> Iterator[str]:
        yield from (part for part in (self.at_least, self.at_most) if isinstance(part, str))

    def _check(self, facts: Facts, parts: dict[str, Any]) -> None:
        """A value on record that is not of the family the arithmetic needs is as good as unknown."""
        _, value = facts.span(self.of)
        if value is not None and self.share and value.family != self.zero.family:
            raise Incomparable(self.of, value, write(self.zero))
        for name in ("per", "after"):
            if value is not None and name in parts and parts[name].family != value.family:
                raise Incomparable(self.of, value, write(parts[name]))
        for name in self._bounds():
            bound = facts.span(name)[1]
            if bound is not None and bound.family != self.zero.family:
                raise Incomparable(name, bound, write(self.zero))

    def _over(self, spans: dict[str, Span], parts: dict[str, Any]) -> Span:
        span = spans[self.of]
        after: Decimal = parts["after"].size if "after" in parts else Decimal(0)
        below, above = split(span, after)
        start = parts["start"].size if "start" in parts else Decimal(0)
        found = hull(
            point(Decimal(0)) if below else None,
            self._grown(increasing(above, lambda size: size - after), start, parts) if above else None,
        )
        for name, choose in (("at_least", larger), ("at_most", smaller)):
            part = getattr(self, name)
            if part is not None:
                found = choose(found, spans[part] if isinstance(part, str) else point(parts[name].size))
        return rounded(found, self.zero.unit) if self.zero.type == "money" else found

    def _grown(self, over: Span, start: Decimal, parts: dict[str, Any]) -> Span:
        """``start`` and what comes on top, from how far ``of`` is past ``after``."""
        if "each" not in parts:
            return point(start)
        each: Decimal = parts["each"].size
        if not each:
            return point(start)
        if self.share:
            rate = each.scaleb(-2)
            return increasing(over, lambda size: start + exact_product(size, rate), falls=rate < 0)
        per: Decimal = parts["per"].size if "per" in parts else Decimal(1)
        count = self._counted(over, per)
        return increasing(count, lambda size: start + exact_product(size, each), falls=each < 0)

    def _counted(self, over: Span, per: Decimal) -> Span:
        """How many periods: whole numbers, so every end is reached."""

        def cap(count: Decimal) -> Decimal:
            count = max(count, Decimal(0))
            return count if self.up_to is None else min(count, Decimal(self.up_to))

        low = Decimal(0) if over.low is None else periods(over.low, per, started=self.started)
        if over.low is not None and not over.low_in and self.started and not over.low % per:
            low += 1
        if over.high is None:
            return Span(cap(low), True, None if self.up_to is None else Decimal(self.up_to), self.up_to is not None)
        high = periods(over.high, per, started=self.started)
        if not over.high_in and not self.started and not over.high % per:
            high -= 1
        return Span(cap(low), True, cap(high), True)

    def _deciding(self, spans: dict[str, Span], parts: dict[str, Any]) -> frozenset[str]:
        """The names that alone make a difference to the range."""
        open_names = [name for name, span in spans.items() if not span.is_point]
        if len(open_names) < 2:
            return frozenset(open_names)
        out = set()
        for name in open_names:
            others = [other for other in open_names if other != name]
            for sizes in product(*(spans[other].samples() for other in others)):
                fixed = spans | {other: point(size) for other, size in zip(others, sizes, strict=True)}
                if not self._over(fixed, parts).is_point:
                    out.add(name)
                    break
        return frozenset(out)


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
