"""Overrides of a term: the segments that set it and what the customer was promised, typed by the term (BOOK.md 6)."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

from servkit.answer.candidates import kinder
from servkit.answer.scope import in_force
from servkit.answer.term_plan import TermOverride
from servkit.book.amounts import Dated, Plain
from servkit.book.entries import Entry
from servkit.book.literals import read, read_as
from servkit.book.problems import ValueProblem
from servkit.book.values import list_value, text_value

if TYPE_CHECKING:
    from collections.abc import Sequence

    from servkit.answer.case import Customer, JournalPromise
    from servkit.answer.case_context import CaseContext
    from servkit.answer.resolution import Resolution
    from servkit.answer.term_plan import TermPlan
    from servkit.book.amounts import Counted, Expression
    from servkit.book.library import Library
    from servkit.book.settings import Settings
    from servkit.book.terms import Term
    from servkit.book.values import Value


def typed(amount: Expression, term: Term, settings: Settings) -> Expression:
    """A segment's or promise's value as the term types it. Raises ValueProblem where it does not fit."""
    if isinstance(amount, Dated):
        return amount._replace(steps=tuple((start, _typed(step, term, settings)) for start, step in amount.steps))
    return _typed(amount, term, settings)


def _typed(amount: Plain | Counted, term: Term, settings: Settings) -> Plain | Counted:
    if isinstance(amount, Plain):
        value = amount.value
        if value.type == "text" and term.type == "list":
            value = list_value([value.amount])
        elif value.type == "text":
            value = read_as(term.type, value.amount, term.of, settings.vocabulary)
        if value.type != term.type:
            raise ValueProblem(f"a {value.type}, but {term.ref} is a {term.type}")
        return Plain(value, amount.line)
    if amount.zero.type != term.type:
        raise ValueProblem(f"a {amount.zero.type}, but {term.ref} is a {term.type}")
    return amount


def find_term(library: Library, ref: str, day: int) -> tuple[Term, Entry] | None:
    """A term by reference and the document that owns it, as in force on a day."""
    id_, _, name = ref.partition(".")
    versions, _ = in_force([entry for kind in library.settings.owners for entry in library.versions(kind, id_)], day)
    for version in versions:
        if version.speaks and name in version.entry.terms:
            return version.entry.terms[name], version.entry
    return None


def _is_term(library: Library, ref: str) -> bool:
    id_, _, name = ref.partition(".")
    owners = (owner for kind in library.settings.owners for owner in library.versions(kind, id_))
    return any(name in owner.logic.get("terms", {}) for owner in owners)


class CaseOverrides:
    """The segments that the customer is or might be in, and the customer, as overrides of terms."""

    def __init__(self, resolution: Resolution, context: CaseContext, possible_segments: Sequence[Entry]) -> None:
        self.resolution, self.context, self.possible_segments = resolution, context, possible_segments
        customer = resolution.case.customer
        #: Where promises stand: the customer's document, then those of the journal from the oldest.
        self.promising = promising_entries(customer, resolution.settings) if customer is not None else []
        #: The possible segments that set a term, by its reference.
        self._setting: dict[str, list[Entry]] = {}
        for entry in possible_segments:
            for ref in entry.logic.get("overrides", {}):
                self._setting.setdefault(ref, []).append(entry)

    def setting(self, ref: str) -> Sequence[Entry]:
        """The possible segments that set a term."""
        return self._setting.get(ref, ())

    def segments(self, plan: TermPlan) -> list[TermOverride]:
        """The segments that may set a flexible term, the highest priority first; a fixed term has no overrides."""
        verdicts = self.context.record.segments
        out = []
        for entry in self.setting(plan.term.ref):
            if entry not in plan.overrides:
                plan.overrides[entry] = self._typed(plan.term, entry)
            override = self._fitting(plan.term, entry, plan.overrides[entry])
            if override is not None:
                out.append(override._replace(when=entry.when) if verdicts[entry.id] is None else override)
        return sorted(out, key=lambda override: (-override.priority, override.entry.id))

    def promises(self, term: Term) -> list[TermOverride]:
        """What the customer was promised of a flexible term, from the oldest."""
        setting = (entry for entry in self.promising if term.ref in entry.logic.get("overrides", {}))
        found = (self._fitting(term, entry, self._typed(term, entry)) for entry in setting)
        return [promise for promise in found if promise is not None]

    def _typed(self, term: Term, entry: Entry) -> TermOverride | str:
        """What an entry sets a term to, or why its value does not fit."""
        try:
            amount = typed(entry.overrides[term.ref], term, self.resolution.settings)
        except ValueProblem as bad:
            return str(bad)
        return TermOverride(entry, amount, None, Decimal(entry.logic.get("priority", "0")))

    def _fitting(self, term: Term, entry: Entry, found: TermOverride | str) -> TermOverride | None:
        """The override; None, with a problem, where it is ignored."""
        line = entry.overrides[term.ref].line
        if term.fixed:
            message = f"{entry.id} {_verb(entry)} {term.ref}, which is fixed, so this is ignored"
            self.resolution.problem("SK402", entry, line, message)
            return None
        if isinstance(found, str):
            self.resolution.problem("SK301", entry, line, f"{term.ref}: {found} This value is ignored.")
            return None
        return found

    def report_unknown_terms(self) -> None:
        """Report overrides of terms that no document has; they are ignored."""
        library = self.resolution.library
        known: dict[str, bool] = library.made.setdefault(_is_term, {})
        for entry in (*self.possible_segments, *self.promising):
            for ref in entry.logic.get("overrides", ()):
                if ref not in known:
                    known[ref] = _is_term(library, ref)
                if not known[ref]:
                    message = f"{entry.id} {_verb(entry)} {ref}, but no document has this term, so it is ignored"
                    self.resolution.problem("SK204", entry, entry.overrides[ref].line, message)

    def promised(self) -> dict[str, Expression]:
        """Everything that was promised, typed by its term where that is possible; of several promises of a term the
        kindest where that is known, else the latest."""
        out: dict[str, Expression] = {}
        for entry in self.promising:
            for ref, amount in entry.overrides.items():
                found = find_term(self.resolution.library, ref, self.resolution.today)
                try:
                    new = typed(amount, found[0], self.resolution.settings) if found else amount
                except ValueProblem:
                    new = amount
                old = out.get(ref)
                if old is None or not _is_kinder(old, new, found[0].better if found else None):
                    out[ref] = new
        return out

    def promised_titles(self) -> dict[str, Any]:
        """What the terms are called that something was promised of, whatever the answer is about."""
        refs = dict.fromkeys(ref for entry in self.promising for ref in entry.overrides)
        found = ((ref, find_term(self.resolution.library, ref, self.resolution.today)) for ref in refs)
        return {ref: pair[0].title for ref, pair in found if pair is not None}


def promising_entries(customer: Customer, settings: Settings) -> list[Entry]:
    """Where a customer's promises stand: their document, then the journal from the oldest, each entry as a document."""
    document = [customer.entry] if customer.entry is not None else []
    noted = customer.journal.promises if customer.journal is not None else ()
    return [*document, *(_journal_entry(customer, promise, settings) for promise in reversed(noted))]


def _journal_entry(customer: Customer, promise: JournalPromise, settings: Settings) -> Entry:
    overrides = {promise.term: Plain(_read(promise.value, settings), 0).encode()}
    logic = {"kind": "customer", "id": customer.id, "line": 0, "overrides": overrides, "journal": promise.journal}
    return Entry("", logic, {})


def _read(text: str, settings: Settings) -> Value:
    """A value as it was recorded. One that no longer reads as anything is a text, and is reported as such."""
    try:
        return read(text, settings.clocks)
    except ValueProblem:
        return text_value(text)


def _is_kinder(left: Expression, right: Expression, better: str | None) -> bool:
    return isinstance(left, Plain) and isinstance(right, Plain) and bool(kinder(left.value, right.value, better))


def _verb(entry: Entry) -> str:
    return "promises" if entry.kind == "customer" else "sets"
