"""The folder that compiled books are stored in. Everything in it may be deleted at any time."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from servkit.files import user_folder

if TYPE_CHECKING:
    from collections.abc import Mapping

#: The coarsest file systems tell times to two seconds, so a second change within that of another might not show.
RACY_NS = 2_000_000_000


def cache_folder(environ: Mapping[str, str]) -> Path:
    """``SERVKIT_CACHE``, or else the platform's cache folder for the user."""
    if own := environ.get("SERVKIT_CACHE"):
        return Path(own)
    return user_folder(environ, "Caches", "XDG_CACHE_HOME", ".cache")
