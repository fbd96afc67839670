"""What may come next where somebody is typing: keys, words, names of the book, values and units."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING, Any, NamedTuple

from servkit.book.condition_parser import OPERATORS
from servkit.book.discovery import SETTINGS
from servkit.book.units import CLOCK_UNITS, MONTHS, SECONDS
from servkit.editor.cursor import MARK, cursors
from servkit.editor.shapes import shapes_of
from servkit.lint.rule import all_rules
from servkit.names.occurrences import occurrences
from servkit.text import fold

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from servkit.book.settings import Attribute, Settings
    from servkit.editor.cursor import Cursor
    from servkit.editor.open_book import OpenBook
    from servkit.editor.shapes import Shapes
    from servkit.names.occurrences import Occurrence

#: More than these are not shown at once; typing on narrows them down.
MOST = 100
_ROOTS = {
    "customer": "Who is served.", "terms": "A term as it is for this customer.",
    "facts": "What is known of the case.", "agent": "Who serves.", "book": "The company.",
}  # fmt: skip
_OF_ROOT = {
    "customer": ("name", "first_name", "id"), "agent": ("name",), "book": ("name",),
}  # fmt: skip
_VALUES = frozenset({"value", "plain-value", "duration", "percent", "test", "attributes", "expected", "possible"})
_FLAGS = ("yes", "no")


class Proposal(NamedTuple):
    """Something that may be written: ``length`` characters before the cursor give way to it."""

    text: str
    length: int
    group: str
    detail: str = ""
    documentation: str = ""
    is_key: bool = False


def proposals(book: OpenBook, path: str, body: str, offset: int) -> list[Proposal]:
    """What may be written at an offset of a text: those that begin as what was typed, then those that hold it."""
    found: dict[str, Proposal] = {}
    for cursor in cursors(body, offset):
        for proposal in _Proposer(book, path, cursor).all():
            found.setdefault(proposal.text, proposal)
    typed = {length: fold(body[offset - length : offset]) for length in {one.length for one in found.values()}}
    matching = [one for one in found.values() if typed[one.length] in fold(one.text)]
    return sorted(matching, key=lambda one: not fold(one.text).startswith(typed[one.length]))


class _Proposer:
    def __init__(self, book: OpenBook, path: str, cursor: Cursor) -> None:
        self.book, self.cursor = book, cursor
        self.is_settings = path == SETTINGS
        self.where, self.typed = cursor.scalar.where, cursor.typed
        self.data: Mapping[str, object] = cursor.document.data if isinstance(cursor.document.data, dict) else {}
        self.kind = "settings" if self.is_settings else str(self.data.get("kind"))

    def all(self) -> Iterator[Proposal]:
        settings = self.book.settings
        if settings is not None:
            yield from self._names(settings)
        if self.cursor.in_placeholder:
            yield from self._roots()
            return
        shapes = shapes_of(self.kind)
        if self.cursor.scalar.key:
            yield from self._keys(shapes)
        else:
            for word, text in shapes.words(self.where).items():
                yield Proposal(word, len(self.typed), "word", documentation=text)
        if settings is not None:
            yield from self._values(shapes, settings)
            yield from self._languages(shapes, settings)
        if self.is_settings and self.where[:2] == ("lint", "rules") and len(self.where) == 3 and self.cursor.scalar.key:
            for code, rule in all_rules().items():
                yield Proposal(code, len(self.typed), "key", rule.title, is_key=True)

    # --- names of the book ---------------------------------------------------------------------------------------

    def _names(self, settings: Settings) -> Iterator[Proposal]:
        for occurrence in occurrences(self.cursor.document, settings, is_settings=self.is_settings):
            if MARK in occurrence.word and not occurrence.declares:
                yield from self._named(occurrence, settings)

    def _named(self, occurrence: Occurrence, settings: Settings) -> Iterator[Proposal]:
        names, length = self.book.symbols.names, len(self.typed) - occurrence.at
        is_key = occurrence.scalar.key
        if occurrence.kinds == ("term",):
            owner = occurrence.name.partition(".")[0] + "."
            for ref in names["term"]:
                if ref.startswith(owner):
                    yield Proposal(ref.removeprefix(owner), length, "term", is_key=is_key)
            return
        if occurrence.kinds == settings.owners and not self.cursor.in_placeholder:
            for ref in names["term"]:
                yield Proposal(ref, length, "term", is_key=is_key)
            return
        for kind in occurrence.kinds:
            for name in names.get(kind, ()):
                variable = settings.names.get(name) if kind in ("attribute", "fact") else None
                title = settings.pick(variable.title) if variable is not None else ""
                yield Proposal(name, length, kind, title or kind, is_key=is_key)
        if set(occurrence.kinds) == {"attribute", "fact"} and is_key and "given" not in self.where:
            for name in ("channel", "role", "office", "segment", "today", "all", "any", "not"):
                if "when" in self.where:
                    yield Proposal(name, length, "key", is_key=True)

    def _roots(self) -> Iterator[Proposal]:
        """What a placeholder may begin with, and what the book itself has in it."""
        word = self.typed[max(self.typed.rfind(sign) for sign in " {%|(\n\t") + 1 :]
        root, dot, rest = word.partition(".")
        if not dot:
            for name, text in _ROOTS.items():
                yield Proposal(name, len(word), "key", text)
        for name in _OF_ROOT.get(root, ()) if dot and "." not in rest else ():
            yield Proposal(name, len(rest), "attribute")

    # --- keys and values -----------------------------------------------------------------------------------------

    def _keys(self, shapes: Shapes) -> Iterator[Proposal]:
        above = self.where[:-1]
        there: Any = self.data
        for step in above:
            there = there[step] if _has(there, step) else None
        known = set(there) if isinstance(there, dict) else set()
        allowed = self._operators(shapes, above)
        for key, text in shapes.keys(above).items():
            if key not in known and (allowed is None or key in allowed):
                yield Proposal(key, len(self.typed), "key", documentation=text, is_key=True)

    def _operators(self, shapes: Shapes, above: tuple[str | int, ...]) -> tuple[str, ...] | None:
        """The operators that may be asked of the attribute above; None where there is no choice to make."""
        variable = self._variable()
        if variable is None or "test" not in shapes.parts(above):
            return None
        return OPERATORS[variable.type]

    def _variable(self) -> Attribute | None:
        """The attribute, fact or built-in name that the place is about."""
        settings = self.book.settings
        names = [step for step in self.where if isinstance(step, str)]
        return (
            next((settings.variables[name] for name in reversed(names) if name in settings.variables), None)
            if settings
            else None
        )

    def _values(self, shapes: Shapes, settings: Settings) -> Iterator[Proposal]:
        if self.cursor.scalar.key or not _VALUES & shapes.parts(self.where):
            return
        choices = self._choices()
        for word in choices:
            yield Proposal(word, len(self.typed), "choice")
        number, _, unit = self.typed.lstrip().partition(" ")
        if number[:1].isdigit() and len(self.typed) > len(number):
            for name in _units(settings):
                yield Proposal(name, len(unit), "unit")

    def _choices(self) -> Iterable[str]:
        ref = next((step for step in reversed(self.where) if isinstance(step, str) and "." in step), None)
        if ref is not None:
            id_, _, name = ref.partition(".")
            for entry in self.book.book.versions("standard", id_) or self.book.book.versions("policy", id_):
                term = entry.terms.get(name)
                return () if term is None else _FLAGS if term.type == "flag" else term.of
        variable = self._variable()
        if variable is None:
            return ()
        return _FLAGS if variable.type == "flag" or self.where[-1] == "known" else variable.of

    def _languages(self, shapes: Shapes, settings: Settings) -> Iterator[Proposal]:
        if self.cursor.scalar.key and "prose" in shapes.parts(self.where[:-1]):
            for language in settings.languages:
                yield Proposal(language, len(self.typed), "word", is_key=True)
        elif not self.cursor.scalar.key and self.where[-1:] == ("language",):
            for language in settings.languages:
                yield Proposal(language, len(self.typed), "word")


def _has(data: Any, step: str | int) -> bool:
    if isinstance(data, dict):
        return step in data
    return isinstance(data, list) and isinstance(step, int) and step < len(data)


def _units(settings: Settings) -> Iterator[str]:
    yield from (f"{name}s" for name in (*SECONDS, *MONTHS))
    for clock in settings.clock_names:
        yield from (f"{clock} {unit}" for unit in CLOCK_UNITS if unit.endswith("s"))
    yield "%"
    if settings.currency:
        yield settings.currency
    yield from dict.fromkeys(several for _, several in settings.vocabulary.nouns)


def first(found: Iterable[Proposal]) -> list[Proposal]:
    """As many as are shown at once."""
    return list(islice(found, MOST))
