"""Where a report goes: what the formats need to know of it."""

from __future__ import annotations

import posixpath
from typing import NamedTuple

from servkit.text import clean


class Destination(NamedTuple):
    """``prefix`` leads from where the reader is to the book; with ``statistics``, findings are counted by rule."""

    prefix: str = ""
    statistics: bool = False

    def path(self, path: str) -> str:
        """A path as the reader can open it."""
        return posixpath.normpath(self.prefix + path) if path.startswith("../") else self.prefix + path

    def shown(self, path: str) -> str:
        """A path as a line can hold it, whatever is in a file's name."""
        return clean(self.path(path)).replace("\n", "\u240a")

    def place(self, path: str, line: int, column: int) -> str:
        """``path:line:column`` on one line; the first line and column where the whole file is meant."""
        return f"{self.shown(path)}:{line or 1}:{column or 1}"
