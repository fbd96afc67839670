"""What somebody filled in cannot be used."""

from __future__ import annotations

from typing import TYPE_CHECKING

from servkit.book.problems import ServkitError

if TYPE_CHECKING:
    from servkit.message import Message


class FieldError(ServkitError):
    """A field that cannot be used, and what to write instead (``message``).

    ``flag`` is the field as the command line names it, such as ``--until`` or ``--set minutes``; a page that has other
    names for it shows ``message`` beside its own ``field`` (``until``), for a fact beside that of its ``name``."""

    def __init__(self, flag: str, message: str | Message) -> None:
        super().__init__(message)
        self.flag = flag

    @property
    def field(self) -> str:
        """The field without dashes, and without the name of a fact."""
        return self.flag.lstrip("-").partition(" ")[0]

    @property
    def name(self) -> str | None:
        """The fact, where the field is one of ``set``."""
        return self.flag.partition(" ")[2] or None

    def __str__(self) -> str:
        return f"{self.flag}: {self.message}"
