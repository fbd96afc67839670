"""Whom a proposed change touches, in numbers of real customers."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from servkit.desk import edit_effect
from servkit.desk.edit_effect import effect_of_edit
from servkit.desk.open_book import OpenBook
from servkit.desk.person import Person
from servkit.desk.session import Desk

BOOK = Path(__file__).parents[2] / "standards"
NOW = datetime(2026, 11, 23, 17, 0, tzinfo=UTC)


@pytest.mark.parametrize(("most", "counted"), [(20_000, (5, 10)), (9, (0, None))])
def test_customers_are_counted_as_far_as_somebody_waits_for_it(
    most: int, counted: tuple[int, int | None], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Four surely have the general window; of one, the record says too little."""
    monkeypatch.setattr(edit_effect, "MOST_COUNTED", most)
    text = (BOOK / "policies" / "returns.yaml").read_text("utf-8")
    with OpenBook(BOOK, {}, None) as book:
        desk = Desk(book, Person("Joan", "owner"), lambda: NOW, lambda _: None)
        edited = text.replace("value: 30 days", "value: 40 days", 1)
        effect = effect_of_edit(desk, "policies/returns.yaml", edited, ("returns",), desk.today())
        (line,) = effect.lines
        assert str(line.change).startswith("kinder: returns.window: 30 days → 40 days")
        assert (effect.touched, effect.customers) == counted
        if most > 10:
            assert line.weight is not None
            assert (line.weight.certain, line.weight.perhaps, line.weight.of) == (4, 1, 10)
            assert line.weight.examples == ()  # nobody is named
        else:
            assert line.weight is None
        words = text.replace("title: Taking back parts", "title: Parts that come back", 1)
        assert effect_of_edit(desk, "policies/returns.yaml", words, ("returns",), desk.today()).lines == ()


def test_a_change_that_begins_later_counts_whom_it_will_touch() -> None:
    text = (BOOK / "policies" / "returns.yaml").read_text("utf-8")
    with OpenBook(BOOK, {}, None) as book:
        desk = Desk(book, Person("Joan", "owner"), lambda: NOW, lambda _: None)
        edited = text.replace("value: 30 days", "value: {2020-01-01: 30 days, 2027-03-01: 40 days}", 1)
        effect = effect_of_edit(desk, "policies/returns.yaml", edited, ("returns",), desk.today())
        assert effect.touched > 0
