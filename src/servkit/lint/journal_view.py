"""What the checks know of the journal. It is empty unless somebody asks for it."""

from __future__ import annotations

from typing import NamedTuple


class StretchedTerm(NamedTuple):
    """A term that was granted beyond the rule, how often, and the edit that would have covered ``covers`` of ``of``
    grants, which are among the last ``looked_at``; ``edit`` is empty where there is none."""

    ref: str
    times: int
    edit: str = ""
    covers: int = 0
    of: int = 0
    looked_at: int = 0


class JournalView(NamedTuple):
    """The terms that were stretched; ``unread`` says why the journal can't be read."""

    stretched: tuple[StretchedTerm, ...] = ()
    unread: str = ""
