"""The case space: every case that a book can tell apart, on every day. Proofs search it."""

from __future__ import annotations

from decimal import Decimal
from functools import cached_property
from itertools import islice
from typing import TYPE_CHECKING, NamedTuple

from servkit.analysis.days import common, representatives
from servkit.analysis.library_views import WitnessLibrary
from servkit.answer.overrides import typed
from servkit.answer.scope import in_force
from servkit.book.conditions import All, AnyOf, Atom, Bounds, Condition, InSegment, Known, OneOf
from servkit.book.problems import ValueProblem
from servkit.book.values import choice_value, flag_value, text_value
from servkit.domains.axis import atom_key
from servkit.domains.cover import Cover, Point
from servkit.domains.space import Box, Scene, Space

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from servkit.analysis.days import Period
    from servkit.answer.case import Case
    from servkit.book.amounts import Expression
    from servkit.book.entries import Entry
    from servkit.book.library import Book, Library
    from servkit.book.terms import Term
    from servkit.domains.axis import Axis


class Assignment(NamedTuple):
    """A solution: a day, and a cell on every axis that matters."""

    space: Space
    point: Point

    @property
    def day(self) -> int:
        return self.space.scene.today

    @property
    def uncertain(self) -> bool:
        """Whether perhaps no text fits, because a pattern was not compared with other tests."""
        return any(self.space.axes[place].cell(cell).uncertain for place, cell in self.point.items())


class SegmentOverride(NamedTuple):
    """A segment that sets a flexible term to a value that fits it; ``when`` is being in the segment."""

    entry: Entry
    amount: Expression
    when: Condition
    priority: Decimal


class CaseSpace:
    """The cases of one book. Days before ``since`` are past; nothing is proved of them."""

    def __init__(self, book: Book, since: int | None = None) -> None:
        self.book, self.since = book, since
        self.settings = book.settings
        #: The segments, then all other documents that may be restricted.
        self.documents: list[Entry] = [*book.segments(), *book.everything()]
        self._witness_library = WitnessLibrary(book)
        self._axes: dict[object, Axis] = {}
        self._scenes: dict[int, Scene] = {}
        self._segments: dict[tuple[str, int], Condition | None] = {}
        self._restrictions: dict[int, Condition | None] = {}
        self._overrides: dict[int, list[SegmentOverride]] = {}
        #: Answers to questions about one test and period: many documents have the same tests.
        self._answers: dict[tuple[str, object, Period], bool] = {}

    # --- the book on a day ------------------------------------------------------------------------------------

    def scene(self, day: int) -> Scene:
        found = self._scenes.get(day)
        if found is None:
            variables = self.settings.variables
            found = self._scenes[day] = Scene(day, variables, lambda id_: self.segment(id_, day), self._axes)
        return found

    def segment(self, id_: str, day: int) -> Condition | None:
        """The condition of a segment on a day; None where it holds nobody."""
        key = (id_, day)
        if key not in self._segments:
            versions, _ = in_force(self.book.versions("segment", id_), day)
            self._segments[key] = versions[0].entry.when if versions and versions[0].speaks else None
        return self._segments[key]

    @cached_property
    def owners(self) -> dict[str, list[Entry]]:
        """Standards and policies by id."""
        out: dict[str, list[Entry]] = {}
        for entry in self.documents:
            if entry.owns_terms:
                out.setdefault(entry.id, []).append(entry)
        return out

    @cached_property
    def overriding(self) -> dict[str, list[Entry]]:
        """The segments that set a term, by its reference."""
        out: dict[str, list[Entry]] = {}
        for entry in self.book.segments():
            for ref in entry.logic.get("overrides", {}):
                out.setdefault(ref, []).append(entry)
        return out

    def terms(self, ref: str) -> Iterator[tuple[Term, Entry]]:
        """Every version of a term, with the document that owns it."""
        id_, _, name = ref.partition(".")
        for entry in self.owners.get(id_, ()):
            if name in entry.terms:
                yield entry.terms[name], entry

    def overrides(self, term: Term) -> list[SegmentOverride]:
        """The segments that set a flexible term, as far as their values fit it."""
        found = self._overrides.get(id(term))
        if found is None:
            found = self._overrides[id(term)] = list(self._overrides_of(term))
        return found

    def _overrides_of(self, term: Term) -> Iterator[SegmentOverride]:
        for entry in self.overriding.get(term.ref, ()) if not term.fixed else ():
            amount = entry.overrides.get(term.ref)
            if amount is None:
                continue
            try:
                fitting = typed(amount, term, self.settings)
            except ValueProblem:
                continue
            yield SegmentOverride(entry, fitting, member(entry.id), Decimal(entry.logic.get("priority", "0")))

    def restriction(self, entry: Entry) -> Condition | None:
        """The whole applicability of a document as one condition: channels, roles, segments and ``when``."""
        key = id(entry)
        if key not in self._restrictions:
            self._restrictions[key] = self._restriction(entry)
        return self._restrictions[key]

    def _restriction(self, entry: Entry) -> Condition | None:
        parts: list[Condition] = []
        tested = {atom.name for atom in entry.when.atoms() if isinstance(atom, Known)} if entry.when else set()
        if channels := entry.list("channels"):
            parts.append(_given("channel", OneOf("in", "channel", tuple(map(text_value, channels))), tested))
        if roles := entry.list("roles"):
            among = tuple(choice_value(role, self.settings.roles) for role in roles)
            parts.append(_given("role", OneOf("in", "role", among), tested))
        if segments := entry.list("segments"):
            parts.append(InSegment("has_any", "segment", tuple(map(text_value, segments))))
        if entry.when is not None:
            parts.append(entry.when)
        return None if not parts else parts[0] if len(parts) == 1 else All(tuple(parts))

    # --- what a witness asks about ----------------------------------------------------------------------------

    def somewhere(self, entry: Entry) -> tuple[str, ...]:
        """What to ask about for a short answer: the documents whose terms a segment sets, else just one."""
        owners = [owner for ref in entry.logic.get("overrides", {}) for _, owner in self.terms(ref)]
        if not owners:
            owners = [versions[0] for versions in islice(self.owners.values(), 20)][:1]
        ids = dict.fromkeys(owner.id for owner in owners)
        hidden = any(id_ in self.settings.areas for id_ in ids)
        return () if hidden else tuple(ids)

    def library(self, case: Case) -> Library:
        """The book, or as much of it as the answer about a case depends on."""
        return self._witness_library.view(case)

    # --- questions --------------------------------------------------------------------------------------------

    def once(self, question: str, condition: Condition, entry: Entry, ask: Callable[[Condition], bool]) -> bool:
        """The answer to a question about a condition while a document is in force; for equal tests worked out once."""
        test = (condition.name, atom_key(condition)) if isinstance(condition, Atom) else condition
        key = (question, test, entry.period)
        found = self._answers.get(key)
        if found is None:
            found = self._answers[key] = ask(condition)
        return found

    def independent_parts(self, condition: Condition) -> Sequence[Condition]:
        """The parts of a condition where each is about another attribute or fact, and none about days or segments.

        Whoever fulfils one of them may fulfil any other or not, so the whole can be answered part by part, and many
        documents have the parts in common. Otherwise the condition itself.
        """
        parts = condition.parts if type(condition) is All else ()
        names = {part.name for part in parts if isinstance(part, (OneOf, Bounds)) and part.name in self.settings.names}
        return parts if parts and len(names) == len(parts) else (condition,)

    def ever_in_force(self, entry: Entry) -> bool:
        """Whether a document is in force on any day that proofs are about."""
        return common((entry.period,), self.since) is not None

    def days(self, conditions: Iterable[Condition], entries: Iterable[Entry]) -> list[int]:
        """Days that stand for all on which the entries are in force together."""
        window = common((entry.period for entry in entries), self.since)
        if window is None:
            return []
        atoms: list[Atom] = []
        changes: set[int] = set()
        seen: set[str] = set()
        queue = list(conditions)
        while queue:
            for atom in queue.pop().atoms():
                if not isinstance(atom, InSegment):
                    atoms.append(atom)
                    continue
                for id_ in atom.items:
                    if id_ not in seen:
                        seen.add(id_)
                        for version in self.book.versions("segment", id_):
                            changes |= edges(version)
                            if version.when is not None:
                                queue.append(version.when)
        return representatives(window, atoms, changes, self.since)

    def find(
        self, required: Sequence[Condition], avoided: Sequence[Condition] = (), entries: Sequence[Entry] = ()
    ) -> Assignment | None:
        """A case in which all of ``required`` and none of ``avoided`` is true, while the entries are in force.

        None where there is none. Raises TooManyCombinationsError where that cannot be settled.
        """
        uncertain = None
        for day in self.days((*required, *avoided), entries):
            found = self.find_on(day, required, avoided)
            if found is not None and not found.uncertain:
                return found
            uncertain = uncertain or found
        return uncertain

    def find_on(self, day: int, required: Sequence[Condition], avoided: Sequence[Condition] = ()) -> Assignment | None:
        """The same on one day."""
        space = Space(self.scene(day), (*required, *avoided))
        boxes = space.both(space.boxes(condition) for condition in required)
        cover = Cover(space.sizes)
        for condition in avoided if boxes else ():
            for box in space.boxes(condition):
                cover.add(box)
        return first_assignment(space, cover, boxes)

    def find_decided(
        self,
        required: Sequence[Condition],
        avoided: Sequence[Condition],
        others: Iterable[Condition],
        entries: Sequence[Entry],
    ) -> Assignment | None:
        """The same, with enough filled in that ``others`` are decided too: false where they can be."""
        required, avoided = list(required), list(avoided)
        found = self.find(required, avoided, entries)
        for other in others if found is not None else ():
            without = self.find(required, [*avoided, other], entries)
            (avoided if without is not None else required).append(other)
            found = without or self.find(required, avoided, entries) or found
        return found


def first_assignment(space: Space, cover: Cover, boxes: Iterable[Box]) -> Assignment | None:
    """A point of some box outside the cover; a certain one if there is one."""
    uncertain = None
    for box in boxes:
        point = cover.point(box)
        if point is not None:
            found = Assignment(space, point)
            if not found.uncertain:
                return found
            uncertain = uncertain or found
    return uncertain


def member(id_: str) -> Condition:
    """Being in a segment."""
    return InSegment("has", "segment", (text_value(id_),))


def _given(name: str, atom: Condition, tested: set[str]) -> Condition:
    """A channel or role that is not given does not restrict; that only makes a difference where a ``when`` asks."""
    return AnyOf((Known("known", name, (flag_value(False),)), atom)) if name in tested else atom


def edges(entry: Entry) -> set[int]:
    """The days on which a document comes into force and goes out of it."""
    first, last = entry.period
    return {day for day in (first, last + 1 if last is not None else None) if day is not None}
