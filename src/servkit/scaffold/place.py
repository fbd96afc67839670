"""What a country gives a new book: its currency, a time zone and the code for its public holidays."""

from __future__ import annotations

from importlib.resources import files
from typing import NamedTuple

from servkit.book.problems import UnknownNameError


class Place(NamedTuple):
    """A country by its code, with its currency and its first time zone."""

    country: str
    currency: str
    timezone: str


def place_of(country: str) -> Place:
    """The place by a code such as US, or by the country's name in English. Raises UnknownNameError."""
    from babel import Locale
    from babel.numbers import get_territory_currencies

    names = {code: name for code, name in Locale("en").territories.items() if len(code) == 2 and code.isalpha()}
    by_name = {name.casefold(): code for code, name in names.items()}
    code = country.strip().upper()
    if code not in names:
        code = by_name.get(country.strip().casefold(), "")
    zone = _zones().get(code)
    if not code or zone is None:
        raise UnknownNameError("country", country, tuple(names.values()), "write its code, such as US")
    return Place(code, get_territory_currencies(code)[-1], zone)


def _zones() -> dict[str, str]:
    """The first time zone of every country, as the table of the tz database has them."""
    table = (files("tzdata") / "zoneinfo" / "zone.tab").read_text("utf-8")
    zones: dict[str, str] = {}
    for line in table.splitlines():
        if line and not line.startswith("#"):
            code, _, zone = line.split("\t")[:3]
            zones.setdefault(code, zone)
    return zones
