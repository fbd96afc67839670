"""From what was typed to a case: days, moments, and the settings of the desk."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from servkit.book.problems import ServkitError, UnknownNameError
from servkit.cli.shared.desk import open_desk
from servkit.desk.field_error import FieldError
from servkit.desk.request import DeskRequest, make_case, split_fact

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from servkit.answer.case import Case
    from servkit.desk.session import Desk

SETTINGS = """
servkit: 1
name: B
language: en
languages: [en, es]
timezone: America/New_York
channels: [phone]
roles: [clerk, boss]
currency: USD
attributes: {plan: {type: choice, of: [single, monthly]}, tags: {type: list}, balance: {type: money}}
facts: {late: {type: duration}}
"""


@pytest.fixture
def book(tmp_path: Path) -> Iterator[Desk]:
    (tmp_path / "servkit.yaml").write_text(SETTINGS)
    with open_desk(tmp_path) as opened:
        yield opened


def case(book: Desk, **typed: object) -> Case:
    return make_case(book, DeskRequest(**typed))  # type: ignore[arg-type]


def test_facts_are_typed_by_the_book(book: Desk) -> None:
    given = case(book, facts=["plan=monthly", "tags=a;b", "balance=25", "late=2 hours", "plan="]).given
    assert {name: str(value) if value else None for name, value in given.items()} == {
        "plan": None, "tags": "a; b", "balance": "25 USD", "late": "2 hours",
    }  # fmt: skip


@pytest.mark.parametrize("text", ["plan", "=single", " =x"])
def test_a_fact_has_a_name_and_a_value(text: str) -> None:
    with pytest.raises(FieldError, match="NAME=VALUE"):
        split_fact(text)


def test_a_value_may_hold_an_equals_sign() -> None:
    assert split_fact(" note = a=b ") == ("note", "a=b")


@pytest.mark.parametrize(
    ("start", "on", "moment"),
    [
        ("2026-03-01T09:30", None, "2026-03-01T09:30:00"),
        ("2026-03-01 09:30", None, "2026-03-01T09:30:00"),
        ("09:30", "2026-03-02", "2026-03-02T09:30:00"),
        ("9:30", "2026-03-02", "2026-03-02T09:30:00"),
        ("2026-03-01T9:30:15", None, "2026-03-01T09:30:15"),
        ("2026-03-01T14:30Z", None, "2026-03-01T09:30:00"),
        ("2026-03-01T15:30+01:00", None, "2026-03-01T09:30:00"),
    ],
)  # fmt: skip
def test_when_it_began(start: str, on: str | None, moment: str, book: Desk) -> None:
    found = case(book, start=start, on=on)
    assert found.start is not None
    assert found.start.isoformat() == moment
    assert found.on == found.start.date()


def test_a_day_of_its_own_goes_before_that_of_the_beginning(book: Desk) -> None:
    assert case(book, start="2026-03-01T09:30", on="2026-04-01").on == date(2026, 4, 1)


@pytest.mark.parametrize("on", ["20260201", "2026-02-30", "0000-01-01", "soon", "1/2"])
def test_what_is_not_one_day_is_refused(on: str, book: Desk) -> None:
    with pytest.raises(ServkitError, match=r"--on: "):
        case(book, on=on)


@pytest.mark.parametrize("start", ["24:00", "9.30", "2026-03-01", "2026-02-30T10:00", "0001-01-01T00:00+14:00"])
def test_what_is_no_moment_is_refused(start: str, book: Desk) -> None:
    with pytest.raises(FieldError, match=r"--from: .* is not a time"):
        case(book, start=start)


@pytest.mark.parametrize(
    "typed",
    [{"role": "boos"}, {"channel": "fax"}, {"level": "easy"}, {"language": "fr"}, {"facts": ["plna=single"]}],
    ids=str,
)
def test_what_the_book_does_not_have(typed: dict[str, object], book: Desk) -> None:
    with pytest.raises(UnknownNameError):
        case(book, **typed)


def test_a_language_of_a_country_is_that_language(book: Desk) -> None:
    assert case(book, language="es-MX").language == "es-MX"


def test_no_book_is_an_error_of_the_caller(tmp_path: Path) -> None:
    with pytest.raises(ServkitError):
        open_desk(tmp_path / "none")


def test_a_person_of_another_language_gets_the_book_in_its_own(book: Desk) -> None:
    """Only a language that somebody asks for has to be one of the book's."""
    assert make_case(book.of(book.person._replace(language="de")), DeskRequest()).language is None
    assert make_case(book.of(book.person._replace(language="es-MX")), DeskRequest()).language == "es-MX"
    with pytest.raises(UnknownNameError, match="de"):
        make_case(book, DeskRequest(language="de"))
