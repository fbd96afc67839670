"""Sessions: who is signed in in which browser. They live in memory and end with the server."""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import dataclass, field
from threading import Lock
from typing import TYPE_CHECKING, NamedTuple

from servkit.web.case_memory import CaseMemories

if TYPE_CHECKING:
    from collections.abc import Callable

#: A session ends after so many seconds without a request, and after so many in any case.
IDLE_SECONDS, LONGEST_SECONDS = 4 * 3600, 12 * 3600
#: So many are kept at once; the one that was idle longest goes first.
MOST_SESSIONS = 10_000
#: So many customers are kept as recent.
MOST_RECENT = 8


class Recent(NamedTuple):
    """A customer that was opened in this session."""

    id: str
    name: str | None


@dataclass
class Session:
    """One browser of one person. ``mark`` is that of the person's record: when the record changes, the session ends."""

    person_id: str
    mark: str
    started: float
    seen: float
    csrf: str = field(default_factory=lambda: secrets.token_urlsafe(32))
    recent: list[Recent] = field(default_factory=list)
    cases: CaseMemories = field(default_factory=CaseMemories)

    def remember(self, customer: Recent) -> None:
        """Put a customer first among the recent ones."""
        others = [one for one in self.recent if one.id != customer.id]
        self.recent = [customer, *others][:MOST_RECENT]

    def has_sent(self, token: object) -> bool:
        """Whether a page of this session sent a form: it holds the session's token."""
        return isinstance(token, str) and secrets.compare_digest(token.encode("utf-8", "replace"), self.csrf.encode())

    def is_over(self, now: float) -> bool:
        """Whether it has ended by time."""
        return now - self.seen > IDLE_SECONDS or now - self.started > LONGEST_SECONDS


class Sessions:
    """All sessions, by the digest of their secret: what is in memory opens nothing."""

    def __init__(self, clock: Callable[[], float]) -> None:
        self._clock = clock
        self._sessions: dict[str, Session] = {}
        self._lock = Lock()

    def __len__(self) -> int:
        return len(self._sessions)

    def begin(self, person_id: str, mark: str) -> tuple[str, Session]:
        """A new session, and the secret for its cookie."""
        secret, now = secrets.token_urlsafe(32), self._clock()
        session = Session(person_id, mark, now, now)
        with self._lock:
            self._sessions = {key: one for key, one in self._sessions.items() if not one.is_over(now)}
            while len(self._sessions) >= MOST_SESSIONS:
                del self._sessions[min(self._sessions, key=lambda key: self._sessions[key].seen)]
            self._sessions[_key(secret)] = session
        return secret, session

    def find(self, secret: str) -> Session | None:
        """The session of a cookie; it has been seen now. None where it has ended, or never was."""
        now = self._clock()
        with self._lock:
            session = self._sessions.get(_key(secret))
            if session is None:
                return None
            if session.is_over(now):
                del self._sessions[_key(secret)]
                return None
            session.seen = now
        return session

    def end(self, secret: str) -> None:
        """End a session."""
        with self._lock:
            self._sessions.pop(_key(secret), None)


def _key(secret: str) -> str:
    return hashlib.sha256(secret.encode("utf-8", "surrogatepass")).hexdigest()
