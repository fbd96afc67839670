"""Who sits at a desk."""

from __future__ import annotations

from typing import NamedTuple


class Person(NamedTuple):
    """Who asks and records: ``agent`` is the name that scripts say and that entries of the journal bear. Whatever a
    request leaves out is taken from here.

    ``signed_in``: a server knows who it is; otherwise name and role are what somebody states. ``bot``: it is a program
    that answers beside a person; what it grants waits for one."""

    agent: str | None = None
    role: str | None = None
    office: str | None = None
    level: str | None = None
    channel: str | None = None
    language: str | None = None
    signed_in: bool = False
    bot: bool = False

    @property
    def role_is(self) -> str:
        """How the role is known, as the journal writes it."""
        return "configured" if self.bot else "signed-in" if self.signed_in else "stated"
