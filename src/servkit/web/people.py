"""The people of a team: who they are now, and whether a password or a token is theirs."""

from __future__ import annotations

import hashlib
import json
import secrets
from threading import Lock
from typing import TYPE_CHECKING

from argon2 import PasswordHasher
from argon2.exceptions import Argon2Error, InvalidHashError

from servkit.book.problems import ServkitError
from servkit.desk.person import Person
from servkit.web.user import User
from servkit.web.users_file import PersonRecord, Users, read_users

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date
    from pathlib import Path

#: A password is at least so long (NIST SP 800-63B, without other rules), and not longer than this.
SHORTEST_PASSWORD, LONGEST_PASSWORD = 12, 1000
TOKEN_START = "servkit_"  # noqa: S105 - so that scanners of leaked secrets know it

_HASHER = PasswordHasher()
#: The hash of a password that nobody knows: comparing with it takes as long as with anybody's.
_NOBODY = "$argon2id$v=19$m=65536,t=3,p=4$JstLaxj0h/vYIbs/ibjFKA$O3nZGYfX2PHTGTM5SAzHRKgP3AIgovfs09tYdhTH4WM"


class People:
    """``users.yaml``, read again when it changes. While it cannot be read, ``fault`` says why, and nobody gets in."""

    def __init__(self, path: Path, today: Callable[[], date]) -> None:
        self.path, self._today = path, today
        self._lock = Lock()
        self._fault: ServkitError | None = None
        self._stamp: tuple[int, ...] | None = None
        self._users = Users()
        self._tokens: dict[str, str] = {}
        self._refresh()
        if self._fault is not None:
            raise self._fault
        if not (self._users.people or self._users.tokens):
            raise ServkitError("Nobody is in this file. Add somebody: servkit serve add-user NAME", path=str(path))

    @property
    def fault(self) -> ServkitError | None:
        """Why nobody gets in at the moment."""
        self._now()
        return self._fault

    def person(self, id_: str) -> User | None:
        """Somebody, as they are in the file now."""
        name, record = self._record(id_)
        return _user(name, record) if record is not None else None

    def with_password(self, id_: str, password: str) -> User | None:
        """Whose password this is. Takes as long for a name that nobody has."""
        name, record = self._record(id_)
        expected = record.password if record is not None and record.password else _NOBODY
        is_right = matches(expected, password)
        return _user(name, record) if is_right and record is not None and record.password else None

    def _record(self, id_: str) -> tuple[str, PersonRecord | None]:
        """A name to sign in with, in small letters, and whose it is."""
        users, name = self._now(), id_.casefold()
        return name, users.people.get(name)

    def with_token(self, token: str) -> User | None:
        """The integration whose token this is; None for one that has expired, or was removed."""
        users = self._now()
        name = self._tokens.get(token_digest(token))
        record = users.tokens.get(name) if name is not None else None
        if name is None or record is None or record.expires < self._today():
            return None
        person = Person(name, record.role, record.office, record.level, record.channel, record.language, signed_in=True)
        return User(f"token:{name}", person, record.digest, record.scope == "read", is_integration=True)

    def _now(self) -> Users:
        try:
            status = self.path.stat()
            stamp = (status.st_ino, status.st_size, status.st_mtime_ns, status.st_ctime_ns, status.st_mode)
        except OSError:
            stamp = None
        if stamp is None or stamp != self._stamp:
            self._refresh(stamp)
        return self._users

    def _refresh(self, stamp: tuple[int, ...] | None = None) -> None:
        with self._lock:
            try:
                self._users, self._fault = read_users(self.path), None
            except ServkitError as fault:
                self._users, self._fault = Users(), fault
            self._tokens = {record.digest: name for name, record in self._users.tokens.items()}
            self._stamp = stamp


def _user(id_: str, record: PersonRecord) -> User:
    """``mark`` is a digest of all that decides what somebody may do: when that changes, their sessions end."""
    mark = hashlib.sha256(json.dumps(record.model_dump(mode="json"), sort_keys=True).encode()).hexdigest()
    own = (record.name or id_, record.role, record.office, record.level, record.channel, record.language)
    return User(id_, Person(*own, signed_in=True), mark)


def matches(hashed: str, password: str) -> bool:
    """Whether a password is the one of a hash."""
    try:
        return _HASHER.verify(hashed, password.encode("utf-8", "surrogatepass"))
    except (Argon2Error, InvalidHashError):
        return False


def hashed_password(password: str) -> str:
    """The Argon2id hash of a new password. Raises ServkitError for one that is too short."""
    if len(password) < SHORTEST_PASSWORD:
        raise ServkitError(f"The password has {len(password)} characters. It needs at least {SHORTEST_PASSWORD}.")
    if len(password) > LONGEST_PASSWORD:
        raise ServkitError(f"The password has {len(password)} characters. {LONGEST_PASSWORD} is the limit.")
    return _HASHER.hash(password.encode("utf-8", "surrogatepass"))


def new_token() -> str:
    """A token for an integration: 256 random bits."""
    return TOKEN_START + secrets.token_urlsafe(32)


def token_digest(token: str) -> str:
    """What is kept of a token."""
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).hexdigest()
