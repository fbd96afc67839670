"""From a script's placeholders to those of a tool. What the tool can't say is told, and never dropped in silence."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from servkit.exchange.vocabulary import BOOK
from servkit.scripts.fill import SIMPLE, is_simple

if TYPE_CHECKING:
    import re
    from collections.abc import Callable

    from servkit.exchange.vocabulary import Vocabulary


class Written(NamedTuple):
    """A script's text for a tool, and what it does not say there. ``text`` is None where the script can't go out."""

    text: str | None
    losses: tuple[str, ...] = ()
    fields: tuple[tuple[str, str], ...] = ()


def write_out(text: str, vocabulary: Vocabulary, company: str, term: Callable[[str], str | None]) -> Written:
    """A script's text with the tool's placeholders. ``term`` gives what everybody gets, as the script would say it."""
    if vocabulary.notation == "own":
        return Written(text)
    if not is_simple(text):
        return Written(None, ("it has conditions or filters, which only servkit can work out",))
    losses: dict[str, None] = {}
    fields: dict[str, str] = {}

    def replaced(found: re.Match[str]) -> str:
        name, fallback = found[1], found[2] if found[2] is not None else found[3]
        if name == BOOK and vocabulary.foreign(BOOK) is None:
            return company
        if name.startswith("terms."):
            value = term(name.removeprefix("terms."))
            if value is None:
                losses[f"`{name}` has no single value that everybody gets"] = None
                return found[0]
            losses[f"`{name}` is written as {value}, which is what everybody gets"] = None
            return value
        theirs = vocabulary.foreign(name)
        if theirs is None and vocabulary.has_blanks:
            theirs = name.rpartition(".")[2].replace("-", "_")
            fields[theirs] = fallback or ""
        if theirs is None:
            shown = f"[{name.rpartition('.')[2].replace('_', ' ').replace('-', ' ').upper()}]"
            losses[f"`{name}` is written as {shown}, for the agent to fill in"] = None
            return shown
        if vocabulary.has_blanks and theirs not in fields:
            fields[theirs] = fallback or ""
        if fallback and not vocabulary.has_fallback and not vocabulary.has_blanks:
            losses[f"`{name}` has no fallback there (here it is `{fallback}`)"] = None
        return vocabulary.written(theirs, fallback)

    done = SIMPLE.sub(replaced, text)
    if any(loss.endswith("everybody gets") and "no single" in loss for loss in losses):
        return Written(None, tuple(losses))
    return Written(done, tuple(losses), tuple(fields.items()))
