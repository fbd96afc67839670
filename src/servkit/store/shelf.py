"""A compiled book as resolution and the desk use it: documents are taken off the shelf when they are asked for."""

from __future__ import annotations

import json
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING, Any, Self

from servkit.book.entries import Entry
from servkit.book.problem import Problem
from servkit.book.settings import Settings
from servkit.store.compiled import connect

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable, Mapping, Sequence
    from pathlib import Path

_ORDER = "ORDER BY docs.id, docs.path, docs.line"


class StoredEntry(Entry):
    """An entry whose prose is read when somebody asks for it."""

    def __init__(self, shelf: Shelf, number: int, path: str, logic: Mapping[str, Any]) -> None:
        super().__init__(path, logic, {})
        del self.__dict__["prose"]
        self._shelf, self._number = shelf, number

    @cached_property
    def prose(self) -> Mapping[str, Any]:  # type: ignore[override]
        row = self._shelf.connection.execute("SELECT prose FROM docs WHERE number = ?", (self._number,)).fetchone()
        found: Mapping[str, Any] = json.loads(row[0])
        return found


class Shelf:
    """The book in a folder, compiled. A :class:`servkit.book.library.Library`; use it in a ``with``."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.connection: sqlite3.Connection = connect(root)
        self.connection.execute("BEGIN")  # one state of the book, whoever rebuilds it meanwhile
        self._entries: dict[int, StoredEntry] = {}

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.connection.close()

    @cached_property
    def meta(self) -> dict[str, str]:
        return dict(self.connection.execute("SELECT name, value FROM meta"))

    @cached_property
    def settings(self) -> Settings:
        return Settings(json.loads(self.meta["settings"]))

    @property
    def revision(self) -> tuple[str | None, bool]:
        """The short git revision and whether the folder differs from it."""
        return self.meta["head"][:7] or None, self.meta["dirty"] == "1"

    @property
    def today(self) -> date:
        """The present day in the book's time zone."""
        return date.fromisoformat(self.meta["day"].partition(" ")[0])

    @cached_property
    def problems(self) -> Sequence[Problem]:
        return self._told("problems", "SELECT problems FROM files WHERE problems IS NOT NULL ORDER BY path")

    def remarks(self, path: str) -> Sequence[Problem]:
        return self._told("remarks", "SELECT remarks FROM files WHERE remarks IS NOT NULL AND path = ?", path)

    def _told(self, _: str, query: str, *values: str) -> list[Problem]:
        return [Problem(*found) for (row,) in self.connection.execute(query, values) for found in json.loads(row)]

    def _take(self, query: str, values: Iterable[Any] = ()) -> list[Entry]:
        out: list[Entry] = []
        for number, path, logic in self.connection.execute(query, tuple(values)).fetchall():
            entry = self._entries.get(number)
            if entry is None:
                entry = self._entries[number] = StoredEntry(self, number, path, json.loads(logic))
            out.append(entry)
        return out

    def _docs(self, where: str, values: Iterable[Any] = ()) -> list[Entry]:
        return self._take(f"SELECT number, path, logic FROM docs {where} {_ORDER}", values)  # noqa: S608 - own text

    @cached_property
    def _segments(self) -> list[Entry]:
        return self._docs("WHERE kind = 'segment'")

    def segments(self) -> Sequence[Entry]:
        return self._segments

    def applicable(self, area: str | None) -> Sequence[Entry]:
        query = "SELECT docs.number, path, logic FROM areas JOIN docs USING (number) WHERE area = ? " + _ORDER
        return self._take(query, (area or "",))

    def everything(self) -> Sequence[Entry]:
        return self._docs("WHERE kind IN ('standard', 'policy', 'procedure', 'recovery', 'script')")

    def versions(self, kind: str, id_: str) -> Sequence[Entry]:
        return self._docs("WHERE kind = ? AND id = ?", (kind, id_))

    def carrying_out(self, id_: str) -> Sequence[Entry]:
        query = "SELECT docs.number, path, logic FROM carriers JOIN docs USING (number) WHERE carriers.id = ? " + _ORDER
        return self._take(query, (id_,))

    # --- for the desk -----------------------------------------------------------------------------------------

    def all(self, kind: str | None = None) -> Sequence[Entry]:
        """Every document, or every one of a kind."""
        return self._docs("WHERE kind = ?", (kind,)) if kind else self._docs("")

    def of_id(self, id_: str) -> Sequence[Entry]:
        """The documents of any kind that bear an id."""
        return self._docs("WHERE id = ?", (id_,))

    def ids(self, kinds: Sequence[str] = ()) -> list[str]:
        """All ids, or those of some kinds."""
        marks = ", ".join("?" * len(kinds))
        where = f"WHERE kind IN ({marks})" if kinds else ""
        return [id_ for (id_,) in self.connection.execute(f"SELECT DISTINCT id FROM docs {where} ORDER BY id", kinds)]  # noqa: S608

    def shortcodes(self) -> dict[str, str]:
        """Script ids by shortcode."""
        return {code: entry.id for entry in self.all("script") if (code := entry.logic.get("short"))}

    def search(self, words: Sequence[str], kinds: Sequence[str] = (), *, deep: bool = False) -> list[Entry]:
        """The documents in which every one of some folded words occurs; ``deep`` looks at keys and values as well."""
        column = "lower(prose)" if deep else "folded"
        where = " AND ".join([f"instr({column}, ?) > 0"] * len(words)) or "1"
        if kinds:
            where += f" AND kind IN ({', '.join('?' * len(kinds))})"
        return self._docs(f"WHERE {where}", [*words, *kinds])

    def vocabulary(self) -> set[str]:
        """Every folded word of the book."""
        import re

        out: set[str] = set()
        for (text,) in self.connection.execute("SELECT folded FROM docs"):
            out.update(re.findall(r"[^\W_]+", text))
        return out

    def named(self, folded: str, kind: str = "customer") -> list[Entry]:
        """The documents of a kind whose id or name holds a folded text."""
        second = "substr(folded, 1, instr(substr(folded, instr(folded, char(10)) + 1), char(10)) + instr(folded, char(10)))"
        return self._docs(f"WHERE kind = ? AND instr({second}, ?) > 0", (kind, folded))
