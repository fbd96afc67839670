"""``servkit lookup``: the JSON of the contract, the order on the screen, and what is asked."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from .conftest import Servkit

_KEYS = [
    "schema", "customer", "asked", "segments", "might_be", "ask", "terms", "philosophies", "standards", "procedures",
    "policies", "recoveries", "scripts", "left_out", "uncovered", "problems", "book", "fingerprint",
]  # fmt: skip
#: A book with an area and two roles.
_ROLES = "servkit: 1\nname: A small book\nareas: {returns: {title: Returns}}\nroles: [technician, lead]\n"


def answer(servkit: Servkit, *args: str, book: Any = "pest-control", code: int = 0) -> dict[str, Any]:
    ran = servkit("lookup", *args, "--on", "2026-03-01", "--format", "json", book=book)
    assert (ran.code, ran.err) == (code, "")
    found: dict[str, Any] = json.loads(ran.out)
    return found


def test_the_contract_s_own_sample_holds(servkit: Servkit) -> None:
    found = answer(
        servkit, "C-1042", "--about", "returns", "--role", "technician", "--channel", "phone", "--level", "synthetic"
    )
    assert list(found) == _KEYS
    assert found["schema"] == "servkit/answer/1"
    assert found["customer"]["id"] == "C-1042"
    assert found["customer"]["name"] == "Dorothy Bell"
    assert list(found["customer"]) == [
        "id",
        "name",
        "attributes",
        "priorities",
        "expectations",
        "pace",
        "signals",
        "promised",
    ]
    asked = {"about": ["returns"], "role": "technician", "channel": "phone", "office": None, "level": "synthetic"}
    assert found["asked"].items() >= (asked | {"on": "2026-03-01", "facts": {}}).items()
    assert [segment["id"] for segment in found["segments"]] == ["key-account"]
    assert found["might_be"] == [{"id": "growth", "ask": ["visits_a_year"]}]
    question = "How many visits do you expect in a year?"
    assert found["ask"] == [{"name": "visits_a_year", "question": question, "decides": ["segment:growth"]}]
    assert found["terms"]["returns.window"] == {
        "state": "settled",
        "value": "60 days",
        "default": "30 days",
        "from": {"kind": "segment", "id": "key-account", "file": "segments/key-account.yaml", "line": 9},
        "fixed": False,
        "you_may": "60 days",
        "then": {"role": "owner", "may": "90 days"},
        "limit": "90 days",
        "due": None,
    }
    assert set(found["book"]) == {"name", "revision", "dirty"}
    assert found["fingerprint"].startswith("sha256:")
    assert len(found["fingerprint"]) == 7 + 64


def test_from_turns_durations_into_moments(servkit: Servkit) -> None:
    found = answer(servkit, "C-1042", "--about", "reply", "--from", "2026-03-01T09:30")
    assert found["terms"]["reply.within"]["due"] == "2026-03-02T11:00"
    assert found["asked"]["from"] == "2026-03-01T09:30"


def test_the_last_minute_of_the_calendar(servkit: Servkit) -> None:
    ran = servkit("lookup", "--on", "9999-12-31", "--from", "9999-12-31T23:59", book="standards")
    assert (ran.code, ran.err) == (0, "")
    assert "is beyond the calendar" in " ".join(ran.out.split())


def test_set_gives_facts_and_an_empty_one_makes_unknown(servkit: Servkit) -> None:
    found = answer(servkit, "C-1042", "--about", "returns", "--set", "visits_a_year=20", "--set", "plan=")
    assert found["asked"]["facts"] == {"plan": None, "visits_a_year": "20"}
    assert "plan" in [ask["name"] for ask in found["ask"]]


def test_without_a_customer_there_is_nobody(servkit: Servkit) -> None:
    assert answer(servkit, "--about", "returns")["customer"] is None


def test_the_same_question_has_one_fingerprint(servkit: Servkit) -> None:
    first, second = (answer(servkit, "C-1042", "--about", "returns") for _ in range(2))
    assert first == second
    assert answer(servkit, "C-1042", "--about", "visits")["fingerprint"] != first["fingerprint"]


@pytest.mark.parametrize("wanted", ["dorothy bell", "DOROTHY", "c-1042", "Bell", "doro be"])
def test_a_customer_is_found_by_part_of_a_name_in_any_case(wanted: str, servkit: Servkit) -> None:
    assert answer(servkit, wanted, "--about", "returns")["customer"]["id"] == "C-1042"


def test_accents_do_not_matter(servkit: Servkit) -> None:
    assert answer(servkit, "lucia herrera", "--about", "returns", book="standards")["customer"]["id"] == "AS-1020"


def test_several_who_may_be_meant_list_themselves(servkit: Servkit) -> None:
    ran = servkit("lookup", "o", book="pest-control")
    assert (ran.code, ran.err) == (1, "")
    assert "C-2002" in ran.out
    data = json.loads(servkit("lookup", "o", "--format", "json").out)
    assert data["schema"] == "servkit/matches/1"
    assert {match["id"] for match in data["matches"]} == {"C-2002", "C-2016"}


def test_the_order_on_the_screen(servkit: Servkit) -> None:
    out = servkit(
        "lookup", "C-1042", "--about", "returns", "--on", "2026-03-01", "--role", "technician", book="pest-control"
    ).out
    parts = ["Dorothy Bell", "What matters", "Pace", "Signals", "Segments", "might be", "Ask", "Fixed", "Offer instead"]
    parts += ["Flexible", "Standards", "Say", "C-1042 · Bellweather Pest Control"]
    places = [
        out.index(part if part in ("Dorothy Bell", "might be", "Offer instead") else f"\n{part}") for part in parts
    ]
    assert places == sorted(places)
    assert out.count("C-1042 ·") == 1


def test_what_you_may_do_and_who_may_do_more(servkit: Servkit) -> None:
    given = ("--set", "plan=single", "--set", "since=2026-02-01", "--set", "referrals=0")
    out = servkit("lookup", "--about", "returns", "--role", "supervisor", *given, book="pest-control").out
    assert "you may go to 60 days · owner to 90 days" in out


BOOK = """
kind: policy
id: help
title: Help
why: Because.
rule: fixed
area: desk
terms: {wait: 2 days}
"""
SETTINGS = (
    "servkit: 1\nname: A small book\nareas: {desk: {title: The desk}, door: {title: The door}}\nroles: [clerk, boss]\n"
)


def test_a_broken_file_is_told_first_and_the_rest_answers(servkit: Servkit, small_book: Callable[..., Path]) -> None:
    folder = small_book(SETTINGS, help=BOOK, broken="kind: policy\nid: [\n")
    ran = servkit("lookup", "--about", "desk", book=folder)
    assert ran.code == 0
    assert ran.out.startswith("! 1 problem with the book or the record: read it first\n  broken.yaml:")
    assert "2 days" in ran.out
    data = json.loads(servkit("lookup", "--about", "desk", "--format", "json").out)
    assert data["problems"][0]["path"] == "broken.yaml"
    assert data["terms"]["help.wait"]["value"] == "2 days"


def test_an_area_that_nothing_covers_is_loud_and_an_answer_of_no(
    servkit: Servkit, small_book: Callable[..., Path]
) -> None:
    ran = servkit("lookup", "--about", "door", book=small_book(SETTINGS, help=BOOK))
    assert ran.code == 1
    assert "! Nothing covers: The door" in ran.out


def test_a_customer_file_that_cannot_be_read_is_told_first(servkit: Servkit, small_book: Callable[..., Path]) -> None:
    folder = small_book(SETTINGS + "customers: [gone.csv]\n", help=BOOK, me="kind: customer\nid: C-1\nname: Bo\n")
    assert servkit("lookup", "bo", "--about", "desk", book=folder).out.startswith("! 1 problem")


def test_why_names_rule_condition_and_place(servkit: Servkit) -> None:
    out = servkit("lookup", "C-1042", "--about", "returns", "--on", "2026-03-01", "--why", book="pest-control").out
    assert "returns.window = 60 days" in out
    assert "flexible; everybody has 30 days  policies/returns.yaml:17" in out
    assert "✓ Plan: commercial  (commercial)" in out
    assert "? Visits a year: at least 12  (not known)" in out
    assert "✗ policy:opened-box  policies/opened-box.yaml:1" in out


def test_why_in_json(servkit: Servkit) -> None:
    found = answer(servkit, "C-1042", "--about", "returns", "--why")
    assert found["why"]["terms"]["returns.window"]["value"]["from"]["line"] == 17
    plain = answer(servkit, "C-1042", "--about", "returns")
    assert found["fingerprint"] == plain["fingerprint"]


def test_everything_at_once_is_told_in_brief(servkit: Servkit) -> None:
    out = servkit("lookup", "--on", "2026-03-01", book="standards").out
    assert "To see one area in full, add --about AREA." in " ".join(out.split())
    assert "Offer instead" in out
    assert "□" not in out


def test_a_segment_tells_what_to_do_only_where_its_area_is_asked_about(servkit: Servkit, tmp_path: Path) -> None:
    (tmp_path / "servkit.yaml").write_text(
        "servkit: 1\nname: Inn\nareas: {meals: {}, stay: {}}\nattributes: {diet: {type: text}}\n"
    )
    (tmp_path / "a.yaml").write_text(
        "kind: segment\nid: coeliac\ntitle: Coeliac\narea: meals\nwhen: {diet: gluten}\ndo: Bring the other menu.\n"
        "---\nkind: policy\nid: leave\nrule: fixed\narea: stay\n"
        "---\nkind: policy\nid: eat\nrule: fixed\narea: meals\n"
    )
    ask = ("--set", "diet=gluten", "--on", "2026-03-01")
    assert "→ Bring the other menu." in servkit("lookup", "--about", "meals", *ask, book=tmp_path).out
    there = servkit("lookup", "--about", "stay", *ask, book=tmp_path).out
    assert "Coeliac" in there
    assert "Bring" not in there


def test_terms_and_questions_come_in_their_author_s_order(servkit: Servkit, tmp_path: Path) -> None:
    (tmp_path / "servkit.yaml").write_text(
        "servkit: 1\nname: Inn\nareas: {stay: {}}\n"
        "facts: {zeal: {type: flag, ask: First?}, age: {type: flag, ask: Second?}}\n"
    )
    (tmp_path / "a.yaml").write_text(
        "kind: policy\nid: p\nrule: fixed\narea: stay\nterms:\n  yard: 1\n  beds: 2\n"
        "  arch: {value: 3, cases: [{when: {age: yes, zeal: yes}, value: 4}]}\n"
    )
    out = servkit("lookup", "--about", "stay", "--on", "2026-03-01", book=tmp_path).out
    assert out.index("First?") < out.index("Second?")
    assert out.index("Yard") < out.index("Beds") < out.index("  Arch")
    assert "depending on: Zeal and Age" in out
    found = answer(servkit, "--about", "stay", book=tmp_path)
    assert list(found["terms"]) == ["p.arch", "p.beds", "p.yard"]
    assert [ask["name"] for ask in found["ask"]] == ["age", "zeal"]


def test_every_duration_of_a_recovery_is_due(small_book: Callable[..., Path], servkit: Servkit) -> None:
    recovery = (
        "kind: recovery\nid: late\ntitle: We came late\nwhy: W.\narea: returns\ntrigger: Nobody was there.\n"
        "steps: [{do: Call them., role: lead, within: 2 hours}, Say sorry.]\nfollow_up: 1 day\n"
    )
    book = small_book(_ROLES, late=recovery)
    lines = servkit("lookup", "--about", "late", "--on", "2026-03-02", book=book).out.splitlines()
    assert "    1. Call them. (lead, 2 hours)" in lines
    assert lines[lines.index("    2. Say sorry.") + 1] == "    Check back after 1 day"
    lines = servkit("lookup", "--about", "late", "--from", "2026-03-02T10:00", book=book).out.splitlines()
    assert "    1. Call them. (lead, 2 hours, by Mon 2 Mar, 12:00)" in lines
    assert "    Check back after 1 day, by Tue 3 Mar, 10:00" in lines


def test_the_reasons_name_what_is_left_out_once(small_book: Callable[..., Path], servkit: Servkit) -> None:
    policy = "kind: policy\nid: fees\nwhy: W.\narea: returns\nstatement: S.\nroles: [lead]\nrule: fixed\n"
    book = small_book(_ROLES, fees=policy)
    args = ("lookup", "--role", "technician", "--about", "returns")
    assert "1 document left out: fees (see --why)" in servkit(*args, book=book).out
    reasons = servkit(*args, "--why", book=book).out
    assert "see --why" not in reasons
    assert "Why these are left out" in reasons
