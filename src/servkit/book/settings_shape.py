"""The shape of ``servkit.yaml``: one model for each of its parts."""

from __future__ import annotations

import re
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BeforeValidator, Field, StringConstraints

from servkit.book import identifiers
from servkit.book.settings import RESERVED
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
from servkit.book.time_zones import near_zone, time_zone
from servkit.book.units import CURRENCIES
from servkit.book.values import TypeName  # noqa: TC001 - Pydantic reads the annotations
from servkit.book.written_form import currency_code
from servkit.nearest import did_you_mean
from servkit.text import quoted


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


def check_zone(value: str) -> str:
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
    timezone: Annotated[str, AfterValidator(check_zone), Format("zone")] = "UTC"
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
