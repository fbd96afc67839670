"""The steps of an import, as values, and how texts compare in it."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from servkit.exchange.reply import Reply

#: What may happen to a reply, in the order in which it is told.
VERBS = ("new", "update", "conflict", "edited", "same", "deleted", "left out")


class Step(NamedTuple):
    """What happens to one reply. ``ours`` and ``theirs`` are the texts of a conflict or an update, ``path`` is the file
    of the script, ``place`` that of the reply."""

    verb: str
    reply: Reply
    place: str
    script: str = ""
    path: str = ""
    ours: str = ""
    theirs: str = ""
    because: str = ""
    blanks: Mapping[str, str] = {}
    unknown: tuple[str, ...] = ()
    bare: tuple[str, ...] = ()


class Plan(NamedTuple):
    """All that an import does. ``files`` are to be written below the book's folder, in this order; ``missing`` are
    scripts of an earlier import whose replies are in none of these files."""

    steps: Sequence[Step]
    files: Mapping[str, bytes]
    missing: Sequence[str]

    def of(self, *verbs: str) -> list[Step]:
        """The steps of some kinds."""
        return [step for step in self.steps if step.verb in verbs]


def same_text(one: str | None, other: str | None) -> bool:
    """Whether two texts say the same, line ends and empty lines around them aside."""
    return one is not None and other is not None and _normal(one) == _normal(other)


def _normal(text: str) -> str:
    return "\n".join(line.rstrip() for line in text.strip("\n").replace("\r\n", "\n").split("\n"))


def as_say(text: str) -> str:
    """A text as a document has it: several lines end with a line's end."""
    text = _normal(text)
    return text + "\n" if "\n" in text else text


def summary(plan: Plan) -> Counter[str]:
    """How many replies have which verb."""
    return Counter(step.verb for step in plan.steps)
