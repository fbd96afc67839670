"""Resolution agrees with a brute-force reading of BOOK.md on small books (see ``oracle.py``)."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from servkit.answer.case import Case, Customer, document_customer
from servkit.answer.resolver import resolve
from servkit.answer.scenario import fact_value
from servkit.book.intervals import Range
from servkit.book.library import Book
from servkit.book.reader import read_documents
from servkit.book.values import Value, write

from .books import settings_of
from .oracle import Asked, Oracle, TooLarge, Val, order, read
from .small_books import NAMES, ON, SETTINGS, books, cases

if TYPE_CHECKING:
    from collections.abc import Sequence

    from servkit.answer.result import Answer, TermAnswer
    from servkit.book.intervals import Amount

    from .oracle import Doc, Expected, Term

MADE = settings_of(json.dumps(SETTINGS))


def made(docs: list[Doc], promised: dict[str, Any]) -> tuple[Book, Customer]:
    entries, remarks = [], []
    for doc in [*docs, {"kind": "customer", "id": "C-1", "promised": promised}]:
        content = read_documents(f"{doc['id']}.yaml", json.dumps(doc).encode(), MADE)
        assert not content.problems, content.problems
        entries += content.entries
        remarks += content.remarks
    book = Book(MADE, entries, (), remarks)
    return book, document_customer(book.versions("customer", "C-1")[0])


def answered(docs: list[Doc], case: Doc) -> Answer:
    book, customer = made(docs, case["promised"])
    given = {name: fact_value(name, raw, MADE) for name, raw in case["known"].items()}
    about = tuple(case["about"])
    return resolve(book, Case(ON, customer, about, given, case["role"], case["channel"], level=case["level"]))


def expected(docs: list[Doc], case: Doc) -> Expected:
    declared = {**SETTINGS["attributes"], **SETTINGS["facts"]}
    known = {name: read(raw, declared[name].get("of"), declared[name]["type"]) for name, raw in case["known"].items()}
    asked = Asked(ON, known, case["about"], case["role"], case["channel"], case["level"], case["promised"])
    return Oracle(SETTINGS, docs, asked).run()


def again(value: Value | None, term: TermAnswer) -> Val | None:
    """A value as the oracle reads what is written."""
    if value is None:
        return None
    raw = list(value.amount) if value.type == "list" else write(value)
    return read(raw, list(term.term.of) or None, value.type)


def same_term(found: TermAnswer, wanted: Term) -> None:
    assert found.state == wanted.state
    assert again(found.value, found) == wanted.value
    assert again(found.limit, found) == wanted.limit
    assert again(found.you_may, found) == wanted.you_may
    then = None if found.then is None else (found.then.role, again(found.then.may, found))
    assert then == wanted.then
    if wanted.state == "conflict":
        between = [again(amount, found) for amount, _ in found.between if isinstance(amount, Value)]
        assert sorted(between, key=order) == wanted.may_be
    elif wanted.state == "open":
        assert wanted.may_be is not None
        same_values(found, found.may_be, wanted.may_be, wanted.ends)
    assert bool(found.you_may_be) is (wanted.you_may_be is not None)
    if wanted.you_may_be is not None:
        same_values(found, found.you_may_be, wanted.you_may_be, wanted.may_ends)


def same_values(
    term: TermAnswer,
    found: Sequence[Amount | None],
    wanted: list[Val | None],
    ends: tuple[Val | None, Val | None] | None,
) -> None:
    if ends is None:
        assert [again(value, term) for value in found if not isinstance(value, Range)] == wanted
        return
    one, *rest = found
    assert isinstance(one, Range)
    assert (again(one.low, term), again(one.high, term)) == ends
    assert rest == [value for value in wanted if value is None]


def compare(docs: list[Doc], case: Doc) -> None:
    wanted = expected(docs, case)
    found = answered(docs, case)
    assert [entry.id for entry in found.segments] == wanted.segments
    assert {might.entry.id: set(might.ask) for might in found.might_be} == wanted.might_be
    assert {kind: [entry.id for entry in found.documents[kind]] for kind in wanted.applies} == wanted.applies
    assert {(left.entry.kind, left.entry.id): set(left.unknown) for left in found.left_out} == wanted.left_out
    assert set(found.terms) == set(wanted.terms)
    for ref, term in wanted.terms.items():
        same_term(found.terms[ref], term)
    assert {ask.name: set(ask.decides) for ask in found.ask} == wanted.decides
    assert list(found.uncovered) == wanted.uncovered


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck), derandomize=True)
@given(st.data())
def test_brute_force_gives_the_same_answer(data: st.DataObject) -> None:
    names, docs = data.draw(books(), "book")
    case = data.draw(cases(names, docs), "case")
    try:
        compare(docs, case)
    except TooLarge:
        assume(False)


def test_the_books_use_every_name() -> None:
    assert set(NAMES) <= set(MADE.names)
