"""Sources of customers: one module each, found by being there.

A module holds ``READS``, what it reads: the endings of files (``.csv``) or the beginnings of a ``database:``
(``sqlite:``); and ``open_source(spec, root, settings, cache)``, which returns a CustomerSource
(:mod:`servkit.customers.customer_source`). What a module needs beyond the base install it imports in a function.
"""

from __future__ import annotations

from importlib import import_module
from pathlib import PurePath
from typing import TYPE_CHECKING, Any

from servkit.modules import module_names

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from servkit.book.settings import Settings
    from servkit.customers.customer_source import CustomerSource

#: What reads a file with an ending that no module names.
_DEFAULT = "csv"


def open_source(spec: Mapping[str, Any], root: Path, settings: Settings, cache: Path | None) -> CustomerSource:
    """The source that an entry under ``customers:`` describes; nothing is read before somebody is looked for.

    ``cache`` is the folder for indexes; without one they are built in memory.
    """
    source: CustomerSource = _module(_what(spec)).open_source(spec, root, settings, cache)
    return source


def _what(spec: Mapping[str, Any]) -> str:
    """The ending of the file, or the beginning of the database's address."""
    if "database" in spec:
        return str(spec["database"]).partition(":")[0] + ":"
    return PurePath(spec["file"]).suffix.lower()


def _module(what: str) -> Any:
    modules = {name: import_module(f"{__name__}.{name}") for name in module_names(__path__)}
    return next((module for module in modules.values() if what in module.READS), modules[_DEFAULT])
