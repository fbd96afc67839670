"""The results of the scenarios as JUnit XML, which most CI servers show."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape, quoteattr

from servkit.text import clean

if TYPE_CHECKING:
    from servkit.analysis.scenario_report import ScenarioReport
    from servkit.analysis.scenario_runs import ScenarioRun

#: What XML 1.0 has no way to write.
_UNWRITABLE = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def report_junit(report: ScenarioReport) -> str:
    """One test case a scenario; a document that cannot be read is an error of its own."""
    unread = [
        f"  <testcase classname={_attribute(problem.path)} name={_attribute(f'{problem.code} {problem.where}')}>"
        f"<error message={_attribute(problem.message)}/></testcase>"
        for problem in report.unread
    ]
    cases = [line for run in report.runs for line in _case(run)]
    total, fails = len(report.runs) + len(unread), report.count("fails")
    errors = report.count("error") + len(unread)
    seconds = sum(run.seconds for run in report.runs)
    head = f'tests="{total}" failures="{fails}" errors="{errors}" time="{seconds:.3f}"'
    lines = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        f"<testsuites {head}>",
        f" <testsuite name={_attribute(f'{report.book}: scenarios')} {head}>",
        *unread,
        *cases,
        " </testsuite>",
        "</testsuites>",
    ]
    return "\n".join(lines) + "\n"


def _case(run: ScenarioRun) -> list[str]:
    entry = run.entry
    start = (
        f"  <testcase classname={_attribute(entry.path)} name={_attribute(entry.id)}"
        f' file={_attribute(entry.path)} line="{entry.line}" time="{run.seconds:.3f}"'
    )
    if run.error:
        return [f"{start}>", f"   <error message={_attribute(run.error)}/>", "  </testcase>"]
    if not run.misses:
        return [f"{start}/>"]
    text = "\n".join(
        f"{entry.path}:{miss.line}:{miss.column} {miss.at}: expected {miss.expected}, got {miss.got}"
        + "".join(f"\n  why: {why}" for why in miss.why)
        for miss in run.misses
    )
    first = run.misses[0]
    message = f"{first.at}: expected {first.expected}, got {first.got}"
    if len(run.misses) > 1:
        message += f" (and {len(run.misses) - 1} more)"
    return [f"{start}>", f"   <failure message={_attribute(message)}>{escape(_clean(text))}</failure>", "  </testcase>"]


def _attribute(text: str) -> str:
    return quoteattr(_clean(text).replace("\n", " "))


def _clean(text: str) -> str:
    return _UNWRITABLE.sub("\N{REPLACEMENT CHARACTER}", clean(text))
