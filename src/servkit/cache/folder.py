"""The folder that compiled books are stored in. Everything in it may be deleted at any time."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

#: The coarsest file systems tell times to two seconds, so a second change within that of another might not show.
RACY_NS = 2_000_000_000


def cache_folder(environ: Mapping[str, str]) -> Path:
    """``SERVKIT_CACHE``, or else the platform's cache folder for the user."""
    if own := environ.get("SERVKIT_CACHE"):
        return Path(own)
    if sys.platform == "win32":
        base = environ.get("LOCALAPPDATA") or str(Path.home() / "AppData" / "Local")
    elif sys.platform == "darwin":
        base = str(Path.home() / "Library" / "Caches")
    else:
        base = environ.get("XDG_CACHE_HOME", "")
        if not Path(base).is_absolute():  # the XDG specification: a relative path is invalid, and ignored
            base = str(Path.home() / ".cache")
    return Path(base) / "servkit"
