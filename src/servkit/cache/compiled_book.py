"""A compiled book: lookups and checks get their documents from it. A document is decoded when it is needed."""

from __future__ import annotations

import json
import re
import sqlite3
from functools import cached_property
from itertools import islice
from threading import RLock
from typing import TYPE_CHECKING, Any, Self, TypeVar

from servkit.book.discovery import SETTINGS
from servkit.book.entries import Entry
from servkit.book.library import Book
from servkit.book.problems import Problem
from servkit.book.settings import Settings
from servkit.cache.book_files import FolderFiles
from servkit.cache.database import connect, may_have_changed, note_path
from servkit.cache.encoding import decoded_all, name_of_path, path_of
from servkit.cache.stored_database import discard

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
    from pathlib import Path

    from servkit.book.source import Source
    from servkit.cache.book_files import BookFiles

_T = TypeVar("_T")
_ORDER = "ORDER BY docs.id, docs.path, docs.line"
#: As many rows as this are decoded at once.
_BATCH = 1000
#: After so many questions, those without an answer are asked again.
_MOST_FOUND = 10_000
_WORD = re.compile(r"[^\W_]+")
_FIRST_LINE = "instr(folded, char(10))"
#: The first two lines of the searchable text: id and name.
_FOLDED_NAME = f"substr(folded, 1, instr(substr(folded, {_FIRST_LINE} + 1), char(10)) + {_FIRST_LINE})"


class StoredEntry(Entry):
    """An entry that reads its prose and its places on first use."""

    def __init__(self, book: CompiledBook, path: str, logic: Mapping[str, Any]) -> None:
        super().__init__(path, logic, {})
        del self.__dict__["prose"]
        self._book = book

    @cached_property
    def prose(self) -> Mapping[str, Any]:  # type: ignore[override]  # read when somebody asks, where an entry has it
        return self._book.prose_of(self)

    @cached_property
    def source(self) -> Source | None:
        """The places of every part; None where the file no longer holds the document."""
        return self._book.sources_in(self.path).get(self.line)


class CompiledBook:
    """The book in a folder, compiled. A :class:`servkit.book.library.Library`; use it in a ``with``.

    Several threads may use it at once. They wait for each other only while rows are read; what was read and made of it
    is there for all.

    ``cache`` is the folder for the compiled form, None to compile in memory. Where the book has to be renewed,
    ``progress`` is called with how many of how many files have been looked at. ``files`` are those of another state of
    the book; who opened them closes them. Raises BookError where ``servkit.yaml`` cannot be used.
    """

    def __init__(
        self,
        root: Path,
        cache: Path | None = None,
        progress: Callable[[int, int], None] | None = None,
        files: BookFiles | None = None,
    ) -> None:
        self.files: BookFiles = files or FolderFiles(root)
        self._cache = cache
        self._lock = RLock()
        self._open(progress)
        self._entries: dict[tuple[str, int], StoredEntry] = {}
        self._found: dict[tuple[str, ...], Sequence[Entry]] = {}
        self._sources: dict[str, dict[int, Source]] = {}
        self.made: dict[Any, Any] = {}

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    @property
    def root(self) -> Path:
        """A folder with every file of the book."""
        return self.files.root

    def close(self) -> None:
        """Close the database. Entries that have been read keep what they have; ``files`` stay open for them."""
        self.connection.close()

    def copy(self) -> CompiledBook:
        """The same state of the book once more, in memory: nothing that happens to its files or to the cache folder
        touches it."""
        other = object.__new__(CompiledBook)
        other.files, other._cache, other.origin, other._lock = self.files, self._cache, self.origin, RLock()
        other.connection = sqlite3.connect(":memory:", isolation_level=None, check_same_thread=False)
        other.connection.deserialize(self.connection.serialize())
        other._entries, other._found, other._sources, other.made = {}, {}, {}, {}
        return other

    def _open(self, progress: Callable[[int, int], None] | None = None) -> None:
        self.connection, self.origin = connect(self.files, self._cache, progress)

    def read(self, query: str, values: Sequence[Any], make: Callable[..., _T]) -> list[_T]:
        """Run a query and make something of every row."""
        return self._read_rows(query, values, lambda rows: [make(*row) for row in rows])

    def _read_rows(self, query: str, values: Sequence[Any], make: Callable[[Iterable[Any]], list[_T]]) -> list[_T]:
        """Run a query. If the tables turn out to be broken, rebuild them and run it again."""
        with self._lock:
            try:
                return make(self.connection.execute(query, values))
            except sqlite3.ProgrammingError:
                raise
            except UnicodeEncodeError:
                return []  # a name that is not text is in no book
            except (sqlite3.Error, ValueError, TypeError, LookupError):
                self.connection.close()
                discard(note_path(self.files.home, self._cache, self.files.slot))
                self._open()
                return make(self.connection.execute(query, values))

    @cached_property
    def settings(self) -> Settings:
        data = self.origin["settings"]
        return Settings({**data, "customers": [self.files.customer_source(spec) for spec in data["customers"]]})

    @property
    def may_have_changed(self) -> bool:
        """Whether the files may no longer be those that were compiled."""
        return may_have_changed(self.origin, self.files)

    @property
    def revision(self) -> tuple[str | None, bool]:
        """The short git revision and whether the folder differs from it."""
        return self.origin["head"][:7] or None, self.origin["dirty"]

    @cached_property
    def problems(self) -> Sequence[Problem]:
        return self._problems("SELECT problems FROM files WHERE problems IS NOT NULL")

    @cached_property
    def _paths_with_remarks(self) -> frozenset[str]:
        return frozenset(self.read("SELECT path FROM files WHERE remarks IS NOT NULL", (), str))

    def remarks(self, path: str) -> Sequence[Problem]:
        return (
            self._problems("SELECT remarks FROM files WHERE path = ?", path) if path in self._paths_with_remarks else ()
        )

    def _problems(self, query: str, *values: str) -> list[Problem]:
        return sorted(Problem(*problem) for problems in self.read(query, values, json.loads) for problem in problems)

    def _take(self, query: str, values: Sequence[Any] = ()) -> list[Entry]:
        return self.read(query, values, self._entry)

    def _entry(self, path: str, line: int, logic: str) -> Entry:
        entry = self._entries.get((path, line))
        if entry is None:
            entry = self._entries.setdefault((path, line), StoredEntry(self, path, json.loads(logic)))
        return entry

    def prose_of(self, entry: Entry) -> Mapping[str, Any]:
        """All that the author wrote in a document."""
        query = "SELECT prose FROM docs WHERE path = ? AND line = ?"
        prose: Mapping[str, Any] = self.read(query, (entry.path, entry.line), json.loads)[0]
        return prose

    def sources_in(self, path: str) -> Mapping[int, Source]:
        """The documents of a file by the line they begin on, composed again for their places."""
        if path not in self._sources:
            from servkit.book.yaml_reader import compose  # only those who show places need libyaml

            raw = self.files.read(path, [])
            sources = compose(path, raw) if raw is not None else []
            self._sources[path] = {source.line(): source for source in sources}
        return self._sources[path]

    def _docs(self, where: str, values: Sequence[Any] = ()) -> list[Entry]:
        return self._take(f"SELECT path, line, logic FROM docs {where} {_ORDER}", values)

    @cached_property
    def _segments(self) -> list[Entry]:
        return self._docs("WHERE kind = 'segment'")

    def segments(self) -> Sequence[Entry]:
        return self._segments

    def applicable(self, area: str | None) -> Sequence[Entry]:
        return self._remembered("areas JOIN docs USING (number) WHERE area = ?", area or "")

    def everything(self) -> Sequence[Entry]:
        kinds = self.settings.applicable
        return self._remembered(f"docs WHERE kind IN ({', '.join('?' * len(kinds))})", *kinds)

    def versions(self, kind: str, id_: str) -> Sequence[Entry]:
        return self._remembered("docs WHERE kind = ? AND id = ?", kind, id_)

    def carrying_out(self, id_: str) -> Sequence[Entry]:
        return self._remembered("carriers JOIN docs USING (number) WHERE carriers.id = ?", id_)

    def _remembered(self, where: str, *values: str) -> Sequence[Entry]:
        """The documents that a query finds. Those that there are remain: a server asks for them in every answer."""
        found = self._found.get((where, *values))
        if found is None:
            found = self._take(f"SELECT path, line, logic FROM {where} {_ORDER}", values)
            if found or len(self._found) < _MOST_FOUND:  # there is no end to the ids that people ask for
                self._found[where, *values] = found
        return found

    # --- for the checks ---------------------------------------------------------------------------------------

    def whole(self) -> Book:
        """The whole book in memory, all prose included."""
        entries = self._read_rows("SELECT path, logic, prose FROM docs", (), self._whole_entries)
        remarks = self._problems("SELECT remarks FROM files WHERE remarks IS NOT NULL")
        return Book(self.settings, entries, self.problems, remarks, self.root)

    def _whole_entries(self, rows: Iterable[tuple[str, str, str]]) -> list[Entry]:
        """Entries with their prose. Many rows are decoded at once, so that they share the texts of their keys."""
        entries: list[Entry] = []
        iterator = iter(rows)
        while batch := list(islice(iterator, _BATCH)):
            paths, logics, proses = zip(*batch, strict=True)
            for path, logic, prose in zip(paths, decoded_all(logics), decoded_all(proses), strict=True):
                entry = StoredEntry(self, path, logic)
                entry.prose = prose
                entries.append(entry)
        return entries

    def paths(self) -> list[str]:
        """All files of the book, those that ``ignore`` names as well."""
        return self.read("SELECT path FROM files", (), path_of)

    def asking(self, operator: str) -> list[Entry]:
        """The documents whose conditions or terms may name an operator, such as ``Known`` or ``InSegment``."""
        return self._docs("WHERE instr(logic, ?) > 0", (f'["{operator}"',))

    def promising(self) -> list[Entry]:
        """The customers' documents that promise anything."""
        return self._docs("WHERE kind = 'customer' AND instr(logic, '\"overrides\"') > 0")

    def contents(self) -> dict[str, str]:
        """Git's id of the content of every file; the settings are not among them."""
        rows = self.read("SELECT path, hash FROM files", (), lambda path, hash_: (path_of(path), str(hash_)))
        return {path: hash_ for path, hash_ in rows if path != SETTINGS}

    def in_files(self, paths: Iterable[str]) -> list[Entry]:
        """The documents in some files."""
        return [entry for path in paths for entry in self._docs("WHERE path = ?", (name_of_path(path),))]

    def paths_with_comments(self) -> list[str]:
        """The files that may hold comments to the checks."""
        return self.read("SELECT path FROM files WHERE comments", (), path_of)

    def paths_with_losses(self) -> list[str]:
        """The files whose texts YAML may read differently than they were meant."""
        return self.read("SELECT path FROM files WHERE losses", (), path_of)

    # --- for the desk -----------------------------------------------------------------------------------------

    def all(self, kind: str | None = None) -> Sequence[Entry]:
        """Every document, or every one of a kind."""
        return self._docs("WHERE kind = ?", (kind,)) if kind else self._docs("")

    def of_id(self, id_: str) -> Sequence[Entry]:
        """The documents of any kind that bear an id."""
        return self._docs("WHERE id = ?", (id_,))

    @cached_property
    def _ids_of(self) -> dict[tuple[str, ...], dict[str, None]]:
        """All ids of some kinds, by these kinds."""
        return {}

    @cached_property
    def _ids(self) -> Sequence[tuple[str, str]]:
        return self.read("SELECT DISTINCT id, kind FROM docs ORDER BY id", (), lambda id_, kind: (str(id_), str(kind)))

    def ids(self, kinds: Sequence[str] = ()) -> Collection[str]:
        """All ids, or those of some kinds, in order."""
        found = self._ids_of.get(tuple(kinds))
        if found is None:
            found = dict.fromkeys(id_ for id_, kind in self._ids if not kinds or kind in kinds)
            self._ids_of[tuple(kinds)] = found
        return found.keys()

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

    @cached_property
    def vocabulary(self) -> Sequence[str]:
        """Every folded word of the book, in order."""
        return sorted(set().union(*self.read("SELECT folded FROM docs", (), _WORD.findall)))

    def named(self, folded: str, kind: str = "customer") -> list[Entry]:
        """The documents of a kind whose id or name holds a folded text."""
        return self._docs(f"WHERE kind = ? AND instr({_FOLDED_NAME}, ?) > 0", (kind, folded))
