"""One customer from several places, and how people find them: as a person at the desk sees it."""

from __future__ import annotations

import json
import os
from typing import TYPE_CHECKING, Any

import pytest

from servkit.book.problems import ServkitError, UnknownNameError
from servkit.book.reader import read_book
from servkit.book.values import write
from servkit.cli import run
from servkit.customers.directory import Directory

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from servkit.answer.case import Customer

SETTINGS = """\
servkit: 1
name: B
currency: USD
attributes:
  plan: {type: choice, of: [single, monthly]}
  visits: {type: number, from: 0}
  phone: {type: text, find: yes}
  phones: {type: list, find: yes}
customers: [people.csv, crm.csv]
"""
DOCUMENT = """\
kind: customer
id: C-1
name: Dot Bell
attributes: {plan: , visits: 4}
priorities: [A call before every visit.]
"""
PEOPLE = "id,name,plan,visits,phone\nC-1,Dorothy Bell,monthly,,+1 (555) 123-4567\nC-2,Earl Jameson,single,1,\n"
CRM = "id,name,plan,visits,phones\nC-1,D Bell,single,9,\nC-3,Ada Lind,single,,0049 89 12-34-56;555-0000\nC-2,,,2,\n"
Book = "Callable[..., Path]"


@pytest.fixture
def book(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Path]:
    monkeypatch.setenv("SERVKIT_CACHE", str(tmp_path / "cache"))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))

    def make(document: str = DOCUMENT, people: str = PEOPLE, crm: str = CRM) -> Path:
        root = tmp_path / "book"
        root.mkdir(exist_ok=True)
        files = {"servkit.yaml": SETTINGS, "dorothy.yaml": document, "people.csv": people, "crm.csv": crm}
        for name, text in files.items():
            (root / name).write_text(text)
        return root

    return make


@pytest.fixture
def directory(book: Callable[..., Path]) -> Iterator[Directory]:
    root = book()
    with Directory(read_book(root), root) as found:
        yield found


def attributes(customer: Customer | None) -> dict[str, str]:
    assert customer is not None
    return {name: write(value) for name, value in customer.attributes.items()}


def lint(root: Path, capsys: pytest.CaptureFixture[str]) -> list[str]:
    run(["lint", "--format", "concise", "--select", "SK2,SK5", "--on", "2026-11-20", "--book", str(root)])
    return [line for line in capsys.readouterr().out.splitlines() if " SK" in line]


def lookup(root: Path, capsys: pytest.CaptureFixture[str], *args: str) -> dict[str, Any]:
    run(["lookup", *args, "--format", "json", "--book", str(root)])
    found: dict[str, Any] = json.loads(capsys.readouterr().out)
    return found


def test_what_one_place_leaves_unknown_a_later_one_fills_in(directory: Directory) -> None:
    assert attributes(directory.exact("C-1")) == {"plan": "monthly", "visits": "4", "phone": "+1 (555) 123-4567"}
    assert attributes(directory.exact("C-2")) == {"plan": "single", "visits": "1"}
    assert attributes(directory.exact("C-3")) == {"plan": "single", "phones": "0049 89 12-34-56; 555-0000"}
    dorothy = directory.exact("C-1")
    assert dorothy is not None
    assert (dorothy.name, dorothy.notes["priorities"]) == ("Dot Bell", ["A call before every visit."])


def test_a_person_in_three_places_is_one_match_under_each_of_their_names(directory: Directory) -> None:
    for name in ("dot", "dorothy", "d bell", "bell"):
        assert [match.id for match in directory.find(name)] == ["C-1"]
    assert [listing.id for listing in directory.everybody()] == ["C-1", "C-2", "C-3"]


@pytest.mark.parametrize(
    ("typed", "id_"),
    [
        ("15551234567", "C-1"),
        ("+1 555 123 4567", "C-1"),
        ("001 555 1234567", "C-1"),
        ("555 123-4567", "C-1"),
        ("1555123", "C-1"),
        ("+49 (89) 123456", "C-3"),
        ("089 12 34 56", "C-3"),
        ("5550000", "C-3"),
    ],
)
def test_a_customer_is_found_by_phone(directory: Directory, typed: str, id_: str) -> None:
    assert [match.id for match in directory.find(typed)] == [id_]


def test_somebody_with_a_document_is_found_by_phone(book: Callable[..., Path]) -> None:
    root = book("kind: customer\nid: C-9\nattributes: {phone: 0800 77}\n")
    with Directory(read_book(root), root) as directory:
        assert [match.id for match in directory.find("080077")] == ["C-9"]
        assert "0800 77" in directory.starting("0800")


def test_completion_knows_ids_names_and_phones(directory: Directory) -> None:
    assert directory.starting("C-") == ["C-1", "C-2", "C-3"]
    assert directory.starting("Do") == ["Dorothy Bell", "Dot Bell"]
    assert directory.starting("+1 (5") == ["+1 (555) 123-4567"]


def test_what_a_document_says_wrongly_hides_nothing(
    book: Callable[..., Path], capsys: pytest.CaptureFixture[str]
) -> None:
    root = book("kind: customer\nid: C-1\nattributes: {plan: yearly}\n")
    found = lookup(root, capsys, "C-1")
    assert found["customer"]["attributes"]["plan"] == "monthly"
    assert any("`yearly` is not one of single, monthly" in problem["message"] for problem in found["problems"])


def test_two_values_are_told_once_an_attribute_with_both_places(
    book: Callable[..., Path], capsys: pytest.CaptureFixture[str]
) -> None:
    found = lint(book(), capsys)
    plan, visits = [line.split(" SK513 ")[1] for line in found if line.startswith("crm.csv:2:1: info SK513 ")]
    used = "`monthly` is used. Correct the other one."
    assert plan == f"`plan` of `C-1` is `monthly` in people.csv:2 and `single` here. {used}"
    more = "`4` is used. Correct the other one. It differs for 1 more."
    assert visits == f"`visits` of `C-1` is `4` in dorothy.yaml:1 and `9` here. {more}"
    assert len([line for line in found if "SK513" in line]) == 2
    assert not [line for line in found if "SK203" in line]


def test_two_documents_and_two_rows_of_one_source_stay_a_fault(
    book: Callable[..., Path], capsys: pytest.CaptureFixture[str]
) -> None:
    root = book(f"{DOCUMENT}---\n{DOCUMENT}", people=PEOPLE + "C-2,Other,monthly,,\n")
    told = [line.partition(" SK203 ")[0] for line in lint(root, capsys) if "SK203" in line]
    assert told == ["dorothy.yaml:8:5: error", "people.csv:4:1: error"]
    assert lookup(root, capsys, "C-2")["customer"]["attributes"] == {"plan": "single", "visits": "1"}


def test_a_file_in_place_of_the_first_source(book: Callable[..., Path], tmp_path: Path) -> None:
    root = book()
    other = tmp_path / "other.csv"
    other.write_text("id,name,plan\nC-3,Somebody,monthly\n")
    with Directory(read_book(root), root, other) as directory:
        assert attributes(directory.exact("C-3")) == {"plan": "monthly", "phones": "0049 89 12-34-56; 555-0000"}
        assert attributes(directory.exact("C-1")) == {"visits": "4", "plan": "single"}


@pytest.mark.parametrize("kind", ["missing", "folder", "device", "pipe"])
def test_a_file_of_customers_that_is_none(book: Callable[..., Path], tmp_path: Path, kind: str) -> None:
    root, path = book(), tmp_path / kind
    if kind == "folder":
        path.mkdir()
    elif kind == "pipe":
        os.mkfifo(path)
    elif kind == "device":
        path.symlink_to("/dev/zero")
    said = {"missing": "no such file"}.get(kind, f"it is a {kind}, not a file")
    with Directory(read_book(root), root, path) as directory, pytest.raises(ServkitError, match=said):
        directory.one("C-1")


def test_nobody_found_names_the_source_that_could_not_be_read(book: Callable[..., Path]) -> None:
    root = book()
    (root / "crm.csv").unlink()
    with Directory(read_book(root), root) as directory:
        with pytest.raises(UnknownNameError) as raised:
            directory.one("C-77")
        assert raised.value.hint == "crm.csv: The file can't be read: no such file."
        assert directory.exact("C-2") is not None
