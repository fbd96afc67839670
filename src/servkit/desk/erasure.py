"""Forgetting a customer: what the journal holds is deleted, and what nobody can reach from here is listed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from servkit.desk.recording import recorder_name
from servkit.journal.recorder import forget_customer

if TYPE_CHECKING:
    from collections.abc import Sequence

    from servkit.desk.session import Desk


class Erased(NamedTuple):
    """How many entries about a customer were deleted, and what was not reached. ``waiting``: the server is gone, and
    what it holds is deleted as soon as it answers."""

    customer: str
    entries: int
    waiting: bool
    not_reached: Sequence[str]

    @property
    def data(self) -> dict[str, Any]:
        """All of it as data."""
        return {"schema": "servkit/forgotten/1", **self._asdict()}


def erase_customer(desk: Desk, customer: str) -> Erased:
    """Delete everything that the journal holds of a customer (an id)."""
    location = desk.journal_location
    found = forget_customer(location, customer, recorder_name(desk), desk.moment())
    documents = [entry.path for entry in desk.book.versions("customer", customer)]
    later = f"{found.gone}; what it holds is deleted as soon as it answers a command on this machine"
    not_reached = [
        *([later] if found.gone else []),
        *(f"the book: {path}, and its history in git" for path in documents),
        *(["the files of customers that servkit.yaml names"] if desk.settings.sources else []),
        *(["the logs that the server keeps of its last changes"] if location.path is None else []),
        "backups of the journal",
        "exports of it",
    ]
    return Erased(customer, found.entries, bool(found.gone), not_reached)
