"""Running the scenarios of a book: which hold, and for the others what was expected, what came, and why."""

from __future__ import annotations

from dataclasses import dataclass
from fnmatch import fnmatchcase
from time import perf_counter
from typing import TYPE_CHECKING

from servkit.analysis.reasons import reasons
from servkit.answer.resolver import resolve
from servkit.answer.scenario import Difference, case_of, differences
from servkit.book.problems import ServkitError, UnknownNameError, ValueProblem
from servkit.nearest import nearest
from servkit.text import enumeration

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from servkit.answer.case import Case, Customer, DueClock
    from servkit.answer.result import Answer
    from servkit.book.entries import Entry
    from servkit.book.library import Book, Library


@dataclass(frozen=True, slots=True)
class Miss:
    """One difference: ``at`` names what was expected (``expect.terms.returns.window``), with its line and column.

    ``why`` says what decided it instead.
    """

    at: str
    line: int
    column: int
    expected: str
    got: str
    why: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ScenarioRun:
    """A scenario and its result. ``error`` says why it could not be run."""

    entry: Entry
    case: Case | None
    answer: Answer | None
    misses: tuple[Miss, ...]
    error: str
    seconds: float

    @property
    def state(self) -> str:
        """``holds``, ``fails``, or ``error`` where the scenario cannot be run."""
        return "error" if self.error else "fails" if self.misses else "holds"


def pick(book: Book, requested: Sequence[str]) -> list[Entry]:
    """The scenarios with these ids, or that match these patterns with ``*`` and ``?``; without any, all.

    Raises UnknownNameError where nothing matches, and ServkitError where the book has no scenarios.
    """
    there = [entry for entry in book.entries if entry.kind == "scenario"]
    if not there:
        count = len(book.problems)
        problems = "1 problem keeps" if count == 1 else f"{count} problems keep"
        hint = f" ({problems} documents from being read; see `servkit lint`)" if count else ""
        raise ServkitError(f"This book has no scenarios{hint}. Write the first one with `servkit new scenario ID`.")
    for name in requested:
        if not any(fnmatchcase(entry.id, name) for entry in there):
            raise UnknownNameError("scenario", name, tuple(entry.id for entry in there), "see servkit list scenario")
    return [entry for entry in there if not requested or any(fnmatchcase(entry.id, name) for name in requested)]


def run(
    book: Library,
    entries: Sequence[Entry],
    find: Callable[[str], Customer | None],
    clock: DueClock | None = None,
) -> Iterator[ScenarioRun]:
    """Each scenario in turn. ``find`` knows customers by id; ``clock`` when a duration is due."""
    for entry in entries:
        begin = perf_counter()
        case = answer = None
        misses: tuple[Miss, ...] = ()
        error = ""
        try:
            case = case_of(entry, book, find, clock)
            answer = resolve(book, case)
            misses = tuple(_miss(entry, answer, found, book) for found in differences(entry, answer))
        except UnknownNameError as bad:
            error = f"{bad}{_nearest(bad, book)}"
        except (ServkitError, ValueProblem) as bad:
            error = str(bad)
        yield ScenarioRun(entry, case, answer, misses, error, perf_counter() - begin)


def _miss(entry: Entry, answer: Answer, found: Difference, book: Library) -> Miss:
    line, column = entry.source.place(found.where) if entry.source is not None else (entry.line, 1)
    return Miss(
        _dotted(found.where), line, column, found.expected, found.got, tuple(reasons(entry, answer, found, book))
    )


def _dotted(where: Sequence[str | int]) -> str:
    return ".".join(str(step) for step in where if not isinstance(step, int))


def _nearest(bad: UnknownNameError, book: Library) -> str:
    known: Sequence[str] = bad.known
    if bad.what == "customer" and not known:
        known = [entry.id for entry in getattr(book, "entries", ()) if entry.kind == "customer"]
    near = nearest(bad.name, known, 2)
    return f"; did you mean {enumeration(near, 'or')}?" if near else ""
