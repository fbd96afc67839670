"""What ``servkit assign --count`` says: how many are where, and what would have to be asked."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from itertools import combinations
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Sequence

#: So many pairs of segments are kept of one customer; nobody reads more.
_MOST_PAIRS = 5_000


@dataclass
class Census:
    """Counts of customers. ``attributes`` are what a question to the customer can settle for good; facts of a case are
    always unknown. ``settled_by`` counts those whom one unknown alone would settle, by its name."""

    attributes: frozenset[str]
    customers: int = 0
    nowhere: int = 0
    undecided: int = 0
    inside: Counter[str] = field(default_factory=Counter)
    might_be: Counter[str] = field(default_factory=Counter)
    overlaps: Counter[tuple[str, str]] = field(default_factory=Counter)
    asked: Counter[str] = field(default_factory=Counter)
    settled_by: Counter[str] = field(default_factory=Counter)

    def add(self, segments: Sequence[str], might_be: Sequence[str], to_ask: Sequence[str], count: int) -> None:
        """Count customers who are alike: in which segments they are and might be, and what would have to be asked."""
        self.customers += count
        self.nowhere += 0 if segments or might_be else count
        for id_ in segments:
            self.inside[id_] += count
        for id_ in might_be:
            self.might_be[id_] += count
        for pair in combinations(segments[:100], 2):
            self.overlaps[pair] += count
        ask = [name for name in to_ask if name in self.attributes]
        if ask:
            self.undecided += count
            self.asked.update(dict.fromkeys(ask, count))
            if len(ask) == 1:
                self.settled_by[ask[0]] += count

    @property
    def best_question(self) -> str | None:
        """The one unknown that settles most of the undecided; None where no single one settles anybody."""
        return self.settled_by.most_common(1)[0][0] if self.settled_by else None

    def as_json(self, segments: list[str]) -> dict[str, Any]:
        """The counts as data, for all segments in force."""
        best = self.best_question
        return {
            "schema": "servkit/count/1",
            "customers": self.customers,
            "segments": [{"id": id_, "in": self.inside[id_], "might_be": self.might_be[id_]} for id_ in segments],
            "overlaps": [
                {"segments": list(pair), "customers": count} for pair, count in self.overlaps.most_common(_MOST_PAIRS)
            ],
            "nowhere": self.nowhere,
            "undecided": self.undecided,
            "ask": [
                {"name": name, "customers": count, "settles": self.settled_by[name]}
                for name, count in self.asked.most_common()
            ],
            "best_question": None if best is None else {"name": best, "settles": self.settled_by[best]},
        }
