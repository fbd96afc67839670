"""BOOK.md 9, *Unknowns*, sentence by sentence."""

from __future__ import annotations

from typing import Any

import pytest

from servkit.answer.explanation import explain
from servkit.book.problems import ValueProblem

from .books import answer, asks, book, shown, term


def policy(when: str, extra: str = "") -> str:
    return f"kind: policy\nid: p\nrule: flexible\nwhen: {when}\n{extra}"


def verdict(when: str, **case: Any) -> bool | None:
    """Whether a condition is true, false, or unknown."""
    found = answer(book(policy(when)), **case)
    if found.documents["policy"]:
        return True
    return None if found.left_out[0].unknown else False


@pytest.mark.parametrize(
    "when",
    [
        "{any: [{plan: single}, {not: {plan: single}}]}",
        "{any: [{since: {before: 2026-01-01}}, {since: {on_or_after: 2026-01-01}}]}",
        "{any: [{since: {after: 2026-01-01}}, {since: {on_or_before: 2026-01-01}}]}",
        "{any: [{visits: {less_than: 5}}, {visits: {at_least: 3}}]}",
        "{orders: {at_least: 0}}",
        "{late: {at_least: 0 hours}}",
        "{any: [{opened: yes}, {opened: no}]}",
        "{any: [{plan: {at_most: monthly}}, {plan: commercial}]}",
        "{any: [{tags: {has_any: [x, y]}}, {tags: {not_in: [x, y]}}]}",
        "{any: [{channel: phone}, {channel: email}]}",
        "{any: [{role: {at_least: supervisor}}, {role: technician}]}",
        "{any: [{region: {contains: a}}, {not: {region: {starts_with: ba}}}]}",
    ],
)
def test_true_however_the_unknowns_are_filled_in(when: str) -> None:
    assert verdict(when) is True
    assert verdict(f"{{not: {when}}}") is False


@pytest.mark.parametrize(
    "when",
    [
        "{plan: single}",
        "{visits: {at_least: 0}}",
        "{balance: {at_least: 0 USD}}",
        "{late: {more_than: 0 hours}}",
        "{region: ''}",
        "{tags: {has_all: [x, y]}}",
        "{not: {opened: yes}}",
        "{office: north}",
        "{segment: nobody, opened: no}",
    ][:-1],
)
def test_unknown_where_two_fillings_differ(when: str) -> None:
    assert verdict(when) is None


def test_any_with_a_true_member_is_true() -> None:
    assert verdict("{any: [{plan: single}, {opened: yes}]}", given={"opened": "yes"}) is True


def test_known_speaks_of_the_record() -> None:
    assert verdict("{plan: {known: yes}}") is False
    assert verdict("{plan: {known: no}}") is True
    assert verdict("{plan: {known: yes}}", given={"plan": "single"}) is True


def test_an_attribute_made_unknown_is_unknown() -> None:
    library = book(policy("{plan: single}") + "\n---\nkind: customer\nid: C-1\nattributes: {plan: single, region: }")
    assert answer(library, who="C-1").covered
    assert not answer(library, who="C-1", given={"plan": None}).covered


def test_empty_is_unknown_and_empty_text_and_list_are_not() -> None:
    library = book("kind: customer\nid: C-1\nattributes: {plan: , region: '', tags: []}")
    assert shown(library, who="C-1")["customer"]["attributes"] == {"region": "", "tags": []}


def test_a_term_is_settled_when_every_filling_gives_one_value() -> None:
    library = book("""\
        kind: policy
        id: p
        rule: flexible
        terms:
          t: {value: 10 days, cases: [{when: {plan: single}, value: 240 hours}, {when: {visits: 1}, value: 10 days}]}
        """)
    assert term(library, "p.t")["state"] == "settled"
    assert asks(library) == {}


OPEN = """\
kind: policy
id: p
rule: flexible
terms:
  t:
    type: duration
    better: more
    limit: 90 days
    grant: {supervisor: 40 days}
    cases: [{when: {plan: commercial}, value: 60 days}, {when: {plan: monthly}, value: 2 weeks}]
"""


def test_may_be_is_ascending_and_null_where_no_row_gives_a_value() -> None:
    found = term(book(OPEN), "p.t")
    assert (found["state"], found["may_be"]) == ("open", ["2 weeks", "60 days", None])
    assert (found["value"], found["from"]) == (None, None)


def test_an_open_term_that_may_have_no_value_tells_nobody_how_far_to_go() -> None:
    found = term(book(OPEN), "p.t", role="technician")
    assert (found["you_may"], found["then"]) == (None, None)


def test_a_term_without_a_value_is_not_offered() -> None:
    assert "p.t" not in shown(book(OPEN), given={"plan": "single"})["terms"]
    late = book("kind: policy\nid: p\nrule: flexible\nterms: {t: {value: {2027-01-01: 5 days}}}")
    assert shown(late)["terms"] == {}


def test_a_segment_or_a_promise_gives_a_term_its_value() -> None:
    setter = "---\nkind: segment\nid: s\nwhen: {plan: single}\nsets: {p.t: 5 days}\n"
    assert term(book(OPEN + setter), "p.t", given={"plan": "single"})["value"] == "5 days"
    promise = "---\nkind: customer\nid: C-1\nattributes: {plan: single}\npromised: {p.t: 6 days}\n"
    assert term(book(OPEN + promise), "p.t", who="C-1")["value"] == "6 days"


def test_unknowns_of_a_term_that_is_never_offered_are_not_asked() -> None:
    library = book("""\
        kind: policy
        id: p
        rule: flexible
        terms: {t: {type: number, better: more, limit: 5, cases: [{when: {plan: single}, limit: 4}]}}
        """)
    assert asks(library) == {}


COUNTED = "kind: policy\nid: p\nrule: flexible\nterms:\n  t: {value: %s, better: more, limit: 90 USD%s}\n"


@pytest.mark.parametrize(
    ("value", "may_be"),
    [
        ("{each: 5 USD, per: 1 hour, of: late, at_most: 40 USD}", {"at_least": "0 USD", "at_most": "40 USD"}),
        ("{each: 5 USD, per: 1 hour, of: late}", {"at_least": "0 USD", "at_most": "90 USD"}),
        ("{each: 50 %, of: balance, at_most: 30 USD}", {"at_least": "0 USD", "at_most": "30 USD"}),
        ("{start: 9 USD, each: -1 USD, of: visits}", {"at_most": "9 USD"}),
    ],
)
def test_a_counted_value_with_an_unknown_fact_is_one_range(value: str, may_be: dict[str, str]) -> None:
    found = term(book(COUNTED % (value, "")), "p.t")
    assert (found["state"], found["may_be"]) == ("open", [may_be])


@pytest.mark.parametrize(
    ("value", "more", "may_be"),
    [
        # the limit is what is given, however much is counted
        ("{start: 95 USD, each: 5 USD, per: 1 hour, of: late}", ", cases: [{when: {opened: yes}, value: 10 USD}]",
         ["10 USD", "90 USD"]),
        ("{start: 20 USD, of: late, after: 2 hours}", "", ["0 USD", "20 USD"]),
        ("{each: 5 USD, of: orders, at_least: 40 USD, at_most: 40 USD}",
         ", cases: [{when: {opened: yes}, value: 10 USD}]", ["10 USD", "40 USD"]),
    ],
)  # fmt: skip
def test_what_no_unknown_moves_is_a_set_of_values(value: str, more: str, may_be: list[str]) -> None:
    found = term(book(COUNTED % (value, more)), "p.t")
    assert (found["state"], found["may_be"]) == ("open", may_be)


HOURLY = "{each: %s USD, per: 1 hour, of: late%s}"


@pytest.mark.parametrize(
    ("value", "other"),
    [
        (HOURLY % (5, ""), HOURLY % (10, "")),
        (HOURLY % (5, ", at_most: 40 USD"), HOURLY % (10, ", at_most: 40 USD")),
        (HOURLY % (5, ", after: 1 hour"), HOURLY % (5, ", after: 2 hours")),
        (HOURLY % (5, ""), HOURLY % (5, ", count: started")),
        ("{each: 50 %, of: balance, at_least: 0 USD}", "{each: 51 %, of: balance, at_least: 0 USD}"),
        ("{each: 30 %, of: balance}", "{each: 30 %, of: balance, after: 1 USD}"),
    ],
)
def test_two_ways_of_counting_with_the_same_ends_are_two(value: str, other: str) -> None:
    """So that what decides between them is asked."""
    head = f"kind: policy\nid: p\nrule: flexible\nterms: {{t: {{value: {value}, better: more"
    counted = "late" if "late" in value else "balance"
    cases = f", cases: [{{when: {{opened: yes}}, value: {other}}}]"
    assert asks(book(head + cases + "}}")) == {counted: ["p.t"], "opened": ["p.t"]}
    segment = f"\n---\nkind: segment\nid: s\nwhen: {{opened: yes}}\nsets: {{p.t: {other}}}\n"
    assert asks(book(head + "}}" + segment)) == {counted: ["p.t"], "opened": ["p.t", "segment:s"]}


def test_a_recovery_that_may_offer_what_has_no_value_asks_nothing() -> None:
    library = book("""\
        kind: recovery
        id: r
        may_offer: p.t
        area: visits
        ---
        kind: policy
        id: p
        rule: flexible
        area: returns
        when: {plan: single}
        terms: {t: {type: number, cases: [{when: {plan: commercial}, value: 4}]}}
        """)
    assert asks(library, "visits") == {}


def test_one_range_over_all_where_plain_values_mix_in() -> None:
    cases = ", cases: [{when: {opened: yes}, value: 60 USD}]"
    found = term(book(COUNTED % ("{each: 5 USD, per: 1 hour, of: late, up_to: 4}", cases)), "p.t")
    assert found["may_be"] == [{"at_least": "0 USD", "at_most": "60 USD"}]


def test_a_counted_value_that_cannot_vary_is_settled() -> None:
    found = term(book(COUNTED % ("{each: 5 USD, of: orders, at_least: 40 USD, at_most: 40 USD}", "")), "p.t")
    assert (found["state"], found["value"]) == ("settled", "40 USD")


SEGMENT = "---\nkind: segment\nid: growth\nwhen: {visits: {at_least: 12}}\n"


@pytest.mark.parametrize(
    ("text", "counts"),
    [
        ("kind: policy\nid: p\nrule: flexible\n", False),
        ("kind: policy\nid: p\nrule: flexible\nsegments: growth\n", True),
        ("kind: policy\nid: p\nrule: flexible\nwhen: {segment: growth}\n", True),
        ("kind: policy\nid: p\nrule: flexible\nwhen: {plan: single, segment: {has: growth}}\n", True),
        (
            "kind: policy\nid: p\nrule: flexible\nterms: {t: {value: 1, cases: {when: {segment: growth}, value: 1}}}\n",
            True,
        ),
    ],
)
def test_a_segment_counts_where_a_document_names_it(text: str, counts: bool) -> None:
    found = asks(book(text + SEGMENT)).get("visits", [])
    assert ("segment:growth" in found) is counts


def test_a_segment_counts_where_it_sets_a_term_even_if_outranked() -> None:
    base = "kind: policy\nid: p\nrule: flexible\nterms: {t: 5 days}\n---\n"
    base += "kind: segment\nid: all\nwhen: {plan: {known: no}}\n"
    outranked = base + "priority: 5\nsets: {p.t: 9 days}\n" + SEGMENT + "sets: {p.t: 7 days}\n"
    assert asks(book(outranked)) == {"visits": ["segment:growth"]}


def test_a_segment_counts_where_it_has_a_do() -> None:
    assert asks(book("kind: policy\nid: p\nrule: flexible\n" + SEGMENT + "do: Ask about the new site\n")) == {
        "visits": ["segment:growth"]
    }


def test_all_might_be_segments_are_reported_each_with_its_own_ask() -> None:
    other = "---\nkind: segment\nid: big\nwhen: {plan: commercial, region: {starts_with: n}}\n"
    assert shown(book(SEGMENT[4:] + other))["might_be"] == [
        {"id": "big", "ask": ["plan", "region"]},
        {"id": "growth", "ask": ["visits"]},
    ]


def test_role_and_channel_that_a_when_needs_are_asked_for() -> None:
    library = book(policy("{role: owner, channel: phone, office: north}"))
    assert [(ask["name"], ask["question"]) for ask in shown(library)["ask"]] == [
        ("channel", None),
        ("office", None),
        ("role", None),
    ]


def test_a_channel_or_role_not_given_does_not_restrict() -> None:
    assert answer(book("kind: policy\nid: p\nrule: flexible\nchannels: phone\nroles: owner\n")).covered


def test_a_document_that_might_apply_is_left_out_and_its_own_unknowns_are_asked() -> None:
    library = book(policy("{plan: single}", "terms: {t: {value: 1, cases: [{when: {opened: yes}, value: 2}]}}"))
    found = shown(library)
    assert found["left_out"] == [{"id": "p", "kind": "policy", "because": "not known yet: plan"}]
    assert asks(library) == {"plan": ["policy:p"], "opened": ["p.t"]}
    assert found["terms"] == {}


def test_unknowns_that_only_matter_where_it_cannot_apply_are_not_asked() -> None:
    rows = "[{when: {plan: commercial, opened: yes}, value: 2}]"
    assert asks(book(policy("{plan: single}", f"terms: {{t: {{value: 1, cases: {rows}}}}}"))) == {"plan": ["policy:p"]}


def test_an_attribute_that_does_not_compare_is_unknown_and_named() -> None:
    library = book(
        policy("{balance: {more_than: 5 USD}}") + "\n---\nkind: customer\nid: C-1\nattributes: {balance: 9 EUR}"
    )
    found = shown(library, who="C-1")
    assert found["left_out"][0]["because"] == "not known yet: balance"
    assert [problem["code"] for problem in found["problems"]] == ["SK302"]


def test_what_was_typed_at_the_desk_and_does_not_compare_cannot_be_answered() -> None:
    with pytest.raises(ValueProblem, match="balance is 9 EUR"):
        answer(book(policy("{balance: {more_than: 5 USD}}")), given={"balance": "9 EUR"})


def test_beyond_the_cap_more_is_asked_and_problems_say_so() -> None:
    names = [f"{letter}{n:02}" for letter in "ab" for n in range(18)]
    attributes = "".join(f"  {name}: {{type: number}}\n" for name in names)
    settings = f"servkit: 1\nname: Wide\nareas: {{a: {{}}}}\nattributes:\n{attributes}"
    # the names of a pair are far apart in the order of variables: the diagram doubles with every pair
    pairs = ", ".join(f"{{a{n:02}: {{at_least: 1}}, b{n:02}: {{at_least: 1}}}}" for n in range(18))
    wide = f"{{any: [{pairs}, {{a00: 7}}, {{not: {{a00: 7}}}}]}}"
    found = shown(book(policy(wide) + "\narea: a", settings))
    assert [problem["code"] for problem in found["problems"]] == ["SK490"]
    assert found["left_out"][0]["because"].startswith("not known yet: a00, a01")
    assert {ask["name"] for ask in found["ask"]} == set(names)


def test_what_does_not_compare_and_decides_nothing_is_no_fault_where_reasons_are_given() -> None:
    library = book("""\
        kind: segment
        id: s
        when: {any: [{plan: single}, {balance: {more_than: 5 USD}}]}
        ---
        kind: policy
        id: p
        rule: flexible
        terms: {t: {value: 1, cases: [{when: {any: [{plan: single}, {balance: {more_than: 5 USD}}]}, value: 2}]}}
        ---
        kind: customer
        id: C-1
        attributes: {plan: single, balance: 9 EUR}
        """)
    found = answer(library, who="C-1")
    assert [segment["because"] for segment in shown(library, who="C-1")["segments"]] == ["plan is single"]
    assert [row.decides for term_ in explain(found).terms for row in term_.rows] == [True]


COMP = """\
kind: policy
id: comp
rule: flexible
terms:
  amount:
    value: 0 USD
    better: more
    limit: 600 USD
    grant: {technician: 30 USD, supervisor: 150 USD, owner: 600 USD}
    cases: [{when: {plan: commercial}, value: 0 USD, grant: {owner: 200 USD}}]
"""


def test_an_unknown_that_decides_how_far_one_may_go_says_so() -> None:
    found = term(book(COMP), "comp.amount", role="technician")
    assert (found["state"], found["value"], found["you_may"]) == ("settled", "0 USD", "0 USD")
    assert found["you_may_be"] == ["0 USD", "30 USD"]
    assert found["then"] == {"role": "owner", "may": "200 USD"}
    assert asks(book(COMP), role="technician") == {"plan": ["comp.amount"]}


def test_how_far_one_may_go_is_listed_only_for_a_role_and_only_where_there_are_several_ends() -> None:
    assert "you_may_be" not in term(book(COMP), "comp.amount")
    known = term(book(COMP), "comp.amount", role="technician", given={"plan": "single"})
    assert ("you_may_be" in known, known["you_may"]) == (False, "30 USD")


@pytest.mark.parametrize(
    ("value", "you_may_be"),
    [
        # an amount that something unknown moves counts as two ends
        ("{each: 5 USD, per: 1 hour, of: late}", [{"at_least": "0 USD", "at_most": "90 USD"}]),
        ("{start: 95 USD, each: 5 USD, per: 1 hour, of: late}", None),
        ("{start: 20 USD, of: late, after: 2 hours}", ["0 USD", "20 USD"]),
    ],
)
def test_an_end_that_is_counted(value: str, you_may_be: list[Any] | None) -> None:
    assert term(book(COUNTED % (value, "")), "p.t", role="technician").get("you_may_be") == you_may_be


def test_a_filling_without_a_value_is_an_end_too() -> None:
    found = term(book(OPEN), "p.t", role="supervisor")
    assert found["you_may_be"] == ["40 days", "60 days", None]


def test_nothing_is_said_of_how_far_to_go_on_a_fixed_term_and_in_a_conflict() -> None:
    fixed = (
        "kind: policy\nid: p\nrule: fixed\nbasis: law\nterms: {t: {value: 1, cases: [{when: {opened: yes}, value: 2}]}}"
    )
    assert "you_may_be" not in term(book(fixed), "p.t", role="technician")


def test_a_value_below_from_is_unknown_and_told() -> None:
    library = book(policy("{orders: {at_least: 0}}") + "---\nkind: customer\nid: C-1\nattributes: {orders: -3}\n")
    assert [remark.message for remark in library.all_remarks()] == [
        "`-3` is less than 0, the least that `from` allows."
    ]
    assert "orders" not in answer(library, who="C-1").case.customer.attributes  # type: ignore[union-attr]
    with pytest.raises(ValueProblem, match="`-3` is less than 0"):
        answer(library, given={"orders": "-3"})


def test_thousands_of_rows_on_one_unknown_are_told_apart() -> None:
    rows = ", ".join(f"{{when: {{visits: {{at_least: {n}}}}}, value: {n} USD}}" for n in range(1500, 0, -1))
    found = shown(book(f"kind: policy\nid: p\nrule: flexible\nterms: {{t: {{value: 0 USD, cases: [{rows}]}}}}"))
    assert len(found["terms"]["p.t"]["may_be"]) == 1501
    assert found["problems"] == []


def test_more_contradictions_than_anybody_could_settle_are_answered_loosely() -> None:
    segments = "".join(
        f"\n---\nkind: segment\nid: s{n}\nwhen: {{visits: {{at_least: {n}}}}}\nsets: {{p.t: {n} USD}}"
        for n in range(60)
    )
    found = shown(book("kind: policy\nid: p\nrule: flexible\nterms: {t: {value: 0 USD}}" + segments))
    assert found["terms"]["p.t"]["state"] == "open"
    assert [problem["code"] for problem in found["problems"]] == ["SK490"]
