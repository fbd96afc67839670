"""Workflow commands of GitHub Actions: each finding stands beside its line in the pull request."""

from __future__ import annotations

from typing import TYPE_CHECKING

from servkit.lint.rule import all_rules
from servkit.text import clean

if TYPE_CHECKING:
    from servkit.lint.destination import Destination
    from servkit.lint.finding import Finding
    from servkit.lint.report import Report

_COMMANDS = {"error": "error", "warning": "warning", "info": "notice"}


def github(report: Report, destination: Destination) -> str:
    """One command a finding, and one for whatever was not looked at."""
    skipped = [f"::notice title=servkit::not looked at: {_escaped(text)}\n" for text in report.skipped]
    return "".join([*(_command(found, destination) for found in report.findings), *skipped])


def _command(found: Finding, destination: Destination) -> str:
    rule = all_rules().get(found.code)
    title = f"{found.code} {rule.title}" if rule is not None else found.code
    parts = {
        "file": destination.path(found.path), "line": str(found.line or 1),
        "col": str(found.column or 1), "title": title,
    }  # fmt: skip
    message = f"{found.message}\n{found.witness}".strip()
    properties = ",".join(f"{name}={_escaped(text, more=True)}" for name, text in parts.items())
    return f"::{_COMMANDS[found.severity]} {properties}::{_escaped(message)}\n"


def _escaped(text: str, *, more: bool = False) -> str:
    """What would end a command, as GitHub writes it in one."""
    out = clean(text).replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")
    return out.replace(":", "%3A").replace(",", "%2C") if more else out
