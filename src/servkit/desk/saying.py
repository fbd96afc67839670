"""Choosing a script by what was typed, and filling it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from servkit.answer.selection import in_force
from servkit.book.problem import UnknownNameError
from servkit.desk.asking import Typed, ask, make_case, split_fact
from servkit.scripts.fill import Filled, fill, placeholders, with_value
from servkit.scripts.placeholders import script_language, script_values, term_references
from servkit.text import fold

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from servkit.answer.case import Customer
    from servkit.answer.result import Answer
    from servkit.book.entries import Entry
    from servkit.desk.opening import DeskBook


class Choice(NamedTuple):
    """A script that may be meant."""

    id: str
    short: str | None
    title: str


def choose(book: DeskBook, wanted: str) -> str | list[Choice]:
    """The id of the script that is meant, or several that may be: by shortcode, id, the beginning of either, or words.

    Raises UnknownNameError where nothing fits.
    """
    shelf = book.shelf
    codes = shelf.shortcodes()
    if wanted in codes:
        return codes[wanted]
    ids = shelf.ids(("script",))
    if wanted in ids:
        return wanted
    low = wanted.lower()
    begin = sorted({id_ for id_ in ids if id_.startswith(low)} | {codes[code] for code in codes if code.startswith(low)})
    if len(begin) == 1:
        return begin[0]
    found = begin or _by_words(book, wanted)
    if not found:
        raise UnknownNameError("script", wanted, (*ids, *codes))
    return found[0] if len(found) == 1 else [_choice(book, id_) for id_ in found]


def _choice(book: DeskBook, id_: str) -> Choice:
    entry = book.shelf.versions("script", id_)[0]
    return Choice(id_, entry.logic.get("short"), book.settings.pick(entry.prose.get("title")))


def _by_words(book: DeskBook, wanted: str) -> list[str]:
    """The scripts that hold every word; where one alone has them all in its name, that one."""
    words = fold(wanted).split()
    entries = book.shelf.search(words, ("script",)) if words else []
    named = [entry for entry in entries
             if all(word in fold(f"{entry.id} {book.settings.pick(entry.prose.get('title'))}") for word in words)]  # fmt: skip
    return sorted({entry.id for entry in (named or entries)})


def say(
    book: DeskBook, id_: str, typed: Typed, customer: Customer | None, ask_for: Callable[[str, str], str] | None
) -> Filled:
    """The script filled. ``ask_for`` (name, question) asks a person for what is missing, where there is one."""
    entry = script_in_force(book, id_, typed)
    settings = book.settings
    case = make_case(book, typed, customer, blanks=True)
    language = script_language(entry, case.language, settings)
    text = settings.pick(entry.prose["say"], language)
    documents = {ref.partition(".")[0] for ref in term_references(placeholders(text))}
    about = tuple(sorted(id_ for id_ in documents if book.shelf.of_id(id_)))
    from dataclasses import replace

    answer = ask(book, replace(case, about=about or (entry.id,)))
    blanks = {name: value for name, value in map(split_fact, typed.facts) if name not in settings.names}
    values: dict[str, Any] = script_values(answer, language, book.desk.agent, blanks)
    filled = fill(text, values)
    if filled.missing and ask_for is not None:
        for name in filled.missing:
            values = with_value(values, name, ask_for(name, _question(book, name, case.language)))
        filled = fill(text, values)
    return filled._replace(missing=tuple(_wanted(name, answer) for name in filled.missing))


def _wanted(name: str, answer: Answer) -> str:
    """What has to be known for a placeholder: for a term that is open, the unknowns that decide it."""
    ref = name.removeprefix("terms.")
    asked = [ask.name for ask in answer.ask if ref in ask.decides]
    return f"{name} ({' and '.join(asked)})" if ref != name and asked else name


def script_in_force(book: DeskBook, id_: str, typed: Typed) -> Entry:
    """The version of a script that is in force on the day. Raises UnknownNameError where none is."""
    day = make_case(book, Typed(on=typed.on)).on.toordinal()
    versions, problems = in_force(book.shelf.versions("script", id_), day)
    if versions and versions[0].speaks:
        return versions[0].entry
    reason = problems[0].message if problems else versions[0].because if versions else ""
    raise UnknownNameError("script in force", id_, (), reason)


def _question(book: DeskBook, name: str, language: str | None) -> str:
    last = name.rpartition(".")[2]
    variable = book.settings.names.get(last)
    asked = book.settings.pick(variable.ask, language) if variable is not None else ""
    return asked or last.replace("_", " ").capitalize()


def choices_text(choices: Sequence[Choice]) -> str:
    """Several scripts, a line each."""
    width = max(len(choice.short or choice.id) for choice in choices) + 2
    return "".join(f"{(choice.short or choice.id).ljust(width)}{choice.title}\n" for choice in choices)


def how_to_say(missing: Sequence[str]) -> str:
    """The flags that give what is missing."""
    names = [part for name in missing for part in _settable(name)]
    return " ".join(f"--set {name}=…" for name in dict.fromkeys(names))


def _settable(name: str) -> list[str]:
    _, bracket, unknown = name.partition(" (")
    return unknown.rstrip(")").split(" and ") if bracket else [name.rpartition(".")[2]]
