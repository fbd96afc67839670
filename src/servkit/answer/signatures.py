"""Signatures: the partition of all customers that a question to a book makes, and the answer for each part.

Two customers of one signature get the same answer, but for what the answer says of their own record in words. So a
question is asked once a signature, whoever holds the customers::

    partition = partition_of(library, case)                     # what is asked, without a customer
    signature = partition.signature(customer.attributes)        # or computed where the customers live, from its cells
    answer = answer_for(library, case, partition.example(signature))

``partition.uncut`` names the attributes whose very value matters, because an amount is computed from them: each of
their values makes a signature of its own. Customers with personal promises are asked about one by one.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from servkit.answer.amount_samples import day_cuts
from servkit.answer.case import Customer
from servkit.answer.documents import exclusion
from servkit.answer.membership import segments_in_force
from servkit.answer.overrides import find_term
from servkit.answer.resolver import resolve
from servkit.answer.scope import in_force, select
from servkit.book.amounts import Counted, Dated
from servkit.book.conditions import Has, InSegment, Known
from servkit.domains.axes import make_axis
from servkit.domains.diagram import TooManyCombinationsError
from servkit.domains.partition import Column, Partition

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Iterator, Mapping
    from decimal import Decimal

    from servkit.answer.case import Case
    from servkit.answer.result import Answer
    from servkit.book.amounts import Expression
    from servkit.book.conditions import Atom, Condition
    from servkit.book.entries import Entry
    from servkit.book.library import Library
    from servkit.book.settings import Attribute, Settings
    from servkit.book.values import Value


def partition_of(library: Library, case: Case) -> Partition:
    """The partition of the customers for one question. ``case.customer`` is not looked at; attributes that
    ``case.given`` has are the same for everybody. Raises UnknownNameError for an area or id that there is not."""
    today = case.on.toordinal()
    found = _Collector(library.settings, today, case.given)
    segments = segments_in_force(library, today)
    for when in segments.conditions.values():
        found.add_condition(when)
    for entry in _documents(library, case):
        if entry.when is not None:
            found.add_condition(entry.when)
        for term in entry.terms.values():
            for condition in term.conditions():
                found.add_condition(condition)
            for amount in term.amounts():
                found.add_amount(amount, term.ref)
    for segment in segments.entries.values():
        for ref, amount in segment.overrides.items():
            found.add_amount(amount, ref)
    return found.partition()


def partition_by(
    settings: Settings, today: int, conditions: Iterable[Condition], whole: Iterable[str] = ()
) -> Partition:
    """The partition of the customers that some conditions make on a day. Every value of the attributes ``whole``
    counts."""
    found = _Collector(settings, today)
    for condition in conditions:
        found.add_condition(condition)
    for name in whole:
        found.add_value(name, "")
    return found.partition()


def answer_for(library: Library, case: Case, attributes: Mapping[str, Value]) -> Answer:
    """The answer for somebody with these attributes and nothing else on record."""
    return resolve(library, case._replace(customer=Customer("-", None, attributes)))


def _documents(library: Library, case: Case) -> Iterator[Entry]:
    """What was asked about, and what recoveries of it may offer."""
    today = case.on.toordinal()
    for version in in_force(select(library, case.about, today).entries, today)[0]:
        if not version.speaks or exclusion(version.entry, case) is not None:
            continue
        yield version.entry
        for ref in version.entry.list("may_offer") if version.entry.kind == "recovery" else ():
            found = find_term(library, ref, today)
            if found is not None:
                yield found[1]


class _Collector:
    """Everything that an attribute may be compared with."""

    def __init__(self, settings: Settings, today: int, given: Container[str] = ()) -> None:
        self.settings, self.today = settings, today
        self.attributes = {
            name: variable for name, variable in settings.names.items() if not variable.fact and name not in given
        }
        self.tests: dict[str, dict[Atom, None]] = {}
        self.cuts: dict[str, set[tuple[str, Decimal]]] = {}
        self.computed: dict[str, set[str]] = {}

    def partition(self) -> Partition:
        """The partition."""
        columns: list[Column] = []
        uncut: dict[str, tuple[str, ...]] = {}
        for name in sorted({*self.tests, *self.cuts, *self.computed}):
            made, is_cut = self._columns(self.attributes[name])
            columns += made
            if not is_cut:
                uncut[name] = tuple(sorted(self.computed.get(name, ())))
        return Partition(columns, uncut)

    def add_condition(self, condition: Condition) -> None:
        """Cut where a condition compares."""
        for atom in condition.atoms():
            if not isinstance(atom, InSegment) and atom.name in self.attributes:
                self.tests.setdefault(atom.name, {})[atom] = None

    def add_amount(self, amount: Expression, ref: str) -> None:
        """Cut where an amount of a term changes."""
        for cut in day_cuts(amount):
            if cut.name in self.attributes:
                self.cuts.setdefault(cut.name, set()).add((cut.family, cut.size))
        for step in [step for _, step in amount.steps] if isinstance(amount, Dated) else [amount]:
            if isinstance(step, Counted):
                bounds = (name for name in (step.at_least, step.at_most) if isinstance(name, str))
                for name in (step.of, *bounds):
                    self.add_value(name, ref)

    def add_value(self, name: str, ref: str) -> None:
        """Let every value of a name count, because of a term."""
        if name in self.attributes:
            self.computed.setdefault(name, set()).add(ref)

    def _columns(self, variable: Attribute) -> tuple[list[Column], bool]:
        tests = [test for test in self.tests.get(variable.name, ()) if not isinstance(test, Known)]
        currency = self.settings.currency
        if variable.name in self.computed:
            return [Column(variable, None, is_cut=False)], False
        items = sorted({item for test in tests if isinstance(test, Has) for item in test.items})
        if variable.type == "list":
            return [Column(variable, None, item) for item in items] or [Column(variable, None)], True
        cuts = self.cuts.get(variable.name, ())
        try:
            axis = make_axis(variable, tests, self.today, cuts)
        except TooManyCombinationsError:
            return [Column(variable, None, is_cut=False)], False
        asked = None if cuts else tests
        return [Column(variable, axis, today=self.today, currency=currency, tests=asked)], True
