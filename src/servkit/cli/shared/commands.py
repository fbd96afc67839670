"""Finding commands: each is a module of this package, and a function in it."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from servkit import cli
from servkit.modules import module_names

if TYPE_CHECKING:
    from collections.abc import Callable

#: Commands whose names are Python's own words.
_FUNCTIONS = {"list": "list_"}


def command_names() -> list[str]:
    """Every command, in the order of the help."""
    there = set(module_names(cli.__path__))
    ordered = [name for names in cli.PANELS.values() for name in names if name in there]
    return [*ordered, *sorted(there - set(ordered))]


def command_function(name: str) -> Callable[..., Any]:
    """The function of a command."""
    found: Callable[..., Any] = getattr(import_module(f"servkit.cli.{name}"), _FUNCTIONS.get(name, name))
    return found
