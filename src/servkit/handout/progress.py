"""How far a format has come with a handout."""

from __future__ import annotations

from collections.abc import Callable

#: Called now and then with what is done, and of how much.
Progress = Callable[[int, int], None]


def no_progress(done: int, of: int) -> None:
    """For callers who do not show any."""
