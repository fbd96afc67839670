"""A real server process with the SDK's own client, over stdin and stdout: started once for each module."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from contextlib import redirect_stderr, redirect_stdout
from io import StringIO
from pathlib import Path
from typing import TYPE_CHECKING, Any

import anyio
import pytest
from anyio.from_thread import start_blocking_portal

from servkit.cli import run

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from mcp.client.client import Client
    from mcp_types import CallToolResult

BOOK = Path(__file__).parents[2] / "standards"
COMMAND = [sys.executable, "-c", "import sys; from servkit.cli import main; sys.exit(main())"]


class Assistant:
    """A client of a server; every method waits for the answer."""

    def __init__(self, call: Callable[..., Any], client: Client, book: Path, environment: dict[str, str]) -> None:
        self._call, self.client, self.book, self.environment = call, client, book, environment

    def ask(self, method: str, *args: Any, **kwargs: Any) -> Any:
        """Any method of the client."""

        async def asked() -> Any:
            return await getattr(self.client, method)(*args, **kwargs)

        return self._call(asked)

    def tool(self, name: str, **arguments: Any) -> CallToolResult:
        """The result of a tool. ``set_`` and ``from_`` are for the names that Python uses itself."""
        result: CallToolResult = self.ask("call_tool", name, {key.rstrip("_"): arg for key, arg in arguments.items()})
        return result

    def tools_at_once(self, calls: Sequence[tuple[str, dict[str, Any]]]) -> list[CallToolResult]:
        """The results of several tools that are asked for at the same time."""
        results: dict[int, CallToolResult] = {}

        async def one(place: int, name: str, arguments: dict[str, Any]) -> None:
            results[place] = await self.client.call_tool(name, arguments)

        async def every() -> None:
            async with anyio.create_task_group() as group:
                for place, call in enumerate(calls):
                    group.start_soon(one, place, *call)

        self._call(every)
        return [results[place] for place in range(len(calls))]

    def data(self, name: str, **arguments: Any) -> Any:
        """The data of a result that is no error; its first text is the same."""
        result = self.tool(name, **arguments)
        assert not result.is_error, result.content
        return result.structured_content

    def fault(self, name: str, **arguments: Any) -> str:
        """What a tool says is wrong: one line."""
        result = self.tool(name, **arguments)
        assert result.is_error, result.content
        line = text_of(result)
        assert "\n" not in line
        return line

    def refuses(self, method: str, *args: Any) -> bool:
        """Whether the server answers with an error of the protocol."""
        from mcp.shared.exceptions import MCPError  # see below

        try:
            self.ask(method, *args)
        except MCPError:
            return True
        return False

    def servkit(self, *args: str, code: int = 0) -> str:
        """What the command line prints."""
        return servkit(*args, book=self.book, environment=self.environment, code=code)


def servkit(*args: str, book: Path, environment: dict[str, str], code: int = 0) -> str:
    """What the command line prints, in this process."""
    with pytest.MonkeyPatch.context() as patch, redirect_stdout(StringIO()) as out, redirect_stderr(StringIO()) as err:
        patch.chdir(book)
        for name in [*os.environ]:
            patch.delenv(name)
        for name, value in environment.items():
            patch.setenv(name, value)
        assert run(list(args)) == code, err.getvalue()
    return out.getvalue()


def text_of(result: CallToolResult, place: int = 0) -> str:
    """One of the texts of a result."""
    block = result.content[place]
    assert block.type == "text"
    return block.text


@pytest.fixture(scope="module")
def assistant(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    """An assistant of the office that may record, at a copy of the shipped book in git."""
    from mcp.client.client import Client  # takes seconds: only the worker that runs these tests loads it
    from mcp.client.stdio import StdioServerParameters, stdio_client

    folder = tmp_path_factory.mktemp("assistant")
    book = folder / "book"
    shutil.copytree(BOOK, book)
    for command in (["init", "-q"], ["add", "-A"], ["commit", "-qm", "book"]):
        subprocess.run(["git", "-c", "user.name=T", "-c", "user.email=t@localhost", *command], cwd=book, check=True)
    kept = {name: value for name, value in os.environ.items() if not name.startswith("SERVKIT_")}
    environment = {
        **kept,
        "SERVKIT_DATA": str(folder / "data"),
        "SERVKIT_CACHE": str(folder / "cache"),
        "XDG_CONFIG_HOME": str(folder / "config"),
        "NO_COLOR": "1",
    }
    options = ["--role", "office", "--agent", "Alder", "--allow", "note,grant"]
    server = StdioServerParameters(
        command=COMMAND[0], args=[*COMMAND[1:], "mcp", *options], cwd=str(book), env=environment
    )
    with (
        (folder / "stderr").open("w") as err,  # pytest's own stderr, which the client would take, is no file
        start_blocking_portal() as portal,
        portal.wrap_async_context_manager(Client(stdio_client(server, errlog=err))) as client,
    ):
        yield Assistant(portal.call, client, book, environment)
