"""The index over conditions gives exactly what evaluating them one by one gives."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from answer.books import TODAY, book, settings_of
from answer.small_books import CONSTANTS, NAMES, SETTINGS, conditions, several
from servkit.answer.membership import segments_in_force
from servkit.answer.scenario import fact_value
from servkit.book.conditions import Condition, Incomparable, Record
from servkit.book.reader import read_documents
from servkit.domains.decision_index import DecisionIndex

if TYPE_CHECKING:
    from servkit.book.values import Value

MADE = settings_of(json.dumps(SETTINGS))
#: Values between and beyond the constants of conditions, and some that do not compare with them.
MORE = {
    "visits": ["3", "-7", "100", "4 rings"],
    "orders": ["1.5"],
    "balance": ["9.99 USD", "1000 USD", "5 EUR"],
    "since": ["2026-02-14", "2020-01-01", "2026-03-04"],
    "region": ["", "zab", "xbay"],
    "late": ["3 hours", "1 month"],
    "share": ["20 %"],
}


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck), derandomize=True)
@given(st.data())
def test_the_index_decides_as_three_valued_logic_does(data: st.DataObject) -> None:
    names = data.draw(several(NAMES, 1, 4))
    wanted = data.draw(st.lists(conditions([*names, "role"], []), min_size=1, max_size=6))
    made = [_condition(when) for when in wanted]
    index = DecisionIndex(made, TODAY.toordinal(), MADE.variables)
    for _ in range(3):
        values = {name: data.draw(_value(name)) for name in data.draw(several(names, 0, len(names)))}
        record = Record(values, TODAY.toordinal())
        assert _outcome(lambda record=record: [one.kleene(record) for one in made]) == _outcome(
            lambda values=values: [index.decide(values).verdict(place) for place in range(len(made))]
        )


def _condition(when: dict[str, object]) -> Condition:
    raw = json.dumps({"kind": "segment", "id": "s", "when": when}).encode()
    (entry,) = read_documents("s.yaml", raw, MADE).entries
    assert entry.when is not None
    return entry.when


def _value(name: str) -> st.SearchStrategy[Value]:
    options = [*CONSTANTS[name], *MORE.get(name, [])]
    return st.sampled_from(options).map(lambda raw: _known(name, raw))


def _known(name: str, raw: object) -> Value:
    value = fact_value(name, raw, MADE)
    assert value is not None
    return value


def _outcome(decide: object) -> object:
    try:
        return decide()  # type: ignore[operator]
    except Incomparable as clash:
        return (clash.name, str(clash))


def test_a_book_asked_again_is_asked_through_the_index() -> None:
    library = book(
        "kind: segment\nid: key\nwhen: {plan: commercial}"
        "\n---\nkind: segment\nid: no\nwhen: {plan: single}"
        "\n---\nkind: segment\nid: perhaps\nwhen: {plan: commercial, opened: yes}"
    )
    segments = segments_in_force(library, TODAY.toordinal())
    assert segments is segments_in_force(library, TODAY.toordinal())
    record = Record({"plan": _known("plan", "commercial")}, TODAY.toordinal())
    assert (
        segments.verdicts(record)
        == segments.verdicts(record)
        == {
            "key": True,
            "no": False,
            "perhaps": None,
        }
    )
    assert "index" in segments.__dict__


def test_days_at_hand_are_few() -> None:
    library = book("kind: segment\nid: key\nwhen: {plan: commercial}\neffective: {from: 2026-03-01}")
    days = range(TODAY.toordinal() - 20, TODAY.toordinal() + 1)
    assert [bool(segments_in_force(library, day).entries) for day in days] == [False] * 20 + [True]


@pytest.mark.parametrize("raw", ["4 rings", "2"])
def test_what_does_not_compare_is_told_by_either_road(raw: str) -> None:
    condition = _condition({"visits": {"at_least": "3"}})
    values = {"visits": _known("visits", raw)}
    index = DecisionIndex([condition], TODAY.toordinal(), MADE.variables)
    if raw == "2":
        assert index.decide(values) == (0, 0)
    else:
        with pytest.raises(Incomparable):
            index.decide(values)
