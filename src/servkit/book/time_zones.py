"""Time zones by their names in the IANA database."""

from __future__ import annotations

from zoneinfo import ZoneInfo, available_timezones

from servkit.nearest import did_you_mean, nearest

#: Files that lie beside the zones and are none that anybody else knows by that name.
_NO_ZONES = ("Factory", "localtime", "posixrules")
_FOLDERS = ("posix/", "right/")


def time_zone(name: str) -> ZoneInfo:
    """The zone of a name such as America/New_York. Raises ValueError where there is none."""
    if name in _NO_ZONES or name.startswith(_FOLDERS):
        raise ValueError(name)
    try:
        return ZoneInfo(name)
    except (KeyError, OSError):
        raise ValueError(name) from None


def near_zone(name: str) -> str:
    """A sentence with the zone that is meant by the name of a city or by a slip; empty where none is near."""
    zones = {zone for zone in available_timezones() if "/" in zone and not zone.startswith("Etc/")}
    cities = {zone.rpartition("/")[2]: zone for zone in sorted(zones, reverse=True)}
    near = nearest(name.rpartition("/")[2], cities, 1)
    return did_you_mean(cities[near[0]], [cities[near[0]]]) if near else ""
