"""The terminal at hand: its width, and whether it is styled."""

from __future__ import annotations

import io

import pytest

from servkit.cli.shared.console import columns, has_styles


class _Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


@pytest.mark.parametrize(
    ("environment", "styled"),
    [
        ({}, True),
        ({"NO_COLOR": "1"}, False),
        ({"NO_COLOR": ""}, True),
        ({"TERM": "dumb"}, False),
        ({"TERM": "dumb", "FORCE_COLOR": "1"}, True),
    ],
)
def test_when_a_terminal_is_styled(environment: dict[str, str], styled: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TERM", "xterm")
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    assert has_styles(_Terminal()) is styled


@pytest.mark.parametrize(("text", "width"), [("40", 40), ("5", 24), ("4000", 100), ("wide", 80), ("-1", 80), ("", 80)])
def test_how_wide_it_is(text: str, width: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", text)
    monkeypatch.setattr("os.get_terminal_size", lambda _: (_ for _ in ()).throw(OSError))
    assert columns() == width
