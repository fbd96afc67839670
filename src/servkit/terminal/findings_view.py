"""Findings of the checks: where, what, how to fix it, and the line itself with a caret below the place."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass
from typing import TYPE_CHECKING

from rich.cells import cell_len
from rich.style import Style
from rich.text import Text

from servkit.cache.book_files import FolderFiles
from servkit.lint.fixtures.places import Places
from servkit.lint.rule import all_rules
from servkit.terminal.screen import Screen
from servkit.text import clean

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rich.console import Console

    from servkit.lint.destination import Destination
    from servkit.lint.finding import Finding
    from servkit.lint.report import Report

_STYLES = {"error": "bold red", "warning": "bold yellow", "info": "bold cyan"}
_GUTTER = 8
#: A line may be a mebibyte long. So many characters for each column of the terminal are looked at.
_NEAR = 8


def findings_screen(report: Report, destination: Destination, *, links: bool = False) -> Screen:
    """Every finding; with ``links``, codes are links to the pages of the rules."""
    screen, places = Screen(), Places(FolderFiles(report.root))
    for finding in report.findings:
        screen.gap()
        url = all_rules()[finding.code].url if links and finding.code in all_rules() else None
        screen.add(_Head(finding, destination, url))
        screen.put(" ".join(finding.message.split()), indent=2)
        lines = places.lines(finding.path)
        if 0 < finding.line <= len(lines):
            screen.add(_Excerpt(lines[finding.line - 1], finding.line, max(finding.column - 1, 0), finding.severity))
        screen.verbatim(finding.witness, "  ┆ ")
        if finding.fix is not None:
            screen.put(f"--fix can do this: {finding.fix.label}", "dim", indent=2)
    return screen


def statistics_screen(report: Report) -> Screen:
    """How many findings each rule has, most first."""
    screen = Screen()
    for code, count in sorted(report.by_code.items(), key=lambda pair: (-pair[1], pair[0])):
        rule = all_rules().get(code)
        screen.put(rule.title if rule is not None else "", mark=f"{count:5}  {code}  ")
    return screen


@dataclass(frozen=True, slots=True)
class _Head:
    """The place, the severity and the code; on two lines where one has no room."""

    finding: Finding
    destination: Destination
    url: str | None

    def lines(self, _console: Console, width: int) -> Iterator[Text]:
        finding, destination = self.finding, self.destination
        place = destination.shown(finding.path)
        if finding.line:
            place = destination.place(finding.path, finding.line, finding.column)
        code = (finding.code, Style(link=self.url) if self.url else "")
        kind = Text.assemble("  ", (finding.severity, _STYLES[finding.severity]), " ", code)
        if cell_len(place) + kind.cell_len <= width:
            yield Text(place, "bold") + kind
        else:
            yield Text(place, "bold")
            yield kind


@dataclass(frozen=True, slots=True)
class _Excerpt:
    """A line of the file, cut to the width around ``column`` (from 0), and a caret below it."""

    line: str
    number: int
    column: int
    severity: str

    def lines(self, _console: Console, width: int) -> Iterator[Text]:
        room = max(width - _GUTTER, 12)
        near = room * _NEAR
        before = clean(self.line[max(self.column - near, 0) : self.column]).expandtabs(4)
        after = clean(self.line[self.column : self.column + near]).expandtabs(4)
        start = ""
        if self.column > near or cell_len(before) + min(cell_len(after), 12) > room:
            start, before = "…", _last_columns(before, max(room - 14, 4))
        shown = Text(start + before + after)
        shown.truncate(room, overflow="ellipsis")
        yield Text(f"{self.number:>5} │ ", "dim") + shown
        yield Text.assemble(("      │ ", "dim"), " " * cell_len(start + before), ("^", _STYLES[self.severity]))


def _last_columns(text: str, columns: int) -> str:
    """The end of a text, as much as fits into so many columns."""
    return text[bisect_left(range(len(text)), -columns, key=lambda start: -cell_len(text[start:])) :]
