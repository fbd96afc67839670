"""A connection that ends when the other side is too slow.

uvicorn waits without end for the headers of a request, and for somebody to take their answer. A few hundred such
connections would keep everybody else out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from uvicorn.protocols.http.h11_impl import H11Protocol

if TYPE_CHECKING:
    import asyncio

#: So many connections at once; with more, the one that has waited longest for a request goes.
MOST_CONNECTIONS = 500
#: A connection is closed after so many seconds without a request; one whose request does not arrive as a whole (its
#: first line and headers) is broken off after so many, and one that does not take its answer.
IDLE_SECONDS, REQUEST_SECONDS, ANSWER_SECONDS = 20, 30, 60


class Connection(H11Protocol):
    """HTTP/1.1 as uvicorn speaks it, with an end to waiting."""

    #: When the waiting for a request ends, and that for an answer to be taken; None where nobody waits.
    _until: asyncio.TimerHandle | None = None
    _taken_until: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]  # uvicorn names the wider type
        super().connection_made(transport)
        if len(self.connections) >= MOST_CONNECTIONS:
            self._make_room()
        self._watch()

    def data_received(self, data: bytes) -> None:
        super().data_received(data)
        self._watch()

    def on_response_complete(self) -> None:
        super().on_response_complete()
        self._watch()

    def pause_writing(self) -> None:
        super().pause_writing()
        self._watch()
        self._taken_until = self.loop.call_later(ANSWER_SECONDS, self.transport.abort)

    def resume_writing(self) -> None:
        super().resume_writing()
        if self._taken_until is not None:
            self._taken_until.cancel()
        self._watch()

    def connection_lost(self, exc: Exception | None) -> None:
        super().connection_lost(exc)
        for timer in (self._until, self._taken_until):
            if timer is not None:
                timer.cancel()

    @property
    def waits_until(self) -> float | None:
        """When a connection without a request ends, on the loop's clock; None while it is answered."""
        return None if self._until is None else self._until.when()

    def _watch(self) -> None:
        """Measure the time while there is no request to answer, and no answer to take."""
        is_answering = self.cycle is not None and not self.cycle.response_complete
        if is_answering or self.flow.write_paused:
            if self._until is not None:
                self._until.cancel()
                self._until = None
        elif self._until is None:
            self._until = self.loop.call_later(REQUEST_SECONDS, self.transport.abort)

    def _make_room(self) -> None:
        """Break off the connection that has waited longest for a request."""
        oldest = min(
            (one for one in self.connections if isinstance(one, Connection) and one.waits_until is not None),
            key=lambda one: one.waits_until or 0.0,
            default=None,
        )
        if oldest is not None:
            self.connections.discard(oldest)
            oldest.transport.abort()
