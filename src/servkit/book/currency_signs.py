"""The signs of currencies, and which currencies each may stand for.

From the currency symbols of Unicode CLDR 47, all languages together, as the library Babel has them; without those that
are letters of the alphabet alone or in a script that no amount of a spreadsheet is written in. A test compares the two.
"""

from __future__ import annotations

#: A sign to the codes (ISO 4217) of the currencies that write it. `$` is any dollar or peso, `¥` yen or yuan.
SIGNS: dict[str, tuple[str, ...]] = {
    sign: tuple(codes.split())
    for sign, codes in {
        "$": "USD ARS AUD BBD BMD BND BSD BZD CAD CLP COP CUP FJD GYD HKD JMD KYD LRD MXN NAD NZD SBD SGD SRD TTD TWD"
        " UYU XCD",
        "€": "EUR",
        "£": "GBP FKP GIP SHP SSP",
        "¥": "JPY CNY",
        "￥": "JPY CNY",
        "元": "CNY",
        "₩": "KRW",
        "￦": "KRW",
        "₹": "INR",
        "₽": "RUB",
        "₺": "TRY",
        "₴": "UAH",
        "₪": "ILS",
        "₫": "VND",
        "฿": "THB",
        "₱": "PHP",
        "₦": "NGN",
        "₡": "CRC",
        "₲": "PYG",
        "₸": "KZT",
        "₾": "GEL",
        "₼": "AZN",
        "₮": "MNT",
        "₭": "LAK",
        "៛": "KHR",
        "৳": "BDT",
        "֏": "AMD",
        "GH₵": "GHS",
        "US$": "USD",
        "$US": "USD",
        "A$": "AUD",
        "AU$": "AUD",
        "CA$": "CAD",
        "$CA": "CAD",
        "C$": "CAD NIO",
        "NZ$": "NZD",
        "HK$": "HKD",
        "NT$": "TWD",
        "S$": "SGD",
        "MX$": "MXN",
        "R$": "BRL",
        "CN¥": "CNY",
        "JP¥": "JPY",
        "GB£": "GBP",
        "UK£": "GBP",
        "EG£": "EGP",
        "R": "ZAR",
        "Rs": "INR MUR PKR SCR",
        "Rs.": "LKR",
        "kr": "DKK NOK SEK",
        "kr.": "DKK ISK",
        "zł": "PLN",
        "Kč": "CZK",
        "Ft": "HUF",
        "RM": "MYR",
        "Rp": "IDR",
        "S/": "PEN",
    }.items()
}


def meant(sign: str, currency: str | None) -> str | None:
    """The currency that a sign stands for in a book with this currency; None where it is another's, or in doubt."""
    codes = SIGNS.get(sign, ())
    if currency is None:
        return codes[0] if len(codes) == 1 else None
    return currency if currency in codes else None
