"""Code Climate's JSON, which GitLab shows as code quality."""

from __future__ import annotations

from typing import TYPE_CHECKING

from servkit.text import json_text

if TYPE_CHECKING:
    from servkit.lint.destination import Destination
    from servkit.lint.report import Report

_SEVERITIES = {"error": "major", "warning": "minor", "info": "info"}


def codeclimate(report: Report, destination: Destination) -> str:
    """One issue a finding."""
    issues = [
        {
            "type": "issue",
            "check_name": found.code,
            "description": found.message,
            "categories": ["Bug Risk" if found.severity == "error" else "Style"],
            "severity": _SEVERITIES[found.severity],
            "fingerprint": found.fingerprint,
            "location": {
                "path": destination.path(found.path),
                "lines": {"begin": found.line or 1, "end": found.line or 1},
            },
            **({"content": {"body": f"```yaml\n{found.witness.rstrip()}\n```\n"}} if found.witness else {}),
        }
        for found in report.findings
    ]
    return json_text(issues)
