"""What differs of a term between two books on one day: what everybody gets, the limit, and how far each role may go."""

from __future__ import annotations

from functools import partial
from operator import eq
from typing import TYPE_CHECKING, NamedTuple

from servkit.answer.candidates import kinder
from servkit.answer.term_evaluation import TermEvaluator
from servkit.answer.term_parts import TermOutcomes
from servkit.answer.term_states import settle
from servkit.book.values import Value, write
from servkit.history.effects import Effect, Part, Told, restricted, settle_blanks, verdict_of
from servkit.history.layout import Layout, Question
from servkit.history.rules import RuledValue

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from servkit.answer.term_parts import TermParts
    from servkit.answer.term_plan import TermOutcome
    from servkit.book.terms import Term
    from servkit.history.sides import Document, SideOnDay


#: What a term or one of its parts comes to: a value, several in conflict, or nothing.
Worth = Value | tuple[Value, ...] | None


class View(NamedTuple):
    """A term as one book offers it: ``mays`` is how far each role may go. ``is_open`` says that it is not settled."""

    value: Worth
    limit: Value | None
    mays: tuple[Value | None, ...]
    is_open: bool = False


_Pair = tuple[View | None, View | None]


class _TermSide(NamedTuple):
    """A term as one book has it."""

    term: Term
    document: Document
    parts: TermParts

    def question(self, on: SideOnDay) -> Question:
        rows = self.parts.rows()
        conditions = [*self.document.conditions, *(row.when for row in rows if row.when is not None)]
        conditions += [override.when for override in self.parts.overrides if override.when is not None]
        return Question(on, conditions, self.parts.computed(rows), frozenset(self.parts.levels(rows)))


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


def _both(one: Sequence[TermOutcome], two: Sequence[TermOutcome]) -> tuple[TermOutcome, ...]:
    return tuple(dict.fromkeys((*one, *two)))


def _views(layout: Layout, which: int, found: _TermSide | None, roles: Sequence[str]) -> int:
    """What one book offers of a term: a :class:`View`, or None."""
    d, evaluation = layout.diagrams, layout.evaluations[which]
    if found is None or evaluation is None:
        return d.leaf(None)
    outcome = d.map(TermEvaluator(found.parts).outcome(evaluation), lambda one: (one,))
    outcome = settle_blanks(layout, outcome, _both)
    offered = d.choose(verdict_of(layout, which, found.document.conditions), outcome, d.leaf(None))
    return d.map(offered, lambda outcomes: _view(outcomes, found, roles) if outcomes else None)


def _view(outcomes: tuple[TermOutcome, ...], found: _TermSide, roles: Sequence[str]) -> View | None:
    """What the desk says of a term where these are the ways it may turn out."""
    settings = found.parts.plan.settings
    evaluated = TermOutcomes(list(outcomes), set(), set(), exact=True)

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
        axes = layout.variables[at].axes
        assert axes is not None  # a role is a name
        cell = next(number for number, one in enumerate(axes[0].cells) if one.value == part.role)
        fine, coarse = (restricted(layout, found, at, cell) for found in (fine, coarse))
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
        diagram = d.map(worths, partial(eq, worth))
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
