"""Diagrams against truth tables."""

from __future__ import annotations

from itertools import product
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from servkit.domains.diagram import Diagrams, TooManyCombinationsError

WIDTHS = (2, 3, 2)
ROWS = list(product(*map(range, WIDTHS)))
tables = st.lists(st.integers(0, 3), min_size=len(ROWS), max_size=len(ROWS))
truths = st.lists(st.booleans(), min_size=len(ROWS), max_size=len(ROWS))
quick = settings(max_examples=50, deadline=None, derandomize=True)


def build(pool: Diagrams, table: list[Any], row: tuple[int, ...] = ()) -> int:
    if len(row) == len(WIDTHS):
        return pool.leaf(table[ROWS.index(row)])
    return pool.node(len(row), [build(pool, table, (*row, cell)) for cell in range(WIDTHS[len(row)])])


def depends(table: list[Any], variable: int) -> bool:
    rest = [row[:variable] + row[variable + 1 :] for row in ROWS]
    return any(rest[a] == rest[b] and table[a] != table[b] for a in range(len(ROWS)) for b in range(a))


@quick
@given(tables, tables)
def test_equal_tables_are_one_diagram(left: list[int], right: list[int]) -> None:
    pool = Diagrams()
    assert (build(pool, left) == build(pool, right)) is (left == right)


@quick
@given(tables, tables)
def test_combine_joins_row_by_row(left: list[int], right: list[int]) -> None:
    pool = Diagrams()
    joined = pool.combine(build(pool, left), build(pool, right), lambda a, b: (a, b))
    assert joined == build(pool, list(zip(left, right, strict=True)))


@quick
@given(truths, tables, tables)
def test_choose_takes_the_one_or_the_other(condition: list[bool], then: list[int], other: list[int]) -> None:
    pool = Diagrams()
    chosen = pool.choose(build(pool, condition), build(pool, then), build(pool, other))
    assert chosen == build(pool, [a if c else b for c, a, b in zip(condition, then, other, strict=True)])


@quick
@given(tables)
def test_map_changes_every_outcome(table: list[int]) -> None:
    pool = Diagrams()
    assert pool.map(build(pool, table), lambda n: n % 2) == build(pool, [n % 2 for n in table])


@quick
@given(tables)
def test_asked_are_the_variables_it_depends_on(table: list[int]) -> None:
    pool = Diagrams()
    diagram = build(pool, table)
    assert pool.variables(diagram) == {variable for variable in range(len(WIDTHS)) if depends(table, variable)}
    assert sorted(pool.outcomes(diagram)) == sorted(set(table))


def test_true_is_not_one() -> None:
    pool = Diagrams()
    assert pool.leaf(True) != pool.leaf(1)


def test_more_nodes_than_the_cap_are_too_many() -> None:
    pool = Diagrams(cap=1)
    with pytest.raises(TooManyCombinationsError):
        build(pool, list(range(len(ROWS))))
