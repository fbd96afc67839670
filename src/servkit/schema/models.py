"""From the models that read a book to the schemas of the mappings they read."""

from __future__ import annotations

import re
from types import NoneType, UnionType
from typing import TYPE_CHECKING, Annotated, Any, Union, get_args, get_origin

from pydantic import BeforeValidator

from servkit.book import settings_file, shape
from servkit.book.kinds.customer import Customer
from servkit.schema import docstrings
from servkit.schema.beyond import BEYOND
from servkit.schema.parts import PARTS, READ_BY, Schema, one_of, one_or_several, ref

if TYPE_CHECKING:
    from collections.abc import Callable

_NULL: Schema = {"type": "null"}
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
        told = docstrings.of_fields(model)
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
            properties[key] = {"description": told[name], **found} if name in told else found
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

    def _of(self, annotation: Any, metadata: tuple[Any, ...] = ()) -> Schema:
        """What a place reads whose type is so annotated."""
        origin, arguments = get_origin(annotation), get_args(annotation)
        if origin is Annotated:
            return self._of(arguments[0], (*arguments[1:], *metadata))
        for marker in reversed(metadata):
            if isinstance(marker, shape.Means):
                found = self.part(marker.what)
                return {"anyOf": [found, _NULL]} if NoneType in arguments else found
        for marker in metadata:
            if isinstance(marker, BeforeValidator):
                return self._read(marker.func, annotation)
        if origin in (Union, UnionType):
            some = [self._of(argument) for argument in arguments if argument is not NoneType]
            parts = [*some, *([_NULL] if NoneType in arguments else [])]
            return parts[0] if len(parts) == 1 else {"anyOf": parts}
        if origin is list:
            return {"type": "array", "items": self._of(arguments[0])}
        if origin is dict:
            return self._mapping(*arguments)
        if isinstance(annotation, type) and issubclass(annotation, shape.Part):
            return self.model(annotation)
        if annotation is Any:
            return {}
        message = f"no schema for {annotation!r}"
        raise LookupError(message)

    def _mapping(self, key: Any, value: Any) -> Schema:
        out: Schema = {"type": "object", "additionalProperties": self._of(value)}
        if key is not str:
            names = self._of(key)
            if names != ref("text"):
                self.part("text")
                out["propertyNames"] = {name: rule for name, rule in PARTS[names["$ref"].rpartition("/")[2]].items()
                                        if name in ("pattern", "not")}  # fmt: skip
        return out

    def _read(self, reader: Callable[..., Any], annotation: Any) -> Schema:
        """What a validator makes of other things than the type says."""
        if isinstance(reader, shape.OneOf):
            return one_of(reader.allowed)
        leaf = getattr(reader, "leaf", reader)
        if leaf in READ_BY:
            return self.part(READ_BY[leaf])
        inner = self._of(annotation)
        match leaf:
            case "as_list" | settings_file._several:  # noqa: SLF001
                return one_or_several(inner["items"])
            case "as_term":
                return {"anyOf": [*PARTS["value"]["anyOf"][0]["anyOf"], inner]}
            case "as_note" | "as_step":
                return {"anyOf": [self.part("prose"), inner]}
            case settings_file._source | settings_file._column:  # noqa: SLF001
                return {"anyOf": [self.part("text"), inner]}
            case settings_file._area:  # noqa: SLF001
                return {"anyOf": [inner, _NULL]}
        message = f"no schema for what {reader!r} reads"
        raise LookupError(message)


def _in_place(definitions: Definitions) -> Schema:
    """The customer of a scenario: an id, or somebody described there and then."""
    body = definitions.body(Customer)
    about = ("id", "name", "attributes", "priorities", "expectations", "pace", "signals", "promised", "language")
    properties = {key: body["properties"][key] for key in about}
    in_place = {"type": "object", "properties": properties, "additionalProperties": False}
    return {"anyOf": [definitions.part("text"), in_place, _NULL]}
