"""The sections of the handbook: one module a kind of document, found by being there.

A module ``foo.py`` prints documents of the kind ``foo``. It holds ``section(material, entry) -> tuple[Block, ...]``.
``ORDER`` (a number) is where its documents come within an area. The handbook gives kinds without it chapters of their
own. A kind that has no module is printed with what all documents have.
"""

from __future__ import annotations

from functools import cache
from importlib import import_module
from typing import Any

from servkit.modules import module_names


@cache
def modules() -> dict[str, Any]:
    """The modules by kind."""
    return {name: import_module(f"{__name__}.{name}") for name in module_names(__path__)}


def order(kind: str) -> tuple[float, str]:
    """Where a kind comes within an area. Kinds that have no module come last."""
    return (getattr(modules().get(kind), "ORDER", float("inf")), kind)


def has_own_chapter(kind: str) -> bool:
    """Whether the handbook gives the kind chapters of its own, and no place in its areas."""
    module = modules().get(kind)
    return module is not None and not hasattr(module, "ORDER")
