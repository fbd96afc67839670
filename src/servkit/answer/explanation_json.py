"""The reasons for an answer as plain data: ``explanation_json(answer)``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from servkit.answer.answer_json import amount_json
from servkit.answer.condition_trace import check_json
from servkit.answer.explanation import explain
from servkit.book.values import plain_number

if TYPE_CHECKING:
    from servkit.answer.condition_trace import Check
    from servkit.answer.explanation import DocumentWhy, Place, RowWhy, SegmentWhy, SetterWhy, TermWhy, WrittenValue
    from servkit.answer.result import Answer

SCHEMA = "servkit/explanation/1"


def explanation_json(answer: Answer) -> dict[str, Any]:
    """Why every segment, every term and every document left out is as it is; verdicts are true, false or null."""
    found = explain(answer)
    return {
        "schema": SCHEMA,
        "segments": [_segment(segment) for segment in found.segments],
        "terms": {why.answer.term.ref: _term(why) for why in found.terms},
        "left_out": [_document(document) for document in found.left_out],
    }


def _place(place: Place) -> dict[str, Any]:
    return {"kind": place.kind, "id": place.id, "file": place.file, "line": place.line}


def _check(check: Check) -> dict[str, Any]:
    return check_json(check, amount_json)


def _given(given: WrittenValue | None) -> dict[str, Any] | None:
    if given is None:
        return None
    return {"rule": given.rule, "value": amount_json(given.amount), "from": _place(given.place)}


def _grants(grants: tuple[tuple[str, WrittenValue], ...]) -> dict[str, Any]:
    return {role: _given(given) for role, given in grants}


def _segment(why: SegmentWhy) -> dict[str, Any]:
    return {**_place(why.place), "verdict": why.verdict, "when": _check(why.when)}


def _document(why: DocumentWhy) -> dict[str, Any]:
    when = None if why.when is None else _check(why.when)
    return {**_place(why.place), "because": str(why.because), "unknown": list(why.unknown), "when": when}


def _term(why: TermWhy) -> dict[str, Any]:
    promise = None if why.promise is None else {"state": why.promise.state, **(_given(why.promise.value) or {})}
    return {
        "state": why.answer.state,
        "rule": why.rule,
        "from": _place(why.place),
        "value": _given(why.value),
        "rows": [_row(row) for row in why.rows],
        "segments": [_setter(setter) for setter in why.segments],
        "promise": promise,
        "limit": _given(why.limit),
        "grants": _grants(why.grants),
        "clipped": amount_json(why.answer.clipped),
    }


def _row(row: RowWhy) -> dict[str, Any]:
    return {
        "row": row.number,
        "decides": row.decides,
        "when": _check(row.when),
        "value": _given(row.value),
        "limit": _given(row.limit),
        "grants": _grants(row.grants),
        "from": _place(row.place),
    }


def _setter(setter: SetterWhy) -> dict[str, Any]:
    return {
        "id": setter.value.place.id,
        "state": setter.state,
        "priority": plain_number(setter.priority),
        "outranked_by": list(setter.outranked_by),
        "when": _check(setter.when),
        **(_given(setter.value) or {}),
    }
