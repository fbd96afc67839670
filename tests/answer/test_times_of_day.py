"""Times of day: which terms are one, how they are written, and that all that has an order works on them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from servkit.answer.answer_json import answer_json
from servkit.answer.case import Case
from servkit.answer.resolver import resolve
from servkit.book.literals import read_as
from servkit.book.problems import ValueProblem
from servkit.book.reader import read_book
from servkit.book.values import decode, encode
from servkit.book.written_form import clock_form, time_form
from servkit.cache.compiled_book import CompiledBook

from .books import TODAY, answer, asks, book, term

if TYPE_CHECKING:
    from pathlib import Path

SETTINGS = """
servkit: 1
name: Inn
roles: [desk, owner]
attributes: {vip: {type: flag}}
facts: {arrival: {type: time, ask: When will you come?}}
"""
UNTIL = """
kind: policy
id: checkout
rule: flexible
terms: {until: %s}
"""


@pytest.mark.parametrize(("text", "written"), [("11:00", "11:00"), ("9:30", "09:30"), ("0:05", "00:05")])
def test_it_is_written_with_two_digits_for_the_hour(text: str, written: str) -> None:
    value = read_as("time", text)
    assert str(value) == written
    assert decode(encode(value)) == value


@pytest.mark.parametrize("text", ["24:00", "11:60", "11", "11:5", "-1:00", "11:00:00", "١١:٠٠"])
def test_anything_else_is_refused(text: str) -> None:
    with pytest.raises(ValueProblem, match="should be a time of day such as 11:00"):
        read_as("time", text)


@pytest.mark.parametrize(
    ("text", "form"),
    [("11am", "11:00"), ("11 pm", "23:00"), ("12 am", "00:00"), ("12 p.m.", "12:00"), ("14 Uhr", "14:00"),
     ("14.30 Uhr", "14:30"), ("11.30", "11:30"), ("11h30", "11:30"), ("noon", "12:00"), ("13 am", None),
     ("25:00", None), ("soon", None), ("11", None)],
)  # fmt: skip
def test_other_styles_are_shown_as_a_book_writes_them(text: str, form: str | None) -> None:
    assert time_form(text) == form


def test_what_names_a_time_is_told_wherever_it_stands() -> None:
    assert clock_form("11 Uhr") == "11:00"
    assert clock_form("11.30") is None  # a number
    library = book(UNTIL % "11 Uhr", SETTINGS)
    assert [remark.message for remark in library.all_remarks()] == [
        "`11 Uhr` was not read as a time of day. Write `11:00`."
    ]


@pytest.mark.parametrize(
    ("spec", "type_"),
    [
        ("11:00", "time"),
        ("{value: {2026-01-01: 11:00, 2027-01-01: 12:00}}", "time"),
        ("{value: 11:00, cases: [{when: {vip: yes}, value: 13:00}]}", "time"),
        ("{value: 11:00, cases: [{when: {vip: yes}, value: by arrangement}]}", "text"),
        ("{value: 11:00, cases: {when: {vip: yes}, value: late}}", "text"),
        ("{value: {2026-01-01: 11:00, 2027-01-01: noon}}", "text"),
        ("{value: 11:00, better: more, limit: 16:00, grant: {desk: 13:00}}", "time"),
        ("{value: 11:00, type: text}", "text"),
        ("{value: 9:00, type: time}", "time"),
        ("{type: choice, of: ['9:00', '10:00'], value: '9:00'}", "choice"),
        ("11:00:00", "text"),
        ("25:00", "text"),
    ],
)
def test_an_undeclared_term_is_one_where_all_it_says_is(spec: str, type_: str) -> None:
    (entry,) = book(UNTIL % spec, SETTINGS).entries
    assert entry.terms["until"].type == type_


def write(root: Path, files: dict[str, str]) -> Path:
    for name, text in ({"servkit.yaml": SETTINGS} | files).items():
        (root / name).write_text(text, "utf-8")
    return root


def shown(tmp_path: Path, *docs: str) -> tuple[dict[str, Any], list[str]]:
    """The term on the screen, and what the reader says; the compiled book says the same."""
    files = {f"{number}.yaml": doc for number, doc in enumerate(docs)}
    root = write(tmp_path, files)
    library, case = read_book(root), Case(TODAY, role="desk")
    read = answer_json(resolve(library, case))
    with CompiledBook(root) as compiled:
        assert answer_json(resolve(compiled, case)) == read
    found = read["terms"].get("checkout.until")
    return found, [problem.message for problem in (*library.problems, *library.all_remarks())]


FLEXIBLE = UNTIL % "{value: 9:00, better: more, limit: 16:00}"
SEGMENT = "kind: segment\nid: s\nwhen: {vip: yes}\neffective: {until: 2020-01-01}\nsets: {checkout.until: %s}\n"


@pytest.mark.parametrize(
    ("other", "says"),
    [
        (SEGMENT % "by arrangement", "`by arrangement` in 1.yaml:5"),
        (SEGMENT % "3 hours", "`3 hours` in 1.yaml:5"),
        (SEGMENT % "{2026-01-01: 11:00, 2027-01-01: noon}", "`noon` in 1.yaml:5"),
        ("kind: customer\nid: C-1\npromised: {checkout.until: any time}\n", "`any time` in 1.yaml:3"),
        (UNTIL % "{type: text, value: x}" + "effective: {until: 2020-01-01}\n", "a text in 1.yaml:5"),
    ],
    ids=["a segment", "another type", "dated", "a promise", "another version"],
)
def test_another_document_makes_it_a_text_and_the_author_is_told(tmp_path: Path, other: str, says: str) -> None:
    found, problems = shown(tmp_path, FLEXIBLE, other)
    assert (found["value"], found["limit"]) == ("9:00", None)  # as typed
    assert any(f"was read as text, because there is {says}, which isn't a time of day" in text for text in problems)


@pytest.mark.parametrize(
    "other",
    [
        SEGMENT % "12:00",
        "kind: customer\nid: C-1\npromised: {checkout.until: 15:00}\n",
        UNTIL % "{type: time, value: 10:00}" + "effective: {until: 2020-01-01}\n",
        "kind: scenario\nid: s\ngiven: {today: 2026-03-01}\ncustomer: {promised: {checkout.until: late}}\n",
        "kind: segment\nid: s\nwhen: {vip: yes}\nsets: {checkout.from: soon}\n",
    ],
    ids=["a segment", "a promise", "another version", "a scenario's own customer", "another term"],
)
def test_other_documents_that_fit_leave_it_a_time(tmp_path: Path, other: str) -> None:
    found, problems = shown(tmp_path, FLEXIBLE, other)
    assert (found["value"], found["limit"]) == ("09:00", "16:00")
    assert problems == []


def test_a_compiled_book_follows_every_edit(tmp_path: Path) -> None:
    root = write(tmp_path, {"a.yaml": FLEXIBLE, "b.yaml": SEGMENT % "12:00"})

    def until() -> str:
        with CompiledBook(root, tmp_path / ".cache") as compiled:
            return str(answer_json(resolve(compiled, Case(TODAY)))["terms"]["checkout.until"]["value"])

    assert until() == "09:00"
    for edit, name, text, value in (
        ("the segment says something else", "b.yaml", SEGMENT % "late", "9:00"),
        ("the policy changes", "a.yaml", FLEXIBLE.replace("9:00", "8:00"), "8:00"),
        ("the segment is a time again", "b.yaml", SEGMENT % "13:00", "08:00"),
        ("a customer is added", "c.yaml", "kind: customer\nid: C-1\npromised: {checkout.until: soon}\n", "8:00"),
        ("and goes", "c.yaml", "kind: customer\nid: C-1\n", "08:00"),
    ):
        (root / name).write_text(text, "utf-8")
        assert until() == value, edit


def test_better_limit_grants_and_segments_work_on_times() -> None:
    library = book(
        """
        kind: policy
        id: checkout
        rule: flexible
        terms:
          until: {value: 11:00, better: more, limit: 16:00, grant: {desk: 13:00, owner: 18:00}}
        ---
        kind: segment
        id: vips
        when: {vip: yes}
        sets: {checkout.until: 12:00}
        """,
        SETTINGS,
    )
    found = term(library, "checkout.until", given={"vip": "yes"}, role="desk")
    assert (found["value"], found["you_may"], found["limit"]) == ("12:00", "13:00", "16:00")
    assert found["then"] == {"role": "owner", "may": "16:00"}
    assert found["due"] is None
    found = term(library, "checkout.until", role="desk")
    assert (found["state"], found["may_be"]) == ("open", ["11:00", "12:00"])


@pytest.mark.parametrize(
    ("test", "yes", "no"),
    [
        ("22:00", ["22:00"], ["21:59"]),
        ("{is_not: 22:00}", ["21:59"], ["22:00"]),
        ("[9:00, 22:00]", ["09:00", "22:00"], ["10:00"]),
        ("{at_least: 22:00}", ["22:00", "23:59"], ["21:59"]),
        ("{more_than: 22:00}", ["22:01"], ["22:00"]),
        ("{at_most: 9:00}", ["00:00", "9:00"], ["09:01"]),
        ("{less_than: 9:00}", ["8:59"], ["9:00"]),
        ("{between: [9:00, 17:00]}", ["9:00", "17:00"], ["8:59", "17:01"]),
        ("{known: yes}", ["9:00"], []),
    ],
)
def test_every_operator(test: str, yes: list[str], no: list[str]) -> None:
    library = book(UNTIL % "11:00" + f"when: {{arrival: {test}}}", SETTINGS)
    for given, applies in (*((text, True) for text in yes), *((text, False) for text in no)):
        assert bool(answer(library, given={"arrival": given}).documents["policy"]) is applies, given


@pytest.mark.parametrize(
    ("when", "asked"),
    [
        ("{arrival: {between: [0:00, 23:59]}}", False),
        ("{any: [{arrival: {at_most: 11:00}}, {arrival: {at_least: 11:01}}]}", False),  # there is nothing between
        ("{any: [{arrival: {at_most: 11:00}}, {arrival: {at_least: 11:02}}]}", True),
        ("{arrival: {more_than: 23:59}}", False),
        ("{arrival: {less_than: 0:00}}", False),
        ("{arrival: {at_least: 22:00}}", True),
    ],
)
def test_the_fillings_are_every_minute_of_the_day(when: str, asked: bool) -> None:
    library = book(UNTIL % "11:00" + f"when: {when}", SETTINGS)
    assert set(asks(library)) == ({"arrival"} if asked else set())


def test_a_time_can_t_be_counted_of() -> None:
    library = book(UNTIL % "{value: {each: 5 USD, per: 1 hour, of: arrival}}", SETTINGS, sound=False)
    assert "`arrival` is not a fact or attribute that counts" in library.problems[0].message
