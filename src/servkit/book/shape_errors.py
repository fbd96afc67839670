"""From Pydantic's errors to problems at a place, in an author's words."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Annotated, Any, Literal, get_args, get_origin

from servkit.book.comparisons import items
from servkit.book.identifiers import ADVICE, LANGUAGE
from servkit.book.slips.text import NO_SPACE, ODD_SPACES, in_quotes, named
from servkit.nearest import did_you_mean
from servkit.text import quoted

if TYPE_CHECKING:
    from pydantic import BaseModel, ValidationError
    from pydantic_core import ErrorDetails

    from servkit.book.problems import Problem
    from servkit.book.source import Source

    Where = tuple[str | int, ...]

_DATED = re.compile(r"[0-9]{4}-")
_COUNTED = frozenset({"start", "each", "per", "of", "after", "count", "at_least", "at_most", "up_to", "by"})
#: A file with more unknown keys than this is no servkit document at all, and near names are not looked for.
_MOST_GUESSES = 50
#: A longer list of keys is no help.
_MOST_KEYS = 12
_CODES = {"extra_forbidden": "SK108", "missing": "SK109"}
#: What a text is not that Pydantic could not convert.
_NOT_A = {
    "int": "a whole number",
    "float": "a number such as 1500 or 1.5",
    "decimal": "a number such as 1500 or 1.5",
    "bool": "yes or no",
    "date": "a day such as 2026-03-01",
}


def shape_problems(source: Source, faults: ValidationError, model: type[BaseModel]) -> list[Problem]:
    """One problem for each fault, in the order of the file."""
    found: dict[tuple[int, int], Problem] = {}
    for number, fault in enumerate(faults.errors(include_url=False, include_input=False)):
        kind, loc = fault["type"], fault["loc"]
        where = _place(source.data, loc)
        part = _part(source.data, where)
        if kind == "string_type" and isinstance(part, dict) and loc[-1:] == ("str",):
            continue  # prose in several languages, where another fault says what is wrong with it
        if kind == "missing" and _is_misspelt(loc[-1], _part(source.data, where[:-1]), model, where[:-1]):
            continue
        known = _keys(model, where[:-1]) if kind == "extra_forbidden" and number < _MOST_GUESSES else []
        message = _message(fault, known, part, where, model)
        key = kind == "extra_forbidden" or "[key]" in loc
        problem = source.problem(_CODES.get(kind, "SK110"), message, where, key=key)
        found.setdefault((problem.line, problem.column), problem)
    return sorted(found.values())


def _leads_on(data: Any, step: str | int) -> bool:
    return step in data if isinstance(data, dict) else isinstance(data, list) and isinstance(step, int)


def _place(data: Any, loc: tuple[str | int, ...]) -> Where:
    """The steps that lead to a part of the file. Pydantic also names branches of a union and keys of a mapping."""
    where: list[str | int] = []
    for step in loc:
        if _leads_on(data, step):
            data = data[step]
        elif step != 0:
            continue
        where.append(step)
    return tuple(where)


def _part(data: Any, where: Where) -> Any:
    """What is written at a place; "" where nothing is."""
    for step in where:
        if _leads_on(data, step):
            data = data[step]
        elif step != 0:
            return ""
    return data


def _is_misspelt(name: Any, data: Any, model: Any, where: Where) -> bool:
    """Whether a key that is missing is there with a typo in it, which is reported at the typo."""
    known = _keys(model, where) if isinstance(data, dict) and len(data) < _MOST_GUESSES else []
    itself = did_you_mean(str(name), [str(name)])
    return any(did_you_mean(key, known) == itself for key in data if key not in known) if known else False


def _keys(model: Any, where: Where) -> list[str]:
    """The keys of the mapping that ``where`` leads to; none where any key may be written."""
    found = _annotation(model, where)
    return [field.alias or name for name, field in found.model_fields.items()] if _is_model(found) else []


def _annotation(model: Any, where: Where) -> Any:
    """The type of the part that ``where`` leads to: a model, or the arguments of a list or mapping as a tuple."""
    for step in where:
        if _is_model(model):
            model = next((f.annotation for n, f in model.model_fields.items() if (f.alias or n) == step), None)
            model = _inner(model)
        elif isinstance(model, tuple):
            model = _inner(model[-1])
    return model


def _is_model(thing: Any) -> bool:
    return hasattr(thing, "model_fields")


def _inner(annotation: Any) -> Any:
    """A type without the validators and None around it."""
    origin, arguments = get_origin(annotation), get_args(annotation)
    if origin is Annotated:
        return _inner(arguments[0])
    if origin in (list, dict):
        return arguments
    if origin is Literal or not arguments:
        return annotation if _is_model(annotation) or origin is Literal else None
    return next((found for found in map(_inner, arguments) if found is not None), None)


def _message(fault: ErrorDetails, known: list[str], data: Any, where: Where, model: Any) -> str:
    kind = fault["type"]
    name = str(where[-1]) if where else ""
    if kind == "shape":
        return str(fault["ctx"]["message"])
    if kind == "extra_forbidden":
        return _unknown_key(str(fault["loc"][-1]), known)
    if kind == "missing":
        return _missing_key(str(fault["loc"][-1]), model, where[:-1])
    if data is None or data in ({}, []):
        return f"{quoted(name)} is empty. Write its value." if name else "This is empty."
    if kind == "string_pattern_mismatch":
        return _wrong_pattern(fault, data, where)
    if kind in ("string_type", "dict_type", "model_type", "list_type"):
        return _wrong_shape(kind, data, where, model)
    if kind == "literal_error" and isinstance(data, str):
        words = fault["ctx"]["expected"].replace("'", "`")
        near = did_you_mean(data, words.replace(" or ", ", ").replace("`", "").split(", "))
        return f"{quoted(data)} is not one of the words allowed here. {near or f'Write {words}.'}"
    what = _NOT_A.get(kind.partition("_")[0])
    if what is not None and isinstance(data, str):
        return f"{quoted(data)} is not {what}."
    return f"{quoted(data)}: {fault['msg']}." if isinstance(data, str) else f"{fault['msg']}."


def _wrong_pattern(fault: ErrorDetails, data: Any, where: Where) -> str:
    """A text or key that is not written as ids, languages and the like are."""
    pattern, name = fault["ctx"]["pattern"], str(where[-1]) if where else ""
    if "[key]" not in fault["loc"]:
        parts = items(data) if isinstance(data, str) else []
        if parts and all(re.fullmatch(pattern, part) for part in parts):
            return f"{quoted(data)} is one value. Write a list: `[{', '.join(parts)}]`."
        return f"{quoted(data)} {ADVICE[pattern]}"
    if pattern == LANGUAGE and isinstance(data, str):  # a text with a colon in it was read as a mapping
        whole = quoted(in_quotes(f"{name}: {data}"))
        return f"{quoted(name)} is not a language such as en or pt-BR. As text with a colon, write {whole}."
    return f"{quoted(name)} {ADVICE[pattern]}"


def _unknown_key(name: str, known: list[str]) -> str:
    hidden = "".join(sign for sign in name if sign not in ODD_SPACES).strip()
    if sign := next((sign for sign in name if sign in ODD_SPACES), None):
        return f"There is a {named(sign)} in this key. Write {quoted(hidden)} with plain spaces around it."
    if "value" in known and (name in _COUNTED or _DATED.match(name)):
        return f"Unknown key {quoted(name)}. Dates and the parts of a counted value go under `value:`."
    near = did_you_mean(name, known)
    if not near and 0 < len(known) <= _MOST_KEYS:
        near = f"The keys here are {', '.join(known)}."
    return f"Unknown key {quoted(name)}. {near or 'Check its spelling and its indentation.'}"


def _missing_key(name: str, model: Any, where: Where) -> str:
    annotation = _annotation(model, (*where, name))
    options = get_args(annotation) if get_origin(annotation) is Literal else ()
    how = " or ".join(f"`{name}: {option}`" for option in options)
    return f"`{name}` is missing. Add {how or f'`{name}: …`'}."


def _wrong_shape(kind: str, data: Any, where: Where, model: Any) -> str:
    what = "a list" if isinstance(data, list) else "a mapping" if isinstance(data, dict) else "text"
    key = next((step for step in reversed(where) if isinstance(step, str)), "")
    if kind == "string_type":
        return f"`{key}` should be text, not {what}." if key else f"This should be text, not {what}."
    if kind == "list_type":
        return f"`{key}` should be a list, not {what}."
    if not where:
        return f"This should be a mapping of keys to values, not {what}."
    if not isinstance(data, str):
        return f"`{key}` should be a mapping of keys to values, not {what}."
    written = quoted(f"{key}: {data}")
    found = _annotation(model, where)
    needed = [field for field in found.model_fields.values() if field.is_required()] if _is_model(found) else []
    if "title" in _keys(model, where) and not needed:
        return f"{written} needs a title: write {quoted(f'{key}: {{title: {data}}}')}."
    return f"{written} should be a mapping. Write {quoted(f'{key}: {_mapping(model, where, data)}')}."


def _mapping(model: Any, where: Where, data: str) -> str:
    """A mapping with a text under the key that it most likely belongs to, and the other keys that are needed."""
    found = NO_SPACE.fullmatch(data)
    if found is not None:
        return f"{{{found['key']}: {found['rest']}}}"
    keys = _keys(model, where)
    if not keys:
        return f"{{…: {data}}}"
    if {"when", "value"} <= set(keys):  # a row of a table
        return f"{{when: {{…}}, value: {data}}}"
    fields = _annotation(model, where).model_fields.values()
    needed = [key for key, field in zip(keys, fields, strict=True) if field.is_required()] or keys[:1]
    return f"{{{', '.join([f'{needed[0]}: {data}', *(f'{key}: …' for key in needed[1:])])}}}"
