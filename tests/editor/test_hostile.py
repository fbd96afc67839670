"""What editors, and those who pretend to be one, may send: the server answers, or ends."""

from __future__ import annotations

import json
import subprocess
from typing import TYPE_CHECKING, Any

import pytest

from editor.client import SECONDS, SERVER
from servkit.cli import run

if TYPE_CHECKING:
    from pathlib import Path


def _message(method: str, params: Any = None, id_: int | None = None) -> bytes:
    body = json.dumps({"jsonrpc": "2.0", "method": method, "params": params, **({"id": id_} if id_ else {})}).encode()
    return b"Content-Length: %d\r\n\r\n%s" % (len(body), body)


def _opened(uri: str, text: str) -> bytes:
    document = {"uri": uri, "languageId": "yaml", "version": 1, "text": text}
    return _message("textDocument/didOpen", {"textDocument": document})


INITIALIZE = _message("initialize", {"capabilities": {}, "processId": None, "rootUri": None}, 1)
INITIALIZED = _message("initialized", {})


def _speak(*messages: bytes, then: bytes = b"") -> tuple[int, list[Any], str]:
    """Send messages, close the connection, and wait for the end: the exit code, what was answered, and stderr."""
    ran = subprocess.run(SERVER, input=b"".join(messages) + then, capture_output=True, timeout=SECONDS, check=False)
    answers, rest = [], ran.stdout
    while rest:
        head, _, rest = rest.partition(b"\r\n\r\n")
        length = int(head.split(b"Content-Length: ")[1].split(b"\r\n")[0])
        answers.append(json.loads(rest[:length]))
        rest = rest[length:]
    return ran.returncode, answers, ran.stderr.decode()


@pytest.mark.parametrize("then", [b"", b'Content-Length: 400\r\n\r\n{"jsonrpc"', b"Content-Le", b"\r\n\r\n\0\xff"])
def test_an_editor_that_vanishes_ends_the_server(then: bytes) -> None:
    code, answers, stderr = _speak(INITIALIZE, INITIALIZED, then=then)
    assert (code, stderr) == (0, "")
    assert answers[0]["result"]["serverInfo"]["name"] == "servkit"


@pytest.mark.parametrize("length", ["99999999999999", "9" * 30, "9" * 5000])
def test_a_length_that_is_only_claimed_fills_no_memory(length: str) -> None:
    code, answers, stderr = _speak(INITIALIZE, then=b"Content-Length: %s\r\n\r\n{}" % length.encode())
    assert (code, len(answers), stderr.count("\n")) == (2, 1, 1)
    assert stderr.startswith("servkit: the editor ")


def test_odd_messages_are_answered_and_break_nothing(tmp_path: Path) -> None:
    (tmp_path / "servkit.yaml").write_text("servkit: 1\nname: X\n", "utf-8")
    uri = (tmp_path / "a.yaml").as_uri()
    place = {"textDocument": {"uri": uri}, "position": {"line": 999999, "character": 2**31 - 1}}
    code, answers, stderr = _speak(
        INITIALIZE,
        INITIALIZED,
        b"Content-Length: 5\r\n\r\n{no}}",
        _message("no/such/thing", {}, 2),
        _opened(uri, "kind: policy\n" + "a: [" * 5000),
        _opened((tmp_path / "b.yaml").as_uri(), "x" * (3 << 20)),
        _opened("untitled:Untitled-1", "kind: policy\n"),
        _opened("file:///%00%ff/x.yaml", "kind: policy\n"),
        _opened((tmp_path / "c.yaml").as_uri(), "kind: script\nid: \ud800\nsay: {{ \u0000\n"),
        _message("textDocument/didChange", {"textDocument": {"uri": "file:///nowhere.yaml", "version": 3},
                                            "contentChanges": [{"text": "x"}]}),
        _message("textDocument/completion", place, 3),
        _message("textDocument/hover", place, 4),
        _message("$/cancelRequest", {"id": 99}),
        _message("textDocument/documentSymbol", {"textDocument": {"uri": uri}}, 5),
        _message("shutdown", None, 6),
        _message("exit"),
    )  # fmt: skip
    assert code == 0
    assert stderr == ""
    by_id = {answer["id"]: answer for answer in answers if "id" in answer and "method" not in answer}
    assert {1, 2, 3, 4, 5, 6} <= set(by_id)
    assert by_id[2]["error"]["code"] == -32601
    assert all("error" not in by_id[number] for number in (3, 4, 5, 6))
    told = {
        answer["params"]["uri"]: answer["params"]["diagnostics"]
        for answer in answers
        if "diagnostics" in answer.get("params", {})
    }
    assert [one["code"] for one in told[uri]] == ["SK107"]
    assert [one["code"] for one in told[(tmp_path / "b.yaml").as_uri()]] == ["SK101"]


def test_without_pygls_one_line_says_what_to_install(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for name in ("servkit.editor.features", "servkit.editor.server", "servkit.editor.protocol"):
        monkeypatch.delitem(__import__("sys").modules, name, raising=False)
    monkeypatch.setitem(__import__("sys").modules, "lsprotocol", None)
    monkeypatch.setitem(__import__("sys").modules, "pygls", None)
    assert run(["lsp"]) == 2
    assert capsys.readouterr().err == 'servkit: the language server needs pygls: pip install "servkit[editor]"\n'
