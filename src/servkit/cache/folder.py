"""Where compiled books are kept: the user's cache folder. Everything in it may be deleted at any time."""

from __future__ import annotations

import os
import sys
from pathlib import Path

#: File systems tell times to two seconds at worst; a change within that of another might not show.
RACY_NS = 2_000_000_000


def cache_folder() -> Path:
    """``SERVKIT_CACHE``, else the platform's cache folder for the user."""
    own = os.environ.get("SERVKIT_CACHE")
    if own:
        return Path(own)
    if sys.platform == "win32":
        base = os.environ.get("LOCALAPPDATA") or str(Path.home() / "AppData" / "Local")
    elif sys.platform == "darwin":
        base = str(Path.home() / "Library" / "Caches")
    else:
        base = os.environ.get("XDG_CACHE_HOME") or str(Path.home() / ".cache")
    return Path(base) / "servkit"
