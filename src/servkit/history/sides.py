"""A side of a comparison: one book as cases see it, on one day.

Cases are complete: they have a value for every name. So every condition of a book is asked of all of them at once
(:mod:`servkit.answer.evaluation`), as resolution asks it of everything unknown. Only ``known`` speaks of the record:
whether a name is on record is a variable of its own here.
"""

from __future__ import annotations

from copy import copy
from datetime import date
from decimal import Decimal
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

from servkit.analysis.library_views import View
from servkit.answer.case_context import CaseContext
from servkit.answer.documents import restriction
from servkit.answer.overrides import typed
from servkit.answer.scope import in_force
from servkit.answer.term_parts import TermParts
from servkit.answer.term_plan import TermOverride, TermPlan
from servkit.book.amounts import Counted, Dated, Expression
from servkit.book.condition_atoms import make_atom
from servkit.book.conditions import All, AnyOf, Atom, Condition, Known, Not, OneOf, Record
from servkit.book.problems import ValueProblem
from servkit.book.settings import BUILT_IN, Attribute
from servkit.book.terms import Row, Term
from servkit.book.values import Value, choice_value, date_value, flag_value, text_value
from servkit.history.rules import traced

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from servkit.book.entries import Entry
    from servkit.book.library import Library

#: What the name of the variable begins with that says whether a name is on record.
ON_RECORD = "\0on record "
_YES, _NO = All(()), AnyOf(())


class Viewpoint(NamedTuple):
    """A book, and what holds for every case that is put to it: a role, channel or office (``forced``), the one segment
    that everybody is in, the day of the lookup."""

    library: Library
    forced: Mapping[str, str] = MappingProxyType({})
    segment: str | None = None
    day: int | None = None

    @property
    def answering(self) -> Library:
        """The book as resolution answers from it here."""
        return self.library if self.segment is None else _InSegment(self.library, self.segment)


class _InSegment(View):
    """A book in which everybody is in one segment and in no other."""

    def __init__(self, book: Library, segment: str) -> None:
        super().__init__(book)
        self._segment = segment

    def segments(self) -> Sequence[Entry]:
        return [self._forced(entry) for entry in super().segments()]

    def versions(self, kind: str, id_: str) -> Sequence[Entry]:
        found = super().versions(kind, id_)
        return [self._forced(entry) for entry in found] if kind == "segment" else found

    def _forced(self, entry: Entry) -> Entry:
        made = copy(entry)
        made.when = _YES if entry.id == self._segment else _NO
        return made


class Side:
    """One book as complete cases see it. ``given`` are the built-in names that every case has a value for."""

    def __init__(self, viewpoint: Viewpoint, given: frozenset[str] = frozenset({"role", "channel"})) -> None:
        self.viewpoint, self.segment = viewpoint, viewpoint.segment
        self.library, self.settings = viewpoint.library, viewpoint.library.settings
        self.given = given
        self.forced = {name: self._value(name, text) for name, text in viewpoint.forced.items()}
        self._prepared: dict[int, tuple[Condition, Condition]] = {}
        self._days: dict[int, SideOnDay] = {}
        self._terms: dict[int, tuple[Term, Term]] = {}
        on_record = {ON_RECORD + name: Attribute(ON_RECORD + name, "flag") for name in self.settings.names}
        self.variables: dict[str, Attribute] = self.settings.variables | on_record

    def _value(self, name: str, text: str) -> Value:
        return choice_value(text, self.settings.roles) if name == "role" else text_value(text)

    def on(self, day: int) -> SideOnDay:
        """The book on a day (an ordinal), or on its own day."""
        day = self.viewpoint.day or day
        found = self._days.get(day)
        if found is None:
            if len(self._days) > _MOST_DAYS:
                self._days.clear()
            found = self._days[day] = SideOnDay(self, day)
        return found

    def prepare(self, condition: Condition) -> Condition:
        """A condition in which ``known`` asks a variable of its own."""
        found = self._prepared.get(id(condition))
        if found is None:
            found = self._prepared[id(condition)] = (condition, self._prepare(condition))
        return found[1]

    def _prepare(self, condition: Condition) -> Condition:
        if not any(isinstance(atom, Known) for atom in condition.atoms()):
            return condition
        if isinstance(condition, All):
            return type(condition)([self.prepare(part) for part in condition.parts])
        if isinstance(condition, Not):
            return Not(self.prepare(condition.part))
        assert isinstance(condition, Atom)
        asked, name = condition.args[0].amount, condition.name
        if name in BUILT_IN:
            there = name in ("today", "office") or name in self.given or name in self.forced
            return _YES if there is asked else _NO
        return make_atom("OneOf", "is", ON_RECORD + name, (flag_value(asked),))

    def term(self, term: Term) -> Term:
        """A term with prepared conditions, whose counted values say which rule they come from."""
        found = self._terms.get(id(term))
        if found is None:
            found = self._terms[id(term)] = (term, self._traced(term))
        return found[1]

    def _traced(self, term: Term) -> Term:
        def amount(found: Expression | None) -> Expression | None:
            return None if found is None else traced(found)

        def grants(found: Mapping[str, Expression] | None) -> dict[str, Expression] | None:
            return None if found is None else {role: traced(one) for role, one in found.items()}

        rows = tuple(Row(self.prepare(row.when), amount(row.value), amount(row.limit), grants(row.grant), row.line)
                     for row in term.rows)  # fmt: skip
        return Term(term.ref, term.type, term.line, value=amount(term.value), limit=amount(term.limit),
                    grant=grants(term.grant), rows=rows, fixed=term.fixed, of=term.of, better=term.better,
                    title=term.title)  # fmt: skip


#: So many days of one book are kept.
_MOST_DAYS = 64


class Document(NamedTuple):
    """A document in force on a day, and the conditions that all have to hold for it to apply."""

    entry: Entry
    conditions: tuple[Condition, ...]


class SideOnDay:
    """One book on one day."""

    def __init__(self, side: Side, day: int) -> None:
        self.side, self.day = side, day
        versions, _ = in_force(side.library.segments(), day)
        speaking = [version.entry for version in versions if version.speaks and version.entry.when is not None]
        self.segments: dict[str, Entry] = {entry.id: entry for entry in sorted(speaking, key=lambda entry: entry.id)}
        self.conditions = {id_: side.prepare(entry.when) for id_, entry in self.segments.items() if entry.when}
        verdicts = {id_: None if side.segment is None else id_ == side.segment for id_ in self.segments}
        values = {"today": date_value(date.fromordinal(day)), **side.forced}
        self.context = CaseContext(Record(values, day, verdicts), side.variables, self.conditions)
        self._setting: dict[str, list[Entry]] = {}
        for entry in self.segments.values():
            for ref in entry.logic.get("overrides", {}):
                self._setting.setdefault(ref, []).append(entry)

    def document(self, kinds: Sequence[str], id_: str) -> Document | None:
        """The document of one of these kinds that is in force; None where there is none."""
        versions, _ = in_force([entry for kind in kinds for entry in self.side.library.versions(kind, id_)], self.day)
        entry = next((version.entry for version in versions if version.speaks), None)
        return None if entry is None else Document(entry, tuple(self._restrictions(entry)))

    def _restrictions(self, entry: Entry) -> Iterator[Condition]:
        side = self.side
        for name, listed in (("channel", entry.list("channels")), ("role", entry.list("roles"))):
            if listed and (name in side.given or name in side.forced):
                values = tuple(text_value(one) if name == "channel" else choice_value(one, side.settings.roles)
                               for one in listed)  # fmt: skip
                yield OneOf("in", name, values)
        condition = restriction(entry)
        if condition is not None:
            yield side.prepare(condition)

    def parts(self, term: Term, owner: Entry) -> TermParts:
        """All that a term is worked out from."""
        overrides = []
        for entry in self._setting.get(term.ref, ()) if not term.fixed else ():
            try:
                amount = traced(typed(entry.overrides[term.ref], term, self.side.settings))
            except ValueProblem:
                continue
            verdict = self.context.record.segments[entry.id]
            if verdict is not False:
                when = self.conditions[entry.id] if verdict is None else None
                overrides.append(TermOverride(entry, amount, when, _priority(entry)))
        overrides.sort(key=lambda override: (-override.priority, override.entry.id))
        plan = TermPlan(self.side.term(term), owner, self.side.settings)
        return TermParts(self.context, plan, overrides, (), 0)


def _priority(entry: Entry) -> Decimal:
    return Decimal(entry.logic.get("priority", "0"))


def days_of(amounts: Sequence[Expression]) -> set[int]:
    """The days of the lookup on which amounts change."""
    out: set[int] = set()
    queue = list(amounts)
    while queue:
        amount = queue.pop()
        if isinstance(amount, Dated):
            if amount.by is None:
                out |= {start for start, _ in amount.steps}
            queue += [step for _, step in amount.steps]
        elif isinstance(amount, Counted):
            queue += [part for part in amount.parts() if isinstance(part, Dated)]
    return out
