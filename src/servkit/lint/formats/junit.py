"""JUnit XML: a test case for every file with findings, one for the rest, and one skipped for what was not looked at."""

from __future__ import annotations

import re
from itertools import groupby
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape, quoteattr

from servkit.text import clean

if TYPE_CHECKING:
    from servkit.lint.destination import Destination
    from servkit.lint.report import Report

_NOT_XML = re.compile("[^\t\n\r -\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def junit(report: Report, destination: Destination) -> str:
    """One suite."""
    cases = []
    for path, found in groupby(report.findings, key=lambda finding: finding.path):
        findings = list(found)
        lines = "\n".join(
            f"{destination.place(path, one.line, one.column)}: {one.severity} {one.code} "
            f"{one.message}\n{one.witness}".rstrip()
            for one in findings
        )
        message = f"{len(findings)} finding{'s' if len(findings) > 1 else ''}"
        cases.append(
            f'  <testcase classname="servkit.lint" name={_attribute(destination.path(path))}>\n'
            f"    <failure message={_attribute(message)}>{escape(_text(lines))}</failure>\n  </testcase>\n"
        )
    clean_files = report.files - len(cases)
    if clean_files > 0:
        cases.append(f'  <testcase classname="servkit.lint" name="{clean_files} files without findings"/>\n')
    failed = len(cases) - (clean_files > 0)
    cases += [
        f'  <testcase classname="servkit.lint" name={_attribute(f"not looked at: {text}")}><skipped/></testcase>\n'
        for text in report.skipped
    ]
    counts = f'tests="{len(cases)}" failures="{failed}" errors="0" skipped="{len(report.skipped)}"'
    head = f'<testsuite name="servkit lint" {counts}>\n'
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n<testsuites>\n'
        + head
        + "".join(cases)
        + "</testsuite>\n</testsuites>\n"
    )


def _attribute(text: str) -> str:
    return quoteattr(_text(text))


def _text(text: str) -> str:
    """The text without what XML cannot hold."""
    return _NOT_XML.sub("\ufffd", clean(text))
