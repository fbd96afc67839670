"""``servkit mcp`` as a process: how it starts, how it ends, and what it says where it can't."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from typing import TYPE_CHECKING, Any

import pytest

from servkit.cli import run

from .conftest import BOOK, COMMAND

if TYPE_CHECKING:
    from pathlib import Path

HELLO = json.dumps({
    "jsonrpc": "2.0", "id": 1, "method": "initialize",
    "params": {"protocolVersion": "2025-11-25", "capabilities": {}, "clientInfo": {"name": "t", "version": "1"}},
})  # fmt: skip


@pytest.fixture
def environment(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> dict[str, str]:
    monkeypatch.setenv("SERVKIT_CACHE", str(tmp_path / "cache"))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    return dict(os.environ)


def started(environment: dict[str, str]) -> subprocess.Popen[bytes]:
    command = [*COMMAND, "mcp", "--book", str(BOOK)]
    pipe = subprocess.PIPE
    return subprocess.Popen(command, env=environment, stdin=pipe, stdout=pipe, stderr=pipe)


@pytest.mark.parametrize(
    ("options", "line"),
    [
        (["--role", "boss"], "no role 'boss'"),
        (["--channel", "fax"], "no channel 'fax'"),
        (["--role", "office", "--allow", "note,promise"], "no tool to allow 'promise'; choose from grant, note"),
        (["--allow", "grant"], "what it may grant depends on its role. Add --role"),
    ],
)
def test_a_server_that_would_be_wrong_does_not_start(
    options: list[str], line: str, environment: dict[str, str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["mcp", "--book", str(BOOK), *options]) == 2
    found = capsys.readouterr()
    assert (found.out, line in found.err, found.err.count("\n")) == ("", True, 1)


def test_the_missing_extra_is_said(
    environment: dict[str, str], capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in [*sys.modules]:
        if name.partition(".")[0] in ("mcp", "mcp_types") or name.startswith("servkit.assistant"):
            monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, "mcp", None)
    assert run(["mcp", "--book", str(BOOK)]) == 2
    assert capsys.readouterr().err == "servkit: assistants need one more package: pip install 'servkit[mcp]'\n"


def test_garbage_is_answered_and_a_client_that_leaves_in_the_middle_of_a_line_ends_it(
    environment: dict[str, str],
) -> None:
    sent = b"garbage\n{}\n[1]\n\xff\xfe\n" + HELLO.encode() + b'\n{"jsonrpc": "2.0", "id": 2, "method": "tools/c'
    with started(environment) as process:
        out, err = process.communicate(sent, timeout=60)
    assert process.returncode == 0
    answers = [json.loads(line) for line in out.splitlines()]
    assert [answer["result"]["serverInfo"]["name"] for answer in answers if answer.get("id") == 1] == ["servkit"]
    assert b"Traceback" not in err
    refused = [(answer["id"], answer["error"]["code"]) for answer in answers if "error" in answer]
    assert refused[:3] == [(None, -32700), (None, -32600), (None, -32600)]


def test_a_request_that_nobody_can_read_is_answered(environment: dict[str, str]) -> None:
    """A client waits for an answer to each of its requests; half of a surrogate pair is no text."""
    requests: list[dict[str, Any]] = [
        {"id": 2, "method": "tools/call", "params": {"name": "find", "arguments": {"words": "\ud800"}}},
        {"id": "three", "method": "resources/read", "params": {"uri": "servkit://\udfff"}},
        {"id": "\ud800", "method": "tools/list"},
        {"id": 5, "method": "tools/list", "params": []},
    ]
    lines = [HELLO, *(json.dumps({"jsonrpc": "2.0", **request}) for request in requests)]
    with started(environment) as process:
        out, err = process.communicate("".join(f"{line}\n" for line in lines).encode(), timeout=60)
    answers = [json.loads(line) for line in out.splitlines()]
    refused = {str(answer["id"]): answer["error"] for answer in answers if "error" in answer}
    assert {id_: error["code"] for id_, error in refused.items()} == {
        "2": -32700, "three": -32700, "None": -32700, "5": -32600,
    }  # fmt: skip
    assert refused["2"]["message"] == "half of a surrogate pair (such as \\ud800) stands for no character"
    assert (process.returncode, b"Traceback" in err) == (0, False)


@pytest.mark.skipif(sys.platform == "win32", reason="signals and pipes of POSIX")
def test_it_ends_where_nobody_reads_and_at_an_interrupt(environment: dict[str, str]) -> None:
    with started(environment) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        process.stdin.write(HELLO.encode() + b"\n")
        process.stdin.flush()
        assert json.loads(process.stdout.readline())["id"] == 1
        process.send_signal(signal.SIGINT)
        assert process.wait(timeout=60) == -signal.SIGINT
    with started(environment) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        process.stdout.close()
        process.stdin.write(HELLO.encode() + b"\n")
        process.stdin.flush()
        assert process.wait(timeout=60) == 141
