"""The tools: one module each, found by being there.

A module has ``TITLE``, ``Shape`` (its arguments; the docstring is what a model reads about the tool), ``call(desk,
arguments)``, which gives the result as data, and ``RECORDS``, whether it writes into the journal."""

from __future__ import annotations

from functools import cache
from importlib import import_module
from typing import TYPE_CHECKING, Any, Protocol, cast

from servkit.modules import module_names

if TYPE_CHECKING:
    from servkit.assistant.arguments import Arguments
    from servkit.desk.session import Desk


class ToolModule(Protocol):
    """What every module here has."""

    TITLE: str
    RECORDS: bool
    Shape: type[Arguments]

    def call(self, desk: Desk, arguments: Any) -> dict[str, Any]:
        """The result as data."""


@cache
def tools() -> dict[str, ToolModule]:
    """Every tool by its name."""
    return {name: cast("ToolModule", import_module(f"{__name__}.{name}")) for name in module_names(__path__)}


def recording_tools() -> list[str]:
    """The tools that write into the journal."""
    return [name for name, tool in tools().items() if tool.RECORDS]
