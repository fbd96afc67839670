"""Printing what a command answers."""

from __future__ import annotations

import json
import sys
from typing import Any


def print_json(data: Any) -> None:
    """JSON as contracted: indented, in UTF-8, keys in the order of the contract."""
    sys.stdout.write(json.dumps(data, ensure_ascii=False, indent=2) + "\n")


def tell(message: str) -> None:
    """A line on stderr: everything that is not the answer."""
    sys.stderr.write(message + "\n")


def check_format(wanted: str, formats: tuple[str, ...]) -> None:
    """Raise UnknownNameError for a format that a command does not have."""
    if wanted not in formats:
        from servkit.book.problem import UnknownNameError

        raise UnknownNameError("format", wanted, formats, f"there are {', '.join(formats)}")
