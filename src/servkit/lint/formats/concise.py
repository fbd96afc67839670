"""One line a finding: ``path:line:column: severity CODE message``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from servkit.text import clean

if TYPE_CHECKING:
    from servkit.lint.destination import Destination
    from servkit.lint.report import Report


def concise(report: Report, destination: Destination) -> str:
    """The report for editors and for grep."""
    return "".join(
        f"{destination.place(found.path, found.line, found.column)}: {found.severity} {found.code} "
        f"{clean(' '.join(found.message.split()))}\n"
        for found in report.findings
    )
