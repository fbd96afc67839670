"""Who is in which segment: certainly, certainly not, or perhaps (BOOK.md 6)."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from servkit.answer.case_context import CaseContext
from servkit.answer.result import MightBe
from servkit.answer.scope import in_force
from servkit.book.conditions import Condition, Record
from servkit.domains.decision_index import DecisionIndex
from servkit.domains.masks import members

if TYPE_CHECKING:
    from collections.abc import Mapping

    from servkit.answer.resolution import Resolution
    from servkit.book.entries import Entry
    from servkit.book.library import Library

#: So many days of one book are cached.
_MAX_DAYS = 8


class SegmentsInForce:
    """The segments of a book on a day, by id. From the second question on, they are decided by an index."""

    def __init__(self, library: Library, day: int) -> None:
        versions, self.problems = in_force(library.segments(), day)
        speaking = [version.entry for version in versions if version.speaks and version.entry.when is not None]
        self.day = day
        self.entries: dict[str, Entry] = {entry.id: entry for entry in sorted(speaking, key=lambda entry: entry.id)}
        self.conditions: dict[str, Condition] = {id_: entry.when for id_, entry in self.entries.items() if entry.when}
        self._ids = list(self.conditions)
        self._variables = library.settings.variables
        self._asked = False

    @cached_property
    def index(self) -> DecisionIndex:
        """All conditions at once, in the order of ``entries``."""
        return DecisionIndex(list(self.conditions.values()), self.day, self._variables)

    def verdicts(self, record: Record) -> dict[str, bool | None]:
        """Three-valued logic's verdict on every segment. Raises Incomparable."""
        if self._asked:
            true, possible = self.index.decide(record.values)
            out: dict[str, bool | None] = dict.fromkeys(self.conditions, False)
            for place in members(possible):
                out[self._ids[place]] = True if true >> place & 1 else None
            return out
        self._asked = True  # a single decision is quicker without making an index
        return {id_: condition.kleene(record) for id_, condition in self.conditions.items()}


def segments_in_force(library: Library, day: int) -> SegmentsInForce:
    """The segments of a book on a day, cached as long as the book exists; a book never changes once it is read."""
    days: dict[int, SegmentsInForce] = library.made.setdefault(SegmentsInForce, {})
    found = days.get(day)
    if found is None:
        if len(days) >= _MAX_DAYS:
            days.clear()
        found = days[day] = SegmentsInForce(library, day)
    return found


class Membership(NamedTuple):
    """The context of a case: what is known, who is in which segment, and those that might be."""

    context: CaseContext
    entries: Mapping[str, Entry]
    certain: list[Entry]
    might_be: list[MightBe]

    @property
    def possible_segments(self) -> list[Entry]:
        """The segments that the customer is or might be in, by id."""
        verdicts = self.context.record.segments
        return [entry for id_, entry in self.entries.items() if verdicts[id_] is not False]


def find_membership(resolution: Resolution) -> Membership:
    """Decide every segment, and find the unknowns that the possible ones depend on."""
    segments = segments_in_force(resolution.library, resolution.today)
    resolution.problems += segments.problems
    alone = CaseContext(Record(resolution.values, resolution.today), resolution.settings.variables, {})
    verdicts = segments.verdicts(alone.record)
    might_be = []
    for id_, verdict in verdicts.items():
        if verdict is None:
            entry = segments.entries[id_]
            verdicts[id_], names = resolution.verdict(alone, segments.conditions[id_])
            if verdicts[id_] is None:
                might_be.append(MightBe(entry, tuple(sorted(names))))
    record = Record(resolution.values, resolution.today, verdicts)
    context = CaseContext(record, resolution.settings.variables, segments.conditions)
    certain = [segments.entries[id_] for id_, verdict in verdicts.items() if verdict]
    return Membership(context, segments.entries, certain, might_be)
