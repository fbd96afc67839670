"""All customers in groups of those who are alike before some conditions, as a comparison of two books counts them."""

from __future__ import annotations

import tempfile
from contextlib import closing
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from servkit.answer.case import Customer, document_customer
from servkit.book.problems import TemporaryFilesError
from servkit.bulk.codes import attribute_codes
from servkit.bulk.engine import Around
from servkit.bulk.engines.duckdb import DuckDb
from servkit.bulk.signatures import Signatures
from servkit.bulk.unread import Unread
from servkit.customers.file_source import FileSource
from servkit.customers.sources.parquet import ParquetFormat

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping

    from servkit.book.problems import Problem
    from servkit.customers.customer_source import CustomerSource
    from servkit.customers.directory import Directory
    from servkit.domains.partition import Partition

#: A file with more bytes has many customers.
LARGE = 1 << 20


class Group(NamedTuple):
    """Customers who are alike: one of them, how many they are, and the ids of a few."""

    customer: Customer
    size: int
    ids: tuple[str, ...]


def group_customers(
    directory: Directory, partition: Partition, few: int, environment: Mapping[str, str], problems: list[Problem]
) -> Iterator[Group]:
    """Everybody in groups, with at most ``few`` ids each. Those with promises of their own stand for themselves.
    ``problems`` takes what is wrong with a source as a whole, which changes the numbers.

    Many customers are grouped in DuckDB, where it is installed; of few, or without it, each is looked at.
    """
    if any(map(_is_for_duckdb, directory.sources)):
        return _in_duckdb(directory, partition, few, environment, problems)
    return _one_by_one(directory, partition, few, problems)


def _is_for_duckdb(source: CustomerSource) -> bool:
    """Whether DuckDB is needed for a source, or worth the third of a second in which it starts."""
    if not isinstance(source, FileSource):
        return _has_duckdb()
    if isinstance(source.format, ParquetFormat):
        return True
    try:
        return source.path.stat().st_size > LARGE and _has_duckdb()
    except OSError:
        return False


def _has_duckdb() -> bool:
    return find_spec("duckdb") is not None


def _one_by_one(directory: Directory, partition: Partition, few: int, problems: list[Problem]) -> Iterator[Group]:
    counts: dict[object, int] = {}
    first: dict[object, tuple[Customer, list[str]]] = {}
    for customer in directory.all():
        key: object = customer.id if _is_promised(customer) else partition.signature(customer.attributes)
        counts[key] = counts.get(key, 0) + 1
        _, ids = first.setdefault(key, (customer, []))
        if len(ids) < few:
            ids.append(customer.id)
    for source in directory.sources:
        whole = [problem for problem in source.problems if problem.line <= 1]
        problems += whole or source.reader.missing()
    for key, (customer, ids) in first.items():
        yield Group(customer, counts[key], tuple(ids))


def _is_promised(customer: Customer) -> bool:
    return customer.entry is not None and bool(customer.entry.overrides)


def _in_duckdb(
    directory: Directory, partition: Partition, few: int, environment: Mapping[str, str], problems: list[Problem]
) -> Iterator[Group]:
    with tempfile.TemporaryDirectory(prefix="servkit-diff-") as folder:
        around = Around(directory.around.settings, directory.sources, Path(folder), environment)
        with closing(DuckDb(around)) as engine:
            signatures = Signatures(engine, around.settings, attribute_codes(partition), Unread())
            promised = read_customers(signatures, directory, in_order=False)
            problems += signatures.problems
            for customer in promised:
                yield Group(customer, 1, (customer.id,)[:few])
            ids = f"SELECT key, min(id, {max(1, few)}) AS ids FROM customers GROUP BY key"
            rows = engine.rows(f"SELECT * FROM signatures JOIN ({ids}) AS named USING (key)")
            for _, times, *codes, found in rows:
                attributes = signatures.attributes(codes)
                yield Group(Customer(found[0], None, attributes), times, tuple(found[:few]))


def read_customers(signatures: Signatures, directory: Directory, *, in_order: bool = True) -> list[Customer]:
    """Find the signatures of everybody; those with promises of their own are left over. Raises ServkitError."""
    documents = {entry.id: entry for entry in reversed(directory.documents())}
    ids: Collection[str] = [id_ for id_, entry in documents.items() if entry.logic.get("overrides")]
    try:
        if documents:
            signatures.add_people((id_, document_customer(entry).attributes) for id_, entry in documents.items())
        for source in directory.sources:
            signatures.add_source(source)
        promised = directory.several(ids)
        signatures.find([customer.id for customer in promised], in_order=in_order)
    except OSError as fault:
        raise TemporaryFilesError(fault) from None
    return promised


def names_of(directory: Directory, ids: Collection[str]) -> dict[str, str | None]:
    """The names of some customers, by id. Parquet files are searched as they are, without an index."""
    names: dict[str, str | None] = {}
    for entry in directory.documents():
        if entry.id in ids and (name := entry.logic.get("name")):
            names.setdefault(entry.id, name)
    for source in directory.sources:
        wanted = [id_ for id_ in ids if id_ not in names]
        if isinstance(source, FileSource) and isinstance(source.format, ParquetFormat):
            found: Mapping[str, str | None] = source.format.names(wanted)
        else:
            found = {id_: one.name for id_ in wanted if (one := source.exact(id_)) is not None}
        names.update({id_: name for id_, name in found.items() if name})
    return names
