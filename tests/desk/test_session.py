"""A desk: one open book, many people, one clock."""

from __future__ import annotations

import json
import sqlite3
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from servkit.cli import run
from servkit.desk.answers import answer_data, look_up
from servkit.desk.due import due_list
from servkit.desk.grants import grant
from servkit.desk.offers import Approval, Refusal
from servkit.desk.open_book import OpenBook
from servkit.desk.person import Person
from servkit.desk.recording import Recorded
from servkit.desk.request import DeskRequest, find_customer
from servkit.desk.scripts import Said, say_script
from servkit.desk.session import Desk

if TYPE_CHECKING:
    from collections.abc import Iterator

    from servkit.answer.case import Customer

BOOK = Path(__file__).parents[2] / "standards"
NOON = datetime(2026, 11, 23, 17, 0, tzinfo=UTC)
NADIA = "AS-1007"


@pytest.fixture
def open_book(tmp_path: Path) -> Iterator[OpenBook]:
    with OpenBook(BOOK, {"SERVKIT_JOURNAL": str(tmp_path / "journal.sqlite")}, tmp_path / "cache") as opened:
        yield opened


@pytest.fixture
def notices() -> list[str]:
    return []


@pytest.fixture
def desk(open_book: OpenBook, notices: list[str]) -> Desk:
    return Desk(open_book, Person("Ruth", "technician"), lambda: NOON, notices.append)


def nadia(desk: Desk) -> Customer:
    found = find_customer(desk, NADIA)
    assert found is not None
    assert not isinstance(found, list)
    return found


def told(desk: Desk, customer: str) -> dict[str, object]:
    answer = look_up(desk, DeskRequest(customer, ("returns",)))
    assert not isinstance(answer, list)
    return answer_data(desk, answer)


def test_an_answer_is_the_one_of_the_command_line(
    desk: Desk, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(BOOK)
    command = ["lookup", NADIA, "--about", "returns", "--role", "technician", "--on", "2026-11-23", "--format", "json"]
    assert run(command) == 0
    assert told(desk, NADIA) == json.loads(capsys.readouterr().out)


def test_one_open_book_answers_many_people_from_any_thread(desk: Desk) -> None:
    others = [desk.of(Person(role=role)) for role in desk.settings.roles] * 2
    expected = [told(other, NADIA) for other in others]
    with ThreadPoolExecutor(1) as thread:
        assert list(thread.map(lambda other: told(other, NADIA), others)) == expected
    assert len({str(answer["asked"]) for answer in expected}) == len(desk.settings.roles)


def test_a_mistyped_name_is_taken_and_noticed(desk: Desk, notices: list[str]) -> None:
    look_up(desk, DeskRequest(None, ("retruns",)))
    assert notices == ["There is no area or document 'retruns'. This is for 'returns'."]


def test_the_clock_is_that_of_the_desk(desk: Desk) -> None:
    answer = look_up(desk, DeskRequest(NADIA, ("returns",)))
    assert not isinstance(answer, list)
    assert answer.case.on.isoformat() == "2026-11-23"
    assert due_list(desk).on.isoformat() == "2026-11-23"
    assert desk.now().isoformat() == "2026-11-23T12:00:00"


def test_somebody_signed_in_is_recorded_so_and_their_approver_has_to_confirm(desk: Desk) -> None:
    signed_in = desk.of(Person("Ruth", "technician", signed_in=True))
    case = DeskRequest(NADIA)
    refused = grant(signed_in, nadia(desk), "missed-visit.credit", "75 USD", "twice", case, reason="late")
    assert isinstance(refused, Refusal)
    approval = Approval("Sam", refused.who[0])
    made = grant(
        signed_in, nadia(desk), "missed-visit.credit", "75 USD", "twice", case, reason="late", approval=approval
    )
    assert isinstance(made, Recorded)
    assert made.entries[0].time.startswith("2026-11-23T17:00:00")
    assert made.body["role_is"] == "signed-in"
    assert made.body["approved"] == {"by": "Sam", "role": refused.who[0], "state": "pending"}


def test_a_script_is_filled_for_whoever_sits_there(desk: Desk) -> None:
    said = say_script(desk, "greet-phone", DeskRequest(NADIA))
    assert isinstance(said, Said)
    assert not said.lack
    assert "Ruth" in said.text


def test_files_and_databases_of_customers_go_from_thread_to_thread(tmp_path: Path) -> None:
    with closing(sqlite3.connect(tmp_path / "crm.sqlite")) as database:
        database.execute("CREATE TABLE people (id TEXT, name TEXT)")
        database.execute("INSERT INTO people VALUES ('D-1', 'Dora Base')")
        database.commit()
    (tmp_path / "people.csv").write_text("id,name\nC-1,Carla File\n", "utf-8")
    sources = '[{file: people.csv}, {database: "sqlite:crm.sqlite", table: people}]'
    (tmp_path / "servkit.yaml").write_text(f"servkit: 1\nname: B\ncustomers: {sources}\n", "utf-8")
    with OpenBook(tmp_path, {}, None) as opened:
        desk = Desk(opened, Person(), lambda: NOON, lambda _: None)

        def names() -> list[object]:
            found = [find_customer(desk, name) for name in ("C-1", "dora")]
            return [getattr(customer, "name", None) for customer in found]

        assert names() == ["Carla File", "Dora Base"]
        for _ in range(2):
            with ThreadPoolExecutor(1) as thread:
                assert thread.submit(names).result() == ["Carla File", "Dora Base"]
