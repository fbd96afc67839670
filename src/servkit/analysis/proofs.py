"""All proofs of a book at once."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from servkit.analysis.case_space import CaseSpace
from servkit.analysis.constant_conditions import always_holding, never_holding
from servkit.analysis.dead_rows import dead_rows
from servkit.analysis.gaps import unbegun_rates, version_gaps
from servkit.analysis.idle_segments import idle_segments, outranked_overrides
from servkit.analysis.results import Fault, Outcome, Unproved
from servkit.analysis.ties import ties
from servkit.analysis.unused_names import unused_names

if TYPE_CHECKING:
    from collections.abc import Iterable

    from servkit.book.library import Book
    from servkit.book.settings import Attribute


class Result(NamedTuple):
    """What one proof found, and what it could not prove."""

    faults: tuple[Fault, ...]
    unproved: tuple[Unproved, ...]


class Proofs:
    """The proofs of a book, each made when it is first asked for.

    ``since`` is an ordinal; nothing is proved of the days before it.
    """

    def __init__(self, book: Book, since: int | None = None) -> None:
        self.cases = CaseSpace(book, since)

    @cached_property
    def never(self) -> Result:
        """Conditions that can never hold, and documents that can never apply."""
        return _sorted(never_holding(self.cases))

    @cached_property
    def always(self) -> Result:
        """Conditions that hold for everybody."""
        return _sorted(always_holding(self.cases))

    @cached_property
    def dead_rows(self) -> Result:
        """Rows of decision tables that nobody reaches."""
        return _sorted(dead_rows(self.cases))

    @cached_property
    def idle_segments(self) -> Result:
        """Segments that never decide anything."""
        return _sorted(idle_segments(self.cases))

    @cached_property
    def outranked(self) -> Result:
        """What segments set that never decides its term."""
        return _sorted(outranked_overrides(self.cases))

    @cached_property
    def ties(self) -> Result:
        """Segments of one priority that disagree about somebody."""
        return _sorted(ties(self.cases))

    @cached_property
    def gaps(self) -> Result:
        """Days without a version of a document that is referred to."""
        return _sorted(version_gaps(self.cases))

    @cached_property
    def unbegun(self) -> Result:
        """Terms that are offered before the first day of their dated value."""
        return _sorted(unbegun_rates(self.cases))

    @cached_property
    def unused(self) -> tuple[tuple[tuple[Attribute, str], ...], tuple[Unproved, ...]]:
        """Names on which no answer depends, each with the reason; and those of which that could not be proved."""
        found = list(unused_names(self.cases))
        return (
            tuple(item for item in found if not isinstance(item, Unproved)),
            tuple(item for item in found if isinstance(item, Unproved)),
        )

    @property
    def all(self) -> Result:
        """Every fault in a document, and everything that could not be proved."""
        results = (
            *(self.never, self.always, self.dead_rows, self.idle_segments),
            *(self.outranked, self.ties, self.gaps, self.unbegun),
        )
        faults = tuple(fault for result in results for fault in result.faults)
        return Result(faults, (*(one for result in results for one in result.unproved), *self.unused[1]))


def _sorted(outcomes: Iterable[Outcome]) -> Result:
    found = list(outcomes)
    return Result(
        tuple(one for one in found if isinstance(one, Fault)), tuple(one for one in found if isinstance(one, Unproved))
    )
