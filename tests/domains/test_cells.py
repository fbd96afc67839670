"""Cells: together they stand for the whole domain, and no two ways of answering are missed."""

from __future__ import annotations

from decimal import Decimal
from itertools import product

from hypothesis import given, settings
from hypothesis import strategies as st

from answer.books import TODAY
from servkit.book.conditions import Atom, Bounds, Days, OneOf, TextTest
from servkit.book.dates import Relative
from servkit.book.settings import Attribute
from servkit.book.values import amount_value, date_value, text_value
from servkit.domains.cells import cells_of

quick = settings(max_examples=60, deadline=None, derandomize=True)
literals = st.text("ab", min_size=1, max_size=3)
tests = st.lists(
    st.tuples(st.sampled_from(["contains", "starts_with", "ends_with", "is"]), literals), min_size=1, max_size=4
)


def text_atom(op: str, text: str) -> Atom:
    return (OneOf if op == "is" else TextTest)(op, "t", (text_value(text),))


@quick
@given(tests)
def test_texts_answer_as_short_strings_do(wanted: list[tuple[str, str]]) -> None:
    atoms = [text_atom(op, text) for op, text in wanted]
    found = {tuple(cell.holds(atom, 0) for atom in atoms) for cell in cells_of(Attribute("t", "text"), atoms, (), 0)}
    strings = ["".join(chars) for n in range(8) for chars in product("abz", repeat=n)]
    brute = {tuple(atom.holds(text_value(text), 0) for atom in atoms) for text in strings}
    assert brute == found


def test_a_text_cell_shows_a_text_that_answers_so() -> None:
    atoms = [text_atom("contains", "a"), text_atom("ends_with", "b"), text_atom("is", "ab")]
    for cell in cells_of(Attribute("t", "text"), atoms, (), 0):
        assert [cell.holds(atom, 0) for atom in atoms] == [atom.holds(cell.value, 0) for atom in atoms]


def test_an_empty_literal_is_in_every_text() -> None:
    atoms = [text_atom(op, "") for op in ("contains", "starts_with", "ends_with")]
    answers = {tuple(cell.holds(atom, 0) for atom in atoms) for cell in cells_of(Attribute("t", "text"), atoms, (), 0)}
    assert answers == {(True, True, True)}


@quick
@given(st.lists(st.integers(-3, 3), min_size=1, max_size=3), st.sampled_from([None, 0]))
def test_numbers_answer_as_points_and_gaps_do(cuts: list[int], floor: int | None) -> None:
    atoms = [Bounds("at_least", "n", (amount_value("number", Decimal(cut)),)) for cut in cuts]
    least = None if floor is None else amount_value("number", Decimal(floor))
    cells = cells_of(Attribute("n", "number", floor=least), atoms, (), 0)
    found = {tuple(cell.holds(atom, 0) for atom in atoms) for cell in cells}
    halves = [Decimal(n) / 2 for n in range(-8, 9) if floor is None or n >= floor]
    assert found == {tuple(atom.holds(amount_value("number", n), 0) for atom in atoms) for n in halves}


@quick
@given(
    st.lists(
        st.tuples(st.sampled_from(["before", "on_or_after", "is", "within"]), st.integers(0, 6)), min_size=1, max_size=3
    )
)
def test_days_answer_as_all_days_around_do(wanted: list[tuple[str, int]]) -> None:
    today = TODAY.toordinal()
    atoms = [Days(op, "d", (Relative(count, "day"),)) for op, count in wanted]
    cells = cells_of(Attribute("d", "date"), atoms, (), today)
    found = {tuple(cell.holds(atom, today) for atom in atoms) for cell in cells}
    around = [date_value(TODAY.fromordinal(today + n)) for n in range(-20, 21)]
    assert found == {tuple(atom.holds(day, today) for atom in atoms) for day in around}
