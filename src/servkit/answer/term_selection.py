"""The terms of an answer: those of the documents that apply, and those that a recovery may offer (BOOK.md 6 and 9)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from servkit.answer.documents import applicability, restriction
from servkit.answer.known_amounts import worked_out
from servkit.answer.overrides import find_term
from servkit.answer.term_evaluation import TermWeigher
from servkit.answer.term_states import settle
from servkit.book.conditions import Condition, InSegment
from servkit.book.problems import Problem, ValueProblem
from servkit.book.values import Value, write

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from servkit.answer.case_facts import World
    from servkit.answer.documents import Placed
    from servkit.answer.overrides import Movers
    from servkit.answer.resolution import Inquiry
    from servkit.answer.result import TermAnswer
    from servkit.answer.term_evaluation import Weighed
    from servkit.book.entries import Entry
    from servkit.book.terms import Term


class TermsFound:
    """Works out ``terms``, and ``counting``: the ids of the segments that count."""

    def __init__(self, inquiry: Inquiry, world: World, placed: Placed, movers: Movers) -> None:
        self.inquiry, self.world, self.placed, self.movers = inquiry, world, placed, movers
        self.terms: dict[str, TermAnswer] = {}
        #: Those that tell something, and those that a document names or whose setting of a term is looked at.
        self.counting = {entry.id for entry in movers.live if entry.logic.get("tells")}

    def find(self) -> None:
        """Settle every term in the answer, and ask what decides them."""
        for entry in self.placed.sure:
            self._count(restriction(entry))
            for term in entry.terms.values():
                self._mark(term)
                self._settle(term, entry, self._weigh(term, entry))
        for entry, condition in self.placed.perhaps:
            self._count(condition)
            for term in entry.terms.values():
                self._mark(term)
                self.inquiry.ask(self._weigh(term, entry, (condition,)).asked, term.ref)
        self._offers()

    def _offers(self) -> None:
        """Terms that a recovery may offer, where their document would apply (its area is not looked at)."""
        here = {(entry.path, entry.line) for entry in self.placed.involved()}
        offers: list[tuple[Entry, tuple[Condition, ...]]] = [(entry, ()) for entry in self.placed.sure]
        offers += [(entry, (when,)) for entry, when in self.placed.perhaps]
        for recovery, guards in offers:
            for ref in recovery.list("may_offer") if recovery.kind == "recovery" else ():
                found = find_term(self.inquiry.library, ref, self.inquiry.today)
                if ref in self.terms or found is None or (found[1].path, found[1].line) in here:
                    continue
                term, owner = found
                verdict, _, _, condition = applicability(self.inquiry, self.world, owner)
                if verdict is False:
                    continue
                self._count(restriction(owner))
                self._mark(term)
                if verdict and not guards:
                    self._settle(term, owner, self._weigh(term, owner))
                else:
                    present = condition if verdict is None else None
                    self.inquiry.ask(self._weigh(term, owner, guards, present).asked, ref)

    def _weigh(
        self, term: Term, owner: Entry, guards: Sequence[Condition] = (), present: Condition | None = None
    ) -> Weighed:
        movers, promise = self.movers.segments(term), self.movers.promise(term)
        weighed = TermWeigher(self.world, self.inquiry.settings, term, owner, movers, promise).weigh(guards, present)
        if not weighed.exact:
            self.inquiry.inexact()
        return weighed

    # --- from outcomes to the answer ----------------------------------------------------------------------------

    def _settle(self, term: Term, owner: Entry, weighed: Weighed) -> None:
        self.inquiry.ask(weighed.asked, term.ref)
        found = settle(term, owner, weighed, self.inquiry.settings.roles, self.inquiry.case.role)
        if found is None:
            return
        if found.clipped is not None and found.limit is not None and found.origin is not None:
            message = f"{term.ref}: {write(found.clipped)} is past the limit {write(found.limit)}; the limit is shown"
            self.inquiry.problems.append(Problem("SK308", found.origin.file, found.origin.line, 1, message))
        self.terms[term.ref] = found._replace(default=self._default(term), due=self._due(found))

    def _default(self, term: Term) -> Value | None:
        """The plain ``value``, where all that it is worked out from is known."""
        found = worked_out(term.value, self.world.record)
        return found if isinstance(found, Value) else None

    def _due(self, found: TermAnswer) -> datetime | None:
        case, value = self.inquiry.case, found.value
        if case.clock is None or case.start is None or value is None or value.type != "duration":
            return None
        name = case.clock.zone_attribute(value)
        zone = self.world.record.values.get(name) if name else None
        if name and zone is None:
            self.inquiry.ask([name], found.term.ref)
            return None
        try:
            return case.clock.due(value, case.start, zone.amount if zone else None)
        except ValueProblem as bad:
            self.inquiry.problem("SK309", found.owner, found.term.line, f"{found.term.ref}: {bad}")
            return None

    # --- segments that count ------------------------------------------------------------------------------------

    def _mark(self, term: Term) -> None:
        """The segments that a term's rows name, and those that set it, even if outranked."""
        for condition in term.conditions():
            self._count(condition)
        if not term.fixed:
            self.counting |= {entry.id for entry in self.movers.live if term.ref in entry.logic.get("moves", {})}

    def _count(self, condition: Condition | None) -> None:
        for atom in condition.atoms() if condition is not None else ():
            if isinstance(atom, InSegment):
                self.counting |= set(atom.items)
