"""Printing: the answer on stdout, everything else on stderr."""

from __future__ import annotations

import re
import sys
from typing import TYPE_CHECKING, Any

from servkit.book.problems import UnknownNameError
from servkit.cli.shared.console import console
from servkit.cli.shared.pager import show_text
from servkit.text import clean, json_text

if TYPE_CHECKING:
    from rich.console import RenderableType

TEXT_OR_JSON = ("text", "json")
#: Rich fills some lines up to the width of the terminal.
_TRAILING_SPACES = re.compile(r" +((?:\x1b\[0m)?)$", re.MULTILINE)


def print_json(data: Any) -> None:
    """An answer for programs."""
    sys.stdout.write(json_text(data))


def print_screen(screen: RenderableType, *, pager: bool) -> None:
    """An answer for people. ``pager``: where it is longer than the terminal, in the pager."""
    terminal = console(sys.stdout)
    with terminal.capture() as captured:
        terminal.print(screen, crop=False)
    show_text(_TRAILING_SPACES.sub(r"\1", captured.get()), pager=pager)


def print_note(message: str) -> None:
    """A line on stderr."""
    sys.stderr.write(clean(message) + "\n")


def check_format(name: str, formats: tuple[str, ...] = TEXT_OR_JSON) -> None:
    """Raise UnknownNameError for a format that a command does not have."""
    check_choice("format", name, formats)


def check_choice(what: str, name: str, choices: tuple[str, ...]) -> None:
    """Raise UnknownNameError for a name that is none of the choices."""
    if name not in choices:
        raise UnknownNameError(what, name, choices, f"choose from {', '.join(choices)}")
