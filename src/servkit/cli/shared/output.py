"""Printing what a command answers."""

from __future__ import annotations

import sys
from typing import Any

from servkit.text import json_text


def print_json(data: Any) -> None:
    sys.stdout.write(json_text(data))


def tell(message: str) -> None:
    """A line on stderr: everything that is not the answer."""
    sys.stderr.write(message + "\n")


def check_format(wanted: str, formats: tuple[str, ...]) -> None:
    """Raise UnknownNameError for a format that a command does not have."""
    if wanted not in formats:
        from servkit.book.problems import UnknownNameError

        raise UnknownNameError("format", wanted, formats, f"there are {', '.join(formats)}")
