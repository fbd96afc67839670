"""Reading ``servkit.yaml``: its shape, and what each entry has to mean."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Annotated, Any

from pydantic import BeforeValidator, Field, ValidationError

from servkit.book.kinds.shape import LANGUAGE, Id, Names, Part, Prose, Text, Texts, fault
from servkit.book.problem import Problem, ValueProblem
from servkit.book.reading import near
from servkit.book.settings import RESERVED, Settings
from servkit.book.shape_faults import shape_problems
from servkit.book.units import CLOCK_UNITS, CURRENCIES, UNITS
from servkit.book.typed import read_as
from servkit.book.values import NUMERIC, TYPES, encode

if TYPE_CHECKING:
    from servkit.book.yamltext import Source

_NAME = re.compile(r"[a-z][a-z0-9_]*\Z")
_NEEDS = ("standard", "procedure", "script", "recovery")


def _one_of(*allowed: str) -> BeforeValidator:
    def check(value: Any) -> str:
        if value not in allowed:
            raise fault(f"{value!r} is none of {', '.join(allowed)}")
        return str(value)

    return BeforeValidator(check)


def _name(value: Any) -> str:
    if not isinstance(value, str) or not _NAME.match(value):
        raise fault(f"{value!r} is not a name: lower-case letters, digits and _, a letter first")
    if value in RESERVED:
        raise fault(f"{value!r} has a meaning of its own in conditions; choose another name")
    return value


def _language(value: Any) -> str:
    if not isinstance(value, str) or not LANGUAGE.match(value):
        raise fault(f"{value!r} is not a language such as en or pt-BR")
    return value


def _currency(value: Any) -> str:
    if value not in CURRENCIES:
        raise fault(f"{value!r} is not a currency of ISO 4217 such as USD")
    return str(value)


def _zone(value: Any) -> str:
    from zoneinfo import ZoneInfo

    try:
        return ZoneInfo(value).key
    except (KeyError, ValueError, OSError, TypeError):
        raise fault(f"{value!r} is not a time zone such as America/New_York") from None


Name = Annotated[str, BeforeValidator(_name)]
Need = Annotated[str, _one_of("required", "optional")]


class ClockFile(Part):
    """A clock under ``clocks``."""

    hours: Text
    country: Text | None = None
    timezone: Text | None = None


class AreaFile(Part):
    """An area: where the experience has to be consistent."""

    title: Prose | None = None
    why: Prose | None = None
    channels: Names | None = None
    standard: Need = "required"
    procedure: Need = "optional"
    script: Need = "required"
    recovery: Need = "optional"


class AttributeFile(Part):
    """An attribute or fact."""

    type: Annotated[str, _one_of(*TYPES)]
    of: Names = Field(default_factory=list)
    title: Prose | None = None
    ask: Prose | None = None
    from_: Annotated[Text | None, Field(alias="from")] = None


def _source(value: Any) -> Any:
    return {"file": value} if isinstance(value, str) else value


def _column(value: Any) -> Any:
    return {"column": value} if isinstance(value, str) else value


class ColumnFile(Part):
    """How a column becomes an attribute: words for cells, the style of its dates and numbers."""

    column: Text
    words: dict[str, Any] = Field(default_factory=dict)
    date: Text | None = None
    number: Annotated[str, _one_of("1234.56", "1,234.56", "1.234,56", "1 234,56")] | None = None


class SourceFile(Part):
    """A file of customers."""

    file: Text
    id: Text = "id"
    name: Text = "name"
    attributes: dict[Name, Annotated[ColumnFile, BeforeValidator(_column)]] | None = None
    delimiter: Text = ","
    encoding: Text = "utf-8"


class WordingFile(Part):
    """``avoid`` maps what not to say to what to say."""

    avoid: dict[str, Text] = Field(default_factory=dict)


Sources = Annotated[
    list[Annotated[SourceFile, BeforeValidator(_source)]],
    BeforeValidator(lambda value: value if isinstance(value, list) else [value]),
]


class SettingsFile(Part):
    """The whole of ``servkit.yaml`` (BOOK.md 2)."""

    servkit: Annotated[str, _one_of("1")]
    name: Text
    language: Annotated[str, BeforeValidator(_language)] = "en"
    languages: Annotated[list[Annotated[str, BeforeValidator(_language)]] | None, Field()] = None
    currency: Annotated[str, BeforeValidator(_currency)] | None = None
    timezone: Annotated[str, BeforeValidator(_zone)] = "UTC"
    clocks: dict[Id, ClockFile] = Field(default_factory=dict)
    channels: Names = Field(default_factory=list)
    roles: Names = Field(default_factory=list)
    areas: dict[Id, Annotated[AreaFile, BeforeValidator(lambda value: value if value is not None else {})]] = Field(
        default_factory=dict
    )
    attributes: dict[Name, AttributeFile] = Field(default_factory=dict)
    facts: dict[Name, AttributeFile] = Field(default_factory=dict)
    customers: Sources = Field(default_factory=list)
    wording: WordingFile = WordingFile()
    ignore: Texts = Field(default_factory=list)
    #: Settings of ``servkit lint``; read where they are used.
    lint: dict[str, Any] = Field(default_factory=dict)


def read_settings(source: Source, problems: list[Problem]) -> Settings | None:
    """The settings, or None where they cannot be used; every fault is a problem at its place."""
    try:
        raw = SettingsFile.model_validate(source.data)
    except ValidationError as faults:
        problems.extend(shape_problems(source, faults, SettingsFile))
        return None
    reader = _Reader(raw, source)
    settings = reader.read()
    problems.extend(sorted(reader.problems))
    return None if reader.problems else settings


class _Reader:
    def __init__(self, raw: SettingsFile, source: Source) -> None:
        self.raw, self.source = raw, source
        self.problems: list[Problem] = []

    def note(self, message: str, *where: str | int, key: bool = False) -> None:
        self.problems.append(self.source.problem("SK110", message, where, key=key))

    def read(self) -> Settings:
        raw = self.raw
        languages = list(dict.fromkeys([raw.language, *(raw.languages or [])]))
        self._unique("channels", raw.channels)
        self._unique("roles", raw.roles)
        self._clocks()
        self._sources()
        return Settings(
            {
                "name": raw.name,
                "language": raw.language,
                "languages": languages,
                "currency": raw.currency,
                "timezone": raw.timezone,
                "clocks": {name: [clock.hours, clock.country, clock.timezone] for name, clock in raw.clocks.items()},
                "channels": raw.channels,
                "roles": raw.roles,
                "areas": {name: self._area(name, area) for name, area in raw.areas.items()},
                "names": [*self._names("attributes", raw.attributes), *self._names("facts", raw.facts)],
                "customers": [source.model_dump() for source in raw.customers],
                "avoid": raw.wording.avoid,
                "ignore": raw.ignore,
                "lint": raw.lint,
            }
        )

    def _unique(self, key: str, names: list[str]) -> None:
        for index, name in enumerate(names):
            if name in names[:index]:
                self.note(f"{name!r} is here twice", key, index)

    def _area(self, name: str, area: AreaFile) -> dict[str, Any]:
        for index, channel in enumerate(area.channels or []):
            if channel not in self.raw.channels:
                self.note(f"{channel!r} is not one of the channels", "areas", name, "channels", index)
        return area.model_dump(exclude_none=True)

    def _sources(self) -> None:
        for index, source in enumerate(self.raw.customers):
            for name in source.attributes or {}:
                if name not in self.raw.attributes:
                    mending = near(name, self.raw.attributes) or "; declare it under attributes"
                    self.note(f"no attribute {name!r}{mending}", "customers", index, "attributes", name, key=True)

    def _clocks(self) -> None:
        for name, clock in self.raw.clocks.items():
            if name in CLOCK_UNITS or name in UNITS:
                self.note(f"{name!r} is a unit of time; choose another name for the clock", "clocks", name, key=True)
            zone = clock.timezone
            if zone is None or zone in self.raw.attributes:
                if zone and self.raw.attributes[zone].type != "text":
                    self.note(f"the attribute {zone!r} is not text", "clocks", name, "timezone")
                continue
            try:
                _zone(zone)
            except ValueError as fault_:
                self.note(f"{fault_}, nor the name of a text attribute", "clocks", name, "timezone")

    def _names(self, key: str, attributes: dict[str, AttributeFile]) -> list[list[Any]]:
        out = []
        for name, raw in attributes.items():
            if key == "facts" and name in self.raw.attributes:
                self.note(f"{name!r} is an attribute as well; names are unique together", key, name, key=True)
            if raw.type == "choice" and not raw.of:
                self.note("a choice says which: of: [least, …, most]", key, name)
            if raw.of and raw.type != "choice":
                self.note(f"`of` belongs to choices, not to {raw.type}", key, name, "of")
            if len(set(raw.of)) < len(raw.of):
                self.note("a choice is here twice", key, name, "of")
            out.append([name, raw.type, raw.of, self._floor(key, name, raw), raw.title, raw.ask, key == "facts"])
        return out

    def _floor(self, key: str, name: str, raw: AttributeFile) -> list[Any] | None:
        if raw.from_ is None:
            return None
        if raw.type not in NUMERIC:
            self.note(f"`from` belongs to numbers, not to {raw.type}", key, name, "from")
            return None
        try:
            return encode(read_as(raw.type, raw.from_, (), self.raw.clocks, self.raw.currency))
        except ValueProblem as bad:
            self.note(str(bad), key, name, "from")
            return None
