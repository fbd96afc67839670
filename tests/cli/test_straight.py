"""The straight way binds what Typer binds, or leaves the command line to Typer."""

from __future__ import annotations

import json
import os
import random
from functools import update_wrapper
from pathlib import Path
from types import FunctionType
from typing import TYPE_CHECKING, Any

import pytest
import typer

from servkit.cli import finding
from servkit.cli.finding import command_names
from servkit.cli.program import program
from servkit.cli.straight import remember, straight
from servkit.store.cache import cache_folder

if TYPE_CHECKING:
    from collections.abc import Iterator

VALUES = ("", "x", "Dorothy Bell", "4", "8", "0", "-", "--", "-1", "+3", " 5", "1_0", "٤", "9" * 9, "9" * 10, "0x1f",
          "1.0", "007", "a=b", "=", "--why", "-h", "é", "nowhere/at all", ".", "~", "--to")  # fmt: skip


class Bound(Exception):  # noqa: N818 - what was bound, carried out through Typer
    """The arguments that a command was called with."""

    def __init__(self, given: dict[str, Any]) -> None:
        super().__init__(given)
        self.given = given


def by_typer(args: list[str]) -> dict[str, Any] | None:
    """What Typer binds; None where it does anything else: help, or a mistake."""
    try:
        program().main(args=args, prog_name="servkit", standalone_mode=False)
    except Bound as found:
        return found.given
    except Exception:  # noqa: BLE001 - a mistake of any sort
        return None
    return None


def by_the_straight_way(args: list[str]) -> dict[str, Any] | None:
    """What the straight way binds; None where it leaves it to Typer."""
    call = straight(args)
    if call is None:
        return None
    with pytest.raises(Bound) as found:
        call()
    return found.value.given


def _command(name: str) -> Any:
    group = program()
    return group.get_command(typer.Context(group), name)


@pytest.fixture(autouse=True)
def _kept_apart(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SERVKIT_CACHE", str(tmp_path / "cache"))


@pytest.fixture
def bare(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every command does nothing but say what it was called with."""
    out = Bound

    def telling(function: Any) -> Any:
        def say(**given: Any) -> None:
            raise out(given)

        told = FunctionType(say.__code__, function.__globals__, closure=say.__closure__)
        return update_wrapper(told, function)  # Typer reads the annotations where the command was written

    made = {name: telling(finding.command_function(name)) for name in command_names()}
    monkeypatch.setattr("servkit.cli.program.command_function", made.__getitem__)
    monkeypatch.setattr(finding, "command_function", made.__getitem__)


def _lines(name: str, count: int) -> Iterator[list[str]]:
    """Command lines of one command, of all sorts: right, wrong and odd."""
    rng = random.Random(name)
    flags = [flag for parameter in _command(name).params for flag in parameter.opts if flag.startswith("-")]
    for _ in range(count):
        out = [name]
        for _ in range(rng.randrange(5)):
            flag = rng.choice([*flags, "--nonsense", "--bo"])
            value = rng.choice(VALUES)
            out += rng.choice([[flag, value], [f"{flag}={value}"], [flag], [value], [flag, "5"], [flag, "x"]])
        yield out


@pytest.mark.parametrize("name", command_names())
def test_what_is_bound_is_what_typer_binds(name: str, bare: None) -> None:
    straightly = 0
    for args in _lines(name, 150):
        ours = by_the_straight_way(args)
        if ours is not None:
            straightly += 1
            theirs = by_typer(args)
            assert theirs == ours, args
            assert {key: type(value) for key, value in theirs.items()} == {k: type(v) for k, v in ours.items()}, args
        else:
            by_typer(args)  # from the first time on, what it makes of the command is kept
    assert straightly > 0 or not (cache_folder() / f"command-{name}.json").is_file()


@pytest.mark.parametrize("name", ["lookup", "say", "find", "show", "list", "render"])
def test_those_who_wait_are_served_straightly(name: str) -> None:
    remember(name, _command(name))
    assert straight([name, "x"]) is not None


@pytest.mark.parametrize(
    ("args", "bound"),
    [
        (["card"], {"what": "card", "to": None, "questions": 24, "per_page": 4, "open_": False, "book": None}),
        (["card", "--questions", "0", "--per-page=8"], {"questions": 0, "per_page": 8}),
        (["--to", "-", "quiz", "--open", "--book", "a b"], {"to": "-", "open_": True, "book": Path("a b")}),
        (["quiz", "--questions", "007"], {"questions": 7}),
    ],
)
def test_a_handout_is_asked_for(args: list[str], bound: dict[str, Any], bare: None) -> None:
    by_typer(["render", "card"])
    given = by_the_straight_way(["render", *args])
    assert given is not None
    assert {name: given[name] for name in bound} == bound
    assert given == by_typer(["render", *args])


@pytest.mark.parametrize(
    "args",
    [[], ["card", "--questions", "-1"], ["card", "--questions=-1"], ["card", "--questions", "many"],
     ["card", "--questions", "1_0"], ["card", "--questions", "٤"], ["card", "--questions", "9" * 5000],
     ["card", "--questions"], ["card", "--to"], ["card", "card"], ["card", "--open=yes"], ["card", "--help"],
     ["card", "--", "x"], ["card", "--quest", "3"], ["card", "--to", "a", "--to", "b"], [""]],
    ids=lambda args: " ".join(args)[:40],
)  # fmt: skip
def test_what_leaves_a_doubt_is_for_typer(args: list[str], bare: None) -> None:
    by_typer(["render", "card"])
    assert by_the_straight_way(["render", "card"]) is not None
    assert by_the_straight_way(["render", *args]) is None


def test_a_book_that_may_not_be_read_is_for_typer_to_tell(
    bare: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    by_typer(["render", "card"])
    line = ["render", "card", "--book", str(tmp_path)]
    assert by_the_straight_way(line) is not None
    monkeypatch.setattr(os, "access", lambda path, mode, **_: mode == os.F_OK)
    assert by_the_straight_way(line) is None


# --- what is kept ------------------------------------------------------------------------------------------------


@pytest.fixture
def kept() -> Path:
    """The file in which `render` is kept."""
    remember("render", _command("render"))
    assert straight(["render", "card"]) is not None
    return cache_folder() / "command-render.json"


def test_what_is_kept_holds_for_one_version_only(kept: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("servkit.__version__", "99")
    assert straight(["render", "card"]) is None
    remember("render", _command("render"))
    assert straight(["render", "card"]) is not None


@pytest.mark.parametrize("module", ["render.py", "options.py"])
@pytest.mark.parametrize("change", ["st_size", "st_mtime_ns"])
def test_what_is_kept_ends_with_the_module_that_it_was_made_from(
    module: str, change: str, kept: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = os.stat

    class Changed:
        def __init__(self, status: os.stat_result) -> None:
            self.st_size, self.st_mtime_ns = status.st_size, status.st_mtime_ns
            setattr(self, change, getattr(self, change) + 1)

    def stat(path: Any, **more: Any) -> Any:
        found = real(path, **more)
        return Changed(found) if str(path).endswith(f"cli/{module}") else found

    monkeypatch.setattr("servkit.cli.straight.os.stat", stat)
    call = straight(["render", "card"])
    monkeypatch.undo()
    assert call is None


def test_nothing_that_was_not_written_by_servkit_is_believed(kept: Path) -> None:
    good = kept.read_bytes()
    data = json.loads(good[32:])
    data["defaults"]["book"] = "/elsewhere"
    rng = random.Random(4)
    bad = [b"", b"{}", b"null", b"[" * 60_000, good[:32], good[:-1], good + b" ", good[:32] + json.dumps(data).encode(),
           b"\xff" * 100, good[32:], b"0" * 32 + good[32:], good.replace(b"text", b"path"), bytes(1 << 20)]  # fmt: skip
    for _ in range(200):
        at = rng.randrange(len(good))
        bad.append(good[:at] + bytes([good[at] ^ (1 << rng.randrange(8))]) + good[at + 1 :])
    for text in bad:
        kept.write_bytes(text)
        assert straight(["render", "card"]) is None
    remember("render", _command("render"))
    assert kept.read_bytes() == good


def test_what_is_kept_of_one_command_is_not_believed_of_another(kept: Path) -> None:
    (cache_folder() / "command-find.json").write_bytes(kept.read_bytes())
    assert straight(["find", "card"]) is None


def test_a_folder_in_its_place_and_a_cache_that_cannot_be_written_only_cost_time(
    kept: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept.unlink()
    kept.mkdir()
    assert straight(["render", "card"]) is None
    remember("render", _command("render"))
    assert kept.is_dir()
    monkeypatch.setenv("SERVKIT_CACHE", str(Path(__file__) / "no"))
    remember("render", _command("render"))
    assert straight(["render", "card"]) is None


@pytest.mark.parametrize("name", ["", "../x", "options", "render.", "réndér", "r" * 500, "-h", "straight", "__init__"])
def test_only_commands_have_anything_kept(name: str) -> None:
    assert straight([name]) is None
