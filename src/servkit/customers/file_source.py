"""Customers in a file of any format. A cell that does not fit counts as unknown and is reported by row and column."""

from __future__ import annotations

from contextlib import closing
from itertools import product
from typing import TYPE_CHECKING, Any

from servkit.answer.case import Customer
from servkit.book.problems import Problem
from servkit.customers.cells import find_columns
from servkit.customers.customer_source import Listing
from servkit.customers.file_index import FileIndex, IndexRow
from servkit.customers.row_reader import Row, cell, row_reader, text_of
from servkit.customers.row_stream import Faults, RowStream
from servkit.files import open_file
from servkit.nearest import nearest
from servkit.text import quoted

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping

    from servkit.customers.file_format import FileFormat
    from servkit.customers.row_reader import RowReader
    from servkit.customers.surroundings import Surroundings

#: As many problems of one file as a person will read; the rest is a number.
MAX_PROBLEMS = 20
#: How many words a mistyped word is compared with.
MAX_WORDS = 2000


class MovedError(Exception):
    """The file changed since the index was made: the row now belongs to somebody else."""


class FileSource:
    """A CustomerSource (:mod:`servkit.customers.customer_source`). The file is read when somebody is looked for.

    ``spec`` is the entry under ``customers:``; ``shown`` in it is the name of the file in messages.
    """

    def __init__(self, spec: Mapping[str, Any], around: Surroundings, format_: FileFormat) -> None:
        self.path, self.shown = around.root / spec["file"], str(spec.get("shown") or spec["file"])
        self.spec, self._settings, self.format = spec, around.settings, format_
        self._index = FileIndex(spec, self.path, format_, find_columns(spec, around.settings), around.cache)
        self._stream: RowStream | None = None
        self._reader: RowReader | None = None
        self._read_with: object = None

    @property
    def reader(self) -> RowReader:
        """What reads a row of this file; a new one where the index was made again."""
        index = self._index
        if self._reader is None or self._read_with is not index.connection:
            header, self._read_with = index.header(), index.connection
            reader = row_reader(self.spec, self.shown, header, self._settings)
            self._reader = reader._replace(not_text=self.format.not_text)
        return self._reader

    @property
    def header(self) -> list[str]:
        return list(self.reader.header)

    @property
    def problems(self) -> list[Problem]:
        """What is wrong with the file as a whole, and which rows could not be used; nothing before anybody asked."""
        if self._stream is not None:
            reader = self._reader
            faults: list[tuple[int, str]] = self._stream.faults
            count = self._stream.faults.total
        elif self._index.is_open:
            reader = self.reader
            faults, count = self._index.faults(MAX_PROBLEMS)
        else:
            return []
        out = [Problem("SK510", self.shown, line, 1 if line else 0, message) for line, message in faults]
        if count > len(out):
            out.append(Problem("SK510", self.shown, 0, 0, f"{count - len(out):,} more rows have problems."))
        if reader is None:
            return out
        used = [reader.id, reader.name, *(column.name for column in reader.columns.values())]
        headings = [heading.casefold() for heading in reader.header]
        twice = sorted({name for name in used if headings.count(name.strip().casefold()) > 1})
        message = "The column {} appears twice. The first one is used."
        return out + [Problem("SK510", self.shown, 1, 1, message.format(quoted(name))) for name in twice]

    @property
    def faults(self) -> Faults | None:
        """What is wrong with the rows of :meth:`read_all`, as far as they were read."""
        return self._stream.faults if self._stream is not None else None

    def prepare(self) -> None:
        """Make the index: first what one customer is looked up with, then what names are searched in."""
        self._index.prepare()

    def close(self) -> None:
        """Close the index."""
        self._index.close()

    def exact(self, id_: str) -> Customer | None:
        """The customer with this id; the first, with a problem, where the file has several."""
        rows = self._index.by_id(id_)
        if not rows:
            return None
        problems = []
        if len(rows) > 1:
            message = f"The id {quoted(id_)} appears again (first in row {rows[0].line}). The first row is used."
            problems.append(Problem("SK203", self.shown, rows[1].line, min(rows[1].line, 1), message))
        return self._customer(rows[0], *problems)

    def search(self, folded: str) -> list[Listing]:
        rows, closeness = self._index.search(folded)
        return [self._listing(row)._replace(closeness=closeness) for row in rows]

    def similar(self, folded: str) -> Iterator[str]:
        """Ids that begin like the text, and names made of words that resemble its words."""
        for length in range(len(folded), 0, -1):
            if ids := self._index.ids(folded[:length], 20):
                yield from ids
                break
        choices = [words for word in folded.split()[:4] if (words := self._similar_words(word))]
        for combination in product(*choices) if choices else ():
            yield from (row.name or row.id for row in self._index.search(" ".join(combination), 5)[0])

    def _similar_words(self, word: str) -> list[str]:
        """Words of names that resemble a mistyped one; the word itself where a name has one that begins so."""
        if self._index.words(word, 1):
            return [word]
        for beginning in (word[:2], word[:1]):
            known = self._index.words(beginning, MAX_WORDS)
            if matches := nearest(word, known):
                return matches
        return []

    def starting(self, prefix: str) -> list[str]:
        return self._index.starting(prefix, 50)

    def everybody(self) -> Iterator[Listing]:
        return map(self._listing, self._index.all())

    def all(self) -> Iterator[Customer]:
        return map(self._customer, self._index.all())

    def read_all(self) -> tuple[RowReader, Iterator[Row]]:
        """Straight from the file: an index of it all would take its time and its memory."""
        self._stream = self._open_stream()
        reader = self._reader = self._stream.reader()
        return reader, self._stream.rows(reader)

    def read_under(self, header: list[str]) -> RowReader:
        """What reads the rows of the file where somebody else cuts it; ``faults`` takes what is wrong with them."""
        self._stream, self.format.header = self._open_stream(), header
        reader = row_reader(self.spec, self.shown, header, self._settings)
        self._reader = reader._replace(not_text=self.format.not_text)
        return self._reader

    def several(self, ids: Collection[str]) -> dict[str, Customer]:
        if not ids:
            return {}
        stream, found = self._open_stream(), dict[str, Customer]()
        reader = stream.reader()
        with closing(stream.rows(reader, ids)) as rows:
            for row in rows:
                if row.id in ids and row.id not in found:
                    found[row.id] = reader.customer(row)
                    if len(found) == len(ids):
                        break
        return found

    def _open_stream(self) -> RowStream:
        return RowStream(self.spec, self.shown, self.path, self.format, self._settings, Faults(MAX_PROBLEMS))

    def _listing(self, row: IndexRow) -> Listing:
        return Listing(row.id, row.name or None, self.shown, row.line)

    def _customer(self, row: IndexRow, *problems: Problem) -> Customer:
        """The customer of a row. Where the file has changed since, the index is made again and asked by id."""
        try:
            return self.reader.customer(self._row(row), problems)
        except MovedError:
            self._index.discard()
        for again in self._index.by_id(row.id)[:1]:
            try:
                return self.reader.customer(self._row(again), problems)
            except MovedError:
                break
        return Customer(row.id, row.name or None, {}, self.shown, row.line, None, problems)

    def _row(self, row: IndexRow) -> Row:
        if self.format.is_stored:
            return Row(row.id, row.name, self._index.stored(row), row.line)
        try:
            with open_file(self.path) as file:
                file.seek(row.start)
                raw = file.read(row.size)
        except OSError:
            raise MovedError from None
        cells, places = self.format.cells(raw, row.start)
        index = self.reader.id_place
        if text_of(cell(cells, index)) != row.id:
            raise MovedError
        return Row(row.id, row.name, cells, row.line, places)
