"""A witness asks about as much of a book as it hangs on, and is the same as if it had asked about all of it."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings

from servkit.analysis.narrowed import FEW, Narrowed
from servkit.analysis.proofs import Proofs
from servkit.analysis.universe import Universe
from servkit.analysis.witness import bare_case, case_with
from servkit.answer.resolver import resolve
from servkit.book.literals import read_as
from servkit.book.values import flag_value

from .authoring import book as written
from .small import made
from .test_evident import documents, told

DAY = 739_700


def many(more: str, rest: str = "when: {orders: {at_least: 5}}") -> str:
    """A policy, and many documents without an area."""
    others = [f"kind: script\nid: s{number}\nsay: Hello.\n{rest}" for number in range(FEW + 1)]
    return "\n---\n".join([f"kind: policy\nid: p\nrule: flexible\n{more}", *others])


@settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(documents())
def test_witnesses_of_a_narrowed_book_are_those_of_the_book(docs: list[dict[str, Any]]) -> None:
    book = made(*docs)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Universe, "asked", lambda self, _: self.book)
        everything = told(Proofs(book))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("servkit.analysis.universe.FEW", 0)
        assert told(Proofs(book)) == everything


def test_documents_without_an_area_are_left_out_and_the_one_asked_for_is_not() -> None:
    book = written(many("terms: {window: 4 days}\n"))
    universe = Universe(book)
    case = bare_case(DAY, ("p",))
    library = universe.asked(case)
    assert isinstance(library, Narrowed)
    ours, all_ = resolve(library, case), resolve(book, case)
    assert ours.terms == all_.terms
    assert [entry.id for entry in ours.documents["policy"]] == ["p"]
    assert not ours.left_out
    assert len(all_.left_out) == FEW + 1


@pytest.mark.parametrize(
    ("text", "about"),
    [
        (many("terms: {window: 4 days}\n"), ()),
        (many("terms: {window: 4 days}\n").replace("id: s0", "id: p"), ("p",)),
        ("kind: policy\nid: p\nrule: flexible\nterms: {window: 4 days}\n", ("p",)),
    ],
    ids=["everything is asked about", "an id of two documents", "few documents"],
)
def test_what_hangs_on_more_is_asked_of_the_book(text: str, about: tuple[str, ...]) -> None:
    book = written(text)
    assert Universe(book).asked(bare_case(DAY, about)) is book


@pytest.mark.parametrize(
    ("more", "rest", "narrow"),
    [
        ("terms: {window: 4 days}\n", "when: {orders: {at_least: 5}}", True),
        ("terms: {window: 4 days}\n", "when: {any: [{orders: {at_least: 5 boxes}}, {plan: single}]}", False),
        ("terms: {fee: {value: {each: 5 USD, per: 2, of: orders}}}\n", "level: super", True),
        ("terms: {fee: {value: {each: 5 USD, per: 2 boxes, of: orders}}}\n", "level: super", False),
        ("terms: {fee: {value: {2026-01-01: {each: 5 USD, per: 2 boxes, of: orders}}}}\n", "level: super", False),
    ],
)
def test_a_value_that_does_not_compare_somewhere_counts_as_unknown_everywhere(
    more: str, rest: str, *, narrow: bool
) -> None:
    universe = Universe(written(many(more, rest)))
    orders = read_as("number", "7", (), {}, None)
    case = case_with(DAY, {"orders": orders, "opened": flag_value(True)}, universe.book, ("p",))
    assert isinstance(universe.asked(case), Narrowed) is narrow
