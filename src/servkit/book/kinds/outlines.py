"""Outlines: the shapes of the kinds as plain data, made from the models once and kept with a compiled book.

A document that fits its outline (see :mod:`servkit.book.kinds.fitting`) fits its model, and is read without loading
Pydantic, which takes longer than everything else that happens after an edit. One that does not fit goes to the model,
which says what is wrong.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from servkit.book.shape_fields import FORMS

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pydantic import BaseModel

    from servkit.book.shape import Document

#: An outline: the name of a leaf, or a list that begins with what sort of part it is.
Outline = Any


def outline_of(kind: type[Document]) -> dict[str, Any]:
    """The outline of a kind, and whether it may be out of force."""
    return {"dated": kind.dated, "shape": _of_model(kind)}


def _of_model(model: type[BaseModel]) -> Outline:
    fields = {
        field.alias or name: [field.is_required(), _of(field.annotation, field.metadata)]
        for name, field in model.model_fields.items()
    }
    return ["model", fields]


def _of(annotation: Any, metadata: Iterable[Any] = ()) -> Outline:
    from types import NoneType, UnionType
    from typing import Annotated, Union, get_args, get_origin

    from pydantic import BaseModel, BeforeValidator

    for item in metadata:
        if isinstance(item, BeforeValidator):
            return _validated(item.func, annotation)
    origin, args = get_origin(annotation), get_args(annotation)
    if origin is Annotated:
        return _of(args[0], args[1:])
    if origin in (Union, UnionType):
        (only,) = (arg for arg in args if arg is not NoneType)
        return ["optional", _of(only)]
    if origin is dict:
        return ["map", _of(args[0]), _of(args[1])]
    if origin is list:
        return ["list", _of(args[0])]
    if annotation is Any or annotation is str:
        return "any"
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return _of_model(annotation)
    raise TypeError(f"no outline for {annotation}")


def _validated(validator: Any, annotation: Any) -> Outline:
    from servkit.book.shape import OneOf

    if isinstance(validator, OneOf):
        return ["one", [*validator.allowed, *validator.also]]
    name: str = validator.leaf
    return ["form", name, _of(annotation)] if name in FORMS else name
