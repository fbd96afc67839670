"""What ``servkit.yaml`` fixes for a whole book, as the rest of servkit uses it."""

from __future__ import annotations

from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING, Any, NamedTuple

from servkit.book.kind import Kind
from servkit.book.problems import ValueProblem
from servkit.book.values import Value, decode
from servkit.book.vocabulary import Vocabulary
from servkit.message import Message
from servkit.text import quoted

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

#: The levels at which staff serve, least first.
LEVELS = ("synthetic", "genuine", "super")
#: May be used in conditions without being declared (BOOK.md 2).
BUILT_IN = ("today", "channel", "role", "office", "segment")
#: The types of attribute by which a customer may be found.
FINDABLE = ("text", "list", "number")
RESERVED = frozenset({"any", "all", "not", *BUILT_IN})


class Attribute(NamedTuple):
    """A declared attribute or fact, or one of the built-in names.

    ``of`` are the choices, least first; ``floor`` the least a number can be; ``ask`` the question that settles it;
    ``find`` says that a customer is found by it at the desk.
    """

    name: str
    type: str
    of: tuple[str, ...] = ()
    floor: Value | None = None
    title: Any = None
    ask: Any = None
    fact: bool = False
    find: bool = False

    def checked(self, value: Value) -> Value:
        """The value itself. Raises ValueProblem where it is less than ``from`` allows."""
        floor = self.floor
        if floor is not None and value.family == floor.family and value.size < floor.size:
            blanks = {"value": quoted(str(value)), "least": str(floor)}
            raise ValueProblem(Message("{value} is less than {least}, the least that `from` allows.", blanks))
        return value


class Clock(NamedTuple):
    """A service clock: opening hours in OpenStreetMap syntax, public holidays of a country or a part of it, a zone or
    the name of a text attribute that holds one."""

    name: str
    hours: str
    country: str | None = None
    timezone: str | None = None
    region: str | None = None
    #: Days of one's own on which it is shut all day.
    closed: frozenset[date] = frozenset()

    @classmethod
    def decoded(cls, name: str, data: Sequence[Any]) -> Clock:
        """A clock from its fields as JSON gives them back."""
        hours, country, timezone, region, closed = [*data, None, None][:5]
        return cls(name, hours, country, timezone, region, frozenset(map(date.fromisoformat, closed or ())))


class Settings:
    """The settings of a book, made from plain data (see :mod:`servkit.book.settings_file`) so that it loads quickly."""

    def __init__(self, data: Mapping[str, Any]) -> None:
        self.data = data
        self.name: str = data["name"]
        self.language: str = data["language"]
        self.languages: tuple[str, ...] = tuple(data["languages"])
        self.currency: str | None = data["currency"]
        self.timezone: str = data["timezone"]
        self.channels: tuple[str, ...] = tuple(data["channels"])
        #: The roles, least authority first; those in one group have equal authority.
        self.role_groups: tuple[tuple[str, ...], ...] = tuple(map(tuple, data["roles"]))
        self.roles: tuple[str, ...] = tuple(role for group in self.role_groups for role in group)
        #: How much authority each role has: more is more.
        self.authority = {role: rank for rank, group in enumerate(self.role_groups) for role in group}
        self.areas: Mapping[str, Mapping[str, Any]] = data["areas"]
        self.sources: list[dict[str, Any]] = data["customers"]
        #: What not to say anywhere, to what to say.
        self.avoid: Mapping[str, list[str]] = data["avoid"]
        #: Where the journal lives, where servkit.yaml says so; coded reasons of grants; who sees names in the report.
        self.journal: str | None = data["journal"]
        self.reasons: Mapping[str, Any] = data["reasons"]
        self.report_to: tuple[str, ...] = tuple(data["report_to"])
        self.ignore: tuple[str, ...] = tuple(data["ignore"])
        #: The kinds of document that may be restricted to some, and those that own terms.
        self.applicable: tuple[str, ...] = tuple(data["applicable"])
        self.owners: tuple[str, ...] = tuple(data["owners"])
        #: The names of the clocks, sorted.
        self.clock_names: tuple[str, ...] = tuple(sorted(data["clocks"]))
        self.clocks = {name: Clock.decoded(name, clock) for name, clock in data["clocks"].items()}
        #: The words of its own in its values: its clocks, and the forms of its nouns.
        self.vocabulary = Vocabulary(self.clock_names, tuple(data.get("nouns", {}).items()))
        self.names: dict[str, Attribute] = {
            name: Attribute(name, kind, tuple(of), decode(floor) if floor else None, title, ask, fact, find)
            for name, kind, of, floor, title, ask, fact, find in data["names"]
        }
        self.variables: dict[str, Attribute] = self.names | {
            "today": Attribute("today", "date"),
            "channel": Attribute("channel", "text", self.channels),
            "role": Attribute("role", "choice", self.roles),
            "office": Attribute("office", "text"),
            "segment": Attribute("segment", "list"),
        }

    @cached_property
    def findable(self) -> tuple[str, ...]:
        """The attributes by which a customer is found at the desk, such as a phone number."""
        return tuple(name for name, variable in self.names.items() if variable.find)

    @cached_property
    def kinds(self) -> dict[str, Kind]:
        """What there is to know of each kind of document, without the models of Pydantic."""
        return {kind[0]: Kind.decoded(kind) for kind in self.data["kinds"]}

    def pick(self, prose: Any, language: str | None = None) -> str:
        """Prose in a language, else in the book's language, else in the first that is there; several texts as one."""
        if prose is None or isinstance(prose, str):
            return prose or ""
        if isinstance(prose, list):
            return " ".join(self.pick(item, language).strip() for item in prose)
        for choice in (language, (language or "").partition("-")[0], self.language):
            if choice in prose:
                return str(prose[choice])
        return str(next(iter(prose.values()), ""))
