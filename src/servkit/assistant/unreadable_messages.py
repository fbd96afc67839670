"""What a client sends and nobody can read as a message: it gets an error, so that the client doesn't wait for ever."""

from __future__ import annotations

import json
from contextlib import suppress
from typing import TYPE_CHECKING, Any

import anyio
from mcp.shared.message import SessionMessage
from mcp_types import INVALID_REQUEST, PARSE_ERROR, ErrorData, JSONRPCError
from pydantic import ValidationError

if TYPE_CHECKING:
    from types import TracebackType
    from typing import Self

    from mcp.shared._stream_protocols import ReadStream, WriteStream


class ReadableMessages:
    """The messages of a stream that can be read. The others are answered on the other stream: the SDK drops them."""

    def __init__(self, read: ReadStream[SessionMessage | Exception], write: WriteStream[SessionMessage]) -> None:
        self._read, self._write = read, write

    @property
    def last_context(self) -> Any:
        """The context in which the last message was sent."""
        return getattr(self._read, "last_context", None)

    async def receive(self) -> SessionMessage:
        """The next message. Raises EndOfStream."""
        while isinstance(message := await self._read.receive(), Exception):
            await self._write.send(SessionMessage(answer_to(message)))
        return message

    async def aclose(self) -> None:
        """End reading."""
        await self._read.aclose()

    def __aiter__(self) -> Self:
        return self

    async def __anext__(self) -> SessionMessage:
        try:
            return await self.receive()
        except anyio.EndOfStream:
            raise StopAsyncIteration from None

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, fault: BaseException | None, traceback: TracebackType | None
    ) -> None:
        await self.aclose()


def answer_to(fault: Exception) -> JSONRPCError:
    """The error for a message that can't be read, with its id where it has one that can."""
    # The last is about what is missing for an error, and so about the whole message.
    sent: Any = fault.errors(include_url=False)[-1]["input"] if isinstance(fault, ValidationError) else None
    code, message = INVALID_REQUEST, "this is no JSON-RPC message"
    if isinstance(sent, str):
        code, message = PARSE_ERROR, "this can't be read as JSON"
        with suppress(ValueError, RecursionError):
            sent = json.loads(sent)  # reads half of a surrogate pair, which no text may have
            message = "half of a surrogate pair (such as \\ud800) stands for no character"
    id_ = sent.get("id") if isinstance(sent, dict) and "method" in sent else None
    is_id = isinstance(id_, int) or (isinstance(id_, str) and not any("\ud800" <= char <= "\udfff" for char in id_))
    return JSONRPCError(jsonrpc="2.0", id=id_ if is_id else None, error=ErrorData(code=code, message=message))
