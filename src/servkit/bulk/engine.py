"""What an engine has to offer: a program that holds the customers and runs SQL over all of them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple, Protocol

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

    from servkit.book.settings import Settings
    from servkit.bulk.postgres_table import Target
    from servkit.customers.cells import Cell
    from servkit.customers.customer_source import CustomerSource
    from servkit.customers.row_reader import RowReader
    from servkit.customers.row_stream import Faults

#: Kinds of columns of a table that is loaded.
TEXT, INTEGER, LONG = "text", "integer", "long"
#: Kinds of columns that sizes can be compared in; ``exact`` and ``numeric`` are decimals of known and of any length.
NUMBERS = ("integer", "exact", "numeric", "float")
DAYS = ("date", "timestamp")


class Around(NamedTuple):
    """What an engine needs to know: the book's settings and sources, a folder for what is written on the way,
    and the addresses of databases."""

    settings: Settings
    sources: Sequence[CustomerSource]
    folder: Path
    environment: Mapping[str, str]


class Relation(NamedTuple):
    """A table or file that an engine reads itself. ``sql`` stands behind FROM, and ``order`` is the SQL of a number
    that grows from row to row. ``columns`` are the names, as SQL, of the columns of the reader's header, and ``types``
    are theirs. Of a file with lines, the number is the line, ``faults`` takes the rows that cannot be used, and
    ``sql`` is a table that was made for it."""

    reader: RowReader
    sql: str
    order: str
    columns: Sequence[str]
    types: Sequence[str]
    faults: Faults | None = None


class Rows(NamedTuple):
    """A query for rows: with cells, or with one column ``line`` under a heading. ``order`` is what they are in the
    order of the ids by, where the engine does not keep it."""

    query: str
    order: str
    heading: str = ""

    @property
    def sorted(self) -> str:
        """The query with its order."""
        return f"{self.query} ORDER BY {self.order}" if self.order else self.query


class Dialect(Protocol):
    """How an engine writes what others write differently. All of it is SQL."""

    #: The types of columns that are loaded, by kind; and that of a float.
    types: Mapping[str, str]
    double: str
    #: A number that is different in every row, and grows from row to row.
    numbered: str
    #: What rows are in the order of the ids by, letter by letter; and whether tables keep the order of their rows.
    by_id: str
    keeps_order: bool

    def name(self, text: str) -> str:
        """A name of a table or column."""

    def literal(self, text: str) -> str:
        """A text."""

    def kind(self, type_: str) -> str:
        """The kind of a type: one of NUMBERS or DAYS, ``text`` for any text as it is, or ``other``."""

    def readable(self, column: str, type_: str) -> str:
        """A column as its values are read."""

    def matches(self, column: str, pattern: str) -> str:
        """Whether all of a text is what a regular expression says."""

    def split(self, column: str) -> str:
        """The list of the texts that each follow a mark ``chr(1)`` in a text."""

    def out_of_order(self, table: str) -> str:
        """A query for how many ids do not follow the one before. Asked where tables keep the order of their rows."""

    def repeated(self, table: str) -> str:
        """A query for how many rows have an id that another row has as well; their table is in the order of the ids, if
        tables keep it."""


def joined_code(table: str, expression: str) -> tuple[str, str]:
    """:meth:`Engine.code_of` by a join."""
    return f"{table}.code", f"LEFT JOIN {table} ON {table}.raw = {expression}"


class Engine(Protocol):
    """Runs the plan. Methods raise ServkitError."""

    dialect: Dialect
    #: Everything that was run.
    statements: list[str]

    def relation(self, source: CustomerSource) -> Relation | None:
        """A source as the engine reads it itself; None where its rows have to be loaded."""

    def cell(self, raw: Any, type_: str) -> Cell:
        """A value that was read as :meth:`Dialect.readable` has it."""

    def code_of(self, table: str, expression: str) -> tuple[str, str]:
        """The code of a value in a table of values (``raw``, ``code``), NULL where it has none; and the join that this
        takes, if any."""

    def create(self, table: str, query: str, order: str = "") -> None:
        """A table of what a query finds, until the engine is closed. An engine that keeps rows in order takes them in
        this one."""

    def create_few(self, table: str, query: str, columns: Mapping[str, bool]) -> None:
        """A table in which few different texts are likely. ``columns`` are those of texts, and whether of lists."""

    def load(self, table: str, columns: Mapping[str, str], rows: Iterable[Sequence[object]]) -> None:
        """Rows behind those of a table, which is made where it is not there yet. ``columns`` are kinds by name."""

    def drop(self, table: str) -> None:
        """Forget a table."""

    def rows(self, query: str) -> Iterator[tuple[Any, ...]]:
        """The rows of a query, a few at a time."""

    def close(self) -> None:
        """Let go of everything."""


class TableEngine(Engine, Protocol):
    """An engine that writes tables of its own database, whose address the variable of the environment holds."""

    variable: str

    def write_table(self, target: Target, columns: Sequence[tuple[str, bool]], rows: Rows) -> int:
        """Write rows to a table; how many there are. ``columns`` are names behind the id, and whether of lists."""


class LineEngine(Engine, Protocol):
    """An engine that cuts files of text into lines."""

    def file(self, path: Path) -> str:
        """The SQL of the path of a file."""


class FileEngine(Engine, Protocol):
    """An engine that writes files."""

    def earlier(self, path: Path, format_: str) -> str:
        """A table of a file that :meth:`write` wrote; of one column ``line`` but for Parquet."""

    def write(self, rows: Rows, path: Path, format_: str) -> int:
        """Write rows to a file; how many there are. Raises OSError."""
