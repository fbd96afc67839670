"""What to say, on a screen: the scripts that fit best in full, the others by name."""

from __future__ import annotations

from typing import TYPE_CHECKING

from servkit.answer.answer_json import as_list
from servkit.answer.script_input import script_input
from servkit.scripts.fill import fill
from servkit.scripts.filled_script import ScriptError
from servkit.scripts.script_values import script_language

if TYPE_CHECKING:
    from collections.abc import Sequence

    from servkit.answer.result import Answer
    from servkit.book.entries import Entry
    from servkit.desk.phrases import DeskPhrases
    from servkit.terminal.screen import Screen

#: So many scripts are shown in full; the others by name, and `servkit say` prints them.
FULL_SCRIPTS = 5


class ScriptView:
    """Draws the scripts of one answer."""

    def __init__(self, answer: Answer, screen: Screen, phrases: DeskPhrases, agent: str | None) -> None:
        self.answer, self.screen, self.phrases, self.agent = answer, screen, phrases, agent

    def draw(self, entries: Sequence[Entry]) -> None:
        """The first in full, then the names of the others."""
        for entry in entries[:FULL_SCRIPTS]:
            self._script(entry)
        if entries[FULL_SCRIPTS:]:
            more = self.phrases.words.gettext("more scripts, for {command}:", command="servkit say")
            self.screen.put(more, "dim", indent=2)
            self.names(entries[FULL_SCRIPTS:])

    def names(self, entries: Sequence[Entry]) -> None:
        """A line each: by what to say it, and what it is called."""
        for entry in entries:
            self.screen.pair(entry.logic.get("short") or entry.id, self._title(entry), indent=4, column=24)

    def _title(self, entry: Entry) -> str:
        return self.answer.settings.pick(entry.prose.get("title"), self.answer.case.language) or entry.id

    def _script(self, entry: Entry) -> None:
        screen, answer, gettext = self.screen, self.answer, self.phrases.words.gettext
        short = entry.logic.get("short") or entry.id
        screen.put(f"{self._title(entry)}  [{short}]", "bold", indent=2)
        language = script_language(entry, answer.case.language, answer.settings)
        values = script_input(answer, language, self.agent)
        try:
            filled = fill(answer.settings.pick(entry.prose["say"], language), values, language)
        except ScriptError as bad:
            screen.put(gettext("cannot be filled: {fault}", fault=bad), "red", indent=4)
            return
        if filled.foreign:
            blanks = ", ".join(dict.fromkeys(blank.text for blank in filled.foreign))
            screen.put(f"can't be said: nothing fills {blanks}", "red", indent=4)
        elif filled.missing:
            needs = ", ".join(name.removeprefix("customer.").removeprefix("facts.") for name in filled.missing)
            customer = f" {_word(answer.case.customer.id)}" if answer.case.customer is not None else ""
            command = f"servkit say {_word(short)}{customer}"
            screen.put(gettext("needs {names}: {command}", names=needs, command=command), "dim", indent=4)
        else:
            screen.put(f"{filled.text.strip()}”", indent=4, mark="“", mark_style="green")
        screen.bullets(
            (answer.settings.pick(text, language) for text in as_list(entry.prose.get("ask"))), indent=4, mark="? "
        )


def _word(text: str) -> str:
    """A name as a shell reads it."""
    return (
        text
        if text.isprintable() and not set(text) & set(" '\"\\$`&|;<>()*?[]#~!")
        else "'" + text.replace("'", "'\\''") + "'"
    )
