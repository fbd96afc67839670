"""The tables of a customer index that names are searched in, made from its rows without reading the file again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from servkit.customers.search_key import plain_name, search_key
from servkit.text import fold

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterator

#: ``names`` in ``blocks`` has many names, one a line, each word with a space before it: a block is searched in one
#: step.
_TABLES = """
CREATE TABLE names (row INTEGER PRIMARY KEY, folded_id TEXT, folded TEXT);
CREATE TABLE words (word TEXT, row INTEGER);
CREATE TABLE blocks (row INTEGER PRIMARY KEY, names TEXT);
CREATE TABLE finds (key TEXT, backwards TEXT, text TEXT, row INTEGER)
"""
_INDEXES = """
CREATE INDEX names_by_folded_id ON names (folded_id);
CREATE INDEX names_by_folded ON names (folded);
CREATE INDEX words_by_word ON words (word, row);
CREATE INDEX finds_by_key ON finds (key);
CREATE INDEX finds_by_end ON finds (backwards);
CREATE INDEX finds_by_text ON finds (text)
"""
_BLOCK, _BATCH = 1000, 5000


def make_name_tables(connection: sqlite3.Connection) -> None:
    """Add the tables to an index that has its rows."""
    connection.execute("PRAGMA cache_size = -65536")
    for statement in _TABLES.split(";"):
        connection.execute(statement)
    rows = connection.execute("SELECT row, id, name FROM rows ORDER BY row")
    while block := rows.fetchmany(_BLOCK):
        names = [(row, fold(id_), plain_name(name)) for row, id_, name in block]
        connection.executemany("INSERT INTO names VALUES (?, ?, ?)", names)
        words = ((word, row) for row, _, name in names for word in name.split())
        connection.executemany("INSERT INTO words VALUES (?, ?)", words)
        text = "".join(f"\n {name}" for _, _, name in names)
        connection.execute("INSERT INTO blocks VALUES (?, ?)", (block[0][0], f"{text}\n"))
    connection.executemany("INSERT INTO finds VALUES (?, ?, ?, ?)", _finds(connection))
    for statement in _INDEXES.split(";"):
        connection.execute(statement)


def _finds(connection: sqlite3.Connection) -> Iterator[tuple[str, str, str, int]]:
    rows = connection.execute("SELECT row, text FROM texts")
    while batch := rows.fetchmany(_BATCH):
        for row, text in batch:
            if key := search_key(text):
                yield key, key[::-1], text, row
