"""One case being answered: what is asked and known, and the problems and questions found on the way."""

from __future__ import annotations

from typing import TYPE_CHECKING

from servkit.answer.result import Ask
from servkit.answer.verdicts import verdict_on
from servkit.book.problems import Problem
from servkit.book.values import Value, choice_value, date_value, text_value

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from servkit.answer.case import Case
    from servkit.answer.case_context import CaseContext
    from servkit.book.conditions import Condition
    from servkit.book.entries import Entry
    from servkit.book.library import Library


class Resolution:
    """Collects problems, and the unknowns that matter, while an answer is made.

    ``unreadable`` are attributes on record that do not compare with what the book compares them with; they count as
    unknown.
    """

    def __init__(self, library: Library, case: Case, unreadable: Mapping[str, str]) -> None:
        self.library, self.case, self.settings = library, case, library.settings
        self.today = case.on.toordinal()
        self.values = self._known(unreadable)
        self.problems: list[Problem] = list(library.problems)
        self._decides: dict[str, set[str]] = {}

    def _known(self, unreadable: Mapping[str, str]) -> dict[str, Value]:
        case = self.case
        values: dict[str, Value] = dict(case.customer.attributes) if case.customer else {}
        for name, value in case.given.items():
            if value is None:
                values.pop(name, None)
            else:
                values[name] = value
        for name in unreadable:
            values.pop(name, None)
        values["today"] = date_value(case.on)
        if case.channel is not None:
            values["channel"] = text_value(case.channel)
        if case.role is not None:
            values["role"] = choice_value(case.role, self.settings.roles)
        if case.office is not None:
            values["office"] = text_value(case.office)
        return values

    # --- questions and problems ---------------------------------------------------------------------------------

    def ask(self, names: Iterable[str], decides: str) -> None:
        """Unknowns that matter: ``decides`` is a term, or a document or segment as ``kind:id``."""
        for name in names:
            self._decides.setdefault(name, set()).add(decides)

    def asks(self) -> list[Ask]:
        """The unknowns that matter, by name, each with its question and what it decides."""
        variables = self.settings.variables
        return [Ask(name, variables[name].ask, tuple(sorted(what))) for name, what in sorted(self._decides.items())]

    def problem(self, code: str, entry: Entry, line: int, message: str) -> None:
        """Report a problem of a document at a line."""
        self.problems.append(Problem(code, entry.path, line, 1, message))

    def inexact(self) -> None:
        """Report that there were too many combinations."""
        message = "too many combinations of unknown values; more may be asked than necessary"
        self.problems.append(Problem("SK490", "servkit.yaml", 0, 0, message))

    # --- conditions ---------------------------------------------------------------------------------------------

    def verdict(self, context: CaseContext, condition: Condition) -> tuple[bool | None, frozenset[str]]:
        """Whether a condition holds however the unknowns are filled in, and the unknowns it depends on."""
        verdict, unknown, exact = verdict_on(context, condition)
        if not exact:
            self.inexact()
        return verdict, unknown
