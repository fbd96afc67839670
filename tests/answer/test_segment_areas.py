"""The area of a segment: where its `do` is told and asks questions, and that nothing else of it depends on it."""

from __future__ import annotations

import pytest

from .books import answer, asks, book

SETTINGS = """
servkit: 1
name: Inn
areas: {meals: {}, stay: {}}
attributes: {diet: {type: text, ask: Is there anything you don't eat?}}
"""
DOCS = """
kind: segment
id: coeliac
area: meals
when: {diet: gluten}
do: Bring the other menu.
---
kind: policy
id: breakfast
rule: fixed
area: [meals, stay]
terms: {until: 10:30}
---
kind: policy
id: leave
rule: fixed
area: stay
terms: {until: 11:00}
---
kind: policy
id: house
rule: fixed
terms: {quiet: 22:00}
---
kind: script
id: menu
say: Here it is.
area: meals
"""


@pytest.mark.parametrize(
    ("about", "is_told"),
    [
        ((), True),
        (("meals",), True),
        (("stay",), False),  # breakfast belongs to it, and brings no other of its areas
        (("breakfast",), True),
        (("menu",), True),
        (("leave",), False),
        (("house",), False),
        (("stay", "menu"), True),
    ],
)
def test_where_it_is_told_and_asked_about(about: tuple[str, ...], is_told: bool) -> None:
    library = book(DOCS, SETTINGS)
    assert asks(library, *about) == ({"diet": ["segment:coeliac"]} if is_told else {})
    found = answer(library, *about, given={"diet": "gluten"})
    assert [entry.id for entry in found.segments] == ["coeliac"]  # its members it has everywhere
    assert found.told == ({"coeliac"} if is_told else set())


def test_what_it_sets_it_sets_everywhere_and_is_asked_about() -> None:
    flexible = DOCS.replace("id: leave\nrule: fixed", "id: leave\nrule: flexible")
    library = book(flexible.replace("do: Bring", "sets: {leave.until: 12:00}\ndo: Bring"), SETTINGS)
    assert asks(library, "stay") == {"diet": ["leave.until", "segment:coeliac"]}
    found = answer(library, "stay", given={"diet": "gluten"})
    assert str(found.terms["leave.until"].value) == "12:00"
    assert found.told == set()


def test_of_several_versions_the_one_in_force_says_the_areas() -> None:
    versions = (
        DOCS
        + """
---
kind: policy
id: late
rule: fixed
area: stay
effective: {until: 2026-02-28}
---
kind: policy
id: late
rule: fixed
area: meals
effective: {from: 2026-04-01}
---
kind: policy
id: early
rule: fixed
area: meals
effective: {until: 2026-03-01}
---
kind: policy
id: early
rule: fixed
area: stay
effective: {from: 2026-03-02}
"""
    )
    library = book(versions, SETTINGS)
    assert asks(library, "late") == {}  # none is in force on the day
    assert asks(library, "early") == {"diet": ["segment:coeliac"]}


def test_without_an_area_it_is_told_everywhere() -> None:
    library = book(DOCS.replace("area: meals\nwhen", "when"), SETTINGS)
    assert asks(library, "stay") == {"diet": ["segment:coeliac"]}
