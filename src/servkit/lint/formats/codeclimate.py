"""Code Climate's JSON, which GitLab shows as code quality."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from servkit.lint.look import Look
    from servkit.lint.report import Report

_SEVERITIES = {"error": "major", "warning": "minor", "info": "info"}


def codeclimate(report: Report, look: Look) -> str:
    """One issue a finding."""
    issues = [
        {
            "type": "issue",
            "check_name": found.code,
            "description": found.message,
            "categories": ["Bug Risk" if found.severity == "error" else "Style"],
            "severity": _SEVERITIES[found.severity],
            "fingerprint": found.fingerprint,
            "location": {"path": look.path(found.path), "lines": {"begin": found.line or 1, "end": found.line or 1}},
        }
        for found in report.findings
    ]
    return json.dumps(issues, ensure_ascii=False, indent=2) + "\n"
