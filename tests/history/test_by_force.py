"""Random edits of random small books, judged by brute force (see ``by_force.py``)."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings

from .by_force import Doc, edits, judge
from .same_meaning import judge_same, respellings

if TYPE_CHECKING:
    from collections.abc import Sequence


@settings(max_examples=25, suppress_health_check=list(HealthCheck))
@given(edits())
def test_no_class_is_missed_and_none_is_false(edit: tuple[Sequence[Doc], Sequence[Doc]]) -> None:
    judge(list(edit[0]), list(edit[1]), random.Random(1))


def _capped(value: object) -> list[Doc]:
    """A price that a day of waiting has brought to its most, where somebody's waiting may not be on record."""
    cases = [{"when": {"late": {"less_than": "1 day"}}, "value": "25 USD"}]
    terms = {"t": {"value": value, "better": "more", "cases": cases, "grant": {"owner": "50 USD"}}}
    asking = {"t": {"value": "1 USD", "cases": [{"when": {"late": {"known": "yes"}}, "value": "2 USD"}]}}
    return [
        {"kind": "policy", "id": "p0", "area": ["returns"], "rule": "flexible", "terms": terms},
        {"kind": "standard", "id": "p1", "area": ["returns"], "terms": asking},
    ]


def _open_but_for_one_amount(when: Doc) -> list[Doc]:
    """A term that a blank leaves open, unless the amount that it comes to is the plain one by chance."""
    amount = {"each": "10 USD", "per": "1 hour", "of": "late"}
    cases = [{"when": {"segment": {"has": ["s1"]}}, "value": amount, "limit": "20 USD"}]
    terms = {"u": {"value": "40 USD", "better": "less", "limit": "40 USD", "cases": cases}}
    asking = {"t": {"value": "1 USD", "cases": [{"when": {"plan": {"known": "yes"}}, "value": "2 USD"}]}}
    return [
        {"kind": "standard", "id": "p0", "area": ["returns"], "terms": terms},
        {"kind": "standard", "id": "p1", "area": ["returns"], "terms": asking},
        {"kind": "segment", "id": "s1", "when": when},
    ]


@pytest.mark.parametrize(
    "edit",
    [
        (_capped({"each": "10 USD", "per": "1 hour", "of": "late", "at_most": "40 USD"}), _capped("40 USD")),
        (
            _open_but_for_one_amount({"late": {"is_not": "0 seconds"}}),
            _open_but_for_one_amount({"plan": {"at_least": "monthly"}}),
        ),
    ],
)
def test_an_edit_that_was_judged_wrongly(edit: tuple[list[Doc], list[Doc]]) -> None:
    judge(*edit, random.Random(1))


@settings(max_examples=25, suppress_health_check=list(HealthCheck))
@given(respellings())
def test_what_means_the_same_is_not_told(edit: tuple[Sequence[Doc], Sequence[Doc]]) -> None:
    judge_same(list(edit[0]), list(edit[1]))
