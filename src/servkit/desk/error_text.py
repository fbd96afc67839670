"""What was wrong with a request, in a line."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from servkit.book.problems import UnknownNameError
from servkit.languages.catalogue import ENGLISH, Message
from servkit.nearest import nearest
from servkit.scripts.localization import localize_list
from servkit.text import enumeration

if TYPE_CHECKING:
    from collections.abc import Sequence

    from servkit.book.problems import ServkitError, ValueProblem
    from servkit.languages.catalogue import Catalogue

#: A longer name is cut: what somebody pasted by mistake is not repeated.
LONGEST_NAME = 60
_UNKNOWN = ("command", "format", "paper")
#: What is not there, in a whole sentence: not every language can put any word into the same one.
_NOTHING = {
    "area": Message("There is no area {name}."),
    "area or document": Message("There is no area or document {name}."),
    "attribute or fact": Message("There is no attribute or fact {name}."),
    "channel": Message("There is no channel {name}."),
    "customer": Message("There is no customer {name}."),
    "document": Message("There is no document {name}."),
    "document, area or term": Message("There is no document, area or term {name}."),
    "entry": Message("There is no entry {name}."),
    "handout": Message("There is no handout {name}."),
    "kind of document": Message("There is no kind of document {name}."),
    "language": Message("There is no language {name}."),
    "level": Message("There is no level {name}."),
    "open recovery": Message("There is no open recovery {name}."),
    "place": Message("There is no place {name}."),
    "reason": Message("There is no reason {name}."),
    "recovery": Message("There is no recovery {name}."),
    "role": Message("There is no role {name}."),
    "script": Message("There is no script {name}."),
    "script in force": Message("There is no script {name} in force."),
    "term": Message("There is no term {name}."),
}


def error_text(fault: ServkitError | ValueProblem) -> str:
    """What was wrong, with the nearest names where one is unknown."""
    if not isinstance(fault, UnknownNameError):
        return str(fault)
    known = "unknown" if fault.what in _UNKNOWN else "no"
    return f"{known} {fault.what} {short_name(fault.name)!r}{_suggestion(fault)}"


def error_sentences(fault: ServkitError | ValueProblem, words: Catalogue = ENGLISH) -> str:
    """What was wrong, as a page says it: in whole sentences, in the language of who reads it."""
    if isinstance(fault, UnknownNameError):
        aside = _aside(fault, words)
        return " ".join(filter(None, (words.say(not_found(fault.what, fault.name)), sentence(aside))))
    if fault.said is None:
        return sentence(re.sub(r"^--[a-z-]+( [\w.]+)?: ", "", str(fault)))  # a page has no flags
    path = getattr(fault, "path", "")
    return f"{path}: {sentence(words.say(fault.said))}" if path else sentence(words.say(fault.said))


def not_found(what: str, name: str) -> Message:
    """The sentence that there is nothing with a name."""
    shown = repr(short_name(name))
    if what in _NOTHING:
        return _NOTHING[what]._replace(blanks={"name": shown})
    return Message("There is no {what} {name}.", {"what": what, "name": shown})


def choose_from(names: Sequence[str]) -> Message:
    """The advice to choose one of some names."""
    return Message("choose from {names}", {"names": ", ".join(names)})


def short_name(name: str) -> str:
    """A name, cut where it is too long to be one."""
    return name if len(name) <= LONGEST_NAME else name[: LONGEST_NAME - 1] + "…"


def _suggestion(fault: UnknownNameError) -> str:
    near = nearest(fault.name, fault.known)
    if near:
        return f"; did you mean {enumeration(near, 'or')}?"
    return f"; {fault.hint}" if fault.hint else ""


def _aside(fault: UnknownNameError, words: Catalogue) -> str:
    """The nearest names, or what to do. A hint that speaks of commands helps nobody on a page."""
    if near := nearest(fault.name, fault.known):
        names = enumeration(near, "or") if words.language[:2] == "en" else localize_list(near, "or", words.language)
        return words.gettext("Did you mean {names}?", names=names)
    return words.say(fault.hint) if isinstance(fault.hint, Message) else ""


def sentence(text: str) -> str:
    """A text as a whole sentence."""
    if text.partition(" ")[0].isalpha():  # and not a file, an id or a flag: those stay as they are written
        text = text[0].upper() + text[1:]
    return text if not text or text[-1] in ".?!…" else f"{text}."
