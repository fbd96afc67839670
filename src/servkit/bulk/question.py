"""What is asked of every customer, and the columns that the answer has."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from servkit.answer.scope import in_force, select
from servkit.answer.signatures import partition_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from servkit.answer.case import Case
    from servkit.book.library import Library
    from servkit.book.settings import Settings
    from servkit.domains.partition import Partition


class Question(NamedTuple):
    """A case without a customer, the partition of the customers that it makes, and the terms that are columns."""

    library: Library
    case: Case
    partition: Partition
    refs: Sequence[str]

    @property
    def settings(self) -> Settings:
        return self.library.settings

    @property
    def with_role(self) -> bool:
        """Whether the answer says how far somebody may go."""
        return self.case.role is not None


def make_question(library: Library, case: Case) -> Question:
    """The question. Raises UnknownNameError for an area or id that the book does not have."""
    return Question(library, case, partition_of(library, case), _references(library, case))


def _references(library: Library, case: Case) -> list[str]:
    """The terms of the documents asked about, and those that their recoveries may offer."""
    day = case.on.toordinal()
    refs: set[str] = set()
    for version in in_force(select(library, case.about, day).entries, day)[0]:
        entry = version.entry
        if version.speaks:
            refs |= {f"{entry.id}.{name}" for name in entry.logic.get("terms", {})}
            refs |= set(entry.list("may_offer")) if entry.kind == "recovery" else set()
    return sorted(refs)
