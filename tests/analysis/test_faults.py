"""What the proofs say: the place, the words, and a witness that is a scenario of the book."""

from __future__ import annotations

from textwrap import dedent
from typing import TYPE_CHECKING, Any

import pytest

from answer.books import book
from servkit.analysis.dead_rows import MOST_SHOWN as MOST
from servkit.analysis.proofs import Proofs
from servkit.analysis.witness import holds

if TYPE_CHECKING:
    from servkit.analysis.results import Fault
    from servkit.book.library import Book

#: Proofs look from this day on.
SINCE = 739_311  # 2025-03-01


def proofs(text: str, since: int | None = SINCE) -> tuple[Book, Proofs]:
    made = book(text)
    return made, Proofs(made, since)


def only(made: Book, result: Any) -> Fault:
    """The one fault, whose witness holds in the book."""
    assert not result.unproved
    (fault,) = result.faults
    if fault.witness is not None:
        assert holds(fault.witness.scenario, made)
    found: Fault = fault
    return found


def segment(when: str) -> str:
    return f"kind: segment\nid: one\nwhen: {when}\ndo: [Smile.]\n"


@pytest.mark.parametrize(
    ("when", "told"),
    [
        ("{orders: {at_least: 12, less_than: 5}}", "orders is at least 12 and orders is less than 5 are never true"),
        ("{orders: {less_than: 0}}", "it is never true that orders is less than 0"),
        ("{notice: {less_than: 0 days}}", "it is never true that notice is less than 0 days"),
        ("{plan: single, not: {plan: {at_most: monthly}}}", "plan is single and not (plan is at most monthly)"),
        ("{tags: {has_all: [a, b]}, all: [{tags: {is_not: a}}]}", "tags has a and b and tags is not a"),
        ("{region: {starts_with: no}, all: [{region: south}]}", "region starts with no and region is south"),
        ("{since: {before: 2 years ago, after: 30 days ago}}", "since is before 2 years ago and since is after"),
        ("{since: {within: 10 days}, all: [{since: {after: 1 month ahead}}]}", "are never true together"),
        ("{visits: {known: no, at_least: 5}}", "visits is not known and visits is at least 5"),
        ("{all: [{plan: single}, {plan: single}, {plan: monthly}]}", "hold: plan is single and plan is monthly"),
        ("{today: {before: 2020-01-01}}", "it is never true that today is before 2020-01-01"),
    ],
)  # fmt: skip
def test_conditions_that_can_never_hold(when: str, told: str) -> None:
    made, found = proofs(segment(when))
    fault = only(made, found.never)
    assert fault.where == ("when",)
    assert told in fault.message


@pytest.mark.parametrize(
    "when",
    [
        "{any: [{since: {before: 30 days ago}}, {since: {after: 1 month ago}}]}",
        "{since: {after: 31 days ago, before: 1 month ago}}",
        "{visits: {known: no}}",
        "{any: [{visits: {known: no}}, {visits: {at_least: 5}}]}",
        "{today: {after: 2040-01-01}}",
    ],
)
def test_conditions_that_may_hold_and_may_not(when: str) -> None:
    _, found = proofs(segment(when))
    assert not found.all.faults
    assert not found.all.unproved


def test_months_and_days_are_told_apart_by_the_day() -> None:
    """A month is 28 days long where it goes back to a February of 28 days, and never shorter."""
    _, found = proofs(segment("{since: {after: 30 days ago, before: 1 month ago}}"))
    assert not found.never.faults
    made, found = proofs(segment("{since: {after: 29 days ago, before: 1 month ago}}"))
    assert only(made, found.never).where == ("when",)


@pytest.mark.parametrize(
    "when",
    [
        "{orders: {at_least: 0}}",
        "{any: [{plan: single}, {not: {plan: single}}]}",
        "{any: [{since: {before: 2 years ago}}, {since: {on_or_after: 2 years ago}}]}",
        "{any: [{orders: {known: yes}}, {orders: {known: no}}]}",
        "{plan: {at_least: single}}",
    ],
)
def test_conditions_that_always_hold(when: str) -> None:
    made, found = proofs(segment(when))
    fault = only(made, found.always)
    assert fault.witness is not None
    assert [entry.id for entry in fault.witness.answer.segments] == ["one"]
    assert fault.witness.case.customer is None


def test_an_alternative_that_can_never_hold_is_told_at_its_place() -> None:
    made, found = proofs(segment("{any: [{plan: single}, {orders: {less_than: 0}}]}"))
    assert only(made, found.never).where == ("when", "any", 1)


@pytest.mark.parametrize(
    ("restriction", "told"),
    [
        ("channels: [phone]\nwhen: {channel: email}", "channel is phone and channel is email are never true together"),
        ("roles: [owner]\nwhen: {role: {at_most: supervisor}}", "role is owner and role is at most supervisor"),
        ("segments: [commercial]\nwhen: {plan: single}", "in segment commercial and plan is single"),
    ],
)
def test_a_document_that_can_never_apply(restriction: str, told: str) -> None:
    text = "kind: script\nid: hello\nsay: Hello.\n" + restriction
    made, found = proofs(text + "\n---\nkind: segment\nid: commercial\nwhen: {plan: commercial}\ndo: [Smile.]")
    fault = only(made, found.never)
    assert fault.entry.id == "hello"
    assert "`hello` can never apply: " in fault.message
    assert told in fault.message


def test_a_segment_that_is_over_admits_nobody() -> None:
    text = """
        kind: script
        id: hello
        say: Hello.
        segments: [founders]
        ---
        kind: segment
        id: founders
        effective: {until: 2024-12-31}
        when: {plan: commercial}
        do: [Smile.]
    """
    made, found = proofs(dedent(text).strip().replace("\n---\n", "\n---\n"))
    assert only(made, found.never).where == ("segments",)
    assert not proofs(dedent(text).strip(), since=None)[1].never.faults


TABLE = """
kind: policy
id: returns
area: returns
rule: flexible
terms:
  window:
    value: 30 days
    cases:
      - {when: {orders: {at_least: 10}}, value: 90 days}
      - {when: {plan: commercial, orders: {at_most: 12}}, value: 60 days}
      - {when: {plan: commercial}, value: 75 days}
      - {when: {orders: {more_than: 10}, plan: single}, value: 10 days}
"""


def test_a_row_that_only_several_rows_hide_together() -> None:
    made, found = proofs(TABLE)
    union, single = found.dead_rows.faults
    assert union.where == ("terms", "window", "cases", 2)
    assert union.message.startswith("Row 3 is never reached: row 1 and row 2 together cover every case it is for")
    assert single.message.startswith("Row 4 is never reached: row 1 already covers every case it is for")
    assert single.witness is not None
    assert single.witness.scenario == (
        "kind: scenario\n"
        "id: returns-window-row-4\n"
        'title: "returns.window: row 4 holds, and an earlier row decides"\n'
        "customer: {name: Somebody, attributes: {orders: 11, plan: single}}\n"
        "given: {today: 2025-03-01}\n"
        "about: returns\n"
        "expect: {terms: {returns.window: 90 days}}\n"
    )
    assert holds(single.witness.scenario, made)


def test_a_row_outside_the_applicability_of_its_document() -> None:
    text = TABLE.replace("rule: flexible", "rule: flexible\nwhen: {plan: single}")
    _, found = proofs(text)
    messages = [fault.message for fault in found.dead_rows.faults]
    assert "Row 3 is never reached: `returns` never applies where this row holds. Correct its condition." in messages


TIE = """
kind: segment
id: regulars
when: {plan: monthly}
sets: {hello.how: warm}
---
kind: segment
id: southern
when: {region: SOUTH}
sets: {hello.how: brief}
---
kind: standard
id: hello
terms: {how: plain}
"""
TOP = """---
kind: segment
id: top
priority: 9
when: {plan: monthly}
sets: {hello.how: own}
"""


def test_two_segments_of_one_priority_that_disagree() -> None:
    made, found = proofs(TIE.replace("SOUTH", "south"))
    fault = only(made, found.ties)
    assert fault.entry.id == "southern"
    assert fault.where == ("sets", "hello.how")
    assert "set `hello.how` to `warm` and `brief` for the same customer" in fault.message
    assert fault.witness is not None
    assert "expect: {segments: [regulars, southern], terms: {hello.how: {state: conflict}}}" in fault.witness.scenario


def test_where_a_pattern_decides_they_may_meet() -> None:
    made, found = proofs(TIE.replace("SOUTH", '{matches: "^s.*h$"}'))
    fault = only(made, found.ties)
    assert not fault.certain
    assert "`southern` may set" in fault.message
    assert fault.witness is None


@pytest.mark.parametrize(
    "settled",
    [
        TIE.replace("{region: SOUTH}", "{region: south}\npriority: 5"),
        TIE.replace("SOUTH", "south").replace("{hello.how: brief}", "{hello.how: warm}"),
        TIE.replace("{region: SOUTH}", "{plan: single}"),
        TIE.replace("SOUTH", "south") + TOP,
        TIE.replace("{region: SOUTH}", "{region: south}\neffective: {from: 2031-01-01}").replace(
            "when: {plan: monthly}", "when: {plan: monthly}\neffective: {until: 2030-12-31}"),
    ],
)  # fmt: skip
def test_what_settles_a_tie(settled: str) -> None:
    assert not proofs(settled)[1].ties.faults


VERSIONS = """
kind: script
id: offer
effective: {until: 2026-03-31}
say: Winter.
---
kind: script
id: offer
effective: {from: FROM}
say: Spring.
---
kind: standard
id: hello
say: [offer]
"""


def test_days_between_two_versions() -> None:
    made, found = proofs(VERSIONS.replace("FROM", "2026-04-10"))
    fault = only(made, found.gaps)
    assert fault.where == ("effective", "from")
    assert "No version of `offer` is in force from 2026-04-01 to 2026-04-09" in fault.message
    assert "standard:hello refers to it" in fault.message
    assert not proofs(VERSIONS.replace("FROM", "2026-04-01"))[1].gaps.faults
    assert not proofs(VERSIONS.replace("FROM", "2026-04-10").replace("[offer]", "[other]"))[1].gaps.faults
    assert not proofs(VERSIONS.replace("FROM", "2026-04-10"), since=740_000)[1].gaps.faults


def test_a_rate_before_its_first_day() -> None:
    text = "kind: policy\nid: rates\nrule: fixed\neffective: {from: 2026-01-01}\n"
    made, found = proofs(text + "terms:\n  missed: {value: {2026-04-01: 5 USD}}")
    fault = only(made, found.unbegun)
    assert "`rates.missed` has no value from 2026-01-01 to 2026-03-31" in fault.message
    assert fault.witness is not None
    assert "expect: {terms: {rates.missed: none}}" in fault.witness.scenario


def test_names_that_make_no_difference() -> None:
    when = "{any: [{opened: yes, plan: single}, {opened: no, plan: single}]}"
    _, found = proofs(f"kind: script\nid: hello\nsay: Hello.\nwhen: {when}")
    unused = {variable.name: reason for variable, reason in found.unused[0]}
    assert "opened" in unused
    assert "uses it, but it makes no difference there" in unused["opened"]
    assert "plan" not in unused
    assert unused["late"] == "no condition, value or script uses it"


def test_what_was_not_settled_is_said() -> None:
    patterns = ", ".join(f'{{region: {{matches: "x{number}"}}}}' for number in range(11))
    _, found = proofs(segment(f"{{any: [{patterns}]}}"))
    assert not found.all.faults
    assert [str(one) for one in found.never.unproved] == [
        "1.yaml:1: segment:one when: too many combinations to settle whether this can hold"
    ]


def test_an_explosion_is_capped(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("servkit.domains.cover.MAX_STEPS", 0)
    _, found = proofs(TABLE)
    assert "too many combinations to settle whether this row can be reached" in str(found.dead_rows.unproved[0])


def test_sizes_that_do_not_compare_are_told_with_whoever_is_left_out() -> None:
    """The witness has rings, which the other half of the condition does not compare with, and no row is asked about:
    the document applies to nobody."""
    _, found = proofs("""
        kind: policy
        id: returns
        rule: flexible
        segments: [nobody]
        terms:
          window:
            value: 1 day
            cases: [{when: {orders: {at_least: 2 rings, at_most: 0}}, value: 2 days}]
    """)
    assert [fault.message.partition(":")[0] for fault in found.never.faults] == [
        "This can never hold",
        "`returns` can never apply",
    ]


def test_of_a_table_with_very_many_dead_rows_the_first_are_shown() -> None:
    rows = "\n".join(
        f"      - {{when: {{orders: {{at_least: {number}}}}}, value: 2 days}}" for number in range(MOST + 6)
    )
    made, found = proofs(
        f"kind: policy\nid: returns\nrule: flexible\nterms:\n  window:\n    value: 1 day\n    cases:\n{rows}\n"
    )
    faults = found.dead_rows.faults
    assert [fault.where[3] for fault in faults] == list(range(1, MOST + 6))
    assert [fault.witness is not None for fault in faults] == [True] * MOST + [False] * 5
    assert {fault.message.partition(": ")[2] for fault in faults} == {
        "row 1 already covers every case it is for. Move it further up, or correct its condition."
    }
    assert all(holds(fault.witness.scenario, made) for fault in faults if fault.witness is not None)
