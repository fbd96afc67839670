"""Conditions that can never hold, documents that can never apply, and conditions that hold for everybody."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from servkit.analysis.results import DISAGREES, TOO_MANY, Fault, Outcome, Unproved
from servkit.analysis.satisfiability import holds_somewhere
from servkit.analysis.universe import TooManyCombinationsError
from servkit.analysis.witness import Story, Witness, about_document, bare_case, case_at, witness
from servkit.analysis.wording import Where, listed, placed, said
from servkit.book.conditions import All, AnyOf, Condition

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from servkit.analysis.universe import Spot, Universe
    from servkit.book.entries import Entry

NEVER, ALWAYS = "never", "always"


class Asked(NamedTuple):
    """A ``when`` in the book: of a segment or document, or of row ``row`` of a term."""

    entry: Entry
    when: Condition
    where: Where
    data: object
    term: str | None = None
    #: Three-valued logic may leave open what holds for everybody; it must not deny it.
    proving_all: bool = False


def every_when(universe: Universe) -> Iterator[Asked]:
    """The conditions of a book that are not evidently fine, with their places, where the book still has them."""
    for entry in universe.questionable:
        if entry.when is not None:
            yield Asked(entry, entry.when, ("when",), entry.prose["when"])
        for name, term in entry.terms.items():
            cases: Any = entry.prose["terms"][name].get("cases") if term.rows else ()
            for index, row in enumerate(term.rows):
                data = cases[index] if isinstance(cases, list) else cases
                yield Asked(entry, row.when, ("terms", name, "cases", index, "when"), data["when"], term.ref)


def never_holding(universe: Universe) -> Iterator[Outcome]:
    """Conditions that are true for nobody on any day, and alternatives of an ``any`` that are."""
    for asked in every_when(universe):
        try:
            yield from _never(universe, asked)
        except TooManyCombinationsError:
            yield Unproved(NEVER, asked.entry, asked.where, TOO_MANY.format(what="this can hold"))
    for entry in universe.questionable:
        if entry.kind == "segment":
            continue
        try:
            yield from _never_applying(universe, entry)
        except TooManyCombinationsError:
            yield Unproved(NEVER, entry, (), TOO_MANY.format(what="this document can apply"))


def _never(universe: Universe, asked: Asked) -> Iterator[Outcome]:
    entries = (asked.entry,)
    if not universe.days((), entries):
        return
    if _can_hold(universe, asked.when, asked.entry):
        if not isinstance(asked.when, All) and "any" not in str(asked.data):
            return
        for part, where in placed(asked.when, asked.data, asked.where):
            if isinstance(part, AnyOf) and len(part.parts) > 1:
                yield from _dead_alternatives(universe, asked, part, where)
        return
    core = _core(universe, (asked.when,), entries)
    yield _fault(NEVER, asked, asked.where, _message(core, "this can never hold"), _near(universe, asked, core))


def _can_hold(universe: Universe, condition: Condition, entry: Entry) -> bool:
    """Whether the condition is true for anybody while the document is in force."""

    def ask(part: Condition) -> bool:
        return holds_somewhere(universe, (part,), (entry,)) is not None

    return all(universe.once(NEVER, part, entry, ask) for part in universe.apart(condition))


def _fault(
    proof: str, asked: Asked, where: Where, message: str, shown: Witness | None, *, key: bool = False
) -> Outcome:
    """The fault, unless the witness is not as it says."""
    if shown is not None and proof == NEVER:
        right = not _true_of(asked, shown, where)
    else:
        right = shown is None or _true_of(asked, shown, where)
    return (
        Fault(proof, asked.entry, where, message, shown, key=key)
        if right
        else Unproved(proof, asked.entry, where, DISAGREES)
    )


def _true_of(asked: Asked, shown: Witness, where: Where) -> bool:
    """Whether resolution finds the condition true (of a part of it, nothing is found)."""
    entry, answer = asked.entry, shown.answer
    if where != asked.where:
        return False
    if entry.kind == "segment":
        return any(found is entry for found in answer.segments)
    if asked.term is None and not asked.proving_all:
        return any(found is entry for found in answer.documents[entry.kind])
    return shown.truth(asked.when) is not False if asked.proving_all else shown.truth(asked.when) is True


def _dead_alternatives(universe: Universe, asked: Asked, part: AnyOf, where: Where) -> Iterator[Outcome]:
    for index, alternative in enumerate(part.parts):
        if holds_somewhere(universe, (alternative,), (asked.entry,)) is None:
            core = _core(universe, (alternative,), (asked.entry,))
            place = (*where, index) if where[-1:] == ("any",) else (*where, "any", index)
            message = _message(core, "this alternative can never hold")
            yield _fault(NEVER, asked, place, message, _near(universe, asked, core))


def _never_applying(universe: Universe, entry: Entry) -> Iterator[Outcome]:
    """A document whose channels, roles, segments and ``when`` leave nobody."""
    whole = universe.restriction(entry)
    if whole is None or whole is entry.when or not universe.days((), (entry,)):
        return
    if _can_hold(universe, whole, entry):
        return
    if entry.when is not None and holds_somewhere(universe, (entry.when,), (entry,)) is None:
        return  # said of the condition already
    core = _core(universe, (whole,), (entry,))
    key = next((key for key in ("when", "segments", "roles", "channels") if entry.prose.get(key) is not None), "when")
    asked = Asked(entry, whole, (key,), None)
    message = _message(core, f"{entry.id} can never apply")
    yield _fault(NEVER, asked, (key,), message, _near(universe, asked, core), key=True)


def _core(universe: Universe, wanted: Sequence[Condition], entries: Sequence[Entry]) -> list[Condition]:
    """A few parts that are never true together, none of which could be left out."""
    parts, place = [part for condition in wanted for part in _conjuncts(condition)], 0
    while place < len(parts):
        rest = parts[:place] + parts[place + 1 :]  # by place, for two parts may be one and the same
        if rest and holds_somewhere(universe, rest, entries) is None:
            parts = rest
        else:
            place += 1
    return parts


def _conjuncts(condition: Condition) -> list[Condition]:
    if isinstance(condition, All) and not isinstance(condition, AnyOf):
        return [found for part in condition.parts for found in _conjuncts(part)]
    return [condition]


def _message(core: Sequence[Condition], what: str) -> str:
    words = [said(part) for part in core]
    if len(words) == 1:
        return f"{what}: nobody is ever so that {words[0]}; correct it, or take it away"
    return f"{what}: {listed(words)} are never true together; correct one of them, or take it away"


def _near(universe: Universe, asked: Asked, core: Sequence[Condition]) -> Witness | None:
    """Somebody for whom all but the last of the parts is true, and who is left out all the same."""
    entry = asked.entry
    spot = holds_somewhere(universe, core[:-1], (entry,)) if len(core) > 1 else None
    return _shown(universe, asked, spot, f"{entry.id}: as near as it gets")


def always_holding(universe: Universe) -> Iterator[Outcome]:
    """Conditions that are true for everybody on every day."""
    for asked in every_when(universe):
        try:
            if not universe.days((), (asked.entry,)) or _denied(universe, asked):
                continue
        except TooManyCombinationsError:
            yield Unproved(ALWAYS, asked.entry, asked.where, TOO_MANY.format(what="this always holds"))
            continue
        what = "the rows below it and `value` are never reached" if asked.term else "it excludes nobody"
        message = f"this holds for everybody ({said(asked.when)}), so {what}; correct it, or take it away"
        shown = _shown(universe, asked, None, f"{asked.entry.id}: somebody of whom nothing is known")
        yield _fault(ALWAYS, asked._replace(proving_all=True), asked.where, message, shown)


def _denied(universe: Universe, asked: Asked) -> bool:
    """Whether there is anybody for whom the condition is not true."""

    def ask(part: Condition) -> bool:
        return universe.find((), (part,), (asked.entry,)) is not None

    return any(universe.once(ALWAYS, part, asked.entry, ask) for part in universe.apart(asked.when))


def _shown(universe: Universe, asked: Asked, spot: Spot | None, title: str) -> Witness | None:
    """A scenario that pins down what the condition decides."""
    entry, book = asked.entry, universe.book
    about = universe.somewhere(entry) if entry.kind == "segment" else about_document(entry, book)
    days = universe.days((asked.when,), (entry,))
    case = case_at(spot, book, about) if spot is not None else bare_case(days[0], about)
    name = (asked.term or entry.id).replace(".", "-")
    if entry.kind == "segment":
        story = Story(f"{name}-shown", title, segments=True)
    elif asked.term is not None:
        story = Story(f"{name}-shown", title, terms=(asked.term,))
    else:
        story = Story(f"{name}-shown", title, documents=(entry,))
    return witness(universe.asked(case), case, story)
