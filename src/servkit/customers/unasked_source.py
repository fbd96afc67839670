"""A database elsewhere, where the network may not be used: nobody is in it, and nothing is wrong with it."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

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

    def exact(self, id_: str) -> Customer | None:  # noqa: ARG002
        return None

    def search(self, folded: str) -> Sequence[Listing]:  # noqa: ARG002
        return ()

    def similar(self, folded: str) -> Iterator[str]:  # noqa: ARG002
        return iter(())

    def starting(self, prefix: str) -> list[str]:  # noqa: ARG002
        return []

    def everybody(self) -> Iterator[Listing]:
        return iter(())

    def all(self) -> Iterator[Customer]:
        return iter(())

    @property
    def reader(self) -> RowReader:
        raise NotImplementedError

    def rows(self) -> Iterator[Row]:
        return iter(())

    def prepare(self) -> None:
        """Nothing is asked."""

    def close(self) -> None:
        """Nothing is open."""
