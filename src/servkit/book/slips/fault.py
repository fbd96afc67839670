"""A fault of libyaml with the lines around it, and the slip that it turns out to be."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, NamedTuple

from servkit.book.slips.text import KEY, in_quotes, lines_of, says, without_remark
from servkit.text import quoted

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    import yaml


class Slip(NamedTuple):
    """A mistake in YAML: line and column (from 1), and what to do about it."""

    line: int
    column: int
    message: str


class Fault:
    """What libyaml says, with the lines of the text. Lines and columns count from 0 here."""

    def __init__(self, text: str, fault: yaml.MarkedYAMLError, tokens: Callable[[], Iterable[Any]]) -> None:
        self.text, self.lines, self.tokens = text, lines_of(text), tokens
        self.reason = f"{fault.problem or ''} {fault.context or ''}"
        at, context = fault.problem_mark or fault.context_mark, fault.context_mark
        self.line, self.column = (at.line, at.column) if at is not None else (0, 0)
        self.since = (context.line, context.column) if context is not None else (self.line, self.column)

    def row(self, line: int) -> str:
        """A line; nothing where there is none."""
        return self.lines[line] if 0 <= line < len(self.lines) else ""

    @property
    def rest(self) -> str:
        """The line from the fault on."""
        return self.row(self.line)[self.column :]

    def above(self, line: int) -> int:
        """The nearest line above that says something; -1 without one."""
        return next((at for at in range(line - 1, -1, -1) if says(self.row(at))), -1)

    def value(self, line: int, column: int) -> tuple[str, str]:
        """The key before a column of a line, written with its colon (nothing without one), and all behind it."""
        row = self.row(line)
        found = KEY.match(row)
        if found is not None and found.end() <= column:
            return f"{found['key']}: ", without_remark(row[found.end() :])
        start = re.match(r"[ ]*(?:- +)*", row)
        return "", without_remark(row[start.end() if start else 0 :])

    def in_quotes(self, line: int, column: int) -> str:
        """What to write where the text of a line needs quotes."""
        key, value = self.value(line, column)
        return f"Put the text in quotes: {quoted(key + in_quotes(value))}."

    def last_token(self) -> Any:
        """The last part that libyaml could read before the fault."""
        last = None
        for token in self.tokens():
            if (token.start_mark.line, token.start_mark.column) >= (self.line, self.column):
                break
            if token.start_mark.index < token.end_mark.index:
                last = token
        return last

    def slip(self, line: int, column: int, message: str) -> Slip:
        return Slip(line + 1, column + 1, message)
