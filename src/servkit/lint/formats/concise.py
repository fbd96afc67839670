"""One line a finding: ``path:line:column: severity CODE message``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from servkit.text import clean

if TYPE_CHECKING:
    from servkit.lint.look import Look
    from servkit.lint.report import Report


def concise(report: Report, look: Look) -> str:
    """The report for editors and for grep."""
    return "".join(
        f"{look.place(found.path, found.line, found.column)}: {found.severity} {found.code} "
        f"{clean(' '.join(found.message.split()))}\n"
        for found in report.findings
    )
