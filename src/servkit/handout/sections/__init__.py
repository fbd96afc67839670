"""The sections of the handbook: one module a kind of document, found by being there.

A module ``foo.py`` prints documents of the kind ``foo``. It holds ``section(material, entry) -> tuple[Block, ...]``.
``ORDER`` (a number) is where its documents come within an area. The handbook gives kinds without it chapters of their
own. A kind that has no module is printed with what all documents have.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from servkit.handout.parts.common import heading, lead, restrictions, why
from servkit.handout.parts.term_tables import authority
from servkit.modules import module_names

if TYPE_CHECKING:
    from servkit.book.entries import Entry
    from servkit.handout.material import Material
    from servkit.handout.model import Block


def section(material: Material, entry: Entry) -> tuple[Block, ...]:
    """A document as a section of the handbook."""
    module = _modules().get(entry.kind)
    if module is not None:
        blocks: tuple[Block, ...] = module.section(material, entry)
        return blocks
    return (
        heading(material, entry, str(material.words.get(entry.kind, entry.kind.capitalize()))),
        *lead(material, entry),
        *restrictions(material, entry),
        *why(material, entry),
        *authority(material, [entry]),
    )


def order(kind: str) -> tuple[float, str]:
    """Where a kind comes within an area: kinds that have no module come last."""
    return (getattr(_modules().get(kind), "ORDER", float("inf")), kind)


def has_own_chapter(kind: str) -> bool:
    """Whether the handbook gives the kind chapters of its own, and no place in its areas."""
    module = _modules().get(kind)
    return module is not None and not hasattr(module, "ORDER")


def _modules() -> dict[str, Any]:
    return {name: import_module(f"{__name__}.{name}") for name in module_names(__path__)}
