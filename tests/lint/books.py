"""Small books for the tests of the checks."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from servkit import lint_book

if TYPE_CHECKING:
    from pathlib import Path

    from servkit.lint.finding import Finding

TODAY = date(2026, 3, 1)
SETTINGS = """\
servkit: 1
name: Example
channels: [phone, email]
roles: [agent, owner]
"""
PHILOSOPHY = """\
kind: philosophy
id: {id}
title: {id}
why: A reason.
owner: owner
review_by: {review_by}
"""


def philosophy(id_: str, review_by: str = "2027-01-01") -> str:
    return PHILOSOPHY.format(id=id_, review_by=review_by)


def write(root: Path, files: dict[str, str]) -> Path:
    """A book of these files; settings that name nothing, unless they are given."""
    for path, text in ({"servkit.yaml": SETTINGS} | files).items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_bytes(text.encode())
    return root


def told(findings: tuple[Finding, ...]) -> list[str]:
    return [f"{finding.path}:{finding.line}:{finding.column} {finding.severity} {finding.code}" for finding in findings]


def lint_it(root: Path, *select: str) -> list[str]:
    return told(lint_book(root, on=TODAY, select=select or ("SK1", "SK60", "SK69")).findings)
