"""A database elsewhere, where the network may not be used: nobody is in it, and nothing is wrong with it."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

    from servkit.answer.case import Customer
    from servkit.book.problems import Problem
    from servkit.customers.customer_source import Listing
    from servkit.customers.row_reader import Row, RowReader


class UnaskedSource:
    """A CustomerSource (:mod:`servkit.customers.customer_source`) that is never asked."""

    header: Sequence[str] = ()
    problems: Sequence[Problem] = ()

    def __init__(self, shown: str) -> None:
        self.shown = shown

    def exact(self, _id: str) -> Customer | None:
        return None

    def search(self, _folded: str) -> Sequence[Listing]:
        return ()

    def similar(self, _folded: str) -> Iterator[str]:
        return iter(())

    def starting(self, _prefix: str) -> list[str]:
        return []

    def everybody(self) -> Iterator[Listing]:
        return iter(())

    def all(self) -> Iterator[Customer]:
        return iter(())

    @property
    def reader(self) -> RowReader:
        """Only whole customer bases are read by it, and those are never asked of this."""
        raise NotImplementedError

    def read_all(self) -> tuple[RowReader, Iterator[Row]]:
        """As ``reader``."""
        raise NotImplementedError

    def several(self, ids: Collection[str]) -> dict[str, Customer]:  # noqa: ARG002 - nobody is asked for
        return {}

    def prepare(self) -> None:
        """Nothing is asked."""

    def close(self) -> None:
        """Nothing is open."""
