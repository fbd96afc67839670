"""Finding commands: each is a module of this package, and a function in it."""

from __future__ import annotations

import os
from importlib import import_module
from typing import TYPE_CHECKING, Any

from servkit import cli

if TYPE_CHECKING:
    from collections.abc import Callable

#: Modules of this package that are not commands.
_PARTS = frozenset({"completion", "faults", "finding", "options", "output", "program", "straight"})
#: Commands whose names are Python's own words.
_FUNCTIONS = {"list": "list_"}


def command_names() -> list[str]:
    """Every command, in the order of the help."""
    files = {name for folder in cli.__path__ for name in os.listdir(folder)}  # noqa: PTH208 - before anything is loaded
    there = {name[:-3] for name in files if name.endswith(".py") and name[0] != "_"} - _PARTS
    ordered = [name for names in cli.PANELS.values() for name in names if name in there]
    return [*ordered, *sorted(there - set(ordered))]


def command_function(name: str) -> Callable[..., Any]:
    """The function of a command."""
    found: Callable[..., Any] = getattr(import_module(f"servkit.cli.{name}"), _FUNCTIONS.get(name, name))
    return found
