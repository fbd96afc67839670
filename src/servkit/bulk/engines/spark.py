"""Spark, for customers that outgrow one machine (``pip install 'servkit[spark]'``). It runs where its own settings say
(``spark-defaults.conf`` or ``PYSPARK_SUBMIT_ARGS``), and on this machine if they say nothing."""

from __future__ import annotations

from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from servkit.book.problems import ServkitError
from servkit.bulk.engine import INTEGER, LONG, TEXT, Dialect, Relation, joined_code
from servkit.customers.cells import Typed, as_cell, near_heading
from servkit.customers.file_source import FileSource
from servkit.customers.row_reader import row_reader
from servkit.customers.sources.parquet import ParquetFormat
from servkit.text import quoted

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from pyspark.sql import DataFrame, DataFrameReader, SparkSession

    from servkit.bulk.engine import Around, Rows
    from servkit.customers.cells import Cell
    from servkit.customers.customer_source import CustomerSource

_INTEGERS = ("tinyint", "smallint", "int", "bigint")
_KINDS = {
    "double": "float",
    "float": "float",
    "date": "date",
    "timestamp": "timestamp",
    "timestamp_ntz": "timestamp",
    "string": "text",
}
#: Read as text: Python has no days before 1 or after 9999.
_AS_TEXT = ("date", "timestamp", "timestamp_ntz")
_SETTINGS = {
    "spark.sql.session.timeZone": "UTC",
    "spark.sql.caseSensitive": "true",
    "spark.ui.showConsoleProgress": "false",
}


def open_engine(around: Around) -> Spark:
    """The engine."""
    return Spark(around)


class _Dialect:
    """A Dialect (:mod:`servkit.bulk.engine`)."""

    types: Mapping[str, str] = {TEXT: "STRING", INTEGER: "INT", LONG: "BIGINT"}
    double = "DOUBLE"
    numbered = "monotonically_increasing_id()"
    by_id = "id"
    keeps_order = False

    def name(self, text: str) -> str:
        return "`" + text.replace("`", "``") + "`"

    def literal(self, text: str) -> str:
        return "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'"

    def kind(self, type_: str) -> str:
        if type_ in _INTEGERS:
            return "integer"
        return "exact" if type_.startswith("decimal(") else _KINDS.get(type_, "other")

    def readable(self, column: str, type_: str) -> str:
        return f"CAST({column} AS STRING)" if type_ in _AS_TEXT else column

    def matches(self, column: str, pattern: str) -> str:
        whole = f"\\A({pattern})\\z"
        return f"{column} RLIKE {self.literal(whole)}"

    def split(self, column: str) -> str:
        parts = f"split({column}, chr(1))"
        return f"CASE WHEN {column} = '' THEN CAST(array() AS ARRAY<STRING>) ELSE slice({parts}, 2, size({parts})) END"

    def out_of_order(self, table: str) -> str:
        raise NotImplementedError

    def repeated(self, table: str) -> str:
        return f"SELECT count(*) - count(DISTINCT id) FROM {table}"


class Spark:
    """A FileEngine (:mod:`servkit.bulk.engine`). What it writes is a folder of files, in the order of the ids."""

    def __init__(self, around: Around) -> None:
        self.dialect: Dialect = _Dialect()
        self.statements: list[str] = []
        self._settings, self._sources = around.settings, 0
        self._loaded: dict[str, DataFrame] = {}
        try:
            from pyspark.sql import SparkSession
        except ImportError:
            raise ServkitError("This needs Spark. Install it with: pip install 'servkit[spark]'") from None
        self._is_own = SparkSession.getActiveSession() is None
        with _telling():
            builder = SparkSession.builder.appName("servkit assign")
            for key, value in _SETTINGS.items():
                builder = builder.config(key, value)
            self._spark: SparkSession = builder.getOrCreate()
            self._spark.sparkContext.setLogLevel("OFF")

    def close(self) -> None:
        """Stop Spark, unless it ran before."""
        if self._is_own:
            self._spark.stop()

    @property
    def _reader(self) -> DataFrameReader:
        """What reads one file: a sign that could stand for other names stands for itself."""
        return self._spark.read.option("__globPaths__", "false")

    def _frame(self, query: str) -> DataFrame:
        self.statements.append(query)
        return self._spark.sql(query)

    # --- customers ----------------------------------------------------------------------------------------------------

    def relation(self, source: CustomerSource) -> Relation | None:
        if not (isinstance(source, FileSource) and isinstance(source.format, ParquetFormat)):
            return None
        path = Path(source.path).absolute()
        if not path.exists():
            raise ServkitError("The file can't be read: no such file.", path=source.shown)
        with _telling(source.shown):
            frame = self._reader.parquet(_address(path))
        self._sources += 1
        table = f"source_{self._sources}"
        frame.selectExpr("*", "_metadata.row_index AS servkit_number").createOrReplaceTempView(table)
        self.statements.append(f"CREATE VIEW {table} AS SELECT * FROM parquet.{self.dialect.name(str(path))}")
        header = list(frame.columns)
        reader = row_reader(source.spec, source.shown, header, self._settings)
        if reader.id_place is None:
            advice = (
                near_heading(reader.id, header, "id") or "Write `id:` and the name of the column that holds the id."
            )
            raise ServkitError(f"There is no column {quoted(reader.id)}. {advice}", path=source.shown)
        return Relation(
            reader, table, "servkit_number", [*map(self.dialect.name, header)], [type_ for _, type_ in frame.dtypes]
        )

    def cell(self, raw: Any, type_: str) -> Cell:
        return Typed(raw) if isinstance(raw, str) and type_ in _AS_TEXT else as_cell(raw)

    # --- tables -------------------------------------------------------------------------------------------------------

    def code_of(self, table: str, expression: str) -> tuple[str, str]:
        return joined_code(table, expression)

    def create(self, table: str, query: str, order: str = "") -> None:
        with _telling():
            frame = self._frame(query)
            if self.dialect.numbered in query:
                frame = frame.localCheckpoint()  # so that rows keep their numbers
            frame.persist().createOrReplaceTempView(table)

    def create_few(self, table: str, query: str, columns: Mapping[str, bool]) -> None:
        self.create(table, query)

    def load(self, table: str, columns: Mapping[str, str], rows: Iterable[Sequence[object]]) -> None:
        schema = ", ".join(f"{column} {self.dialect.types[kind]}" for column, kind in columns.items())
        with _telling():
            frame = self._spark.createDataFrame([tuple(row) for row in rows], schema, verifySchema=False)
            before = self._loaded.get(table)
            self._loaded[table] = frame if before is None else before.union(frame)
            self._loaded[table].createOrReplaceTempView(table)

    def drop(self, table: str) -> None:
        self._spark.catalog.dropTempView(table)
        self._loaded.pop(table, None)

    def rows(self, query: str) -> Iterator[tuple[Any, ...]]:
        with _telling():
            yield from self._frame(query).toLocalIterator()

    # --- rows out -----------------------------------------------------------------------------------------------------

    def earlier(self, path: Path, format_: str) -> str:
        with _telling(str(path)):
            if format_ == "parquet":
                frame = self._reader.parquet(_address(path))
            else:
                frame = self._reader.text(_address(path)).withColumnRenamed("value", "line")
            frame.createOrReplaceTempView("earlier")
        return "earlier"

    def write(self, rows: Rows, path: Path, format_: str) -> int:
        if format_ == "csv":
            raise ServkitError("Spark writes folders of files: give it one of the endings .parquet and .jsonl.")
        with _telling():
            writer, address = self._frame(rows.sorted).write, _address(path)
            if format_ == "parquet":
                writer.parquet(address)
                return int(self._reader.parquet(address).count())
            writer.text(address)
            return int(self._reader.text(address).count())


def _address(path: Path) -> str:
    """A path as Spark reads it. It is no URI: Spark takes ``%20`` for three letters."""
    name = path.absolute().as_posix()
    return f"file://{'' if name.startswith('/') else '/'}{name}"


@contextmanager
def _telling(path: str = "") -> Iterator[None]:
    """What Spark cannot do, in one line."""
    from py4j.protocol import Py4JError
    from pyspark.errors import PySparkException

    try:
        yield
    except (PySparkException, Py4JError, OSError) as fault:
        first = str(fault).strip().partition("\n")[0]
        raise ServkitError(f"Spark can't do this: {quoted(first, 200)}.", path=path) from None
