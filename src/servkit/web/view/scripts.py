"""Scripts on a page: filled, with a field for every blank, in every language that they have."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, NamedTuple

from servkit.answer.answer_json import as_list
from servkit.answer.script_input import script_input
from servkit.scripts.fill import fill
from servkit.scripts.filled_script import ScriptError
from servkit.scripts.localization import language_name
from servkit.scripts.script_values import script_language, with_value

if TYPE_CHECKING:
    from collections.abc import Mapping

    from servkit.book.entries import Entry
    from servkit.desk.answer_phrases import AnswerPhrases

#: Around the number of a blank while its script is filled. A private character: no author and no customer means it.
_OPEN, _CLOSE = "\ue000", "\ue001"
_BLANK = re.compile(f"{_OPEN}(\\d+){_CLOSE}")
_ROOTS = ("customer.", "facts.", "terms.")


class Part(NamedTuple):
    """Text of a script, or a blank: then ``name`` is what fills it, and ``text`` what was typed so far."""

    text: str
    name: str = ""
    label: str = ""


class Version(NamedTuple):
    """A script in one language. Where there is a ``fault``, its text is not to be used."""

    language: str
    language_name: str
    parts: tuple[Part, ...]
    fault: str = ""


class ScriptBox(NamedTuple):
    """A script. The first version is the one to say."""

    id: str
    short: str
    title: str
    versions: tuple[Version, ...]
    ask: tuple[str, ...]


class ScriptViews:
    """Makes the scripts of one answer. ``typed`` has what was typed into blanks, by name. With ``brief``, a script is
    only its name: nobody reads all of them."""

    def __init__(self, said: AnswerPhrases, agent: str | None, typed: Mapping[str, str], *, brief: bool) -> None:
        self.said, self.agent, self.typed, self.brief = said, agent, typed, brief
        self._values: dict[str, Mapping[str, Any]] = {}

    def script(self, entry: Entry) -> ScriptBox:
        """One script."""
        settings, case = self.said.answer.settings, self.said.answer.case
        first = script_language(entry, case.language, settings)
        say = entry.prose.get("say")
        languages = dict.fromkeys((first, *(map(str, say) if isinstance(say, dict) else ())))
        return ScriptBox(
            entry.id,
            entry.logic.get("short") or entry.id,
            self.said.title(entry),
            () if self.brief else tuple(self._version(entry, language) for language in languages),
            () if self.brief else tuple(settings.pick(text, case.language) for text in as_list(entry.prose.get("ask"))),
        )

    def _version(self, entry: Entry, language: str) -> Version:
        gettext, name = self.said.phrases.words.gettext, language_name(language)
        if language not in self._values:
            self._values[language] = script_input(self.said.answer, language, self.agent)
        values = self._values[language]
        text = self.said.answer.settings.pick(entry.prose["say"], language)
        try:
            filled = fill(text, values, language)
            blanks = filled.missing
            if blanks:
                filled = fill(text, _marked(values, blanks), language)
        except ScriptError as bad:
            return Version(language, name, (), gettext("cannot be filled: {fault}", fault=bad))
        if filled.foreign:
            names = ", ".join(dict.fromkeys(blank.text for blank in filled.foreign))
            return Version(language, name, (), gettext("can't be said: nothing fills {names}", names=names))
        return Version(language, name, tuple(_parts(filled.text.strip(), blanks, self.typed)))


def _marked(values: Mapping[str, Any], blanks: tuple[str, ...]) -> Mapping[str, Any]:
    """The values, with a mark for each blank in place of what is missing."""
    for number, name in enumerate(blanks):
        values = with_value(values, name, f"{_OPEN}{number}{_CLOSE}")
    return values


def _parts(text: str, blanks: tuple[str, ...], typed: Mapping[str, str]) -> list[Part]:
    parts, end = [], 0
    for found in _BLANK.finditer(text):
        number = int(found[1])
        if number < len(blanks):
            name = blanks[number]
            parts += [Part(text[end : found.start()]), Part(typed.get(name, ""), name, _label(name))]
            end = found.end()
    return [part for part in (*parts, Part(text[end:])) if part.text or part.name]


def _label(name: str) -> str:
    for root in _ROOTS:
        name = name.removeprefix(root)
    return name.replace(".", " ").replace("_", " ")
