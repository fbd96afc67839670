"""What could not be read: values that count as unknown, by column and reason."""

from __future__ import annotations

from collections import Counter

from servkit.text import quoted


class Unread:
    """Counts values that count as unknown."""

    def __init__(self) -> None:
        self._counts: Counter[tuple[str, str]] = Counter()
        self._examples: dict[tuple[str, str], str] = {}

    def add(self, column: str, text: str, message: str, count: int = 1) -> None:
        """Count a value whose reason is a message that quotes its text."""
        reason = message.replace(quoted(text), "…")
        self._counts[column, reason] += count
        self._examples.setdefault((column, reason), message)

    def lines(self) -> list[str]:
        """One line a column and reason, the most frequent first, with an example."""
        out = []
        for (column, reason), count in self._counts.most_common():
            values = "1 value counts" if count == 1 else f"{count:,} values count"
            out.append(f"{values} as unknown in column {quoted(column)}. {self._examples[column, reason]}")
        return out
