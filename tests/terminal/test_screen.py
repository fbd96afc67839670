"""Screens: no line wider than the terminal, aligned whatever the script, lists and line breaks kept."""

from __future__ import annotations

import io

from hypothesis import example, given, settings
from hypothesis import strategies as st
from rich.cells import cell_len
from rich.console import Console

from servkit.terminal.screen import Screen, TextBlock

_TEXT = st.text(st.sampled_from("ab c-1.\n\t…é山田😀ש\u202e\x1b•*[/]:"), max_size=80)


def shown(screen: Screen, width: int, *, styled: bool = False) -> str:
    """What a terminal of so many columns is sent."""
    out = io.StringIO()
    console = Console(
        file=out, width=width, markup=False, emoji=False, highlight=False,
        force_terminal=styled, color_system="standard" if styled else None,
    )  # fmt: skip
    console.print(screen, crop=False)
    return out.getvalue()


@given(_TEXT, _TEXT, st.integers(24, 100), st.integers(0, 8), st.sampled_from([None, 0, 2]))
@example("a b", "x" * 90, 24, 8, 2)
@example("", "x" * 90, 24, 8, 2)
@settings(deadline=None, max_examples=300)
def test_no_line_is_wider_than_the_terminal(text: str, mark: str, width: int, indent: int, hang: int | None) -> None:
    screen = Screen()
    mark = mark.replace("\n", " ").replace("\t", " ")
    screen.put(text, indent=indent, mark=mark[:4] if hang is None else mark, hang=hang)
    screen.pair(mark, text, indent=indent, under=[TextBlock(text, mark="• ")])
    screen.labelled(mark, text)
    screen.heading(text)
    screen.bullets([text])
    for line in shown(screen, width).split("\n"):
        assert cell_len(line) <= width, repr(line)


def test_lists_hang_by_their_markers() -> None:
    screen = Screen()
    screen.put("- zero\nEither:\n- one two three four five six\n10. seven eight nine ten eleven")
    lines = "- zero\nEither:\n- one two three four\n  five six\n10. seven eight nine ten\n    eleven\n"
    assert shown(screen, 24) == lines


def test_a_mark_stands_before_the_first_line_alone() -> None:
    screen = Screen()
    screen.put("one two three four five six", indent=2, mark="• ")
    assert shown(screen, 24) == "  • one two three four\n    five six\n"


def test_a_label_runs_on_or_stands_above_a_list() -> None:
    screen = Screen()
    screen.labelled("Offer instead", "A call on the day, or a key safe whose code you change.", indent=2)
    screen.labelled("Offer instead", "- one\n- two\n", indent=2)
    assert shown(screen, 40) == (
        "  Offer instead: A call on the day, or a\n    key safe whose code you change.\n"
        "  Offer instead:\n    - one\n    - two\n"
    )  # fmt: skip


def test_columns_are_aligned_by_width_not_by_length() -> None:
    screen = Screen()
    for name in ("ab", "山田", "é", "👩‍🔧"):
        screen.pair(name, "|", column=12)
    assert {cell_len(line.partition("|")[0]) for line in shown(screen, 80).splitlines()} == {12}


def test_where_there_is_no_room_for_two_columns_they_run_on() -> None:
    screen = Screen()
    screen.pair("Return window", "30 days", under=[TextBlock("for you 60 days")])
    assert shown(screen, 30) == "  Return window: 30 days\n    for you 60 days\n"


def test_a_value_that_fits_a_line_of_its_own_is_not_broken() -> None:
    screen = Screen()
    screen.pair("Confirmed in writing", "1 office day")
    assert shown(screen, 30) == "  Confirmed in writing:\n    1 office day\n"


def test_gaps_are_single_and_only_between_lines() -> None:
    screen = Screen()
    screen.gap()
    screen.put("a")
    screen.gap()
    screen.heading("b")
    screen.gap()
    assert shown(screen, 24) == "a\n\nb\n"


def test_what_is_to_be_copied_keeps_its_lines() -> None:
    screen = Screen()
    screen.verbatim("x" * 50)
    assert shown(screen, 24) == "x" * 50 + "\n"


def test_a_text_brings_no_styles_of_its_own() -> None:
    screen = Screen()
    screen.put("\x1b[31mred [red]not[/red] :smile: http://example.org 42", "bold")
    assert shown(screen, 80, styled=True) == "\x1b[1m␛[31mred [red]not[/red] :smile: http://example.org 42\x1b[0m\n"
