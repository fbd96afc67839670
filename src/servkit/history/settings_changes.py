"""What changed in the settings that is no class of cases: clocks, the time zone, and what areas require."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator

    from servkit.book.settings import Settings

#: What of an area is text, told among the texts.
_TEXTS = ("title", "why")


@dataclass(frozen=True)
class SettingChange:
    """One setting, before and after; None where it was not there."""

    what: str
    id: str
    before: str | None
    after: str | None


def setting_changes(before: Settings, after: Settings) -> list[SettingChange]:
    """Clocks, time zone and areas that differ."""
    return [*_zones(before, after), *_clocks(before, after), *_areas(before, after)]


def _zones(before: Settings, after: Settings) -> Iterator[SettingChange]:
    if before.timezone != after.timezone:
        yield SettingChange("timezone", "timezone", before.timezone, after.timezone)


def _clocks(before: Settings, after: Settings) -> Iterator[SettingChange]:
    for name in sorted({*before.clocks, *after.clocks}):
        one, two = (_words(settings.clocks[name]._asdict(), ("name",)) if name in settings.clocks else None
                    for settings in (before, after))  # fmt: skip
        if one != two:
            yield SettingChange("clock", name, one, two)


def _areas(before: Settings, after: Settings) -> Iterator[SettingChange]:
    for name in sorted({*before.areas, *after.areas}):
        one, two = (_words(settings.areas[name], _TEXTS) if name in settings.areas else None
                    for settings in (before, after))  # fmt: skip
        if one != two:
            yield SettingChange("area", name, one, two)


def _words(data: Any, without: tuple[str, ...]) -> str:
    """Settings as one line: ``hours: Mo-Fr 08:00-18:00; country: US``."""
    found = {key: value for key, value in data.items() if key not in without and value not in ("", None)}
    return "; ".join(f"{key}: {word}" for key, value in found.items() if (word := _word(value)))


def _word(value: Any) -> str:
    if isinstance(value, frozenset):
        return ", ".join(sorted(map(_word, value)))
    if isinstance(value, (list, tuple)):
        return ", ".join(_word(item) for item in value)
    if isinstance(value, dict):
        return ", ".join(f"{key}: {_word(item)}" for key, item in value.items())
    return str(value)
