"""Lines for a terminal: never wider than it, aligned whatever the script, lists and line breaks kept."""

from __future__ import annotations

import io

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from wcwidth import wcswidth

from servkit.terminal.layout import Screen, columns, wants_styles

_TEXT = st.text(st.sampled_from("ab c-1.\n\t…é山田😀ש\u202e\x1b•*"), max_size=80)


@given(_TEXT, _TEXT, st.integers(24, 100), st.integers(0, 8), st.sampled_from([None, 0, 2]))
@example("a b", "x" * 90, 24, 8, 2)
@example("", "x" * 90, 24, 8, 2)
@settings(deadline=None, max_examples=300)
def test_no_line_is_wider_than_the_terminal(text: str, mark: str, wide: int, indent: int, hang: int | None) -> None:
    screen = Screen(wide, styled=False)
    screen.put(
        text,
        indent=indent,
        mark=mark.replace("\n", " ")[:4] if hang is None else mark.replace("\n", " "),
        hang=hang,
    )
    screen.pair(mark, text, indent=indent)
    screen.labelled(mark.replace("\n", " "), text)
    screen.heading(text)
    screen.bullets([text])
    for line in screen.text().split("\n"):
        assert wcswidth(line) <= wide, repr(line)


def test_lists_hang_by_their_markers() -> None:
    screen = Screen(24, styled=False)
    screen.put("Either:\n- one two three four five six\n10. seven eight nine ten eleven")
    assert screen.text() == "Either:\n- one two three four\n  five six\n10. seven eight nine ten\n    eleven\n"


def test_a_mark_stands_before_the_first_line_alone() -> None:
    screen = Screen(24, styled=False)
    screen.put("one two three four five six", indent=2, mark="• ")
    assert screen.text() == "  • one two three four\n    five six\n"


def test_a_label_runs_on_or_stands_above_a_list() -> None:
    screen = Screen(40, styled=False)
    screen.labelled("Offer instead", "A call on the day, or a key safe whose code you change.", indent=2)
    screen.labelled("Offer instead", "- one\n- two\n", indent=2)
    assert screen.text() == (
        "  Offer instead: A call on the day, or a\n    key safe whose code you change.\n"
        "  Offer instead:\n    - one\n    - two\n"
    )  # fmt: skip


def test_columns_are_aligned_by_width_not_by_length() -> None:
    screen = Screen(80, styled=False)
    for name in ("ab", "山田", "é", "👩‍🔧"):
        screen.pair(name, "|", column=12)
    assert {wcswidth(line.partition("|")[0]) for line in screen.lines} == {12}


def test_where_there_is_no_room_for_two_columns_they_run_on() -> None:
    screen = Screen(30, styled=False)
    screen.pair("Return window", "30 days")
    assert screen.text() == "  Return window: 30 days\n"


def test_only_our_own_styles() -> None:
    screen = Screen(40, styled=True)
    screen.put("\x1b[31mred", "bold")
    assert screen.text() == "\x1b[1m␛[31mred\x1b[0m\n"


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
    assert wants_styles(_Terminal()) is styled


@pytest.mark.parametrize(("said", "wide"), [("40", 40), ("5", 24), ("4000", 100), ("wide", 80), ("-1", 80), ("", 80)])
def test_how_wide_it_is(said: str, wide: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", said)
    monkeypatch.setattr("os.get_terminal_size", lambda _: (_ for _ in ()).throw(OSError))
    assert columns() == wide
