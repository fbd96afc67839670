"""Values in the running for a term: which of two is kinder to the customer."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence

    from servkit.answer.result import Origin
    from servkit.book.values import Value


class Candidate(NamedTuple):
    """A value in the running, and where it comes from; limits and grants come from nowhere.

    It ``moves`` where it is worked out from something unknown and a little more or less of that would change it. It is
    not ``reached`` where values beyond it follow without end: it stands for all of them.
    """

    value: Value
    origin: Origin | None = None
    moves: bool = False
    reached: bool = True

    @property
    def key(self) -> tuple[str, object]:
        """Equal for equal values, whatever they come from."""
        return self.value.key


def kinder(left: Value, right: Value, better: str | None) -> bool | None:
    """Whether ``left`` is better for the customer; None where they do not compare."""
    if better is None or left.family != right.family:
        return None
    return bool(left.size > right.size if better == "more" else left.size < right.size)


def best_of(left: Candidate, right: Candidate, better: str | None) -> Candidate | None:
    """The better of two for the customer, ``left`` where they are equal; None where they do not compare."""
    verdict = kinder(right.value, left.value, better)
    return None if verdict is None else right if verdict else left


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
