"""What a source of customers has to offer, whatever it reads: a file, a table, a service."""

from __future__ import annotations

from enum import IntEnum
from typing import TYPE_CHECKING, NamedTuple, Protocol

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

    from servkit.answer.case import Customer
    from servkit.book.problems import Problem
    from servkit.customers.row_reader import Row, RowReader


class Closeness(IntEnum):
    """How a text means somebody. The closest decide: where a whole name is found, parts of others are not shown."""

    SAME_ID = 0
    #: The whole name, or a phone number or whatever else people are found by.
    SAME = 1
    #: The words of the name, or what they are found by, begin so.
    BEGINNING = 2
    PART = 3


class Listing(NamedTuple):
    """A customer by id, name and place only. ``line`` counts from 1; 0 where a source has no lines."""

    id: str
    name: str | None
    path: str
    line: int
    closeness: Closeness = Closeness.SAME_ID


class CustomerSource(Protocol):
    """The customers of one entry under ``customers:`` in servkit.yaml.

    A source never raises for what is wrong with its data: it leaves that out, or lets it count as unknown, and says so
    in ``problems`` (of the whole) or in a customer's own ``problems`` (of one).
    """

    @property
    def shown(self) -> str:
        """The name of the source in messages."""

    @property
    def header(self) -> Sequence[str]:
        """The names of its columns; empty where it cannot be read."""

    @property
    def problems(self) -> Sequence[Problem]:
        """What is wrong with the source as a whole, and with rows that could not be used; empty before any question."""

    def exact(self, id_: str) -> Customer | None:
        """The customer with exactly this id; the first where there are several."""

    def search(self, folded: str) -> Iterable[Listing]:
        """Who is meant by a folded text: by id, by name, or by an attribute to find by. Only the closest."""

    def similar(self, folded: str) -> Iterator[str]:
        """Names and ids that resemble a mistyped text."""

    def starting(self, prefix: str) -> list[str]:
        """Some ids, names and texts to find by that begin with a text, for completion."""

    def everybody(self) -> Iterator[Listing]:
        """All customers, in the order of the source, without reading their attributes."""

    def all(self) -> Iterator[Customer]:
        """All customers, in the order of the source."""

    @property
    def reader(self) -> RowReader:
        """What reads its rows."""

    def read_all(self) -> tuple[RowReader, Iterator[Row]]:
        """The cells of all customers, in the order of the source, and what reads them. Raises ServkitError where it
        cannot be read."""

    def several(self, ids: Collection[str]) -> Mapping[str, Customer]:
        """Some customers by id, when the whole source is read anyway."""

    def prepare(self) -> None:
        """Make whatever is made once after the source has changed, so that nobody waits for it."""

    def close(self) -> None:
        """Let go of files and connections."""
