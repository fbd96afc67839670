"""The formats of a comparison for programs and pages: one module each, found by being there.

A module ``md.py`` holds a function ``md(comparison, sides, prefix)`` that gives the comparison as text. (Where Python
has a module of the name, as with ``json_.py``, an underscore is added.) No format but JSON names a customer.
"""

from __future__ import annotations

from functools import cache
from importlib import import_module
from typing import TYPE_CHECKING, Any

from servkit.modules import module_names

if TYPE_CHECKING:
    from collections.abc import Callable

    from servkit.history.changes import Comparison

    #: The comparison, which books it is of, and what leads from the repository to the book.
    Formatter = Callable[[Comparison, list[dict[str, Any]], str], str]


@cache
def format_names() -> tuple[str, ...]:
    """The formats there are."""
    return tuple(name.rstrip("_") for name in module_names(__path__))


def formatter(name: str) -> Formatter:
    """The function that writes a comparison in a format."""
    module = next(module for module in module_names(__path__) if module.rstrip("_") == name)
    found: Formatter = getattr(import_module(f"{__name__}.{module}"), module)
    return found
