"""Reading ``servkit.yaml``: what each entry has to mean."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pydantic import ValidationError

from servkit.book import kinds
from servkit.book.literals import doubt, is_noun, read_as
from servkit.book.problems import Problem, ValueProblem
from servkit.book.settings import FINDABLE, Settings
from servkit.book.settings_shape import (
    DATABASE,
    AreaFile,
    AttributeFile,
    ClockFile,
    SettingsFile,
    SourceFile,
    check_zone,
)
from servkit.book.shape_errors import shape_problems
from servkit.book.units import CLOCK_UNITS, CURRENCIES, UNITS
from servkit.book.values import NUMERIC, encode, nfc
from servkit.book.vocabulary import Vocabulary
from servkit.nearest import did_you_mean
from servkit.text import quoted

if TYPE_CHECKING:
    from servkit.book.source import Source


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


def _clock(raw: ClockFile) -> list[Any]:
    return [raw.hours, raw.country, raw.timezone, raw.region, [day.isoformat() for day in raw.closed]]


class _Reader:
    def __init__(self, raw: SettingsFile, source: Source) -> None:
        self.raw, self.source = raw, source
        self.problems: list[Problem] = []
        self._vocabulary = Vocabulary(tuple(raw.clocks), tuple(raw.nouns.items()))

    def note(self, message: str, *where: str | int, key: bool = False) -> None:
        self.problems.append(self.source.problem("SK110", message, where, key=key))

    def read(self) -> Settings:
        raw = self.raw
        languages = list(dict.fromkeys([raw.language, *(raw.languages or [])]))
        self._unique("channels", raw.channels)
        self._unique_roles()
        self._nouns()
        self._clocks()
        self._sources()
        self._report_to()
        return Settings(
            {
                "name": raw.name,
                "language": raw.language,
                "languages": languages,
                "currency": raw.currency,
                "timezone": raw.timezone,
                "clocks": {name: _clock(clock) for name, clock in raw.clocks.items()},
                "channels": raw.channels,
                "roles": raw.roles,
                "areas": {name: self._area(name, area or AreaFile()) for name, area in raw.areas.items()},
                "names": [*self._names("attributes", raw.attributes), *self._names("facts", raw.facts)],
                "customers": [source.model_dump() for source in raw.customers],
                "nouns": {nfc(one): nfc(several) for one, several in raw.nouns.items()},
                "avoid": raw.wording.avoid,
                "ignore": raw.ignore,
                "journal": raw.journal,
                "reasons": raw.reasons,
                "report_to": raw.report_to,
                "lint": raw.lint,
                "kinds": [kinds.kind(name) for name in kinds.names()],
                "applicable": list(kinds.applicable()),
                "owners": list(kinds.owners()),
            }
        )

    def _report_to(self) -> None:
        roles = [role for group in self.raw.roles for role in group]
        for index, role in enumerate(self.raw.report_to):
            if role not in roles:
                rest = did_you_mean(role, roles) or "Declare it under `roles`."
                self.note(f"{quoted(role)} is not a role of this book. {rest}", "report_to", index)

    def _unique(self, key: str, names: list[str]) -> None:
        for index, name in enumerate(names):
            if name in names[:index]:
                self.note(f"{quoted(name)} appears twice. Keep one of them.", key, index)

    def _unique_roles(self) -> None:
        seen: set[str] = set()
        for index, group in enumerate(self.raw.roles):
            for place, role in enumerate(group):
                if role in seen:
                    self.note(f"{quoted(role)} appears twice. Keep one of them.", "roles", index, place)
                seen.add(role)

    def _nouns(self) -> None:
        seen: set[str] = set()
        for one, several in self.raw.nouns.items():
            for form, is_key in ((one, True), (several, False)):
                if form in UNITS or form in CURRENCIES or not is_noun(nfc(form)):
                    what = "a unit" if form in UNITS or form in CURRENCIES else "not one word"
                    message = (
                        f"{quoted(form)} is {what}, so it can't be a counted noun. Write one such as `Nacht: Nächte`."
                    )
                    self.note(message, "nouns", one, key=is_key)
                elif form.casefold() in seen:
                    self.note(f"{quoted(form)} appears twice. Keep one of them.", "nouns", one, key=is_key)
            seen |= {one.casefold(), several.casefold()}

    def _area(self, name: str, area: AreaFile) -> dict[str, Any]:
        for index, channel in enumerate(area.channels or []):
            if channel not in self.raw.channels:
                rest = did_you_mean(channel, self.raw.channels) or "Declare it under `channels`."
                self.note(f"{quoted(channel)} is not a channel of this book. {rest}", "areas", name, "channels", index)
        return area.model_dump(exclude_none=True)

    def _sources(self) -> None:
        for index, source in enumerate(self.raw.customers):
            for name in source.attributes or {}:
                if name not in self.raw.attributes:
                    rest = did_you_mean(name, self.raw.attributes) or "Declare it under `attributes`."
                    message = f"{quoted(name)} is not an attribute of this book. {rest}"
                    self.note(message, "customers", index, "attributes", name, key=True)
            self._source(source, "customers", index)

    def _source(self, source: SourceFile, *where: str | int) -> None:
        """Whether it is a file or a table, and whether an address is kept out of the book."""
        if (source.file is None) == (source.database is None):
            self.note("Write either `file:` or `database:`.", *where)
        if source.database is None:
            for key in ("table", "query"):
                if getattr(source, key) is not None:
                    self.note(f"`{key}` needs a `database`.", *where, key, key=True)
            return
        for key in ("delimiter", "encoding"):
            if getattr(source, key) is not None:
                self.note(f"`{key}` is for files.", *where, key, key=True)
        if (source.table is None) == (source.query is None):
            self.note("A database needs a `table`, or a `query` in its place.", *where)
        if not DATABASE.match(source.database):
            message = (
                "Write `sqlite:` and a file, or `${NAME}` and keep the address in the environment, out of the book."
            )
            self.note(message, *where, "database")

    def _clocks(self) -> None:
        for name, clock in self.raw.clocks.items():
            if name in CLOCK_UNITS or name in UNITS:
                message = f"{quoted(name)} is a unit of time. Choose another name for the clock."
                self.note(message, "clocks", name, key=True)
            if clock.region and not clock.country:
                self.note(
                    "`region` is a part of a country. Add `country`, such as `country: DE`.", "clocks", name, "region"
                )
            zone = clock.timezone
            if zone is None or zone in self.raw.attributes:
                if zone and self.raw.attributes[zone].type != "text":
                    message = f"The attribute {quoted(zone)} is not of type text, so it can't hold a time zone."
                    self.note(message, "clocks", name, "timezone")
                continue
            try:
                check_zone(zone)
            except ValueError:
                message = f"{quoted(zone)} is neither a time zone such as America/New_York nor a text attribute."
                self.note(message, "clocks", name, "timezone")

    def _names(self, key: str, attributes: dict[str, AttributeFile]) -> list[list[Any]]:
        out = []
        for name, raw in attributes.items():
            if key == "facts" and name in self.raw.attributes:
                message = f"{quoted(name)} is an attribute too. Attributes and facts need different names."
                self.note(message, key, name, key=True)
            if raw.type == "choice" and not raw.of:
                self.note("A choice needs its words: `of: [least, …, most]`.", key, name)
            if raw.of and raw.type != "choice":
                self.note(f"`of` needs `type: choice`, and this is `type: {raw.type}`.", key, name, "of")
            if len(set(raw.of)) < len(raw.of):
                twice = next(word for word in raw.of if raw.of.count(word) > 1)
                self.note(f"{quoted(twice)} appears twice. Keep one of them.", key, name, "of")
            find = self._find(key, name, raw)
            out.append([name, raw.type, raw.of, self._floor(key, name, raw), raw.title, raw.ask, key == "facts", find])
        return out

    def _find(self, key: str, name: str, raw: AttributeFile) -> bool:
        find = raw.find in ("yes", "true")
        if find and key == "facts":
            self.note("Nobody is found by a fact. Write `find` at an attribute of the customer.", key, name, "find")
        elif find and raw.type not in FINDABLE:
            message = f"`find` needs a text, list or number, and this is `type: {raw.type}`."
            self.note(message, key, name, "find")
        return find

    def _floor(self, key: str, name: str, raw: AttributeFile) -> list[Any] | None:
        if raw.from_ is None:
            return None
        if raw.type not in NUMERIC:
            message = f"`from` needs a type that counts, such as number or money, and this is `type: {raw.type}`."
            self.note(message, key, name, "from")
            return None
        try:
            least = read_as(raw.type, raw.from_, (), self._vocabulary, self.raw.currency)
        except ValueProblem as bad:
            self.note(str(bad), key, name, "from")
            return None
        if slip := doubt(least, self.raw.clocks):
            self.note(slip, key, name, "from")
        return encode(least)
