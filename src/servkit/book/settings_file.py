"""Reading ``servkit.yaml``: its shape, and what each entry has to mean."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Annotated, Any, Literal

from pydantic import AfterValidator, BeforeValidator, Field, StringConstraints, ValidationError

from servkit.book import identifiers, kinds
from servkit.book.literals import doubt, is_noun, read_as
from servkit.book.problems import Problem, ValueProblem
from servkit.book.settings import FINDABLE, RESERVED, Settings
from servkit.book.shape import (
    Day,
    Format,
    Id,
    Language,
    Names,
    Part,
    Prose,
    Proses,
    ShortForm,
    Text,
    Texts,
    as_list,
    fault,
)
from servkit.book.shape_errors import shape_problems
from servkit.book.time_zones import near_zone, time_zone
from servkit.book.units import CLOCK_UNITS, CURRENCIES, UNITS
from servkit.book.values import NUMERIC, TypeName, encode, nfc
from servkit.book.vocabulary import Vocabulary
from servkit.book.written_form import currency_code
from servkit.nearest import did_you_mean
from servkit.text import quoted

if TYPE_CHECKING:
    from servkit.book.source import Source


def _not_reserved(value: str) -> str:
    if value in RESERVED:
        raise fault(f"{quoted(value)} has a meaning of its own in conditions. Choose another name.")
    return value


def _currency(value: str) -> str:
    if value not in CURRENCIES:
        code = currency_code(value)
        rest = (
            f"Write {quoted(code)}."
            if code
            else did_you_mean(value, CURRENCIES) or "Write a code of three capitals, such as USD."
        )
        raise fault(f"{quoted(value)} is not a currency of ISO 4217. {rest}")
    return value


def _zone(value: str) -> str:
    try:
        return time_zone(value).key
    except ValueError:
        rest = near_zone(value) or "Write it as America/New_York."
        raise fault(f"{quoted(value)} is not a time zone. {rest}") from None


#: A file of SQLite, or the name of an address in the environment.
DATABASE = re.compile(r"sqlite:.+\Z|\$\{[A-Za-z_][A-Za-z0-9_]*\}\Z")
_ONE_OR_SEVERAL = BeforeValidator(as_list)
Name = Annotated[str, StringConstraints(pattern=identifiers.NAME), AfterValidator(_not_reserved), Format("name")]
Need = Literal["required", "optional"]
#: Groups of equal authority; one role is a group of its own.
Roles = Annotated[list[Annotated[Names, Field(min_length=1)]], _ONE_OR_SEVERAL]


class ClockFile(Part):
    """A clock under ``clocks``."""

    hours: Text
    """When it is open, as OpenStreetMap writes it: `Mo-Fr 08:00-18:00; PH off`."""
    country: Text | None = None
    """Whose public holidays count, such as US."""
    region: Text | None = None
    """The part of the country whose public holidays count too, such as BY for Bavaria."""
    closed: Annotated[list[Day], _ONE_OR_SEVERAL] = Field(default_factory=list)
    """Days of your own on which it is shut all day, such as `[2026-12-24, 2026-12-31]`."""
    timezone: Text | None = None
    """A time zone, or the name of a text attribute that holds one. Left out: the book's."""


class AreaFile(Part):
    """An area: where the experience has to be consistent."""

    title: Prose | None = None
    """Its name for people."""
    why: Prose | None = None
    """The reason it has to be consistent, as staff should hear it."""
    channels: Names | None = None
    """Where it has to be consistent. Left out: everywhere."""
    standard: Need = "required"
    """Whether it needs a standard (it does, unless said otherwise)."""
    procedure: Need = "optional"
    """Whether it needs a procedure (it does not, unless said otherwise)."""
    script: Need = "required"
    """Whether it needs a script (it does, unless said otherwise)."""
    recovery: Need = "optional"
    """Whether it needs a recovery (it does not, unless said otherwise)."""


class AttributeFile(Part):
    """An attribute or fact."""

    type: TypeName
    """What sort of value it has."""
    of: Names = Field(default_factory=list)
    """The values of a choice, least first."""
    title: Prose | None = None
    """Its name for people."""
    ask: Proses | None = None
    """The question that settles it, as it is put to a customer."""
    from_: Annotated[Text | None, Field(alias="from")] = None
    """The least it can be, where it is a number, money, percentage or duration."""
    find: Literal["yes", "no", "true", "false"] = "no"
    """Whether a customer is found by it at the desk, such as a phone number: a text, list or number."""


class ColumnFile(Part):
    """How a column becomes an attribute: words for cells, the style of its dates and numbers."""

    column: Text
    """The heading of the column."""
    words: dict[str, Any] = Field(default_factory=dict)
    """What a cell says, to what it means here."""
    date: Text | None = None
    """How its dates are written."""
    number: Literal["1234.56", "1,234.56", "1.234,56", "1 234,56"] | None = None
    """How its numbers are written."""


class SourceFile(Part):
    """Where customers come from: a file, or a table of a database."""

    file: Text | None = None
    """The file, from the book's folder on: .csv, .tsv, .jsonl, .parquet or .xlsx."""
    database: Text | None = None
    """`sqlite:` and a file, or `${NAME}` for an address of PostgreSQL in the environment."""
    table: Text | None = None
    """The table or view of the database."""
    query: Text | None = None
    """A query in place of a table."""
    id: Text = "id"
    """The column that holds the customer's id."""
    name: Text = "name"
    """The column that holds the customer's name."""
    attributes: dict[Name, Annotated[ColumnFile, BeforeValidator(ShortForm("column"))]] | None = None
    """Attributes, each to the column it is in. Left out: columns are named like attributes."""
    delimiter: Text | None = None
    """What parts the cells. Left out: a tab in a .tsv file, else a comma."""
    encoding: Text | None = None
    """How the file is encoded. Left out: UTF-8, or UTF-16 where the file begins so."""


class WordingFile(Part):
    """``avoid`` maps what not to say to what to say."""

    avoid: dict[str, Texts] = Field(default_factory=dict)
    """What not to say, to what to say: one text, or a list of them."""


Sources = Annotated[list[Annotated[SourceFile, BeforeValidator(ShortForm("file"))]], _ONE_OR_SEVERAL]


class SettingsFile(Part):
    """What holds for a whole book (BOOK.md 2)."""

    servkit: Literal["1"]
    """The version of the language: 1."""
    name: Text
    """The company, as customers know it."""
    language: Language = "en"
    """The language the book is written in, such as en."""
    languages: Annotated[list[Language], _ONE_OR_SEVERAL] | None = None
    """All languages that customers are served in."""
    currency: Annotated[str, AfterValidator(_currency), Format("currency")] | None = None
    """What a number without a currency means in a column of money or at the desk, such as USD."""
    timezone: Annotated[str, AfterValidator(_zone), Format("zone")] = "UTC"
    """Where the book's days begin and end, such as America/New_York."""
    clocks: dict[Id, ClockFile] = Field(default_factory=dict)
    """Clocks that only run while somebody is there: with a clock `office`, `4 office hours` is a duration."""
    channels: Names = Field(default_factory=list)
    """How customers come to you, such as phone, email, chat, in-person."""
    roles: Roles = Field(default_factory=list)
    """Who serves, least authority first; roles of equal authority are a list: `[[technician, housekeeping], owner]`."""
    areas: dict[Id, AreaFile | None] = Field(default_factory=dict)
    """Where the experience has to be consistent, such as greeting, visits, billing."""
    attributes: dict[Name, AttributeFile] = Field(default_factory=dict)
    """What is known of a customer."""
    facts: dict[Name, AttributeFile] = Field(default_factory=dict)
    """What is known of the case in hand."""
    customers: Sources = Field(default_factory=list)
    """Files of customers, who join the book's own customer documents."""
    nouns: dict[Text, Text] = Field(default_factory=dict)
    """Forms of counted nouns that English -s does not give, the one for one first: `{Stufe: Stufen, Nacht: Nächte}`."""
    wording: WordingFile = WordingFile()
    """Words to avoid everywhere."""
    ignore: Texts = Field(default_factory=list)
    """Files and folders that are not the book's."""
    journal: Text | None = None
    """Where the journal lives: a file, or an address such as `${JOURNAL_URL}` through the environment."""
    reasons: dict[Id, Prose] = Field(default_factory=dict)
    """Why somebody may be granted more, each reason by a short code. With reasons, every grant names one."""
    report_to: Annotated[list[Text], _ONE_OR_SEVERAL] = Field(default_factory=list)
    """The roles that see colleagues' names in the report."""
    lint: dict[str, Any] = Field(default_factory=dict)
    """Settings of `servkit lint`."""


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
                _zone(zone)
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
