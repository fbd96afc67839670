"""The kinds of document: one module a kind, found by being there.

A module ``foo.py`` holds a class ``Foo`` built on :class:`servkit.book.shape.Document`. Whatever the rest of servkit
needs to know of a kind is said there, in class attributes and in the annotations of its keys, and asked for here.

Models are imported only where they are needed: the desk answers from the compiled book without Pydantic, and finds
which kinds may be restricted and which own terms in the book's settings.
"""

from __future__ import annotations

from functools import cache
from importlib import import_module
from typing import TYPE_CHECKING

from servkit.modules import module_names

if TYPE_CHECKING:
    from collections.abc import Iterable

    from servkit.book.kind import Kind
    from servkit.book.shape import Document


@cache
def names() -> tuple[str, ...]:
    """The names of all kinds, in alphabetical order."""
    return tuple(module_names(__path__))


@cache
def model(name: str) -> type[Document]:
    """The model of a kind. Raises KeyError where there is no such kind."""
    if name not in names():
        raise KeyError(name)
    found: type[Document] = getattr(import_module(f"{__name__}.{name}"), name.capitalize())
    return found


@cache
def kind(name: str) -> Kind:
    """What there is to know of a kind. Raises KeyError where there is no such kind."""
    from servkit.book.kind_reader import read_kind

    return read_kind(name, model(name))


def applicable() -> tuple[str, ...]:
    """The kinds that may be restricted to some areas, channels, roles, segments or cases, in their order."""
    return _ordered(name for name in names() if kind(name).applicable)


def owners() -> tuple[str, ...]:
    """The kinds that own terms, in their order."""
    return _ordered(name for name in names() if kind(name).owns_terms)


def _ordered(names_: Iterable[str]) -> tuple[str, ...]:
    return tuple(sorted(names_, key=lambda name: (kind(name).order, name)))
