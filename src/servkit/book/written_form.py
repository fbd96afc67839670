"""Amounts as people write them, in the form that a book has: ``€25`` is ``25 EUR``, ``30 mins`` is ``30 minutes``,
``3 Tage`` is ``3 days``. A book is not read so; messages show the form to write (BOOK.md 9).
"""

from __future__ import annotations

import re

from servkit.book.cldr_names import currency_names, unit_names
from servkit.book.number_words import NUMBER_WORDS
from servkit.book.units import CURRENCIES, UNITS

_ABBREVIATIONS = {
    "s": "seconds", "sec": "seconds", "secs": "seconds", "min": "minutes", "mins": "minutes", "h": "hours",
    "hr": "hours", "hrs": "hours", "d": "days", "w": "weeks", "wk": "weeks", "wks": "weeks", "mo": "months",
    "mos": "months", "mth": "months", "mths": "months", "y": "years", "yr": "years", "yrs": "years",
    "tagen": "days", "monaten": "months", "jahren": "years",
}  # fmt: skip
_SIGNS = {"€": "EUR", "£": "GBP", "$": "USD", "¥": "JPY", "₹": "INR", "₩": "KRW", "₽": "RUB", "₺": "TRY", "zł": "PLN"}
_SIGNED_DOLLARS = {"US$": "USD", "A$": "AUD", "AU$": "AUD", "C$": "CAD", "CA$": "CAD", "NZ$": "NZD", "HK$": "HKD"}
#: Currencies that are written `$` where they are at home.
_DOLLARS = frozenset(
    {"USD", "AUD", "BBD", "BMD", "BND", "BSD", "BZD", "CAD", "FJD", "GYD", "HKD", "JMD", "KYD", "LRD", "NAD", "NZD"}
    | {"SBD", "SGD", "SRD", "TTD", "TWD", "XCD", "ARS", "CLP", "COP", "CUP", "DOP", "MXN", "UYU"}
)
_CURRENCY_NAMES = {
    "dollar": "USD", "dollars": "USD", "pound": "GBP", "pounds": "GBP", "pfund": "GBP", "franken": "CHF",
}  # fmt: skip
_PERCENT = frozenset({"%", "percent", "pct", "per cent", "prozent", "por ciento", "pour cent", "per cento", "procent"})
#: Minutes of the parts of an hour that have a word.
HALVES = {
    "half": 30, "half a": 30, "half an": 30, "a half": 30, "halbe": 30, "eine halbe": 30, "media": 30, "une demi": 30,
    "quarter": 15, "a quarter": 15, "a quarter of an": 15, "quarter of an": 15, "three quarters of an": 45,
}  # fmt: skip
_NUMBER = r"\d*[½¼¾]|[-+]?\d[\d.,'’ \u00a0\u202f]*"
_BEFORE = re.compile(rf"(?P<sign>[^\d\s+\-½¼¾]{{1,4}}) ?(?P<number>{_NUMBER})")
_AFTER = re.compile(rf"(?P<number>{_NUMBER})[ \u00a0\u202f-]?(?P<unit>[^\d\s][^\d]{{0,30}})")
_SPOKEN = re.compile(r"(?P<words>[^\W\d_½¼¾]+(?:[ -][^\W\d_]+){0,3}) (?P<unit>[^\W\d_]+)")
_SPOKEN_TIME = re.compile(
    r"(?P<hour>[0-9]{1,2})(?:[:.h](?P<minute>[0-9]{2}))? ?(?P<half>[ap]\.?m\.?|uhr|h|o['’]clock)?(?: uhr)?",
    re.IGNORECASE,
)
_NAMES_A_TIME = re.compile(r"[0-9] ?(?:[ap]\.?m\.?|uhr|o['’]clock)\Z", re.IGNORECASE)
_FRACTIONS = {"½": ".5", "¼": ".25", "¾": ".75"}


def written_form(text: str, currency: str | None = None) -> str | None:
    """An amount as a book writes it; None for what is no amount, or could be read in two ways. ``currency`` is the
    book's, which ``$`` means where it is one of dollars or pesos."""
    text = " ".join(text.split())
    if len(text) > 60:
        return None
    if (found := _SPOKEN.fullmatch(text)) is not None:
        return _spoken(found["words"].casefold(), found["unit"])
    if (found := _BEFORE.fullmatch(text)) is not None:
        number, code = plain_number(found["number"]), currency_code(found["sign"].strip(), currency)
        return f"{number} {code}" if number and code else None
    if (found := _AFTER.fullmatch(text)) is not None:
        number, unit = plain_number(found["number"]), found["unit"].strip().rstrip(".")
        written = written_unit(unit, number or "", currency)
        return f"{number} {written}" if number and written else None
    return None


def written_unit(unit: str, number: str = "2", currency: str | None = None) -> str | None:
    """A unit of time, a currency or a percentage as a book writes it after a number; None for anything else."""
    low = unit.casefold()
    if low in _PERCENT:
        return "%"
    if code := currency_code(unit, currency):
        return code
    name = _ABBREVIATIONS.get(low) or (low if low in UNITS else unit_names().get(low))
    if name is None:
        return None
    return name.rstrip("s") + ("" if number == "1" else "s")


def currency_code(name: str, currency: str | None = None) -> str | None:
    """The code of a currency that is written as a sign, in small letters, or by its name in one of the languages that
    are understood here; None for what names none."""
    if name.upper() in CURRENCIES:
        return name.upper()
    if name == "$" and currency in _DOLLARS:
        return currency
    if name in _SIGNS or name.upper() in _SIGNED_DOLLARS:
        return _SIGNS.get(name) or _SIGNED_DOLLARS[name.upper()]
    folded = name.casefold()
    return _CURRENCY_NAMES.get(folded) or currency_names().get(folded) if len(name) > 3 else None


def plain_number(text: str) -> str | None:
    """A number as a book writes it (``1,200.50``: ``1200.50``); None where it can be read in two ways."""
    text = re.sub(r"(?<=\d)[ '’\u00a0\u202f](?=\d{3}(?!\d))", "", text.strip())
    if text and text[-1] in _FRACTIONS:
        whole = plain_number(text[:-1] if text[:-1] not in ("", "-", "+") else f"{text[:-1]}0")
        return None if whole is None or "." in whole else whole + _FRACTIONS[text[-1]]
    if re.fullmatch(r"[-+]?\d{1,3}(?:,\d{3})+\.\d+", text):
        text = text.replace(",", "")
    elif re.fullmatch(r"[-+]?\d{1,3}(?:\.\d{3})+,\d+", text):
        text = text.replace(".", "").replace(",", ".")
    elif re.fullmatch(r"[-+]?\d{1,3}(?:,\d{3}){2,}|[-+]?\d{1,3}(?:\.\d{3}){2,}", text):
        text = text.replace(",", "").replace(".", "")
    elif re.fullmatch(r"[-+]?\d+,\d{1,2}", text):
        text = text.replace(",", ".")
    elif not re.fullmatch(r"[-+]?\d+(?:\.\d+)?", text):
        return None
    sign, text = ("-" if text[0] == "-" else ""), text.lstrip("+-")
    whole, point, decimals = text.partition(".")
    return f"{sign}{whole.lstrip('0') or '0'}{point}{decimals}"


def time_form(text: str) -> str | None:
    """A time of day in another style as a book writes it (``11 am``, ``14.30 Uhr``: ``11:00``, ``14:30``)."""
    if text.casefold() in ("noon", "midday", "midnight"):
        return "00:00" if text.casefold() == "midnight" else "12:00"
    found = _SPOKEN_TIME.fullmatch(text.strip())
    if found is None or not (found["minute"] or found["half"]):
        return None
    hour, half = int(found["hour"]), (found["half"] or "")[:1].casefold()
    if half in ("a", "p"):
        hour = hour % 12 + (12 if half == "p" else 0) if 1 <= hour <= 12 else 24
    minute = int(found["minute"] or 0)
    return f"{hour:02}:{minute:02}" if hour < 24 and minute < 60 else None


def clock_form(text: str) -> str | None:
    """The same, of a text that plainly names a time of day, wherever it stands."""
    return time_form(text) if _NAMES_A_TIME.search(text) else None


def _spoken(words: str, unit: str) -> str | None:
    """``half an hour``, ``two weeks``."""
    name = written_unit(unit)
    if words in HALVES:
        return f"{HALVES[words]} minutes" if name == "hours" else None
    if words not in NUMBER_WORDS or name is None:
        return None
    return f"{NUMBER_WORDS[words]} {written_unit(unit, str(NUMBER_WORDS[words]))}"
