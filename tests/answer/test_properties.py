"""What has to be so of every answer, on small books."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from random import Random
from typing import TYPE_CHECKING, Any

from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from servkit.answer.answer_json import answer_json, fingerprint
from servkit.answer.case import Case
from servkit.answer.resolver import resolve
from servkit.answer.scenario import fact_value
from servkit.book.intervals import Range
from servkit.book.library import Book
from servkit.book.values import Value

from .oracle import FAR
from .small_books import CONSTANTS, ON, books, cases
from .test_oracle import MADE, answered, made

if TYPE_CHECKING:
    from servkit.answer.result import Answer, TermAnswer

    from .oracle import Doc

quick = settings(max_examples=20, deadline=None, suppress_health_check=list(HealthCheck), derandomize=True)


def drawn(data: st.DataObject) -> tuple[list[Doc], Doc]:
    names, docs = data.draw(books(), "book")
    return docs, data.draw(cases(names, docs), "case")


def kinder(left: Value, right: Value, better: str) -> bool:
    return left.family == right.family and (left.size > right.size if better == "more" else left.size < right.size)


@quick
@given(st.data())
def test_a_further_fact_changes_nothing_that_was_settled(data: st.DataObject) -> None:
    docs, case = drawn(data)
    before = answered(docs, case)
    unknown = sorted(set(CONSTANTS) - {"role", "channel"} - set(case["known"]))
    # a condition may ask whether something is on record, and that is no longer the same
    assume(unknown and "known" not in json.dumps([doc for doc in docs if doc["kind"] != "customer"]))
    name = data.draw(st.sampled_from(unknown))
    value = ["x"] if name == "tags" else data.draw(st.sampled_from(CONSTANTS[name]))
    after = answered(docs, case | {"known": case["known"] | {name: value}})
    assert {entry.id for entry in before.segments} <= {entry.id for entry in after.segments}
    for kind, entries in before.documents.items():
        assert {entry.id for entry in entries} <= {entry.id for entry in after.documents[kind]}
    for ref, term in before.terms.items():
        if term.state == "settled" and term.value is not None:
            found = after.terms[ref].value
            assert found is not None
            assert found.key == term.value.key
    certainly_out = {left.entry.name for left in before.left_out if not left.unknown}
    assert certainly_out <= {left.entry.name for left in after.left_out if not left.unknown}


@quick
@given(st.data())
def test_what_is_not_asked_changes_nothing(data: st.DataObject) -> None:
    docs, case = drawn(data)
    assume("known" not in json.dumps(docs))
    before = answered(docs, case)
    asked = {ask.name for ask in before.ask} | {name for might in before.might_be for name in might.ask}
    others = sorted(set(CONSTANTS) - {"role", "channel"} - set(case["known"]) - asked)
    assume(others)
    name = data.draw(st.sampled_from(others))
    value = ["x"] if name == "tags" else data.draw(st.sampled_from(CONSTANTS[name]))
    after = answered(docs, case | {"known": case["known"] | {name: value}})
    left, right = answer_json(before), answer_json(after)
    for key in ("segments", "left_out", "asked"):  # these say in words what is on record
        left.pop(key), right.pop(key)
    for found in (*left["terms"].values(), *right["terms"].values()):
        found.pop("default")
    assert left == right


@quick
@given(st.data(), st.integers(0, 99))
def test_the_order_of_files_and_documents_does_not_matter(data: st.DataObject, seed: int) -> None:
    docs, case = drawn(data)
    book, customer = made(docs, case["promised"])
    shuffled = list(book.entries)
    Random(seed).shuffle(shuffled)
    remarks = [remark for path in {entry.path for entry in shuffled} for remark in book.remarks(path)]
    known = {name: fact_value(name, raw, MADE) for name, raw in case["known"].items()}
    turned = dict(reversed(known.items()))
    texts = [
        answer_json(resolve(library, Case(ON, customer, tuple(case["about"]), given, case["role"])))
        for library, given in ((book, known), (Book(MADE, shuffled, (), remarks), turned))
    ]
    for key in texts[0]:
        assert json.dumps(texts[0][key]) == json.dumps(texts[1][key]), key


@quick
@given(st.data())
def test_a_promise_never_makes_an_answer_worse(data: st.DataObject) -> None:
    docs, case = drawn(data)
    assume(case["promised"])
    without, found = answered(docs, case | {"promised": {}}), answered(docs, case)
    for ref, term in without.terms.items():
        other = found.terms[ref].value
        if term.value is not None and term.term.better is not None and other is not None:
            assert not kinder(term.value, other, term.term.better)


@quick
@given(st.data())
def test_no_answer_and_no_role_goes_past_the_limit(data: st.DataObject) -> None:
    docs, case = drawn(data)
    for term in answered(docs, case).terms.values():
        for value in _told(term):
            if term.limit is not None and value is not None and term.term.better is not None:
                assert not kinder(value, term.limit, term.term.better)


def _told(term: TermAnswer) -> list[Value | None]:
    further = term.then.may if term.then is not None else None
    out = [term.value, term.you_may, further]
    for amount in term.may_be:
        if isinstance(amount, Range):
            out += [end for end in amount[:2] if isinstance(end, Value) and abs(end.size) < FAR]
        else:
            out.append(amount)
    return out


SEEDED = """
import json, sys
sys.path[:0] = {paths!r}
from answer.test_properties import everything
print(everything())
"""


def everything() -> str:
    """Fingerprints of many answers about one book, with sets and dictionaries of all sorts on the way."""
    docs: list[dict[str, Any]] = [
        {"kind": "policy", "id": f"p{n}", "rule": "flexible", "area": ["visits", "returns"][: n % 3],
         "when": {"any": [{"tags": {"has_any": ["x", "y"]}}, {"region": {"contains": "ab"}}, {"visits": str(n)}]},
         "terms": {"t": {"value": "5 days", "better": "more",
                         "cases": [{"when": {"plan": "single"}, "value": f"{n} days"}]}}}
        for n in range(6)
    ]  # fmt: skip
    docs += [
        {"kind": "segment", "id": f"s{n}", "when": {"orders": str(n)}, "sets": {f"p{n}.t": "9 days"}} for n in range(4)
    ]
    docs += [{"kind": "script", "id": f"c{n}", "say": "Hi", "segments": ["s1", "s2"]} for n in range(4)]
    out = []
    for known in ({}, {"tags": ["y", "x", "w"]}, {"region": "cabs"}, {"visits": "3", "plan": "single"}):
        case: Doc = {"known": known, "promised": {}, "about": [], "role": None, "channel": None, "level": None}
        answer: Answer = answered(docs, case)
        out.append(fingerprint(answer_json(answer)))
    return " ".join(out)


def test_the_seed_of_hashes_does_not_matter() -> None:
    script = SEEDED.format(paths=[path for path in sys.path if path])
    runs = [
        subprocess.run(
            [sys.executable, "-c", script],
            env=os.environ | {"PYTHONHASHSEED": seed},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed in ("1", "2")
    ]
    assert runs[0] == runs[1]
    assert runs[0].count("sha256:") == 4
