"""A request that is refused, and what to tell whoever sent it."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from servkit.languages.catalogue import Message


class Refusal(Exception):  # noqa: N818 - it is an answer, not a fault
    """A refusal with an HTTP status. ``message`` is one of servkit's own texts; ``instead`` is where to go, and after
    ``retry_after`` seconds it is worth another try."""

    def __init__(
        self, status: int, message: Message, instead: str | None = None, retry_after: int | None = None
    ) -> None:
        super().__init__(str(message))
        self.status, self.message, self.instead, self.retry_after = status, message, instead, retry_after
