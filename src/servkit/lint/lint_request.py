"""One request to the checks: which findings of a book to report, and which to leave out."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from servkit.lint.changes import changed_since
from servkit.lint.code_filter import CodeFilter
from servkit.lint.engine import lint
from servkit.lint.filters import known_findings, only, paths_within, without_known
from servkit.lint.fixes import fix_findings
from servkit.lint.loader import load

if TYPE_CHECKING:
    from datetime import date

    from servkit.lint.journal_view import JournalView
    from servkit.lint.loader import LoadedBook
    from servkit.lint.report import Report

#: A fix may bring another one into reach; no book needs more rounds than this.
_ROUNDS = 10


class Request(NamedTuple):
    """``paths`` are files, folders or patterns below ``here``, or else in the book; ``since`` is a git revision;
    ``baseline`` is an earlier report; ``journal`` is what to know of the journal."""

    today: date
    codes: CodeFilter = CodeFilter()
    paths: tuple[str, ...] = ()
    here: Path = Path()
    baseline: Path | None = None
    since: str | None = None
    journal: JournalView | None = None


def report_on(loaded: LoadedBook, request: Request) -> Report:
    """The report, narrowed as requested. Raises ServkitError where a path, revision or baseline can't be used."""
    report = lint(loaded, request.today, request.codes, request.journal)
    if request.paths:
        paths = paths_within(loaded.home, report.paths, request.paths, request.here)
        report = only(report, lambda finding: finding.path in paths)
    if request.since is not None:
        changed = changed_since(loaded.root, request.since, loaded.book)
        report = only(report, lambda finding: finding in changed)
    if request.baseline is not None:
        report = without_known(report, known_findings(request.baseline))
    return report


def fix_book(loaded: LoadedBook, request: Request) -> tuple[Report, int]:
    """Apply every fix among the requested findings; what is left, and how many fixes were applied."""
    report, applied = report_on(loaded, request), 0
    for _ in range(_ROUNDS):
        count = fix_findings(loaded.root, report.findings)
        if not count:
            break
        applied += count
        report = report_on(load(loaded.root, loaded.cache)._replace(customers=loaded.customers), request)
    return report, applied
