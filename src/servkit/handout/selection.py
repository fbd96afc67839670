"""Which documents of a book are printed: those in force on the day, and meant for the audience."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from servkit.answer.answer_json import as_list
from servkit.book.conditions import Record
from servkit.book.references import references_of
from servkit.book.settings import LEVELS
from servkit.book.values import Value, choice_value, date_value, text_value

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from servkit.book.conditions import Condition
    from servkit.book.entries import Entry
    from servkit.book.settings import Settings
    from servkit.handout.audience import Audience


class Selection:
    """The documents of a book that are printed for an audience on a day."""

    def __init__(self, entries: Sequence[Entry], settings: Settings, audience: Audience, day: date) -> None:
        self.entries, self.settings, self.audience = entries, settings, audience
        self.date, self.day = day, day.toordinal()

    @cached_property
    def by_kind(self) -> dict[str, list[Entry]]:
        """The printed documents by kind: those that were asked for in their order, others in the order of their ids."""
        out: dict[str, list[Entry]] = {}
        for entry in sorted(self.entries, key=lambda entry: (self._place(entry), entry.id, entry.path, entry.line)):
            if entry.in_force(self.day) and self._is_for_audience(entry):
                out.setdefault(entry.kind, []).append(entry)
        return out

    @cached_property
    def chosen(self) -> list[Entry]:
        """The documents that were asked for by name, in that order."""
        return [entry for entry in sorted(self.entries, key=self._place) if self._is_chosen(entry)]

    def _place(self, entry: Entry) -> int:
        """Which of the documents that were asked for it is; after them all, if it is none."""
        names = self.audience.documents
        return next((place for place, name in enumerate(names) if _is_named(entry, name)), len(names))

    def _is_chosen(self, entry: Entry) -> bool:
        return entry.in_force(self.day) and self._place(entry) < len(self.audience.documents)

    def may_hold(self, when: Condition) -> bool:
        """Whether a condition may hold for somebody in the audience."""
        return when.kleene(self._record) is not False

    def serves(self, level: str) -> bool:
        """Whether a level is printed: the requested one and those below it."""
        return LEVELS.index(level) <= LEVELS.index(self.audience.level or LEVELS[-1])

    def _is_for_audience(self, entry: Entry) -> bool:
        audience = self.audience
        if audience.documents and not self._is_chosen(entry) and not self._belongs_to_chosen(entry):
            return False
        if entry.kind == "segment":
            return audience.segment in (None, entry.id)
        if entry.kind == "scenario":
            return self._is_scenario_for_audience(entry)
        if entry.kind == "customer" or not self._is_in_area(entry):
            return False
        level = entry.logic.get("level") if entry.kind == "script" else None
        return self.serves(level or LEVELS[0]) and self._may_apply(entry)

    def _belongs_to_chosen(self, entry: Entry) -> bool:
        """Whether it is printed with a document that was asked for: what one says there, who gets something else, and
        the cases to practise it with."""
        if entry.kind == "script":
            return ("script", entry.id) in self._chosen_references
        chosen = {owner.id for owner in self.chosen if owner.kind in self.settings.owners}
        if entry.kind == "segment":
            return any(reference.partition(".")[0] in chosen for reference in entry.overrides)
        if entry.kind == "scenario":
            return not chosen.isdisjoint((*as_list(entry.prose.get("about")), *expected_owners(entry)))
        return False

    @cached_property
    def _chosen_references(self) -> set[tuple[str, str]]:
        return {reference for entry in self.chosen for reference in _references(entry, self.settings)}

    def _is_in_area(self, entry: Entry) -> bool:
        areas = self.audience.areas
        return not areas or not set(areas).isdisjoint(entry.list("areas")) or self._belongs_to_area(entry)

    def _belongs_to_area(self, entry: Entry) -> bool:
        """Whether a document without an area refers to a standard or policy of the requested area, or the other way
        round."""
        if entry.list("areas"):
            return False
        owners = {(owner.kind, owner.id) for owner in self._area_owners}
        return (entry.kind, entry.id) in self._area_references or not owners.isdisjoint(
            _references(entry, self.settings)
        )

    @cached_property
    def _area_owners(self) -> list[Entry]:
        """The documents of the requested areas that own terms."""
        areas, kinds = set(self.audience.areas), self.settings.owners
        owners = (entry for entry in self.entries if entry.kind in kinds and entry.in_force(self.day))
        return [entry for entry in owners if not areas or not areas.isdisjoint(entry.list("areas"))]

    @cached_property
    def _area_references(self) -> set[tuple[str, str]]:
        return {reference for owner in self._area_owners for reference in _references(owner, self.settings)}

    def _may_apply(self, entry: Entry) -> bool:
        """Whether the document may apply to somebody in the audience."""
        audience = self.audience
        for name, key in ((audience.channel, "channels"), (audience.role, "roles"), (audience.segment, "segments")):
            allowed = entry.list(key)
            if name is not None and allowed and name not in allowed:
                return False
        return entry.when is None or self.may_hold(entry.when)

    def _is_scenario_for_audience(self, entry: Entry) -> bool:
        audience, given = self.audience, entry.prose.get("given") or {}
        for key in ("role", "channel", "office"):
            requested, actual = getattr(audience, key), given.get(key)
            if requested is not None and actual is not None and requested != actual:
                return False
        segments = as_list((entry.prose.get("expect") or {}).get("segments"))
        if audience.segment is not None and audience.segment not in segments:
            return False
        names = {*audience.areas, *(owner.id for owner in self._area_owners)}
        return not audience.areas or any(name in names for name in as_list(entry.prose.get("about")))

    @cached_property
    def _record(self) -> Record:
        """What is known of everybody in the audience. Their attributes are not."""
        audience = self.audience
        values: dict[str, Value] = {"today": date_value(self.date)}
        if audience.role is not None:
            values["role"] = choice_value(audience.role, self.settings.roles)
        for name in ("channel", "office"):
            text = getattr(audience, name)
            if text is not None:
                values[name] = text_value(text)
        segments = {
            entry.id: (entry.id == audience.segment) or None for entry in self.entries if entry.kind == "segment"
        }
        return Record(values, self.day, segments)


def _is_named(entry: Entry, name: str) -> bool:
    return entry.kind != "customer" and name in (entry.id, entry.name)


def expected_owners(scenario: Entry) -> set[str]:
    """The documents whose terms a scenario expects something of."""
    expect = scenario.prose.get("expect") or {}
    return {
        reference.partition(".")[0]
        for key in ("terms", "may_be", "you_may", "you_may_be", "due")
        for reference in expect.get(key) or {}
    }


def _references(entry: Entry, settings: Settings) -> set[tuple[str, str]]:
    """The documents that a document may refer to, by kind and id."""
    return {(kind, reference.id) for reference in references_of(entry, settings) for kind in reference.kinds}
