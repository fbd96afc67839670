"""Why: every value and every document left out can say where it comes from."""

from __future__ import annotations

import json
from typing import Any

from servkit.answer.explanation import explain
from servkit.answer.explanation_json import explanation_json

from .books import answer, book

BOOK = """\
kind: policy
id: returns
rule: flexible
terms:
  window:
    value: 30 days
    better: more
    limit: 90 days
    grant: {supervisor: 60 days, technician: 45 days}
    cases:
      - when: {opened: yes, visits: {at_least: 3}}
        value: 10 days
      - when: {plan: single}
        value: 20 days
        limit: 40 days
  late:
    value: {start: 50 USD, each: 25 USD, per: 12 hours, of: late, after: 24 hours, count: started, at_most: 200 USD}
---
kind: segment
id: key
when: {any: [{plan: single}, {not: {orders: 3}}]}
priority: 2
sets: {returns.window: 50 days}
---
kind: segment
id: low
when: {plan: single}
sets: {returns.window: 60 days}
---
kind: segment
id: other
when: {plan: monthly}
sets: {returns.window: 70 days}
---
kind: policy
id: elsewhere
rule: fixed
when: {balance: {more_than: 0 USD}}
---
kind: script
id: by-mail
say: Hi
channels: email
---
kind: customer
id: C-1
attributes: {plan: single}
promised: {returns.window: 35 days}
"""


def why(**case: Any) -> dict[str, Any]:
    return explanation_json(answer(book(BOOK), who="C-1", **case))


def test_the_rows_of_a_term_in_order_with_their_verdicts() -> None:
    rows = why(given={"opened": "no"})["terms"]["returns.window"]["rows"]
    assert [(row["row"], row["when"]["verdict"], row["decides"]) for row in rows] == [
        (1, False, False),
        (2, True, True),
    ]
    assert rows[1]["value"] == {
        "rule": "20 days",
        "value": "20 days",
        "from": {"kind": "policy", "id": "returns", "file": "1.yaml", "line": 14},
    }
    assert rows[1]["limit"]["value"] == "40 days"


def test_a_row_after_one_that_might_hold_does_not_decide_alone() -> None:
    rows = why()["terms"]["returns.window"]["rows"]
    assert [(row["when"]["verdict"], row["decides"]) for row in rows] == [(None, False), (True, False)]


def test_a_condition_part_by_part_with_the_value_on_record() -> None:
    (row, _) = why(given={"opened": "yes"})["terms"]["returns.window"]["rows"]
    assert row["when"] == {
        "words": "all of",
        "verdict": None,
        "joined": "all",
        "parts": [
            {"words": "opened is yes", "verdict": True, "name": "opened", "value": "yes"},
            {"words": "visits is at least 3", "verdict": None, "name": "visits", "value": None},
        ],
    }


def test_the_segments_that_set_a_term() -> None:
    found = why(given={"opened": "no"})["terms"]["returns.window"]
    setters = {setter["id"]: (setter["state"], setter["outranked_by"], setter["value"]) for setter in found["segments"]}
    assert setters == {
        "key": ("held", [], "50 days"),
        "low": ("outranked", ["key"], "60 days"),
        "other": ("not in", [], "70 days"),
    }
    assert found["segments"][0]["from"] == {"kind": "segment", "id": "key", "file": "2.yaml", "line": 5}


def test_a_segment_that_might_hold() -> None:
    found = why(given={"plan": "monthly"})["terms"]["returns.window"]["segments"]
    assert [(setter["id"], setter["state"]) for setter in found] == [
        ("key", "might"),
        ("low", "not in"),
        ("other", "held"),
    ]


def test_promise_limit_and_grants() -> None:
    found = why(given={"opened": "no"})["terms"]["returns.window"]
    assert (found["promise"]["state"], found["promise"]["value"], found["promise"]["from"]["line"]) == (
        "not kinder",
        "35 days",
        4,
    )
    assert (found["limit"]["value"], found["clipped"]) == ("90 days", "50 days")
    assert {role: given["value"] for role, given in found["grants"].items()} == {
        "technician": "45 days",
        "supervisor": "60 days",
    }


def test_the_rule_of_a_counted_value_in_words() -> None:
    found = why(given={"late": "30 hours"})["terms"]["returns.late"]["value"]
    assert found["rule"] == "50 USD and 25 USD for each started 12 hours of late after 24 hours, at most 200 USD"
    assert found["value"] == "75 USD"
    assert why()["terms"]["returns.late"]["value"]["value"] is None


def test_documents_left_out() -> None:
    left = {out["id"]: out for out in why(channel="phone")["left_out"]}
    assert left["by-mail"]["because"] == "only by email"
    assert left["by-mail"]["when"] is None
    assert left["elsewhere"]["unknown"] == ["balance"]
    assert left["elsewhere"]["when"]["words"] == "balance is more than 0 USD"
    assert (left["elsewhere"]["file"], left["elsewhere"]["line"]) == ("5.yaml", 1)


def test_segments_say_why_with_negations_part_by_part() -> None:
    found = {segment["id"]: segment for segment in why()["segments"]}
    assert [found[id_]["verdict"] for id_ in ("key", "low", "other")] == [True, True, False]
    assert found["key"]["when"]["joined"] == "any"
    assert found["key"]["when"]["parts"][1] == {
        "words": "not",
        "verdict": None,
        "joined": "not",
        "parts": [{"words": "orders is 3", "verdict": None, "name": "orders", "value": None}],
    }


def test_what_is_settled_over_all_fillings_is_said_so_at_the_top() -> None:
    library = book("kind: segment\nid: s\nwhen: {any: [{plan: single}, {not: {plan: single}}]}\n")
    (segment,) = explain(answer(library)).segments
    assert (segment.verdict, segment.when.verdict) == (True, True)


def test_parts_that_do_not_compare_are_not_looked_at_again() -> None:
    library = book("""\
        kind: segment
        id: s
        when: {all: [{plan: single}, {balance: {more_than: 5 EUR}}]}
        ---
        kind: customer
        id: C-1
        attributes: {plan: monthly, balance: 5 USD}
        """)
    (segment,) = explain(answer(library, who="C-1")).segments
    assert [part.verdict for part in segment.when.parts] == [False, None]


def test_an_explanation_is_plain_data() -> None:
    assert json.loads(json.dumps(why())) == why()
