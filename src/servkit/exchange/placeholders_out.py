"""From a script's placeholders to those of a tool. What the tool can't say is told, and never dropped in silence."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from servkit.exchange.vocabulary import BOOK
from servkit.scripts.fill import SIMPLE, is_simple

if TYPE_CHECKING:
    import re
    from collections.abc import Callable

    from servkit.exchange.vocabulary import Vocabulary

#: The sorts of what is lost.
TERMS = "terms, written as what everybody gets"
BLANKS = "blanks, written for the agent to fill in"
FALLBACKS = "fallbacks, for when something isn't known"


class Loss(NamedTuple):
    """What a tool can't express: the sort, and what it is about in this script (empty where there is nothing more)."""

    sort: str
    detail: str = ""


class Written(NamedTuple):
    """A script's text for a tool, and what it does not say there. ``text`` is None where the script can't go out, and
    ``because`` says why."""

    text: str | None
    losses: tuple[Loss, ...] = ()
    fields: tuple[tuple[str, str], ...] = ()
    because: str = ""


def write_out(text: str, vocabulary: Vocabulary, company: str, term: Callable[[str], str | None]) -> Written:
    """A script's text with the tool's placeholders. ``term`` gives what everybody gets, as the script would say it."""
    if vocabulary.notation == "own":
        return Written(text)
    if not is_simple(text):
        return Written(None, because="they have conditions or filters, which only servkit can work out")
    writer = _Writer(vocabulary, company, term)
    done = SIMPLE.sub(writer.placeholder, text)
    if writer.open_term:
        return Written(None, because=f"nobody can say `{writer.open_term}` without a customer")
    return Written(done, tuple(writer.losses), tuple(writer.fields.items()))


class _Writer:
    def __init__(self, vocabulary: Vocabulary, company: str, term: Callable[[str], str | None]) -> None:
        self.vocabulary, self.company, self.term = vocabulary, company, term
        self.losses: dict[Loss, None] = {}
        self.fields: dict[str, str] = {}
        self.open_term = ""

    def placeholder(self, found: re.Match[str]) -> str:
        """What the tool has in the place of a placeholder."""
        name, fallback = found[1], found[2] if found[2] is not None else found[3]
        vocabulary = self.vocabulary
        if name == BOOK and vocabulary.foreign(BOOK) is None:
            return self.company
        if name.startswith("terms."):
            return self._term(name)
        theirs = vocabulary.foreign(name)
        if vocabulary.has_blanks:
            theirs = theirs or name.rpartition(".")[2].replace("-", "_")
            self.fields.setdefault(theirs, fallback or "")
        elif theirs is None:
            shown = f"[{name.rpartition('.')[2].replace('_', ' ').replace('-', ' ').upper()}]"
            self.losses[Loss(BLANKS, shown)] = None
            return shown
        elif fallback and not vocabulary.has_fallback:
            self.losses[Loss(FALLBACKS, f"`{fallback}`")] = None
        return vocabulary.written(theirs, fallback)

    def _term(self, name: str) -> str:
        value = self.term(name.removeprefix("terms."))
        if value is None:
            self.open_term = name
            return ""
        self.losses[Loss(TERMS, f"{name.removeprefix('terms.')} {value}")] = None
        return value
