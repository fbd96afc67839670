"""From Pydantic's faults to problems at a place, in an author's words."""

from __future__ import annotations

from difflib import get_close_matches
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pydantic import BaseModel, ValidationError

    from servkit.book.problem import Problem
    from servkit.book.yamltext import Source

_WORDS = {
    "dict_type": "a mapping is wanted here",
    "model_type": "a mapping is wanted here",
    "model_attributes_type": "a mapping is wanted here",
    "list_type": "a list is wanted here",
}


def shape_problems(source: Source, faults: ValidationError, model: type[BaseModel] | None = None) -> list[Problem]:
    """One problem for each fault, in the order of the file."""
    found = {}
    for fault in faults.errors(include_url=False, include_input=False):
        where = tuple(step for step in fault["loc"] if _leads(step))
        key = fault["type"] == "extra_forbidden" or "[key]" in fault["loc"]
        problem = source.problem(_code(fault["type"]), _message(fault, where, model), where, key=key)
        found.setdefault((problem.line, problem.column), problem)
    return sorted(found.values())


def _leads(step: Any) -> bool:
    """Pydantic names branches of a union and keys of a mapping in its places; those lead nowhere in the file."""
    return isinstance(step, int) or not (step.startswith("function-") or step in {"[key]", "dict[str,str]", "str"})


def _code(kind: str) -> str:
    return {"extra_forbidden": "SK108", "missing": "SK109"}.get(kind, "SK110")


def _message(fault: Any, where: tuple[str | int, ...], model: type[BaseModel] | None) -> str:
    kind = fault["type"]
    if kind == "extra_forbidden":
        known = [field.alias or name for name, field in (model.model_fields if model else {}).items()]
        near = get_close_matches(str(where[-1]), known, 1) if len(where) == 1 else []
        return f"unknown key {where[-1]!r}" + (f"; did you mean {near[0]!r}?" if near else "")
    if kind == "missing":
        return f"{where[-1]!r} is missing"
    if kind == "shape":
        return str(fault["ctx"]["message"])
    return _WORDS.get(kind) or str(fault["msg"])
