"""Where signatures can be computed: one module an engine, found by its name.

A module holds ``open_engine(surroundings)``, which returns an :class:`servkit.bulk.engine.Engine`. The plan is the same
for all of them (:mod:`servkit.bulk.signatures`); a module says how its engine writes it, and moves rows in and out.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from servkit.modules import module_names

if TYPE_CHECKING:
    from servkit.bulk.engine import Around, Engine

#: The names of all engines; the first is the default.
ENGINES = tuple(module_names(__path__))


def open_engine(name: str, around: Around) -> Engine:
    """The engine of a name. Raises ServkitError where what it needs is not installed."""
    module: Any = import_module(f"{__name__}.{name}")
    engine: Engine = module.open_engine(around)
    return engine
