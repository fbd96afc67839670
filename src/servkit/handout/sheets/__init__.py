"""The sheets: one module each, found by being there.

A module ``foo_bar.py`` is the sheet ``foo-bar``. It holds ``handouts(material) -> tuple[Handout, ...]``: the handouts
that it makes, the main one first. ``ORDER`` (a number) is its place in lists, and ``ALONE = True`` keeps it
out of the sheet ``all``.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from servkit.book.problems import UnknownNameError
from servkit.handout.traversal import finished
from servkit.modules import module_names

if TYPE_CHECKING:
    from servkit.handout.material import Material
    from servkit.handout.model import Handout


def names() -> list[str]:
    """Every sheet by name, in the order in which people need them."""
    found = {name: import_module(f"{__name__}.{name}") for name in module_names(__path__)}
    return [name.replace("_", "-") for name in sorted(found, key=lambda name: (found[name].ORDER, name))]


def module(name: str) -> Any:
    """A sheet's module. Raises UnknownNameError where there is none."""
    if name not in names():
        raise UnknownNameError("handout", name, tuple(names()), f"the handouts are {', '.join(names())}")
    return import_module(f"{__name__}.{name.replace('-', '_')}")


def handouts(name: str, material: Material) -> tuple[Handout, ...]:
    """What a sheet makes, ready for a format."""
    return tuple(finished(handout) for handout in module(name).handouts(material))
