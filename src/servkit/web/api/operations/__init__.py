"""The operations of the API: one module a resource, with ``OPERATIONS``. The module's file is all that has to be
there."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

from servkit.modules import module_names

if TYPE_CHECKING:
    from servkit.web.api.operation import Operation


def operations() -> list[Operation]:
    """Every operation of every module."""
    modules = (import_module(f"{__name__}.{name}") for name in module_names(__path__))
    return [one for module in modules for one in module.OPERATIONS]
