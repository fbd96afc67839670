"""The kinds of document: one module a kind, found by being there.

A module ``foo.py`` holds a class ``Foo`` built on :class:`servkit.book.shape.Document`. Modules are imported only
when a document of the kind is read, because building a model costs more than reading the document.
"""

from __future__ import annotations

from functools import cache
from importlib import import_module
from typing import TYPE_CHECKING

from servkit.modules import module_names

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

    from servkit.book.shape import Document


#: Modules of this package that are not kinds.
_PARTS = ("fitting", "outlines")
_outlines: dict[str, dict[str, Any]] = {}
#: The outlines as functions.
_fits: dict[str, Callable[[Any], Any]] = {}


@cache
def names() -> tuple[str, ...]:
    """The names of all kinds, in alphabetical order."""
    return tuple(name for name in module_names(__path__) if name not in _PARTS)


@cache
def model(kind: str) -> type[Document]:
    """The model of a kind; KeyError where there is no such kind."""
    if kind not in names():
        raise KeyError(kind)
    found: type[Document] = getattr(import_module(f"{__name__}.{kind}"), kind.capitalize())
    return found


def outline(kind: str) -> dict[str, Any]:
    """The shape of a kind as plain data (see :mod:`servkit.book.kinds.outlines`): as it was kept, else of its model."""
    found = _outlines.get(kind)
    if found is None:
        from servkit.book.kinds.outlines import outline_of

        found = _outlines[kind] = outline_of(model(kind))
    return found


def fitted(kind: str, data: Any) -> Any:
    """A document of a kind with its lists, days and numbers as what they are. Raises ShapeFault where it does not fit
    the outline of the kind."""
    fit = _fits.get(kind)
    if fit is None:
        from servkit.book.kinds.fitting import fit_of

        fit = _fits[kind] = fit_of(outline(kind)["shape"])
    return fit(data)


def know(outlines: dict[str, dict[str, Any]]) -> None:
    """Use outlines that were kept, so that no model has to be loaded."""
    _outlines.update(outlines)
    _fits.clear()
