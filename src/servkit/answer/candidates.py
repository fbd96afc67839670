"""Values in the running for a term: which of two is kinder, and the better or worse of both where one is a range."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from servkit.book.intervals import Amount, Range
from servkit.book.values import Value

if TYPE_CHECKING:
    from collections.abc import Sequence


class Candidate(NamedTuple):
    """A value in the running, and the number of its origin.

    ``counted`` says that it is worked out from something unknown, so the answer gives a range (BOOK.md 9).
    """

    amount: Amount
    family: str
    origin: int = -1
    counted: bool = False

    @property
    def key(self) -> tuple[object, ...]:
        """Equal for equal values, whatever they come from."""
        if isinstance(self.amount, Range):
            ends = (end.key if end is not None else None for end in self.amount[:2])
            return (self.family, *ends, tuple(sorted(self.amount.names)))
        return (self.amount.key,)


def kinder(left: Value, right: Value, better: str | None) -> bool | None:
    """Whether ``left`` is better for the customer; None where they do not compare."""
    if better is None or left.family != right.family:
        return None
    return bool(left.size > right.size if better == "more" else left.size < right.size)


def best_of(left: Candidate, right: Candidate, better: str | None) -> Candidate | None:
    """The better of two for the customer, ``left`` where they are equal; None where they do not compare."""
    if better is None or left.family != right.family:
        return None
    if isinstance(left.amount, Value) and isinstance(right.amount, Value):
        return right if kinder(right.amount, left.amount, better) else left
    found = _extreme(left.amount, right.amount, larger=better == "more")
    source = left
    if isinstance(found, Value) and isinstance(right.amount, Value) and found.key == right.amount.key:
        source = right
    return Candidate(found, left.family, source.origin, left.counted or right.counted)


def worst_of(left: Candidate, right: Candidate, better: str | None) -> Candidate | None:
    """The less kind of two, ``left`` where they are equal; None where they do not compare."""
    opposite = {"more": "less", "less": "more"}
    return best_of(left, right, opposite[better] if better else None)


def _extreme(left: Amount, right: Amount, *, larger: bool) -> Amount:
    """The range of the larger (or smaller) of two, at least one of them a range."""
    ends: list[Value | None] = []
    lows = [amount.low if isinstance(amount, Range) else amount for amount in (left, right)]
    highs = [amount.high if isinstance(amount, Range) else amount for amount in (left, right)]
    for side, pair in enumerate((lows, highs)):
        known = [end for end in pair if end is not None]
        if len(known) < 2:
            # the larger of two is never below either; it has no upper bound where one has none
            inner = (side == 0) is larger
            ends.append(known[0] if known and inner else None)
        else:
            ends.append((max if larger else min)(known, key=lambda end: end.size))
    low, high = ends
    if low is not None and high is not None and low.key == high.key:
        return low
    return Range(low, high, names_of(left) | names_of(right))


def names_of(amount: Amount) -> frozenset[str]:
    """The unknowns that a range depends on."""
    return amount.names if isinstance(amount, Range) else frozenset()


def sure_end(amount: Amount, better: str | None) -> Value | None:
    """The end of a range that is certain, whatever the unknowns turn out to be."""
    if isinstance(amount, Range):
        return None if better is None else amount.low if better == "more" else amount.high
    return amount


def together(left: Sequence[Candidate], right: Sequence[Candidate], better: str | None) -> tuple[Candidate, ...]:
    """Two sets of candidates of one rank: the better where that is known, else all that differ. Earlier ones stay
    where two are equal."""
    out = list(left)
    for new in right:
        for place, old in enumerate(out):
            if old.key == new.key:
                break
            best = best_of(old, new, better)
            if best is not None:
                out[place] = best
                break
        else:
            out.append(new)
    return tuple(out)
