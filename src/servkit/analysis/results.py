"""What the analysis has to say, as values. The checks, the tests and the handouts are readers of them."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from servkit.analysis.witness import Witness
    from servkit.book.entries import Entry


class Fault(NamedTuple):
    """Something that was proved. ``where`` leads to it in the document; ``message`` says what it is and how to mend it.

    ``certain`` is false where a pattern or text stands in the way of a proof: it *may* be so. The witness is somebody
    who shows it; it has been put to resolution and found to be as the message says. It is None only where nobody could
    show it.
    """

    proof: str
    entry: Entry
    where: tuple[str | int, ...]
    message: str
    witness: Witness | None = None
    certain: bool = True
    key: bool = False


class Unproved(NamedTuple):
    """What was not settled, and why."""

    proof: str
    entry: Entry
    where: tuple[str | int, ...]
    reason: str

    def __str__(self) -> str:
        place = ".".join(map(str, self.where))
        return f"{self.entry.path}:{self.entry.line}: {self.entry.name}{' ' + place if place else ''}: {self.reason}"


Outcome = Fault | Unproved

#: What is said where a search was given up.
TOO_MANY = "too many combinations to settle whether {what}"
#: What is said where a witness is not as the proof has it. It never should be; nothing is reported that may be wrong.
DISAGREES = "the proof and resolution do not agree here; nothing is said of it"
