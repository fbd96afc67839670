"""Values as a script says them, formatted for its language.

English says them as BOOK.md writes them. Other languages are formatted with CLDR data (Babel), which is loaded only
then: it takes longer to load than everything else a script needs.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from servkit.book.units import singular
from servkit.book.values import Value, write

if TYPE_CHECKING:
    from decimal import Decimal


class Spoken:
    """A value in a script: prints as it is said, and compares in Liquid as what it is."""

    __slots__ = ("text", "value")

    def __init__(self, value: Value, language: str) -> None:
        self.value = value
        self.text = spoken(value, language)

    def __str__(self) -> str:
        return self.text

    def __liquid__(self) -> Any:
        if self.value.type in ("flag", "number"):
            amount: bool | Decimal = self.value.amount
            return amount
        return write(self.value) if self.value.type == "date" else self.text


def spoken(value: Value, language: str) -> str:
    """The value in words and figures of the language."""
    if value.type == "list":
        return ", ".join(value.amount)
    if language.partition("-")[0] == "en" or value.type in ("text", "choice"):
        return write(value)
    return _in_language(value, language)


def _in_language(value: Value, language: str) -> str:
    from babel import Locale, UnknownLocaleError
    from babel.dates import format_date
    from babel.numbers import format_currency, format_decimal, format_percent
    from babel.units import format_unit

    try:
        locale = Locale.parse(language, sep="-")
    except (UnknownLocaleError, ValueError):
        return write(value)
    amount = value.amount
    if value.type == "date":
        return format_date(amount, "long", locale)
    if value.type == "money":
        if amount % 1:
            said = format_currency(amount, value.unit, locale=locale, decimal_quantization=False)
        else:
            said = format_currency(amount, value.unit, _whole_currency(locale), locale, currency_digits=False)
        return said.replace(value.unit, value.unit + "\u00a0") if said.startswith(value.unit) else said
    if value.type == "percent":
        return format_percent(amount.scaleb(-2), locale=locale, decimal_quantization=False)
    if value.type == "duration":
        clock, _, unit = value.unit.rpartition(" ")
        name = f"duration-{unit.rstrip('s')}"
        said = format_unit(amount, name, locale=locale)
        if name in said:  # CLDR says the long form as the short one in some languages
            said = format_unit(amount, name, length="short", locale=locale)
        return f"{said} ({clock})" if clock else said
    if value.type == "number":
        said = format_decimal(amount, locale=locale, decimal_quantization=False)
        return f"{said} {singular(value.unit) if amount == 1 else value.unit}" if value.unit else said
    return _FLAGS.get(language.partition("-")[0], {}).get(amount) or write(value)


def _whole_currency(locale: Any) -> str:
    """The locale's pattern for money without the decimals of an amount that has none."""
    pattern: str = locale.currency_formats["standard"].pattern
    return pattern.replace(".00", "")


_FLAGS: dict[str, dict[bool, str]] = {
    "ar": {True: "نعم", False: "لا"}, "de": {True: "ja", False: "nein"}, "es": {True: "sí", False: "no"},
    "fr": {True: "oui", False: "non"}, "he": {True: "כן", False: "לא"}, "it": {True: "sì", False: "no"},
    "ja": {True: "はい", False: "いいえ"}, "nl": {True: "ja", False: "nee"}, "pl": {True: "tak", False: "nie"},
    "pt": {True: "sim", False: "não"}, "zh": {True: "是", False: "否"},
}  # fmt: skip
