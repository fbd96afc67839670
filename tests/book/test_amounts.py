"""Amounts worked out: dated and counted values (BOOK.md 4 and 9)."""

from __future__ import annotations

import json
from datetime import date
from decimal import Decimal
from typing import NamedTuple

import pytest
from hypothesis import given
from hypothesis import strategies as st

from servkit.book.amounts import Counted, Dated, Expression, Plain, decode_amount
from servkit.book.conditions import Incomparable
from servkit.book.literals import read
from servkit.book.values import Value, amount_value, write

from .authoring import term

D = Decimal


class Facts(NamedTuple):
    """What is known: values as an author writes them, or sizes."""

    known: dict[str, str | Decimal]
    on: str = "2026-03-01"

    @property
    def today(self) -> int:
        return date.fromisoformat(self.on).toordinal()

    def day(self, name: str) -> int | None:
        text = self.known.get(name)
        return None if text is None else date.fromisoformat(str(text)).toordinal()

    def size(self, name: str) -> tuple[Decimal, Value | None]:
        found = self.known[name]
        if isinstance(found, Decimal):
            return found, None
        value = read(found)
        return value.size, value


def amount(text: str) -> Expression:
    made, problems = term(f"{{value: {text}}}")
    assert not problems
    assert made is not None
    assert made.value is not None
    return made.value


def worth(text: str, on: str = "2026-03-01", **known: str) -> str | None:
    found = amount(text).work_out(Facts(dict(known), on))
    return None if found is None else write(found)


DELAY = "{start: 50 USD, each: 50 USD, per: 12 hours, of: hours_late, after: 24 hours, at_most: 200 USD%s}"


@pytest.mark.parametrize(
    ("late", "whole", "started"),
    [
        ("0 hours", "0 USD", "0 USD"),
        ("86399 seconds", "0 USD", "0 USD"),
        ("24 hours", "50 USD", "50 USD"),
        ("1441 minutes", "50 USD", "100 USD"),
        ("1 day", "50 USD", "50 USD"),
        ("36 hours", "100 USD", "100 USD"),
        ("36.1 hours", "100 USD", "150 USD"),
        ("2 weeks", "200 USD", "200 USD"),
    ],
)
def test_periods_are_whole_or_started(late: str, whole: str, started: str) -> None:
    assert worth(DELAY % "", hours_late=late) == whole
    assert worth(DELAY % ", count: started", hours_late=late) == started


@pytest.mark.parametrize(
    ("text", "known", "value"),
    [
        ("{each: 2, of: visits_a_year}", {"visits_a_year": "7"}, "14"),
        ("{each: 2, of: visits_a_year, per: 3}", {"visits_a_year": "7"}, "4"),
        ("{each: 2, of: visits_a_year, up_to: 3}", {"visits_a_year": "7"}, "6"),
        ("{each: 1 visit, of: visits_a_year, per: 7}", {"visits_a_year": "7"}, "1 visit"),
        ("{each: 1 visit, of: visits_a_year}", {"visits_a_year": "7"}, "7 visits"),
        ("{start: 10 USD, each: 5 USD, of: balance, per: 100 USD}", {"balance": "250 USD"}, "20 USD"),
        ("{each: 50 %, of: balance}", {"balance": "33.33 USD"}, "16.67 USD"),
        ("{each: 50 %, of: balance, after: 10 USD}", {"balance": "33.33 USD"}, "11.67 USD"),
        ("{each: 50 %, of: balance, after: 10 USD}", {"balance": "9.99 USD"}, "0 USD"),
        ("{each: 50 %, of: balance, at_least: 20 USD}", {"balance": "9.99 USD"}, "20 USD"),
        ("{each: 150 %, of: balance, at_most: balance}", {"balance": "10 USD"}, "10 USD"),
        ("{each: 0 %, of: balance}", {"balance": "10 USD"}, "0 USD"),
        ("{each: 5 %, of: visits_a_year}", {"visits_a_year": "3"}, "15 %"),
        ("{start: 5 %, each: 1 %, per: 100 USD, of: balance}", {"balance": "250 USD"}, "7 %"),
        ("{start: 1 hour, each: 10 minutes, of: visits_a_year}", {"visits_a_year": "3"}, "90 minutes"),
        ("{start: 1 hour, of: visits_a_year, at_most: 100 seconds}", {"visits_a_year": "3"}, "100 seconds"),
        ("{each: 1 office hour, of: visits_a_year}", {"visits_a_year": "3"}, "3 office hours"),
        ("{each: -2 USD, start: 10 USD, of: visits_a_year}", {"visits_a_year": "3"}, "4 USD"),
        ("{each: 1 USD, of: visits_a_year, at_least: 5 USD, at_most: 3 USD}", {"visits_a_year": "4"}, "3 USD"),
    ],
)
def test_counted_values(text: str, known: dict[str, str], value: str) -> None:
    assert worth(text, **known) == value


def test_a_dated_value_is_in_force_from_its_day_on() -> None:
    text = "{2025-04-01: 31.19 USD, 2026-04-01: 32.31 USD}"
    assert worth(text, "2025-03-31") is None
    assert worth(text, "2025-04-01") == "31.19 USD"
    assert worth(text, "2026-03-31") == "31.19 USD"
    assert worth(text, "2026-04-01") == "32.31 USD"


def test_a_dated_value_may_go_by_a_date_fact_and_be_written_in_any_order() -> None:
    text = "{by: missed_on, 2026-04-01: 2 USD, 2025-04-01: 1 USD}"
    assert worth(text, "2027-01-01", missed_on="2026-03-31") == "1 USD"
    assert worth(text, "2020-01-01", missed_on="2026-04-01") == "2 USD"
    assert worth(text, "2027-01-01", missed_on="2020-01-01") is None


def test_the_parts_of_a_counted_value_may_be_dated() -> None:
    text = "{each: {2025-01-01: 1 USD, 2026-01-01: 2 USD}, of: visits_a_year}"
    assert worth(text, "2025-06-01", visits_a_year="3") == "3 USD"
    assert worth(text, "2026-06-01", visits_a_year="3") == "6 USD"
    assert worth(text, "2024-06-01", visits_a_year="3") is None


@pytest.mark.parametrize(
    ("text", "known"),
    [
        ("{each: 50 %, of: balance}", {"balance": "10 EUR"}),
        ("{each: 50 %, of: balance, at_most: 20 USD}", {"balance": "10 EUR"}),
        ("{each: 1 USD, of: hours_late, per: 1 hour}", {"hours_late": "3 months"}),
        ("{start: 1 USD, of: hours_late, after: 1 hour}", {"hours_late": "3 months"}),
        ("{each: 1 USD, of: visits_a_year, at_most: balance}", {"visits_a_year": "3", "balance": "10 EUR"}),
    ],
)
def test_nothing_is_worked_out_across_families(text: str, known: dict[str, str]) -> None:
    with pytest.raises(Incomparable):
        worth(text, **known)


@pytest.mark.parametrize(
    ("text", "visits", "follows"),
    [
        ("{each: 2, of: visits_a_year}", "3", "visits_a_year"),
        ("{start: 5, of: visits_a_year, after: 2}", "3", None),
        ("{each: 2, of: visits_a_year, after: 5}", "3", None),
        ("{each: 2, of: visits_a_year, up_to: 3}", "3", None),
        ("{each: 2, of: visits_a_year, at_most: 6}", "3", None),
        ("{each: 2, of: visits_a_year, at_most: 7}", "3", "visits_a_year"),
        ("{each: 2 USD, of: visits_a_year, at_most: balance}", "3", "visits_a_year"),
        ("{each: 2 USD, of: visits_a_year, at_most: balance}", "6", "balance"),
    ],
)
def test_an_amount_follows_a_name_unless_it_is_kept_at_a_constant(text: str, visits: str, follows: str | None) -> None:
    made = amount(text)
    assert isinstance(made, Counted)
    found = made.worked_out(Facts({"visits_a_year": visits, "balance": "10 USD"}))
    assert found is not None
    assert found[1] == follows


# --- properties ---------------------------------------------------------------------------------------------------

STEPS = st.integers(0, 60).map(lambda n: D(n) / 4)
MONEY = st.integers(0, 40).map(lambda n: Plain(amount_value("money", D(n) / 8, "USD"), 1))


@st.composite
def counted(draw: st.DrawFn) -> Counted:
    """A counted value of money, over a number or as a share of money."""
    share = draw(st.booleans())
    unit = ("money", "USD") if share else ("number", "")

    def plain(size: Decimal) -> Plain:
        return Plain(amount_value(unit[0], size, unit[1]), 1)

    each: Plain | None = draw(st.none() | MONEY)
    if share:
        each = Plain(amount_value("percent", D(draw(st.integers(0, 150)))), 1)
    start = draw(MONEY if each is None else st.none() | MONEY)
    return Counted(
        of="x", zero=amount_value("money", D(0), "USD"), share=share, started=draw(st.booleans()),
        up_to=None if share else draw(st.none() | st.integers(0, 5)), start=start, each=each,
        per=None if share else draw(st.none() | st.sampled_from([D("0.5"), D(1), D("2.25")]).map(plain)),
        after=draw(st.none() | STEPS.map(plain)), at_least=draw(st.none() | MONEY | st.just("y")),
        at_most=draw(st.none() | MONEY | st.just("y")), line=3,
    )  # fmt: skip


@st.composite
def expressions(draw: st.DrawFn) -> Expression:
    plain = st.builds(Plain, MONEY.map(lambda found: found.value), st.integers(1, 99))
    days = st.lists(st.integers(1, 10**6), min_size=1, max_size=3, unique=True).map(sorted)
    if draw(st.booleans()):
        return draw(plain | counted())
    steps = tuple((day, draw(plain | counted())) for day in draw(days))
    return Dated(draw(st.sampled_from([None, "missed_on"])), steps, draw(st.integers(1, 99)))


@given(expressions())
def test_an_amount_comes_back_from_data(made: Expression) -> None:
    back = decode_amount(json.loads(json.dumps(made.encode())))
    assert back == made
    assert back.encode() == made.encode()
    assert list(back.names()) == list(made.names())
