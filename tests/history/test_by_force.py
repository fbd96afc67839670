"""Random edits of random small books, judged by brute force (see ``by_force.py``)."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING

from hypothesis import HealthCheck, given, settings

from .by_force import Doc, edits, judge
from .same_meaning import judge_same, respellings

if TYPE_CHECKING:
    from collections.abc import Sequence


@settings(max_examples=25, suppress_health_check=list(HealthCheck))
@given(edits())
def test_no_class_is_missed_and_none_is_false(edit: tuple[Sequence[Doc], Sequence[Doc]]) -> None:
    judge(list(edit[0]), list(edit[1]), random.Random(1))


@settings(max_examples=25, suppress_health_check=list(HealthCheck))
@given(respellings())
def test_what_means_the_same_is_not_told(edit: tuple[Sequence[Doc], Sequence[Doc]]) -> None:
    judge_same(list(edit[0]), list(edit[1]))
