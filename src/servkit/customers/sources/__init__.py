"""Sources of customers: one module each, found by being there.

A module holds ``READS``, what it reads: the endings of files (``.csv``) or the beginnings of the address of a database
(``sqlite:``); and ``open_source(spec, around)``, which returns a CustomerSource
(:mod:`servkit.customers.customer_source`). What a module needs beyond the base install it imports in a function.
"""

from __future__ import annotations

from importlib import import_module
from pathlib import PurePath
from typing import TYPE_CHECKING, Any

from servkit.book.problems import ServkitError
from servkit.modules import module_names

if TYPE_CHECKING:
    from collections.abc import Mapping

    from servkit.customers.customer_source import CustomerSource
    from servkit.customers.surroundings import Surroundings

#: What reads a file with an ending that no module names, and a database whose address the environment holds.
_ANY_FILE, _ANY_DATABASE = "csv", "postgres"


def open_source(spec: Mapping[str, Any], around: Surroundings) -> CustomerSource:
    """The source that an entry under ``customers:`` describes; nothing is read before somebody is looked for.

    Raises ServkitError where the book's files have ``refused`` it.
    """
    if refused := spec.get("refused"):
        raise ServkitError(str(refused))
    source: CustomerSource = _module(spec).open_source(spec, around)
    return source


def _module(spec: Mapping[str, Any]) -> Any:
    if spec.get("database"):
        what, default = spec["database"].partition(":")[0] + ":", _ANY_DATABASE
    else:
        what, default = PurePath(spec["file"]).suffix.lower(), _ANY_FILE
    # The one of that name first, so that the others are not loaded for it.
    names = sorted(module_names(__path__), key=lambda name: name != what.strip(".:"))
    found = (module for name in names if what in (module := import_module(f"{__name__}.{name}")).READS)
    return next(found, None) or import_module(f"{__name__}.{default}")
