"""BOOK.md 9, *Answers*, and the JSON of CLI.md."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING, Any

import pytest

from servkit.answer.answer_json import answer_json, fingerprint
from servkit.book.problems import UnknownNameError, ValueProblem

from .books import answer, asks, book, shown, term

if TYPE_CHECKING:
    from servkit.book.values import Value

BOOK = """\
kind: standard
id: greet
area: visits
say: hello
recovery: sorry
philosophies: [second, first]
terms: {within: 3 minutes}
---
kind: policy
id: returns
rule: flexible
area: returns
terms: {window: {value: 30 days, cases: [{when: {opened: yes}, value: 10 days}]}, fee: 5 USD}
---
kind: policy
id: everywhere
rule: fixed
---
kind: script
id: hello
say: Hello
area: returns
---
kind: script
id: elsewhere
say: Hello
area: returns
---
kind: recovery
id: sorry
may_offer: returns.window
area: visits
---
kind: procedure
id: steps
area: returns
steps: [Smile]
standards: greet
---
kind: philosophy
id: first
rank: 1
---
kind: philosophy
id: second
rank: 2
---
kind: philosophy
id: unnamed
"""


def ids(found: dict[str, Any]) -> dict[str, list[str]]:
    kinds = ("standards", "policies", "procedures", "recoveries", "scripts")
    return {kind: found[kind] for kind in kinds if found[kind]}


def test_nothing_asked_means_everything() -> None:
    found = shown(book(BOOK))
    assert (found["standards"], found["policies"], found["uncovered"]) == (["greet"], ["everywhere", "returns"], [])


def test_an_area_brings_its_documents_and_those_without_one() -> None:
    assert ids(shown(book(BOOK), "visits")) == {
        "standards": ["greet"],
        "policies": ["everywhere"],
        "recoveries": ["sorry"],
    }


def test_an_id_brings_its_company_one_step_only() -> None:
    assert ids(shown(book(BOOK), "greet")) == {
        "standards": ["greet"],
        "policies": ["everywhere"],
        "procedures": ["steps"],
        "recoveries": ["sorry"],
        "scripts": ["hello"],
    }
    assert shown(book(BOOK), "greet")["uncovered"] == []


def test_the_company_of_an_id_still_has_to_apply() -> None:
    text = BOOK.replace("id: hello\n", "id: hello\nchannels: phone\n")
    assert shown(book(text), "greet", channel="email")["scripts"] == []


def test_an_area_goes_before_an_id_of_the_same_name() -> None:
    assert shown(book(BOOK), "returns")["scripts"] == ["elsewhere", "hello"]


def test_a_name_the_book_does_not_have_is_an_error() -> None:
    with pytest.raises(UnknownNameError, match="no area or document 'retruns'"):
        shown(book(BOOK), "retruns")


def test_a_term_that_a_recovery_may_offer_is_in_the_answer_and_its_document_is_not() -> None:
    found = shown(book(BOOK), "visits")
    assert set(found["terms"]) == {"greet.within", "returns.window"}
    assert (found["policies"], found["left_out"]) == (["everywhere"], [])
    assert asks(book(BOOK), "visits") == {"opened": ["returns.window"]}


def test_an_offered_term_is_not_there_where_its_document_would_not_apply() -> None:
    text = BOOK.replace("id: returns\n", "id: returns\nwhen: {plan: single}\n")
    assert "returns.window" not in shown(book(text), "visits", given={"plan": "monthly"})["terms"]
    assert "returns.window" not in shown(book(text), "visits")["terms"]
    assert asks(book(text), "visits") == {"opened": ["returns.window"], "plan": ["returns.window"]}


def test_what_an_offer_that_might_come_hangs_on_is_asked_as_well() -> None:
    text = BOOK.replace("id: returns\n", "id: returns\nwhen: {plan: single}\n")
    text = text.replace("id: sorry\n", "id: sorry\nwhen: {visits: 3}\n")
    assert asks(book(text), "visits") == {
        "visits": ["recovery:sorry"],
        "plan": ["returns.window"],
        "opened": ["returns.window"],
    }


def test_uncovered_says_so_loudly() -> None:
    found = shown(book(BOOK.replace("area: visits\nsay", "say")))
    assert found["uncovered"] == ["visits"]


def test_an_area_is_not_missed_on_another_channel() -> None:
    settings = "servkit: 1\nname: X\nchannels: [phone, email]\nareas: {greeting: {channels: phone}}\n"
    library = book("kind: policy\nid: p\nrule: fixed\n", settings)
    assert shown(library, channel="phone")["uncovered"] == ["greeting"]
    assert shown(library, channel="email")["uncovered"] == []
    assert shown(library)["uncovered"] == ["greeting"]


def test_roles_means_these_roles_and_not_those_above() -> None:
    library = book("kind: policy\nid: p\nrule: fixed\nroles: supervisor\n")
    assert [answer(library, role=role).covered for role in ("technician", "supervisor", "owner", None)] == [
        False,
        True,
        False,
        True,
    ]


def test_a_script_above_the_desks_level_is_not_offered() -> None:
    library = book("kind: script\nid: s\nsay: Hi\nlevel: genuine\n")
    assert [bool(shown(library, level=level)["scripts"]) for level in ("synthetic", "genuine", None)] == [
        False,
        True,
        True,
    ]


def test_scripts_come_most_specific_first() -> None:
    texts = [
        "id: a",
        "id: b\nchannels: phone",
        "id: c\nwhen: {plan: {known: no}}",
        "id: d\nsegments: new",
        "id: e\nchannels: phone",
    ]
    scripts = "\n---\n".join(f"kind: script\nsay: Hi\n{text}" for text in texts)
    library = book(scripts + "\n---\nkind: segment\nid: new\nwhen: {plan: {known: no}}\n")
    assert shown(library)["scripts"] == ["d", "c", "b", "e", "a"]


def test_philosophies_are_those_that_an_applying_standard_names_by_rank() -> None:
    assert shown(book(BOOK))["philosophies"] == ["first", "second"]


def test_documents_that_do_not_apply_stand_with_the_reason() -> None:
    library = book("""\
        kind: script
        id: returns-key
        say: Hi
        segments: key
        ---
        kind: policy
        id: late
        rule: fixed
        when: {visits: {at_least: 12}, plan: commercial}
        ---
        kind: policy
        id: next
        rule: fixed
        effective: {from: 2027-01-01}
        """)
    left = {
        out["id"]: out["because"] for out in shown(library, given={"visits": "3", "plan": "commercial"})["left_out"]
    }
    assert left == {
        "returns-key": "not in segment key",
        "late": "visits is 3 (needed: at least 12)",
        "next": "not in force before 2027-01-01",
    }


def test_ask_is_ordered_by_name_with_the_question_and_what_it_decides() -> None:
    text = "kind: policy\nid: p\nrule: fixed\nwhen: {visits: 3, region: north}\n"
    assert shown(book(text))["ask"] == [
        {"name": "region", "question": None, "decides": ["policy:p"]},
        {"name": "visits", "question": "How many visits a year?", "decides": ["policy:p"]},
    ]


def test_problems_of_a_broken_document_are_told_and_the_rest_answers() -> None:
    found = shown(book(BOOK + "---\nkind: policy\nid: broken\nrule: maybe\n", sound=False))
    assert [problem["path"] for problem in found["problems"]] == ["11.yaml"]
    assert found["policies"] == ["everywhere", "returns"]


PERSON = """\
kind: customer
id: C-1042
name: Dorothy Bell
attributes: {plan: commercial, tags: [a, b], balance: 12.5 USD}
priorities: [Quiet, {say: Speak slowly, noted: 2026-01-02, by: Sam}]
pace: Slow
promised: {returns.window: "010 days", returns.fee: {2026-01-01: 4 USD}, returns.gone: 1_000}
language: en
"""


def test_the_keys_of_the_json() -> None:
    found = shown(
        book(BOOK + "---\n" + PERSON.replace("010", "10")),
        "returns",
        who="C-1042",
        role="technician",
        given={"opened": "yes"},
    )
    assert list(found) == [
        "schema", "customer", "asked", "segments", "might_be", "ask", "terms", "philosophies", "standards",
        "procedures", "policies", "recoveries", "scripts", "left_out", "uncovered", "problems",
    ]  # fmt: skip
    assert found["schema"] == "servkit/answer/1"
    assert found["asked"] == {
        "about": ["returns"], "role": "technician", "channel": None, "office": None, "level": None, "on": "2026-03-01",
        "facts": {"opened": "yes"},
    }  # fmt: skip
    assert set(found["terms"]["returns.window"]) == {
        "state", "value", "default", "from", "fixed", "you_may", "then", "limit", "due",
    }  # fmt: skip


def test_the_customer_in_the_json() -> None:
    library = book(BOOK + "---\n" + PERSON.replace("010", "10"))
    assert shown(library, who="C-1042")["customer"] == {
        "id": "C-1042",
        "name": "Dorothy Bell",
        "attributes": {"balance": "12.50 USD", "plan": "commercial", "tags": ["a", "b"]},
        "priorities": [{"say": "Quiet"}, {"say": "Speak slowly", "noted": "2026-01-02", "by": "Sam"}],
        "expectations": [],
        "pace": [{"say": "Slow"}],
        "signals": [],
        "promised": {"returns.fee": {"2026-01-01": "4 USD"}, "returns.gone": "1_000", "returns.window": "10 days"},
    }
    assert shown(library)["customer"] is None


@pytest.mark.parametrize(("promised", "written"), [("1 days", "1 day"), ("10.0 days", "10 days"), ("soon", "soon")])
def test_a_promise_is_written_as_the_book_writes_values(promised: str, written: str) -> None:
    text = f"---\nkind: customer\nid: C-1\npromised: {{returns.window: {promised}}}\n"
    assert shown(book(BOOK + text), who="C-1")["customer"]["promised"] == {"returns.window": written}


def test_the_line_is_the_values_own() -> None:
    text = """\
        kind: policy
        id: p
        rule: flexible
        terms:
          plain: 5 days
          dated:
            value:
              2025-01-01: 1 USD
              2026-01-01: 2 USD
              2027-01-01: 3 USD
          rows:
            cases:
              - when: {plan: single}
                value: 7
            value: 8
        """
    found = shown(book(text), given={"plan": "single"})["terms"]
    assert {ref: one["from"]["line"] for ref, one in found.items()} == {"p.plain": 5, "p.dated": 9, "p.rows": 14}


class NextHour:
    """A clock on which everything is due at ten."""

    def due(self, duration: Value, start: datetime, zone: str | None) -> datetime | None:
        if zone == "Mars":
            raise ValueProblem("'Mars' is not a time zone")
        return start.replace(hour=10, minute=0)

    def zone_attribute(self, duration: Value) -> str | None:
        return "region"


def test_durations_are_due_on_their_clock() -> None:
    case = {"start": datetime(2026, 3, 1, 9, 30), "clock": NextHour()}  # noqa: DTZ001 - in the book's zone
    found = shown(book(BOOK), given={"region": "UTC"}, **case)
    assert found["terms"]["greet.within"]["due"] == "2026-03-01T10:00"
    assert (found["terms"]["returns.fee"]["due"], found["asked"]["from"]) == (None, "2026-03-01T09:30")
    assert asks(book(BOOK), **case)["region"] == ["greet.within"]
    wrong = shown(book(BOOK), given={"region": "Mars"}, **case)
    assert [problem["code"] for problem in wrong["problems"]] == ["SK309"]


def test_the_fingerprint_covers_the_answer_without_the_book() -> None:
    data = shown(book(BOOK))
    assert fingerprint(data) == fingerprint(data | {"book": {"revision": "1a2b3c4"}, "fingerprint": "sha256:0"})
    assert fingerprint(data) != fingerprint(data | {"uncovered": ["visits"]})
    assert fingerprint(data).startswith("sha256:")


def test_the_answer_says_in_which_language() -> None:
    text = "kind: customer\nid: C-1\npace: {en: Slow, es: Despacio}\n"
    library = book(text)
    assert answer_json(answer(library, who="C-1", language="es"))["customer"]["pace"] == [{"say": "Despacio"}]


def test_a_dated_value_by_an_unknown_date_is_open() -> None:
    fee = "{by: missed_on, 2025-04-01: 31.19 USD, 2026-04-01: 32.31 USD}"
    text = f"kind: policy\nid: p\nrule: fixed\nterms: {{fee: {{value: {fee}}}}}\n"
    assert term(book(text), "p.fee")["may_be"] == ["31.19 USD", "32.31 USD", None]
    assert term(book(text), "p.fee", given={"missed_on": "2026-04-01"})["value"] == "32.31 USD"
    assert "p.fee" not in shown(book(text), given={"missed_on": "2025-03-31"}, on=date(2026, 5, 1))["terms"]
