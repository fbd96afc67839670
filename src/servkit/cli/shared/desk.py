"""The desk at hand: its book, and whoever sits there, by the environment and by ``desk.yaml``."""

from __future__ import annotations

import os
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from servkit.book.location import find_root
from servkit.cache.folder import cache_folder
from servkit.cli.shared.output import print_note
from servkit.desk.session import open_desk as open_any_desk
from servkit.desk.settings import read_desk_settings

if TYPE_CHECKING:
    from servkit.desk.session import Desk
    from servkit.desk.settings import DeskSettings


def book_folder(book: Path | None, defaults: DeskSettings | None = None) -> Path:
    """The folder of the book at hand; that of the desk, where its settings are given. Raises BookError without one."""
    return find_root(book, os.environ.get("SERVKIT_BOOK") or (defaults.book if defaults else None), Path.cwd())


def open_desk(
    book: Path | None = None,
    customers: Path | None = None,
    at: str | None = None,
    *,
    agent: str | None = None,
    quiet: bool = False,
) -> Desk:
    """Open the book at hand, or as it stood ``at`` a git revision. ``agent`` is the name that was given for this
    command. Raises ServkitError where there is no book."""
    settings = read_desk_settings(os.environ, _silence if quiet else print_remark)
    return open_any_desk(
        book_folder(book, settings),
        settings.person._replace(agent=agent or settings.agent),
        environment=os.environ,
        cache=cache_folder(os.environ),
        clock=now,
        notice=_silence if quiet else print_remark,
        customers=customers or (Path(settings.customers) if settings.customers else None),
        at=at,
    )


def now() -> datetime:
    """The present moment."""
    return datetime.now(UTC)


def print_remark(text: str) -> None:
    """A remark of the desk, on stderr."""
    print_note(f"servkit: {text}")


def _silence(_: str) -> None:
    """Says nothing: a completion is no place for a remark."""
