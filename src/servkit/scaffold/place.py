"""What a country gives a new book: its currency, a time zone and the code for its public holidays."""

from __future__ import annotations

from importlib.resources import files
from typing import NamedTuple

from servkit.book.problems import UnknownNameError


class Place(NamedTuple):
    """A country by its code, with its currency and a time zone; ``zones`` are all that it has."""

    country: str
    currency: str
    timezone: str
    zones: tuple[str, ...] = ()


def place_of(country: str, zone: str | None = None) -> Place:
    """The place by a code such as US, or by the country's name in English, and in it a time zone; its first, where none
    is said. Raises UnknownNameError."""
    from babel import Locale
    from babel.numbers import get_territory_currencies

    names = {code: name for code, name in Locale("en").territories.items() if len(code) == 2 and code.isalpha()}
    by_name = {name.casefold(): code for code, name in names.items()}
    code = country.strip().upper()
    if code not in names:
        code = by_name.get(country.strip().casefold(), "")
    zones = _zones().get(code, [])
    if not zones:
        raise UnknownNameError("country", country, tuple(names.values()), "write its code, such as US")
    if zone is not None and zone not in zones:
        near = [name for name in zones if zone.casefold().replace(" ", "_") in name.casefold()]
        if len(near) != 1:
            raise UnknownNameError("time zone", zone, tuple(zones), f"{code} has {', '.join(zones[:4])} …")
        zone = near[0]
    return Place(code, get_territory_currencies(code)[-1], zone or zones[0], tuple(zones))


def _zones() -> dict[str, list[str]]:
    """The time zones of every country, as the table of the tz database has them."""
    table = (files("tzdata") / "zoneinfo" / "zone.tab").read_text("utf-8")
    zones: dict[str, list[str]] = {}
    for line in table.splitlines():
        if line and not line.startswith("#"):
            code, _, zone = line.split("\t")[:3]
            zones.setdefault(code, []).append(zone)
    return zones
