"""SQL for DuckDB made of names and texts, quoted."""

from __future__ import annotations


def name(text: str) -> str:
    """A name of a table or column."""
    return '"' + text.replace('"', '""') + '"'


def literal(text: str) -> str:
    """A text."""
    return "'" + text.replace("'", "''") + "'"
