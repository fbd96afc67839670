"""BOOK.md 6, sentence by sentence; and *Limits and grants* of 9."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from .books import answer, asks, book, shown, term

RETURNS = """\
kind: policy
id: returns
rule: flexible
area: returns
terms:
  window:
    value: 30 days
    better: more
    limit: 90 days
    grant: {technician: 45 days, supervisor: 60 days, owner: 90 days}
"""


def segment(id_: str, sets: str, when: str = "{plan: commercial}", priority: str = "0") -> str:
    return f"---\nkind: segment\nid: {id_}\nwhen: {when}\npriority: {priority}\nsets: {{returns.window: {sets}}}\n"


def promise(value: str) -> str:
    return f"---\nkind: customer\nid: C-1\npromised: {{returns.window: {value}}}\n"


def window(*more: str, text: str = RETURNS, **case: Any) -> dict[str, Any]:
    return term(book(text + "".join(more)), "returns.window", **case)


KEY: dict[str, Any] = {"given": {"plan": "commercial"}}
SINGLE: dict[str, Any] = {"given": {"plan": "single"}}

# --- 1, 2: what applies -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("on", "there"),
    [(date(2026, 1, 31), False), (date(2026, 2, 1), True), (date(2026, 2, 28), True), (date(2026, 3, 1), False)],
)
def test_documents_in_force_on_the_date(on: date, there: bool) -> None:
    library = book(RETURNS + "effective: {from: 2026-02-01, until: 2026-02-28}")
    assert answer(library, on=on).covered is there


def test_of_several_versions_only_the_one_in_force_speaks() -> None:
    old = "kind: policy\nid: p\nrule: flexible\neffective: {until: 2026-02-28}\nterms: {t: 1}\n---\n"
    new = "kind: policy\nid: p\nrule: flexible\neffective: {from: 2026-03-01, until: 2026-03-31}\nterms: {t: 2}\n"
    library = book(old + new)
    assert shown(library, on=date(2026, 2, 28))["terms"]["p.t"]["value"] == "1"
    assert shown(library, on=date(2026, 3, 1))["terms"]["p.t"]["value"] == "2"
    assert shown(library, on=date(2026, 3, 1))["left_out"] == []
    (left,) = shown(library, on=date(2026, 4, 1))["left_out"]
    assert left["because"] == "no longer in force since 2026-03-31"


def test_two_in_force_at_once_contradict_each_other_and_neither_speaks() -> None:
    found = shown(book("kind: policy\nid: p\nrule: flexible\n---\nkind: policy\nid: p\nrule: fixed\n"))
    assert found["policies"] == []
    assert [problem["code"] for problem in found["problems"]] == ["SK203"]


def test_segments_that_are_true_hold_and_unknown_ones_might() -> None:
    library = book(RETURNS + segment("key", "60 days"))
    assert [found["id"] for found in shown(library, **KEY)["segments"]] == ["key"]
    assert shown(library)["might_be"] == [{"id": "key", "ask": ["plan"]}]
    assert shown(library, **SINGLE)["might_be"] == []


def test_outside_its_period_a_segment_holds_nobody() -> None:
    past = segment("key", "60 days") + "effective: {until: 2026-02-01}\n"
    assert window(past, **KEY)["value"] == "30 days"


# --- 3: the value ---------------------------------------------------------------------------------------------------


def test_the_first_true_case_wins() -> None:
    library = book("""\
        kind: policy
        id: p
        rule: fixed
        terms:
          bags:
            value: 0
            cases: [{when: {plan: [monthly, commercial]}, value: 2}, {when: {plan: commercial}, value: 4}]
        """)
    assert [term(library, "p.bags", given={"plan": plan})["value"] for plan in ("commercial", "single")] == ["2", "0"]


def test_a_matching_segment_sets_it() -> None:
    found = window(segment("key", "60 days"), **KEY)
    assert (found["value"], found["default"]) == ("60 days", "30 days")
    assert found["from"] == {"kind": "segment", "id": "key", "file": "2.yaml", "line": 5}


def test_the_highest_priority_wins_kinder_or_not() -> None:
    assert window(segment("key", "60 days"), segment("slow", "20 days", priority="2"), **KEY)["value"] == "20 days"


def test_a_segments_value_replaces_the_cases_kinder_or_not() -> None:
    assert window(segment("slow", "10 days"), **KEY)["value"] == "10 days"


def test_of_equal_priorities_the_better_for_the_customer() -> None:
    found = window(segment("a", "50 days"), segment("b", "60 days"), **KEY)
    assert (found["value"], found["from"]["id"]) == ("60 days", "b")


CARD = "kind: policy\nid: returns\nrule: flexible\nterms: {window: {value: cash, type: text}}\n"


def test_equal_priorities_without_a_better_are_a_conflict() -> None:
    found = window(segment("a", "card"), segment("b", "voucher"), text=CARD, **KEY)
    assert (found["state"], found["value"], found["from"]) == ("conflict", None, None)
    assert [(one["value"], one["from"]["id"]) for one in found["between"]] == [("card", "a"), ("voucher", "b")]
    assert (found["you_may"], found["then"], found["limit"]) == (None, None, None)


def test_equal_priorities_with_equal_values_are_none_and_the_first_id_is_told() -> None:
    found = window(segment("b", "60 days"), segment("a", "1440 hours"), **KEY)
    assert (found["state"], found["value"], found["from"]["id"]) == ("settled", "1440 hours", "a")


def test_values_of_one_priority_that_do_not_compare_are_a_conflict() -> None:
    found = window(segment("a", "60 days"), segment("b", "2 months"), **KEY)
    assert found["state"] == "conflict"


def test_a_conflict_that_hangs_on_an_unknown_is_open() -> None:
    found = window(segment("a", "card", "{plan: {known: no}}"), segment("b", "voucher"), text=CARD)
    assert (found["state"], found["may_be"]) == ("open", ["card", "voucher"])
    assert (found["you_may"], found["then"]) == (None, None)


def test_a_promise_never_makes_it_worse() -> None:
    assert window(segment("key", "60 days"), promise("40 days"), who="C-1", **KEY)["value"] == "60 days"
    assert window(promise("20 days"), who="C-1")["from"]["kind"] == "policy"


def test_a_kinder_promise_is_kept() -> None:
    found = window(promise("40 days"), who="C-1")
    assert (found["value"], found["from"]) == (
        "40 days",
        {"kind": "customer", "id": "C-1", "file": "2.yaml", "line": 3},
    )


def test_a_promise_is_kept_where_no_better_is_known() -> None:
    assert window(promise("card"), text=CARD, who="C-1")["value"] == "card"


def test_a_promise_settles_a_conflict() -> None:
    assert (
        window(segment("a", "card"), segment("b", "voucher"), promise("cheque"), text=CARD, who="C-1", **KEY)["value"]
        == "cheque"
    )


def test_of_equal_sources_the_promise_is_told_before_the_segment() -> None:
    found = window(segment("key", "60 days"), promise("60 days"), who="C-1", **KEY)
    assert found["from"]["kind"] == "customer"


def test_on_a_fixed_term_sets_and_promises_are_ignored_and_told() -> None:
    fixed = "kind: policy\nid: returns\nrule: fixed\nterms: {window: 30 days}\n"
    library = book(fixed + segment("key", "60 days") + promise("50 days"))
    found = shown(library, who="C-1", **KEY)
    assert found["terms"]["returns.window"]["value"] == "30 days"
    assert [problem["code"] for problem in found["problems"]] == ["SK402", "SK402"]
    fixed_term = found["terms"]["returns.window"]
    assert (fixed_term["fixed"], fixed_term["you_may"], fixed_term["then"], fixed_term["limit"]) == (
        True,
        None,
        None,
        None,
    )


def test_what_sets_a_missing_term_is_told() -> None:
    found = shown(book(RETURNS + segment("key", "60 days").replace("returns.window", "returns.gone")), **KEY)
    assert [problem["code"] for problem in found["problems"]] == ["SK204"]


def test_a_value_past_the_limit_is_shown_at_the_limit_and_reported() -> None:
    library = book(RETURNS + segment("key", "120 days"))
    found = shown(library, **KEY)
    shown_term = found["terms"]["returns.window"]
    assert (shown_term["value"], shown_term["clipped"]) == ("90 days", {"value": "120 days", "by": "limit"})
    assert shown_term["from"]["id"] == "key"
    assert [(problem["code"], problem["path"], problem["line"]) for problem in found["problems"]] == [
        ("SK308", "2.yaml", 5)
    ]


def test_default_is_the_plain_value_and_not_clipped() -> None:
    found = window(text=RETURNS.replace("30 days", "100 days"))
    assert (found["value"], found["default"]) == ("90 days", "100 days")


def test_an_open_term_shows_what_it_may_be_and_the_question_is_asked() -> None:
    library = book(RETURNS + segment("key", "60 days"))
    assert term(library, "returns.window")["may_be"] == ["30 days", "60 days"]
    assert asks(library) == {"plan": ["returns.window", "segment:key"]}


# --- 4: how far one may go ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("role", "you_may", "then"),
    [
        (None, "30 days", {"role": "technician", "may": "45 days"}),
        ("technician", "45 days", {"role": "supervisor", "may": "60 days"}),
        ("supervisor", "60 days", {"role": "owner", "may": "90 days"}),
        ("owner", "90 days", None),
    ],
)
def test_how_far_a_role_may_go_and_who_may_go_further(role: str | None, you_may: str, then: Any) -> None:
    found = window(role=role)
    assert (found["you_may"], found["then"], found["limit"]) == (you_may, then, "90 days")


def test_a_role_without_a_grant_may_give_what_resolves() -> None:
    text = RETURNS.replace("technician: 45 days, ", "")
    assert window(text=text, role="technician")["you_may"] == "30 days"


def test_a_role_above_one_that_is_named_may_give_at_least_as_much() -> None:
    text = RETURNS.replace("supervisor: 60 days, owner: 90 days", "supervisor: 40 days")
    assert [window(text=text, role=role)["you_may"] for role in ("supervisor", "owner")] == ["45 days", "45 days"]


def test_what_resolves_may_be_given_even_past_a_grant() -> None:
    found = window(segment("key", "60 days"), role="technician", **KEY)
    assert (found["you_may"], found["then"]) == ("60 days", {"role": "owner", "may": "90 days"})


def test_a_grant_does_not_reach_past_the_limit() -> None:
    assert window(text=RETURNS.replace("owner: 90", "owner: 200"), role="owner")["you_may"] == "90 days"


ROWS = """\
    cases:
      - {when: {plan: commercial}, value: 50 days, limit: 80 days, grant: {supervisor: 70 days}}
      - {when: {plan: monthly}, value: 30 days, limit: 70 days}
"""


def test_the_row_that_holds_decides_limit_and_grants_whoever_gave_the_value() -> None:
    found = window(ROWS, segment("key", "60 days"), role="technician", **KEY)
    assert (found["value"], found["limit"], found["you_may"]) == ("60 days", "80 days", "60 days")
    assert found["then"] == {"role": "supervisor", "may": "70 days"}


def test_an_unknown_that_decides_only_the_limit_matters_and_the_term_stays_settled() -> None:
    rows = "    cases: [{when: {plan: monthly}, value: 30 days, limit: 70 days}]\n"
    library = book(RETURNS + rows)
    found = term(library, "returns.window", role="owner")
    assert (found["state"], found["value"], found["limit"], found["you_may"]) == ("settled", "30 days", None, "70 days")
    assert asks(library) == {"plan": ["returns.window"]}


def test_on_an_open_term_what_holds_whichever_way_it_turns_out() -> None:
    found = window(segment("key", "60 days"), role="technician")
    assert (found["you_may"], found["then"]) == ("45 days", {"role": "supervisor", "may": "60 days"})


def test_on_an_open_term_without_better_nobody_knows() -> None:
    found = window(segment("key", "card"), text=CARD)
    assert (found["state"], found["you_may"], found["then"]) == ("open", None, None)


def test_on_an_open_range_a_grant_holds_however_far_the_range_goes() -> None:
    fee = """\
        kind: policy
        id: fee
        rule: flexible
        terms: {late: {value: {each: 10 USD, per: 1 hour, of: late}, better: less, grant: {supervisor: 0 USD}}}
        """
    found = term(book(fee), "fee.late", role="supervisor")
    assert (found["state"], found["may_be"], found["you_may"]) == ("open", [{"at_least": "0 USD"}], "0 USD")
    assert term(book(fee), "fee.late", role="technician")["you_may"] is None


def test_a_limit_worked_out_from_an_unknown_leaves_the_term_open() -> None:
    spec = "{value: 60 USD, better: more, limit: {each: 10 USD, of: orders}}"
    text = f"kind: policy\nid: p\nrule: flexible\nterms: {{t: {spec}}}\n"
    found = term(book(text), "p.t")
    assert (found["state"], found["may_be"], found["limit"]) == (
        "open",
        [{"at_least": "0 USD", "at_most": "60 USD"}],
        None,
    )
    assert asks(book(text)) == {"orders": ["p.t"]}


def test_reaches_that_do_not_compare_are_not_told() -> None:
    found = window(segment("key", "1 month"))
    assert (found["may_be"], found["you_may"], found["then"]) == (["1 month", "30 days"], None, None)


@pytest.mark.parametrize(
    ("spec", "sets", "value"),
    [
        ("{value: no, better: more}", "[yes, no]", "yes"),
        ("{value: 2026-04-01, better: more}", "[2026-05-01, 2026-04-02]", "2026-05-01"),
        ("{value: low, type: choice, of: [low, mid, high], better: more}", "[mid, high]", "high"),
        ("{value: low, type: choice, of: [low, mid, high], better: less}", "[mid, high]", "mid"),
    ],
)
def test_later_is_more_for_dates_yes_for_flags_and_of_for_choices(spec: str, sets: str, value: str) -> None:
    text = f"kind: policy\nid: returns\nrule: flexible\nterms: {{window: {spec}}}\n"
    one, other = sets.strip("[]").split(", ")
    assert window(segment("a", one), segment("b", other), text=text, **KEY)["value"] == value


def test_a_standards_terms_are_flexible() -> None:
    library = book(
        "kind: standard\nid: answer\nterms: {within: {value: 3 minutes, better: less, grant: {owner: 1 minute}}}\n"
    )
    found = term(library, "answer.within", role="technician")
    assert (found["fixed"], found["then"]) == (False, {"role": "owner", "may": "1 minute"})
