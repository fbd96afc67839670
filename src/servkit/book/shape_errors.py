"""From Pydantic's faults to problems at a place, in an author's words."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Annotated, Any, get_args, get_origin

from servkit.book.context import near

if TYPE_CHECKING:
    from pydantic import BaseModel, ValidationError

    from servkit.book.problems import Problem
    from servkit.book.source import Source

_WORDS = {
    "dict_type": "a mapping is wanted here",
    "model_type": "a mapping is wanted here",
    "model_attributes_type": "a mapping is wanted here",
    "list_type": "a list is wanted here",
}


_DATED = re.compile(r"[0-9]{4}-")
_COUNTED = frozenset({"start", "each", "per", "of", "after", "count", "at_least", "at_most", "up_to", "by"})
#: Near names are looked for only so often; a file with thousands of unknown keys is no servkit document at all.
_GUESSES = 50


def shape_problems(source: Source, faults: ValidationError, model: type[BaseModel]) -> list[Problem]:
    """One problem for each fault, in the order of the file."""
    found: dict[tuple[int, int], Problem] = {}
    for number, fault in enumerate(faults.errors(include_url=False, include_input=False)):
        kind, loc = fault["type"], fault["loc"]
        said = fault.get("ctx", {})
        where = _leading(source.data, (*loc, *said.get("steps", ())))
        known = _fields(model, where[:-1]) if kind == "extra_forbidden" and number < _GUESSES else []
        key = kind == "extra_forbidden" or "[key]" in loc or said.get("at_key", False)
        problem = source.problem(_code(kind), _message(fault, known, _part(source.data, where)), where, key=key)
        if kind == "missing" and _misspelt(fault["loc"][-1], _part(source.data, where[:-1]), model, where[:-1]):
            continue
        found.setdefault((problem.line, problem.column), problem)
    return sorted(found.values())


def _part(data: Any, where: tuple[str | int, ...]) -> Any:
    """What stands at a place; "" where nothing does."""
    for step in where:
        if (isinstance(data, dict) and step in data) or (isinstance(data, list) and isinstance(step, int)):
            data = data[step]  # type: ignore[index]  # as above
        elif step != 0:
            return ""
    return data


def _misspelt(name: Any, data: Any, model: Any, where: tuple[str | int, ...]) -> bool:
    """Whether a key that is missing is there with a slip in it, which is told at the slip."""
    known = _fields(model, where) if isinstance(data, dict) and len(data) < _GUESSES else []
    return any(near(key, known) == near(name, [name]) for key in data if key not in known) if known else False


def _leading(data: Any, loc: tuple[str | int, ...]) -> tuple[str | int, ...]:
    """The steps that lead to a part of the file; Pydantic names branches of a union and keys of a mapping as well."""
    where: list[str | int] = []
    for step in loc:
        if (isinstance(data, dict) and step in data) or (isinstance(data, list) and isinstance(step, int)):
            data = data[step]  # type: ignore[index]  # a list's step is a number, by the condition above
        elif step != 0:
            continue
        where.append(step)
    return tuple(where)


def _fields(model: Any, where: tuple[str | int, ...]) -> list[str]:
    """The keys of the mapping that ``where`` leads to; none where any may stand."""
    for step in where:
        if _is_model(model):
            fields = model.model_fields.values()
            field = next((f for n, f in zip(model.model_fields, fields, strict=True) if (f.alias or n) == step), None)
            model = None if field is None else _inner(field.annotation)
        elif isinstance(model, tuple):
            model = _inner(model[-1])
    return [field.alias or name for name, field in model.model_fields.items()] if _is_model(model) else []


def _is_model(thing: Any) -> bool:
    return hasattr(thing, "model_fields")


def _inner(annotation: Any) -> Any:
    """A model; or the arguments of a list or mapping, as a tuple; whatever validators and None stand around it."""
    origin, arguments = get_origin(annotation), get_args(annotation)
    if origin is Annotated:
        return _inner(arguments[0])
    if origin in (list, dict):
        return arguments
    inner = (_inner(argument) for argument in arguments)
    return annotation if _is_model(annotation) else next((found for found in inner if found is not None), None)


def _code(kind: str) -> str:
    return {"extra_forbidden": "SK108", "missing": "SK109"}.get(kind, "SK110")


def _message(fault: Any, known: list[str], data: Any) -> str:
    kind, name = fault["type"], str(fault["loc"][-1]) if fault["loc"] else ""
    if kind == "extra_forbidden":
        if "value" in known and (name in _COUNTED or _DATED.match(name)):
            return f"unknown key {name!r}; dates and counted values stand under `value:`"
        return f"unknown key {name!r}{near(name, known) or '; take it away'}"
    if kind == "missing":
        return f"{name!r} is missing; add it"
    if kind == "shape":
        return str(fault["ctx"]["message"])
    if data is None:
        return "this is empty; write what belongs here, or take the key away"
    return _WORDS.get(kind) or str(fault["msg"])
