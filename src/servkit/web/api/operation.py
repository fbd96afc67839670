"""The description of an operation of the API, and how a request is checked by it."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any, NamedTuple

from pydantic import BaseModel, ConfigDict, TypeAdapter, ValidationError

from servkit.book.problems import ServkitError
from servkit.nearest import nearest
from servkit.text import enumeration, quoted

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from starlette.datastructures import QueryParams
    from starlette.responses import Response

    from servkit.web.visit import Visit

#: Below this address. What is under it changes its meaning never; another version gets another address.
BASE = "/api/1"
#: How Pydantic quotes names.
_QUOTE = "'"


class Sent(BaseModel):
    """What is sent: nothing that is not described, and nobody's role."""

    # Made ready when first needed: a server starts sooner.
    model_config = ConfigDict(extra="forbid", frozen=True, str_max_length=4000, defer_build=True)


class Given(BaseModel):
    """What an answer holds at least; there may be more keys."""

    model_config = ConfigDict(extra="allow", frozen=True, defer_build=True)


class Operation(NamedTuple):
    """What is done at a path. ``takes`` describes the query, or as a TypeAdapter the body; ``gives`` describes the
    answers by status. ``records``: it needs the scope ``record``."""

    path: str
    name: str
    summary: str
    handler: Callable[[Visit, Any], Response]
    takes: type[Sent] | TypeAdapter[Any]
    gives: Mapping[int, tuple[str, type[Given]]]
    method: str = "GET"
    path_fields: Mapping[str, str] = {}
    records: bool = False
    #: Also as plain text, for the header ``Accept: text/plain``.
    text: str | None = None


def checked_query(model: type[Sent], query: QueryParams) -> Sent:
    """The query as its model. Raises ServkitError for what is not described."""
    lists = _lists(model)
    data: dict[str, Any] = {}
    for key in query:
        values = query.getlist(key)
        if key in lists:
            data[key] = values
        elif len(values) > 1:
            raise ServkitError(f"{quoted(key)} is there {len(values)} times; give it once")
        else:
            data[key] = values[0]
    sent: Sent = checked(model, data)
    return sent


@cache
def _lists(model: type[Sent]) -> frozenset[str]:
    """What may be there several times, as it is sent."""
    fields = model.model_fields.items()
    return frozenset(field.alias or name for name, field in fields if "tuple" in str(field.annotation))


def checked(model: type[Sent] | TypeAdapter[Any], data: Any) -> Any:
    """Data as its model. Raises ServkitError, with what is wrong first, for what is not described."""
    try:
        return model.validate_python(data) if isinstance(model, TypeAdapter) else model.model_validate(data)
    except ValidationError as fault:
        raise ServkitError(_message(model, fault)) from None


def _message(model: Any, fault: ValidationError) -> str:
    errors = fault.errors(include_url=False)
    first = next((one for one in errors if one["type"] == "extra_forbidden"), errors[0])  # perhaps only mistyped
    name = ".".join(str(step) for step in first["loc"])
    if first["type"] == "missing":
        return f"{quoted(name)} is missing"
    if first["type"] == "union_tag_not_found":
        return f"The body needs {first['ctx']['discriminator'].replace(_QUOTE, '`')}: what sort of entry it is"
    if first["type"] == "union_tag_invalid":
        context = {key: str(text).replace(_QUOTE, "`") for key, text in first["ctx"].items()}
        return f"{context['discriminator']} can't be {quoted(context['tag'])}. Choose from {context['expected_tags']}"
    if first["type"] != "extra_forbidden":
        given = f": {quoted(first['input'])}" if isinstance(first["input"], str) else ""
        return f"{quoted(name) if name else 'The body'} can't be used{given}. {first['msg']}"
    fields = getattr(model, "model_fields", {})
    known = [field.alias or own for own, field in fields.items()]
    near = nearest(name, known)
    hint = f"did you mean {enumeration(near, 'or')}?" if near else f"there are {enumeration(known)}" if known else ""
    return f"{quoted(name)} is not known here" + (f"; {hint}" if hint else "")
