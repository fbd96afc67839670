"""How a report is to look: what the formats need to know of where it goes."""

from __future__ import annotations

from functools import cache
from importlib import import_module
from typing import TYPE_CHECKING, NamedTuple

from servkit.lint import formats
from servkit.modules import module_names
from servkit.text import clean

if TYPE_CHECKING:
    from collections.abc import Callable

    from servkit.lint.report import Report


class Look(NamedTuple):
    """``prefix`` leads from where the reader stands to the book; ``links`` are hyperlinks of a terminal."""

    prefix: str = ""
    styled: bool = False
    links: bool = False
    columns: int = 80
    statistics: bool = False

    def path(self, path: str) -> str:
        """A path as the reader can open it."""
        return self.prefix + path

    def shown(self, path: str) -> str:
        """A path as a line can hold it, whatever is in a file's name."""
        return clean(self.path(path)).replace("\n", "\u240a")

    def place(self, path: str, line: int, column: int) -> str:
        """``path:line:column`` on one line; the first line and column where the whole file is meant."""
        return f"{self.shown(path)}:{line or 1}:{column or 1}"


@cache
def format_names() -> tuple[str, ...]:
    """The formats there are, text first."""
    names = [name.rstrip("_") for name in module_names(formats.__path__)]
    return ("text", *(name for name in names if name != "text"))


def formatter(name: str) -> Callable[[Report, Look], str]:
    """The function that writes a report in a format."""
    module = next(module for module in module_names(formats.__path__) if module.rstrip("_") == name)
    found: Callable[[Report, Look], str] = getattr(import_module(f"{formats.__name__}.{module}"), module)
    return found
