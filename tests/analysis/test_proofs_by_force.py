"""The proofs agree with brute force on small books: everybody, on every day."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from servkit.analysis.case_space import CaseSpace
from servkit.analysis.dead_rows import read_table
from servkit.analysis.proofs import Proofs
from servkit.analysis.satisfiability import satisfying_assignment
from servkit.analysis.unused_names import depends
from servkit.analysis.witness import case_at
from servkit.answer.resolver import resolve

from .brute import FIRST, LAST, Person, everybody, fillings, names_in, true, true_of_a_record
from .small import conditions, made, names, period

if TYPE_CHECKING:
    from collections.abc import Callable

    from servkit.book.conditions import Condition
    from servkit.book.entries import Entry

DAYS = range(FIRST, LAST + 1)
FORCE = settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large]
)


def segment(id_: str, when: dict[str, Any], effective: dict[str, str], **more: Any) -> dict[str, Any]:
    return {"kind": "segment", "id": id_, "when": when, "effective": effective, **more}


def always(inner: Condition | None) -> Callable[[str], Condition | None]:
    """Every segment has this condition."""
    return lambda _: inner


def rank(entry: Entry) -> str:
    return str(entry.logic.get("priority", "0"))


def when_of(entry: Entry) -> Condition:
    assert entry.when is not None
    return entry.when


@FORCE
@given(names().flatmap(conditions), period())
def test_a_condition_that_can_never_hold_is_true_of_nobodys_record(
    when: dict[str, Any], effective: dict[str, str]
) -> None:
    book = made(segment("one", when, effective))
    (entry,) = book.entries
    cases = CaseSpace(book)
    found = satisfying_assignment(cases, [when_of(entry)], [entry])
    nobody = not any(true_of_a_record(when_of(entry), day, lambda _: None) for day in DAYS if entry.in_force(day))
    assert (found is None) is nobody
    if found is not None:
        answer = resolve(book, case_at(found, book))
        assert [found.id for found in answer.segments] == ["one"]
    told = {fault.where for fault in Proofs(book).never.faults}
    assert (("when",) in told) is nobody


@FORCE
@given(names().flatmap(conditions), period())
def test_a_condition_that_always_holds_is_true_of_everybody(when: dict[str, Any], effective: dict[str, str]) -> None:
    book = made(segment("one", when, effective, do=["Smile."]))
    (entry,) = book.entries
    values, known = names_in(when_of(entry), segment=lambda _: None)
    all_ = all(
        true(when_of(entry), person, lambda _: None)
        for day in DAYS
        if entry.in_force(day)
        for person in everybody(day, values, known)
    )
    proofs = Proofs(book)
    assert bool(proofs.always.faults) is all_
    assert not proofs.always.unproved
    assert all(fault.witness is not None for fault in proofs.always.faults)


@FORCE
@given(st.data(), names(), period(), period())
def test_a_dead_row_is_reached_by_nobody(
    data: st.DataObject, over: list[str], effective: dict[str, str], member: dict[str, str]
) -> None:
    rows = data.draw(st.lists(conditions(over, segments=("one",)), min_size=1, max_size=4))
    restriction = data.draw(st.one_of(st.none(), conditions(over)))
    policy: dict[str, Any] = {
        "kind": "policy",
        "id": "returns",
        "rule": "flexible",
        "effective": effective,
        "terms": {"window": {"value": "0 days", "cases": [
            {"when": when, "value": f"{index + 1} days"} for index, when in enumerate(rows)
        ]}},
    }  # fmt: skip
    if restriction is not None:
        policy["when"] = restriction
    book = made(policy, segment("one", data.draw(conditions(over)), member))
    entry, one = book.versions("policy", "returns")[0], book.versions("segment", "one")[0]
    term = entry.terms["window"]
    table = read_table(CaseSpace(book), term, entry)
    reached = set()
    for day in DAYS:
        if not entry.in_force(day):
            continue
        inner = when_of(one) if one.in_force(day) else None
        asked = [row.when for row in term.rows] + ([when_of(entry)] if entry.when is not None else [])
        values, known = names_in(*asked, segment=always(inner))
        for person in everybody(day, values, known):
            if entry.when is None or true(entry.when, person, always(inner)):
                reached.add(_first(term.rows, person, inner))
    assert set(table.reached) == reached - {None}
    assert not table.unsettled
    # what hides a row has to hide it alone
    for index, hiding in table.hidden.items():
        assert all(row < index for row in hiding)
    dead = {fault.where[3] for fault in Proofs(book).dead_rows.faults}
    assert dead.isdisjoint(reached)


def _first(rows: Any, person: Person, inner: Condition | None) -> int | None:
    return next((index for index, row in enumerate(rows) if true(row.when, person, lambda _: inner)), None)


@FORCE
@given(st.data(), names(), st.lists(period(), min_size=3, max_size=3))
def test_a_tie_has_somebody_in_both_and_no_higher_segment(
    data: st.DataObject, over: list[str], periods: list[dict[str, str]]
) -> None:
    priorities = [data.draw(st.sampled_from(["0", "1"])) for _ in range(3)]
    docs = [
        segment(f"s{index}", data.draw(conditions(over)), periods[index], priority=priorities[index],
                sets={"hello.how": data.draw(st.sampled_from(["warm", "brief"]))})
        for index in range(3)
    ]  # fmt: skip
    book = made({"kind": "standard", "id": "hello", "terms": {"how": "plain"}}, *docs)
    segments = [book.versions("segment", f"s{index}")[0] for index in range(3)]
    ties = set()
    for day in DAYS:
        live = [entry for entry in segments if entry.in_force(day)]
        values, known = names_in(*(when_of(entry) for entry in live), segment=lambda _: None)
        for person in everybody(day, values, known):
            everyway = [
                {entry.id for entry in live if true(when_of(entry), filled, lambda _: None)}
                for filled in fillings(person, values & known)
            ]
            sure, maybe = set.intersection(*everyway), set.union(*everyway)
            top = max((rank(entry) for entry in live if entry.id in maybe), default="0")
            best = [entry for entry in live if entry.id in sure and rank(entry) == top]
            ties |= {
                (left.id, right.id)
                for left in best
                for right in best
                if left.id < right.id and left.logic["overrides"] != right.logic["overrides"]
            }
    result = Proofs(book).ties
    told = {(fault.message.split("`")[1], fault.entry.id) for fault in result.faults}
    assert told == ties
    for fault in result.faults:
        if fault.certain:
            assert fault.witness is not None
            assert fault.witness.answer.terms["hello.how"].state == "conflict"


@FORCE
@given(names().flatmap(lambda over: st.tuples(st.just(over), conditions(over))), period())
def test_a_condition_depends_on_a_name_where_two_differ_in_it_alone(
    asked: tuple[list[str], dict[str, Any]], effective: dict[str, str]
) -> None:
    over, when = asked
    book = made(segment("one", when, effective))
    (entry,) = book.entries
    values, known = names_in(when_of(entry), segment=lambda _: None)
    cases = CaseSpace(book)
    for name in over:
        if name not in values | known:
            continue
        assert depends(cases, when_of(entry), name, entry) is _differs(entry, name, values, known)


def _differs(entry: Entry, name: str, values: set[str], known: set[str]) -> bool:
    for day in DAYS:
        if not entry.in_force(day):
            continue
        seen: dict[tuple[object, ...], set[bool]] = {}
        for person in everybody(day, values, known):
            others = tuple(sorted((key, str(value)) for key, value in person.values.items() if key != name))
            rest = (others, person.known - {name})
            seen.setdefault(rest, set()).add(true(when_of(entry), person, lambda _: None))
        if any(len(truths) > 1 for truths in seen.values()):
            return True
    return False


@FORCE
@given(st.data(), names(), period())
def test_an_idle_segment_changes_nobodys_answer(
    data: st.DataObject, over: list[str], effective: dict[str, str]
) -> None:
    """For everybody of whom all is known, the answer without the segment is the same."""
    from datetime import date

    from servkit.answer.case import Case, Customer
    from servkit.book.library import Book

    value = st.sampled_from(["1 day", "2 days", "3 days"])
    cases = [
        {"when": data.draw(conditions(over)), "value": data.draw(value)} for _ in range(data.draw(st.integers(0, 2)))
    ]
    term: dict[str, Any] = {"value": data.draw(value), "cases": cases}
    if data.draw(st.booleans()):
        term["better"] = "more"
    docs: list[dict[str, Any]] = [{"kind": "policy", "id": "returns", "rule": "flexible", "terms": {"window": term}}]
    for index in range(3):
        more = {"priority": data.draw(st.sampled_from(["0", "1"])), "sets": {"returns.window": data.draw(value)}}
        docs.append(segment(f"s{index}", data.draw(conditions(over)), effective, **more))
    book = made(*docs)
    proofs = Proofs(book)
    assert not proofs.idle_segments.unproved
    told = {fault.entry.id for fault in proofs.idle_segments.faults}
    everything = [when_of(entry) for entry in book.entries if entry.when] + [
        row.when for entry in book.entries for each in entry.terms.values() for row in each.rows
    ]
    values, known = names_in(*everything, segment=lambda _: None)
    for id_ in told:
        without = Book(book.settings, [entry for entry in book.entries if entry.id != id_])
        for day in (FIRST, LAST):
            for person in list(everybody(day, values | known, known))[::7]:
                there = {
                    name: value for name, value in person.values.items() if name not in known or name in person.known
                }
                attributes = {name: value for name, value in there.items() if name not in ("channel", "opened")}
                case = Case(
                    on=date.fromordinal(day),
                    customer=Customer("-", "Somebody", attributes),
                    given={"opened": there["opened"]} if "opened" in there else {},
                    channel=there["channel"].amount if "channel" in there else None,
                )
                ours, theirs = (resolve(one, case).terms.get("returns.window") for one in (book, without))
                assert ours is not None
                assert theirs is not None
                assert (ours.state, ours.value and ours.value.key) == (theirs.state, theirs.value and theirs.value.key)
