"""The formats: one module each, found by being there; what a format needs beside it has its name.

A module ``foo.py`` is the format ``foo``. It holds ``SUFFIX`` (with its point) and
``write(handout, theme, tell) -> bytes``, where ``tell(done, of)`` may be called while it is at work. Of the same
handout it makes the same bytes, and it never reads markup out of a text. ``wants(handout)``, where it is there,
chooses among a sheet's documents. A format that needs more than the base install imports it inside ``write`` and says
with :func:`missing` how to get it.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from servkit.book.problems import ServkitError, UnknownNameError
from servkit.modules import module_names

if TYPE_CHECKING:
    from collections.abc import Callable

    from servkit.handout.model import Handout
    from servkit.handout.theme import Theme

    Tell = Callable[[int, int], None]


def names() -> list[str]:
    """Every format by name."""
    return module_names(__path__)


def module(name: str) -> Any:
    """A format's module. Raises UnknownNameError where there is none."""
    if name not in names():
        raise UnknownNameError("format", name, tuple(names()), f"there are {', '.join(names())}")
    return import_module(f"{__name__}.{name}")


def by_suffix(suffix: str) -> str | None:
    """The format of a file name's ending; one that is called like it is not looked for in the others."""
    suffix = suffix.lower()
    if suffix[1:] in names() and suffix == module(suffix[1:]).SUFFIX:
        return suffix[1:]
    return next((name for name in names() if suffix == module(name).SUFFIX), None)


def silent(done: int, of: int) -> None:
    """Tells nobody."""


def write(name: str, handout: Handout, theme: Theme, tell: Tell = silent) -> bytes:
    """A handout in a format."""
    out: bytes = module(name).write(handout, theme, tell)
    return out


def missing(name: str, package: str) -> ServkitError:
    """The error of a format whose engine is not installed."""
    return ServkitError(f"{name} needs {package}, which is not installed; get it with: pip install 'servkit[{name}]'")
