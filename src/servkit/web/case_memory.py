"""What a session keeps of the customers that were opened in it: facts, typed blanks, and what the last step came to.

It never leaves the server's memory, and no address holds it."""

from __future__ import annotations

from dataclasses import dataclass, field
from threading import Lock
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping

#: So many customers are kept for each session; the one opened longest ago goes first.
MOST_CASES = 20


class Outcome(NamedTuple):
    """What the last step came to. ``sort`` is ``done``, ``refused``, ``failed`` or ``changed``; ``entries`` can be
    undone for a minute; ``who`` may do what was refused; ``term`` and ``typed`` bring back the form it came from."""

    sort: str
    text: str
    lines: tuple[str, ...] = ()
    entry: str = ""
    who: tuple[str, ...] = ()
    term: str = ""
    typed: tuple[tuple[str, str], ...] = ()
    repeated: bool = False

    def was(self, name: str) -> str:
        """What was typed into a field."""
        return dict(self.typed).get(name, "")


@dataclass
class CaseMemory:
    """One customer in one session. ``facts`` are by name, as they were typed; ``failed`` has answers that could not be
    read, each with its fault; ``changed`` names the terms that the last answer changed."""

    facts: dict[str, str] = field(default_factory=dict)
    blanks: dict[str, str] = field(default_factory=dict)
    failed: dict[str, tuple[str, str]] = field(default_factory=dict)
    changed: frozenset[str] = frozenset()
    outcome: Outcome | None = None
    _lock: Lock = field(default_factory=Lock, repr=False)

    def answer(self, name: str, value: str) -> None:
        """Keep one answer, or take it back where the value is empty. Those that another tab gives meanwhile stay."""
        with self._lock:  # a new mapping each time: somebody may be reading the old one
            rest = {other: text for other, text in self.facts.items() if other != name}
            self.facts = rest | ({name: value} if value else {})

    def fill(self, blanks: Mapping[str, str]) -> None:
        """Keep what was typed into some blanks."""
        with self._lock:
            self.blanks = {**self.blanks, **blanks}

    def given(self) -> tuple[str, ...]:
        """The facts as a request takes them."""
        return tuple(f"{name}={value}" for name, value in self.facts.items())

    def take(self) -> tuple[Outcome | None, frozenset[str], dict[str, tuple[str, str]]]:
        """What the last step came to; it is shown once."""
        taken = self.outcome, self.changed, self.failed
        self.outcome, self.changed, self.failed = None, frozenset(), {}
        return taken


class CaseMemories:
    """The cases of one session, by customer."""

    def __init__(self) -> None:
        self._cases: dict[str | None, CaseMemory] = {}
        self._lock = Lock()

    def of(self, customer: str | None) -> CaseMemory:
        """The case of a customer, which is the latest now."""
        with self._lock:
            case = self._cases.pop(customer, None) or CaseMemory()
            self._cases[customer] = case
            while len(self._cases) > MOST_CASES:
                self._cases.pop(next(iter(self._cases)), None)
        return case
