"""Money as people and spreadsheets write it: what has one reading is read, the rest is a fault that says why."""

from __future__ import annotations

import re
from collections import defaultdict
from contextlib import suppress
from typing import TYPE_CHECKING

import pytest
from babel import localedata
from hypothesis import given
from hypothesis import strategies as st

from servkit.book.currency_signs import SIGNS
from servkit.book.problems import ValueProblem
from servkit.book.values import write
from servkit.book.written_amounts import STYLES, read_written_money

if TYPE_CHECKING:
    from decimal import Decimal


@pytest.mark.parametrize(
    ("text", "currency", "meant"),
    [
        ("$84,835.00 ", "USD", "84835 USD"),
        ("84.835,00 €", "EUR", "84835 EUR"),
        ("€84.835,00", "EUR", "84835 EUR"),
        ("(32,474.00)", "USD", "-32474 USD"),
        ("($32,474.00)", "USD", "-32474 USD"),
        ("$(32,474.00)", "USD", "-32474 USD"),
        ("-$12.50", "USD", "-12.50 USD"),
        ("$-12.50", "USD", "-12.50 USD"),
        ("12.50-", "USD", "-12.50 USD"),
        ("−12,50\u00a0€", "EUR", "-12.50 EUR"),
        ("$400", "USD", "400 USD"),
        ("$400", "CAD", "400 CAD"),
        ("180€", "EUR", "180 EUR"),
        ("180 €", None, "180 EUR"),
        ("US$ 25", "USD", "25 USD"),
        ("USD 25", "EUR", "25 USD"),
        ("$25.00 USD", "EUR", "25 USD"),
        ("¥5000", "JPY", "5000 JPY"),
        ("¥5000", "CNY", "5000 CNY"),
        ("1,234,567", "USD", "1234567 USD"),
        ("1.234.567", "EUR", "1234567 EUR"),
        ("₹12,34,567.00", "INR", "1234567 INR"),
        ("12,5", "EUR", "12.50 EUR"),
        (".50", "USD", "0.50 USD"),
        ("0.835", "USD", "0.835 USD"),
        ("1234,567", "EUR", "1234.567 EUR"),
    ],
)
def test_what_has_one_reading_is_read(text: str, currency: str | None, meant: str) -> None:
    assert write(read_written_money(text, currency)) == meant


@pytest.mark.parametrize(
    ("text", "currency", "message"),
    [
        ("84.835", "EUR", "`84.835` can be read as 84835 or as 84.835."),
        ("$1,234", "USD", "`$1,234` can be read as 1234 or as 1.234."),
        ("1.000 €", "EUR", "can be read as 1000 or as 1.000."),
        ("£20", "USD", "`£` is not a sign of USD, the book's currency."),
        ("€20 USD", "EUR", "`€` is not a sign of USD, the amount's currency."),
        ("$20", None, "`$` can be several currencies."),
        ("20", None, "`20` has no currency."),
        ("84 835,00 €", "EUR", "should be an amount such as 25 USD"),
        ("84'835.00", "CHF", "should be an amount such as 25 USD"),
        ("1,23,4.00", "USD", "should be an amount such as 25 USD"),
        ("1.23.4", "USD", "should be an amount such as 25 USD"),
        ("$", "USD", "should be an amount such as 25 USD"),
        ("$ $5", "USD", "should be an amount such as 25 USD"),
        ("(-5)", "USD", "should be an amount such as 25 USD"),
        ("about 5", "USD", "should be an amount such as 25 USD"),
        ("5 %", "USD", "should be an amount such as 25 USD"),
    ],
)
def test_what_has_two_readings_or_none_is_a_fault(text: str, currency: str | None, message: str) -> None:
    with pytest.raises(ValueProblem, match=re.escape(message)):
        read_written_money(text, currency)


@pytest.mark.parametrize(
    ("style", "text", "meant"),
    [
        ("1,234.56", "$84,835", "84835 USD"),
        ("1234.56", "84.835 $", "84.835 USD"),
        ("1.234,56", "84.835", "84835 USD"),
        ("1 234,56", "84 835,00 $", "84835 USD"),
    ],
)
def test_a_style_settles_what_has_two_readings(style: str, text: str, meant: str) -> None:
    assert write(read_written_money(text, "USD", style)) == meant


def _written(amount: Decimal, style: str) -> str:
    group, mark = STYLES[style]
    whole, _, part = f"{amount:,.2f}".partition(".")
    return whole.replace(",", group) + mark + part


@given(
    st.decimals(0, 10**9, places=2), st.sampled_from(sorted(STYLES)), st.sampled_from(["{}", "${}", "{} $", "(${})"])
)
def test_every_amount_in_every_style_is_read_back(amount: Decimal, style: str, form: str) -> None:
    found = read_written_money(form.format(_written(amount, style)), "USD", style)
    assert found.amount == (-amount if "(" in form else amount)
    if style != "1 234,56":  # spaces do not group unless a style says so
        assert read_written_money(form.format(_written(amount, style)), "USD") == found


@given(st.text(st.sampled_from("0123456789.,-()$€ 'USDkr\u00a0"), max_size=14))
def test_any_text_is_an_amount_or_a_problem(text: str) -> None:
    with suppress(ValueProblem):
        assert read_written_money(text, "USD").unit == "USD"


@pytest.fixture
def symbols() -> list[tuple[str, str]]:
    """Every sign of a currency with its code, from each language's own data.

    Babel keeps what it has loaded, and data without what a language inherits would break whoever asks next."""
    localedata.clear_caches()
    every = [
        (symbol, code)
        for name in localedata.locale_identifiers()
        for code, symbol in localedata.load(name, merge_inherited=False).get("currency_symbols", {}).items()
    ]
    localedata.clear_caches()
    return every


def test_the_signs_are_those_of_cldr(symbols: list[tuple[str, str]]) -> None:
    known = defaultdict(set, {"$": {"HKD"}})  # in CLDR its narrow sign, which Babel leaves out
    for symbol, code in symbols:
        known[symbol].add(code)
    assert {sign: set(codes) - known[sign] for sign, codes in SIGNS.items() if set(codes) - known[sign]} == {}
