"""Time zones by their names in the IANA database."""

from __future__ import annotations

from zoneinfo import ZoneInfo

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
