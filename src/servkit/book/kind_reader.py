"""From the model of a kind to what there is to know of it: the annotations of its keys as paths."""

from __future__ import annotations

from types import NoneType, UnionType
from typing import TYPE_CHECKING, Annotated, Any, Union, get_args, get_origin

from pydantic import BaseModel

from servkit.book.kind import Kind, ReferencePath
from servkit.book.shape import Applicable, Format, RefersTo

if TYPE_CHECKING:
    from collections.abc import Iterator

    from servkit.book.kind import Path
    from servkit.book.shape import Document


def read_kind(name: str, model: type[Document]) -> Kind:
    """What the model of a kind says of it."""
    marks = list(_of_model(model, ()))
    return Kind(
        name,
        model.order,
        issubclass(model, Applicable),
        "terms" in model.model_fields,
        model.dated,
        model.expected,
        tuple(mark for mark in marks if isinstance(mark, ReferencePath)),
        tuple(path for path, format_ in _formats(marks) if format_ == "condition"),
        tuple(path for path, format_ in _formats(marks) if format_ == "prose"),
    )


def _formats(marks: list[Any]) -> Iterator[tuple[Path, str]]:
    return (mark for mark in marks if not isinstance(mark, ReferencePath))


def _of_model(model: type[BaseModel], path: Path) -> Iterator[Any]:
    for name, field in model.model_fields.items():
        yield from _of(field.annotation, tuple(field.metadata), (*path, field.alias or name))


def _of(annotation: Any, marks: tuple[Any, ...], path: Path) -> Iterator[ReferencePath | tuple[Path, str]]:
    """The references, and the formats of texts, at a path and below it."""
    origin, arguments = get_origin(annotation), get_args(annotation)
    if origin is Annotated:
        yield from _of(arguments[0], (*marks, *arguments[1:]), path)
        return
    refers = next((mark for mark in marks if isinstance(mark, RefersTo)), None)
    for mark in marks:
        if isinstance(mark, Format):
            yield path, mark.name
    passed = (refers,) if refers is not None else ()
    if origin in (Union, UnionType):
        for argument in arguments:
            if argument is not NoneType:
                yield from _of(argument, passed, path)
    elif origin is list:
        yield from _of(arguments[0], passed, (*path, "[]"))
    elif origin is dict:
        of_keys = refers or next((mark for mark in get_args(arguments[0]) if isinstance(mark, RefersTo)), None)
        if of_keys is not None:
            yield ReferencePath(path, of_keys.kinds, keys=True)
        yield from _of(arguments[1], (), (*path, "*"))
    else:
        if refers is not None:  # a text, or one that is written in place of a mapping
            yield ReferencePath(path, refers.kinds, prefixed=refers.prefixed)
        if isinstance(annotation, type) and issubclass(annotation, BaseModel):
            yield from _of_model(annotation, path)
