"""The material of handouts: the documents of a book that are printed, and all that sheets ask about them."""

from __future__ import annotations

import re
from functools import cached_property
from typing import TYPE_CHECKING, Any

from servkit.answer.answer_json import as_list
from servkit.book.amounts import Plain
from servkit.book.problems import UnknownNameError
from servkit.book.settings import LEVELS
from servkit.handout.model import Block, Chapter, Handout, Items, Runs
from servkit.handout.prose import blank_name, inline, prose
from servkit.handout.selection import Selection
from servkit.handout.theme import Theme
from servkit.handout.vocabulary import words_for
from servkit.languages.catalogue import catalogue
from servkit.languages.phrases import Phrases
from servkit.scripts.localization import is_right_to_left
from servkit.text import clean

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from servkit.answer.case import Customer, DueClock
    from servkit.book.amounts import Expression
    from servkit.book.conditions import Atom, Condition
    from servkit.book.entries import Entry
    from servkit.book.library import Library
    from servkit.book.terms import Term
    from servkit.book.values import Value
    from servkit.handout.audience import Audience, Edition
    from servkit.history.changes import Comparison


class PaperPhrases(Phrases):
    """Phrases without the marks that only ids have."""

    def value(self, value: Value) -> str:
        """A plain value."""
        out = super().value(value)
        return out.replace("_", " ") if value.type in ("choice", "list") else out

    def _arguments(self, atom: Atom) -> list[str]:
        words = super()._arguments(atom)
        return [spaced(word) for word in words] if atom.name in ("channel", "role") else words


def spaced(id_: str) -> str:
    """An id as words: ``front-desk`` is a front desk, and ``e-mail`` stays one word."""
    return re.sub(r"(?<=\w\w)-", " ", id_.replace("_", " "))


class Material:
    """A book as one audience gets it. ``find`` gives a customer by id, and ``clock`` the clock that says when things
    are due; both are only asked when a scenario needs them. Raises UnknownNameError for an audience that the book does
    not have."""

    def __init__(
        self,
        library: Library,
        entries: Sequence[Entry],
        audience: Audience,
        edition: Edition,
        theme: Theme | None = None,
        find: Callable[[str], Customer | None] = lambda _: None,
        clock: Callable[[], DueClock | None] = lambda: None,
        per_page: int = 4,
        questions: int = 24,
        comparison: Comparison | None = None,
        since: str = "",
    ) -> None:
        self.library, self.entries, self.audience, self.edition = library, entries, audience, edition
        self.theme = theme or Theme()
        self.find, self.clock = find, clock
        #: Role-play cards on a sheet: 4 or 8.
        self.per_page = per_page
        #: The most questions in a quiz; 0 for all that the book has.
        self.questions = questions
        #: What changed since a revision, and what the revision is called.
        self.comparison, self.since = comparison, since
        settings = library.settings
        segments = tuple(entry.id for entry in self.entries if entry.kind == "segment")
        requested = (
            *((area, "area", tuple(settings.areas)) for area in audience.areas),
            (audience.role, "role", settings.roles),
            (audience.channel, "channel", settings.channels),
            (audience.level, "level", LEVELS),
            (audience.language, "language", settings.languages),
            (audience.segment, "segment", segments),
        )
        for name, what, known in requested:
            if name is not None and name not in known:
                raise UnknownNameError(what, name, known, f"the book has {', '.join(known) or 'none'}")
        for name in audience.documents:
            if not any(name in (entry.id, entry.name) for entry in entries if entry.kind != "customer"):
                ids = tuple(entry.id for entry in entries if entry.kind != "customer")
                raise UnknownNameError("document", name, ids, "use the id of a document, such as `kind:id`")
        self.settings = settings
        self.language = audience.language or settings.language
        spoken = catalogue(self.language, library.root)
        self.words = words_for(spoken)
        self.selection = Selection(entries, settings, audience, edition.day)
        self.phrases = PaperPhrases(settings, spoken, edition.day.toordinal())
        self.pick = self.phrases.pick

    def word(self, key: str) -> str:
        """One of servkit's own words."""
        return self.words[key]

    # --- text -------------------------------------------------------------------------------------------------

    def prose(self, raw: Any) -> tuple[Block, ...]:
        """An author's text as blocks; several texts as a list."""
        if isinstance(raw, list) and len(raw) > 1:
            return (Items(tuple(blocks for item in raw if (blocks := self.prose(item)))),)
        return prose(self.pick(raw))

    def line(self, raw: Any) -> Runs:
        """An author's text as one line."""
        return inline(self.pick(raw))

    def lines(self, raw: Any) -> tuple[Runs, ...]:
        """An author's list."""
        return tuple(line for item in as_list(raw) if (line := self.line(item)))

    def title(self, entry: Entry) -> str:
        """A document's title, or its id where it has none."""
        return clean(self.pick(entry.prose.get("title"))) or entry.id

    def origin_title(self, kind: str, id_: str) -> str:
        """Where a customer's value comes from: a segment, or a promise made to them."""
        segment = next((entry for entry in self.entries if entry.kind == kind == "segment" and entry.id == id_), None)
        return self.title(segment) if segment is not None else self.word("promise")

    def area_title(self, area: str) -> str:
        return self.pick(self.settings.areas[area].get("title")) or self.role_title(area)

    def term_title(self, term: Term) -> str:
        return self.pick(term.title) or term.ref.partition(".")[2].replace("-", " ").capitalize()

    def role_title(self, role: str) -> str:
        words = self.spaced(role)
        return words[:1].upper() + words[1:]

    def spaced(self, id_: str) -> str:
        """An id as words."""
        return spaced(id_)

    def blank_title(self, name: str) -> str:
        """What belongs into a blank of a script, in the language of the handout."""
        first, _, rest = name.partition(".")
        if first == "terms" and rest in self.terms:
            return self.term_title(self.terms[rest][1])
        if f"blank_{name}" in self.words:
            return self.words[f"blank_{name}"]
        last = name.rpartition(".")[2]
        return self.phrases.name(last) if last in self.settings.names else blank_name(name)

    # --- choosing ---------------------------------------------------------------------------------------------

    @property
    def by_kind(self) -> dict[str, list[Entry]]:
        """The documents that are printed, by kind, in the order of their ids."""
        return self.selection.by_kind

    def of_kind(self, kind: str) -> list[Entry]:
        """The documents of a kind that are printed."""
        return self.by_kind.get(kind, [])

    def may_hold(self, when: Condition) -> bool:
        """Whether a condition may hold for somebody in the audience."""
        return self.selection.may_hold(when)

    def serves(self, level: str) -> bool:
        """Whether a level is printed: the requested one and those below it."""
        return self.selection.serves(level)

    def areas(self) -> list[str]:
        """The areas that are printed: those asked for in their order, else those of the documents that were asked for,
        else all of the book."""
        if self.audience.areas or not self.audience.documents:
            return list(self.audience.areas or self.settings.areas)
        return list(dict.fromkeys(area for entry in self.chosen for area in entry.list("areas")[:1]))

    def in_area(self, kind: str, area: str | None) -> list[Entry]:
        """The documents of a kind that belong to an area, or to none for None."""
        return [
            entry for entry in self.of_kind(kind) if (area in entry.list("areas") if area else not entry.list("areas"))
        ]

    def entry(self, kind: str, id_: str | None) -> Entry | None:
        """A document by id, if it is printed."""
        return next((entry for entry in self.of_kind(kind) if entry.id == id_), None)

    @cached_property
    def segment(self) -> Entry | None:
        """The segment that the copy is for."""
        return self.entry("segment", self.audience.segment)

    @cached_property
    def _segments_set(self) -> frozenset[str]:
        """The terms that some segment sets."""
        return frozenset(ref for entry in self.entries if entry.kind == "segment" for ref in entry.overrides)

    def own_amount(self, term: Term) -> Expression | None:
        """What the segment that the copy is for gets instead of what everybody gets."""
        return self.segment.overrides.get(term.ref) if self.segment is not None else None

    def same_for_all(self, term: Term) -> Value | None:
        """A term's value where everybody who reads the copy gets the same."""
        own = self.own_amount(term)
        amount = term.value if own is None else own
        differs = own is None and (term.rows or term.ref in self._segments_set)
        return amount.value if isinstance(amount, Plain) and not differs else None

    @cached_property
    def owners(self) -> list[Entry]:
        """The printed documents that own terms."""
        return [entry for kind in self.settings.owners for entry in self.of_kind(kind)]

    @cached_property
    def terms(self) -> dict[str, tuple[Entry, Term]]:
        """The printed terms by reference, each with the document that owns it."""
        return {term.ref: (owner, term) for owner in self.owners for term in owner.terms.values()}

    @property
    def chosen(self) -> list[Entry]:
        """The printed documents that were asked for by name, in that order."""
        return [entry for entry in self.selection.chosen if entry in self.of_kind(entry.kind)]

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to print."""
        return not self.by_kind

    # --- the frame of a handout ------------------------------------------------------------------------------

    @property
    def copy_for(self) -> tuple[str, ...]:
        """Whom this copy is for, part by part."""
        audience = self.audience
        areas, documents = map(self.area_title, audience.areas), map(self.title, self.chosen)
        parts = (
            ("area", ", ".join(areas)),
            ("document", ", ".join(documents)),
            ("role", self.role_title(audience.role) if audience.role else None),
            ("level", self.level_title(audience.level) if audience.level else None),
            ("segment", next((self.title(e) for e in self.of_kind("segment") if e.id == audience.segment), None)),
            ("channel", self.spaced(audience.channel) if audience.channel else None),
            ("office", audience.office),
        )
        return tuple(f"{self.word(key)}: {name}" for key, name in parts if name)

    def level_title(self, level: str) -> str:
        return self.word(f"level_{LEVELS.index(level) + 1}")

    @property
    def revision(self) -> str:
        """The book's revision, as every page has it."""
        if self.edition.revision is None:
            return self.word("unrevised")
        out = f"{self.word('revision')} {self.edition.revision}"
        return f"{out} ({self.word('dirty')})" if self.edition.dirty else out

    @property
    def footer(self) -> str:
        return f"{self.settings.name} · {self.revision} · {self.phrases.date(self.edition.day)}"

    def handout(self, name: str, title: str, chapters: Sequence[Chapter], **more: Any) -> Handout:
        """A handout with everything that all of them have."""
        return Handout(
            name=name,
            title=title,
            book=self.settings.name,
            chapters=tuple(chapters),
            footer=self.footer,
            language=self.language,
            rtl=is_right_to_left(self.language),
            day=self.edition.day.isoformat(),
            lines=(f"{self.word('in_force_on')} {self.phrases.date(self.edition.day)}", self.revision, *self.copy_for),
            words={key: self.words[key] for key in _FORMAT_WORDS},
            **more,
        )


#: The words that formats need.
_FORMAT_WORDS = (
    "contents", "search", "search_none", "search_found", "skip", "theme", "print", "no_fit", "because",
)  # fmt: skip
