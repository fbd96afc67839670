"""Which tool a file comes from, by what is in it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from servkit.book.problems import ServkitError
from servkit.exchange.csv_file import read_table

if TYPE_CHECKING:
    from servkit.exchange.source_file import SourceFile


def kind_of(file: SourceFile) -> str:
    """The kind of a file, as ``servkit import`` takes it. Raises ServkitError where that can't be told."""
    if file.data.startswith(b"PK\x03\x04") or file.ending in (".xlsx", ".xlsm"):
        return "xlsx"
    start = file.data[:2000].lstrip(b"\xef\xbb\xbf \t\r\n")
    if start.startswith((b"{", b"[")) or file.ending == ".json":
        return "zendesk" if b'"macros"' in start or b'"actions"' in file.data[:200_000] else "chatwoot"
    if file.ending in (".yml", ".yaml"):
        return "espanso"
    if file.ending not in (".csv", ".tsv", ".txt"):
        raise ServkitError("Say what this is: one of the kinds of `servkit import`, such as csv:FILE.", path=file.path)
    names = {name.lower() for name in read_table(file).header}
    if {"short_code", "content"} <= names:
        return "chatwoot"
    return "zammad" if {"name", "keywords", "content"} <= names else "csv"
