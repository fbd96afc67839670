"""Values: read, compared and written (BOOK.md 1 and 9, *Types*)."""

from __future__ import annotations

import json
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from servkit.book.arithmetic import of_size, with_amount
from servkit.book.literals import MAX_DIGITS, doubt, read, read_as
from servkit.book.problems import ValueProblem
from servkit.book.units import CLOCK_UNITS, CURRENCIES, UNITS
from servkit.book.values import (
    NUMERIC,
    TYPES,
    Value,
    amount_value,
    choice_value,
    date_value,
    decode,
    encode,
    flag_value,
    list_value,
    text_value,
    write,
)

if TYPE_CHECKING:
    from datetime import date

CLOCKS = ("office", "duty")

READ = {
    "1500": ("number", "1500"),
    "1.10": ("number", "1.1"),
    "-0.50": ("number", "-0.5"),
    "-0": ("number", "0"),
    "010": ("text", "010"),
    "1.": ("text", "1."),
    ".5": ("text", ".5"),
    "+1": ("text", "+1"),
    "1e3": ("text", "1e3"),
    "1_000": ("text", "1_000"),
    "٣": ("text", "٣"),
    "10 %": ("percent", "10 %"),
    "10.50 %": ("percent", "10.5 %"),
    "20 seconds": ("duration", "20 seconds"),
    "1 years": ("duration", "1 year"),
    "2 week": ("duration", "2 weeks"),
    "0.5 hours": ("duration", "0.5 hours"),
    "4 office hours": ("duration", "4 office hours"),
    "1 office days": ("duration", "1 office day"),
    "4 ofice hours": ("text", "4 ofice hours"),
    "2 office weeks": ("text", "2 office weeks"),
    "25 USD": ("money", "25 USD"),
    "25.5 USD": ("money", "25.50 USD"),
    "25.00 USD": ("money", "25 USD"),
    "25.125 USD": ("money", "25.125 USD"),
    "25 usd": ("number", "25 usd"),
    "3 rings": ("number", "3 rings"),
    "1 rings": ("number", "1 ring"),
    "1 visit": ("number", "1 visit"),
    "2 co-pays": ("number", "2 co-pays"),
    "3 %s": ("text", "3 %s"),
    "2026-03-01": ("date", "2026-03-01"),
    "yes": ("flag", "yes"),
    "true": ("flag", "yes"),
    "no": ("flag", "no"),
    "false": ("flag", "no"),
    "Yes": ("text", "Yes"),
    "NO": ("text", "NO"),
    "22:30": ("text", "22:30"),
    "original payment method": ("text", "original payment method"),
    "": ("text", ""),
}


@pytest.mark.parametrize("text", READ)
def test_types_are_read_in_their_order(text: str) -> None:
    value = read(text, CLOCKS)
    assert (value.type, write(value)) == READ[text]
    assert write(read(write(value), CLOCKS)) == write(value)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("-3 days", "`-3 days` is less than nothing. A duration can't be negative."),
        ("-1 office hours", "`-1 office hours` is less than nothing. A duration can't be negative."),
        ("2026-02-30", "There is no day 2026-02-30 in the calendar."),
        ("9" * 31, "This number has 31 characters, and 30 is the limit."),
    ],
)
def test_what_looks_like_a_value_and_is_none_is_told(text: str, message: str) -> None:
    with pytest.raises(ValueProblem) as told:
        read(text, CLOCKS)
    assert str(told.value) == message


def test_too_many_digits_are_too_many_in_any_measure() -> None:
    for tail in ("", " %", " days", " USD", " rings"):
        assert read("9" * MAX_DIGITS + tail)
        with pytest.raises(ValueProblem):
            read("9" * (MAX_DIGITS + 1) + tail)


@pytest.mark.parametrize(
    ("kind", "text", "message"),
    [
        ("duration", "3 months ago", "`3 months ago` should be a duration such as 30 days."),
        ("duration", "3 dayz", "`3 dayz` should be a duration such as 30 days."),
        (
            "duration",
            "2 office weeks",
            "`2 office weeks` should be a duration such as 30 days. A clock has no weeks. Count its days or hours.",
        ),
        (
            "duration",
            "4 ofice hours",
            "`4 ofice hours` should be a duration such as 30 days. There is no clock `ofice`. Did you mean `office`?",
        ),
        ("money", "25", "`25` should be an amount such as 25 USD."),
        ("money", "1,500 USD", "`1,500 USD` should be an amount such as 25 USD. Write a number as 1500 or 1.5."),
        ("date", "1.3.2026", "`1.3.2026` should be a day such as 2026-03-01."),
        ("flag", "maybe", "`maybe` should be `yes` or `no`."),
        ("number", "10 %", "`10 %` should be a number such as 1500 or 1.5."),
        ("percent", "10", "`10` should be a percentage such as 10 %."),
        ("choice", "z", "`z` is not one of a, b."),
    ],
)
def test_a_value_of_another_type_is_told_with_an_example(kind: str, text: str, message: str) -> None:
    with pytest.raises(ValueProblem) as told:
        read_as(kind, text, ("a", "b"), CLOCKS)
    assert str(told.value) == message


def test_a_type_that_is_said_goes_before_what_the_text_looks_like() -> None:
    assert write(read_as("text", "1.10")) == "1.10"
    assert read_as("list", "a; b;;a").amount == ("a", "b")
    assert write(read_as("money", "25", currency="USD")) == "25 USD"
    with pytest.raises(ValueProblem):
        read_as("money", "3 visits", currency="USD")


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("7 days", "1 week"),
        ("12 months", "1 year"),
        ("60 office minutes", "1 office hour"),
        ("1 visit", "1 Visits"),
        ("2 size", "2 sizes"),
        ("1.10", "1.1"),
        ("25.00 USD", "25 USD"),
        ("yes", "true"),
        ("cafe\u0301", "café"),
    ],
)
def test_equal_amounts_are_equal_however_they_are_written(left: str, right: str) -> None:
    assert read(left, CLOCKS).key == read(right, CLOCKS).key


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("4 weeks", "1 month"),
        ("1 office day", "8 office hours"),
        ("1 office hour", "1 duty hour"),
        ("1 office hour", "1 hour"),
        ("1 USD", "1 EUR"),
        ("1 visit", "1 ring"),
        ("1 visit", "1"),
        ("2 plans", "2 planes"),
        ("10 %", "10"),
    ],
)
def test_what_does_not_compare_has_another_family(left: str, right: str) -> None:
    assert read(left, CLOCKS).family != read(right, CLOCKS).family


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("25 XXX", "`XXX` is not a currency of ISO 4217. Write a code of three capitals, such as USD."),
        ("2 office months", "A clock has no months. Count its days or hours."),
        ("2 business days", "There is no clock `business`. Declare it in servkit.yaml."),
        ("010 USD", "Write `10 USD`."),
        ("1,5 %", "Write `1.5 %`."),
        ("1.500,00 EUR", "Write `1500.00 EUR`."),
        ("3/1/2026", "Write a day as 2026-03-01."),
        ("25 USD", None),
        ("3 dayz", None),
        ("24/7", None),
        ("2 for one", None),
        ("3 free visits", None),
        ("22:30", None),
        ("", None),
        ("original payment method", None),
    ],
)
def test_values_that_were_hardly_meant(text: str, told: str | None) -> None:
    assert doubt(read(text, CLOCKS), CLOCKS) == told


def test_a_choice_compares_in_the_order_of_its_choices() -> None:
    low, high = choice_value("b", ("b", "a")), choice_value("a", ("b", "a"))
    assert low.size < high.size


def test_computed_durations_stay_writable() -> None:
    hours = read("1 hour")
    assert write(of_size(hours, Decimal(5400))) == "1.5 hours"
    assert write(of_size(hours, Decimal(100))) == "100 seconds"
    assert write(of_size(read("1 office hour", CLOCKS), Decimal(100))) == "100 office seconds"
    assert write(of_size(read("1 year"), Decimal(7))) == "7 months"


def test_a_noun_written_for_one_becomes_plural() -> None:
    assert write(with_amount(read("1 visit"), Decimal(3))) == "3 visits"
    assert write(with_amount(read("2 visits"), Decimal(1))) == "1 visit"
    assert write(with_amount(read("1 party"), Decimal(0))) == "0 parties"


# --- properties ---------------------------------------------------------------------------------------------------

AMOUNTS = st.decimals("-1e12", "1e12", allow_nan=False, allow_infinity=False, places=4)
NOT_NEGATIVE = st.decimals(0, "1e12", allow_nan=False, allow_infinity=False, places=4)
NOUNS = st.sampled_from(["rings", "ring", "visits", "boxes", "parties", "cafés", "sizes", "co-pays"])
PROSE = st.text(max_size=20)
CHOICES = ("single", "monthly", "commercial")
DURATIONS = st.builds(
    lambda amount, unit: amount_value("duration", amount, unit),
    NOT_NEGATIVE,
    st.sampled_from([*UNITS, *(f"{clock} {unit}" for clock in CLOCKS for unit in CLOCK_UNITS)]),
)
MEASURES = st.one_of(
    st.builds(lambda amount: amount_value("number", amount), AMOUNTS),
    st.builds(lambda amount, noun: amount_value("number", amount, noun), AMOUNTS, NOUNS),
    st.builds(lambda amount: amount_value("percent", amount), AMOUNTS),
    st.builds(lambda amount, code: amount_value("money", amount, code), AMOUNTS, st.sampled_from(sorted(CURRENCIES))),
    DURATIONS,
)
VALUES = st.one_of(
    MEASURES,
    st.builds(text_value, PROSE),
    st.builds(flag_value, st.booleans()),
    st.builds(date_value, st.dates()),
    st.builds(choice_value, st.sampled_from(CHOICES), st.just(CHOICES)),
    st.builds(list_value, st.lists(PROSE, max_size=4)),
)


@given(MEASURES)
def test_a_measure_is_read_as_it_is_written(value: Value) -> None:
    assert read(write(value), CLOCKS).key == value.key
    assert read_as(value.type, write(value), (), CLOCKS).key == value.key
    assert write(read(write(value), CLOCKS)) == write(value)


@given(VALUES)
def test_a_value_comes_back_from_data(value: Value) -> None:
    back = decode(json.loads(json.dumps(encode(value))))
    assert (back, back.key, write(back)) == (value, value.key, write(value))


@given(DURATIONS, DURATIONS)
def test_durations_of_a_family_are_ordered_as_their_sizes(left: Value, right: Value) -> None:
    if left.family == right.family:
        seconds = {"hours": 3600, "minutes": 60, "seconds": 1, "days": 86400, "weeks": 604800, "months": 1, "years": 12}
        clocked = " " in left.unit

        def size(value: Value) -> Decimal:
            word = value.unit.split()[-1].rstrip("s") + "s"
            return Decimal(value.amount) * (1 if clocked and word == "days" else seconds[word])

        assert (left.size < right.size) == (size(left) < size(right))
        assert (left.key == right.key) == (size(left) == size(right))


@given(st.text(max_size=30) | st.from_regex(r"-?[0-9]{1,4}(\.[0-9]{1,3})? ?[a-zA-Z%]{0,6} ?[a-z]{0,6}", fullmatch=True))
def test_any_text_is_a_value_or_a_problem(text: str) -> None:
    for kind in (None, *TYPES):
        try:
            value = read(text, CLOCKS) if kind is None else read_as(kind, text, CHOICES, CLOCKS, "USD")
        except ValueProblem:
            continue
        assert kind in (None, value.type)
        assert hash(value.key) is not None
        doubt(value, CLOCKS)
        if value.type in NUMERIC:
            assert read(write(value), CLOCKS).key == value.key


@given(st.dates())
def test_days_are_ordered_as_the_calendar(day: date) -> None:
    assert read(day.isoformat()).size == day.toordinal()
