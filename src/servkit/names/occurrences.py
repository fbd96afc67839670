"""Every name in a document that stands for something in the book: exactly where it is, and what it may stand for."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, NamedTuple

from servkit.book.references import follow, items, references_in
from servkit.book.units import CLOCK_UNITS
from servkit.book.values import nfc
from servkit.scripts.placeholders import script_names

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from servkit.book.kind import Kind, Path
    from servkit.book.settings import Settings
    from servkit.book.source import PartPath
    from servkit.names.scalars import Scalar, YamlDocument

#: What a book declares in servkit.yaml.
DECLARED = ("area", "attribute", "fact", "channel", "role", "clock")
_KNOWN = ("attribute", "fact")
_AMOUNTS = ("value", "limit")
_CLOCKED = re.compile(rf"\s*-?[0-9][0-9.]*\s+(\S+)\s+(?:{'|'.join(CLOCK_UNITS)})\s*")


class Occurrence(NamedTuple):
    """A name in a text or key: the characters from ``at`` to ``end`` of the value of ``scalar``.

    ``kinds`` are what it may stand for, the first that there is: kinds of documents, ``term``, or what servkit.yaml
    declares. ``name`` is the whole name (``returns.window`` for a term, of which only ``window`` stands here).
    """

    scalar: Scalar
    at: int
    end: int
    kinds: tuple[str, ...]
    name: str
    declares: bool = False

    @property
    def word(self) -> str:
        """What stands here."""
        return self.scalar.value[self.at : self.end]

    def span(self, text: str) -> tuple[int, int]:
        """From where to where it stands in the text of the file; the whole text or key where escapes hide it."""
        return self.scalar.span(text, self.at, self.end - self.at) or (self.scalar.start, self.scalar.end)


def occurrences(document: YamlDocument, settings: Settings, *, is_settings: bool = False) -> list[Occurrence]:
    """The names in a document, or in the settings, in the order of the text."""
    finder = _Finder(document, settings)
    found = finder.of_settings() if is_settings else finder.of_document()
    return sorted(found, key=lambda one: (one.scalar.start, one.at))


class _Finder:
    def __init__(self, document: YamlDocument, settings: Settings) -> None:
        self.document, self.settings = document, settings
        self.data: Mapping[str, Any] = document.data if isinstance(document.data, dict) else {}

    # --- one name ------------------------------------------------------------------------------------------------

    def name(
        self, where: PartPath, kinds: tuple[str, ...], *, key: bool = False, declares: bool = False, after: str = ""
    ) -> Iterator[Occurrence]:
        """A text or key that is a name as a whole; or what comes ``after`` a beginning of it."""
        scalar = self.document.at(where, key=key)
        if scalar is not None and scalar.value and scalar.value.startswith(after):
            at, end = len(after), len(scalar.value)
            yield Occurrence(scalar, at, end, kinds, nfc(scalar.value[at:end]), declares)

    def names(
        self, data: Any, where: PartPath, kinds: tuple[str, ...], *, declares: bool = False
    ) -> Iterator[Occurrence]:
        """A text, or each text of a list and of the lists in it."""
        if isinstance(data, list):
            for index, item in enumerate(data):
                yield from self.names(item, (*where, index), kinds, declares=declares)
        elif isinstance(data, str):
            yield from self.name(where, kinds, declares=declares)

    def keys(
        self, data: Any, where: PartPath, kinds: tuple[str, ...], *, declares: bool = False
    ) -> Iterator[Occurrence]:
        """Each key of a mapping."""
        for name in data if isinstance(data, dict) else ():
            yield from self.name((*where, name), kinds, key=True, declares=declares)

    def term(self, where: PartPath, *, key: bool) -> Iterator[Occurrence]:
        """A reference to a term: the document's id, and the term's name."""
        scalar = self.document.at(where, key=key)
        if scalar is None:
            return
        id_, dot, name = scalar.value.partition(".")
        yield Occurrence(scalar, 0, len(id_), self.settings.owners, id_)
        if dot and name:
            yield Occurrence(scalar, len(id_) + 1, len(scalar.value), ("term",), scalar.value)

    # --- documents -----------------------------------------------------------------------------------------------

    def of_document(self) -> Iterator[Occurrence]:
        data, kind = self.data, self.settings.kinds.get(str(self.data.get("kind")))
        if kind is None:
            return
        yield from self.name(("id",), (kind.name,), declares=True)
        if kind.owns_terms and isinstance(data.get("terms"), dict):
            for occurrence in self.keys(data["terms"], ("terms",), ("term",), declares=True):
                yield occurrence._replace(name=f"{data.get('id')}.{occurrence.name}")
        yield from self._references(kind)
        for path in kind.conditions:
            for part, where in follow(data, path):
                yield from self._condition(part, where)
        for part, where in _amounts(data):
            yield from self._amount(part, where)
        yield from self._declared()
        yield from self._clocks(kind)
        if kind.name == "script":
            yield from self._placeholders()
        if kind.name == "scenario":
            yield from self._scenario()
        if kind.name == "customer":
            yield from self.keys(data.get("attributes"), ("attributes",), ("attribute",))

    def _references(self, kind: Kind) -> Iterator[Occurrence]:
        for spec in kind.references:
            names: list[str] = []
            for name in spec.kinds:
                names += self.settings.applicable if name == "applicable" else (name,)
            for text, where in references_in(self.data, spec):
                prefix, colon, _ = text.partition(":")
                if spec.kinds == ("term",):
                    yield from self.term(where, key=spec.keys)
                elif spec.prefixed and colon:
                    yield from self.name(where, (prefix,), after=f"{prefix}:")
                else:
                    yield from self.name(where, tuple(names), key=spec.keys)

    def _declared(self) -> Iterator[Occurrence]:
        """Channels and roles."""
        data = self.data
        yield from self.names(data.get("channels"), ("channels",), ("channel",))
        yield from self.names(data.get("roles"), ("roles",), ("role",))
        for path in (("terms", "*", "grant"), ("terms", "*", "cases", "[]", "grant")):
            for part, where in follow(data, path):
                yield from self.keys(part, where, ("role",))
        for part, where in follow(data, ("steps", "[]", "role")):
            yield from self.names(part, where, ("role",))

    def _condition(self, data: Any, where: PartPath) -> Iterator[Occurrence]:
        for name, test in data.items() if isinstance(data, dict) else ():
            place = (*where, name)
            if name in ("all", "any", "not"):
                for part, inner in follow(test, ("[]",), place) if isinstance(test, list) else [(test, place)]:
                    yield from self._condition(part, inner)
            elif name in ("segment", "channel", "role"):
                for operator, arguments in test.items() if isinstance(test, dict) else [(None, test)]:
                    if operator != "known":
                        for _, inner in items(arguments, place if operator is None else (*place, operator)):
                            yield from self.name(inner, (name,))
            elif name not in ("today", "office"):
                yield from self.name(place, _KNOWN, key=True)

    def _amount(self, data: Any, where: PartPath) -> Iterator[Occurrence]:
        """The facts and attributes that decide an amount."""
        for name, part in data.items() if isinstance(data, dict) else ():
            is_known = isinstance(part, str) and (name in ("of", "by") or part in self.settings.names)
            if is_known and name in ("of", "by", "at_least", "at_most"):
                yield from self.name((*where, name), _KNOWN)
            elif isinstance(part, dict):
                yield from self._amount(part, (*where, name))

    def _clocks(self, kind: Kind) -> Iterator[Occurrence]:
        prose: set[PartPath] | None = None
        for (where, key), scalar in self.document.scalars.items() if len(self.settings.clock_names) else ():
            found = None if key else _CLOCKED.fullmatch(scalar.value)
            if found is not None and found[1] in self.settings.clocks:
                prose = _prose(self.data, kind) if prose is None else prose
                if where not in prose and where[:-1] not in prose:
                    yield Occurrence(scalar, found.start(1), found.end(1), ("clock",), found[1])

    def _placeholders(self) -> Iterator[Occurrence]:
        say = self.data.get("say")
        for language, text in say.items() if isinstance(say, dict) else [(None, say)]:
            scalar = self.document.at(("say",) if language is None else ("say", language))
            if isinstance(text, str) and scalar is not None:
                for placeholder in script_names(text).placeholders:
                    yield from self._placeholder(scalar, placeholder.name.split("."), placeholder.start)

    def _placeholder(self, scalar: Scalar, parts: Sequence[str], at: int) -> Iterator[Occurrence]:
        starts = []
        for part in parts:
            at = scalar.value.find(part, at)
            if at < 0:
                return
            starts.append(at)
            at += len(part)
        if parts[0] == "terms":
            if len(parts) > 1:
                yield Occurrence(scalar, starts[1], starts[1] + len(parts[1]), self.settings.owners, parts[1])
            if len(parts) > 2:
                end = starts[2] + len(parts[2])
                yield Occurrence(scalar, starts[2], end, ("term",), f"{parts[1]}.{parts[2]}")
            return
        kinds = {"customer": ("attribute",), "facts": ("fact",)}.get(parts[0])
        place = 0 if len(parts) == 1 else 1
        if kinds is not None and place:
            yield Occurrence(scalar, starts[1], starts[1] + len(parts[1]), kinds, parts[1])
        elif not place and parts[0] not in (
            "agent",
            "book",
            "customer",
            "facts",
        ):  # asked for, though the book knows it
            yield Occurrence(scalar, starts[0], starts[0] + len(parts[0]), _KNOWN, parts[0])

    def _scenario(self) -> Iterator[Occurrence]:
        given, expect, customer = (_mapping(self.data.get(key)) for key in ("given", "expect", "customer"))
        yield from self.names(given.get("channel"), ("given", "channel"), ("channel",))
        yield from self.names(given.get("role"), ("given", "role"), ("role",))
        yield from self.keys(given.get("facts"), ("given", "facts"), _KNOWN)
        yield from self.names(expect.get("ask"), ("expect", "ask"), _KNOWN)
        yield from self.keys(customer.get("attributes"), ("customer", "attributes"), ("attribute",))
        for name in _mapping(customer.get("promised")):
            yield from self.term(("customer", "promised", name), key=True)

    # --- servkit.yaml --------------------------------------------------------------------------------------------

    def of_settings(self) -> Iterator[Occurrence]:
        data = self.data
        for key, kind in (("areas", "area"), ("attributes", "attribute"), ("facts", "fact"), ("clocks", "clock")):
            yield from self.keys(data.get(key), (key,), (kind,), declares=True)
        yield from self.names(data.get("channels"), ("channels",), ("channel",), declares=True)
        yield from self.names(data.get("roles"), ("roles",), ("role",), declares=True)
        yield from self.names(data.get("report_to"), ("report_to",), ("role",))
        for part, where in follow(data, ("areas", "*", "channels")):
            yield from self.names(part, where, ("channel",))
        for part, where in follow(data, ("clocks", "*", "timezone")):
            if part in self.settings.names:
                yield from self.names(part, where, ("attribute",))
        for part, where in follow(data, ("customers", "[]", "attributes")):
            yield from self.keys(part, where, ("attribute",))
        for part, where in follow(data, ("lint", "rules", "*", "areas")):
            yield from self.names(part, where, ("area",))


def _mapping(data: Any) -> Mapping[str, Any]:
    return data if isinstance(data, dict) else {}


def _amounts(data: Mapping[str, Any]) -> Iterator[tuple[Any, PartPath]]:
    """Where a document says how much there is of something."""
    terms: tuple[Path, ...] = (("terms", "*"), ("terms", "*", "cases", "[]"))
    overrides: tuple[Path, ...] = (("sets", "*"), ("promised", "*"), ("customer", "promised", "*"))
    for path in terms:
        for part, where in follow(data, path):
            for name in _AMOUNTS:
                if isinstance(part, dict) and name in part:
                    yield part[name], (*where, name)
            for role, amount in _mapping(_mapping(part).get("grant")).items():
                yield amount, (*where, "grant", role)
    for path in overrides:
        yield from follow(data, path)


def _prose(data: Mapping[str, Any], kind: Kind) -> set[PartPath]:
    """Where a document has texts for people, and where it has them by language. The text of a step or a note may stand
    in its place."""
    found = {where for path in kind.prose for _, where in follow(data, path)}
    for path in kind.prose:
        if {"do", "say"}.intersection(path[1:]):
            short = path[: next(place for place, step in enumerate(path) if place and step in ("do", "say"))]
            found |= {where for part, where in follow(data, short) if isinstance(part, str)}
    return found
