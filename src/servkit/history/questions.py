"""New questions: unknowns that begin to matter with an edit, and for how many customers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from servkit.answer.case import Case
from servkit.answer.resolver import resolve
from servkit.book.problems import ServkitError, ValueProblem
from servkit.history.signatures import Groups, Signatures

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence
    from datetime import date

    from servkit.answer.case import Customer
    from servkit.answer.result import Ask
    from servkit.book.conditions import Condition
    from servkit.book.library import Library


@dataclass(frozen=True)
class Question:
    """An unknown that begins to matter, its question, and what it decides. ``customers`` are those to whom it is put
    now and was not before; None where nobody was counted."""

    name: str
    question: object
    decides: tuple[str, ...]
    customers: int | None


class QuestionCounter:
    """Counts to whom a question is new. ``about`` are the ids of documents that may differ."""

    def __init__(self, before: Library, after: Library, about: Sequence[str], on: date, role: str | None) -> None:
        self.libraries, self.about, self.on, self.role = (before, after), tuple(about), on, role
        self.found: dict[str, Question] = {}
        self.counted = False
        self._note(self._new(None), 0)

    def groups(self, conditions: Iterable[Condition], whole: Collection[str]) -> Groups:
        """Where to put customers: ``conditions`` and the values of ``whole`` are all that tells them apart here."""
        variables = self.libraries[1].settings.variables
        return Groups(Signatures(list(conditions), variables, self.on.toordinal(), whole))

    def count(self, groups: Groups) -> None:
        """Ask for every customer."""
        self.counted = True
        for customer, number in groups:
            self._note(self._new(customer), number)

    def questions(self) -> list[Question]:
        """The new questions, by name."""
        found = [self.found[name] for name in sorted(self.found)]
        return found if self.counted else [one.__class__(one.name, one.question, one.decides, None) for one in found]

    def _note(self, asks: Iterable[Ask], number: int) -> None:
        for ask in asks:
            old = self.found.get(ask.name)
            count = number + (old.customers or 0 if old is not None else 0)
            decides = tuple(sorted({*ask.decides, *(old.decides if old is not None else ())}))
            self.found[ask.name] = Question(ask.name, ask.question, decides, count)

    def _new(self, customer: Customer | None) -> list[Ask]:
        """What is asked with the new book and was not with the old one."""
        asked = [self._asked(library, customer) for library in self.libraries]
        known = {ask.name for ask in asked[0]}
        return [ask for ask in asked[1] if ask.name not in known]

    def _asked(self, library: Library, customer: Customer | None) -> Sequence[Ask]:
        kinds = library.settings.applicable
        about = tuple(id_ for id_ in self.about if id_ in library.settings.areas
                      or any(library.versions(kind, id_) for kind in kinds))  # fmt: skip
        if not about:
            return ()
        try:
            return resolve(library, Case(on=self.on, customer=customer, about=about, role=self.role)).ask
        except (ServkitError, ValueProblem):
            return ()
