"""Author's and customer's text reaches the screen as text, and changes nothing else."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from . import hostile
from .conftest import BOOKS

if TYPE_CHECKING:
    from pathlib import Path

    from .conftest import Servkit

_LINES = [
    ("lookup", "C-1"), ("lookup", "C-1", "--why"), ("lookup",), ("lookup", "--about", "desk"), ("say", "hi", "C-1"),
    ("find", "smile"),
    ("show", "help"), ("show", "C-1"), ("show", "odd"), ("show", "desk"), ("list",), ("list", "area"),
    ("list", "attribute"),
    ("find", "nothing\x1b[31m"), ("lookup", "C-1", "--set", "plan=\x1b[31m\u202e[red]"),
]  # fmt: skip


@pytest.mark.parametrize("columns", [30, 40, 80])
@pytest.mark.parametrize("line", _LINES, ids=" ".join)
def test_no_control_reaches_the_terminal_and_no_line_is_too_wide(
    line: tuple[str, ...], columns: int, servkit: Servkit, tmp_path: Path
) -> None:
    ran = servkit(*line, book=hostile.book(tmp_path), columns=columns)
    assert ran.code in (0, 1), ran.err
    # What is said is pasted: it keeps its own lines.
    hostile.assert_only_text(ran.out, 1000 if line[0] == "say" else columns)
    if line[0] in ("lookup", "say", "show") and columns == 80:
        assert "[red]" in ran.out
        assert ":smile:" in ran.out
        assert "␛[31m" in ran.out
        assert "山田太郎" in ran.out


def test_forced_colours_are_ours_alone(servkit: Servkit, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FORCE_COLOR", "1")
    ran = servkit("lookup", "C-1", book=hostile.book(tmp_path))
    assert "\x1b[1;36m" in ran.out
    hostile.assert_only_text(ran.out, 80, styled=True)


def test_no_color_wins_over_forced_colours(servkit: Servkit, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FORCE_COLOR", "1")
    monkeypatch.setenv("NO_COLOR", "1")
    assert "\x1b" not in servkit("lookup", book="pest-control").out


def test_json_keeps_the_text_as_it_is(servkit: Servkit, tmp_path: Path) -> None:
    ran = servkit("lookup", "C-1", "--format", "json", book=hostile.book(tmp_path))
    assert "\x1b[31m" in json.loads(ran.out)["customer"]["name"]
    assert "\x1b" not in ran.out  # escaped in the JSON itself


@pytest.mark.parametrize("columns", [24, 40, 57, 80, 120])
@pytest.mark.parametrize("name", BOOKS)
def test_nothing_of_the_shipped_books_is_wider_than_the_terminal(name: str, columns: int, servkit: Servkit) -> None:
    for line in (("lookup", "--why"), ("list",), ("list", "fact"), ("show", "goodwill"), ("find", "e")):
        ran = servkit(*line, book=name, columns=columns)
        hostile.assert_only_text(ran.out, columns)
