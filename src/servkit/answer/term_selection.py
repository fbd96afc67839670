"""The terms of an answer: those of the documents that apply, and those that a recovery may offer (BOOK.md 6 and 9)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from servkit.answer.documents import applicability, restriction
from servkit.answer.known_amounts import known_amount
from servkit.answer.overrides import find_term
from servkit.answer.term_evaluation import TermEvaluator
from servkit.answer.term_parts import TermParts
from servkit.answer.term_plan import named_segments, plan_of
from servkit.answer.term_states import settle
from servkit.answer.three_valued import evaluate_loosely
from servkit.book.problems import Problem, ValueProblem
from servkit.book.values import write
from servkit.domains.diagram import TooManyCombinationsError

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from servkit.answer.case_context import CaseContext
    from servkit.answer.documents import SortedDocuments
    from servkit.answer.overrides import CaseOverrides
    from servkit.answer.resolution import Resolution
    from servkit.answer.result import TermAnswer
    from servkit.answer.scope import Scope
    from servkit.answer.term_parts import TermOutcomes
    from servkit.book.conditions import Condition
    from servkit.book.entries import Entry
    from servkit.book.terms import Term


class TermSelection:
    """Finds ``terms``, and the ids of the segments that are relevant for the answer."""

    def __init__(
        self,
        resolution: Resolution,
        context: CaseContext,
        sorted_documents: SortedDocuments,
        overrides: CaseOverrides,
        scope: Scope,
    ) -> None:
        self.resolution, self.context = resolution, context
        self.sorted_documents, self.overrides = sorted_documents, overrides
        roles, role = resolution.settings.roles, resolution.case.role
        self._place = roles.index(role) + 1 if role in roles else 0
        self.terms: dict[str, TermAnswer] = {}
        #: Those that tell staff something, those that a document names, and those that set a term of the answer.
        self.relevant_segments = {entry.id for entry in overrides.possible_segments if scope.tells(entry)}

    def select(self) -> None:
        """Settle every term in the answer, and ask for what decides them."""
        for entry in self.sorted_documents.applying:
            self.relevant_segments.update(named_segments(restriction(entry)))
            for term in entry.terms.values():
                self._settle(term, entry, self._evaluate(term, entry))
        for entry, condition in self.sorted_documents.possible:
            self.relevant_segments.update(named_segments(condition))
            for term in entry.terms.values():
                self.resolution.ask(self._evaluate(term, entry, (condition,)).unknowns, term.ref)
        self._offers()

    def one(self, term: Term, owner: Entry, guard: Condition | None) -> tuple[TermAnswer | None, frozenset[str]]:
        """One term alone, of a document that applies, or that might where ``guard`` holds; and what decides it."""
        evaluated = self._evaluate(term, owner, () if guard is None else (guard,))
        if guard is None:
            self._settle(term, owner, evaluated)
        return self.terms.get(term.ref), frozenset(evaluated.unknowns)

    def _offers(self) -> None:
        """Terms that a recovery may offer, where their document would apply (its area is not looked at)."""
        here = {(entry.path, entry.line) for entry in self.sorted_documents.involved()}
        offers: list[tuple[Entry, tuple[Condition, ...]]] = [(entry, ()) for entry in self.sorted_documents.applying]
        offers += [(entry, (when,)) for entry, when in self.sorted_documents.possible]
        for recovery, guards in offers:
            for ref in recovery.list("may_offer") if recovery.kind == "recovery" else ():
                found = find_term(self.resolution.library, ref, self.resolution.today)
                if ref in self.terms or found is None or (found[1].path, found[1].line) in here:
                    continue
                term, owner = found
                verdict, _, _, condition = applicability(self.resolution, self.context, owner)
                if verdict is False:
                    continue
                self.relevant_segments.update(named_segments(restriction(owner)))
                if verdict and not guards:
                    self._settle(term, owner, self._evaluate(term, owner))
                else:
                    present = condition if verdict is None else None
                    self.resolution.ask(self._evaluate(term, owner, guards, present).unknowns, ref)

    def _evaluate(
        self, term: Term, owner: Entry, guards: Sequence[Condition] = (), present: Condition | None = None
    ) -> TermOutcomes:
        plan = plan_of(term, owner, self.resolution.settings)
        self.relevant_segments |= plan.segments
        if not term.fixed:
            self.relevant_segments.update(entry.id for entry in self.overrides.setting(term.ref))  # even if outranked
        overrides, promises = self.overrides.segments(plan), self.overrides.promises(term)
        parts = TermParts(self.context, plan, overrides, promises, self._place)
        try:
            return TermEvaluator(parts).evaluate(guards, present)
        except TooManyCombinationsError:
            self.resolution.inexact()
            return evaluate_loosely(parts, guards, present)

    # --- from outcomes to the answer ----------------------------------------------------------------------------

    def _settle(self, term: Term, owner: Entry, evaluated: TermOutcomes) -> None:
        self.resolution.ask(evaluated.unknowns, term.ref)
        answers, role = evaluated.row.answers if evaluated.row is not None else None, self.resolution.case.role
        if answers is not None and role in answers:
            found = answers[role]
        else:
            default = known_amount(term.value, self.context.record)
            found = settle(term, owner, evaluated, self.resolution.settings.authority, role, default)
            if answers is not None:
                answers[role] = found
        if found is None:
            return
        if found.clipped is not None and found.limit is not None and found.origin is not None:
            message = (
                f"{term.ref}: {write(found.clipped)} is past the limit {write(found.limit)}, so the limit is shown"
            )
            self.resolution.problems.append(Problem("SK308", found.origin.file, found.origin.line, 1, message))
        due = self._due(found)
        self.terms[term.ref] = found if due is None else found._replace(due=due)

    def _due(self, found: TermAnswer) -> datetime | None:
        case, value = self.resolution.case, found.value
        if case.clock is None or case.start is None or value is None or value.type != "duration":
            return None
        name = case.clock.zone_attribute(value)
        zone = self.context.record.values.get(name) if name else None
        if name and zone is None:
            self.resolution.ask([name], found.term.ref)
            return None
        try:
            return case.clock.due(value, case.start, zone.amount if zone else None)
        except ValueProblem as bad:
            self.resolution.problem("SK309", found.owner, found.term.line, f"{found.term.ref}: {bad}")
            return None
