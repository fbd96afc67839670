"""The formats: one module each, found by being there. Other files of a format have its name.

A module ``foo.py`` is the format ``foo``. It holds ``SUFFIX``, such as ``.foo``, and
``write(handout, theme, progress) -> bytes``, which may call ``progress(done, of)`` while it works. The same handout
always gives the same bytes, and no text is ever read as markup. ``accepts(handout)``, where a module has it, chooses
among the handouts of a sheet. A format that needs more than the base install imports it inside ``write`` and raises
:func:`missing` where it is not installed.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from servkit.book.problems import ServkitError, UnknownNameError
from servkit.handout.progress import no_progress
from servkit.modules import module_names

if TYPE_CHECKING:
    from servkit.handout.model import Handout
    from servkit.handout.progress import Progress
    from servkit.handout.theme import Theme


def names() -> list[str]:
    """Every format by name."""
    return module_names(__path__)


def module(name: str) -> Any:
    """A format's module. Raises UnknownNameError where there is none."""
    if name not in names():
        raise UnknownNameError("format", name, tuple(names()), f"the formats are {', '.join(names())}")
    return import_module(f"{__name__}.{name}")


def by_suffix(suffix: str) -> str | None:
    """The format that a file name's ending belongs to, such as ``html`` for ``.html``."""
    return next((name for name in names() if suffix.lower() == module(name).SUFFIX), None)


def write(name: str, handout: Handout, theme: Theme, progress: Progress = no_progress) -> bytes:
    """A handout in a format."""
    out: bytes = module(name).write(handout, theme, progress)
    return out


def missing(name: str, package: str) -> ServkitError:
    """The error of a format whose library is not installed."""
    return ServkitError(f"The format {name} needs {package}. Install it with: pip install 'servkit[{name}]'")
