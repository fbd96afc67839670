"""What an unknown is said to decide: segments where they count, and terms that a recovery may offer."""

from __future__ import annotations

import pytest

from .books import asks, book

SETTINGS = """
servkit: 1
name: Inn
areas: {meals: {}, stay: {}}
attributes: {vip: {type: flag, ask: A regular?}, visits: {type: number}}
"""
SEGMENT = "kind: segment\nid: regulars\nwhen: {vip: yes}\n"
EVERYBODY = "kind: segment\nid: all\npriority: 9\nwhen: {any: [{visits: 1}, {not: {visits: 1}}]}\n"


def policy(rule: str, value: str = "1 day", more: str = "", area: str = "stay") -> str:
    return f"kind: policy\nid: p\nrule: {rule}\narea: {area}\n{more}terms: {{t: {{value: {value}, better: more}}}}\n"


@pytest.mark.parametrize(
    ("documents", "decided"),
    [
        ([SEGMENT + "sets: {p.t: 2 days}\n", policy("flexible")], ["p.t", "segment:regulars"]),
        ([SEGMENT + "sets: {p.t: 1 day}\n", policy("flexible")], ["segment:regulars"]),  # it sets what there is anyway
        ([SEGMENT + "sets: {p.t: 2 days}\n", policy("fixed")], None),  # it sets nothing there
        ([SEGMENT + "sets: {p.t: 2 days}\n", policy("flexible", area="meals")], None),
        ([SEGMENT, policy("flexible", more="segments: [regulars]\n")], ["policy:p", "segment:regulars"]),
        ([SEGMENT + "do: Say hello.\n", policy("flexible")], ["segment:regulars"]),
        (
            [
                SEGMENT + "sets: {p.t: 2 days}\n",
                EVERYBODY + "sets: {p.t: 3 days}\n",
                policy("flexible"),
            ],
            ["segment:regulars"],  # outranked by a segment that holds everybody, and counts
        ),
        ([SEGMENT, policy("flexible")], None),
    ],
)
def test_a_segment_is_decided_where_it_counts(documents: list[str], decided: list[str] | None) -> None:
    found = asks(book("---\n".join(documents), SETTINGS), "stay")
    assert found == ({"vip": decided} if decided else {})


RECOVERY = "kind: recovery\nid: mend\narea: meals\nsteps: [Say sorry.]\nmay_offer: [p.t]\n"
NEVER = "{2030-01-01: 5 days}"
BOTH = "{cases: [{when: {all: [{vip: yes}, {visits: 1}]}, value: 5 days}], better: more}"


@pytest.mark.parametrize(
    ("documents", "decided"),
    [
        ([RECOVERY, policy("flexible", more="when: {vip: yes}\n")], ["p.t"]),
        ([RECOVERY, policy("flexible", NEVER, "when: {vip: yes}\n")], None),
        ([RECOVERY + "when: {vip: yes}\n", policy("flexible", NEVER)], ["recovery:mend"]),
        ([RECOVERY, policy("flexible", more="when: {vip: no}\n").replace("{value: 1 day, better: more}", BOTH)], None),
    ],
)
def test_a_term_that_never_has_a_value_is_not_asked_about(documents: list[str], decided: list[str] | None) -> None:
    found = asks(book("---\n".join(documents), SETTINGS), "meals")
    assert found.pop("vip", None) == decided
    assert found == {}
