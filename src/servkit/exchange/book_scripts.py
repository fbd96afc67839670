"""The scripts of a book as an exchange sees them: their texts in one language, and what they are called elsewhere."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Any

from servkit.exchange.placeholders_out import Written, write_out
from servkit.exchange.reply import Outgoing
from servkit.exchange.script_table import cells_of_script
from servkit.scripts.localization import ScriptValue

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    from servkit.book.entries import Entry
    from servkit.book.settings import Settings
    from servkit.exchange.vocabulary import Vocabulary


class BookScripts:
    """The scripts of a book. ``entries`` are all its documents, ``language`` is that of the exchange, ``today`` an
    ordinal."""

    def __init__(self, root: Path, settings: Settings, entries: Iterable[Entry], language: str, today: int) -> None:
        self.root, self.settings, self.language, self.today = root, settings, language, today
        self.entries = list(entries)
        self.scripts = [entry for entry in self.entries if entry.kind == "script"]

    @property
    def own_language(self) -> bool:
        """Whether the exchange is in the book's main language."""
        return self.language == self.settings.language

    @property
    def other_language(self) -> str | None:
        """The language of the exchange, where it is not the book's."""
        return None if self.own_language else self.language

    @cached_property
    def ids(self) -> set[str]:
        return {entry.id for entry in self.scripts}

    @cached_property
    def shorts(self) -> set[str]:
        return {short for entry in self.scripts if (short := entry.logic.get("short"))}

    def by_origin(self, tool: str) -> dict[str, Entry]:
        """The scripts that came from a tool, by what they are called there. Of several versions, the one in force."""
        found: dict[str, Entry] = {}
        for entry in sorted(self.scripts, key=lambda entry: entry.in_force(self.today)):
            origin = entry.prose.get("origin")
            if isinstance(origin, dict) and tool in origin:
                found[str(origin[tool])] = entry
        return found

    def in_force(self) -> Sequence[Entry]:
        """The scripts in force today, by their ids."""
        return sorted((entry for entry in self.scripts if entry.in_force(self.today)), key=lambda entry: entry.id)

    def text(self, entry: Entry) -> str | None:
        """What a script says in the language of the exchange; None where it has no text in it."""
        say = entry.prose.get("say")
        if isinstance(say, dict):
            found = say.get(self.language)
            return found if isinstance(found, str) else None
        return say if isinstance(say, str) and self.own_language else None

    def title(self, entry: Entry) -> str:
        """What people call a script."""
        return self.pick(entry.prose.get("title")) or entry.id

    def written(self, text: str, vocabulary: Vocabulary) -> Written:
        """A text of a script for a tool."""
        return write_out(text.strip("\n"), vocabulary, self.settings.name, self.term)

    def outgoing(self, entry: Entry, written: Written) -> Outgoing:
        """A script on its way out."""
        tags: Any = entry.prose.get("tags") or ()
        tags = (tags,) if isinstance(tags, str) else tuple(map(str, tags))
        short, details = entry.logic.get("short"), tuple(cells_of_script(entry, self.pick).items())
        return Outgoing(entry.id, self.title(entry), written.text or "", short, tags, written.fields, details)

    def pick(self, prose: Any) -> str:
        """A text for people in the language of the exchange, on one line."""
        return " ".join(self.settings.pick(prose, self.language).split())

    def term(self, ref: str) -> str | None:
        """What everybody gets of a term, as a script would say it; None where that depends on the case."""
        id_, _, name = ref.partition(".")
        for entry in self.entries:
            if entry.id == id_ and entry.owns_terms and entry.in_force(self.today) and name in entry.terms:
                value = entry.terms[name].value
                plain = value.work_out(_Today(self.today)) if value is not None and not list(value.names()) else None
                return str(ScriptValue(plain, self.language)) if plain is not None else None
        return None


class _Today:
    """The facts of no case at all: only the day is known."""

    def __init__(self, today: int) -> None:
        self.today = today

    def day(self, _name: str) -> int | None:
        return None

    def size(self, name: str) -> Any:
        raise KeyError(name)
