"""The journal can't be read.

At the desk, the answer then comes from the book and from what waits on this machine, and says so. `servkit lint
--journal` reports it at `journal:` in `servkit.yaml`.

Why: What colleagues heard and promised is missing from the answer.

Fix: Do what the finding says: the address, the file, or who may read it. `servkit journal check` tries again.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from servkit.book.discovery import SETTINGS
from servkit.lint.finding import Finding

if TYPE_CHECKING:
    from collections.abc import Iterator

    from servkit.book.settings import Settings
    from servkit.book.source import Source
    from servkit.lint.journal_view import JournalView

CODE = "SK521"
SEVERITY = "warning"


def check(journal: JournalView, settings: Settings, settings_source: Source) -> Iterator[Finding]:
    if journal.unread:
        place = settings_source.place(("journal",), key=True) if settings.journal else (0, 0)
        yield Finding(SETTINGS, *place, f"{journal.unread[0].upper()}{journal.unread[1:].rstrip('.')}.")
