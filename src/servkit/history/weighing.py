"""How many customers a change is for: certain ones, whatever they have not said, and those that it may be for.

A class speaks of facts, of roles, channels, offices and days as well. A customer is in it where *some* of these put
them there; but what is unknown of the customer may be anything. Customers whose attributes lie in the same cells are
one question.
"""

from __future__ import annotations

import json
from datetime import date
from typing import TYPE_CHECKING, Any

from servkit.answer.case_context import CaseContext
from servkit.answer.evaluation import Evaluation
from servkit.book.condition_atoms import make_atom
from servkit.book.condition_parser import read_condition
from servkit.book.conditions import All, AnyOf, Atom, Condition, Days, Incomparable, Not, Record
from servkit.book.context import DocumentContext
from servkit.book.dates import Relative
from servkit.book.problems import ServkitError
from servkit.book.settings import Settings
from servkit.book.values import date_value
from servkit.book.yaml_reader import compose
from servkit.domains.diagram import TooManyCombinationsError
from servkit.history.changes import Weight
from servkit.history.signatures import Signatures, is_attribute

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Hashable, Mapping, Sequence

    from servkit.book.values import Value
    from servkit.bulk.groups import Group
    from servkit.history.conditions import When
    from servkit.history.day_runs import Run

_EVERYBODY: Condition = All(())


class Scales:
    """The classes of a comparison. ``who`` customers of each are named."""

    def __init__(self, whens: Sequence[When], settings: Settings, window: Run, who: int = 3) -> None:
        self._scales = [_Scale(condition_in(when, settings), settings, window, who) for when in whens]
        #: How many customers there are, and how many of them are or may be in any class.
        self.count = self.distinct = 0

    @property
    def conditions(self) -> list[Condition]:
        """The conditions of the classes, on any day."""
        return [scale.condition for scale in self._scales]

    def put(self, group: Group) -> None:
        """Weigh customers who are alike."""
        inside = False
        for scale in self._scales:
            inside |= scale.put(group)
        self.count += group.size
        self.distinct += group.size if inside else 0

    def weights(self, names: Callable[[Collection[str]], Mapping[str, str | None]]) -> list[Weight]:
        """The weight of each class; ``names`` finds those of ids."""
        examples = [scale.examples() for scale in self._scales]
        found = names({id_ for ids in examples for id_ in ids})
        return [
            Weight(scale.counts[True], scale.counts[None], self.count, tuple((id_, found.get(id_)) for id_ in ids))
            for scale, ids in zip(self._scales, examples, strict=True)
        ]


def condition_in(when: When, settings: Settings) -> Condition:
    """A class's condition as the book reads it."""
    if not when:
        return _EVERYBODY
    sources = compose("when", json.dumps({"when": when}, ensure_ascii=False).encode("utf-8", "surrogatepass"), [])
    context = DocumentContext(settings, sources[0])
    found = read_condition(sources[0].data["when"], context, ("when",))
    if found is None:
        raise ServkitError(f"a condition could not be read again: {context.problems[0].message}")
    return found


def joint_settings(before: Settings, after: Settings) -> Settings:
    """Settings that declare the names of both books."""
    names = {one[0]: one for one in (*before.data["names"], *after.data["names"])}
    return Settings({**after.data, "names": list(names.values())})


class _Scale:
    """One class: the customers in it so far."""

    def __init__(self, condition: Condition, settings: Settings, window: Run, who: int) -> None:
        self.settings, self.who = settings, who
        self.variables = settings.variables
        self.condition = _on_some_day(condition, window)
        self.signatures = Signatures([self.condition], self.variables)
        self._met: dict[tuple[Hashable, ...], bool | None] = {}
        self.counts = {True: 0, None: 0}
        #: The least ids of those who are in the class, and of those who may be.
        self._ids: dict[bool | None, list[str]] = {True: [], None: []}

    def put(self, group: Group) -> bool:
        """Weigh customers who are alike; whether they are or may be in the class."""
        values = group.customer.attributes
        key = self.signatures.of(values)
        if key not in self._met:
            self._met[key] = self._verdict({name: values[name] for name in self.signatures.names if name in values})
        verdict = self._met[key]
        if verdict is False:
            return False
        self.counts[verdict] += group.size
        self._ids[verdict] = sorted([*self._ids[verdict], *group.ids])[: self.who]
        return True

    def examples(self) -> list[str]:
        """The ids to name, the certain ones first."""
        return [*self._ids[True], *self._ids[None]][: self.who]

    def _verdict(self, values: Mapping[str, Value]) -> bool | None:
        """True where a customer with these values is surely in the class, None where perhaps."""
        known = dict(values)
        while True:
            context = CaseContext(Record(known, 0), self.variables, {})
            try:
                found = self.condition.kleene(context.record)
                return found if found is not None else self._undecided(context)
            except Incomparable as clash:
                del known[clash.name]
            except TooManyCombinationsError:
                return None

    def _undecided(self, context: CaseContext) -> bool | None:
        evaluation = Evaluation(context, [self.condition])
        d = evaluation.diagrams

        def some_of(children: list[int]) -> list[int]:
            distinct = list(dict.fromkeys(children))
            return [d.fold(distinct, d.false, lambda one, two: d.choose(one, d.true, two))] * len(children)

        free = [place for place, name in enumerate(evaluation.names) if not is_attribute(self.variables.get(name))]
        some = dict.fromkeys(free, some_of)
        found = d.rebuild(evaluation.condition(self.condition), some)
        return True if found == d.true else False if found == d.false else None


def _on_some_day(condition: Condition, window: Run) -> Condition:
    """The condition without the day of the lookup: it holds where the other one does on some day of the window."""
    if not any(_goes_by_day(atom) for atom in condition.atoms()):
        return condition
    days: dict[str, Condition] = {}
    for day in range(window[0], window[1] + 1):
        found = _on_day(condition, day)
        days.setdefault(repr(found.encode()), found)
    return AnyOf(tuple(days.values()))


def _goes_by_day(atom: Atom) -> bool:
    return atom.name == "today" or any(isinstance(arg, Relative) for arg in atom.args)


def _on_day(condition: Condition, day: int) -> Condition:
    if isinstance(condition, All):
        return type(condition)([_on_day(part, day) for part in condition.parts])
    if isinstance(condition, Not):
        return Not(_on_day(condition.part, day))
    assert isinstance(condition, Atom)
    if condition.name == "today" and isinstance(condition, Days):
        return _EVERYBODY if condition.holds(date_value(date.fromordinal(day)), day) else AnyOf(())
    if not _goes_by_day(condition) or not isinstance(condition, Days):
        return condition
    if condition.op == "within":
        ends = [date_value(date.fromordinal(one)) for one in condition.spans(day)[0]]
        return make_atom("Days", "between", condition.name, tuple(ends))
    args: list[Any] = [
        date_value(date.fromordinal(arg.ordinal(day))) if isinstance(arg, Relative) else arg for arg in condition.args
    ]
    return make_atom("Days", condition.op, condition.name, tuple(args))
