"""One question to the checks: which book, what of it, and what is to be left out."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from servkit.lint.remembering import Memory

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import date

    from servkit.lint.gathering import Gathered
    from servkit.lint.report import Report

#: Mendings bring others into reach; after so many rounds none is left in any book.
_ROUNDS = 10


class Request(NamedTuple):
    """``paths`` are files, folders or patterns below ``here``, or else the working folder; ``today`` none is today in
    the book's time zone; ``memory`` is the memory for this question, where the caller has opened it and will
    keep in it what is said."""

    root: Path
    paths: tuple[str, ...] = ()
    here: Path | None = None
    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    baseline: Path | None = None
    since: str | None = None
    today: date | None = None
    remember: bool = True
    progress: Callable[[int, int], None] | None = None
    memory: Memory | None = None


def answer(request: Request) -> Report:
    """The report, narrowed to what was asked. Raises ServkitError where the question cannot be answered."""
    _check_codes((*request.select, *request.ignore))
    report, gathered = _whole(request)
    if not (request.paths or request.since is not None or request.baseline is not None):
        return report
    from servkit.lint.filters import known_findings, only, paths_within, without_known

    if request.paths:
        wanted = paths_within(request.root, report.paths, request.paths, request.here or Path.cwd())
        report = only(report, lambda finding: finding.path in wanted)
    if request.since is not None:
        from servkit.lint.changes import changed_since
        from servkit.lint.gathering import gather

        changed = changed_since(request.root, request.since, (gathered or gather(request.root)).book)
        report = only(report, lambda finding: finding in changed)
    if request.baseline is not None:
        report = without_known(report, known_findings(request.baseline))
    return report


def mend(request: Request) -> tuple[Report, int]:
    """Make every fix of what was asked, and say what is left, and how many fixes were made."""
    from servkit.lint.fixes import fix_findings

    report, made = answer(request), 0
    for _ in range(_ROUNDS):
        now = fix_findings(request.root, report.findings)
        if not now:
            break
        made += now
        request = request._replace(memory=None)  # it knows the book as it was
        report = answer(request)
    return report, made


def memory_of(request: Request) -> Memory:
    """Where the answer to this question is remembered."""
    return Memory(request.root, request.today, request.select, request.ignore)


def _check_codes(codes: Sequence[str]) -> None:
    if not codes:
        return
    from servkit.book.problems import UnknownNameError
    from servkit.lint.rule import all_rules

    for code in codes:
        if not any(known.startswith(code) for known in all_rules()):
            raise UnknownNameError("rule", code, tuple(all_rules()), "servkit rule lists them")


def _whole(request: Request) -> tuple[Report, Gathered | None]:
    """The report of the whole book, and the book where it had to be read: where nothing has changed, the report is
    remembered."""
    memory = request.memory if request.memory is not None or not request.remember else memory_of(request)
    found = memory.recall() if memory is not None else None
    if found is not None:
        return found, None
    from servkit.lint.engine import check, read
    from servkit.lint.inquiry import Chosen

    files = memory.files if memory is not None else None
    gathered = read(request.root, request.today, Chosen(request.select, request.ignore), request.progress, files)
    report = check(gathered)
    if memory is not None:
        memory.keep(report, gathered, write=request.memory is None)
    return report, gathered
