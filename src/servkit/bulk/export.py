"""Rows on their way out of an engine: every customer joined with the answer for their signature."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from servkit.book.problems import ServkitError
from servkit.bulk.assignment import columns, csv_text, part_cells
from servkit.bulk.destination import file_format
from servkit.bulk.engine import INTEGER, TEXT, Rows

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from servkit.bulk.engine import Engine, FileEngine
    from servkit.bulk.run import Assigning

    Progress = Callable[[int, int], None]

#: Of more signatures than these, a join may move to a disk what does not fit, and lose the order of the rows.
_MOST_IN_ORDER = 100_000
#: What the cells of one part are loaded as: a text, or the four of a term.
_CELLS = ("a", "b", "c", "d")


class Export:
    """The rows of an assignment. ``segment`` keeps those who are in it."""

    def __init__(self, assigning: Assigning, engine: Engine, segment: str | None = None) -> None:
        """``engine`` has the customers, too."""
        self._assigning, self._segment = assigning, segment
        self._engine, self._sql = engine, engine.dialect
        self._refs, self._with_role = assigning.question.refs, assigning.question.with_role
        keeps = self._sql.keeps_order and assigning.signatures.count < _MOST_IN_ORDER
        self._order = "" if keeps else self._sql.by_id

    def ids(self, progress: Progress) -> Rows:
        """The ids of the customers in the segment."""
        self._load_numbers("parquet", progress)
        inside = self._inside("numbers.k0")
        joined = "FROM customers JOIN numbers ON customers.key = numbers.key"
        return Rows(f"SELECT id {joined} WHERE {inside}", self._order)

    def rows(self, format_: str, progress: Progress) -> Rows:
        """All rows: for ``parquet`` in columns, for ``csv`` and ``jsonl`` as lines."""
        self._load_numbers(format_, progress)
        self._join_cells(format_)
        joined = "FROM customers JOIN answers ON customers.key = answers.key"
        if self._segment is not None:
            joined += f" WHERE {self._inside('answers.k0')}"
        names = [name for name, _ in self._columns]
        if format_ == "parquet":
            listed = ", ".join(f"answers.v{place} AS {self._sql.name(name)}" for place, name in enumerate(names))
            return Rows(f"SELECT customers.id AS id, {listed} {joined}", self._order)
        if format_ == "csv":
            quoted = """'"' || replace(id, '"', '""') || '"'"""
            quoted = f"CASE WHEN id LIKE '%,%' OR id LIKE '%\"%' THEN {quoted} ELSE id END"
            return Rows(f"SELECT {quoted} || ',' || line AS line {joined}", self._order, csv_text(["id", *names]))
        id_ = "id"
        for sign in ("\\", '"'):
            id_ = f"replace({id_}, {self._sql.literal(sign)}, {self._sql.literal(chr(92) + sign)})"
        begin = self._sql.literal('{"id":"')
        return Rows(f"""SELECT {begin} || {id_} || '",' || line AS line {joined}""", self._order)

    @property
    def _columns(self) -> list[tuple[str, bool]]:
        return columns(self._refs, with_role=self._with_role)

    def _load_numbers(self, format_: str, progress: Progress) -> None:
        """Load a table ``numbers``: the key of each signature, and the number of the cells of each part; and a table
        ``cells`` with what the numbers mean."""
        parts = range(3 + len(self._refs))
        kinds = {"key": self._assigning.signatures.key_kind} | {f"k{part}": INTEGER for part in parts}
        kinds_of_cells = {"part": INTEGER, "number": INTEGER} | dict.fromkeys(_CELLS, TEXT)
        write = part_cells(format_, self._refs, with_role=self._with_role)
        self._keys: list[int] = []
        for keys, _, numbers in self._assigning.answered(progress):
            self._engine.load("numbers", kinds, zip(keys, *numbers, strict=True))
            cells = []
            for part, distinct in enumerate(self._assigning.answers.distinct):
                for number, found in distinct.take():
                    texts = write(part, found)
                    cells.append((part, number, *texts, *[None] * (len(_CELLS) - len(texts))))
                    if part == 0 and self._segment in found:
                        self._keys.append(number)
            self._engine.load("cells", kinds_of_cells, cells)

    def _inside(self, column: str) -> str:
        """Whether a number of segments has the one that was asked for."""
        return f"{column} IN ({', '.join(map(str, self._keys))})" if self._keys else "1 = 0"

    def _join_cells(self, format_: str) -> None:
        """A table ``answers``: the key of each signature, and its cells in columns or as a line."""
        joins, listed = [], []
        for part in range(3 + len(self._refs)):
            cells: Sequence[str] = _CELLS[:1]
            lists = {"a"}
            if format_ != "parquet":
                lists = set()
            elif part >= 3:
                cells, lists = _CELLS if self._with_role else _CELLS[:3], {"c"}
            selected = [f"{self._sql.split(cell) if cell in lists else cell} AS {cell}" for cell in cells]
            query = f"SELECT number, {', '.join(selected)} FROM cells WHERE part = {part}"
            self._engine.create_few(f"part_{part}", query, {cell: cell in lists for cell in cells})
            joins.append(f"JOIN part_{part} ON part_{part}.number = k{part}")
            listed += [f"part_{part}.{cell}" for cell in cells]
        if format_ == "parquet":
            listed = [f"{cell} AS v{place}" for place, cell in enumerate(listed)]
        else:
            listed = [f"{self._line(listed, format_)} AS line"]
        self._engine.create("answers", f"SELECT key, k0, {', '.join(listed)} FROM numbers {' '.join(joins)}")

    def _line(self, texts: Sequence[str], format_: str) -> str:
        if format_ == "csv":
            return " || ',' || ".join(texts)
        head, terms = " || ',' || ".join(texts[:3]), " || ',' || ".join(texts[3:]) or "''"
        return f"""{head} || ',"terms":{{' || {terms} || '}}}}'"""

    def changed(self, rows: Rows, format_: str, since: Path, files: FileEngine) -> Rows:
        """Of the rows those that an earlier file does not have just so."""
        if file_format(since) != format_:
            raise ServkitError("Compare with a file of the same format.", path=str(since))
        if not os.path.isfile(since) and not os.path.isdir(since):  # noqa: PTH112, PTH113 - raise for long names
            raise ServkitError("There is no such file.", path=str(since))
        earlier = files.earlier(since, format_)
        if format_ == "parquet":
            return Rows(f"SELECT * FROM (({rows.query}) EXCEPT SELECT * FROM {earlier}) AS changed", self._sql.by_id)
        now = rows.query.replace("SELECT ", "SELECT id, ", 1)
        same = f"SELECT 1 FROM {earlier} WHERE {earlier}.line = now.line"
        kept = f"SELECT line FROM ({now}) AS now WHERE NOT EXISTS ({same})"
        return Rows(kept, self._sql.by_id, rows.heading)
