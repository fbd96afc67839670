"""Witnesses look at no more of a book than their answer depends on."""

from __future__ import annotations

import pytest

from answer.books import book as written
from servkit.analysis.case_space import CaseSpace
from servkit.analysis.library_views import FEW, AskedById
from servkit.analysis.witness import bare_case, case_with
from servkit.answer.resolver import resolve
from servkit.book.literals import read_as
from servkit.book.values import flag_value

DAY = 739_700


def many(more: str, rest: str = "when: {orders: {at_least: 5}}") -> str:
    """A policy, and many documents without an area."""
    others = [f"kind: script\nid: s{number}\nsay: Hello.\n{rest}" for number in range(FEW + 1)]
    return "\n---\n".join([f"kind: policy\nid: p\nrule: flexible\n{more}", *others])


def test_documents_without_an_area_are_left_out_and_the_one_asked_for_is_not() -> None:
    book = written(many("terms: {window: 4 days}\n"))
    case = bare_case(DAY, ("p",))
    library = CaseSpace(book).library(case)
    assert isinstance(library, AskedById)
    part, whole = resolve(library, case), resolve(book, case)
    assert part.terms == whole.terms
    assert [entry.id for entry in part.documents["policy"]] == ["p"]
    assert not part.left_out
    assert len(whole.left_out) == FEW + 1


@pytest.mark.parametrize(
    ("text", "about"),
    [
        (many("terms: {window: 4 days}\n"), ()),
        (many("terms: {window: 4 days}\n").replace("id: s0", "id: p"), ("p",)),
        ("kind: policy\nid: p\nrule: flexible\nterms: {window: 4 days}\n", ("p",)),
    ],
    ids=["everything is asked about", "an id of two documents", "few documents"],
)
def test_other_questions_are_put_to_the_whole_book(text: str, about: tuple[str, ...]) -> None:
    book = written(text)
    assert CaseSpace(book).library(bare_case(DAY, about)) is book


@pytest.mark.parametrize(
    ("more", "rest", "part"),
    [
        ("terms: {window: 4 days}\n", "when: {orders: {at_least: 5}}", True),
        ("terms: {window: 4 days}\n", "when: {any: [{orders: {at_least: 5 boxes}}, {plan: single}]}", False),
        ("terms: {fee: {value: {each: 5 USD, per: 2, of: orders}}}\n", "level: super", True),
        ("terms: {fee: {value: {each: 5 USD, per: 2 boxes, of: orders}}}\n", "level: super", False),
        ("terms: {fee: {value: {2026-01-01: {each: 5 USD, per: 2 boxes, of: orders}}}}\n", "level: super", False),
    ],
)
def test_a_value_that_does_not_compare_somewhere_counts_as_unknown_everywhere(
    more: str, rest: str, *, part: bool
) -> None:
    cases = CaseSpace(written(many(more, rest)))
    orders = read_as("number", "7", (), {}, None)
    case = case_with(DAY, {"orders": orders, "opened": flag_value(True)}, cases.book, ("p",))
    assert isinstance(cases.library(case), AskedById) is part
