"""Segments that never decide anything."""

from __future__ import annotations

from typing import Any

import pytest

from servkit.analysis.proofs import Proofs

from .small import made


def idle(*segments: dict[str, Any], better: str | None = None) -> list[str]:
    term = {"value": "1 day"} | ({"better": better} if better else {})
    policy = {"kind": "policy", "id": "returns", "rule": "flexible", "terms": {"window": term}}
    proofs = Proofs(made(policy, *segments))
    assert not proofs.idle_segments.unproved
    return [fault.entry.id for fault in proofs.idle_segments.faults]


def phoning(id_: str, window: str, priority: str = "0", **more: Any) -> dict[str, Any]:
    when = {"channel": "phone"}
    return {"kind": "segment", "id": id_, "when": when, "priority": priority, "sets": {"returns.window": window}} | more


def test_one_that_says_what_everybody_gets_is_idle() -> None:
    assert idle(phoning("a", "1 day")) == ["a"]


def test_one_that_settles_a_conflict_below_it_is_not() -> None:
    assert idle(phoning("a", "1 day"), phoning("b", "2 days"), phoning("c", "1 day", "1")) == ["a", "b"]


def test_one_that_is_always_outranked_is_idle() -> None:
    assert idle(phoning("a", "2 days"), phoning("b", "3 days", "1")) == ["a"]


def test_the_less_kind_of_two_is_idle_where_better_is_known() -> None:
    assert idle(phoning("a", "2 days"), phoning("b", "3 days"), better="more") == ["a"]
    assert idle(phoning("a", "2 days"), phoning("b", "3 days")) == []


@pytest.mark.parametrize("more", [{"do": ["Smile."]}, {"sets": {}, "do": ["Smile."]}])
def test_one_that_tells_staff_to_do_something_is_not(more: dict[str, Any]) -> None:
    assert idle(phoning("a", "1 day", **more)) == []


def test_one_that_admits_to_a_document_is_not() -> None:
    script = {"kind": "script", "id": "hello", "say": "Hello.", "segments": ["a"]}
    assert idle(phoning("a", "1 day"), script) == []


def test_one_that_a_document_names_without_effect_is_idle() -> None:
    script = {"kind": "script", "id": "hello", "say": "Hello.", "when": {"channel": "email", "segment": "a"}}
    assert idle(phoning("a", "1 day"), script) == ["a"]


def test_the_witness_is_in_the_segment_and_gets_what_everybody_gets() -> None:
    policy = {"kind": "policy", "id": "returns", "rule": "flexible", "terms": {"window": "1 day"}}
    (fault,) = Proofs(made(policy, phoning("a", "1 day"))).idle_segments.faults
    assert fault.witness is not None
    assert fault.witness.scenario == (
        "kind: scenario\n"
        "id: a-idle\n"
        'title: "In a, and nothing is different"\n'
        'given: {today: 2026-01-01, channel: phone}\n'
        "about: returns\n"
        "expect: {segments: [a], terms: {returns.window: 1 day}}\n"
    )  # fmt: skip


def test_of_very_many_idle_segments_the_first_are_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("servkit.analysis.idle_segments.MOST_SHOWN", 2)
    policy = {"kind": "policy", "id": "returns", "rule": "flexible", "terms": {"window": "1 day"}}
    proofs = Proofs(made(policy, *(phoning(id_, "1 day", id_) for id_ in "1234")))
    faults = proofs.idle_segments.faults
    assert [fault.witness is not None for fault in faults] == [True, True, False, False]
    assert len({fault.message.partition(" ")[2] for fault in faults}) == 1


def test_what_is_outranked_has_a_witness_who_gets_it_from_another() -> None:
    policy = {"kind": "policy", "id": "returns", "rule": "flexible", "terms": {"window": {"value": "1 day"}}}
    segments = (phoning("a", "2 days", do=["Smile."]), phoning("b", "3 days", "1"))
    (fault,) = Proofs(made(policy, *segments)).outranked.faults
    assert fault.entry.id == "a"
    assert fault.witness is not None
    terms = fault.witness.answer.terms
    assert terms["returns.window"].origin is not None
    assert terms["returns.window"].origin.id == "b"
    assert {entry.id for entry in fault.witness.answer.segments} == {"a", "b"}
