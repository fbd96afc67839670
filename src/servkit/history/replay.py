"""What was really told, told again: recorded answers put to both books, and which of them would be different."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from servkit.analysis.scenario_text import scenario_text
from servkit.analysis.witness import read_scenario
from servkit.answer.answer_json import as_list, as_map, value_json
from servkit.answer.resolver import resolve
from servkit.answer.scenario import case_of
from servkit.book.problems import ServkitError, ValueProblem

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from servkit.answer.result import Answer, TermAnswer
    from servkit.book.library import Library
    from servkit.journal.entry import JournalEntry

_GIVEN = ("role", "channel", "office", "level")


@dataclass(frozen=True)
class ToldDifferently:
    """One recorded answer, and what of it the right side would tell differently: ``what``, ``id``, before, after."""

    entry: str
    customer: str | None
    on: str
    differences: tuple[tuple[str, str, Any, Any], ...]


@dataclass(frozen=True)
class Replay:
    """The recorded answers of some days: how many were put to both books, how many came from a book with changes that
    were not committed, how many one of the books cannot hold, and those that are told differently."""

    days: int
    answers: int
    from_dirty_books: int
    not_held: int
    different: tuple[ToldDifferently, ...]


def replay(entries: Iterable[JournalEntry], before: Library, after: Library, days: int) -> Replay:
    """Put recorded answers to both books."""
    answers = dirty = lost = 0
    different = []
    for entry in entries:
        told = as_map(as_map(entry.body).get("answer"))
        if not told:
            continue  # a script, which has its own text
        if as_map(told.get("book")).get("dirty"):
            dirty += 1
            continue
        found = [_again(told, library) for library in (before, after)]
        if found[0] is None or found[1] is None:
            lost += 1
            continue
        answers += 1
        differences = tuple(_differences(found[0], found[1]))
        if differences:
            on = str(as_map(told.get("asked")).get("on"))
            different.append(ToldDifferently(entry.id, entry.customer, on, differences))
    return Replay(days, answers, dirty, lost, tuple(different))


def _again(told: Mapping[str, Any], library: Library) -> Answer | None:
    """What a book answers to what was asked; None where it cannot hold the case."""
    asked, person = as_map(told.get("asked")), told.get("customer")
    given = {name: asked[name] for name in _GIVEN if asked.get(name)} | {"today": asked.get("on")}
    if asked.get("facts"):
        given["facts"] = {name: value for name, value in as_map(asked["facts"]).items() if value is not None}
    scenario: dict[str, Any] = {"kind": "scenario", "id": "recorded", "title": "Recorded", "given": given}
    if isinstance(person, dict):
        known = {key: as_map(person[key]) for key in ("attributes", "promised") if person.get(key)}
        scenario["customer"] = {"name": str(person.get("name") or "Somebody"), **known}
    if as_list(asked.get("about")):
        scenario["about"] = as_list(asked["about"])
    try:
        entry = read_scenario(scenario_text(scenario), library)
        return None if entry is None else resolve(library, case_of(entry, library, lambda _: None))
    except (ServkitError, ValueProblem):
        return None


def _differences(before: Answer, after: Answer) -> Iterable[tuple[str, str, Any, Any]]:
    for ref in sorted({*before.terms, *after.terms}):
        one, two = before.terms.get(ref), after.terms.get(ref)
        for what, told in (("value", _value), ("you_may", _you_may)):
            if told(one) != told(two):
                yield what, ref, told(one), told(two)
    names = [{entry.name for entries in answer.documents.values() for entry in entries} for answer in (before, after)]
    yield from (("applies", name, name in names[0], name in names[1]) for name in sorted(names[0] ^ names[1]))


def _value(term: TermAnswer | None) -> Any:
    if term is None:
        return None
    return value_json(term.value) if term.value is not None else term.state


def _you_may(term: TermAnswer | None) -> Any:
    return value_json(term.you_may) if term is not None and term.you_may is not None else None
