"""The formats of a report for programs: one module each, found by being there.

A module ``concise.py`` holds a function ``concise(report, destination)`` that gives the report as text. (Where Python
has a module of the name, as with ``json_.py``, an underscore is added.)
"""

from __future__ import annotations

from functools import cache
from importlib import import_module
from typing import TYPE_CHECKING

from servkit.modules import module_names

if TYPE_CHECKING:
    from collections.abc import Callable

    from servkit.lint.destination import Destination
    from servkit.lint.report import Report


@cache
def format_names() -> tuple[str, ...]:
    """The formats there are."""
    return tuple(name.rstrip("_") for name in module_names(__path__))


def formatter(name: str) -> Callable[[Report, Destination], str]:
    """The function that writes a report in a format."""
    module = next(module for module in module_names(__path__) if module.rstrip("_") == name)
    found: Callable[[Report, Destination], str] = getattr(import_module(f"{__name__}.{module}"), module)
    return found
