"""What goes wrong: one line and exit code 2 for what the user can mend, 3 and a report for servkit's own faults."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from servkit.nearest import nearest

from .conftest import BOOKS

if TYPE_CHECKING:
    from collections.abc import Callable

    from .conftest import Ran, Servkit


def told(ran: Ran) -> str:
    """The one line of a command that cannot run."""
    assert (ran.code, ran.out) == (2, "")
    assert ran.err.startswith("servkit: ")
    assert ran.err.endswith("\n")
    assert ran.err.count("\n") == 1
    assert len(ran.err) < 600
    return ran.err.removeprefix("servkit: ").rstrip("\n")


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("lokup", "unknown command 'lokup'; did you mean lookup?"),
        ("lookup Dorthy", "no customer 'Dorthy'; did you mean Dorothy Bell?"),
        ("lookup C-1024", "no customer 'C-1024'; did you mean C-1042?"),
        ("lookup --channel fone", "no channel 'fone'; did you mean phone?"),
        ("lookup --channel fax", "no channel 'fax'; choose from phone, email, chat, in-person"),
        ("lookup --lang fr", "no language 'fr'; choose from en, es"),
        ("lookup --format jsn", "unknown format 'jsn'; did you mean json?"),
        ("lookup --set paln=single", "no attribute or fact 'paln'; did you mean plan"),
        ("lookup --set plan=singel", "--set plan: `singel` is not one of single, monthly, commercial."),
        ("lookup --set plan", "--set: 'plan' is not of the form NAME=VALUE"),
        ("lookup --set since=2026-02-30", "--set since: There is no day 2026-02-30 in the calendar."),
        ("lookup --set visits_a_year=lots", "--set visits_a_year: `lots` should be a number such as 1500 or 1.5."),
        ("lookup --on friday", "--on: `friday` should be a day such as 2026-03-01, today or tomorrow."),
        ("list script one", "got unexpected extra argument"),
        ("lookup --from 25:00", "--from: '25:00' is not a time; write one such as 2026-03-01T09:30, 09:30 or now"),
        ("lookup --abuot returns", "unknown option --abuot; did you mean --about"),
        ("lookup one two", "no customer 'one two'; an id, or part of a name"),
        ("lookup --on", "option '--on' requires an argument (see servkit lookup --help)"),
        ("find", "missing argument 'WORDS' (see servkit find --help)"),
    ],
)
def test_the_nearest_names_in_one_line(line: str, message: str, servkit: Servkit) -> None:
    assert told(servkit(*line.split(), book="pest-control")).startswith(message)


def test_values_that_do_not_compare(servkit: Servkit, small_book: Callable[..., Path]) -> None:
    folder = small_book(
        "servkit: 1\nname: B\nareas: {desk: {}}\nfacts: {late: {type: duration}}\n",
        wait="kind: policy\nid: wait\ntitle: T\nwhy: W\nrule: fixed\narea: desk\nwhen: {late: {more_than: 2 months}}\n",
    )
    message = told(servkit("lookup", "--set", "late=3 weeks", book=folder))
    assert "3 weeks" in message
    assert "2 months" in message


def test_no_book(servkit: Servkit, tmp_path: Path) -> None:
    assert told(servkit("lookup", book=tmp_path)).startswith("no book: neither ")
    assert told(servkit("lookup", "--book", "/nowhere")) == "no book in /nowhere: it holds no servkit.yaml"


@pytest.mark.parametrize("text", ["servkit: [\n", "servkit: 1\nname: {a: b}\n", "- a\n", "", "\x00"])
def test_settings_that_cannot_be_used_name_their_place(
    text: str, servkit: Servkit, small_book: Callable[..., Path]
) -> None:
    assert told(servkit("lookup", book=small_book(text))).startswith(f"{small_book(text)}/servkit.yaml:")


@pytest.mark.parametrize(
    "args",
    [
        ("lookup", "\udcff\udcfe"),
        ("lookup", "--set", "plan=\udcff"),
        ("find", "\udc80"),
        ("\udcff",),
        ("lookup", "a" * 100_000),
        ("lookup", "word " * 10_000),
        ("lookup", "--about", "b" * 100_000),
        ("lookup", "--set", "plan=" + "c" * 100_000),
        ("lookup", "--" + "d" * 10_000),
        ("e" * 10_000,),
        ("lookup", "a\nb\x1b[31m\x07\u202e"),
        ("lookup", "--about", "\x1b]0;title\x07"),
        ("say", "\x1b[2J"),
        ("show", "\x1b[2J"),
        ("list", "\x1b[2J"),
        ("say", ""),
        ("show", ""),
        ("list", ""),
        ("say", "word " * 10_000),
        ("lookup", ""),
        ("lookup", " "),
        ("lookup", "--about", ""),
        ("lookup", "--set", "=x"),
    ],
    ids=lambda args: ascii(args)[:40],
)
def test_hostile_arguments_are_one_clean_line(args: tuple[str, ...], servkit: Servkit) -> None:
    message = told(servkit(*args, book="pest-control"))
    assert not any(ord(char) < 32 or 0x202A <= ord(char) <= 0x202E for char in message)


def test_bytes_that_are_no_text_reach_the_process_so() -> None:
    command = [os.fsencode(sys.executable), b"-c", b"from servkit.cli import main; main()", b"lookup", b"\xff\xfe"]
    done = subprocess.run(command, cwd=BOOKS["pest-control"], capture_output=True, check=False)
    assert (done.returncode, done.stdout) == (2, b"")
    assert done.stderr == b"servkit: argument 2 is not text in UTF-8: \\udcff\\udcfe\n"


def test_a_fault_of_our_own_is_one_line_and_a_report(
    servkit: Servkit, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    def broken(*_: object) -> None:
        raise KeyError("a \x1b[31m fault")

    monkeypatch.setattr("servkit.desk.request.resolve", broken)
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    ran = servkit("lookup", "C-1042", book="pest-control")
    assert (ran.code, ran.out) == (3, "")
    assert ran.err.startswith("servkit: internal error (KeyError: ")
    assert ran.err.count("\n") == 1
    assert "\x1b" not in ran.err
    report = Path(ran.err.rpartition("the report is in ")[2].strip()).read_text("utf-8")
    assert "Traceback" in report
    assert "arguments: ['lookup', 'C-1042']" in report


def test_a_report_that_cannot_be_written_is_no_second_fault(
    servkit: Servkit, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    def broken(*_: object) -> None:
        raise RuntimeError

    monkeypatch.setattr("servkit.desk.request.resolve", broken)
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "gone"))
    ran = servkit("lookup", book="pest-control")
    assert (ran.code, ran.err) == (
        3,
        "servkit: internal error (RuntimeError:); the report could not be written\n",
    )


def test_an_interrupt_is_130(servkit: Servkit, monkeypatch: pytest.MonkeyPatch) -> None:
    def stop(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("servkit.desk.request.resolve", stop)
    ran = servkit("lookup", book="pest-control")
    assert (ran.code, ran.out) == (130, "")
    assert "Traceback" not in ran.err


def test_far_names_are_not_offered() -> None:
    assert nearest("xyzzy", ("returns", "visits")) == []
    assert nearest("", ("returns",)) == []
    assert nearest("returnz", ("returns", "visits")) == ["returns"]
