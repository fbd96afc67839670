"""A whole customer base: from a book and its customers to rows, counts or files."""

from __future__ import annotations

import tempfile
from collections import Counter
from contextlib import ExitStack, closing, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, cast

from servkit.answer.membership import segments_in_force
from servkit.bulk.answers import Answers
from servkit.bulk.census import Census
from servkit.bulk.codes import attribute_codes
from servkit.bulk.engine import TEXT, Around
from servkit.bulk.engines import ENGINES, open_engine
from servkit.bulk.groups import read_customers
from servkit.bulk.signatures import Signatures
from servkit.bulk.unread import Unread

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from servkit.answer.case import Customer
    from servkit.book.problems import Problem
    from servkit.bulk.engine import Engine, FileEngine, TableEngine
    from servkit.bulk.postgres_table import Target
    from servkit.bulk.question import Question
    from servkit.customers.directory import Directory

    Progress = Callable[[int, int], None]


class Answered(NamedTuple):
    """Keys, how many customers have each, and the numbers of their cells: a column for each part."""

    keys: Sequence[object]
    times: Sequence[int]
    numbers: Sequence[Sequence[int]]


class Assigning:
    """The customers of a book by the key of their signature, and the answer for every key."""

    def __init__(self, question: Question, directory: Directory, engine: Engine, around: Around) -> None:
        self.question, self.directory, self.engine, self._around = question, directory, engine, around
        self._files: FileEngine | None = None
        self.unread = Unread()
        codes = attribute_codes(question.partition)
        self.signatures = Signatures(engine, question.settings, codes, self.unread)
        self.answers = Answers(question, codes)
        self._personal: list[Customer] = []

    def read(self) -> None:
        """Read all customers, once."""
        self._personal = read_customers(self.signatures, self.directory)

    def answered(self, progress: Progress = lambda _done, _total: None) -> Iterator[Answered]:
        """The answers for all keys, many at a time. What the numbers mean is in ``answers.distinct``."""
        done, total = 0, self.signatures.count + len(self._personal)
        for batch in self.signatures.batches():
            progress(done, total)
            yield Answered(batch.keys, batch.times, self.answers.of(batch))
            done += len(batch.keys)
        for place, customer in enumerate(self._personal):
            key = self.signatures.personal_key(place)
            yield Answered([key], [1], [[number] for number in self.answers.of_person(customer)])

    def census(self, progress: Progress) -> Census:
        """How many are where, and what would have to be asked."""
        names = self.question.settings.names.items()
        census = Census(frozenset(name for name, found in names if not found.fact))
        cells: list[dict[int, tuple[str, ...]]] = [{}, {}, {}]
        counts: Counter[tuple[int, ...]] = Counter()
        for _, times, numbers in self.answered(progress):
            for found, distinct in zip(cells, self.answers.distinct, strict=False):
                found.update(distinct.take())
            for alike, count in zip(zip(*numbers[:3], strict=True), times, strict=True):
                counts[alike] += count
        for alike, count in counts.items():
            inside, might_be, ask = (found[number] for found, number in zip(cells, alike, strict=True))
            census.add(inside, might_be, ask, count)
        return census

    def segments(self) -> list[str]:
        """The ids of the segments in force, in order."""
        return sorted(segments_in_force(self.question.library, self.question.case.on.toordinal()).conditions)

    def skipped(self) -> list[str]:
        """What is wrong with the sources, in lines."""
        lines = [f"{problem.where}: {problem.message}" for problem in self._problems()]
        if self.signatures.skipped_ids:
            lines.append(f"{self.signatures.skipped_ids:,} rows were skipped: they have no usable id.")
        return lines

    def _problems(self) -> list[Problem]:
        return [*self.signatures.problems, *self.directory.problems()]

    def files(self) -> FileEngine:
        """The engine that rows leave by. One that writes no files hands over which signature everybody has."""
        if hasattr(self.engine, "write"):
            return cast("FileEngine", self.engine)
        if self._files is None:
            self._files = cast("FileEngine", open_engine(ENGINES[0], self._around))
            rows = self.engine.rows(f"SELECT id, key FROM customers ORDER BY {self.engine.dialect.by_id}")
            self._files.load("customers", {"id": TEXT, "key": self.signatures.key_kind}, rows)
        return self._files

    def tables(self, target: Target) -> TableEngine | None:
        """The engine, if the database of a table is its own."""
        is_own = getattr(self.engine, "variable", None) == target.variable
        return cast("TableEngine", self.engine) if is_own else None

    def close(self) -> None:
        """Let go of the engines."""
        self.engine.close()
        if self._files is not None:
            self._files.close()

    @property
    def statements(self) -> list[str]:
        """The SQL that was run."""
        return self.engine.statements


@contextmanager
def assigning(
    question: Question, directory: Directory, engine: str, environment: Mapping[str, str]
) -> Iterator[Assigning]:
    """All customers, read; what is written on the way is deleted in the end. Raises ServkitError."""
    with ExitStack() as stack:
        folder = stack.enter_context(tempfile.TemporaryDirectory(prefix="servkit-assign-"))
        around = Around(question.settings, directory.sources, Path(folder), environment)
        found = stack.enter_context(closing(Assigning(question, directory, open_engine(engine, around), around)))
        found.read()
        yield found
