"""Units of time, currencies and counted nouns."""

from __future__ import annotations

#: Elapsed time: seconds to weeks compare with each other, months and years with each other (BOOK.md 1).
SECONDS = {"second": 1, "minute": 60, "hour": 3600, "day": 86400, "week": 604800}
MONTHS = {"month": 1, "year": 12}
#: On a clock its seconds, minutes and hours compare with each other, its days with each other; it has no weeks.
CLOCK_SECONDS = {"second": 1, "minute": 60, "hour": 3600}

UNITS: dict[str, tuple[str, int]] = {}
for _name, _factor in SECONDS.items():
    UNITS[_name] = UNITS[_name + "s"] = ("seconds", _factor)
for _name, _factor in MONTHS.items():
    UNITS[_name] = UNITS[_name + "s"] = ("months", _factor)

CLOCK_UNITS: dict[str, tuple[str, int]] = {}
for _name, _factor in CLOCK_SECONDS.items():
    CLOCK_UNITS[_name] = CLOCK_UNITS[_name + "s"] = ("hours", _factor)
CLOCK_UNITS["day"] = CLOCK_UNITS["days"] = ("days", 1)

#: Minor units of ISO 4217 that are not two.
_MINOR = {
    0: "BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF",
    3: "BHD IQD JOD KWD LYD OMR TND",
    4: "CLF UYW",
}
_MINOR_UNITS = {code: digits for digits, codes in _MINOR.items() for code in codes.split()}

#: Active codes of ISO 4217 (list one), without metals and test codes.
CURRENCIES = frozenset(
    "AED AFN ALL AMD ANG AOA ARS AUD AWG AZN BAM BBD BDT BGN BHD BIF BMD BND BOB BRL BSD BTN BWP BYN BZD CAD CDF CHF "
    "CLF CLP CNY COP CRC CUP CVE CZK DJF DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GNF GTQ GYD HKD HNL "
    "HTG HUF IDR ILS INR IQD IRR ISK JMD JOD JPY KES KGS KHR KMF KPW KRW KWD KYD KZT LAK LBP LKR LRD LSL LYD MAD MDL "
    "MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN MYR MZN NAD NGN NIO NOK NPR NZD OMR PAB PEN PGK PHP PKR PLN PYG QAR RON "
    "RSD RUB RWF SAR SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP STN SVC SYP SZL THB TJS TMT TND TOP TRY TTD TWD TZS UAH "
    "UGX USD UYI UYU UYW UZS VED VES VND VUV WST XAF XCD XCG XOF XPF YER ZAR ZMW ZWG".split()
)


def minor_digits(currency: str) -> int:
    """How many decimals the minor unit of a currency has (ISO 4217)."""
    return _MINOR_UNITS.get(currency, 2)


def singular(noun: str) -> str:
    """The noun for exactly one: ``rings`` → ``ring``; a word that only looks like a plural stays."""
    low = noun.lower()
    if low.endswith("ies") and len(noun) > 4:
        return noun[:-3] + "y"
    if low.endswith(("xes", "ches", "shes", "sses", "zes")):
        return noun[:-2]
    if low.endswith("s") and not low.endswith(("ss", "us", "is")) and len(noun) > 2:
        return noun[:-1]
    return noun


def plural(noun: str) -> str:
    """The noun for any amount but one, where the author only wrote the singular."""
    low = noun.lower()
    if low.endswith("s") and not low.endswith("ss"):
        return noun
    if low.endswith("y") and low[-2:-1] not in "aeiou":
        return noun[:-1] + "ies"
    if low.endswith(("x", "ch", "sh", "ss", "z")):
        return noun + "es"
    return noun + "s"
