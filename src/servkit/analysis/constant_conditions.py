"""Conditions that can never hold, documents that can never apply, and conditions that hold for everybody."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from servkit.analysis.condition_parts import Where, condition_words, joined, parts_with_places
from servkit.analysis.results import DISAGREES, TOO_MANY, Fault, Outcome, Unproved
from servkit.analysis.satisfiability import satisfying_assignment
from servkit.analysis.witness import Story, Witness, about_document, bare_case, case_at, witness
from servkit.book.conditions import All, AnyOf, Condition, Not
from servkit.domains.diagram import TooManyCombinationsError
from servkit.text import quoted

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from servkit.analysis.case_space import Assignment, CaseSpace
    from servkit.book.entries import Entry

NEVER, ALWAYS = "never", "always"


class WrittenCondition(NamedTuple):
    """A ``when`` in the book and where it stands: of a segment or document, or of row ``row`` of a term."""

    entry: Entry
    when: Condition
    where: Where
    term: str | None = None
    #: Three-valued logic may leave open what holds for everybody; it must not deny it.
    proving_all: bool = False

    @property
    def data(self) -> Any:
        """The condition as the author wrote it."""
        prose: Any = self.entry.prose
        for step in self.where:
            prose = prose[step] if isinstance(step, str) or isinstance(prose, list) else prose
        return prose


def written_conditions(cases: CaseSpace) -> Iterator[WrittenCondition]:
    """The conditions of a book, with their places."""
    for entry in cases.documents:
        if entry.when is not None:
            yield WrittenCondition(entry, entry.when, ("when",))
        for name, term in entry.terms.items():
            for index, row in enumerate(term.rows):
                yield WrittenCondition(entry, row.when, ("terms", name, "cases", index, "when"), term.ref)


def never_holding(cases: CaseSpace) -> Iterator[Outcome]:
    """Conditions that are true for nobody on any day, and alternatives of an ``any`` that are."""
    for written in written_conditions(cases):
        try:
            yield from _never(cases, written)
        except TooManyCombinationsError:
            yield Unproved(NEVER, written.entry, written.where, TOO_MANY.format(what="this can hold"))
    for entry in cases.documents:
        if entry.kind == "segment":
            continue
        try:
            yield from _never_applying(cases, entry)
        except TooManyCombinationsError:
            yield Unproved(NEVER, entry, (), TOO_MANY.format(what="this document can apply"))


def _never(cases: CaseSpace, written: WrittenCondition) -> Iterator[Outcome]:
    entries = (written.entry,)
    if not cases.ever_in_force(written.entry):
        return
    if _can_hold(cases, written.when, written.entry):
        if _has_alternatives(written.when):
            for part, where in parts_with_places(written.when, written.data, written.where):
                if isinstance(part, AnyOf) and len(part.parts) > 1:
                    yield from _dead_alternatives(cases, written, part, where)
        return
    core = _core(cases, (written.when,), entries)
    yield _fault(NEVER, written, written.where, _message(core, "This can never hold"), _near(cases, written, core))


def _has_alternatives(condition: Condition) -> bool:
    if isinstance(condition, Not):
        return _has_alternatives(condition.part)
    return isinstance(condition, AnyOf) or (isinstance(condition, All) and any(map(_has_alternatives, condition.parts)))


def _can_hold(cases: CaseSpace, condition: Condition, entry: Entry) -> bool:
    """Whether the condition is true for anybody while the document is in force."""

    def ask(part: Condition) -> bool:
        return satisfying_assignment(cases, (part,), (entry,)) is not None

    return all(cases.once(NEVER, part, entry, ask) for part in cases.independent_parts(condition))


def _fault(
    proof: str, written: WrittenCondition, where: Where, message: str, shown: Witness | None, *, key: bool = False
) -> Outcome:
    """The fault, unless the witness contradicts it."""
    if shown is not None and proof == NEVER:
        right = not _true_of(written, shown, where)
    else:
        right = shown is None or _true_of(written, shown, where)
    return (
        Fault(proof, written.entry, where, message, shown, key=key)
        if right
        else Unproved(proof, written.entry, where, DISAGREES)
    )


def _true_of(written: WrittenCondition, shown: Witness, where: Where) -> bool:
    """Whether resolution finds the condition true (of a part of it, resolution says nothing)."""
    entry, answer = written.entry, shown.answer
    if where != written.where:
        return False
    if entry.kind == "segment":
        return any(found is entry for found in answer.segments)
    if written.term is None and not written.proving_all:
        return any(found is entry for found in answer.documents[entry.kind])
    truth = shown.truth(written.when)
    return truth is not False if written.proving_all else truth is True


def _dead_alternatives(cases: CaseSpace, written: WrittenCondition, part: AnyOf, where: Where) -> Iterator[Outcome]:
    for index, alternative in enumerate(part.parts):
        if satisfying_assignment(cases, (alternative,), (written.entry,)) is None:
            core = _core(cases, (alternative,), (written.entry,))
            place = (*where, index) if where[-1:] == ("any",) else (*where, "any", index)
            message = _message(core, "This alternative can never hold")
            yield _fault(NEVER, written, place, message, _near(cases, written, core))


def _never_applying(cases: CaseSpace, entry: Entry) -> Iterator[Outcome]:
    """A document whose channels, roles, segments and ``when`` leave nobody."""
    whole = cases.restriction(entry)
    if whole is None or whole is entry.when or not cases.ever_in_force(entry):
        return
    if _can_hold(cases, whole, entry):
        return
    if entry.when is not None and satisfying_assignment(cases, (entry.when,), (entry,)) is None:
        return  # its condition is reported already
    core = _core(cases, (whole,), (entry,))
    key = next((key for key in ("when", "segments", "roles", "channels") if entry.prose.get(key) is not None), "when")
    written = WrittenCondition(entry, whole, (key,))
    message = _message(core, f"{quoted(entry.id)} can never apply")
    yield _fault(NEVER, written, (key,), message, _near(cases, written, core), key=True)


def _core(cases: CaseSpace, required: Sequence[Condition], entries: Sequence[Entry]) -> list[Condition]:
    """A few parts that are never true together, and that are all needed for that."""
    parts, place = [part for condition in required for part in _conjuncts(condition)], 0
    while place < len(parts):
        rest = parts[:place] + parts[place + 1 :]  # by place, because two parts may be the same object
        if rest and satisfying_assignment(cases, rest, entries) is None:
            parts = rest
        else:
            place += 1
    return parts


def _conjuncts(condition: Condition) -> list[Condition]:
    if isinstance(condition, All) and not isinstance(condition, AnyOf):
        return [found for part in condition.parts for found in _conjuncts(part)]
    return [condition]


def _message(core: Sequence[Condition], what: str) -> str:
    words = [condition_words(part) for part in core]
    if len(words) == 1:
        return f"{what}: it is never true that {words[0]}. Correct this condition."
    return f"{what}: {joined(words)} are never true together. Correct one of them."


def _near(cases: CaseSpace, written: WrittenCondition, core: Sequence[Condition]) -> Witness | None:
    """A case in which all but the last of the parts are true, and which is left out all the same."""
    entry = written.entry
    found = satisfying_assignment(cases, core[:-1], (entry,)) if len(core) > 1 else None
    return _shown(cases, written, found, f"{entry.id}: the nearest case there is")


def always_holding(cases: CaseSpace) -> Iterator[Outcome]:
    """Conditions that are true for everybody on every day."""
    for written in written_conditions(cases):
        try:
            if not cases.ever_in_force(written.entry) or _denied(cases, written):
                continue
        except TooManyCombinationsError:
            yield Unproved(ALWAYS, written.entry, written.where, TOO_MANY.format(what="this always holds"))
            continue
        what = "the rows below it and `value` are never reached" if written.term else "it excludes nobody"
        message = f"This holds for everybody ({condition_words(written.when)}), so {what}. Correct the condition."
        shown = _shown(cases, written, None, f"{written.entry.id}: a case in which nothing is known")
        yield _fault(ALWAYS, written._replace(proving_all=True), written.where, message, shown)


def _denied(cases: CaseSpace, written: WrittenCondition) -> bool:
    """Whether there is a case in which the condition is not true."""

    def ask(part: Condition) -> bool:
        return cases.find((), (part,), (written.entry,)) is not None

    return any(cases.once(ALWAYS, part, written.entry, ask) for part in cases.independent_parts(written.when))


def _shown(cases: CaseSpace, written: WrittenCondition, assignment: Assignment | None, title: str) -> Witness | None:
    """A scenario that states what the condition decides."""
    entry, book = written.entry, cases.book
    about = cases.somewhere(entry) if entry.kind == "segment" else about_document(entry, book)
    days = cases.days((written.when,), (entry,))
    case = case_at(assignment, book, about) if assignment is not None else bare_case(days[0], about)
    name = (written.term or entry.id).replace(".", "-")
    if entry.kind == "segment":
        story = Story(f"{name}-shown", title, segments=True)
    elif written.term is not None:
        story = Story(f"{name}-shown", title, terms=(written.term,))
    else:
        story = Story(f"{name}-shown", title, documents=(entry,))
    return witness(cases.library(case), case, story)
