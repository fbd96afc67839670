"""Fitting documents to outlines: the functions against the rule they follow, written down as a recursion."""

from __future__ import annotations

from copy import deepcopy
from typing import Any

from hypothesis import given

from servkit.book import kinds
from servkit.book.shape_fields import FORMS, LEAVES, ShapeFault

from .documents import documents


def rule(outline: Any, data: Any) -> Any:
    """What data comes to under an outline. Raises ShapeFault where it does not fit."""
    if isinstance(outline, str):
        return data if outline == "any" else LEAVES[outline](data)
    sort, *rest = outline
    if sort == "optional":
        return None if data is None else rule(rest[0], data)
    if sort == "form":
        return rule(rest[1], FORMS[rest[0]](data))
    if sort == "list" and isinstance(data, list):
        return [rule(rest[0], item) for item in data]
    if sort == "one" and data in rest[0]:
        return data
    if sort == "map" and isinstance(data, dict):
        return {rule(rest[0], key): rule(rest[1], item) for key, item in data.items()}
    if sort == "model" and isinstance(data, dict):
        fields = rest[0]
        if all(key in data or not required for key, (required, _) in fields.items()) and data.keys() <= fields.keys():
            return {key: rule(fields[key][1], item) for key, item in data.items()}
    raise ShapeFault("does not fit")


def told(document: Any, kind: str, *, by_rule: bool) -> Any:
    try:
        return rule(kinds.outline(kind)["shape"], document) if by_rule else kinds.fitted(kind, document)
    except ShapeFault:
        return ShapeFault


@given(documents())
def test_what_fits_and_what_it_comes_to(document: dict[str, Any]) -> None:
    before = deepcopy(document)
    for kind in kinds.names():
        assert told(document, kind, by_rule=False) == told(document, kind, by_rule=True)
        assert document == before


def test_what_is_as_it_should_be_is_not_copied() -> None:
    document = {"kind": "policy", "id": "a", "rule": "fixed", "why": "So.", "area": ["x"], "terms": {}}
    assert kinds.fitted("policy", document) is not None
    assert kinds.fitted("philosophy", plain := {"kind": "philosophy", "id": "a", "stories": ["x", "y"]}) is plain


def test_outlines_that_were_kept_take_the_place_of_those_that_were_used() -> None:
    document = {"kind": "philosophy", "id": "a", "rank": "1"}
    own = kinds.outline("philosophy")
    assert kinds.fitted("philosophy", document)["rank"] == 1
    try:
        kinds.know({"philosophy": {"dated": True, "shape": ["map", "any", "any"]}})
        assert kinds.fitted("philosophy", document) is document
    finally:
        kinds.know({"philosophy": own})
    assert kinds.fitted("philosophy", document)["rank"] == 1
