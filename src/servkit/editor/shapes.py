"""What may stand at a place of a document, as the JSON Schema of its kind says: keys, words, and what they mean."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, Any, NamedTuple

from servkit.book import kinds
from servkit.schema import SETTINGS, schema_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from servkit.book.source import PartPath

_REF = "#/$defs/"


class Shape(NamedTuple):
    """One way in which a place may be filled: a schema, and the names of the parts that lead to it."""

    schema: Mapping[str, Any]
    parts: frozenset[str] = frozenset()


class Shapes:
    """The ways in which each place of one kind of document may be filled."""

    def __init__(self, schema: Mapping[str, Any]) -> None:
        self._schema = schema
        self._definitions: Mapping[str, Any] = schema.get("$defs", {})

    def at(self, where: PartPath) -> list[Shape]:
        """The ways to fill the place that keys and indexes lead to."""
        found = list(self._unfolded(Shape(self._schema)))
        for step in where:
            found = [inner for shape in found for next_ in self._step(shape, step) for inner in self._unfolded(next_)]
        return found

    def keys(self, where: PartPath) -> dict[str, str]:
        """The keys of the mapping at a place, each with what it means."""
        keys: dict[str, str] = {}
        for shape in self.at(where):
            for name, schema in shape.schema.get("properties", {}).items():
                keys.setdefault(name, self._description(schema))
        return keys

    def words(self, where: PartPath) -> dict[str, str]:
        """The words from which one is chosen at a place."""
        out: dict[str, str] = {}
        for shape in self.at(where):
            schema = shape.schema
            for word in (*schema.get("enum", ()), *([schema["const"]] if "const" in schema else ())):
                if isinstance(word, str):
                    out.setdefault(word, "")
        return out

    def parts(self, where: PartPath) -> frozenset[str]:
        """The names of what may be written at a place: ``day``, ``duration``, ``value``, ``test`` …"""
        return frozenset().union(*(shape.parts for shape in self.at(where)))

    def meaning(self, where: PartPath) -> str:
        """What the key at the end of a path means; empty where nobody says."""
        *above, key = where
        for shape in self.at(tuple(above)):
            schema = shape.schema.get("properties", {}).get(key)
            if schema is not None and (text := self._description(schema)):
                return text
        return ""

    def _description(self, schema: Mapping[str, Any]) -> str:
        text = schema.get("description", "")
        if not text and "$ref" in schema:
            text = self._definitions.get(schema["$ref"].removeprefix(_REF), {}).get("description", "")
        return str(text)

    def _unfolded(self, shape: Shape) -> Iterator[Shape]:
        """A schema, what it refers to, and each of its alternatives."""
        schema, parts = shape
        if "$ref" in schema:
            name = schema["$ref"].removeprefix(_REF)
            yield from self._unfolded(Shape(self._definitions.get(name, {}), parts | {name}))
        yield Shape(schema, parts)
        for among in ("anyOf", "oneOf", "allOf"):
            for other in schema.get(among, ()):
                yield from self._unfolded(Shape(other, parts))

    def _step(self, shape: Shape, step: str | int) -> Iterator[Shape]:
        """What may stand under a key, or in a list; one item may stand where a list is expected."""
        schema = shape.schema
        if isinstance(step, int):
            if "items" in schema:
                yield Shape(schema["items"])
            return
        if step in schema.get("properties", {}):
            yield Shape(schema["properties"][step])
            return
        patterns = schema.get("patternProperties", {})
        matching = [inner for pattern, inner in patterns.items() if re.search(pattern, step)]
        if matching:
            yield from map(Shape, matching)
        elif isinstance(schema.get("additionalProperties"), dict):
            yield Shape(schema["additionalProperties"])
        elif "items" in schema:
            for inner in self._unfolded(Shape(schema["items"])):
                yield from self._step(inner, step)


@cache
def shapes_of(kind: str | None) -> Shapes:
    """The shapes of a kind of document, of the settings (``settings``), or of any document."""
    return Shapes(schema_of(kind if kind == SETTINGS or kind in kinds.names() else None))
