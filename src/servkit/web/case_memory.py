"""What a session keeps of the customers that were opened in it: facts, typed blanks, and what the last step came to.

It never leaves the server's memory, and no address holds it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import NamedTuple

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

    def of(self, customer: str | None) -> CaseMemory:
        """The case of a customer, which is the latest now."""
        case = self._cases.pop(customer, None) or CaseMemory()
        self._cases[customer] = case
        while len(self._cases) > MOST_CASES:
            self._cases.pop(next(iter(self._cases)), None)
        return case
