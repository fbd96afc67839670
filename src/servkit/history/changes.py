"""What a comparison found, as values. Text, JSON and Markdown are views of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

    from servkit.history.conditions import When
    from servkit.history.effects import Part, Told
    from servkit.history.replay import Replay


@dataclass(frozen=True)
class Witness:
    """A case that shows a change: what is known of it, as texts, and the day. ``about`` is what to ask about."""

    attributes: Mapping[str, Any]
    facts: Mapping[str, Any]
    role: str | None
    channel: str | None
    office: str | None
    on: str
    about: tuple[str, ...] = ()


@dataclass(frozen=True)
class Weight:
    """How many customers a change is for. ``examples`` are some of their ids and names, the certain ones first."""

    certain: int
    perhaps: int
    of: int
    examples: tuple[tuple[str, str | None], ...] = ()


@dataclass(frozen=True)
class Change:
    """One class: exactly where ``when`` is true, a part is ``before`` in one book and ``after`` in the other.

    Where it is not ``exact``, the values of the witness stand in ``values``: the words of two rules say too little.
    ``places`` are file and line in each book.
    """

    part: Part
    before: Told
    after: Told
    direction: str
    exact: bool
    when: When
    witness: Witness | None
    places: tuple[str | None, str | None]
    values: tuple[Told, Told] | None = None
    customers: Weight | None = None
    #: The edited place that it follows from, and whether it says no more than the class of the term's value.
    cause: str = ""
    follows: bool = False


@dataclass(frozen=True)
class Comparison:
    """All that differs between two books, from ``on`` to ``until``."""

    on: str
    until: str
    changes: tuple[Change, ...] = ()
    problems: tuple[str, ...] = ()
    texts: tuple[Any, ...] = ()
    renamed: tuple[Any, ...] = ()
    settings: tuple[Any, ...] = ()
    questions: tuple[Any, ...] = ()
    promises: tuple[Any, ...] = ()
    scenarios: tuple[Any, ...] = ()
    #: Documents that one of the books cannot read, and how many different customers are in any class.
    unread: tuple[str, ...] = ()
    customers: int | None = None
    #: What was really told, told again; None where that was not asked for.
    replay: Replay | None = None

    @property
    def differs(self) -> bool:
        """Whether anything is different in meaning; what was renamed alone, and problems, are not."""
        return bool(self.changes or self.settings or self.questions or self.promises or self.scenarios or self.texts)
