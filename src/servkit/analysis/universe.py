"""The universe: everybody who could be asked about, on every day, as far as a book tells them apart."""

from __future__ import annotations

import marshal
from functools import cached_property
from itertools import chain, islice
from typing import TYPE_CHECKING, NamedTuple

from servkit.analysis.days import common, representatives
from servkit.analysis.evident import Evident
from servkit.analysis.narrowed import FEW, Measures, Narrowed, of_one_kind
from servkit.answer.scope import in_force
from servkit.book.conditions import All, AnyOf, Bounds, Condition, InSegment, Known, OneOf
from servkit.book.entries import OWNERS
from servkit.book.values import choice_value, flag_value, text_value
from servkit.domains.cover import Cover, Point
from servkit.domains.diagram import TooManyCombinationsError
from servkit.domains.space import Box, Scene, Space

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator, Sequence

    from servkit.analysis.days import Period
    from servkit.analysis.value_sources import Setter
    from servkit.answer.case import Case
    from servkit.book.conditions import Atom
    from servkit.book.entries import Entry
    from servkit.book.library import Book, Library
    from servkit.book.terms import Term


#: Tests of one value against constants, whatever the day.
_LONE = (OneOf, Bounds)


class Spot(NamedTuple):
    """Somebody and a day: a cell on every axis that matters."""

    space: Space
    point: Point

    @property
    def day(self) -> int:
        return self.space.scene.today

    @property
    def loose(self) -> bool:
        """Whether a pattern was taken to be free, so that nobody may be like this."""
        return any(self.space.axes[place].cell(cell).loose for place, cell in self.point.items())


class Universe:
    """What proofs are about. ``since``: days before it are past, and nothing is said of them. ``only``: the documents
    of which it is not evident already that they are fine; all that are not among them are taken to be."""

    def __init__(self, book: Book, since: int | None = None, only: Collection[Entry] | None = None) -> None:
        self.book, self.since = book, since
        self.settings = book.settings
        self.evident = Evident(book.settings)
        self._only = None if only is None else {id(entry) for entry in only}
        self._segments: dict[tuple[str, int], Condition | None] = {}
        self._restrictions: dict[int, Condition | None] = {}
        #: What :func:`servkit.analysis.value_sources.setters_of` found for a term, which is kept by its document.
        self.known_setters: dict[int, list[Setter]] = {}
        #: Answers to questions about one condition while one document is in force: many documents ask alike.
        self._alike: dict[tuple[str, bytes, Period], bool] = {}

    # --- the book on a day ------------------------------------------------------------------------------------

    def scene(self, day: int) -> Scene:
        return Scene(day, self.settings.variables, lambda id_: self.segment(id_, day))

    def segment(self, id_: str, day: int) -> Condition | None:
        """The condition of a segment on a day; None where it holds nobody."""
        key = (id_, day)
        if key not in self._segments:
            versions, _ = in_force(self.book.versions("segment", id_), day)
            self._segments[key] = versions[0].entry.when if versions and versions[0].speaks else None
        return self._segments[key]

    @property
    def questionable(self) -> list[Entry]:
        """Of the segments, then of all other documents, those whose conditions are not evidently fine."""
        return self._looked_over[0]

    @property
    def working_out(self) -> list[Entry]:
        """Of the segments, then of all other documents, those that have values other than plain ones."""
        return self._looked_over[1]

    @cached_property
    def _looked_over(self) -> tuple[list[Entry], list[Entry]]:
        questionable, working_out = [], []
        for entry in chain(self.book.segments(), self.book.everything()):
            if self._only is None or id(entry) in self._only:
                if not self.evident.conditions_fine(entry):
                    questionable.append(entry)
                if not self.evident.values_plain(entry):
                    working_out.append(entry)
        return questionable, working_out

    @cached_property
    def owners(self) -> dict[str, list[Entry]]:
        """Standards and policies by id."""
        out: dict[str, list[Entry]] = {}
        for entry in self.book.everything():
            if entry.kind in OWNERS:
                out.setdefault(entry.id, []).append(entry)
        return out

    @cached_property
    def setters(self) -> dict[str, list[Entry]]:
        """The segments that set a term, by its reference."""
        out: dict[str, list[Entry]] = {}
        for entry in self.book.segments():
            for ref in entry.logic.get("moves", {}):
                out.setdefault(ref, []).append(entry)
        return out

    def terms(self, ref: str) -> Iterator[tuple[Term, Entry]]:
        """Every version of a term, with the document that owns it."""
        id_, _, name = ref.partition(".")
        for entry in self.owners.get(id_, ()):
            if name in entry.terms:
                yield entry.terms[name], entry

    def restriction(self, entry: Entry) -> Condition | None:
        """The whole applicability of a document as one condition: channels, roles, segments and ``when``."""
        key = id(entry)
        if key not in self._restrictions:
            self._restrictions[key] = self._restriction(entry)
        return self._restrictions[key]

    def _restriction(self, entry: Entry) -> Condition | None:
        parts: list[Condition] = []
        asked = {atom.name for atom in entry.when.atoms() if isinstance(atom, Known)} if entry.when else set()
        if channels := entry.list("channels"):
            parts.append(_given("channel", OneOf("in", "channel", tuple(map(text_value, channels))), asked))
        if roles := entry.list("roles"):
            among = tuple(choice_value(role, self.settings.roles) for role in roles)
            parts.append(_given("role", OneOf("in", "role", among), asked))
        if segments := entry.list("segments"):
            parts.append(InSegment("has_any", "segment", tuple(map(text_value, segments))))
        if entry.when is not None:
            parts.append(entry.when)
        return None if not parts else parts[0] if len(parts) == 1 else All(tuple(parts))

    def once(self, question: str, condition: Condition, entry: Entry, ask: Callable[[Condition], bool]) -> bool:
        """The answer to a question about a condition while a document is in force, worked out once for all alike."""
        key = (question, marshal.dumps(condition.encode(), 2), entry.period)
        if key not in self._alike:
            self._alike[key] = ask(condition)
        return self._alike[key]

    def apart(self, condition: Condition) -> Sequence[Condition]:
        """The parts of a condition where each is about another attribute or fact and none about days or segments.

        Then whoever fulfils one part may fulfil any other as well or not, and what holds of the whole is told by the
        parts, which many documents have alike. Else the condition itself.
        """
        parts = condition.parts if type(condition) is All else ()
        names = {part.name for part in parts if type(part) in _LONE and part.name in self.settings.names}  # type: ignore[attr-defined]
        return parts if parts and len(names) == len(parts) else (condition,)

    def somewhere(self, entry: Entry) -> tuple[str, ...]:
        """What to ask about so that an answer is short: the documents whose terms a segment sets, else just one."""
        owners = [owner for ref in entry.logic.get("moves", {}) for _, owner in self.terms(ref)]
        if not owners:
            owners = [versions[0] for versions in islice(self.owners.values(), 20)][:1]
        ids = dict.fromkeys(owner.id for owner in owners)
        hidden = any(id_ in self.settings.areas for id_ in ids)
        return () if hidden else tuple(ids)

    def asked(self, case: Case) -> Library:
        """What to ask about a case by the ids of documents: the book, or as much of it as such a question hangs on."""
        book = self.book
        if len(book.applicable(None)) <= FEW or not case.about or not of_one_kind(book, case.about):
            return book
        return self._narrowed if self._measures.fit(case) else book

    @cached_property
    def _narrowed(self) -> Narrowed:
        return Narrowed(self.book)

    @cached_property
    def _measures(self) -> Measures:
        return Measures(self.book.everything(), self.working_out)

    # --- questions --------------------------------------------------------------------------------------------

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
        self, wanted: Sequence[Condition], avoided: Sequence[Condition] = (), entries: Sequence[Entry] = ()
    ) -> Spot | None:
        """Somebody for whom all of ``wanted`` and none of ``avoided`` is true, while the entries are in force.

        None where nobody ever is. Raises TooManyCombinationsError where that cannot be settled.
        """
        loose = None
        for day in self.days((*wanted, *avoided), entries):
            spot = self.find_on(day, wanted, avoided)
            if spot is not None and not spot.loose:
                return spot
            loose = loose or spot
        return loose

    def find_on(self, day: int, wanted: Sequence[Condition], avoided: Sequence[Condition] = ()) -> Spot | None:
        """The same on one day."""
        space = Space(self.scene(day), (*wanted, *avoided))
        boxes = space.both(space.boxes(condition) for condition in wanted)
        cover = Cover([axis.size for axis in space.axes])
        for condition in avoided if boxes else ():
            for box in space.boxes(condition):
                cover.add(box)
        return first_point(space, cover, boxes)


def first_point(space: Space, cover: Cover, boxes: Iterable[Box]) -> Spot | None:
    """A point of some box outside the cover; one that a value can be named for goes first."""
    loose = None
    for box in boxes:
        point = cover.point(box)
        if point is not None:
            spot = Spot(space, point)
            if not spot.loose:
                return spot
            loose = loose or spot
    return loose


def _given(name: str, atom: Condition, asked: set[str]) -> Condition:
    """A channel or role that is not given does not restrict; that only makes a difference where a ``when`` asks."""
    return AnyOf((Known("known", name, (flag_value(False),)), atom)) if name in asked else atom


def edges(entry: Entry) -> set[int]:
    """The days on which a document comes into force and goes out of it."""
    first, last = entry.period
    return {day for day in (first, last + 1 if last is not None else None) if day is not None}


__all__ = ["Spot", "TooManyCombinationsError", "Universe", "edges", "first_point"]
