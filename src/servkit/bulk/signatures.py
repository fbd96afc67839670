"""The plan by which every engine finds signatures: each source in codes, then all of them put together.

In the end there are two tables: ``customers`` (id, key), and ``signatures`` (key, how many, the codes).
"""

from __future__ import annotations

from collections import deque
from itertools import islice
from typing import TYPE_CHECKING, Any

from servkit.book.problems import ServkitError
from servkit.bulk.answers import Batch
from servkit.bulk.codes import attributes_of, coded
from servkit.bulk.engine import INTEGER, LONG, TEXT
from servkit.bulk.reading import CellCoder
from servkit.bulk.size_cases import SizeCase, size_case
from servkit.customers.cells import place_in
from servkit.customers.row_reader import usable_id
from servkit.customers.row_tables import without_id

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from servkit.book.problems import Problem
    from servkit.book.settings import Settings
    from servkit.book.values import Value
    from servkit.bulk.codes import AttributeCodes, Coded
    from servkit.bulk.engine import Engine, Relation
    from servkit.bulk.unread import Unread
    from servkit.customers.customer_source import CustomerSource

#: Above this, codes are no longer put together in one number.
_MOST_SIGNATURES = 1 << 62
_BATCH = 20_000
_PLAIN_ID = "[!-~]([ -~]*[!-~])?"


class Signatures:
    """Knows every customer by the key of their signature."""

    def __init__(self, engine: Engine, settings: Settings, codes: Sequence[AttributeCodes], unread: Unread) -> None:
        self.engine, self.settings, self.codes, self.unread = engine, settings, codes, unread
        self._sql = engine.dialect
        self._kinds = {f"c{place}": INTEGER if one.is_cut else TEXT for place, one in enumerate(codes)}
        self._tables: list[str] = []
        self._others = 0
        self._is_number = True
        self.skipped_ids = 0
        #: Columns of attributes that are not there.
        self.problems: list[Problem] = []
        #: How many signatures there are.
        self.count = 0

    # --- where customers come from ------------------------------------------------------------------------------------

    def add_source(self, source: CustomerSource) -> None:
        """Code the customers of a source, after those of the sources before it. Raises ServkitError where nobody has
        an id in it."""
        relation = self.engine.relation(source)
        if relation is not None:
            self._add_relation(relation)
            return
        reader, found = source.read_all()
        if reader.id_place is None:
            deque(found, maxlen=0)  # what is wrong is found on the way
            problem = source.problems[0]
            raise ServkitError(problem.message, path=problem.path, line=problem.line)
        self.problems += reader.missing()
        rows, columns = enumerate(found), reader.columns
        coders = [CellCoder(reader, codes, self.unread) for codes in self.codes]
        places = [
            place_in(reader.header, columns[codes.name].name) if codes.name in columns else None for codes in self.codes
        ]
        rows_ = (
            (row.id, number, *(coder.code(row.cells[place] if place is not None and place < len(row.cells) else None)
                               for coder, place in zip(coders, places, strict=True)))
            for number, row in rows
        )  # fmt: skip
        self._add_rows(rows_)

    def add_people(self, people: Iterable[tuple[str, Mapping[str, Value]]]) -> None:
        """Code customers whose attributes are known, such as those with a document."""
        self._add_rows(
            (id_, number, *(_code_of(codes, attributes.get(codes.name)) for codes in self.codes))
            for number, (id_, attributes) in enumerate(people)
        )

    def _add_rows(self, rows: Iterator[tuple[Coded, ...]]) -> None:
        table = self._next("loaded")
        self.engine.load(table, {"id": TEXT, "number": LONG, **self._kinds}, rows)
        self._add_table(f"SELECT * FROM {table}")
        self.engine.drop(table)

    def _add_relation(self, relation: Relation) -> None:
        """Code what the engine reads itself. Only different values of a column are looked at one by one."""
        reader, source = relation.reader, f"{relation.sql} AS src"
        assert reader.id_place is not None
        self.problems += reader.missing()
        joins: list[str] = []
        id_ = self._id_sql(source, relation, joins)
        listed = [f"{id_} AS id", f"{relation.order} AS number"]
        for codes, (name, kind) in zip(self.codes, self._kinds.items(), strict=True):
            column = reader.columns.get(codes.name)
            place = None if column is None else place_in(reader.header, column.name)
            sql = "NULL"
            if column is not None and place is not None:
                coder = CellCoder(reader, codes, self.unread)
                sql = self._code_sql(source, relation, place, coder, bool(column.words), joins)
            listed.append(f"CAST({sql} AS {self._sql.types[kind]}) AS {name}")
        self._add_table(f"SELECT {', '.join(listed)} FROM {source} {' '.join(joins)}", relation)
        if relation.faults is not None:
            self.engine.drop(relation.sql)

    def _add_table(self, query: str, relation: Relation | None = None) -> None:
        """Keep the first row of every id, and none without an id."""
        table = self._next("coded")
        self.engine.create(table, query)
        without = self._number(f"SELECT count(*) FROM {table} WHERE id IS NULL")
        if relation is None or relation.faults is None:
            self.skipped_ids += without
        elif without:
            for (line,) in self.engine.rows(f"SELECT number FROM {table} WHERE id IS NULL ORDER BY number"):
                relation.faults.append(without_id(line, line, relation.reader.id))
        if self._sql.keeps_order and (without or self._number(self._sql.out_of_order(table))):
            table = self._renew(table, f"SELECT * FROM {table}", "id, number")
        if without or self._number(self._sql.repeated(table)):
            columns = ", ".join(["id", "number", *self._kinds])
            place = "row_number() OVER (PARTITION BY id ORDER BY number) AS place"
            first = f"SELECT {columns} FROM (SELECT *, {place} FROM {table}) AS placed"
            table = self._renew(table, f"{first} WHERE place = 1 AND id IS NOT NULL", "id")
        self._tables.append(table)

    def _renew(self, table: str, query: str, order: str) -> str:
        """A new table in the place of one."""
        new = self._next("coded")
        self.engine.create(new, query, order)
        self.engine.drop(table)
        return new

    # --- codes --------------------------------------------------------------------------------------------------------

    def _id_sql(self, source: str, relation: Relation, joins: list[str]) -> str:
        """The id as text; what is not plain text goes through Python, once for every different one."""
        place = relation.reader.id_place or 0
        type_, raw = relation.types[place], f"src.{relation.columns[place]}"
        kind = self._sql.kind(type_)
        if kind == "integer":
            return f"CAST({raw} AS {self._sql.types[TEXT]})"
        plain = self._sql.matches(raw, _PLAIN_ID) if kind == "text" else "false"
        expression = self._sql.readable(raw, type_)
        table = self._different(
            source, expression, f"NOT ({plain})", lambda raw, _: usable_id(self.engine.cell(raw, type_)), TEXT
        )
        if table is None:
            return raw if kind == "text" else "NULL"
        code = self._code_of(table, expression, joins)
        return f"CASE WHEN {plain} THEN {raw} ELSE {code} END" if kind == "text" else code

    def _code_sql(
        self, source: str, relation: Relation, place: int, coder: CellCoder, has_words: bool, joins: list[str]
    ) -> str:
        codes, type_ = coder.codes, relation.types[place]
        attribute = self.settings.names[codes.name]
        raw = f"src.{relation.columns[place]}"
        case = None
        if codes.is_cut and not has_words:
            case = size_case(raw, type_, attribute, codes, self.settings.currency, self._sql)
        guard = f"NOT ({case.guard})" if case is not None else "true"
        expression = self._sql.readable(raw, type_)
        table = self._different(
            source, expression, guard, lambda raw, count: coder.code(self.engine.cell(raw, type_), count),
            INTEGER if codes.is_cut else TEXT,
        )  # fmt: skip
        others = "NULL"
        if table is not None:
            others = self._code_of(table, expression, joins)
        if case is None:
            return others
        if attribute.floor is not None:
            self._count_below(source, case, codes.name, str(attribute.floor))
        return f"CASE WHEN {raw} IS NULL THEN NULL WHEN {case.guard} THEN {case.code} ELSE {others} END"

    def _code_of(self, table: str, expression: str, joins: list[str]) -> str:
        code, join = self.engine.code_of(table, expression)
        if join:
            joins.append(join)
        return code

    def _count_below(self, source: str, case: SizeCase, column: str, floor: str) -> None:
        count = self._number(f"SELECT count(*) FROM {source} WHERE {case.guard} AND {case.code} = 0")
        if count:
            self.unread.add(column, "", f"They are less than {floor}, the least that `from` allows.", count)

    def _different(
        self, source: str, expression: str, guard: str, code: Callable[[Any, int], Coded], kind: str
    ) -> str | None:
        """A table from the different values of a column to their codes; None where there are none."""
        raw, codes_, table = self._next("raw"), self._next("coded_raw"), self._next("different")
        found = (
            f"SELECT {expression} AS raw, count(*) AS times FROM {source} WHERE {guard} AND {expression} IS NOT NULL"
        )
        self.engine.create(raw, f"SELECT {self._sql.numbered} AS number, raw, times FROM ({found} GROUP BY 1) AS found")
        found_any = False

        def codes() -> Iterator[tuple[int, Coded]]:
            nonlocal found_any
            for number, raw_, times in self.engine.rows(f"SELECT number, raw, times FROM {raw}"):
                found_any = True
                if (code_ := code(raw_, times)) is not None:
                    yield number, code_

        self.engine.load(codes_, {"number": LONG, "code": kind}, codes())
        if found_any:
            self.engine.create(table, f"SELECT raw, code FROM {raw} JOIN {codes_} ON {raw}.number = {codes_}.number")
        self.engine.drop(codes_)
        self.engine.drop(raw)
        return table if found_any else None

    def _next(self, name: str) -> str:
        self._others += 1
        return f"{name}_{self._others}"

    def _number(self, query: str) -> int:
        return int(next(iter(self.engine.rows(query)))[0])

    # --- signatures ---------------------------------------------------------------------------------------------------

    def find(self, without: Sequence[str], *, in_order: bool = True) -> None:
        """Put the sources together and find the signatures. ``without`` are ids that are answered one by one, each
        under a key of its own. Customers are in the order of their ids, if the engine keeps it."""
        if not self._tables:
            self._add_rows(iter(()))
        product = 1
        for one in self.codes:
            product *= len(one.examples)
        self._is_number = all(one.is_cut for one in self.codes) and product < _MOST_SIGNATURES
        key = self._number_key() if self._is_number else self._text_key()
        columns = ", ".join(self._kinds)
        comma = ", " if columns else ""
        query = f"SELECT id, {key} AS key{comma}{columns} FROM ({self._merged()}) AS merged"
        ids = ", ".join(map(self._sql.literal, without))
        if without:
            query += f" WHERE id NOT IN ({ids})"
            own = ", ".join([f"CAST(NULL AS {self._sql.types[kind]})" for kind in self._kinds.values()])
            type_ = self._sql.types[LONG if self._is_number else TEXT]
            for number, id_ in enumerate(without):
                query += f" UNION ALL SELECT {self._sql.literal(id_)}, CAST({-1 - number} AS {type_}){comma}{own}"
        is_sorted = not in_order or (len(self._tables) == 1 and not without)
        self.engine.create("customers", query, "" if is_sorted else "id")
        for table in self._tables:
            self.engine.drop(table)
        least = ", ".join(f"min({name}) AS {name}" for name in self._kinds)
        others = f" WHERE id NOT IN ({ids})" if without else ""
        found = f"SELECT key, count(*) AS times{comma}{least} FROM customers{others} GROUP BY key"
        self.engine.create("signatures", found)
        self.count = self._number("SELECT count(*) FROM signatures")

    def personal_key(self, place: int) -> Coded:
        """The key of the customer at a place among those who are answered one by one."""
        return -1 - place if self._is_number else str(-1 - place)

    def attributes(self, codes: Sequence[Coded]) -> dict[str, Value]:
        """The attributes of somebody who has a signature."""
        return attributes_of(self.codes, codes)

    @property
    def key_kind(self) -> str:
        """The kind of the column of keys."""
        return LONG if self._is_number else TEXT

    def _merged(self) -> str:
        """Every customer once: what an earlier source leaves unknown, a later one fills in."""
        if len(self._tables) == 1:
            return f"SELECT {', '.join(['id', *self._kinds])} FROM {self._tables[0]}"
        filled = [
            f"COALESCE({', '.join(f'{table}.{name}' for table in self._tables)}) AS {name}" for name in self._kinds
        ]
        last, *others = reversed(self._tables)  # documents are few, and come last
        joins = " ".join(f"FULL JOIN {table} USING (id)" for table in others)
        return f"SELECT {', '.join(['id', *filled])} FROM {last} {joins}"

    def _number_key(self) -> str:
        """All codes as one number, the first one the least significant."""
        out, factor = [], 1
        for name, codes in zip(self._kinds, self.codes, strict=True):
            out.append(f"COALESCE({name}, 0) * CAST({factor} AS {self._sql.types[LONG]})")
            factor *= len(codes.examples)
        return " + ".join(out) or f"CAST(0 AS {self._sql.types[LONG]})"

    def _text_key(self) -> str:
        """All codes as one text. A mark stands behind each: no code has it."""
        text = self._sql.types[TEXT]
        return " || ".join(f"COALESCE(CAST({name} AS {text}), '') || chr(1)" for name in self._kinds)

    def batches(self) -> Iterator[Batch]:
        """The signatures, many at a time."""
        rows = self.engine.rows("SELECT * FROM signatures ORDER BY key")
        while batch := list(islice(rows, _BATCH)):
            keys, times, *codes = zip(*batch, strict=True)
            yield Batch(keys, times, [[code or 0 for code in column] if None in column else column for column in codes])


def _code_of(codes: AttributeCodes, value: Value | None) -> Coded:
    if value is None:
        return None
    return codes.code(value) if codes.is_cut else coded(value)
