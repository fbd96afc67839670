"""The real server: a process, a socket, and what it says where it cannot start."""

from __future__ import annotations

import os
import re
import signal
import socket
import ssl
import subprocess
import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING

import httpx2
import pytest

from servkit.cli import run
from web.conftest import PASSWORD, ROOT
from web.desk_browser import make_certificate

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

BOOK = str(ROOT / "standards")


@contextmanager
def running(*args: str, end: signal.Signals = signal.SIGINT) -> Iterator[tuple[subprocess.Popen[str], str]]:
    """A server in a process of its own, and the address that it prints."""
    command = [sys.executable, "-c", "from servkit.cli import main; main()", *args, "--book", BOOK]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    try:
        assert process.stdout is not None
        address = next((found[0] for line in process.stdout if (found := re.search(r"https?://\S+", line))), "")
        assert address, process.communicate()[1]
        yield process, address
    finally:
        process.send_signal(end)
        process.communicate(timeout=30)


def test_the_own_desk_opens_by_its_key_and_ends_with_ctrl_c() -> None:
    with running("desk", "--no-open", "--port", "0") as (process, address):
        assert re.fullmatch(r"http://127\.0\.0\.1:\d+/start\?key=[\w-]{43}", address)
        with httpx2.Client(follow_redirects=True) as browser:
            page = browser.get(address)
            assert page.status_code == 200, page.text
            assert page.url.path == "/"
            assert "uvicorn" not in str(page.headers)
        with httpx2.Client() as other:
            assert other.get(address).status_code == 403
            assert other.get(address.replace("127.0.0.1", "localhost")).status_code == 421
    assert process.returncode == 0


def test_a_team_signs_in_over_tls(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    users = tmp_path / "users.yaml"
    command = [sys.executable, "-c", "from servkit.cli import main; main()", "serve", "add-user", "Ruth"]
    added = [*command, "--role", "technician", "--users", str(users), "--book", BOOK]
    subprocess.run(added, input=PASSWORD + "\n", text=True, check=True, capture_output=True)
    assert users.stat().st_mode & 0o777 == 0o600
    assert PASSWORD not in users.read_text("utf-8")
    certificate, key = make_certificate(tmp_path)
    options = ("--users", str(users), "--tls-cert", str(certificate), "--tls-key", str(key), "--port", "0")
    monkeypatch.setenv("SERVKIT_DATA", str(tmp_path / "data"))
    trusted = ssl.create_default_context(cafile=certificate)
    with (
        running("serve", *options, end=signal.SIGTERM) as (process, address),
        httpx2.Client(verify=trusted, base_url=address) as browser,
    ):
        assert browser.get("/").headers["location"] == "/sign-in"
        data = {"name": "ruth", "password": PASSWORD, "next": "/?q=nadia"}
        done = browser.post("/sign-in", data=data, headers={"Origin": address})
        assert (done.status_code, done.headers["location"]) == (303, "/?q=nadia")
        assert "Secure" in done.headers["set-cookie"]
        answer = browser.get("/api/1/answers?customer=nadia").json()
        assert answer["asked"]["role"] == "technician"
    assert process.returncode == 0
    (log,) = (tmp_path / "data" / "opened").iterdir()
    assert "AS-1007" in log.read_text("utf-8")


@pytest.mark.parametrize(
    ("args", "told"),
    [
        (["desk", "--port", "70000"], "70000 is no port"),
        (["serve", "--host", "192.0.2.1"], "passwords need TLS"),
        (["serve", "--host", "0.0.0.0", "--port", "0"], "passwords need TLS"),
        (["serve", "--behind-proxy"], "needs --public-url"),
        (["serve", "--behind-proxy", "--public-url", "http://desk.example.org"], "https://"),
        (["serve", "--behind-proxy", "--public-url", "https://desk.example.org/a"], "has a path"),
        (["serve", "--public-url", "desk.example.org"], "no address of a site"),
        (["serve", "--tls-cert", "x.pem"], "go together"),
        (["serve", "--trust-header", "X-User"], "needs --trust-from"),
        (["serve", "--trust-header", "X-User", "--trust-from", "0.0.0.0/0"], "everybody"),
        (["serve", "--trust-from", "nowhere"], "no range of addresses"),
        (["serve", "--frame-from", "https://helpdesk.example.org"], "both sites need https://"),
        (["serve", "--users", "nothing.yaml"], "servkit serve add-user"),
        (["serve", "--users", "users.yaml", "--opened-log", "file"], "can't be logged here"),
        (["serve", "remove-user", "ruht"], "no person 'ruht'"),
        (["serve", "add-user", "a b"], "no name to sign in with"),
        (["serve", "add-token", "x", "--expires", "2020-01-01"], "is over"),
        (["serve", "add-token", "x", "--role", "techn"], "did you mean technician?"),
        (["serve", "add-token", "x", "--scope", "all"], "choose from read, record"),
    ],
)
def test_what_cannot_be_served_is_told_in_one_line(
    args: list[str], told: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    monkeypatch.setenv("SERVKIT_BOOK", BOOK)
    (tmp_path / "file").touch()
    (tmp_path / "users.yaml").touch(0o600)
    (tmp_path / "users.yaml").write_text("people: {ruth: {role: owner}}\n", "utf-8")
    if args[0] == "serve" and "--port" not in args and args[1].startswith("--"):
        args = [*args, "--port", "0"]
    assert run(args) == 2
    err = capsys.readouterr().err
    assert told in err
    assert err.count("\n") == 1


def test_a_port_in_use_is_named(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        for command in (["desk", "--no-open"], ["serve"]):
            assert run([*command, "--port", str(port), "--book", BOOK]) == 2
            err = capsys.readouterr().err
            assert (f"Port {port} is in use" in err, err.count("\n")) == (True, 1)


@pytest.mark.parametrize(
    ("text", "mode", "told"),
    [
        ("people: {}\n", 0o644, "Others may read this file (mode 0644)"),
        ("people: {}\n", 0o620, "Others may change this file"),
        ("people: [\n", 0o600, "users.yaml:1"),
        ("people: {ruth: {rolle: owner}}\n", 0o600, "`people.ruth.rolle` is no setting"),
        ("people: {Ruth: {role: owner}}\n", 0o600, "in small letters"),
        ("tokens: {x: {scope: all, expires: 2027-01-01, digest: ab}}\n", 0o600, "`tokens.x.scope`"),
        ("- ruth\n", 0o600, "users.yaml:1:1: This can't be used. Write `people:`, and below it the names"),
        ("", 0o600, "users.yaml: Nobody is in this file. Add somebody: servkit serve add-user NAME"),
        ("people:\ntokens: {}\n", 0o600, "Nobody is in this file."),
        ("people: {ruth: {role: owner}}\n---\npeople: {}\n", 0o600, "users.yaml:3:1: This file is one document."),
    ],
)
def test_a_file_of_people_that_cannot_be_used_is_told(
    text: str, mode: int, told: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    users = tmp_path / "users.yaml"
    users.write_text(text, "utf-8")
    users.chmod(mode)
    assert run(["serve", "--users", str(users), "--port", "0", "--book", BOOK]) == 2
    err = capsys.readouterr().err
    assert (told in err, err.count("\n")) == (True, 1)


def test_a_file_of_people_may_not_be_under_git(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / ".git").mkdir()
    users = tmp_path / "folder" / "users.yaml"
    assert run(["serve", "add-token", "x", "--users", str(users), "--book", BOOK]) == 2
    assert "git" in capsys.readouterr().err
    assert not users.exists() or not users.read_text("utf-8")


def test_without_its_packages_the_desk_names_them(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    from servkit.cli.shared import web

    monkeypatch.setattr(web, "find_spec", lambda _: None)
    for args in (["desk"], ["serve"], ["serve", "add-user", "ruth"]):
        assert run([*args, "--book", BOOK]) == 2
        assert "pip install 'servkit[web]'" in capsys.readouterr().err


def test_other_commands_load_nothing_of_the_web() -> None:
    code = (
        "import sys, servkit.cli as c; c.run(['find', 'refund']); print([m for m in sys.modules if 'starlette' in m])"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        env={**os.environ, "SERVKIT_BOOK": BOOK},
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.endswith("[]\n")
