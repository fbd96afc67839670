"""Small books with marks where a finding has to be: ``‸`` stands before the value (or key) at fault."""

from __future__ import annotations

from typing import TYPE_CHECKING

from servkit import lint_book

from .books import TODAY, write

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from servkit.lint.finding import Finding

SETTINGS = """\
servkit: 1
name: Example
currency: USD
clocks:
  office: {hours: "Mo-Fr 08:00-18:00"}
channels: [phone, email]
roles: [agent, supervisor, owner]
areas:
  returns: {title: Returns}
  visits: {title: Visits}
attributes:
  plan: {type: choice, of: [single, monthly]}
  region: {type: text}
  since: {type: date}
  visits_a_year: {type: number}
  balance: {type: money}
  tags: {type: list}
facts:
  hours_late: {type: duration}
  missed_on: {type: date}
"""
#: What a book of a few lines always lacks: titles, reasons, owners, days of review; much that is declared is unused.
LACKING = ("SK209", "SK404", "SK417", "SK601", "SK602", "SK604", "SK605")
MARK = "‸"


def unmarked(text: str) -> tuple[str, list[tuple[int, int]]]:
    """The text without its marks, and the line and column of each."""
    lines, places = [], []
    for number, line in enumerate(text.split("\n"), 1):
        while MARK in line:
            places.append((number, line.index(MARK) + 1))
            line = line.replace(MARK, "", 1)  # noqa: PLW2901 - the line without its first mark
        lines.append(line)
    return "\n".join(lines), places


def found_in(
    root: Path, marked: str | Mapping[str, str], ignore: tuple[str, ...] = LACKING
) -> tuple[list[Finding], list[tuple[str, int, int]]]:
    """What is found in a book of one file (``a.yaml``) or several, and where it should be."""
    files, wanted = {"servkit.yaml": SETTINGS}, []
    for path, text in ({"a.yaml": marked} if isinstance(marked, str) else marked).items():
        files[path], places = unmarked(text)
        wanted += [(path, *place) for place in places]
    report = lint_book(write(root, files), on=TODAY, ignore=ignore)
    return list(report.findings), sorted(wanted)
