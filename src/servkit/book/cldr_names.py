"""How people call currencies and units of time in the languages that are understood in a book (``written_form``).

From Unicode CLDR 47, as the library Babel has it: asking Babel takes longer than checking a book. A test compares the
two.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path


@cache
def currency_names() -> dict[str, str]:
    """The names of currencies, without case, to their codes."""
    return _by_name("currency_names.txt")


@cache
def unit_names() -> dict[str, str]:
    """The names of units of time, without case, to those of a book."""
    return _by_name("unit_names.txt")


def _by_name(table: str) -> dict[str, str]:
    """A row is what is meant, and the names of it; it goes on in lines that begin with spaces."""
    text = (Path(__file__).parent / table).read_text("utf-8").strip()
    rows = (row.partition(": ") for row in text.replace("\n  ", " ").splitlines())
    return {name: meant for meant, _, names in rows for name in names.split("; ")}
