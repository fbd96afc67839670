"""The program as a process: help, versions, what it loads, pipes, and settings of the desk."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from servkit import __version__
from servkit.cli.shared.commands import command_function, command_names, command_summary

from .conftest import BOOKS

if TYPE_CHECKING:
    from collections.abc import Callable

    from .conftest import Servkit

#: What takes longer to load than an answer takes to give.
HEAVY = {
    "pydantic",
    "yaml",
    "liquid",
    "rapidfuzz",
    "re2",
    "opening_hours",
    "babel",
}


def process(*args: str, cwd: Path = BOOKS["pest-control"], **more: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-c", "from servkit.cli import main; main()", *args]
    return subprocess.run(command, cwd=cwd, env=os.environ | more, capture_output=True, encoding="utf-8", check=False)


@pytest.mark.parametrize("flag", ["-h", "--help"])
def test_help_stands_in_the_order_of_who_needs_it(flag: str, servkit: Servkit) -> None:
    ran = servkit(flag)
    assert (ran.code, ran.err) == (0, "")
    assert ran.out.index("At the desk:") < ran.out.index("\n  lookup ") < ran.out.index("\n  list ")


@pytest.mark.parametrize("command", ["lookup", "say", "find", "show", "list"])
@pytest.mark.parametrize("columns", [40, 80])
def test_a_command_explains_itself_within_the_terminal(command: str, columns: int, servkit: Servkit) -> None:
    ran = servkit(command, "--help", columns=columns)
    assert (ran.code, ran.err) == (0, "")
    assert f"Usage: servkit {command}" in ran.out


def test_version(servkit: Servkit) -> None:
    assert servkit("--version") == (0, f"servkit {__version__}\n", "")


def test_nothing_asked_is_answered_with_the_help(servkit: Servkit) -> None:
    ran = servkit()
    assert (ran.code, ran.out) == (2, "")
    assert ran.err.startswith("Usage: servkit ")


def test_the_book_may_be_named_before_the_command(servkit: Servkit, tmp_path: Path) -> None:
    here = str(BOOKS["pest-control"])
    assert servkit("--book", here, "list", "role", book=tmp_path).out.startswith("  technician")
    assert servkit(f"--book={here}", "list", "role").out.startswith("  technician")


@pytest.mark.parametrize(
    "args",
    [
        ("lookup", "C-1042", "--about", "returns"),
        ("lookup", "C-1042", "--format", "json"),
        ("say", "ret-key", "C-1042"),
        ("lookup", "--help"),
        ("--help",),
    ],
    ids=" ".join,
)
def test_the_usual_way_loads_nothing_heavy(args: tuple[str, ...]) -> None:
    code = "import sys; from servkit.cli import run; run(sys.argv[1:]); print('LOADED', *sys.modules)"
    for _ in range(2):  # the first compiles the book
        command = (
            [sys.executable, "-c", code, *args, "--on", "2026-03-01"]
            if args[-1] != "--help"
            else [sys.executable, "-c", code, *args]
        )
        done = subprocess.run(command, cwd=BOOKS["pest-control"], capture_output=True, encoding="utf-8", check=True)
    loaded = set(done.stdout.rpartition("LOADED")[2].split())
    assert not loaded & HEAVY
    assert ("rich" in loaded) == (args[0] == "lookup" and args[-1] == "returns")


def test_a_pipe_gets_the_answer_alone_without_styles() -> None:
    done = process("lookup", "C-1042", "--about", "returns")
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith("Dorothy Bell\n")
    assert "\x1b" not in done.stdout


def test_a_pipe_may_ask_for_styles() -> None:
    assert "\x1b[1;36mDorothy Bell" in process("lookup", "C-1042", "--about", "returns", FORCE_COLOR="1").stdout


def test_a_machine_of_plain_ascii_is_no_reason_to_fail() -> None:
    done = process("lookup", "C-1042", "--about", "returns", PYTHONIOENCODING="ascii", LC_ALL="C", PYTHONUTF8="0")
    assert done.returncode == 0
    assert "• The bakery opens at five" in done.stdout


def test_a_closed_pipe_ends_it_quietly() -> None:
    servkit = f"{sys.executable} -c 'from servkit.cli import main; main()' lookup --why --format json"
    script = (
        f"{{ sleep 0.3; {servkit}; }} | true; echo ${{PIPESTATUS[0]}}"  # the reader has gone before anything is written
    )
    done = subprocess.run(
        ["bash", "-c", script], cwd=BOOKS["standards"], capture_output=True, encoding="utf-8", check=False
    )
    assert (done.stdout, done.stderr) == ("141\n", "")


def test_without_stdin_nothing_is_asked() -> None:
    servkit = f"{sys.executable} -c 'from servkit.cli import main; main()' say late C-1042 <&-"
    done = subprocess.run(
        ["bash", "-c", servkit], cwd=BOOKS["pest-control"], capture_output=True, encoding="utf-8", check=False
    )
    assert (done.returncode, done.stderr.count("\n")) == (2, 1)
    assert "--set hours_late=" in done.stderr


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no device that is always full")
def test_a_full_disk_is_one_line() -> None:
    with Path("/dev/full").open("w") as full:
        done = subprocess.run(
            [sys.executable, "-c", "from servkit.cli import main; main()", "lookup"],
            cwd=BOOKS["standards"], stdout=full, stderr=subprocess.PIPE, encoding="utf-8", check=False,
        )  # fmt: skip
    assert (done.returncode, done.stderr.count("\n")) == (2, 1)
    assert "No space left on device" in done.stderr


def _desk(monkeypatch: pytest.MonkeyPatch, folder: Path, text: str) -> None:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(folder))
    (folder / "servkit").mkdir(exist_ok=True)
    (folder / "servkit" / "desk.yaml").write_text(text, "utf-8")


def test_flags_go_before_the_environment_and_that_before_the_desk(
    servkit: Servkit, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    _desk(monkeypatch, tmp_path, "role: owner\nchannel: email\noffice: north\nlevel: genuine\n")
    line = ("lookup", "C-1042", "--about", "returns")
    assert (
        "asked: returns · as owner · by email · at north · level genuine\n" in servkit(*line, book="pest-control").out
    )
    monkeypatch.setenv("SERVKIT_ROLE", "supervisor")
    assert "asked: returns · as supervisor · by email" in servkit(*line).out
    assert (
        "asked: returns · as technician · by phone" in servkit(*line, "--role", "technician", "--channel", "phone").out
    )


def test_a_desk_may_name_its_book_and_its_agent(
    servkit: Servkit, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    _desk(monkeypatch, tmp_path, f"book: {BOOKS['standards']}\nagent: Ann\n")
    assert "this is Ann at" in servkit("say", "hi", book=tmp_path).out


def test_what_the_desk_cannot_use_is_told_and_stops_nothing(
    servkit: Servkit, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    _desk(monkeypatch, tmp_path, "rule: owner\nrole: office\n")
    ran = servkit("lookup", "C-1042", "--about", "returns", book="pest-control")
    assert ran.code == 0
    assert "as office" in ran.out
    assert "desk.yaml:1:1: unknown desk setting 'rule'" in ran.err
    assert ran.err.count("\n") == 1


@pytest.mark.parametrize("text", ["- a\n", "role: [\n", "", "role: {a: b}\n", "\udcff"])
def test_no_desk_file_brings_the_desk_down(
    text: str, servkit: Servkit, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    _desk(monkeypatch, tmp_path, "")
    (tmp_path / "servkit" / "desk.yaml").write_bytes(text.encode("utf-8", "surrogateescape"))
    ran = servkit("lookup", "C-1042", "--about", "returns", book="pest-control")
    assert ran.code == 0
    assert "Traceback" not in ran.err


def test_a_role_of_the_desk_that_the_book_does_not_have_is_told(
    servkit: Servkit, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SERVKIT_ROLE", "techncian")
    ran = servkit("lookup", book="pest-control")
    assert (ran.code, ran.err) == (0, "servkit: There is no role 'techncian'. This is for 'technician'.\n")
    monkeypatch.setenv("SERVKIT_ROLE", "pilot")
    ran = servkit("lookup", book="pest-control")
    assert ran.code == 2
    assert ran.err.startswith("servkit: no role 'pilot'")


def test_a_book_without_anything_still_answers(servkit: Servkit, small_book: Callable[..., Path]) -> None:
    ran = servkit("lookup", book=small_book())
    assert ran.code == 1
    assert "Unknown customer" in ran.out


@pytest.mark.parametrize("name", command_names())
def test_a_command_is_summed_up_as_its_help_begins(name: str) -> None:
    help_text = command_function(name).__doc__ or ""
    assert command_summary(name) == " ".join(help_text.partition("\n\n")[0].split()).rstrip(".") != ""


def test_python_can_run_the_package(tmp_path: Path) -> None:
    run = subprocess.run(
        [sys.executable, "-m", "servkit", "lint", "--book", str(tmp_path)], capture_output=True, text=True, check=False
    )
    assert run.returncode == 2
    assert run.stderr.startswith("servkit: ")
    assert run.stderr.count("\n") == 1


def test_the_level_of_a_sign_off_is_what_the_colleague_passed() -> None:
    run = subprocess.run(
        [sys.executable, "-m", "servkit", "signoff", "--help"], capture_output=True, text=True, check=False
    )
    assert "What they passed: synthetic, genuine or super." in run.stdout
    assert "Your experience" not in run.stdout
