"""Who is in which segment: certainly, certainly not, or perhaps (BOOK.md 6)."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple
from weakref import WeakKeyDictionary

from servkit.answer.case_facts import World
from servkit.answer.result import MightBe
from servkit.answer.scope import in_force
from servkit.book.conditions import Condition, Record

if TYPE_CHECKING:
    from collections.abc import Mapping

    from servkit.answer.resolution import Inquiry
    from servkit.book.entries import Entry
    from servkit.book.library import Library
    from servkit.domains.decision_index import DecisionIndex

#: Days of one book whose segments are kept at hand.
_DAYS = 8


class SegmentsInForce:
    """The segments of a book on a day, by id. Asked more than once, they are asked through an index."""

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
        from servkit.domains.decision_index import DecisionIndex

        return DecisionIndex(list(self.conditions.values()), self.day, self._variables)

    def verdicts(self, record: Record) -> dict[str, bool | None]:
        """Three-valued logic's verdict on every segment. Raises Incomparable."""
        if self._asked:
            from servkit.domains.masks import members

            true, possible = self.index.decide(record.values)
            out: dict[str, bool | None] = dict.fromkeys(self.conditions, False)
            for place in members(possible):
                out[self._ids[place]] = True if true >> place & 1 else None
            return out
        self._asked = True  # one decision alone is sooner made than an index
        return {id_: condition.kleene(record) for id_, condition in self.conditions.items()}


_at_hand: WeakKeyDictionary[Library, dict[int, SegmentsInForce]] = WeakKeyDictionary()


def segments_in_force(library: Library, day: int) -> SegmentsInForce:
    """The segments of a book on a day, kept at hand as long as the book is, which never changes once it is read."""
    days = _at_hand.setdefault(library, {})
    found = days.get(day)
    if found is None:
        if len(days) >= _DAYS:
            days.clear()
        found = days[day] = SegmentsInForce(library, day)
    return found


class Belonging(NamedTuple):
    """The world of a case: what is known, who is in which segment, and those that might be."""

    world: World
    entries: Mapping[str, Entry]
    certain: list[Entry]
    might_be: list[MightBe]

    @property
    def live(self) -> list[Entry]:
        """The segments that the customer is or might be in, by id."""
        verdicts = self.world.record.segments
        return [entry for id_, entry in self.entries.items() if verdicts[id_] is not False]


def belong(inquiry: Inquiry) -> Belonging:
    """Settle every segment, and the unknowns that each perhaps hangs on."""
    segments = segments_in_force(inquiry.library, inquiry.today)
    inquiry.problems += segments.problems
    alone = World(Record(inquiry.values, inquiry.today), inquiry.settings.variables, {})
    verdicts = segments.verdicts(alone.record)
    might_be = []
    for id_, verdict in verdicts.items():
        if verdict is None:
            entry = segments.entries[id_]
            verdicts[id_], names = inquiry.verdict(alone, segments.conditions[id_])
            if verdicts[id_] is None:
                might_be.append(MightBe(entry, tuple(sorted(names))))
    record = Record(inquiry.values, inquiry.today, verdicts)
    world = World(record, inquiry.settings.variables, segments.conditions)
    certain = [segments.entries[id_] for id_, verdict in verdicts.items() if verdict]
    return Belonging(world, segments.entries, certain, might_be)
