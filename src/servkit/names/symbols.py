"""What there is to name in a book, and what a name at some place stands for."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from servkit.book import identifiers
from servkit.book.problems import ServkitError, UnknownNameError
from servkit.names.occurrences import DECLARED
from servkit.names.reserved_words import check_word

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from servkit.book.entries import Entry
    from servkit.book.settings import Settings

#: What a document's kind is not, and has a name all the same.
OTHERS = ("term", *DECLARED)
#: Channels and roles are any words; they are no names of anything else.
_WORDS = r"^\S(?:.*\S)?$"
_PATTERNS = {
    "term": identifiers.TERM, "customer": identifiers.CUSTOMER_ID, "attribute": identifiers.NAME,
    "fact": identifiers.NAME, "channel": _WORDS, "role": _WORDS,
}  # fmt: skip


class Symbol(NamedTuple):
    """Something that has a name: a kind of document, ``term``, or what servkit.yaml declares; and the name."""

    kind: str
    name: str

    def __str__(self) -> str:
        return f"{self.kind}:{self.name}"


class Symbols:
    """All that has a name in a book."""

    def __init__(self, settings: Settings, entries: Iterable[Entry]) -> None:
        self.settings = settings
        self.names: dict[str, dict[str, None]] = {kind: {} for kind in (*settings.kinds, *OTHERS)}
        for entry in entries:
            self.names[entry.kind][entry.id] = None
            if entry.owns_terms:
                self.names["term"].update((f"{entry.id}.{name}", None) for name in entry.logic.get("terms", ()))
        self.names["area"].update(dict.fromkeys(settings.areas))
        for name, variable in settings.names.items():
            self.names["fact" if variable.fact else "attribute"][name] = None
        self.names["channel"].update(dict.fromkeys(settings.channels))
        self.names["role"].update(dict.fromkeys(settings.roles))
        self.names["clock"].update(dict.fromkeys(settings.clock_names))

    def meant(self, kinds: Sequence[str], name: str) -> Symbol | None:
        """What a name stands for: the first of these kinds that has it."""
        return next((Symbol(kind, name) for kind in kinds if name in self.names.get(kind, ())), None)

    def renamed(self, old: Symbol, new: Symbol) -> Symbols:
        """The same with one name changed; the terms of a document go with it."""
        out = Symbols(self.settings, ())
        owners = self.settings.owners
        for kind, names in self.names.items():
            found = {new.name if (kind, name) == old else name: None for name in names}
            if kind == "term" and old.kind in owners:
                start = f"{old.name}."
                found = {f"{new.name}.{name[len(start) :]}" if name.startswith(start) else name: None for name in found}
            out.names[kind] = found
        return out

    def named(self, text: str) -> Symbol:
        """The symbol that ``KIND:NAME`` means. Raises ServkitError where there is none."""
        kind, colon, name = text.partition(":")
        if not colon:
            kinds = [kind for kind, names in self.names.items() if text in names]
            example = f"{kinds[0] if kinds else 'policy'}:{text}"
            raise ServkitError(f"{text!r} does not say what it is; write the kind in front, such as {example}")
        if kind not in self.names:
            raise UnknownNameError("kind", kind, tuple(self.names), f"write one of {', '.join(self.names)}")
        if name not in self.names[kind]:
            raise UnknownNameError(kind, name, tuple(self.names[kind]))
        return Symbol(kind, name)

    def check_free(self, old: Symbol, name: str) -> Symbol:
        """The symbol under its new name. Raises ServkitError where the name is none, or is taken."""
        if old.kind == "term" and "." not in name:
            name = f"{old.name.partition('.')[0]}.{name}"
        pattern = _PATTERNS.get(old.kind, identifiers.ID)
        if not re.fullmatch(pattern, name) or not name.isprintable():
            advice = identifiers.ADVICE.get(pattern, "is not a name. Write words without spaces around them.")
            raise ServkitError(f"{name!r} {advice[0].lower()}{advice[1:]}")
        check_word(old.kind, name)
        if name == old.name:
            raise ServkitError(f"{old} already has this name")
        if old.kind == "term" and name.partition(".")[0] != old.name.partition(".")[0]:
            raise ServkitError(
                f"a term stays in its document; write {old.name.partition('.')[0]}.{name.partition('.')[2]}"
            )
        reserved = old.kind in ("attribute", "fact") and name in (*self.settings.variables, "any", "all", "not")
        rivals = next(
            (group for group in (self.settings.owners, ("attribute", "fact")) if old.kind in group), (old.kind,)
        )
        for kind in rivals:
            if name in self.names[kind]:
                raise ServkitError(f"the name {name!r} is taken by a {kind}; nothing was changed")
        if reserved:
            raise ServkitError(f"{name!r} has a meaning of its own in conditions; choose another name")
        return Symbol(old.kind, name)
