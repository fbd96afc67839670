"""What can be wrong with a book, as values, and what a caller did wrong, as errors.

A *problem* is a finding about somebody's text: it has a code, a place and a mending, and never stops anything. An
*error* (:class:`ServkitError`) is raised when the question itself cannot be answered; the command line turns it into
one line and exit code 2.
"""

from __future__ import annotations

from typing import NamedTuple

from servkit.message import Message


class Problem(NamedTuple):
    """A finding at a place. ``line`` and ``column`` count from 1; 0 where the whole file is meant."""

    code: str
    path: str
    line: int
    column: int
    message: str

    @property
    def where(self) -> str:
        """``path:line:column``, as far as they are known."""
        return f"{self.path}:{self.line}:{self.column}" if self.line else self.path


def problem_after(before: str, code: str, path: str, message: str) -> Problem:
    """A problem with the character that comes after ``before``."""
    lines = before.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    return Problem(code, path, len(lines), len(lines[-1]) + 1, message)


class ServkitError(Exception):
    """The command cannot run: one line that says what, where and what to do instead.

    ``said`` is the message as one of servkit's own texts, where people meet it who read another language."""

    def __init__(self, message: str | Message, *, path: str = "", line: int = 0, column: int = 0) -> None:
        super().__init__(str(message))
        self.message = str(message)
        self.said = message if isinstance(message, Message) else None
        self.path, self.line, self.column = path, line, column

    def __str__(self) -> str:
        where = ":".join(str(part) for part in (self.path, self.line, self.column) if part)
        return f"{where}: {self.message}" if where else self.message


class BookError(ServkitError):
    """There is no such book, or its ``servkit.yaml`` cannot be used."""


class TemporaryFilesError(ServkitError):
    """What is written on the way does not fit where temporary files go, or may not be written there."""

    def __init__(self, fault: OSError) -> None:
        reason = fault.strerror or fault
        super().__init__(f"The temporary files can't be written: {reason}. Name another folder in TMPDIR.")


class BusyError(ServkitError):
    """What was asked for is being made ready, and takes longer than anybody should wait. Ask again in a moment."""


class UnknownNameError(ServkitError):
    """A customer, area, term, role, attribute … that the book does not have.

    ``known`` holds the names that would have been accepted; the nearest are told to the user.
    """

    def __init__(self, what: str, name: str, known: tuple[str, ...] = (), hint: str | Message = "") -> None:
        super().__init__(f"no {what} {name!r}")
        self.what, self.name, self.known, self.hint = what, name, known, hint


class ValueProblem(Exception):  # noqa: N818 - becomes a Problem once the place is known
    """A text that is not a value of the wanted type; the message says how to mend it. ``said`` is as in
    :class:`ServkitError`."""

    def __init__(self, message: str | Message) -> None:
        super().__init__(str(message))
        self.said = message if isinstance(message, Message) else None
