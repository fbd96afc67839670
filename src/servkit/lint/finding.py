"""Findings: what a rule reports about a place in the book. Every format is a view of these values."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from servkit.book.entries import Entry
    from servkit.book.problems import Problem

#: Worst first. A rule or a place may also be switched ``off``.
SEVERITIES = ("error", "warning", "info")


class Edit(NamedTuple):
    """Put ``new`` in the place of ``old``, which is at ``line`` and ``column`` (from 1, in characters).

    Where the text there is another one, the edit is not made.
    """

    line: int
    column: int
    old: str
    new: str


class Fix(NamedTuple):
    """A safe fix: what it does, in words, and the edits that do it, all or none."""

    label: str
    edits: tuple[Edit, ...]


class Finding(NamedTuple):
    """One finding. Rules leave ``code`` and ``severity`` empty: the engine knows them, a rule does not.

    ``line`` and ``column`` count from 1 and are 0 where the whole file is meant. ``document`` is ``kind:id``, empty
    where no document is at fault. ``message`` says what is wrong and what to write instead. ``witness`` is a scenario,
    as YAML, that shows it. ``fingerprint`` (set by the engine) stays the same while only line numbers change.
    """

    path: str
    line: int
    column: int
    message: str
    document: str = ""
    witness: str = ""
    fix: Fix | None = None
    code: str = ""
    severity: str = ""
    fingerprint: str = ""

    @property
    def order(self) -> tuple[str, int, int, str, str]:
        """Findings are sorted by place."""
        return (self.path, self.line, self.column, self.code, self.message)

    @property
    def where(self) -> str:
        """``path:line:column``, as far as they are known."""
        return f"{self.path}:{self.line}:{self.column}" if self.line else self.path

    def of(self, code: str) -> Finding:
        """The finding with the code of the rule that it is of."""
        return self._replace(code=code)


def at(
    entry: Entry,
    where: Sequence[str | int],
    message: str,
    *,
    key: bool = False,
    witness: str = "",
    fix: Fix | None = None,
) -> Finding:
    """A finding at a part of a document: at the value that ``where`` (keys and indexes) leads to, or at its key."""
    line, column = place_of(entry, where, key=key)
    return Finding(entry.path, line, column, message, entry.name, witness, fix)


def place_of(entry: Entry, where: Sequence[str | int], *, key: bool = False) -> tuple[int, int]:
    """Line and column of a part of a document, or of its key; where the document begins, if its file has changed since
    it was loaded."""
    return entry.source.place(where, key=key) if entry.source is not None else (entry.line, 1)


def from_problems(problems: Iterable[Problem], code: str) -> Iterator[Finding]:
    """The problems with this code, as findings."""
    return (from_problem(problem) for problem in problems if problem.code == code)


def from_problem(problem: Problem, document: str = "") -> Finding:
    """A problem that the reader found, as a finding."""
    return Finding(problem.path, problem.line, problem.column, problem.message, document, code=problem.code)
