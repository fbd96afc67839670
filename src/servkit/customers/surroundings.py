"""What a source of customers needs to know beside its entry in servkit.yaml."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from servkit.book.settings import Settings


class Surroundings(NamedTuple):
    """``root`` is the book's folder; ``cache`` the folder for indexes, which are built in memory without one;
    ``environment`` holds the addresses of databases by name. Without it, no database elsewhere is asked."""

    root: Path
    settings: Settings
    cache: Path | None
    environment: Mapping[str, str] | None
