"""``servkit init``: a book that works from the first minute."""

from __future__ import annotations

import os
import pty
import sys
from datetime import date
from pathlib import Path
from shlex import split
from typing import TYPE_CHECKING

import pytest
from jsonschema import Draft202012Validator

from schema.editors import Core, as_read
from servkit.book import kinds
from servkit.cli.init import NEXT
from servkit.scaffold.new_book import starting_book
from servkit.schema import schema_of

if TYPE_CHECKING:
    from .conftest import Servkit


@pytest.fixture(autouse=True)
def _here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def files(folder: Path) -> list[str]:
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())


def test_a_book_that_lints_clean_and_holds(servkit: Servkit) -> None:
    ran = servkit("init", "shop")
    assert (ran.code, ran.err) == (0, "")
    assert ran.out.startswith("Wrote a book of 8 documents to shop.")
    assert files(Path("shop")) == sorted(starting_book(date(2026, 3, 1)))
    linted = servkit("lint", book="shop")
    assert (linted.code, linted.out) == (0, "")
    assert servkit("test").code == 0


def test_every_rule_is_on_and_nothing_is_ignored(servkit: Servkit) -> None:
    assert not any("servkit: ignore" in text or "lint:" in text for text in starting_book(date(2026, 3, 1)).values())


def test_what_to_try_next_works(servkit: Servkit) -> None:
    out = servkit("init", "shop").out
    os.chdir("shop")
    for command in NEXT:
        assert f"  {command}\n" in out
        program, *args = split(command)
        assert program == "servkit"
        assert servkit(*args).code == 0, command


def at_a_terminal(command: list[str], typed: str) -> str:
    """What a command prints at a terminal at which somebody types this."""
    pid, terminal = pty.fork()
    if pid == 0:  # the child is the command
        os.execv(sys.executable, [sys.executable, "-c", "from servkit.cli import main; main()", *command])
    os.write(terminal, typed.encode())
    out = b""
    try:
        while piece := os.read(terminal, 4096):
            out += piece
    except OSError:  # Linux reports the end of a terminal so
        pass
    os.close(terminal)
    assert os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]) == 0, out.decode()
    return out.decode().replace("\r\n", "\n")


def test_a_terminal_asks_for_name_country_and_language() -> None:
    out = at_a_terminal(["init", "adler"], "Gasthof Adler\nat\nde\nhotel\n")
    assert (
        out.index("Name of your company")
        < out.index("Country")
        < out.index("Language")
        < out.index("Trade")
        < out.index("Wrote a book")
    )
    settings = Path("adler/servkit.yaml").read_text("utf-8")
    assert "name: Gasthof Adler\nlanguage: de\ncurrency: EUR\ntimezone: Europe/Vienna\n" in settings


def test_a_terminal_takes_what_is_offered_and_an_option_asks_nothing() -> None:
    offered = at_a_terminal(["init", "shop"], "\n\n\n\n\n")
    assert "Name of your company [Quay Street Cycles]:" in offered
    assert "Wrote a book of 8 documents to shop." in offered
    assert "Name of your company" not in at_a_terminal(["init", "named", "--name", "Adler"], "")


def test_the_kinds_are_there(servkit: Servkit) -> None:
    texts = starting_book(date(2026, 3, 1))
    there = {kind for kind in kinds.names() if any(f"\nkind: {kind}\n" in text for text in texts.values())}
    assert there == set(kinds.names()) - {"philosophy", "procedure"}


@pytest.mark.parametrize(("path", "text"), starting_book(date(2028, 2, 29)).items())
def test_editors_agree(path: str, text: str) -> None:
    schema = schema_of("settings" if path == "servkit.yaml" else None)
    assert [error.message for error in Draft202012Validator(schema).iter_errors(as_read(text, Core))] == []
    assert "@" not in text
    assert max(map(len, text.splitlines())) <= 240


def test_a_leap_day_has_a_year_after_it() -> None:
    assert "review_by: 2029-02-28" in starting_book(date(2028, 2, 29))["standards/repair.yaml"]


@pytest.mark.parametrize("folder", [".", "there", "not/there/yet", "empty", "with-git", "../elsewhere"])
def test_new_and_empty_folders(folder: str, servkit: Servkit, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    work = tmp_path / "work"
    (work / "empty").mkdir(parents=True)
    (work / "with-git" / ".git").mkdir(parents=True)
    (work / "with-git").chmod(0o750)
    os.chdir(work / "empty" if folder == "." else work)
    assert servkit("init", folder).code == 0
    assert (Path(folder) / "servkit.yaml").is_file()
    assert not [name for name in files(tmp_path) if "/.servkit-" in f"/{name}"]
    assert (work / "with-git").stat().st_mode & 0o777 == 0o750


def test_nothing_is_overwritten(servkit: Servkit, tmp_path: Path) -> None:
    Path("mine").mkdir()
    Path("mine/notes.txt").write_text("mine", "utf-8")
    ran = servkit("init", "mine")
    assert (ran.code, ran.out) == (2, "")
    assert ran.err.startswith("servkit: ")
    assert "is not empty (it has notes.txt). Name a new or an empty folder." in ran.err
    assert ran.err.count("\n") == 1
    assert files(tmp_path) == ["mine/notes.txt"]


def test_a_file_is_no_folder(servkit: Servkit, tmp_path: Path) -> None:
    Path("taken").write_text("mine", "utf-8")
    for name in ("taken", "taken/below"):
        ran = servkit("init", name)
        assert ran.code == 2
        assert ran.err.count("\n") == 1
    assert Path("taken").read_text("utf-8") == "mine"
    assert files(tmp_path) == ["taken"]


@pytest.mark.parametrize("folder", ["empty", "new/one"])
@pytest.mark.parametrize("step", ["open", "rename"])
def test_whole_or_not_at_all(
    folder: str, step: str, servkit: Servkit, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A disk that is full halfway leaves everything as it was."""
    (tmp_path / "empty").mkdir()
    count = 0
    real = {"open": Path.open, "rename": os.rename}[step]

    def failing(*args: object, **options: object) -> object:
        nonlocal count
        count += step == "rename" or "x" in args
        if count == (4 if step == "open" else 1 if folder == "new/one" else 3):
            raise OSError(28, "No space left on device")
        return real(*args, **options)  # type: ignore[operator]

    with monkeypatch.context() as patch:
        if step == "open":
            patch.setattr(Path, "open", failing)
        else:
            patch.setattr(os, "rename", failing)
        ran = servkit("init", folder)
    assert ran.code == 2
    assert ran.err.count("\n") == 1
    assert "No space left on device; nothing was written" in ran.err
    assert sorted(path.name for path in tmp_path.rglob("*")) == ["empty"]
