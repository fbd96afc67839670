"""Conditions as objects: what they ask, what a known value answers, and how they read in words.

``kleene`` is three-valued logic over what is known: sound, and exact whenever it says true or false. Whether a
condition is true *however the unknowns are filled in* is settled by :mod:`servkit.domains.diagram`, which asks the same
atoms about every cell of an unknown's domain.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from servkit.book.dates import FIRST, LAST, Relative
from servkit.book.regex import searcher
from servkit.book.values import Value, encode, write

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence


class Incomparable(Exception):  # noqa: N818 - caught by resolution, which treats the value as unknown
    """A value on record cannot be compared with what a condition holds it against."""

    def __init__(self, name: str, value: Value, other: str) -> None:
        super().__init__(f"{name} is {write(value)}, which does not compare with {other}")
        self.name = name


class Record:
    """What is known when a condition is asked: values by name, the day, and who is in which segment.

    ``segments`` maps an id to True, False or (unknown) None; a segment that is not there holds nobody.
    """

    __slots__ = ("segments", "today", "values")

    def __init__(
        self, values: Mapping[str, Value], today: int, segments: Mapping[str, bool | None] | None = None
    ) -> None:
        self.values = values
        self.today = today
        self.segments: Mapping[str, bool | None] = {} if segments is None else segments


class Condition:
    """A question with the answers true, false and (None) unknown."""

    __slots__ = ()

    def kleene(self, record: Record) -> bool | None:
        raise NotImplementedError

    def atoms(self) -> Iterator[Atom]:
        raise NotImplementedError

    def encode(self) -> list[Any]:
        raise NotImplementedError


class All(Condition):
    """Holds when every part does."""

    __slots__ = ("parts",)

    def __init__(self, parts: Sequence[Condition]) -> None:
        self.parts = tuple(parts)

    def kleene(self, record: Record) -> bool | None:
        out: bool | None = True
        for part in self.parts:
            found = part.kleene(record)
            if found is False:
                return False
            if found is None:
                out = None
        return out

    def atoms(self) -> Iterator[Atom]:
        for part in self.parts:
            yield from part.atoms()

    def encode(self) -> list[Any]:
        return ["any" if isinstance(self, AnyOf) else "all", *[part.encode() for part in self.parts]]


class AnyOf(All):
    """Holds when some part does."""

    __slots__ = ()

    def kleene(self, record: Record) -> bool | None:
        out: bool | None = False
        for part in self.parts:
            found = part.kleene(record)
            if found:
                return True
            if found is None:
                out = None
        return out


class Not(Condition):
    """Holds when its part does not."""

    __slots__ = ("part",)

    def __init__(self, part: Condition) -> None:
        self.part = part

    def kleene(self, record: Record) -> bool | None:
        found = self.part.kleene(record)
        return None if found is None else not found

    def atoms(self) -> Iterator[Atom]:
        return self.part.atoms()

    def encode(self) -> list[Any]:
        return ["not", self.part.encode()]


class Atom(Condition):
    """One operator on one name."""

    __slots__ = ("args", "name", "op")

    def __init__(self, op: str, name: str, args: tuple[Any, ...]) -> None:
        self.op, self.name, self.args = op, name, args

    def kleene(self, record: Record) -> bool | None:
        value = record.values.get(self.name)
        return None if value is None else self.holds(value, record.today)

    def holds(self, value: Value, today: int) -> bool:
        """Whether a value answers yes; raises Incomparable."""
        raise NotImplementedError

    def atoms(self) -> Iterator[Atom]:
        yield self

    def encode(self) -> list[Any]:
        return [type(self).__name__, self.op, self.name, *[_encode_arg(arg) for arg in self.args]]

    def words(self) -> str:
        """The condition as a person says it: ``plan is commercial``."""
        return f"{self.name} {_VERBS[self.op]} {_AND[self.op].join(str(arg) for arg in self.args)}".rstrip()


class OneOf(Atom):
    """is, is_not, in, not_in on anything but lists and dates."""

    __slots__ = ("families", "keys", "positive")

    def __init__(self, op: str, name: str, args: tuple[Any, ...]) -> None:
        super().__init__(op, name, args)
        self.keys = frozenset(arg.key for arg in args)
        self.families = frozenset(arg.family for arg in args)
        self.positive = op in ("is", "in")

    def holds(self, value: Value, _today: int) -> bool:
        if value.family not in self.families:
            raise Incomparable(self.name, value, write(self.args[0]))
        return ((value.family, value.size) in self.keys) is self.positive


class Bounds(Atom):
    """at_least, at_most, more_than, less_than, between on what has an order."""

    __slots__ = ("family", "high", "high_in", "low", "low_in")

    def __init__(self, op: str, name: str, args: tuple[Any, ...]) -> None:
        super().__init__(op, name, args)
        self.family = args[0].family
        self.low = args[0].size if op in ("at_least", "more_than", "between") else None
        self.high = args[-1].size if op in ("at_most", "less_than", "between") else None
        self.low_in, self.high_in = op != "more_than", op != "less_than"

    def holds(self, value: Value, _today: int) -> bool:
        if value.family != self.family:
            raise Incomparable(self.name, value, write(self.args[0]))
        size = value.size
        if self.low is not None and (size < self.low or (size == self.low and not self.low_in)):
            return False
        return not (self.high is not None and (size > self.high or (size == self.high and not self.high_in)))


class Days(Atom):
    """Everything that is asked of a date; arguments are days, or counted from the day of the lookup."""

    __slots__ = ()

    def spans(self, today: int) -> list[tuple[int, int]]:
        """The days that answer yes as ordinals, first and last included (for is_not/not_in: the days excluded)."""
        op = self.op
        days = [_ordinal(arg, today) for arg in self.args] if op != "within" else []
        if op == "within":
            length: Relative = self.args[0]
            return [(Relative(-length.count, length.unit).ordinal(today), length.ordinal(today))]
        if op == "between":
            return [(days[0], days[1])]
        if op in ("before", "on_or_before"):
            return [(FIRST, days[0] - (op == "before"))]
        if op in ("after", "on_or_after"):
            return [(days[0] + (op == "after"), LAST)]
        return [(found, found) for found in days]

    def holds(self, value: Value, today: int) -> bool:
        inside = any(first <= value.size <= last for first, last in self.spans(today))
        return inside is not (self.op in ("is_not", "not_in"))


class TextTest(Atom):
    """contains, starts_with, ends_with, matches."""

    __slots__ = ()

    def holds(self, value: Value, _today: int) -> bool:
        text: str = value.size
        part: str = self.args[0].size
        if self.op == "contains":
            return part in text
        if self.op == "starts_with":
            return text.startswith(part)
        if self.op == "ends_with":
            return text.endswith(part)
        return searcher(part)(text)


class Has(Atom):
    """What is asked of a list: has, has_any (also is, in), has_all, and has none (is_not, not_in)."""

    __slots__ = ("items",)

    def __init__(self, op: str, name: str, args: tuple[Any, ...]) -> None:
        super().__init__(op, name, args)
        self.items = tuple(arg.size for arg in args)

    def verdict(self, found: list[bool | None]) -> bool | None:
        """From the answer for each item to the answer for all."""
        if self.op == "has_all":
            return False if False in found else None if None in found else True
        some = True if True in found else None if None in found else False
        return some if some is None else some is not (self.op in ("is_not", "not_in"))

    def holds(self, value: Value, _today: int) -> bool:
        return bool(self.verdict([item in value.size for item in self.items]))


class InSegment(Has):
    """The list of segments the customer is in."""

    __slots__ = ()

    def kleene(self, record: Record) -> bool | None:
        return self.verdict([record.segments.get(item, False) for item in self.items])


class Known(Atom):
    """Whether the record has a value at all; never unknown itself."""

    __slots__ = ()

    def kleene(self, record: Record) -> bool | None:
        return (self.name in record.values) is self.args[0].amount

    def holds(self, _value: Value, _today: int) -> bool:
        return bool(self.args[0].amount)

    def words(self) -> str:
        return f"{self.name} is {'known' if self.args[0].amount else 'not known'}"


def comparable_verdict(condition: Condition, record: Record) -> bool | None:
    """Three-valued logic; unknown where a part that nobody had to look at holds what does not compare."""
    try:
        return condition.kleene(record)
    except Incomparable:
        return None


_VERBS = {
    "is": "is", "is_not": "is not", "in": "is", "not_in": "is neither", "at_least": "is at least",
    "at_most": "is at most", "more_than": "is more than", "less_than": "is less than", "between": "is between",
    "before": "is before", "after": "is after", "on_or_before": "is on or before", "on_or_after": "is on or after",
    "within": "is within", "contains": "contains", "starts_with": "starts with", "ends_with": "ends with",
    "matches": "matches", "has": "has", "has_any": "has", "has_all": "has", "known": "is known",
}  # fmt: skip
_AND = dict.fromkeys(_VERBS, " or ") | {"not_in": " nor ", "between": " and ", "has_all": " and "}


def _ordinal(arg: Value | Relative, today: int) -> int:
    return arg.ordinal(today) if isinstance(arg, Relative) else int(arg.size)


def _encode_arg(arg: Value | Relative) -> list[Any]:
    return ["ago", arg.count, arg.unit] if isinstance(arg, Relative) else encode(arg)
