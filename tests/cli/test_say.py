"""``servkit say``: only the text on stdout, and what is missing asked for or named."""

from __future__ import annotations

import json
import os
import pty
import select
import signal
import sys
import time
from importlib import import_module
from typing import TYPE_CHECKING

import pytest

from .conftest import BOOKS

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from .conftest import Servkit


def test_only_the_text_is_on_stdout(servkit: Servkit) -> None:
    ran = servkit("say", "ret-key", "C-1042", book="pest-control")
    assert (ran.code, ran.err) == (0, "")
    assert ran.out == "Dorothy, leave the box with Ray Ortiz on the next round. What changed since you ordered them?\n"


@pytest.mark.parametrize("wanted", ["ret-yes", "returns-yes", "returns-y", "yes send", "SEND BACK"])
def test_a_script_is_found_by_code_id_beginning_or_words(wanted: str, servkit: Servkit) -> None:
    ran = servkit("say", wanted, "C-1042", "--set", "order_no=A7", book="pest-control")
    assert ran.code == 0, ran.err
    assert "A7" in ran.out


def test_several_close_ones_list_themselves(servkit: Servkit) -> None:
    ran = servkit("say", "ret", book="pest-control")
    assert ran.code == 1
    assert ran.err == "3 scripts match 'ret'. Choose one:\n"
    assert [line.split()[0] for line in ran.out.splitlines()] == ["ret-chem", "ret-key", "ret-yes"]


@pytest.mark.parametrize(
    ("line", "tail"),
    [
        (("ret-yes", "C-1042"), "needs order_no; add --set order_no=…"),
        (("late", "C-1042", "--set", "visit_missed=no"), "needs terms.late-visit.credit; add --set hours_late=…"),
    ],
)
def test_what_is_missing_is_named_with_the_flags_that_give_it(
    line: tuple[str, ...], tail: str, servkit: Servkit
) -> None:
    ran = servkit("say", *line, book="pest-control")
    assert (ran.code, ran.out) == (2, "")
    assert ran.err.endswith(tail + "\n")
    assert ran.err.count("\n") == 1


def test_without_a_name_the_agent_is_asked_for(servkit: Servkit) -> None:
    ran = servkit("say", "hi", book="standards")
    assert (ran.code, ran.err) == (2, "servkit: the script 'greet-phone' needs agent.name; add --agent NAME\n")


def test_for_nobody_the_customer_is_asked_for(servkit: Servkit) -> None:
    assert "name the customer" in servkit("say", "ret-yes", "--set", "order_no=1", book="pest-control").err


def test_the_agent_comes_from_flag_then_environment(servkit: Servkit, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SERVKIT_AGENT", "Ann")
    assert "Ann" in servkit("say", "hi", book="standards").out
    assert "Bob" in servkit("say", "hi", "--agent", "Bob").out


def test_another_language(servkit: Servkit) -> None:
    assert servkit("say", "hi", "--agent", "Bo", "--lang", "es", book="standards").out.startswith(
        "Buenas, le atiende Bo"
    )


def test_what_looks_like_a_placeholder_in_a_value_stays_text(servkit: Servkit) -> None:
    ran = servkit("say", "ret-yes", "C-1042", "--set", "order_no={{ customer.id }} [red]\x1b[31m", book="pest-control")
    assert "{{ customer.id }} [red]␛[31m" in ran.out


def test_without_a_clipboard_the_text_is_on_stdout_all_the_same(
    servkit: Servkit, monkeypatch: pytest.MonkeyPatch
) -> None:
    pyperclip = import_module("pyperclip")

    def nowhere(_: str) -> None:
        raise pyperclip.PyperclipException

    monkeypatch.setattr(pyperclip, "copy", nowhere)
    ran = servkit("say", "ret-key", "C-1042", "--copy", book="pest-control")
    assert ran.code == 0
    assert ran.out.startswith("Dorothy, ")
    assert "no clipboard found" in ran.err


def test_the_clipboard_has_the_text(servkit: Servkit, monkeypatch: pytest.MonkeyPatch) -> None:
    pyperclip = import_module("pyperclip")

    taken: list[str] = []
    monkeypatch.setattr(pyperclip, "copy", taken.append)
    ran = servkit("say", "ret-key", "C-1042", "--copy", book="pest-control")
    assert ran.out == taken[0] + "\n"


def test_a_script_that_loops_without_end_stops(servkit: Servkit, small_book: Callable[..., Path]) -> None:
    folder = small_book(
        loop="kind: script\nid: loop\ntitle: L\nwhy: W\nsay: '{% for i in (1..9999999) %}x{% endfor %}'\n"
    )
    ran = servkit("say", "loop", book=folder)
    assert (ran.code, ran.out) == (2, "")
    assert ran.err.count("\n") == 1


def _at_a_terminal(args: list[str], replies: list[bytes]) -> tuple[int, str]:
    """Run servkit on a terminal of its own, answering every question (`?` or `:` and a space)."""
    child, terminal = pty.fork()
    if child == 0:
        signal.signal(signal.SIGINT, signal.default_int_handler)  # whatever the tests were started with
        os.chdir(BOOKS["pest-control"])
        os.execv(sys.executable, [sys.executable, "-c", "from servkit.cli import main; main()", *args])
    shown, waiting, ends = b"", list(replies), time.monotonic() + 90
    while time.monotonic() < ends:
        if not select.select([terminal], [], [], 20)[0]:
            break
        try:
            data = os.read(terminal, 4096)
        except OSError:  # the terminal is closed with its last process
            break
        shown += data
        if not data:
            break
        if waiting and shown.endswith((b"? ", b": ")):
            time.sleep(0.3)  # nobody types in the very moment between the question and the waiting for its reply
            os.write(terminal, waiting.pop(0))
    os.close(terminal)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), shown.decode()


def test_at_a_terminal_what_is_missing_is_asked_for() -> None:
    code, shown = _at_a_terminal(["say", "late", "C-1042"], [b"very\n", b"No\n", b"3h\n"])
    assert code == 0, shown
    assert "How late were we?" in shown
    assert "`very` should be `yes` or `no`. Did we miss the visit altogether? (yes, no)" in shown
    assert "Did we miss the visit altogether? (yes, no)" in shown
    assert "USD" in shown.splitlines()[-1]


@pytest.mark.parametrize("key", [b"\x03", b"\x04"], ids=["interrupt", "end"])
def test_a_question_can_be_left(key: bytes) -> None:
    code, shown = _at_a_terminal(["say", "ret-yes", "C-1042"], [key])
    assert code == 130, shown
    assert "Traceback" not in shown
    assert shown.endswith("\r\n")  # the shell's prompt starts a line of its own


def test_a_blank_of_another_program_is_never_said(servkit: Servkit, tmp_path: Path) -> None:
    (tmp_path / "servkit.yaml").write_text("servkit: 1\nname: Example\n")
    (tmp_path / "a.yaml").write_text("kind: script\nid: late\nsay: Hello [NAME], order [ORDER NUMBER] is late.\n")
    ran = servkit("say", "late", book=tmp_path)
    assert (ran.code, ran.out) == (2, "")
    assert ran.err == (
        "servkit: the script 'late' can't be said: nothing fills [NAME] and [ORDER NUMBER]; in the book, write "
        '{{ customer.name | default: "there" }}\n'
    )
    ran = servkit("lookup", book=tmp_path)
    assert "can't be said: nothing fills [NAME], [ORDER NUMBER]" in ran.out


def test_a_script_as_data_and_what_it_lacks(servkit: Servkit) -> None:
    ran = servkit("say", "ret-yes", "C-1042", "--set", "order_no=A7", "--format", "json", book="pest-control")
    data = json.loads(ran.out)
    assert (ran.code, data["schema"], data["script"], data["customer"]) == (
        0,
        "servkit/script/1",
        "returns-yes",
        "C-1042",
    )
    assert "A7" in data["text"]
    ran = servkit("say", "ret-yes", "C-1042", "--format", "json", book="pest-control")
    data = json.loads(ran.out)
    assert (ran.code, data["text"], data["missing"]) == (2, None, [{"name": "order_no", "by": ["order_no"]}])
    assert "needs order_no" in ran.err
    ran = servkit("say", "ret", "--format", "json", book="pest-control")
    assert (ran.code, {"id", "name", "short"}) == (1, set(json.loads(ran.out)["matches"][0]))
