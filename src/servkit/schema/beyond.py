"""What holds between the keys of one mapping, which no model says but the reader knows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from servkit.book.values import NUMERIC

if TYPE_CHECKING:
    from collections.abc import Callable

    from servkit.schema.parts import Schema

_NOT_NULL: Schema = {"not": {"type": "null"}}


def _has(key: str) -> Schema:
    return {"required": [key], "properties": {key: _NOT_NULL}}


def _is(key: str, *words: str) -> Schema:
    return {"required": [key], "properties": {key: {"enum": list(words)}}}


def _choice() -> Schema:
    """A choice says what there is to choose from, and nothing else does."""
    some: Schema = {
        "required": ["of"],
        "properties": {"of": {"type": ["string", "number", "boolean", "array"], "minItems": 1}},
    }
    return {"if": _is("type", "choice"), "then": some, "else": {"not": some}}


def _no_room() -> Schema:
    """A term, or a row of its table, without limit and grant."""
    closed = {"limit": {"type": "null"}, "grant": {"type": "null"}}
    rows = {"properties": closed, "items": {"properties": closed}}
    return {"properties": closed | {"cases": rows}}


def _term(schema: Schema) -> Schema:
    some_rows = {"required": ["cases"], "properties": {"cases": {"not": {"const": []}}}}
    return schema | {
        "anyOf": [_has("value"), some_rows, _has("type")],
        "allOf": [_choice(), {"if": {"not": _has("better")}, "then": _no_room()}],
    }


def _policy(schema: Schema) -> Schema:
    fixed = {"properties": {"terms": {"additionalProperties": {"if": {"type": "object"}, "then": _no_room()}}}}
    return schema | {"if": _is("rule", "fixed"), "then": fixed}


def _attribute(schema: Schema) -> Schema:
    counted = {"if": _has("from"), "then": _is("type", *NUMERIC)}
    return schema | {"allOf": [_choice(), counted]}


def _none_of(*keys: str) -> Schema:
    return {"properties": {key: {"type": "null"} for key in keys}}


def _source(schema: Schema) -> Schema:
    """A source of customers is a file, or a table or query of a database."""
    file = {"allOf": [_has("file"), _none_of("database", "table", "query")]}
    rows = {"oneOf": [_has("table"), _has("query")]}
    database = {"allOf": [_has("database"), rows, _none_of("file", "delimiter", "encoding")]}
    return schema | {"anyOf": [file, database]}


def _settings(schema: Schema) -> Schema:
    severity: Schema = {"enum": ["error", "warning", "info", "off", False]}
    codes = {"pattern": "^SK"}
    rule = {"anyOf": [severity, {"type": "object", "properties": {"severity": severity}}]}
    lint = {
        "description": schema["properties"]["lint"]["description"],
        "type": "object",
        "additionalProperties": False,
        "properties": {
            "fail_on": {"description": "Findings of less than this do not fail.", "enum": ["error", "warning", "info"]},
            "rules": {
                "description": "By code, or the beginning of one: a severity, `off`, or a severity and options.",
                "type": ["object", "null"],
                "propertyNames": codes,
                "additionalProperties": rule,
            },
            "paths": {
                "description": "By pattern (`drafts/**`): severities by code.",
                "type": ["object", "null"],
                "additionalProperties": {"type": "object", "propertyNames": codes, "additionalProperties": severity},
            },
        },
    }
    once = {"uniqueItems": True}
    named = {key: schema["properties"][key] | once for key in ("channels", "roles")}
    return schema | {"properties": schema["properties"] | named | {"lint": lint}}


#: By the name of a model: its schema with what holds besides.
BEYOND: dict[str, Callable[[Schema], Schema]] = {
    "TermFile": _term,
    "Policy": _policy,
    "AttributeFile": _attribute,
    "SourceFile": _source,
    "SettingsFile": _settings,
}
