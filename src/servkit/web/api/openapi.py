"""``openapi.json``: the description of all operations, as OpenAPI 3.1 has it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pydantic import TypeAdapter
from pydantic.json_schema import models_json_schema

from servkit.version import __version__
from servkit.web.api.operation import BASE, Given, Operation, Sent
from servkit.web.api.problem import Problem

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

_PATH_PART = {"type": "string", "minLength": 1, "maxLength": 200}
_ERRORS = {
    400: "Something that was sent can't be used; `detail` says what, and what to send instead.",
    401: "No token, or one that is unknown or has expired.",
    403: "The token may not do this, or the role may not.",
    404: "There is no such customer, document, area or script; `near` has the nearest names.",
    413: "The body is too large.",
    414: "The address is too long.",
    503: "The journal doesn't answer, or it takes too long.",
}


def openapi(operations: Sequence[Operation], origin: str) -> dict[str, Any]:
    """The whole description. ``origin`` is the address of the site."""
    models = {model for one in operations for _, model in one.gives.values()} | {Problem}
    ordered = sorted(models, key=lambda model: model.__name__)
    _, schemas = models_json_schema(
        [(model, "serialization") for model in ordered], ref_template="#/components/schemas/{model}"
    )
    definitions = dict(schemas["$defs"])
    paths: dict[str, dict[str, Any]] = {}
    for one in operations:
        paths.setdefault(one.path, {})[one.method.lower()] = _operation(one, definitions)
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "servkit",
            "version": __version__,
            "summary": "Service standards: what applies to a customer, what to say, and what was promised.",
            "description": "The JSON is that of the command line, key for key; `schema` says which. A role is never "
            "sent: it belongs to the token (`servkit serve add-token`).",
        },
        "servers": [{"url": origin + BASE}],
        "security": [{"token": []}],
        "paths": paths,
        "components": {
            "schemas": definitions,
            "securitySchemes": {"token": {"type": "http", "scheme": "bearer"}},
        },
    }


def _operation(one: Operation, definitions: dict[str, Any]) -> dict[str, Any]:
    out: dict[str, Any] = {"operationId": one.name, "summary": one.summary}
    parameters = [
        {"name": name, "in": "path", "required": True, "description": text, "schema": _PATH_PART}
        for name, text in one.path_fields.items()
    ]
    if not isinstance(one.takes, TypeAdapter):
        parameters += list(_query(one.takes))
    else:
        schema = one.takes.json_schema(ref_template="#/components/schemas/{model}")
        definitions.update(schema.pop("$defs", {}))
        out["requestBody"] = {"required": True, "content": {"application/json": {"schema": schema}}}
    if parameters:
        out["parameters"] = parameters
    out["responses"] = {
        str(status): {"description": text, "content": _content(one, status, model)}
        for status, (text, model) in one.gives.items()
    }
    problem = {"application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}}
    for status, text in _ERRORS.items():
        out["responses"].setdefault(str(status), {"description": text, "content": problem})
    return out


def _content(one: Operation, status: int, model: type[Given]) -> dict[str, Any]:
    kind = "application/problem+json" if issubclass(model, Problem) else "application/json"
    content: dict[str, Any] = {kind: {"schema": {"$ref": f"#/components/schemas/{model.__name__}"}}}
    if one.text is not None and status == 200:
        content["text/plain"] = {"schema": {"type": "string", "description": one.text}}
    return content


def _query(model: type[Sent]) -> Iterable[dict[str, Any]]:
    schema = model.model_json_schema()
    for name, field in schema.get("properties", {}).items():
        described = {key: value for key, value in field.items() if key not in ("title", "description", "default")}
        required = name in schema.get("required", ())
        yield {
            "name": name,
            "in": "query",
            "required": required,
            "description": field["description"],
            "schema": described,
        }
