"""From the models that read a book to the schemas of the mappings they read."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from types import NoneType, UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from pydantic import BeforeValidator, TypeAdapter

from servkit.book import shape
from servkit.book.kinds.customer import Customer
from servkit.schema import docstrings
from servkit.schema.beyond import BEYOND
from servkit.schema.parts import PARTS, Schema, one_of, one_or_several, ref

_NULL: Schema = {"type": "null"}
#: What may be written where a type is one of Python's own.
_TYPES: dict[Any, str] = {
    str: "text",
    int: "whole",
    bool: "flag",
    float: "number",
    Decimal: "number",
    date: "day",
    Any: "anything",
}
_PART = re.compile(r"#/\$defs/([a-z-]+)")


class Definitions:
    """The definitions that a schema needs, gathered while it is made."""

    def __init__(self) -> None:
        self.found: dict[str, Schema] = {}

    def part(self, name: str) -> Schema:
        """A reference to a part, which is defined together with all that it refers to."""
        if name not in self.found:
            self.found[name] = _in_place(self) if name == "who" else PARTS[name]
            for other in _PART.findall(repr(self.found[name])):
                self.part(other)
        return ref(name)

    def model(self, model: type[shape.Part]) -> Schema:
        """A reference to what a model reads."""
        name = model.__name__.removesuffix("File").lower()
        name = f"a-{name}" if name in PARTS else name
        if name not in self.found:
            self.found[name] = {}  # in case it refers to itself
            self.found[name] = self.body(model)
        return ref(name)

    def body(self, model: type[shape.Part]) -> Schema:
        """What a model reads: a mapping with these keys and no others."""
        descriptions = docstrings.of_fields(model)
        properties: dict[str, Schema] = {}
        required = []
        for name, field in model.model_fields.items():
            key = field.alias or name
            found = self._of(field.annotation, tuple(field.metadata))
            if field.is_required():
                required.append(key)
            elif field.default is None and _NULL not in found.get("anyOf", ()):
                found = {"anyOf": [found, _NULL]}
            elif isinstance(field.default, str):
                found = {**found, "default": field.default}
            properties[key] = {"description": descriptions[name], **found} if name in descriptions else found
        if issubclass(model, shape.Document):
            properties["kind"] |= {"const": model.__name__.lower()}
            del properties["kind"]["$ref"]
            if not model.dated:
                del properties["effective"]
        out: Schema = {
            "description": docstrings.of_model(model),
            "type": "object",
            "required": required,
            "properties": properties,
            "additionalProperties": False,
        }
        beyond = BEYOND.get(model.__name__)
        return out if beyond is None else beyond(out)

    def _of(self, annotation: Any, marks: tuple[Any, ...] = ()) -> Schema:
        """What may be written in a place whose type is so annotated; the outermost mark comes last."""
        origin, arguments = get_origin(annotation), get_args(annotation)
        if origin is Annotated:
            return self._of(arguments[0], (*arguments[1:], *marks))
        for mark in reversed(marks):
            if isinstance(mark, shape.Format):
                found = self.part(mark.name)
                return {"anyOf": [found, _NULL]} if NoneType in arguments and mark.name != "who" else found
            if isinstance(mark, BeforeValidator):
                return self._converted(mark.func, annotation, marks)
        if origin in (Union, UnionType):
            shown = [argument for argument in arguments if not _is_hidden(argument)]
            parts = [_NULL if argument is NoneType else self._of(argument) for argument in shown]
            return parts[0] if len(parts) == 1 else {"anyOf": parts}
        if origin is list:
            return {"type": "array", "items": self._of(arguments[0])}
        if origin is dict:
            return self._mapping(*arguments)
        if origin is Literal:
            return one_of(arguments)
        if isinstance(annotation, type) and issubclass(annotation, shape.Part):
            return self.model(annotation)
        if annotation in _TYPES:
            return self.part(_TYPES[annotation])
        return TypeAdapter(annotation).json_schema()

    def _mapping(self, key: Any, value: Any) -> Schema:
        out: Schema = {"type": "object", "additionalProperties": self._of(value)}
        names = self._of(key)
        if names != ref("text"):
            self.part("text")
            rules = PARTS[names["$ref"].rpartition("/")[2]]
            out["propertyNames"] = {name: rule for name, rule in rules.items() if name in ("pattern", "not")}
        return out

    def _converted(self, convert: Any, annotation: Any, marks: tuple[Any, ...]) -> Schema:
        """What may be written besides what the type says."""
        inner = self._of(annotation)
        if convert is shape.as_list:
            limits = (limit for mark in marks for limit in getattr(mark, "metadata", ()))
            return one_or_several(inner["items"], max((getattr(limit, "min_length", 0) for limit in limits), default=0))
        if isinstance(convert, shape.ShortForm):
            field = annotation.model_fields[convert.key]
            short = self._of(field.annotation, tuple(field.metadata))
            if short == ref("value"):  # dated and counted values are mappings, and so not short
                short = self.part("plain-value")
            return {"anyOf": [short, inner]}
        return inner


def _is_hidden(annotation: Any) -> bool:
    """Whether a type is read, but not offered to an author."""
    return any(type(mark).__name__ == "SkipJsonSchema" for mark in get_args(annotation)[1:])


def _in_place(definitions: Definitions) -> Schema:
    """The customer of a scenario: an id, or somebody described there and then."""
    body = definitions.body(Customer)
    about = ("id", "name", "attributes", "priorities", "expectations", "pace", "signals", "promised", "language")
    properties = {key: body["properties"][key] for key in about}
    in_place = {"type": "object", "properties": properties, "additionalProperties": False}
    return {"anyOf": [definitions.part("text"), in_place, _NULL]}
