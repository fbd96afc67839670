"""Finding the modules of a package, where one file more is one rule, format, kind or command more."""

from __future__ import annotations

import os

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable


def module_names(folders: Iterable[str]) -> list[str]:
    """The modules in the folders of a package, in order. (``pkgutil`` would load ``inspect`` to say the same.)"""
    files = {name for folder in folders for name in os.listdir(folder)}  # noqa: PTH208 - somebody is waiting
    return sorted(name.removesuffix(".py") for name in files if name.endswith(".py") and name[0] not in "_.")
