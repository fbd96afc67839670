"""A whole customer base: from a book and its customers to rows, counts or files."""

from __future__ import annotations

import tempfile
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from servkit.answer.case import document_customer
from servkit.answer.membership import segments_in_force
from servkit.bulk.answers import Answers
from servkit.bulk.codes import attribute_codes
from servkit.bulk.duckdb_engine import DuckDbEngine
from servkit.bulk.typed_table import add_typed_table
from servkit.bulk.unread import Unread
from servkit.customers.file_source import FileSource
from servkit.customers.sources.parquet import ParquetFormat
from servkit.customers.sql_source import SqlSource

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from servkit.answer.case import Customer
    from servkit.bulk.assignment import Assignment
    from servkit.bulk.question import Question
    from servkit.customers.directory import Directory

    Progress = Callable[[int, int], None]

#: Where signatures can be computed.
ENGINES = ("duckdb", "postgres")


class Row(NamedTuple):
    """A row for all customers of one key, and how many they are."""

    key: int
    times: int
    assignment: Assignment


class Assigning:
    """The customers of a book by the key of their signature, and the answer for every key."""

    def __init__(self, question: Question, directory: Directory, folder: Path) -> None:
        self.question, self.directory = question, directory
        self.unread = Unread()
        self.codes = attribute_codes(question.partition)
        self.engine = DuckDbEngine(question.settings, self.codes, self.unread, folder)
        self.answers = Answers(question, self.codes)
        self.personal: list[Customer] = []
        self.signatures = 0
        #: Whether a database has worked out codes itself.
        self.has_database = False

    def read(self) -> None:
        """Read all customers, once."""
        documents = {entry.id: entry for entry in reversed(self.directory.documents())}
        self.engine.add_people(
            (id_, document_customer(entry).attributes) for id_, entry in documents.items()
        ) if documents else None
        for source in self.directory.sources:
            if isinstance(source, FileSource) and isinstance(source.format, ParquetFormat):
                self.engine.add_parquet(source.spec, source.path, source.shown)
            elif isinstance(source, SqlSource) and (types := source.types()):
                self.has_database = True
                add_typed_table(self.engine, source, types)
            else:
                self.engine.add_source(source)
        promised = (id_ for id_, entry in documents.items() if entry.logic.get("overrides"))
        self.personal = [found for id_ in promised if (found := self.directory.exact(id_)) is not None]
        self.signatures = self.engine.find_signatures([customer.id for customer in self.personal])

    def rows(self, progress: Progress = lambda done, total: None) -> Iterator[Row]:  # noqa: ARG005
        """The row of every key."""
        total = self.signatures + len(self.personal)
        for number, customer in enumerate(self.personal):
            yield Row(-1 - number, 1, self.answers.of_person(customer))
        for number, signature in enumerate(self.engine.signatures()):
            if not number % 100:
                progress(number, total)
            yield Row(signature.key, signature.times, self.answers.of(signature.coded, signature.attributes))

    def segments(self) -> list[str]:
        """The ids of the segments in force, in order."""
        return sorted(segments_in_force(self.question.library, self.question.case.on.toordinal()).conditions)

    def skipped(self) -> list[str]:
        """What is wrong with the sources, in lines."""
        lines = [f"{problem.where}: {problem.message}" for problem in self.directory.problems()]
        if self.engine.skipped_ids:
            lines.append(f"{self.engine.skipped_ids:,} rows were skipped: they have no usable id.")
        return lines

    @property
    def statements(self) -> list[str]:
        """The SQL that was run to find the signatures."""
        return self.engine.statements


@contextmanager
def assigning(
    question: Question,
    directory: Directory,
) -> Iterator[Assigning]:
    """All customers, read; what is written on the way is deleted in the end."""
    with tempfile.TemporaryDirectory(prefix="servkit-assign-") as folder:
        found = Assigning(question, directory, Path(folder))
        try:
            found.read()
            yield found
        finally:
            found.engine.close()
