"""The kinds of document: one module a kind, found by being there.

A module ``foo.py`` holds a class ``Foo`` built on :class:`servkit.book.kinds.shape.Document`. Modules are imported only
when a document of the kind is read, because building a model costs more than reading the document.
"""

from __future__ import annotations

from functools import cache
from importlib import import_module
from pkgutil import iter_modules
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from servkit.book.kinds.shape import Document


@cache
def names() -> tuple[str, ...]:
    """The names of all kinds, in alphabetical order."""
    return tuple(sorted(module.name for module in iter_modules(__path__) if module.name != "shape"))


@cache
def model(kind: str) -> type[Document]:
    """The model of a kind; KeyError where there is no such kind."""
    if kind not in names():
        raise KeyError(kind)
    found: type[Document] = getattr(import_module(f"{__name__}.{kind}"), kind.capitalize())
    return found
