"""What a term comes to as far as the book alone decides it: its rows with all that they decide, made once."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from servkit.answer.candidates import Candidate, best_of, kinder
from servkit.answer.result import Origin
from servkit.book.amounts import Plain
from servkit.book.conditions import InSegment

if TYPE_CHECKING:
    from collections.abc import Iterator
    from decimal import Decimal

    from servkit.answer.result import TermAnswer
    from servkit.book.amounts import Expression
    from servkit.book.conditions import Condition
    from servkit.book.entries import Entry
    from servkit.book.settings import Settings
    from servkit.book.terms import Grants, Row, Term
    from servkit.book.values import Value


class Offer(NamedTuple):
    """The values in the running, the limit, and what each role may grant, from the least; all in numbers."""

    values: tuple[Candidate, ...]
    limit: Candidate | None
    grants: tuple[Candidate | None, ...]


class TermOutcome(NamedTuple):
    """What the term comes to in one way of filling in. Several candidates are a conflict, none is no value.

    ``mays`` is how far one may go: nobody in particular first, then every role from the least.
    """

    candidates: tuple[Candidate, ...]
    clipped: Value | None
    limit: Value | None
    mays: tuple[Candidate, ...]

    @property
    def value_key(self) -> tuple[object, ...]:
        """Equal for outcomes of the same value, whatever it comes from."""
        if len(self.candidates) == 1:
            return (self.candidates[0].key,)
        return tuple(sorted((candidate.key for candidate in self.candidates), key=repr))

    @property
    def key(self) -> tuple[object, ...] | None:
        """Equal for outcomes that are the same answer; without a value there is nothing to limit or to grant."""
        if not self.candidates:
            return None
        limit = self.limit.key if self.limit is not None else None
        return (self.value_key, limit, *(may.key for may in self.mays))

    def end(self, place: int) -> Candidate | None:
        """How far one may go; None without a value, and in a conflict."""
        return self.mays[place] if self.mays else None


class TermOverride(NamedTuple):
    """A segment that sets the term, or a customer it was promised to; ``when`` is None where that is certain."""

    entry: Entry
    amount: Expression
    when: Condition | None
    priority: Decimal


class RowPlan(NamedTuple):
    """A row with all that it decides; what it leaves out is the term's own. The term itself has no ``when``.

    ``grants`` are by role, from the least; empty where nobody may grant anything. ``offer`` is what the row comes to,
    and ``outcome`` what it is alone; None where something in it has to be worked out. ``answers`` are by role, where
    the row alone decides: each is made when first needed.
    """

    when: Condition | None
    value: Expression | None
    limit: Expression | None
    grants: tuple[Expression | None, ...]
    offer: Offer | None = None
    outcome: TermOutcome | None = None
    answers: dict[str | None, TermAnswer | None] | None = None

    def amounts(self) -> Iterator[Expression]:
        """Its value, limit and grants."""
        return (amount for amount in (self.value, self.limit, *self.grants) if amount is not None)


class TermPlan:
    """One term of one document: its rows in their order, what it is ``otherwise``, the ids of the ``segments`` that its
    rows name, and whether nothing in it has to be worked out (``is_plain``)."""

    def __init__(self, term: Term, owner: Entry, settings: Settings) -> None:
        self.term, self.owner, self.settings = term, owner, settings
        own = self._by_role(term.grant)
        self.rows = tuple(self._row(row, own) for row in term.rows)
        self.otherwise = self._made(None, term.value, term.limit, own)
        #: The segments that set it, as far as they are known: certain ones, or why their value does not fit.
        self.overrides: dict[Entry, TermOverride | str] = {}
        self.segments = frozenset(id_ for when in term.conditions() for id_ in named_segments(when))
        self.is_plain = all(row.offer is not None for row in (*self.rows, self.otherwise))

    def _by_role(self, grants: Grants) -> tuple[Expression | None, ...]:
        return tuple(grants.get(role) for role in self.settings.roles) if grants else ()

    def _row(self, row: Row, own: tuple[Expression | None, ...]) -> RowPlan:
        value = self.term.value if row.value is None else row.value
        limit = self.term.limit if row.limit is None else row.limit
        return self._made(row.when, value, limit, own if row.grant is None else self._by_role(row.grant))

    def _made(
        self,
        when: Condition | None,
        value: Expression | None,
        limit: Expression | None,
        grants: tuple[Expression | None, ...],
    ) -> RowPlan:
        if not all(amount is None or isinstance(amount, Plain) for amount in (value, limit, *grants)):
            return RowPlan(when, value, limit, grants)
        found = [_plain(amount) for amount in (limit, *grants)]
        values = () if not isinstance(value, Plain) else (Candidate(value.value, origin(self.owner, value.line)),)
        offer = Offer(values, found[0], tuple(found[1:]))
        has_plain_default = self.term.value is None or isinstance(self.term.value, Plain)
        return RowPlan(when, value, limit, grants, offer, self.outcome(offer), {} if has_plain_default else None)

    def outcome(self, offer: Offer) -> TermOutcome:
        """What an offer comes to: its values within the limit, and how far each role may go from there."""
        better, limit = self.term.better, offer.limit
        candidates: list[Candidate] = []
        past = None
        for candidate in offer.values:
            if limit is not None and kinder(candidate.value, limit.value, better):
                past = candidate.value
                candidate = limit._replace(origin=candidate.origin)  # noqa: PLW2901 - past the limit, the limit stands in its place
            if all(candidate.key != other.key for other in candidates):
                candidates.append(candidate)
        if self.term.fixed or len(candidates) != 1:
            shown = limit.value if limit is not None and len(candidates) < 2 else None
            return TermOutcome(tuple(candidates), past, shown, ())
        mays = self._mays(candidates[0], limit, offer.grants)
        return TermOutcome(tuple(candidates), past, limit.value if limit is not None else None, mays)

    def _mays(
        self, reach: Candidate, limit: Candidate | None, grants: tuple[Candidate | None, ...]
    ) -> tuple[Candidate, ...]:
        """How far nobody in particular may go, and each role from the least."""
        better, settings = self.term.better, self.settings
        mays = [reach]
        by_role = dict(zip(settings.roles, grants, strict=False))
        for group in settings.role_groups:
            below = reach
            for role in group:
                grant = by_role.get(role)
                if grant is not None and limit is not None and kinder(grant.value, limit.value, better):
                    grant = limit
                own = below if grant is None else best_of(below, grant, better) or below
                mays.append(own)
                reach = best_of(reach, own, better) or reach
        return tuple(mays)


def plan_of(term: Term, owner: Entry, settings: Settings) -> TermPlan:
    """The plan of a term of a document; kept on the entry."""
    plans: dict[str, TermPlan] = owner.__dict__.setdefault("plans", {})
    found = plans.get(term.ref)
    if found is None:
        found = plans[term.ref] = TermPlan(term, owner, settings)
    return found


def named_segments(condition: Condition | None) -> Iterator[str]:
    """The ids of the segments that a condition asks for."""
    for atom in condition.atoms() if condition is not None else ():
        if isinstance(atom, InSegment):
            yield from atom.items


def _plain(amount: Expression | None) -> Candidate | None:
    return Candidate(amount.value) if isinstance(amount, Plain) else None


def origin(entry: Entry, line: int) -> Origin:
    """Where a value of a document comes from."""
    return Origin(entry.kind, entry.id, entry.path, line, entry.logic.get("journal"))
