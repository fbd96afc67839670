"""For people: the place, the reason, the mending, and the line itself."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from itertools import groupby
from typing import TYPE_CHECKING

from servkit.lint.fixtures.places import Places
from servkit.lint.rule import all_rules
from servkit.text import clean, width, wrap

if TYPE_CHECKING:
    from collections.abc import Iterator

    from servkit.lint.destination import Destination
    from servkit.lint.finding import Finding
    from servkit.lint.report import Report

#: So many characters for every column are looked at, of lines that may be a mebibyte long.
_NEAR = 8
_COLORS = {"error": "31", "warning": "33", "info": "36"}


def text(report: Report, destination: Destination) -> str:
    """The findings file by file; with ``statistics``, how many of each kind instead."""
    if destination.statistics:
        return "".join(_counts(report, destination))
    return _Page(report, destination).text()


def _counts(report: Report, destination: Destination) -> Iterator[str]:
    room = max(destination.columns - 15, 12)
    for code, count in sorted(report.by_code.items(), key=lambda pair: (-pair[1], pair[0])):
        rule = all_rules().get(code)
        first, *rest = wrap(rule.title if rule is not None else "", room) or [""]
        yield f"{count:5}  {code}  {first}\n"
        yield from (f"{' ' * 14}{line}\n" for line in rest)


class _Page:
    def __init__(self, report: Report, destination: Destination) -> None:
        self.report, self.destination = report, destination
        self.places = Places(report.root)
        self.lines: list[str] = []

    def text(self) -> str:
        for path, found in groupby(self.report.findings, key=lambda finding: finding.path):
            for finding in found:
                self._finding(path, finding)
        return "\n".join(line.rstrip() for line in self.lines).rstrip("\n") + "\n" if self.lines else ""

    def _finding(self, path: str, found: Finding) -> None:
        destination = self.destination
        head = self._style(found.severity, _COLORS[found.severity], "1") + " " + self._code(found.code)
        place = clean(destination.place(path, found.line, found.column) if found.line else destination.path(path))
        if width(place) + len(found.severity) + len(found.code) + 3 <= destination.columns:
            self.lines.append(f"{self._style(place, '1')}  {head}")
        else:
            self.lines += [self._style(place, "1"), f"  {head}"]
        for line in wrap(clean(" ".join(found.message.split())), max(destination.columns - 2, 16)):
            self.lines.append("  " + line)
        self._excerpt(found)
        for line in clean(found.witness).splitlines():
            self.lines.append(self._style("  ┆ ", "2") + line)
        if found.fix is not None:
            label = wrap(f"--fix can do this: {clean(found.fix.label)}", max(destination.columns - 2, 16))
            self.lines += [self._style(f"  {line}", "2") for line in label]
        self.lines.append("")

    def _excerpt(self, found: Finding) -> None:
        """The line, cut to the width around the column, and a caret below the place."""
        lines = self.places.lines(found.path)
        if not 0 < found.line <= len(lines):
            return
        line, place = lines[found.line - 1], max(found.column - 1, 0)
        gutter = f"{found.line:>5} │ "
        room = max(self.destination.columns - len(gutter), 12)
        near = room * _NEAR
        before = clean(line[max(place - near, 0) : place]).expandtabs(4)
        after = clean(line[place : place + near]).expandtabs(4)
        left = ""
        if place > near or width(before) + min(width(after), 12) > room:
            left, before = "…", _last(before, max(room - 14, 4))
        shown = left + _first(before + after, room - len(left))
        self.lines.append(self._style(gutter, "2") + shown)
        caret = " " * (len(left) + width(before)) + self._style("^", _COLORS[found.severity], "1")
        self.lines.append(self._style("      │ ", "2") + caret)

    def _code(self, code: str) -> str:
        rule = all_rules().get(code)
        if not self.destination.links or rule is None or rule.url is None:
            return code
        return f"\x1b]8;;{rule.url}\x1b\\{code}\x1b]8;;\x1b\\"

    def _style(self, words: str, *styles: str) -> str:
        return f"\x1b[{';'.join(styles)}m{words}\x1b[0m" if self.destination.styled else words


def _first(line: str, room: int) -> str:
    """As much of the beginning as there is room for."""
    if width(line) <= room:
        return line
    return line[: bisect_right(range(len(line)), room - 1, key=lambda end: width(line[:end])) - 1] + "…"


def _last(line: str, room: int) -> str:
    return line[bisect_left(range(len(line)), -room, key=lambda start: -width(line[start:])) :]
