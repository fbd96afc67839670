"""The pages: one module each, with ``PAGES``. The module's file is all that has to be there."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

from servkit.modules import module_names

if TYPE_CHECKING:
    from servkit.web.page import Page


def pages() -> list[Page]:
    """Every page of every module."""
    modules = (import_module(f"{__name__}.{name}") for name in module_names(__path__))
    return [page for module in modules for page in module.PAGES]
