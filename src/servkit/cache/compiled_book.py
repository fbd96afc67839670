"""A compiled book as resolution and the desk use it: documents are taken off the shelf when they are asked for."""

from __future__ import annotations

import sqlite3
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING, Any, Self, TypeVar

from servkit.book.entries import Entry
from servkit.book.problems import Problem
from servkit.book.settings import Settings
from servkit.cache.database import connect, discard, unsealed

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from pathlib import Path

_T = TypeVar("_T")
_ORDER = "ORDER BY docs.id, docs.path, docs.line"


class StoredEntry(Entry):
    """An entry whose prose is read when somebody asks for it."""

    def __init__(self, shelf: Shelf, path: str, logic: Mapping[str, Any]) -> None:
        super().__init__(path, logic, {})
        del self.__dict__["prose"]
        self._shelf = shelf

    @cached_property
    def prose(self) -> Mapping[str, Any]:  # type: ignore[override]
        query = "SELECT prose FROM docs WHERE path = ? AND line = ?"
        found: Mapping[str, Any] = self._shelf.read(query, (self.path, self.line), _unsealed_first)[0]
        return found


def _unsealed_first(text: str, *_: Any) -> Any:
    return unsealed(text)


class Shelf:
    """The book in a folder, compiled. A :class:`servkit.book.library.Library`; use it in a ``with``."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self._open()
        self._entries: dict[tuple[str, int], StoredEntry] = {}

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.connection.close()

    def _open(self) -> None:
        self.connection: sqlite3.Connection = connect(self.root)
        self.connection.execute("BEGIN")  # one state of the book, whoever rebuilds it meanwhile

    def read(self, query: str, values: Sequence[Any], make: Callable[..., _T]) -> list[_T]:
        """Something made of every row. Tables that turn out to be broken are made again, and asked again."""
        try:
            return [make(*row) for row in self.connection.execute(query, values)]
        except (sqlite3.ProgrammingError, UnicodeEncodeError) as fault:
            if isinstance(fault, UnicodeEncodeError):
                return []  # what is no text names nothing in a book
            raise
        except (sqlite3.Error, ValueError, TypeError, LookupError):
            self.connection.close()
            discard(self.root)
            self._open()
            return [make(*row) for row in self.connection.execute(query, values)]

    @cached_property
    def meta(self) -> dict[str, str]:
        return dict(self.read("SELECT name, value FROM meta", (), lambda name, value: (name, value)))

    @cached_property
    def settings(self) -> Settings:
        return self.read("SELECT value FROM meta WHERE name = 'settings'", (), lambda text: Settings(unsealed(text)))[0]

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
        return self._told("SELECT problems FROM files WHERE problems IS NOT NULL")

    @cached_property
    def _remarked(self) -> frozenset[str]:
        """The files that have remarks at all: mostly none, and then nobody is asked."""
        return frozenset(self.read("SELECT path FROM files WHERE remarks IS NOT NULL", (), str))

    def remarks(self, path: str) -> Sequence[Problem]:
        return self._told("SELECT remarks FROM files WHERE path = ?", path) if path in self._remarked else ()

    def _told(self, query: str, *values: str) -> list[Problem]:
        return sorted(Problem(*problem) for found in self.read(query, values, unsealed) for problem in found)

    def _take(self, query: str, values: Sequence[Any] = ()) -> list[Entry]:
        return self.read(query, values, self._entry)

    def _entry(self, path: str, line: int, logic: str) -> Entry:
        entry = self._entries.get((path, line))
        if entry is None:
            entry = self._entries[path, line] = StoredEntry(self, path, unsealed(logic))
        return entry

    def _docs(self, where: str, values: Sequence[Any] = ()) -> list[Entry]:
        return self._take(f"SELECT path, line, logic FROM docs {where} {_ORDER}", values)  # noqa: S608 - own text

    @cached_property
    def _segments(self) -> list[Entry]:
        return self._docs("WHERE kind = 'segment'")

    def segments(self) -> Sequence[Entry]:
        return self._segments

    def applicable(self, area: str | None) -> Sequence[Entry]:
        query = "SELECT path, line, logic FROM areas JOIN docs USING (number) WHERE area = ? " + _ORDER  # noqa: S608
        return self._take(query, (area or "",))

    def everything(self) -> Sequence[Entry]:
        return self._docs("WHERE kind IN ('standard', 'policy', 'procedure', 'recovery', 'script')")

    def versions(self, kind: str, id_: str) -> Sequence[Entry]:
        return self._docs("WHERE kind = ? AND id = ?", (kind, id_))

    def carrying_out(self, id_: str) -> Sequence[Entry]:
        query = "SELECT path, line, logic FROM carriers JOIN docs USING (number) WHERE carriers.id = ? " + _ORDER  # noqa: S608
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
        where = f"WHERE kind IN ({', '.join('?' * len(kinds))})" if kinds else ""
        return self.read(f"SELECT DISTINCT id FROM docs {where} ORDER BY id", kinds, str)  # noqa: S608 - own text

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
        for words in self.read("SELECT folded FROM docs", (), re.compile(r"[^\W_]+").findall):
            out.update(words)
        return out

    def named(self, folded: str, kind: str = "customer") -> list[Entry]:
        """The documents of a kind whose id or name holds a folded text."""
        second = (
            "substr(folded, 1, instr(substr(folded, instr(folded, char(10)) + 1), char(10)) + instr(folded, char(10)))"
        )
        return self._docs(f"WHERE kind = ? AND instr({second}, ?) > 0", (kind, folded))
