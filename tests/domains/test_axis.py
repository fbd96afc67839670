"""The cells of an axis: every value lies in exactly one, and all values in a cell answer every atom alike."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from itertools import product
from typing import TYPE_CHECKING

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from answer.books import TODAY
from servkit.book.conditions import All, AnyOf, Atom, Bounds, Days, Incomparable, Known, Not, OneOf, TextTest
from servkit.book.dates import Relative
from servkit.book.settings import Attribute
from servkit.book.values import (
    Value,
    amount_value,
    choice_value,
    date_value,
    flag_value,
    text_value,
)
from servkit.domains.axes import make_axis
from servkit.domains.diagram import TooManyCombinationsError
from servkit.domains.sample_values import value_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from servkit.book.conditions import Condition
    from servkit.domains.axis import Axis

quick = settings(max_examples=80, deadline=None, derandomize=True)
NOW = TODAY.toordinal()
PLANS = ("single", "monthly", "commercial")
NUMBERS = [amount_value("number", Decimal(text)) for text in ("-2", "0", "0.5", "1", "2", "3.25")]
MONEY = [amount_value("money", Decimal(text), unit) for text in ("0", "9.99", "100") for unit in ("USD", "EUR")]
TIMES = [amount_value("duration", Decimal(n), unit) for n in (0, 1, 2) for unit in ("hours", "days", "months")]
SHARES = [amount_value("percent", Decimal(text)) for text in ("0", "12.5", "100")]
DATES = [date_value(TODAY + timedelta(days)) for days in (-40, -1, 0, 1, 30, 400)]
TEXTS = [text_value(text) for text in ("", "a", "b", "ab", "aba", "bab", "zz", "xaby")]
CHOICES = [choice_value(plan, PLANS) for plan in PLANS]
FLAGS = [flag_value(False), flag_value(True)]
EQUAL, ORDER = ("is", "is_not", "in", "not_in"), ("at_least", "at_most", "more_than", "less_than")
LENGTHS = [Relative(count, unit) for count in (-1, 0, 3) for unit in ("day", "month", "year")]


def _equal(values: list[Value], name: str) -> st.SearchStrategy[Atom]:
    args = st.lists(st.sampled_from(values), min_size=1, max_size=2)
    return st.builds(lambda op, some: OneOf(op, name, tuple(some)), st.sampled_from(EQUAL), args)


def _ordered(values: list[Value], name: str) -> st.SearchStrategy[Atom]:
    one = st.builds(lambda op, value: Bounds(op, name, (value,)), st.sampled_from(ORDER), st.sampled_from(values))
    pairs = [(low, high) for low in values for high in values if low.family == high.family and low.size <= high.size]
    return one | st.sampled_from(pairs).map(lambda pair: Bounds("between", name, pair))


def _dated(name: str) -> st.SearchStrategy[Atom]:
    days = st.sampled_from([*DATES, *LENGTHS])
    ops = ("before", "after", "on_or_before", "on_or_after", "is", "is_not")
    within = st.sampled_from([Relative(3, "day"), Relative(2, "month")]).map(
        lambda length: Days("within", name, (length,))
    )
    return st.builds(lambda op, day: Days(op, name, (day,)), st.sampled_from(ops), days) | within


def _texts(name: str) -> st.SearchStrategy[Atom]:
    literals = st.text("ab", max_size=3).map(text_value)
    ops = st.sampled_from(["contains", "starts_with", "ends_with"])
    patterns = st.sampled_from(["a.*b", "b+"]).map(lambda text: TextTest("matches", name, (text_value(text),)))
    return _equal(TEXTS, name) | st.builds(lambda op, text: TextTest(op, name, (text,)), ops, literals) | patterns


def _least(value: Value) -> Attribute:
    return Attribute("x", value.type, floor=value)


#: For every type: the name, its atoms, and values it can have.
DOMAINS: dict[str, tuple[Attribute, st.SearchStrategy[Atom], list[Value]]] = {
    "number": (Attribute("x", "number"), _equal(NUMBERS, "x") | _ordered(NUMBERS, "x"), NUMBERS),
    "number from 0": (_least(NUMBERS[1]), _equal(NUMBERS, "x") | _ordered(NUMBERS, "x"), NUMBERS[1:]),
    "money": (Attribute("x", "money"), _equal(MONEY, "x") | _ordered(MONEY, "x"), MONEY),
    "duration": (Attribute("x", "duration"), _equal(TIMES, "x") | _ordered(TIMES, "x"), TIMES),
    "percent": (Attribute("x", "percent"), _equal(SHARES, "x") | _ordered(SHARES, "x"), SHARES),
    "date": (Attribute("x", "date"), _dated("x"), DATES),
    "text": (Attribute("x", "text"), _texts("x"), TEXTS),
    "declared text": (Attribute("x", "text", ("", "ab", "bab")), _texts("x"), [TEXTS[0], TEXTS[3], TEXTS[5]]),
    "choice": (Attribute("x", "choice", PLANS), _equal(CHOICES, "x") | _ordered(CHOICES, "x"), CHOICES),
    "flag": (Attribute("x", "flag"), _equal(FLAGS, "x"), FLAGS),
}
KNOWN = st.sampled_from([Known("known", "x", (flag,)) for flag in FLAGS])


def _holds(atom: Atom, value: Value) -> bool:
    try:
        return atom.holds(value, NOW)
    except Incomparable:
        return False


@pytest.mark.parametrize("kind", DOMAINS)
@quick
@given(st.data())
def test_a_value_answers_every_atom_as_its_cell_does(kind: str, data: st.DataObject) -> None:
    variable, atoms, values = DOMAINS[kind]
    asked = data.draw(st.lists(atoms, min_size=1, max_size=4))
    axis = make_axis(variable, asked, NOW)
    for value in values:
        cell = axis.find(value)
        if cell is None:  # a family that no atom compares with
            assert all(value.family != arg.family for atom in asked for arg in atom.args)
            continue
        assert [bool(axis.mask(atom) >> cell & 1) for atom in asked] == [_holds(atom, value) for atom in asked]


@pytest.mark.parametrize("kind", DOMAINS)
@quick
@given(st.data())
def test_an_example_of_a_cell_lies_in_that_cell(kind: str, data: st.DataObject) -> None:
    variable, atoms, _ = DOMAINS[kind]
    axis = make_axis(variable, data.draw(st.lists(atoms, min_size=1, max_size=4)), NOW)
    certain = [cell for cell in range(axis.size) if not axis.cell(cell).uncertain]
    assert certain == [axis.find(value_of(axis, cell, NOW, "USD")) for cell in certain]


@pytest.mark.parametrize("kind", DOMAINS)
@quick
@given(st.data())
def test_a_condition_is_true_where_its_parts_make_it_so(kind: str, data: st.DataObject) -> None:
    variable, atoms, _ = DOMAINS[kind]
    asked = data.draw(st.lists(atoms | KNOWN, min_size=3, max_size=3))
    split = data.draw(st.booleans())
    plain = [atom for atom in asked if not isinstance(atom, Known)]
    axis = make_axis(variable, plain, NOW, split=split)
    first, second, third = asked
    condition: Condition = AnyOf((All((first, Not(second))), third))
    for cell in range(axis.size):
        one, two, three = (_in_cell(axis, atom, cell) for atom in asked)
        assert bool(axis.where(condition) >> cell & 1) is ((one and not two) or three)


def _in_cell(axis: Axis, atom: Atom, cell: int) -> bool:
    if isinstance(atom, Known):
        return atom.args[0].amount is not axis.missing(cell)
    return bool(axis.mask(atom) >> (cell % axis.base) & 1)


@quick
@given(st.lists(st.tuples(st.sampled_from(["contains", "starts_with", "ends_with", "is"]), st.text("ab", max_size=2)),
                min_size=1, max_size=3))  # fmt: skip
@example([("starts_with", "a"), ("ends_with", "a"), ("is", "a")])  # the first text that answers so is a named one
def test_no_way_that_texts_answer_is_missed_and_none_is_added(tests: list[tuple[str, str]]) -> None:
    atoms: list[Atom] = [(OneOf if op == "is" else TextTest)(op, "x", (text_value(text),)) for op, text in tests]
    strings = ["".join(chars) for length in range(7) for chars in product("abz", repeat=length)]
    answers = {tuple(atom.holds(text_value(text), 0) for atom in atoms) for text in strings}
    assert _answers(make_axis(Attribute("x", "text"), atoms, NOW), atoms) == answers


@quick
@given(st.lists(st.integers(-3, 3), min_size=1, max_size=3), st.sampled_from([None, 0]))
def test_numbers_answer_as_points_and_gaps_do(cuts: list[int], floor: int | None) -> None:
    atoms: list[Atom] = [Bounds("at_least", "n", (amount_value("number", Decimal(cut)),)) for cut in cuts]
    least = None if floor is None else amount_value("number", Decimal(floor))
    axis = make_axis(Attribute("n", "number", floor=least), atoms, NOW)
    halves = [Decimal(n) / 2 for n in range(-8, 9) if floor is None or n >= floor]
    answers = {tuple(atom.holds(amount_value("number", n), 0) for atom in atoms) for n in halves}
    assert _answers(axis, atoms) == answers


def _answers(axis: Axis, atoms: list[Atom]) -> set[tuple[bool, ...]]:
    return {tuple(bool(axis.mask(atom) >> cell & 1) for atom in atoms) for cell in range(axis.size)}


@pytest.mark.parametrize(
    "make",
    [
        lambda: [TextTest("matches", "x", (text_value("a" * n),)) for n in range(1, 12)],
        lambda: [TextTest("contains", "x", (text_value(chr(97 + n) * 9),)) for n in range(6)],
    ],
    ids=["patterns", "texts"],
)
def test_texts_with_too_many_answers_are_refused(make: Callable[[], list[Atom]]) -> None:
    with pytest.raises(TooManyCombinationsError):
        make_axis(Attribute("x", "text"), make(), NOW)
