"""Customers in a table of a database. One customer is one query by key, and names are searched where they are."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple, Protocol

from servkit.book.problems import Problem, ServkitError
from servkit.customers.cells import as_cell, find_columns, near_heading, place_in, used_columns
from servkit.customers.customer_source import Closeness, Listing
from servkit.customers.row_reader import Row, row_reader, split_cell, usable_id, usable_name
from servkit.customers.search_key import closeness, search_key
from servkit.nearest import did_you_mean
from servkit.text import quoted

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping, Sequence

    from servkit.answer.case import Customer
    from servkit.customers.cells import Cell
    from servkit.customers.row_reader import RowReader
    from servkit.customers.surroundings import Surroundings

#: So many people may be meant by one text; and so many rows are looked at to find them.
_MOST_MATCHES, _MOST_ROWS = 200, 2000


class SourceError(Exception):
    """A database cannot answer. The message is one sentence for a person, and holds no address and no password."""


class Database(Protocol):
    """What two databases do differently. Every method raises SourceError."""

    #: How a parameter is written in SQL.
    parameter: str

    def rows(self, query: str, values: Sequence[object]) -> list[tuple[Any, ...]]:
        """All rows of a query."""

    def stream(self, query: str, values: Sequence[object]) -> Iterator[tuple[Any, ...]]:
        """The rows of a query, a few at a time."""

    def columns(self, relation: str) -> list[str]:
        """The names of the columns of a table or query."""

    def types(self, relation: str) -> list[str]:
        """The types of the columns; empty where a column may hold anything."""

    def tables(self) -> list[str]:
        """The names of the tables and views there are."""

    def text(self, column: str) -> str:
        """The SQL of a column as text."""

    def folded(self, column: str) -> str:
        """The SQL of a column without case and accents."""

    def contains(self, text: str) -> str:
        """The SQL of whether a text holds a parameter."""

    def key(self, column: str) -> str:
        """The SQL of the letters and digits of a column, without case and accents."""

    def close(self) -> None:
        """Let go of the connection."""


class _Columns(NamedTuple):
    """The columns that are read, as SQL: their places in the table; and the id, the name, and those to find by."""

    used: list[int]
    all: str
    id: str
    name: str | None
    finds: list[str]


class SqlSource:
    """A CustomerSource (:mod:`servkit.customers.customer_source`). The database is opened when somebody is looked for.

    ``spec`` is the entry under ``customers:``, ``shown`` the name of the database in messages.
    """

    def __init__(self, spec: Mapping[str, Any], around: Surroundings, database: Database, shown: str) -> None:
        self.shown, self.spec, self._settings, self._database = shown, spec, around.settings, database
        self._fault: str | None = None
        self._reader: RowReader | None = None

    # --- what it is made of -------------------------------------------------------------------------------------------

    @property
    def reader(self) -> RowReader:
        """What reads a row of the table; without columns where it cannot be read."""
        if self._reader is None:
            try:
                header = self._database.columns(self._relation)
            except SourceError as fault:
                header = []
                self._fault = self._fault or self._without_table(str(fault))
            self._reader = row_reader(self.spec, self.shown, header, self._settings)
            if header and self._reader.id_place is None:
                advice = near_heading(self._reader.id, header, "id") or (
                    "Write `id:` and the name of the column that holds the id."
                )
                self._fault = f"There is no column {quoted(self._reader.id)}. {advice}"
        return self._reader

    @property
    def header(self) -> Sequence[str]:
        return self.reader.header

    @property
    def problems(self) -> list[Problem]:
        return [Problem("SK510", self.shown, 0, 0, self._fault)] if self._fault else []

    def prepare(self) -> None:
        """A database is asked as it is."""

    def close(self) -> None:
        """Close the connection."""
        self._database.close()

    def relation(self, percent: str = "%") -> str:
        """The table or query as it stands behind FROM; ``percent`` is a percent sign in a query."""
        if query := self.spec.get("query"):
            return f"({str(query).strip().rstrip(';').replace('%', percent)}\n) AS customers"
        return ".".join(map(_name, str(self.spec["table"]).split(".")))

    @property
    def _relation(self) -> str:
        return self.relation(self._percent)

    @property
    def _percent(self) -> str:
        """A percent sign in a query, where parameters are written with one."""
        return "%%" if self._database.parameter == "%s" else "%"

    def _without_table(self, fault: str) -> str:
        """What to say where the table is not there, with the nearest name; else what the database says."""
        table = self.spec.get("table")
        try:
            there = self._database.tables() if table else []
        except SourceError:
            return fault
        if not table or not there or table in there:
            return fault
        near = did_you_mean(str(table), there) or f"There are {', '.join(map(quoted, there[:5]))}."
        return f"There is no table {quoted(str(table))}. {near}"

    def _columns(self) -> _Columns | None:
        reader = self.reader
        if self._fault or reader.id_place is None:
            return None
        header = reader.header
        used = used_columns(self.spec, header, self._settings)
        finds = [
            place for name in find_columns(self.spec, self._settings) if (place := place_in(header, name)) is not None
        ]
        name = place_in(header, reader.name)
        escaped = [_name(column).replace("%", self._percent) for column in header]
        return _Columns(
            used,
            ", ".join(escaped[place] for place in used),
            escaped[reader.id_place],
            None if name is None else escaped[name],
            [escaped[place] for place in finds],
        )

    def types(self) -> Sequence[str]:
        """The types of the columns, in the order of the header; empty where a column may hold anything."""
        try:
            return self._database.types(self._relation) if self.header else []
        except SourceError as fault:
            raise ServkitError(str(fault), path=self.shown) from None

    # --- questions ----------------------------------------------------------------------------------------------------

    def exact(self, id_: str) -> Customer | None:
        """The customer with this id; the first, with a problem, where the table has several."""
        columns = self._columns()
        if columns is None:
            return None
        where = f"WHERE {columns.id} = {self._database.parameter} LIMIT 2"
        found = [row for row in self._rows(columns, where, [id_]) if row.id == id_]
        if not found:
            return None
        message = f"The id {quoted(id_)} appears again. The first row is used."
        problems = [Problem("SK203", self.shown, 0, 0, message)] if len(found) > 1 else []
        return self.reader.customer(found[0], problems)

    def search(self, folded: str) -> list[Listing]:
        columns, words = self._columns(), folded.split()
        if columns is None or not words:
            return []
        where, values = self._meaning(columns, folded, words)
        close = [self._listing(row, folded) for row in self._rows(columns, where, values)]
        found = [listing for listing in close if listing is not None]
        closest = min((listing.closeness for listing in found), default=Closeness.PART)
        return [listing for listing in found if listing.closeness is closest][:_MOST_MATCHES]

    def similar(self, folded: str) -> Iterator[str]:
        """Names with a word that begins like one of the text's, and ids that begin like the text."""
        columns = self._columns()
        if columns is None:
            return
        yield from self.starting(folded[: max(1, len(folded) // 2)])
        if columns.name:
            begins = self._database.contains(f"' ' || {self._database.folded(columns.name)}")
            for word in folded.split()[:4]:
                rows = self._rows(columns, f"WHERE {begins} LIMIT {_MOST_ROWS}", [f" {word[:2]}"])
                yield from (row.name for row in rows if row.name)

    def starting(self, prefix: str) -> list[str]:
        columns = self._columns()
        out: list[str] = []
        for column in (columns.id, columns.name, *columns.finds) if columns else ():
            text = self._database.text(column or "")
            mark = self._database.parameter
            query = f"SELECT DISTINCT {text} FROM {self._relation} WHERE substr({text}, 1, {len(prefix)}) = {mark}"
            out += [str(found) for (found,) in self._ask(f"{query} LIMIT 50", [prefix])] if column else []
        return out

    def everybody(self) -> Iterator[Listing]:
        return (Listing(row.id, row.name or None, self.shown, 0) for row in self._all())

    def all(self) -> Iterator[Customer]:
        return map(self.reader.customer, self._all())

    def read_all(self) -> tuple[RowReader, Iterator[Row]]:
        def rows() -> Iterator[Row]:
            yield from self._all()
            if self._fault:
                raise ServkitError(self._fault, path=self.shown)

        return self.reader, rows()

    def several(self, ids: Collection[str]) -> dict[str, Customer]:
        return {id_: found for id_ in ids if (found := self.exact(id_)) is not None}

    def _meaning(self, columns: _Columns, folded: str, words: list[str]) -> tuple[str, list[object]]:
        """The condition under which a row may be meant, and its values; the likeliest rows first."""
        database, mark, key = self._database, self._database.parameter, search_key(folded)
        parts, values = [f"lower({database.text(columns.id)}) = {mark}"], [folded]
        order = ""
        if columns.name:
            name = database.folded(columns.name)
            parts.append("(" + " AND ".join([database.contains(name)] * len(words)) + ")")
            values += words
        for column in columns.finds if key else ():
            parts.append(database.contains(database.key(column)))
            values.append(key)
        if columns.name:
            order = f"ORDER BY CASE WHEN {name} = {mark} THEN 0 WHEN substr({name}, 1, {len(words[0])}) = {mark} THEN 1"
            order += " ELSE 2 END"
            values += [" ".join(words), words[0]]
        return f"WHERE {' OR '.join(parts)} {order} LIMIT {_MOST_ROWS}", list(values)

    def _find_places(self) -> list[int]:
        places = (place_in(self.reader.header, name) for name in find_columns(self.spec, self._settings))
        return [place for place in places if place is not None]

    def _listing(self, row: Row, folded: str) -> Listing | None:
        texts = [text for place in self._find_places() for text in split_cell(row.cells[place])]
        close = closeness(row.id, row.name, texts, folded)
        return None if close is None else Listing(row.id, row.name or None, self.shown, 0, close)

    # --- rows ---------------------------------------------------------------------------------------------------------

    def _all(self) -> Iterator[Row]:
        columns = self._columns()
        if columns is None:
            return
        query = f"SELECT {columns.all} FROM {self._relation}"
        try:
            for raw in self._database.stream(query, ()):
                if (row := self._row(columns, raw)) is not None:
                    yield row
        except SourceError as fault:
            self._fault = str(fault)

    def _rows(self, columns: _Columns, rest: str, values: Sequence[object]) -> Iterator[Row]:
        for raw in self._ask(f"SELECT {columns.all} FROM {self._relation} {rest}", values):
            if (row := self._row(columns, raw)) is not None:
                yield row

    def _row(self, columns: _Columns, raw: Sequence[Any]) -> Row | None:
        reader = self.reader
        cells: list[Cell] = [None] * len(reader.header)
        for place, value in zip(columns.used, raw, strict=True):
            cells[place] = as_cell(value)
        id_ = usable_id(cells[reader.id_place or 0])
        name = place_in(reader.header, reader.name)
        return None if id_ is None else Row(id_, usable_name(cells[name]) if name is not None else None, cells)

    def _ask(self, query: str, values: Sequence[object]) -> list[tuple[Any, ...]]:
        try:
            return self._database.rows(query, values)
        except SourceError as fault:
            self._fault = str(fault)
            return []


def _name(column: str) -> str:
    return '"' + column.replace('"', '""') + '"'
