"""Witnesses: a customer and case that show what was proved, answered by resolution and written as a scenario."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any, NamedTuple

from servkit.analysis.scenario_text import scenario_text
from servkit.answer.case import Case, Customer
from servkit.answer.resolver import resolve
from servkit.answer.scenario import case_of, differences
from servkit.book.conditions import comparable_verdict
from servkit.book.problems import Problem, ServkitError, ValueProblem
from servkit.book.values import list_value
from servkit.domains.sample_values import value_of, written
from servkit.domains.space import ON_RECORD

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from servkit.analysis.case_space import Assignment
    from servkit.answer.result import Answer
    from servkit.book.conditions import Condition
    from servkit.book.entries import Entry
    from servkit.book.library import Library
    from servkit.book.values import Value

_GIVEN = ("role", "channel", "office")


class Witness(NamedTuple):
    """A case that shows it, its answer, and both as a scenario (YAML)."""

    case: Case
    answer: Answer
    scenario: str

    def truth(self, condition: Condition) -> bool | None:
        """The verdict of three-valued logic on a condition, from what is on record; None also where something does not
        compare."""
        return comparable_verdict(condition, self.answer.trace.record(self.case))


class Story(NamedTuple):
    """What the scenario of a witness says: its id and title, and which terms, documents and segments it states."""

    id: str
    title: str
    story: str = ""
    terms: tuple[str, ...] = ()
    you_may: tuple[str, ...] = ()
    documents: tuple[Entry, ...] = ()
    segments: bool = False
    says: tuple[str, ...] = ()
    promised: tuple[tuple[str, str], ...] = ()


def case_at(assignment: Assignment, library: Library, about: Sequence[str] = ()) -> Case:
    """The case of an assignment: what matters is on record or given, everything else is unknown."""
    values: dict[str, Value] = {}
    lists: dict[str, list[str]] = {}
    unknown = set()
    for place, index in sorted(assignment.point.items()):
        axis = assignment.space.axes[place]
        if axis.missing(index):
            unknown.add(axis.name)
        elif axis.item == ON_RECORD:
            lists.setdefault(axis.name, [])
        elif axis.item is not None:
            items = lists.setdefault(axis.name, [])
            if axis.cell(index).value:
                items.append(axis.item)
        else:
            values[axis.name] = value_of(axis, index, assignment.day, library.settings.currency)
    for name, items in lists.items():
        if name not in unknown:
            values[name] = list_value(items)
    return case_with(assignment.day, values, library, about)


def case_with(day: int, values: Mapping[str, Value], library: Library, about: Sequence[str] = ()) -> Case:
    """The case in which some values are known."""
    names = library.settings.names
    given = {name: str(values[name].amount) for name in _GIVEN if name in values}
    attributes = {name: value for name, value in values.items() if name not in given and not names[name].fact}
    facts = {name: value for name, value in values.items() if name not in given and names[name].fact}
    return Case(
        on=date.fromordinal(day),
        customer=Customer("-", "Somebody", attributes) if attributes else None,
        about=tuple(about),
        given=facts,
        role=given.get("role"),
        channel=given.get("channel"),
        office=given.get("office"),
    )


def bare_case(day: int, about: Sequence[str] = ()) -> Case:
    """A case in which nothing is known."""
    return Case(on=date.fromordinal(day), about=tuple(about))


def about_document(entry: Entry, library: Library) -> tuple[str, ...]:
    """How to ask about a document: by its id, unless an area has that name and the document is not in it."""
    hidden = entry.id in library.settings.areas and entry.id not in entry.list("areas")
    return () if hidden else (entry.id,)


def witness(library: Library, case: Case, story: Story) -> Witness | None:
    """The case with its answer, as a scenario that can be read back and holds; None where there is no such scenario."""
    try:
        if story.promised:
            case = _read_case(scenario_text(_scenario(case, story)), library) or case
        answer = resolve(library, case)
    except (ServkitError, ValueProblem):
        return None
    text = scenario_text(_scenario(case, story) | {"expect": _expected(answer, story)})
    return Witness(case, answer, text) if holds(text, library, answer) else None


def holds(text: str, library: Library, known: Answer | None = None) -> bool:
    """Whether the book's own reader reads a scenario and the book answers as it says.

    ``known`` is an answer of the book; if the scenario reads as the same case, resolution need not run again.
    """
    entry = read_scenario(text, library)
    if entry is None:
        return False
    try:
        case = case_of(entry, library, lambda _: None)
        answer = known if known is not None and _asks_alike(case, known.case) else resolve(library, case)
    except (ServkitError, ValueProblem):
        return False
    return not differences(entry, answer)


def _asks_alike(left: Case, right: Case) -> bool:
    """Whether two cases have the same answer: they differ at most in where a customer without promises is described."""
    people = (left.customer, right.customer)
    if any(one is not None and one.entry is not None and one.entry.logic.get("overrides") for one in people):
        return False
    attributes = [None if one is None else one.attributes for one in people]
    return attributes[0] == attributes[1] and left._replace(customer=None) == right._replace(customer=None)


def read_scenario(text: str, library: Library) -> Entry | None:
    """One scenario from its YAML; None where the book's reader finds a problem in it."""
    # Pydantic and libyaml, which a compiled book does without unless there is something to show.
    from servkit.book.document_parser import read_entry
    from servkit.book.yaml_reader import compose

    problems: list[Problem] = []
    sources = compose("scenario.yaml", text.encode("utf-8", "surrogatepass"), problems)
    if len(sources) != 1 or problems:
        return None
    entry, found = read_entry(sources[0], library.settings)
    return None if found else entry


def _read_case(text: str, library: Library) -> Case | None:
    """The case of a scenario, with the promises of its customer, which are part of a document."""
    entry = read_scenario(text, library)
    return None if entry is None else case_of(entry, library, lambda _: None)


def _scenario(case: Case, story: Story) -> dict[str, Any]:
    given: dict[str, Any] = {"today": case.on.isoformat()}
    for name in _GIVEN:
        if (value := getattr(case, name)) is not None:
            given[name] = value
    if case.given:
        given["facts"] = {name: written(value) for name, value in case.given.items() if value is not None}
    out: dict[str, Any] = {"kind": "scenario", "id": story.id, "title": story.title}
    if story.story:
        out["story"] = story.story
    if case.customer is not None or story.promised:
        person: dict[str, Any] = {"name": "Somebody"}
        if case.customer is not None and case.customer.attributes:
            person["attributes"] = {name: written(value) for name, value in case.customer.attributes.items()}
        if story.promised:
            person["promised"] = dict(story.promised)
        out["customer"] = person
    out["given"] = given
    if case.about:
        out["about"] = list(case.about) if len(case.about) > 1 else case.about[0]
    return out


def _expected(answer: Answer, story: Story) -> dict[str, Any]:
    out: dict[str, Any] = {}
    if story.segments:
        out["segments"] = [entry.id for entry in answer.segments]
    if story.terms:
        out["terms"] = {ref: _term(answer, ref) for ref in story.terms}
    if story.you_may:
        mays = {ref: answer.terms[ref].you_may if ref in answer.terms else None for ref in story.you_may}
        out["you_may"] = {ref: "none" if may is None else written(may) for ref, may in mays.items()}
    for entry in story.documents:
        there = any(found is entry for found in answer.documents.get(entry.kind, ()))
        out.setdefault("applies" if there else "does_not_apply", []).append(entry.name)
    if story.says:
        out["say"] = list(story.says)
    return out


def _term(answer: Answer, ref: str) -> Any:
    term = answer.terms.get(ref)
    if term is None:
        return "none"
    if term.state == "settled" and term.value is not None:
        return written(term.value)
    return {"state": term.state} if term.term.type in ("text", "choice") else term.state
