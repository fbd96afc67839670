"""JSON, versioned by its ``schema``; a report in this format is also what ``--baseline`` reads."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

from servkit.lint.filters import SCHEMA
from servkit.lint.finding import SEVERITIES
from servkit.lint.rule import all_rules
from servkit.text import json_text

if TYPE_CHECKING:
    from servkit.lint.destination import Destination
    from servkit.lint.finding import Finding
    from servkit.lint.report import Report


def json_(report: Report, destination: Destination) -> str:
    """The report for programs. Paths are the book's; ``root`` leads to it."""
    severities = Counter(found.severity for found in report.findings)
    data: dict[str, Any] = {
        "schema": SCHEMA,
        "book": {"name": report.name, "root": destination.prefix.rstrip("/") or "."},
        "on": report.today,
        "files": report.files,
        "documents": report.documents,
        "counts": {severity: severities[severity] for severity in SEVERITIES},
        "ignored": report.ignored,
        "known": report.known,
        "gone": report.gone,
        "skipped": list(report.skipped),
        "findings": [_finding(found) for found in report.findings],
    }
    if destination.statistics:
        data["statistics"] = dict(sorted(report.by_code.items()))
    return json_text(data)


def _finding(found: Finding) -> dict[str, Any]:
    rule = all_rules().get(found.code)
    return {
        "code": found.code,
        "rule": rule.name if rule is not None else None,
        "severity": found.severity,
        "path": found.path,
        "line": found.line,
        "column": found.column,
        "document": found.document or None,
        "message": found.message,
        "url": rule.url if rule is not None else None,
        "fix": found.fix.label if found.fix is not None else None,
        "witness": found.witness or None,
        "fingerprint": found.fingerprint,
    }
