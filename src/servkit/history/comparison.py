"""The comparison of two books: every class of cases that get something else, exactly, each with a witness."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from servkit.answer.documents import restriction
from servkit.answer.scope import select
from servkit.book.dates import LAST
from servkit.book.problems import ServkitError, UnknownNameError
from servkit.domains.boxes import boxes_where
from servkit.domains.diagram import TooManyCombinationsError
from servkit.history.box_conditions import condition_of
from servkit.history.changes import Change, Comparison
from servkit.history.conditions import all_of, any_of, days_condition
from servkit.history.day_runs import Asked, DayGroup, day_groups
from servkit.history.differences import Affected, affected, differing
from servkit.history.edits import Edits
from servkit.history.effects import Effect, Part, document_effects, segment_effects
from servkit.history.known_names import names_asked_for, only_one_knows
from servkit.history.layout import CannotCompareError
from servkit.history.sides import Side, Viewpoint
from servkit.history.term_effects import term_effects
from servkit.history.witnesses import find_witness

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from servkit.book.amounts import Expression
    from servkit.book.conditions import Condition
    from servkit.book.entries import Entry
    from servkit.book.library import Library
    from servkit.history.conditions import When
    from servkit.history.day_runs import Run
    from servkit.history.differences import Versions
    from servkit.history.sides import SideOnDay

#: How many days ahead are looked at, where nobody says otherwise.
DAYS_AHEAD = 366
_TOO_MANY = "too many combinations to compare {what}"


class Request(NamedTuple):
    """From which day to which day, what about, and for whom."""

    on: date
    until: date
    about: tuple[str, ...] = ()
    role: str | None = None

    @property
    def window(self) -> Run:
        return self.on.toordinal(), self.until.toordinal()


def request_for(on: date, until: date | None = None, about: Sequence[str] = (), role: str | None = None) -> Request:
    """A request from a day on, to a year later or to another day. Raises ServkitError where that one is before."""
    last = date.fromordinal(min(on.toordinal() + DAYS_AHEAD, LAST)) if until is None else until
    if last < on:
        raise ServkitError(f"--until {last} is before --on {on}")
    return Request(on, last, tuple(about), role)


def compare_books(before: Library, after: Library, request: Request) -> Comparison:
    """What differs between two books in what anybody gets, is told to apply, and belongs to."""
    return Comparer(*viewpoints(before, after, request), request).compare()


def viewpoints(before: Library, after: Library, request: Request) -> tuple[Viewpoint, Viewpoint]:
    """Two books, each for the role that was asked for."""
    forced = {} if request.role is None else {"role": request.role}
    for library in (before, after):
        if request.role is not None and request.role not in library.settings.roles:
            roles = library.settings.roles
            raise UnknownNameError("role", request.role, roles, f"choose from {', '.join(roles)}")
    return Viewpoint(before, forced), Viewpoint(after, forced)


class Comparer:
    """Compares two books; what it found on the way is there for those who tell more of it."""

    def __init__(
        self, left: Viewpoint, right: Viewpoint, request: Request, versions: Sequence[Versions] | None = None
    ) -> None:
        """``versions`` are the documents that differ, where they are known already."""
        before, after = left.library, right.library
        self.versions = differing(before, after) if versions is None else versions
        self.viewpoints, self.libraries, self.request = (left, right), (before, after), request
        roles = [role for role in after.settings.roles if role in before.settings.roles]
        #: The roles whose ends are compared: each with itself, or where a side has a role of its own, that one.
        self.roles = [self._roles(left, roles), self._roles(right, roles)]
        channels = set(before.settings.channels) & set(after.settings.channels)
        given = frozenset({*(("role",) if roles else ()), *(("channel",) if channels else ())})
        self.sides = [Side(viewpoint, given) for viewpoint in self.viewpoints]
        self.blank = frozenset(name for library in self.libraries for name in names_asked_for(library))
        self.problems: list[str] = list(only_one_knows(before, after))
        self.changes: list[Change] = []
        #: What everything that may differ goes by, in both books.
        self.conditions: list[Condition] = []
        self.amounts: list[Expression] = []
        self.units = Affected((), (), ())
        #: Documents (``kind:id``) that are not compared.
        self.left_out: frozenset[str] = frozenset()

    @staticmethod
    def _roles(viewpoint: Viewpoint, common: Sequence[str]) -> Sequence[str]:
        role = viewpoint.forced.get("role")
        return common if role is None else [role]

    def compare(self, units: Affected | None = None) -> Comparison:
        """All classes, and what could not be compared: of everything that may differ, or of ``units``."""
        self.edits = Edits(self.versions)
        units = self.units = self._asked_about(units or affected(*self.libraries, self.versions))
        for id_ in units.segments if self.viewpoints[0].segment is None else ():
            self._unit(f"segment {id_}", self._segment(id_), partial(segment_effects, id_, blank=self.blank))
        for kind, id_ in units.documents:
            asked = self._document((kind,), id_)
            self._unit(f"{kind} {id_}", asked, partial(document_effects, kind, id_, blank=self.blank))
        for ref in units.terms:
            self._unit(ref, self._term(ref), partial(term_effects, ref, blank=self.blank, roles=self.roles))
        self._areas(units)
        request = self.request
        return Comparison(
            request.on.isoformat(), request.until.isoformat(), tuple(self.changes), tuple(dict.fromkeys(self.problems))
        )

    def _asked_about(self, units: Affected) -> Affected:
        """What of it was asked about, without what is left out."""
        owners = {name.partition(":")[2] for name in self.left_out if name.partition(":")[0] in self._owner_kinds}
        units = Affected(
            tuple(id_ for id_ in units.segments if f"segment:{id_}" not in self.left_out),
            tuple((kind, id_) for kind, id_ in units.documents if f"{kind}:{id_}" not in self.left_out),
            tuple(ref for ref in units.terms if ref.partition(".")[0] not in owners),
        )
        about = self.request.about
        if not about:
            return units
        entries: list[Entry] = []
        unknown: list[UnknownNameError] = []
        for library in self.libraries:
            try:
                entries += select(library, about, self.request.on.toordinal()).entries
            except UnknownNameError as fault:
                unknown.append(fault)
        if len(unknown) == len(self.libraries):
            raise unknown[-1]
        named = {entry.id for entry in entries} | set(about)
        documents = {(entry.kind, entry.id) for entry in entries}
        segments = {id_ for entry in entries for id_ in entry.list("segments")}
        setting = {entry.id for library in self.libraries for entry in library.segments()
                   if any(ref.partition(".")[0] in named for ref in entry.logic.get("overrides", {}))}  # fmt: skip
        return units._replace(
            segments=tuple(id_ for id_ in units.segments if id_ in segments | setting | set(about)),
            documents=tuple(one for one in units.documents if one in documents),
            terms=tuple(ref for ref in units.terms if ref.partition(".")[0] in named),
        )

    # --- what a part depends on -----------------------------------------------------------------------------------

    def _segment(self, id_: str) -> list[tuple[Library, Asked]]:
        return [
            (library, Asked(entries, [entry.when for entry in entries if entry.when is not None]))
            for library in self.libraries
            for entries in [library.versions("segment", id_)]
        ]

    def _document(self, kinds: Sequence[str], id_: str) -> list[tuple[Library, Asked]]:
        out = []
        for library in self.libraries:
            entries = [entry for kind in kinds for entry in library.versions(kind, id_)]
            out.append(
                (library, Asked(entries, [found for entry in entries if (found := restriction(entry)) is not None]))
            )
        return out

    def _term(self, ref: str) -> list[tuple[Library, Asked]]:
        id_, _, name = ref.partition(".")
        out = []
        for (library, owner), side in zip(self._document(self._owner_kinds, id_), self.sides, strict=True):
            terms = [side.term(entry.terms[name]) for entry in owner.entries if name in entry.terms]
            setting = [entry for entry in library.segments() if ref in entry.logic.get("overrides", {})]
            conditions: list[Condition] = [*owner.conditions, *(one for term in terms for one in term.conditions())]
            conditions += [entry.when for entry in setting if entry.when is not None]
            amounts = [amount for term in terms for amount in term.amounts()]
            amounts += [entry.overrides[ref] for entry in setting]
            out.append((library, Asked([*owner.entries, *setting], conditions, amounts)))
        return out

    @property
    def _owner_kinds(self) -> Sequence[str]:
        return list(dict.fromkeys(kind for library in self.libraries for kind in library.settings.owners))

    # --- classes --------------------------------------------------------------------------------------------------

    def _unit(
        self,
        what: str,
        asked: Sequence[tuple[Library, Asked]],
        effects: Callable[[SideOnDay, SideOnDay], Iterator[Effect]],
    ) -> None:
        """Compare one thing on all days, and note its classes."""
        for _, one in asked:
            self.conditions += one.conditions
            self.amounts += one.amounts
        try:
            found: dict[tuple[object, ...], list[tuple[DayGroup, Effect, When]]] = {}
            for group in self._groups(asked):
                before, after = (side.on(group.day) for side in self.sides)
                for effect in effects(before, after):
                    boxes = boxes_where(
                        effect.layout.diagrams, effect.diagram, [one.size for one in effect.layout.variables]
                    )
                    key = (effect.part, effect.before, effect.after)
                    found.setdefault(key, []).append((group, effect, condition_of(boxes, effect.layout)))
            self.changes += [self._change(parts) for parts in found.values()]
        except TooManyCombinationsError:
            self.problems.append(_TOO_MANY.format(what=what))
        except CannotCompareError as fault:
            self.problems.append(f"{what} cannot be compared: {fault}")

    def _groups(self, asked: Sequence[tuple[Library, Asked]]) -> list[DayGroup]:
        """The days to look at; where each side has a day of its own, these two."""
        if self.viewpoints[0].day is not None:
            return [DayGroup((self.request.window,))]
        return day_groups(self.request.window, asked)

    def _change(self, found: Sequence[tuple[DayGroup, Effect, When]]) -> Change:
        """One class over all its days."""
        _, effect, _ = found[0]
        runs: dict[str, tuple[When, list[Run]]] = {}
        for group, _, when in found:
            runs.setdefault(repr(when), (when, []))[1].extend(group.runs)
        whens = [all_of([when, days_condition(days, self.request.window)]) for when, days in runs.values()]
        directions = {one.direction for _, one, _ in found}
        direction = directions.pop() if len(directions) == 1 else "other"
        exact = all(one.exact for _, one, _ in found)
        change = Change(effect.part, effect.before, effect.after, direction, exact, any_of(whens), None, (None, None),
                        follows=all(one.follows for _, one, _ in found))  # fmt: skip
        for group, one, _ in sorted(found, key=lambda item: item[0].day):
            shown = find_witness(one, self.viewpoints, group.day)
            if shown is not None:
                witness, values, places = shown
                cause = self.edits.of(effect.part, places, list(self._documents_of(effect.part)))
                return replace(change, witness=witness, places=places, values=None if exact else values, cause=cause)
        self.problems.append(f"{effect.part.id} ({effect.part.part}) may differ, but no case was found that shows it")
        return change

    def _documents_of(self, part: Part) -> Iterator[tuple[str, str]]:
        """The documents that a part depends on, the nearest first."""
        kind, colon, id_ = part.id.partition(":")
        if colon:
            yield kind, id_
        elif part.what == "segment":
            yield "segment", part.id
        else:
            owner = part.id.partition(".")[0]
            yield from ((one, owner) for one in self._owner_kinds)
        for library in self.libraries:
            for entry in library.segments():
                if part.what != "segment" and (part.id in entry.logic.get("overrides", {})):
                    yield "segment", entry.id
        for library in self.libraries if part.what != "segment" else ():
            yield from (("segment", entry.id) for entry in library.segments())

    def _areas(self, units: Affected) -> None:
        """The areas of documents that are there in both books."""
        for kind, id_ in units.documents:
            before, after = ([sorted({area for entry in library.versions(kind, id_) for area in entry.list("areas")})]
                             if library.versions(kind, id_) else None for library in self.libraries)  # fmt: skip
            if before is None or after is None or before == after:
                continue
            places = tuple(f"{entry.path}:{entry.line}" for library in self.libraries
                           for entry in library.versions(kind, id_)[:1])  # fmt: skip
            part = Part("document", f"{kind}:{id_}", "areas")
            told = ["; ".join(areas[0]) or None for areas in (before, after)]
            cause = self.edits.of(part, (places[0], places[1]), [(kind, id_)])
            change = Change(part, told[0], told[1], "other", True, {}, None, (places[0], places[1]), cause=cause)
            self.changes.append(change)


def compare_viewpoints(left: Viewpoint, right: Viewpoint, request: Request) -> Comparison:
    """What differs between two viewpoints on one book."""
    entries = [*left.library.segments(), *left.library.everything()]
    owners = left.library.settings.owners
    units = Affected(
        tuple(sorted({entry.id for entry in entries if entry.kind == "segment"})),
        tuple(sorted({(entry.kind, entry.id) for entry in entries if entry.kind != "segment"})),
        tuple(sorted({f"{entry.id}.{name}" for entry in entries if entry.kind in owners for name in entry.terms})),
    )
    return Comparer(left, right, request, versions=()).compare(units)
