"""The desk in a browser, beside Starlette's hello world on the same uvicorn: what does a request cost, how soon is the
first one answered, and how do many people at once fare?

python benchmarks/serving.py              all of it, with 32 people for a minute
python benchmarks/serving.py --quick      shorter
"""

from __future__ import annotations

import asyncio
import os
import random
import shutil
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, TypeVar

from generate import customers_csv
from pairs import SERVKIT, environment

if TYPE_CHECKING:
    from collections.abc import Callable, Coroutine, Iterator, Sequence

Result = TypeVar("Result")
ROOT = Path(__file__).parents[1]
ANSWER = "/api/1/answers?customer=AS-1007&about=returns"
#: What somebody asks one after the other, and how long they think in between, in seconds.
ASKED = (
    ANSWER,
    "/api/1/find?words=nadia",
    "/api/1/answers?customer=AS-1007",
    "/api/1/scripts/your-technician?customer=AS-1007",
)
THINKING = (0.5, 3.0)
CUSTOMERS, PEOPLE, CONNECTIONS = 1_000_000, 32, 8
THROUGHPUT, FIRST_BYTE, KEYSTROKE_MS, WORST = 0.1, 1.5, 50.0, 20.0
_HELLO = """
from starlette.applications import Starlette
from starlette.responses import PlainTextResponse
from starlette.routing import Route

async def hello(request):
    return PlainTextResponse("hello")

app = Starlette(routes=[Route("/", hello)])
"""
_UVICORN = ["-m", "uvicorn", "hello:app", "--log-level", "error", "--no-access-log", "--port"]
#: Opening the book, without a server.
_OPEN = """
import os, pathlib, sys
from servkit.cache.folder import cache_folder
from servkit.desk.open_book import OpenBook
OpenBook(pathlib.Path(sys.argv[1]), os.environ, cache_folder(os.environ)).close()
"""


class Server(NamedTuple):
    """A server that runs: its port, what to send with every request, and how long its first answer took."""

    port: int
    headers: str
    first: float


class Answered(NamedTuple):
    """One answer: its status, and how many seconds it took."""

    status: int
    seconds: float


def main() -> None:
    quick = "--quick" in sys.argv
    with tempfile.TemporaryDirectory() as folder:
        work = Path(folder)
        (work / "hello.py").write_text(_HELLO, "utf-8")
        book = Path(shutil.copytree(ROOT / "standards", work / "book"))
        env = environment(work / "cache") | {"SERVKIT_DATA": str(work / "data"), "PYTHONPATH": _path(work)}
        users = work / "users.yaml"
        command = [SERVKIT, "serve", "add-token", "bench", "--role", "technician", "--users", str(users)]
        token = subprocess.check_output([*command, "--book", str(book)], env=env, text=True).strip()
        print(f"{'':52}{'measured':>10}{'target':>8}")
        _throughput(work, book, users, token, env, seconds=3 if quick else 8)
        _first_byte(work, book, users, token, env, runs=3 if quick else 9)
        with _servkit(book, users, token, env) as served:
            _people(served, 10 if quick else 60)
        _keystrokes(work, book, users, token, env, 100_000 if quick else CUSTOMERS)


def _throughput(work: Path, book: Path, users: Path, token: str, env: dict[str, str], *, seconds: float) -> None:
    """Answers in turn with hello world, three rounds; no answer is kept."""
    with _hello(work, env) as hello, _servkit(book, users, token, env) as served:
        asyncio.run(_load(served, ANSWER, 1.0))
        ratios = []
        for _ in range(3):
            theirs, ours = (asyncio.run(_load(one, path, seconds)) for one, path in ((hello, "/"), (served, ANSWER)))
            ratios.append(ours / theirs)
            print(f"  {ours:.0f} answers a second, {theirs:.0f} hellos", flush=True)
    _told("answers, as a part of hello world's throughput", statistics.median(ratios), THROUGHPUT, at_least=True)


def _first_byte(work: Path, book: Path, users: Path, token: str, env: dict[str, str], *, runs: int) -> None:
    ratios = []
    for _ in range(runs):
        with _hello(work, env) as hello:
            theirs = hello.first
        begun = time.perf_counter()
        subprocess.run([sys.executable, "-c", _OPEN, str(book)], env=env, check=True)
        opening = time.perf_counter() - begun
        with _servkit(book, users, token, env) as served:
            ratios.append(served.first / (theirs + opening))
    _told("first byte, against hello world and opening the book", statistics.median(ratios), FIRST_BYTE)


def _people(served: Server, seconds: float) -> None:
    """One person, and then many, who think between their questions."""
    alone = asyncio.run(_crowd(served, 1, seconds / 4))
    crowd = asyncio.run(_crowd(served, PEOPLE, seconds))
    failed = sum(one.status != 200 for one in crowd)
    median = statistics.median(one.seconds for one in alone)
    worst = _percentile([one.seconds for one in crowd], 99)
    print(f"  {len(crowd)} answers to {PEOPLE} people, {failed} failed; one alone {median * 1000:.1f} ms", flush=True)
    _told(f"p99 of {PEOPLE} people, against the median of one", worst / median, WORST)


def _keystrokes(work: Path, book: Path, users: Path, token: str, env: dict[str, str], rows: int) -> None:
    """Somebody types names of people, letter by letter."""
    file = customers_csv(work / "people.csv", rows)
    chance = random.Random(1)
    with _servkit(book, users, token, env, "--customers", str(file)) as served:
        begun = time.perf_counter()
        while asyncio.run(_ask(served, ["/api/1/find?words=person"]))[0].status != 200:
            time.sleep(0.5)
        print(f"  {rows:,} customers found by name {time.perf_counter() - begun:.1f} s after the start", flush=True)
        names = [f"person {chance.randrange(rows)}" for _ in range(40)]
        typed = [name[:end].strip() for name in names for end in range(3, len(name) + 1)]
        answers = asyncio.run(_ask(served, [f"/api/1/find?words={one.replace(' ', '+')}" for one in typed]))
    assert all(one.status == 200 for one in answers)
    p95 = _percentile([one.seconds for one in answers], 95) * 1000
    _told(f"ms from a keystroke to the list, p95 of {rows:,} customers", p95, KEYSTROKE_MS)


# --- servers ----------------------------------------------------------------------------------------------------------


@contextmanager
def _hello(work: Path, env: dict[str, str]) -> Iterator[Server]:
    port = _free_port()
    with _running([sys.executable, *_UVICORN, str(port)], env, work, port, "/", "") as server:
        yield server


@contextmanager
def _servkit(book: Path, users: Path, token: str, env: dict[str, str], *more: str) -> Iterator[Server]:
    port, headers = _free_port(), f"Authorization: Bearer {token}\r\n"
    command = [SERVKIT, "serve", "--port", str(port), "--users", str(users), "--book", str(book), *more]
    with _running(command, env, book, port, "/healthz", headers) as server:
        yield server


@contextmanager
def _running(
    command: Sequence[str], env: dict[str, str], folder: Path, port: int, path: str, headers: str
) -> Iterator[Server]:
    begun = time.perf_counter()
    quiet = subprocess.DEVNULL
    process = subprocess.Popen(command, env=env, cwd=folder, stdout=quiet, stderr=quiet)
    try:
        while not _answers(port, path):
            if process.poll() is not None or time.perf_counter() - begun > 120:
                raise SystemExit(f"{command[0]} does not start")
            time.sleep(0.005)
        yield Server(port, headers, time.perf_counter() - begun)
    finally:
        process.terminate()
        process.wait()


def _answers(port: int, path: str) -> bool:
    try:
        with socket.create_connection(("127.0.0.1", port), timeout=30) as connection:
            connection.sendall(f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nConnection: close\r\n\r\n".encode())
            return connection.recv(1) == b"H"
    except OSError:
        return False


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as server:
        return int(server.getsockname()[1])


def _path(work: Path) -> str:
    return os.pathsep.join([str(work), *filter(None, [os.environ.get("PYTHONPATH")])])


# --- requests ---------------------------------------------------------------------------------------------------------


async def _load(server: Server, path: str, seconds: float) -> float:
    """Answers a second, over a few connections that never rest."""
    until = time.perf_counter() + seconds

    async def ask(connection: _Connection) -> int:
        count = 0
        while time.perf_counter() < until:
            answered = await connection.get(path)
            assert answered.status == 200, answered
            count += 1
        return count

    return sum(await _with_connections(server, CONNECTIONS, ask)) / seconds


async def _crowd(server: Server, people: int, seconds: float) -> list[Answered]:
    until = time.perf_counter() + seconds
    chances = iter(range(people))

    async def work(connection: _Connection) -> list[Answered]:
        chance, answers = random.Random(next(chances)), []
        await asyncio.sleep(chance.uniform(0, THINKING[0]))
        while time.perf_counter() < until:
            answers.append(await connection.get(chance.choice(ASKED)))
            await asyncio.sleep(chance.uniform(*THINKING) if people > 1 else 0.05)
        return answers

    return [one for answers in await _with_connections(server, people, work) for one in answers]


async def _ask(server: Server, paths: Sequence[str]) -> list[Answered]:
    async def ask(connection: _Connection) -> list[Answered]:
        return [await connection.get(path) for path in paths]

    return (await _with_connections(server, 1, ask))[0]


class _Connection:
    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, server: Server) -> None:
        self._reader, self._writer = reader, writer
        self._end = f" HTTP/1.1\r\nHost: 127.0.0.1:{server.port}\r\n{server.headers}\r\n"

    async def get(self, path: str) -> Answered:
        begun = time.perf_counter()
        self._writer.write(f"GET {path}{self._end}".encode())
        head = await self._reader.readuntil(b"\r\n\r\n")
        length = int(head.lower().partition(b"content-length:")[2].split(b"\r\n", 1)[0])
        await self._reader.readexactly(length)
        return Answered(int(head.split(b" ", 2)[1]), time.perf_counter() - begun)


async def _with_connections(
    server: Server, count: int, work: Callable[[_Connection], Coroutine[None, None, Result]]
) -> list[Result]:
    """What each of some connections comes to, all at once."""
    pairs = [await asyncio.open_connection("127.0.0.1", server.port, limit=1 << 22) for _ in range(count)]
    try:
        return await asyncio.gather(*(work(_Connection(reader, writer, server)) for reader, writer in pairs))
    finally:
        for _, writer in pairs:
            writer.close()


def _percentile(values: Sequence[float], percent: int) -> float:
    return statistics.quantiles(values, n=100, method="inclusive")[percent - 1]


def _told(name: str, measured: float, target: float, *, at_least: bool = False) -> None:
    reached = measured >= target if at_least else measured <= target
    print(f"{name:52}{measured:10.2f}{target:8g}  {'reached' if reached else 'missed'}", flush=True)


if __name__ == "__main__":
    main()
