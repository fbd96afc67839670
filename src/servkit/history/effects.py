"""What differs between two books on one day, part by part: exactly which cases get something else."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from servkit.answer.candidates import kinder
from servkit.answer.term_evaluation import TermEvaluator, TermOutcome, TermOutcomes
from servkit.answer.term_states import settle
from servkit.book.values import Value, write
from servkit.history.layout import Layout, Question
from servkit.history.rules import RuledValue
from servkit.history.sides import ON_RECORD

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from servkit.answer.term_evaluation import TermParts
    from servkit.book.conditions import Condition
    from servkit.book.terms import Term
    from servkit.history.sides import Document, SideOnDay

#: What a term or one of its parts comes to: a value, several in conflict, or nothing.
Worth = Value | tuple[Value, ...] | None
#: As it is told: text, the values of a conflict, or nothing.
Told = str | tuple[str, ...] | None
YES, NO = "yes", "no"


class Part(NamedTuple):
    """What is compared: ``what`` is term, document or segment; ``role`` is that of ``you_may``."""

    what: str
    id: str
    part: str
    role: str | None = None


class Effect(NamedTuple):
    """One class on one day: where ``diagram`` is true, a part is ``before`` in one book and ``after`` in the other.

    ``fine`` is true where it surely differs; of plain values that is everywhere. It ``follows`` where the term's value
    changes in the same way in all of these cases.
    """

    part: Part
    before: Told
    after: Told
    direction: str
    exact: bool
    layout: Layout
    diagram: int
    fine: int
    follows: bool = False


class View(NamedTuple):
    """A term as one book offers it: ``mays`` is how far each role may go. ``is_open`` says that it is not settled."""

    value: Worth
    limit: Value | None
    mays: tuple[Value | None, ...]
    is_open: bool = False


_Pair = tuple[View | None, View | None]


# --- conditions -----------------------------------------------------------------------------------------------------


def segment_effects(id_: str, before: SideOnDay, after: SideOnDay, *, blank: frozenset[str]) -> Iterator[Effect]:
    """Who is in a segment."""
    conditions = [[side.conditions[id_]] if id_ in side.conditions else None for side in (before, after)]
    yield from _verdicts(Part("segment", id_, "members"), conditions, (before, after), blank)


def document_effects(
    kind: str, id_: str, before: SideOnDay, after: SideOnDay, *, blank: frozenset[str]
) -> Iterator[Effect]:
    """To whom a document applies."""
    found = [side.document((kind,), id_) for side in (before, after)]
    conditions = [list(document.conditions) if document is not None else None for document in found]
    yield from _verdicts(Part("document", f"{kind}:{id_}", "applies"), conditions, (before, after), blank)


def _verdicts(
    part: Part, conditions: Sequence[list[Condition] | None], sides: tuple[SideOnDay, SideOnDay], blank: frozenset[str]
) -> Iterator[Effect]:
    questions = [Question(side, found or ()) for side, found in zip(sides, conditions, strict=True)]
    layout = Layout(questions[0], questions[1], blank)
    d = layout.diagrams
    left, right = (_verdict(layout, which, found) for which, found in enumerate(conditions))
    for before, after, diagram in (
        (NO, YES, d.choose(left, d.false, right)),
        (YES, NO, d.choose(right, d.false, left)),
    ):
        if diagram != d.false:
            yield Effect(part, before, after, "other", True, layout, diagram, diagram)


def _verdict(layout: Layout, which: int, conditions: Sequence[Condition] | None) -> int:
    """Where all conditions are true, however the names are filled in that are not on record."""
    d, evaluation = layout.diagrams, layout.evaluations[which]
    if conditions is None or evaluation is None:
        return d.false
    out = d.true
    for condition in conditions:
        out = d.choose(evaluation.condition(condition), out, d.false)
    return _settle_blanks(layout, out, lambda one, two: one and two)


def _settle_blanks(layout: Layout, diagram: int, join: Callable[[object, object], object]) -> int:
    """The diagram in which a name that is not on record has no value: all that its values lead to is joined."""
    d = layout.diagrams
    for place, variable in enumerate(layout.variables):
        if not variable.name.startswith(ON_RECORD):
            continue
        name = variable.name.removeprefix(ON_RECORD)
        missing, there = (_restricted(layout, diagram, place, cell) for cell in (0, 1))
        for other, one in enumerate(layout.variables):
            if one.name == name:
                missing = d.rebuild(missing, {other: lambda children: _joined(layout, children, join)})
        diagram = d.choose(d.node(place, (d.false, d.true)), there, missing)
    return diagram


def _joined(layout: Layout, children: list[int], join: Callable[[object, object], object]) -> list[int]:
    d = layout.diagrams
    distinct = list(dict.fromkeys(children))
    return [d.fold(distinct, distinct[0], lambda one, two: d.combine(one, two, join))] * len(children)


def _restricted(layout: Layout, diagram: int, place: int, cell: int) -> int:
    """The diagram where a variable is in one cell."""
    return layout.diagrams.rebuild(diagram, {place: lambda children: [children[cell]] * len(children)})


# --- terms ----------------------------------------------------------------------------------------------------------


class _TermSide(NamedTuple):
    """A term as one book has it."""

    term: Term
    document: Document
    parts: TermParts

    def question(self, on: SideOnDay) -> Question:
        conditions = [*self.document.conditions, *(row.when for row in self.parts.rows() if row is not None)]
        conditions += [override.when for override in self.parts.overrides if override.when is not None]
        return Question(on, conditions, self.parts.amounts(), frozenset(self.parts.levels()))


def term_effects(
    ref: str, before: SideOnDay, after: SideOnDay, *, blank: frozenset[str], roles: Sequence[Sequence[str]]
) -> Iterator[Effect]:
    """What everybody gets of a term, and how far each role may go. Raises TooManyCombinationsError and
    CannotCompareError."""
    sides = [_term_side(ref, side) for side in (before, after)]
    if sides == [None, None]:
        return
    questions = [found.question(on) if found is not None else Question(on, ())
                 for found, on in zip(sides, (before, after), strict=True)]  # fmt: skip
    layout = Layout(questions[0], questions[1], blank)
    left, right = (_views(layout, which, found, roles[which]) for which, found in enumerate(sides))
    d = layout.diagrams
    fine = d.combine(left, right, lambda one, two: (one, two))
    sets = d.map(fine, lambda pair: frozenset((pair,)))
    coarse = d.rebuild(sets, {place: _by_group(layout, groups) for place, groups in layout.groups.items()})
    betters = {found.term.better for found in sides if found is not None}
    better = betters.pop() if len(betters) == 1 else None
    values: dict[tuple[Told, Told], int] = {}
    named: Sequence[str | None] = roles[0] if roles[0] == roles[1] else [None]
    for part in _parts(ref, named):
        for effect in _part_effects(part, layout, fine, coarse, better, named):
            told = (effect.before, effect.after)
            if part.part == "value":
                values[told] = effect.diagram
            follows = part.part == "you_may" and d.choose(effect.diagram, values.get(told, d.false), d.true) == d.true
            yield effect._replace(follows=follows)


def _parts(ref: str, roles: Sequence[str | None]) -> list[Part]:
    plain = [Part("term", ref, part) for part in ("offered", "value", "limit")]
    return [*plain, *(Part("term", ref, "you_may", role) for role in roles)]


def _term_side(ref: str, side: SideOnDay) -> _TermSide | None:
    id_, _, name = ref.partition(".")
    document = side.document(side.side.settings.owners, id_)
    term = document.entry.terms.get(name) if document is not None else None
    if term is None or document is None:
        return None
    return _TermSide(term, document, side.parts(term, document.entry))


def _views(layout: Layout, which: int, found: _TermSide | None, roles: Sequence[str]) -> int:
    """What one book offers of a term: a :class:`View`, or None."""
    d, evaluation = layout.diagrams, layout.evaluations[which]
    if found is None or evaluation is None:
        return d.leaf(None)
    evaluator = TermEvaluator(found.parts)
    outcome = d.map(evaluator.outcome(evaluation), lambda one: (one,))
    outcome = _settle_blanks(layout, outcome, lambda one, two: tuple(dict.fromkeys((*one, *two))))  # type: ignore[misc]
    offered = d.choose(_verdict(layout, which, found.document.conditions), outcome, d.leaf(None))
    return d.map(offered, lambda outcomes: _view(outcomes, evaluator, found, roles) if outcomes else None)


def _view(
    outcomes: tuple[TermOutcome, ...], evaluator: TermEvaluator, found: _TermSide, roles: Sequence[str]
) -> View | None:
    """What the desk says of a term where these are the ways it may turn out."""
    settings = found.parts.settings
    evaluated = TermOutcomes(list(outcomes), list(evaluator.origins), set(), set(), exact=True)

    def answered(role: str | None) -> object:
        return settle(found.term, found.document.entry, evaluated, settings.authority, role)

    answer = settle(found.term, found.document.entry, evaluated, settings.authority, None)
    if answer is None:
        return None
    if answer.state == "conflict":
        values = tuple(value for value, _ in answer.between if isinstance(value, Value))
        return View(tuple(sorted(values, key=write)), None, ())
    mays = [settle(found.term, found.document.entry, evaluated, settings.authority, role) for role in roles]
    ends = tuple(one.you_may if one is not None else None for one in mays)
    return View(answer.value, answer.limit, ends, is_open=answer.state == "open")


def _by_group(layout: Layout, groups: Sequence[int]) -> Callable[[list[int]], list[int]]:
    """Joins the children of cells that the conditions do not tell apart."""
    d = layout.diagrams

    def change(children: list[int]) -> list[int]:
        members: dict[int, list[int]] = {}
        for group, child in zip(groups, children, strict=True):
            members.setdefault(group, []).append(child)
        joined = {group: d.fold(list(dict.fromkeys(found)), found[0], lambda one, two: d.combine(one, two, _union))
                  for group, found in members.items()}  # fmt: skip
        return [joined[group] for group in groups]

    return change


def _union(one: frozenset[_Pair], two: frozenset[_Pair]) -> frozenset[_Pair]:
    return one | two


# --- classes --------------------------------------------------------------------------------------------------------


class _Worths(NamedTuple):
    """A part in some cases of one kind, in both books."""

    before: Told
    after: Told
    exact: bool


def _part_effects(
    part: Part, layout: Layout, fine: int, coarse: int, better: str | None, roles: Sequence[str | None]
) -> Iterator[Effect]:
    d = layout.diagrams
    place = roles.index(part.role) if part.role is not None else 0
    if part.role is not None and ("role", None) in layout.places:
        at = layout.places["role", None]
        cell = next(number for number, one in enumerate(layout.variables[at].axes[0].cells) if one.value == part.role)  # type: ignore[index]
        fine, coarse = (_restricted(layout, found, at, cell) for found in (fine, coarse))
    worths = d.map(coarse, lambda pairs: _worths(part.part, pairs, place))
    pairs_of = d.combine(coarse, worths, lambda pairs, worth: (worth, pairs))
    found: dict[_Worths, list[tuple[Worth, Worth]]] = {}
    for worth, pairs in d.outcomes(pairs_of):
        if worth is not None:
            found.setdefault(worth, []).extend(_compared(part.part, pairs, place))
    for worth, compared in found.items():
        different = [(one, two) for one, two in compared if not _same(one, two)]
        if not different:
            continue
        diagram = d.map(worths, lambda other, worth=worth: other == worth)  # type: ignore[misc]
        surely = d.map(fine, lambda pair: any(not _same(*one) for one in _compared(part.part, (pair,), place)))
        direction = _direction(part.part, different, better)
        yield Effect(
            part, worth.before, worth.after, direction, worth.exact, layout, diagram, d.choose(diagram, surely, d.false)
        )


def _worths(part: str, pairs: frozenset[_Pair], place: int) -> _Worths | None:
    """A part as it is told where these pairs may come; None where there is nothing to tell."""
    compared = _compared(part, pairs, place)
    if not compared:
        return None
    before, after = ({_identity(pair[side]): pair[side] for pair in compared} for side in (0, 1))
    is_ruled = any(isinstance(one, RuledValue) for one in (*before.values(), *after.values()))
    exact = len(before) == len(after) == 1 and not is_ruled and len(compared) == len(pairs)
    if exact and all(_same(one, two) for one, two in compared):
        return None
    return _Worths(_told(list(before.values())), _told(list(after.values())), exact)


def _compared(part: str, pairs: frozenset[_Pair] | tuple[_Pair, ...], place: int) -> list[tuple[Worth, Worth]]:
    """What is held against each other in each pair: nothing where it is not told there."""
    out: list[tuple[Worth, Worth]] = []
    for before, after in pairs:
        if part == "offered":
            if (before is None) is not (after is None):
                out.append((_flag(before), _flag(after)))
        elif before is not None and after is not None and not before.is_open and not after.is_open:
            if part == "value":
                out.append((before.value, after.value))
            elif not (_is_conflict(before.value) or _is_conflict(after.value)):
                out.append((before.limit, after.limit) if part == "limit" else (before.mays[place], after.mays[place]))
    return out


_HERE, _GONE = (Value("flag", found, "", "flag", found) for found in (True, False))


def _is_conflict(worth: Worth) -> bool:
    return isinstance(worth, tuple) and not isinstance(worth, Value)


def _flag(view: View | None) -> Value:
    return _GONE if view is None else _HERE


def _identity(worth: Worth) -> object:
    """Equal for what is told alike: of a rule its rule, of other values what they compare by."""
    if isinstance(worth, RuledValue):
        return ("rule", worth.rule)
    if isinstance(worth, tuple) and not isinstance(worth, Value):
        return tuple(value.key for value in worth)
    return worth.key if isinstance(worth, Value) else None


def _same(before: Worth, after: Worth) -> bool:
    """Whether two amounts are the same, whatever gave them."""
    keys = [worth.key if isinstance(worth, Value) else tuple(value.key for value in worth) if worth else None
            for worth in (before, after)]  # fmt: skip
    return keys[0] == keys[1]


def _told(worths: Sequence[Worth]) -> Told:
    """A part in words: a value, a rule, or the values of a conflict."""
    only = worths[0]
    if len(worths) == 1 and (only is None or not isinstance(only, Value)):
        return None if only is None else tuple(write(value) for value in only)
    rules = {one.words for one in worths if isinstance(one, RuledValue)}
    others = {_plain(one) for one in worths if not isinstance(one, RuledValue)}
    return " or ".join([*sorted(rules), *sorted(others)])


def _plain(worth: Worth) -> str:
    if isinstance(worth, Value):
        return write(worth)
    return "nothing" if worth is None else " and ".join(write(value) for value in worth)


def _direction(part: str, different: Sequence[tuple[Worth, Worth]], better: str | None) -> str:
    found = {_way(part, before, after, better) for before, after in different}
    return found.pop() if len(found) == 1 else "other"


def _way(part: str, before: Worth, after: Worth, better: str | None) -> str:
    if part == "offered":
        return "other"
    if before is None or after is None:
        if part != "limit":
            return "other"
        return "stricter" if before is None else "kinder"
    if not (isinstance(before, Value) and isinstance(after, Value)):
        return "other"
    verdict = kinder(after, before, better)
    return "other" if verdict is None else "kinder" if verdict else "stricter"
