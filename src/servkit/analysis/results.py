"""The results of proofs, as values. Checks, tests and handouts read them."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from servkit.analysis.witness import Witness
    from servkit.book.entries import Entry


class Fault(NamedTuple):
    """Something that was proved. ``where`` leads to it in the document; ``message`` says what it is and how to fix it.

    ``certain`` is false where a pattern or text prevents a proof: then it only *may* be so. The witness is a case that
    shows it; resolution has answered that case as the message says. It is None only where no case could show it.
    """

    proof: str
    entry: Entry
    where: tuple[str | int, ...]
    message: str
    witness: Witness | None = None
    certain: bool = True
    key: bool = False


class Unproved(NamedTuple):
    """What could not be proved, and why."""

    proof: str
    entry: Entry
    where: tuple[str | int, ...]
    reason: str

    def __str__(self) -> str:
        place = ".".join(map(str, self.where))
        return f"{self.entry.path}:{self.entry.line}: {self.entry.name}{' ' + place if place else ''}: {self.reason}"


Outcome = Fault | Unproved

#: The reason where a search was given up.
TOO_MANY = "too many combinations to settle whether {what}"
#: The reason where resolution contradicts a proof. That should never happen; then nothing is reported.
DISAGREES = "the proof and the answer to its witness disagree here, so nothing is reported"
