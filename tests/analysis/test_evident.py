"""What is evidently fine has nothing to be found: the proofs of what is left say what the proofs of everything say."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from servkit.analysis.evident import Evident
from servkit.analysis.lone_tests import LoneTests
from servkit.analysis.proofs import Proofs
from servkit.analysis.universe import Universe

from .authoring import book as written
from .brute import FIRST
from .small import MADE, conditions, made

if TYPE_CHECKING:
    from hypothesis.strategies import SearchStrategy

    from servkit.book.entries import Entry
    from servkit.book.library import Book

#: Rings do not compare with the others.
_NUMBERS = st.sampled_from(["0", "1", "2", "3", "2 rings"])
_PLANS = ["single", "monthly", "commercial"]
#: Tests of one name each, most of them lone; many hold for everybody, or for nobody.
_LONE: dict[str, SearchStrategy[Any]] = {
    "plan": st.one_of(
        st.sampled_from(_PLANS),
        st.lists(st.sampled_from(_PLANS), min_size=1, max_size=3, unique=True),
        st.sampled_from(["at_least", "at_most", "more_than", "less_than", "is_not"]).flatmap(
            lambda op: st.sampled_from(_PLANS).map(lambda plan: {op: plan})
        ),
    ),
    "visits": st.one_of(
        st.sampled_from(["at_least", "at_most", "more_than", "less_than", "is", "is_not"]).flatmap(
            lambda op: _NUMBERS.map(lambda number: {op: number})
        ),
        st.tuples(_NUMBERS, _NUMBERS).map(lambda pair: {"at_least": pair[0], "at_most": pair[1]}),
        st.sampled_from([("0", "2"), ("1", "1"), ("1 ring", "2 rings")]).map(lambda pair: {"between": list(pair)}),
    ),
    "region": st.one_of(
        st.lists(st.sampled_from(["n", "s"]), min_size=1, max_size=2, unique=True), st.just({"is_not": "n"})
    ),
    "opened": st.sampled_from(["yes", "no"]),
    "channel": st.sampled_from(["phone", "email"]),
    "tags": st.just("a"),
}


@st.composite
def lone(draw: st.DrawFn) -> dict[str, Any]:
    """A condition: mostly a conjunction of lone tests, now and then anything, or one that asks for a segment."""
    if draw(st.integers(0, 9)) == 0:
        return draw(conditions(["plan", "visits", "since"], segments=("s0",)))
    over = draw(st.lists(st.sampled_from(sorted(_LONE)), min_size=1, max_size=3, unique=True))
    parts = {name: draw(_LONE[name]) for name in over}
    return {"all": [parts, {over[0]: draw(_LONE[over[0]])}]} if draw(st.integers(0, 5)) == 0 else parts


@st.composite
def documents(draw: st.DrawFn) -> list[dict[str, Any]]:
    """A policy or two, a script, and segments that may set what the policies own."""
    out: list[dict[str, Any]] = []
    for index in range(draw(st.integers(1, 2))):
        cases = [{"when": draw(lone()), "value": f"{row} days"} for row in range(draw(st.integers(0, 4)))]
        term: dict[str, Any] = {"value": draw(st.sampled_from(["0 days", {"2026-01-03": "1 day"}])), "cases": cases}
        out.append({"kind": "policy", "id": f"p{index}", "rule": "flexible", "terms": {"window": term}})
    out.append({"kind": "script", "id": "hello", "say": "Hello."})
    for document in out:
        restrictions: dict[str, SearchStrategy[Any]] = {
            "when": lone(),
            "channels": st.just(["phone"]),
            "roles": st.sampled_from([["agent"], ["agent", "owner"]]),
            "segments": st.just(["s1"]),
            "effective": st.just({"from": "2026-01-02"}),
        }
        for key, restriction in restrictions.items():
            if draw(st.integers(0, 4)) == 0:
                document[key] = draw(restriction)
    for index in range(2):
        sets = {"p0.window": draw(st.sampled_from(["0 days", "5 days"]))} if draw(st.booleans()) else {}
        when = draw(lone())
        if "segment" not in str(when):
            out.append({"kind": "segment", "id": f"s{index}", "when": when, "sets": sets, "priority": str(index)})
    return out


def told(proofs: Proofs) -> list[object]:
    """All that proofs find and do not settle, in words."""
    out: list[object] = [[variable.name, reason] for variable, reason in proofs.unused[0]]
    out += [str(one) for one in proofs.all.unproved]
    for fault in proofs.all.faults:
        shown = None if fault.witness is None else fault.witness.scenario
        out.append((fault.proof, fault.entry.path, fault.where, fault.message, shown, fault.certain, fault.key))
    return out


def told_by_proof_alone(book: Book, since: int | None) -> list[object]:
    """The same where nothing is taken to be evident."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Evident, "conditions_fine", lambda *_: False)
        patch.setattr(Evident, "values_plain", lambda *_: False)
        patch.setattr(LoneTests, "of", lambda *_: None)
        patch.setattr("servkit.analysis.unused_names._may_ask", lambda *_: True)
        patch.setattr(Universe, "asked", lambda self, _: self.book)
        return told(Proofs(book, since))


@settings(max_examples=250, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(documents(), st.sampled_from([None, FIRST, FIRST + 3]))
@example(
    [{"kind": "policy", "id": "p0", "rule": "flexible", "terms": {"window": {"value": "0 days", "cases": [
        {"when": {"plan": "single", "visits": {"at_least": "0"}}, "value": "1 day"},
        {"when": {"plan": "single"}, "value": "2 days"},
    ]}}}],
    None,
)  # fmt: skip
@example([{"kind": "segment", "id": "s0", "when": {"any": [{"opened": "yes"}, {"plan": "single"}]}}], None)
def test_the_proofs_of_what_is_not_evident_are_the_proofs_of_everything(
    docs: list[dict[str, Any]], since: int | None
) -> None:
    book = made(*docs)
    everything = told_by_proof_alone(book, since)
    assert told(Proofs(book, since)) == everything
    # found in two parts of the book, each looked at by itself
    parts = (book.entries[::2], book.entries[1::2])
    only: list[Entry] = [entry for part in parts for entry in Evident(MADE).unsettled(part)]
    assert told(Proofs(book, since, only)) == everything


def unsettled(text: str) -> list[str]:
    """The documents of a text of which it is not evident that they are fine."""
    made = written(text)
    return [entry.id for entry in Evident(made.settings).unsettled(made.entries)]


def policy(*cases: str, more: str = "") -> str:
    rows = "".join(f"\n      - {{when: {when}, value: {row} days}}" for row, when in enumerate(cases))
    return f"kind: policy\nid: p\nrule: flexible\n{more}terms:\n  window:\n    value: 9 days\n    cases:{rows}\n"


@pytest.mark.parametrize(
    "text",
    [
        policy("{plan: single}", "{plan: monthly}"),
        policy("{plan: single, orders: {at_least: 5}}", "{plan: single}"),
        policy("{plan: single, orders: {at_least: 5}}", "{region: north}"),
        policy("{plan: single, region: north}", "{plan: single, region: south}", "{plan: single}"),
        policy("{orders: {at_least: 5, less_than: 9}}", "{all: [{orders: {at_most: 6}}, {region: north}]}"),
        policy("{plan: single}", "{orders: {at_least: 3}}", more="channels: [phone]\nwhen: {region: north}\n"),
        policy("{plan: single}", more="when: {plan: [single, monthly]}\n"),
        "kind: segment\nid: s\nwhen: {channel: phone, opened: yes}\nsets: {p.window: 4 days}\n",
        "kind: script\nid: s\nsay: Hello.\n",
    ],
)
def test_what_is_evident(text: str) -> None:
    assert unsettled(text) == []


@pytest.mark.parametrize(
    "text",
    [
        policy("{plan: single}", "{plan: single, region: north}"),
        policy("{plan: [single, monthly]}", "{plan: commercial}", "{region: north}"),
        policy("{orders: {at_least: 0}}"),
        policy("{plan: single}", more="when: {plan: monthly}\n"),
        policy("{plan: single}", "{plan: monthly}", more="segments: [s]\n"),
        policy("{plan: single}", "{segment: s}"),
        policy(*(f"{{orders: {number}}}" for number in range(11))),
        "kind: policy\nid: p\nrule: flexible\nterms: {window: {value: {2026-01-01: 4 days}}}\n",
        policy("{plan: single}").replace(
            "cases:", "better: more\n    grant: {owner: {2026-01-01: 20 days}}\n    cases:"
        ),
        "kind: segment\nid: s\nwhen: {orders: {less_than: 0}}\ndo: [Smile.]\n",
        "kind: segment\nid: s\nwhen: {orders: {at_least: 5, less_than: 2}}\ndo: [Smile.]\n",
        "kind: segment\nid: s\nwhen: {tags: a}\ndo: [Smile.]\n",
        "kind: segment\nid: s\nwhen: {since: {before: 2020-01-01}}\ndo: [Smile.]\n",
    ],
)
def test_what_is_left_to_the_proofs(text: str) -> None:
    assert len(unsettled(text)) == 1
