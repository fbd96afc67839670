"""The desk takes names and days as people type them, and says what it took."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from .conftest import Servkit


def asked(servkit: Servkit, *args: str) -> dict[str, object]:
    ran = servkit("lookup", *args, "--format", "json", book="standards")
    assert ran.code == 0, ran.err
    found: dict[str, object] = json.loads(ran.out)["asked"]
    return found


@pytest.mark.parametrize("about", ["Returns and refunds", "RETURNS", "returns"])
def test_an_area_is_named_by_its_title_and_in_any_case(about: str, servkit: Servkit) -> None:
    title = json.loads(servkit("show", "returns", "--format", "json", book="standards").out)["area"]["title"]
    given = title.upper() if about.startswith("Returns ") else about
    assert asked(servkit, "--about", given)["about"] == ["returns"]


def test_a_name_needs_no_quotes(servkit: Servkit) -> None:
    assert servkit("lookup", "Nadia", "Osman", "--about", "returns", book="standards").out.startswith("Nadia Osman\n")
    assert servkit("say", "hi", "nadia", "osman", "--agent", "Bo", book="standards").code == 0


@pytest.mark.parametrize(
    ("args", "said"),
    [
        (["--about", "retuns"], "There is no area or document 'retuns'. This is for 'returns'."),
        (["--role", "technicain"], "There is no role 'technicain'. This is for 'technician'."),
        (["Nadia Osmann"], "There is no customer 'Nadia Osmann'. This is for 'Nadia Osman'."),
        (["--set", "raised_befor=yes"], "There is no attribute or fact 'raised_befor'. This is for 'raised_before'."),
    ],
)
def test_a_lone_suggestion_is_taken_and_said(args: list[str], said: str, servkit: Servkit) -> None:
    ran = servkit("lookup", *args, book="standards")
    assert (ran.code, ran.err) == (0, f"servkit: {said}\n")


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("show retuns", "There is no document, area or term 'retuns'. This is for 'returns'."),
        ("list polcy", "There is no kind 'polcy'. This is for 'policy'."),
    ],
)
def test_the_same_is_true_of_what_is_shown_and_listed(line: str, said: str, servkit: Servkit) -> None:
    ran = servkit(*line.split(), book="pest-control")
    assert (ran.code, ran.err) == (0, f"servkit: {said}\n")


def test_another_account_is_never_taken(servkit: Servkit) -> None:
    ran = servkit("lookup", "C-1024", book="pest-control")
    assert (ran.code, ran.out) == (2, "")
    assert "did you mean C-1042?" in ran.err


def test_several_suggestions_are_only_suggested(servkit: Servkit) -> None:
    ran = servkit("lookup", "--about", "late", book="standards")
    assert (ran.code, ran.out) == (2, "")
    assert "did you mean late-arrival, late-fee or late-visit?" in ran.err


def test_tomorrow_is_a_day_and_one_third_is_two(servkit: Servkit) -> None:
    today, tomorrow = (asked(servkit, "--on", day)["on"] for day in ("today", "tomorrow"))
    assert str(today) < str(tomorrow)
    ran = servkit("lookup", "--on", "1/3", book="standards")
    assert (ran.code, ran.out) == (2, "")
    assert "can be 3 January or 1 March" in ran.err


def test_amounts_as_typed_are_in_the_answer_as_the_book_writes_them(servkit: Servkit) -> None:
    facts = asked(servkit, "--set", "balance=$400", "--set", "late_by=3h", "--set", "raised_before=Y")["facts"]
    assert facts == {"balance": "400 USD", "late_by": "3 hours", "raised_before": "yes"}
