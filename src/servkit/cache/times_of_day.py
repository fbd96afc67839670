"""Which terms of a compiled book are no times of day, though they read so in their own file."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from servkit.book.entries import Entry
from servkit.book.times_of_day import texts_among
from servkit.cache.encoding import path_of

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Mapping


def texts_in(connection: sqlite3.Connection) -> dict[str, str]:
    """By reference: what another file says of the term that is no time of day, and where."""
    refs = [ref for (ref,) in connection.execute("SELECT DISTINCT ref FROM times ORDER BY ref")]

    def entries(query: str, value: str) -> list[Entry]:
        rows = connection.execute(f"SELECT path, logic FROM docs {query} ORDER BY path, line", (value,))
        return [Entry(path_of(path), json.loads(logic), {}) for path, logic in rows]

    def versions(id_: str) -> list[Entry]:
        return [entry for entry in entries("WHERE id = ?", id_) if entry.owns_terms]

    def overriding(ref: str) -> list[Entry]:
        return entries("JOIN overrides USING (number) WHERE ref = ?", ref)

    return texts_among(refs, versions, overriding)


def paths_to_read_again(connection: sqlite3.Connection, old: Mapping[str, str], new: Mapping[str, str]) -> set[str]:
    """The files of the terms that are read otherwise than before, as the tables name them."""
    found: set[str] = set()
    for ref in {ref for ref in (*old, *new) if old.get(ref) != new.get(ref)}:
        rows = connection.execute("SELECT DISTINCT path FROM times JOIN docs USING (number) WHERE ref = ?", (ref,))
        found.update(path for (path,) in rows)
    return found
