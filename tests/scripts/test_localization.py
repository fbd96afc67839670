"""Values as a script says them, in each language's own way."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from servkit.book.values import Value, amount_value, choice_value, date_value, flag_value, list_value, text_value
from servkit.scripts.first_name import first_name
from servkit.scripts.localization import localize
from servkit.scripts.script_values import term_references

DAYS = amount_value("duration", Decimal(30), "days")
DAY = amount_value("duration", Decimal(1), "days")
CLOCKED = amount_value("duration", Decimal(4), "office hours")
MONEY = amount_value("money", Decimal("1234.50"), "USD")
WHOLE = amount_value("money", Decimal(25), "EUR")
RATE = amount_value("money", Decimal("0.655"), "USD")
YEN = amount_value("money", Decimal(2500), "JPY")
SHARE = amount_value("percent", Decimal("12.5"))
WHEN = date_value(date(2026, 3, 1))
YES, NO = flag_value(True), flag_value(False)
BIG = amount_value("number", Decimal("12345.5"))


@pytest.mark.parametrize(
    ("language", "value", "said"),
    [
        ("en", DAYS, "30 days"),
        ("es", DAYS, "30 días"),
        ("es", DAY, "1 día"),
        ("de", DAYS, "30 Tage"),
        ("fr", DAYS, "30 jours"),
        ("ja", DAYS, "30 日"),
        ("ar", DAYS, "30 يومًا"),
        ("en", CLOCKED, "4 office hours"),
        ("es", CLOCKED, "4 horas (office)"),
        ("de", CLOCKED, "4 Stunden (office)"),
        ("en", MONEY, "1234.50 USD"),
        ("es", MONEY, "1.234,50 US$"),
        ("de", MONEY, "1.234,50 $"),
        ("fr", MONEY, "1 234,50 $US"),
        ("ja", MONEY, "$1,234.50"),
        ("de", WHOLE, "25 €"),
        ("fr", WHOLE, "25 €"),
        ("es-MX", MONEY, "USD 1,234.50"),
        ("de", RATE, "0,655 $"),
        ("ja", YEN, "￥2,500"),
        ("de", YEN, "2.500 ¥"),
        ("de", SHARE, "12,5 %"),
        ("fr", SHARE, "12,5 %"),
        ("en", SHARE, "12.5 %"),
        ("de", WHEN, "1. März 2026"),
        ("es", WHEN, "1 de marzo de 2026"),
        ("fr", WHEN, "1 mars 2026"),
        ("ja", WHEN, "2026年3月1日"),
        ("ar", WHEN, "1 مارس 2026"),
        ("en", WHEN, "2026-03-01"),
        ("de", YES, "ja"),
        ("es", NO, "no"),
        ("fr", YES, "oui"),
        ("ar", NO, "لا"),
        ("ja", YES, "はい"),
        ("en", YES, "yes"),
        ("de", BIG, "12.345,5"),
        ("fr", BIG, "12 345,5"),
        ("en", BIG, "12345.5"),
        ("es", amount_value("number", Decimal(2), "visitas"), "2 visitas"),
        ("es", amount_value("number", Decimal(1), "visitas"), "1 visita"),
        ("de", text_value("x {{ y }}"), "x {{ y }}"),
        ("de", choice_value("b", ("a", "b")), "b"),
        ("de", list_value(["a", "b"]), "a, b"),
        ("tlh-x", DAYS, "30 days"),
        ("!!", DAYS, "30 days"),
        ("", DAYS, "30 days"),
    ],
)
def test_values_by_language(language: str, value: Value, said: str) -> None:
    assert localize(value, language).replace("\u202f", " ").replace("\xa0", " ").replace("\u200f", "") == said


@pytest.mark.parametrize(
    ("name", "called"),
    [
        ("Dorothy Bell", "Dorothy"),
        ("Bell, Dorothy", "Dorothy"),
        ("Bell, Mrs. Dorothy A.", "Dorothy"),
        ("Dr. Dorothy Bell", "Dorothy"),
        ("Dorothy Bell, PhD", "Dorothy"),
        ("DOROTHY BELL", "DOROTHY"),
        ("Lan", "Lan"),
        ("José", "José"),
        ("Jean-Luc Picard", "Jean-Luc"),
        ("Sra. María-José de la O", "María-José"),
        ("The Corner Bakery", None),
        ("La Tienda", None),
        ("Bell & Sons", None),
        ("Bell and Sons", None),
        ("Bell, Inc.", None),
        ("Vega S. A.", None),
        ("Müller GmbH", None),
        ("Wren Street School", None),
        ("Bank of America", None),
        ("Studio 54", None),
        ("IBM", None),
        ("Mr and Mrs Bell", None),
        ("Familie Müller", None),
        ("Mrs Vega", None),
        ("Prof. Dr. Ann", None),
        ("D. Bell", None),
        ("Mrs", None),
        ("山田 太郎", None),
        ("Bell,", None),
        (",", None),
        ("", None),
    ],
)
def test_first_names(name: str, called: str | None) -> None:
    assert first_name(name) == called


def test_terms_of_a_script() -> None:
    assert term_references(("terms.a.b", "terms.a.b.c", "terms.a", "customer.terms.x", "terms")) == ("a.b",)
