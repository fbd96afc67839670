"""Slow and dead clients: what they hold comes to an end, and everybody else goes on being answered."""

from __future__ import annotations

import asyncio
import socket
import time
from contextlib import ExitStack, asynccontextmanager
from typing import TYPE_CHECKING, Any

import httpx2
import uvicorn
from uvicorn.server import ServerState

from servkit.web import connection
from servkit.web.connection import MOST_CONNECTIONS, Connection

from .test_server import running

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    import pytest

REQUEST = b"GET / HTTP/1.1\r\nHost: desk\r\n\r\n"
#: Longer than what the kernel takes in place of somebody who reads nothing.
LONG = 16 * 1024 * 1024


async def application(scope: Any, receive: Any, send: Any) -> None:
    body = b"x" * (LONG if scope["path"] == "/long" else 2)
    headers = [(b"content-length", str(len(body)).encode())]
    await send({"type": "http.response.start", "status": 200, "headers": headers})
    await send({"type": "http.response.body", "body": body})


@asynccontextmanager
async def listening() -> AsyncIterator[tuple[int, ServerState]]:
    config = uvicorn.Config(application, log_config=None, ws="none", lifespan="off", timeout_keep_alive=30)
    config.load()
    state = ServerState()
    server = await asyncio.get_running_loop().create_server(lambda: Connection(config, state, {}), "127.0.0.1", 0)
    async with server:
        yield server.sockets[0].getsockname()[1], state


async def ended(reader: asyncio.StreamReader) -> bytes:
    """What is read until the server has broken the connection off."""
    got: list[bytes] = []
    try:
        async with asyncio.timeout(20):
            while more := await reader.read(1 << 20):
                got.append(more)
    except ConnectionError:
        pass
    return b"".join(got)


def test_a_request_that_does_not_arrive_is_broken_off(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(connection, "REQUEST_SECONDS", 0.1)

    async def ask(*pieces: bytes) -> bytes:
        async with listening() as (port, state):
            reader, writer = await asyncio.open_connection("127.0.0.1", port)
            for piece in pieces:
                writer.write(piece)
            got = await ended(reader)
            assert not state.connections
            writer.close()
            return got

    assert asyncio.run(ask()) == b""
    assert asyncio.run(ask(REQUEST[:-2])) == b""
    answered = asyncio.run(ask(REQUEST, REQUEST[:-4]))  # the second one is not there as a whole
    assert answered.count(b"200 OK") == 1
    body = REQUEST.replace(b"\r\n\r\n", b"\r\nContent-Length: 9\r\n\r\nabc")  # nobody asked for it
    assert asyncio.run(ask(body)).count(b"200 OK") == 1


def test_whoever_does_not_take_the_answer_is_broken_off(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(connection, "ANSWER_SECONDS", 0.1)

    async def ask() -> None:
        async with listening() as (port, state):
            loop = asyncio.get_running_loop()
            with socket.create_connection(("127.0.0.1", port)) as client:
                client.setblocking(False)
                await loop.sock_sendall(client, REQUEST.replace(b"/ ", b"/long ", 1))
                async with asyncio.timeout(10):
                    while not state.connections:
                        await asyncio.sleep(0)
                    while state.connections:
                        await asyncio.sleep(0.01)

    asyncio.run(ask())


def test_whoever_takes_the_answer_gets_all_of_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(connection, "REQUEST_SECONDS", 0.2)

    async def ask() -> bytes:
        async with listening() as (port, _):
            reader, writer = await asyncio.open_connection("127.0.0.1", port)
            writer.write(REQUEST.replace(b"/ ", b"/long ", 1))
            got = await ended(reader)
            writer.close()
            return got

    assert asyncio.run(ask()).count(b"x") == LONG


def test_the_one_that_has_waited_longest_makes_room(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(connection, "MOST_CONNECTIONS", 3)

    async def ask() -> None:
        async with listening() as (port, state):
            slow = [await asyncio.open_connection("127.0.0.1", port) for _ in range(5)]
            reader, writer = await asyncio.open_connection("127.0.0.1", port)
            writer.write(REQUEST)
            async with asyncio.timeout(10):
                assert b"200 OK" in await reader.readuntil(b"\r\n\r\n")
            assert await ended(slow[0][0]) == b""
            assert len(state.connections) < 3
            for _, one in [*slow, (reader, writer)]:
                one.close()

    asyncio.run(ask())


def test_many_slow_clients_keep_nobody_out() -> None:
    """More of them than there is room for, each sending a little now and then."""
    with running("desk", "--no-open", "--port", "0") as (_, address), ExitStack() as stack:
        url = httpx2.URL(address)
        slow: list[socket.socket] = []
        for piece in (b"GET / HT", b"TP/1.1\r\nHost:", b" 127.0.0.1\r\n"):
            while len(slow) < MOST_CONNECTIONS + 20 and piece.startswith(b"GET"):
                slow.append(stack.enter_context(socket.create_connection((url.host, url.port or 0))))
            for one in slow:
                try:
                    one.send(piece)
                except OSError:  # made room
                    continue
            begun = time.monotonic()
            with httpx2.Client() as client:
                assert client.get(url.join("/healthz")).status_code == 200
            assert time.monotonic() - begun < 10
