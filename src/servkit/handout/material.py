"""The material of a handout: what the audience leave of a book, as it stands on a day, ready to be said."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Any

from servkit.answer.answer_json import as_list
from servkit.book.conditions import Record
from servkit.book.entries import APPLICABLE, OWNERS, Entry
from servkit.book.problems import UnknownNameError
from servkit.book.settings import LEVELS
from servkit.book.values import Value, choice_value, date_value, text_value
from servkit.handout.model import Block, Chapter, Handout, Runs
from servkit.handout.phrases import Phrases
from servkit.handout.prose import inline, prose
from servkit.handout.theme import Theme, words_for
from servkit.scripts.localization import is_right_to_left
from servkit.text import clean

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from servkit.answer.case import Customer, DueClock
    from servkit.book.library import Library
    from servkit.book.terms import Term
    from servkit.handout.audience import Audience, Edition


class Material:
    """A book, seen through audience. ``find`` gives a customer by id, ``clock`` what tells when things are due; neither
    is asked before a scenario needs it."""

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
    ) -> None:
        self.library, self.entries, self.audience, self.edition = library, entries, audience, edition
        self.theme = theme or Theme()
        self.find, self.clock = find, clock
        #: Role-play cards on a sheet: 4 or 8.
        self.per_page = per_page
        #: How many questions a quiz has at most; 0 is all that the book gives.
        self.questions = questions
        settings = library.settings
        segments = tuple(entry.id for entry in self.entries if entry.kind == "segment")
        given = (
            (audience.role, "role", settings.roles),
            (audience.channel, "channel", settings.channels),
            (audience.area, "area", tuple(settings.areas)),
            (audience.level, "level", LEVELS),
            (audience.language, "language", settings.languages),
            (audience.segment, "segment", segments),
        )
        for name, what, known in given:
            if name is not None and name not in known:
                raise UnknownNameError(what, name, known, f"the book has {', '.join(known) or 'none'}")
        self.settings = settings
        self.language = audience.language or settings.language
        self.words: dict[str, Any] = words_for(self.language, self.theme)
        self.day = self.edition.day.toordinal()
        self.phrases = Phrases(settings, self.words, self.language, self.day)
        self.pick = self.phrases.pick

    def word(self, key: str) -> str:
        """One of servkit's own words."""
        return str(self.words[key])

    # --- text -------------------------------------------------------------------------------------------------

    def prose(self, raw: Any) -> tuple[Block, ...]:
        """An author's text as blocks."""
        return prose(self.pick(raw))

    def line(self, raw: Any) -> Runs:
        """An author's text as one line."""
        return inline(self.pick(raw))

    def lines(self, raw: Any) -> tuple[Runs, ...]:
        """An author's list."""
        return tuple(line for item in as_list(raw) if (line := self.line(item)))

    def title(self, entry: Entry) -> str:
        """A document's title; its id where it has none."""
        return clean(self.pick(entry.prose.get("title"))) or entry.id

    def origin_title(self, kind: str, id_: str) -> str:
        """What a value comes from; a customer's is a promise made to them."""
        found = next((entry for entry in self.entries if entry.kind == kind and entry.id == id_), None)
        return self.title(found) if found is not None and kind == "segment" else self.word("promise")

    def area_title(self, area: str) -> str:
        return self.pick(self.settings.areas[area].get("title")) or area

    def term_title(self, term: Term) -> str:
        return self.pick(term.title) or term.ref.partition(".")[2].replace("-", " ").capitalize()

    def role_title(self, role: str) -> str:
        return role[:1].upper() + role[1:]

    # --- choosing ---------------------------------------------------------------------------------------------

    @cached_property
    def _record(self) -> Record:
        """What the audience fix; everything about a customer is unknown."""
        audience = self.audience
        values: dict[str, Value] = {"today": date_value(self.edition.day)}
        if audience.role is not None:
            values["role"] = choice_value(audience.role, self.settings.roles)
        for name, said in (("channel", audience.channel), ("office", audience.office)):
            if said is not None:
                values[name] = text_value(said)
        segments = {
            entry.id: (entry.id == audience.segment) or None for entry in self.entries if entry.kind == "segment"
        }
        return Record(values, self.day, segments)

    @cached_property
    def chosen(self) -> dict[str, list[Entry]]:
        """The documents that are printed, by kind, in the order of id."""
        out: dict[str, list[Entry]] = {}
        for entry in self.entries:
            if entry.in_force(self.day) and self._wanted(entry):
                out.setdefault(entry.kind, []).append(entry)
        for found in out.values():
            found.sort(key=lambda entry: (entry.id, entry.path, entry.line))
        return out

    def of_kind(self, kind: str) -> list[Entry]:
        """The documents of a kind that are printed."""
        return self.chosen.get(kind, [])

    def _wanted(self, entry: Entry) -> bool:
        audience = self.audience
        if entry.kind == "segment":
            return audience.segment in (None, entry.id)
        if entry.kind == "scenario":
            return self._scenario(entry)
        if entry.kind == "philosophy":
            return audience.area is None or any(entry.id in owner.list("philosophies") for owner in self._area_owners)
        if entry.kind not in APPLICABLE:
            return False
        if entry.kind == "script" and LEVELS.index(entry.logic.get("level", LEVELS[0])) > self._level:
            return False
        return self._in_area(entry) and self._fits(entry)

    @property
    def _level(self) -> int:
        return LEVELS.index(self.audience.level or LEVELS[-1])

    def serves(self, level: str) -> bool:
        """Whether a level is printed: those up to the one asked for."""
        return LEVELS.index(level) <= self._level

    def _in_area(self, entry: Entry) -> bool:
        area = self.audience.area
        return area is None or area in entry.list("areas") or self._named_by_area(entry)

    def _named_by_area(self, entry: Entry) -> bool:
        """A recovery that a standard of the area names, or a procedure that carries one of its documents out."""
        if entry.list("areas"):
            return False
        if entry.kind == "procedure":
            return any(owner.id in entry.list("carries_out") for owner in self._area_owners)
        if entry.kind == "recovery":
            return any(owner.logic.get("recovery") == entry.id for owner in self._area_owners)
        if entry.kind == "script":
            return any(entry.id in owner.list("say") for owner in self._area_owners)
        return False

    @cached_property
    def _area_owners(self) -> list[Entry]:
        area = self.audience.area
        return [
            entry
            for entry in self.entries
            if entry.kind in OWNERS and entry.in_force(self.day) and (area is None or area in entry.list("areas"))
        ]

    def _fits(self, entry: Entry) -> bool:
        """Whether the audience leave it possible that the document applies."""
        audience = self.audience
        for name, key in ((audience.channel, "channels"), (audience.role, "roles"), (audience.segment, "segments")):
            wanted = entry.list(key)
            if name is not None and wanted and name not in wanted:
                return False
        return entry.when is None or entry.when.kleene(self._record) is not False

    def _scenario(self, entry: Entry) -> bool:
        audience, given = self.audience, entry.prose.get("given") or {}
        wanted = (
            (audience.role, given.get("role")),
            (audience.channel, given.get("channel")),
            (audience.office, given.get("office")),
        )
        if any(name is not None and said is not None and name != said for name, said in wanted):
            return False
        expected = (entry.prose.get("expect") or {}).get("segments")
        if audience.segment is not None and audience.segment not in as_list(expected):
            return False
        if audience.area is None:
            return True
        about = as_list(entry.prose.get("about"))
        owners = {owner.id for owner in self._area_owners}
        return any(name == audience.area or name in owners for name in about)

    def holds(self, when: Any) -> bool:
        """Whether a row of a decision table may hold for those the handout is for."""
        return when.kleene(self._record) is not False

    def areas(self) -> list[str]:
        """The areas that are printed: those asked for, in the order of the book."""
        return [area for area in self.settings.areas if self.audience.area in (None, area)]

    def in_area(self, kind: str, area: str | None) -> list[Entry]:
        """The documents of a kind that belong to an area; to none, for None."""
        return [
            entry for entry in self.of_kind(kind) if (area in entry.list("areas") if area else not entry.list("areas"))
        ]

    def entry(self, kind: str, id_: str | None) -> Entry | None:
        """A document by id, if it is printed."""
        return next((entry for entry in self.of_kind(kind) if entry.id == id_), None)

    @cached_property
    def owners(self) -> list[Entry]:
        """The printed documents that own terms."""
        return [entry for kind in OWNERS for entry in self.of_kind(kind)]

    @cached_property
    def terms(self) -> dict[str, tuple[Entry, Term]]:
        """The printed terms by reference, each with the document that owns it."""
        return {term.ref: (owner, term) for owner in self.owners for term in owner.terms.values()}

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to print."""
        return not self.chosen

    # --- the frame of a handout ------------------------------------------------------------------------------

    @property
    def copy_for(self) -> tuple[str, ...]:
        """For whom this copy is, filter by filter."""
        audience = self.audience
        said = (
            ("area", self.area_title(audience.area) if audience.area else None),
            ("role", self.role_title(audience.role) if audience.role else None),
            ("level", self.level_title(audience.level) if audience.level else None),
            ("segment", next((self.title(e) for e in self.of_kind("segment") if e.id == audience.segment), None)),
            ("channel", audience.channel),
            ("office", audience.office),
        )
        return tuple(f"{self.word(key)}: {name}" for key, name in said if name)

    def level_title(self, level: str) -> str:
        return self.word(f"level_{LEVELS.index(level) + 1}")

    @property
    def revision(self) -> str:
        """The book's revision, as it stands on every page."""
        if self.edition.revision is None:
            return self.word("unrevised")
        out = f"{self.word('revision')} {self.edition.revision}"
        return f"{out} ({self.word('dirty')})" if self.edition.dirty else out

    @property
    def footer(self) -> str:
        return f"{self.settings.name} · {self.revision} · {self.phrases.date(self.edition.day)}"

    def handout(self, name: str, title: str, chapters: Sequence[Chapter], **more: Any) -> Handout:
        """A document with everything that all of them bear."""
        own = {key: word for key, word in self.words.items() if isinstance(word, str)}
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
            words={key: own[key] for key in _FORMAT_WORDS},
            **more,
        )


#: The words that formats say themselves.
_FORMAT_WORDS = (
    "contents", "search", "search_none", "search_found", "skip", "theme", "print", "no_fit", "because",
)  # fmt: skip
