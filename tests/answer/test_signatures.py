"""Customers of one signature have one answer, that of the desk."""

from __future__ import annotations

from random import Random
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from servkit.answer.answer_json import answer_json
from servkit.answer.case import Case, Customer
from servkit.answer.resolver import resolve
from servkit.answer.scenario import fact_value
from servkit.answer.signatures import answer_for, partition_of
from servkit.domains.partition import AnythingElse, Equals, HasItem, NotOnRecord, Within

from .books import TODAY, book
from .small_books import CONSTANTS, ON, SETTINGS, books, cases
from .test_oracle import MADE, made

if TYPE_CHECKING:
    from servkit.book.values import Value

    from .oracle import Doc

#: Beside the constants of the books: what lies between and beyond them, and what nobody expects.
MORE: dict[str, list[Any]] = {
    "region": ["", "z", "bab", "abab", "%", "_", "\\", "'", "a\u0301", "\u00e1", "\u202eab", "AB", " a "],
    "visits": ["-1.0000001", "1.9999", "3", "5.50", "1000000000000000000000", "2 visits"],
    "orders": ["0.5", "2.99", "4", "99999999"],
    "balance": ["-0.01 USD", "9.995 USD", "25.51 USD", "12 EUR", "0.00 USD"],
    "since": ["0001-01-01", "9999-12-31", "2026-02-15", "2026-03-02", "2025-12-31"],
    "share": ["49.999 %", "100 %", "-5 %"],
    "tags": [[], ["w"], ["x", "y"], ["y", "x", "w"]],
}
ATTRIBUTES = sorted(SETTINGS["attributes"])


def customers(seed: int, count: int) -> list[dict[str, Value]]:
    """Customers of whom something is known."""
    random = Random(seed)
    out = []
    for _ in range(count):
        record = {}
        for name in ATTRIBUTES:
            raw = random.choice([None, *CONSTANTS[name], *MORE.get(name, [])])
            value = None if raw is None else fact_value(name, raw, MADE)
            if value is not None:
                record[name] = value
        out.append(record)
    return out


def told(data: dict[str, Any]) -> dict[str, Any]:
    """An answer without what it says of the record itself."""
    left = {key: data[key] for key in ("might_be", "ask", "terms", "standards", "policies", "scripts", "uncovered")}
    left["segments"] = [segment["id"] for segment in data["segments"]]
    left["left_out"] = [(out["kind"], out["id"]) for out in data["left_out"]]
    return left


def check(docs: list[Doc], asked: Doc, seed: int, count: int) -> int:
    """How many customers share a signature with an earlier one."""
    library, _ = made(docs, {})
    facts = {name: fact_value(name, raw, MADE) for name, raw in asked["known"].items()
             if name in SETTINGS["facts"]}  # fmt: skip
    case = Case(ON, None, tuple(asked["about"]), facts, asked["role"], asked["channel"], level=asked["level"])
    partition = partition_of(library, case)
    first: dict[tuple[int, ...], dict[str, Any]] = {}
    shared = 0
    for record in customers(seed, count):
        signature = partition.signature(record)
        found = told(answer_json(resolve(library, case._replace(customer=Customer("C-2", "Somebody", record)))))
        shared += signature in first
        assert first.setdefault(signature, found) == found
        try:
            example = partition.example(signature)
        except LookupError:
            continue
        assert partition.signature(example) == signature
        assert told(answer_json(answer_for(library, case, example))) == found
    return shared


@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck), derandomize=True)
@given(st.data(), st.integers(0, 9))
def test_customers_of_one_signature_have_one_answer(data: st.DataObject, seed: int) -> None:
    names, docs = data.draw(books(), "book")
    check(docs, data.draw(cases(names, docs), "case"), seed, 25)


BOOK = """\
kind: policy
id: p
rule: flexible
when: {plan: {at_least: monthly}, tags: {has: x}}
terms:
  t: {value: 5 USD, cases: [{when: {visits: {between: [2, 5]}}, value: 4 USD}]}
  u: {value: {each: 1 USD, of: orders}}
---
kind: policy
id: other
rule: flexible
area: visits
when: {region: north}
"""


def test_cells_are_conditions_that_an_engine_can_ask() -> None:
    partition = partition_of(book(BOOK), Case(TODAY, None, ("p",)))
    cells = {(column.name, column.item): [cell.condition for cell in column.cells] for column in partition.columns}
    assert list(cells) == [("orders", None), ("plan", None), ("tags", "x"), ("visits", None)]
    assert cells["tags", "x"] == [NotOnRecord(), HasItem("x", has=False), HasItem("x", has=True)]
    plans = [cell.value.amount for cell in cells["plan", None] if isinstance(cell, Equals)]
    assert plans == ["single", "monthly", "commercial"]
    spans = [cell.span for cell in cells["visits", None] if isinstance(cell, Within)]
    edges = [(span.low, span.low_in, span.high, span.high_in) for span in spans]
    assert edges == [(None, False, 2, False), (2, True, 5, True), (5, False, None, False)]
    assert isinstance(cells["visits", None][-1], AnythingElse)
    assert partition.uncut == {"orders": ("p.u",)}


def test_what_is_the_same_for_everybody_is_no_column() -> None:
    given_ = {"visits": fact_value("visits", "3", book(BOOK).settings), "orders": None}
    partition = partition_of(book(BOOK), Case(TODAY, None, ("p",), given_))
    assert partition.names == ["plan", "tags"]


def test_a_cell_of_which_no_value_is_known_has_no_example() -> None:
    partition = partition_of(book(BOOK), Case(TODAY, None, ("p",)))
    with pytest.raises(LookupError):
        partition.example((0, 0, 0, len(partition.columns[3].cells) - 1))
