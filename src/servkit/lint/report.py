"""The result of checking a book, as one value. Every format is a view of it."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from pathlib import Path

    from servkit.lint.finding import Finding

_RANK = {"error": 0, "warning": 1, "info": 2}


class Report(NamedTuple):
    """What the checks found.

    ``ignored`` counts findings that comments leave out, ``known`` those that a baseline leaves out, ``gone`` those of
    the baseline that are fixed. ``skipped`` says what was not checked or not proved, and why; ``paths`` are the files
    that were checked.
    """

    root: Path
    findings: tuple[Finding, ...]
    files: int = 0
    documents: int = 0
    ignored: int = 0
    known: int = 0
    gone: int = 0
    skipped: tuple[str, ...] = ()
    paths: tuple[str, ...] = ()
    fail_on: str = "info"
    name: str = ""
    today: str = ""

    @property
    def by_code(self) -> Counter[str]:
        return Counter(finding.code for finding in self.findings)

    @property
    def failed(self) -> bool:
        """Whether any finding is at least as severe as the book's ``fail_on``."""
        return any(_RANK[finding.severity] <= _RANK[self.fail_on] for finding in self.findings)
