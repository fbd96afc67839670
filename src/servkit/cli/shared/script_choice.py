"""Choosing a script by what was typed, and filling it."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, NamedTuple

from servkit.answer.scope import in_force
from servkit.answer.script_input import script_input
from servkit.book.problems import UnknownNameError, ValueProblem
from servkit.cli.shared.request import LONGEST_NAME, Typed, ask, make_case, split_fact
from servkit.scripts.fill import fill, placeholders
from servkit.scripts.script_values import script_language, term_references, with_value
from servkit.text import fold, width

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from servkit.answer.case import Customer
    from servkit.answer.result import Answer
    from servkit.book.entries import Entry
    from servkit.cli.shared.desk import DeskBook
    from servkit.scripts.filled_script import Filled
    from servkit.terminal.layout import Screen


#: Asks a person for what is missing: its name, and the question.
AskFor = Callable[[str, str], str]

_AT_THE_DESK = frozenset({"role", "channel", "office"})
_LIST = "servkit list script lists them"


class Choice(NamedTuple):
    """A script that may be meant."""

    id: str
    short: str | None
    title: str


class Missing(NamedTuple):
    """A placeholder without a value, and the names that would give it one (none, where nothing does)."""

    name: str
    by: tuple[str, ...]


class Said(NamedTuple):
    """A script filled; where something is missing, the text is not to be used."""

    text: str
    missing: tuple[Missing, ...]


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
    low = wanted.strip().lower()
    if not low or len(low) > LONGEST_NAME:
        raise UnknownNameError("script", wanted, (), _LIST)
    begin = sorted(
        {id_ for id_ in ids if id_.startswith(low)} | {codes[code] for code in codes if code.startswith(low)}
    )
    if len(begin) == 1:
        return begin[0]
    found = begin or _by_words(book, wanted)
    if not found:
        titles = [book.settings.pick(entry.prose.get("title")) for entry in shelf.all("script")]
        raise UnknownNameError("script", wanted, (*ids, *codes, *titles), _LIST)
    return found[0] if len(found) == 1 else [_choice(book, id_) for id_ in found]


def _choice(book: DeskBook, id_: str) -> Choice:
    entry = book.shelf.versions("script", id_)[0]
    return Choice(id_, entry.logic.get("short"), book.settings.pick(entry.prose.get("title")))


def _by_words(book: DeskBook, wanted: str) -> list[str]:
    """The scripts that hold every word; where one alone has them all in its name, that one."""
    words = fold(wanted).split()
    entries = book.shelf.search(words, ("script",)) if words else []
    title = book.settings.pick
    named = [
        entry
        for entry in entries
        if all(word in fold(f"{entry.id} {title(entry.prose.get('title'))}") for word in words)
    ]
    return sorted({entry.id for entry in (named or entries)})


def say(book: DeskBook, id_: str, typed: Typed, customer: Customer | None, ask_for: AskFor | None) -> Said:
    """The script filled. ``ask_for`` (name, question) asks a person for what is missing, where there is one."""
    entry = script_in_force(book, id_, typed)
    asked: dict[str, str] = {}
    own: dict[str, str] = {}
    while True:
        answer, filled = _filled(book, entry, typed, customer, own)
        missing = [_missing(name, answer) for name in filled.missing]
        wanted = [name for one in missing for name in one.by if name not in asked]
        if not wanted or ask_for is None:
            return Said(filled.text, tuple(missing))
        for name in dict.fromkeys(wanted):
            asked[name] = _asked(book, name, ask_for, answer.case.language)
            if "." in name:
                own[name] = asked[name]
            else:
                typed = typed._replace(facts=(*typed.facts, f"{name}={asked[name]}"))


def _asked(book: DeskBook, name: str, ask_for: AskFor, language: str | None) -> str:
    """What a person answers, asked again where it is no value of its sort."""
    question = _question(book, name, language)
    told = ""
    while True:
        reply = ask_for(name, told + question)
        try:
            make_case(book, Typed(facts=(f"{name}={reply}",)), blanks=True)
        except ValueProblem as bad:
            told = f"{str(bad).removeprefix(f'--set {name}: ')}. "
        else:
            return reply


def _filled(
    book: DeskBook, entry: Entry, typed: Typed, customer: Customer | None, own: Mapping[str, str]
) -> tuple[Answer, Filled]:
    """The script with what is known; ``own`` are values of dotted names, such as ``agent.name``."""
    settings = book.settings
    case = make_case(book, typed, customer, blanks=True)
    language = script_language(entry, case.language, settings)
    text = settings.pick(entry.prose["say"], language)
    documents = {ref.partition(".")[0] for ref in term_references(placeholders(text))}
    about = tuple(sorted(id_ for id_ in documents if book.shelf.of_id(id_)))
    answer = ask(book, case._replace(about=about or (entry.id,)))
    blanks = {name: value for name, value in map(split_fact, typed.facts) if name not in settings.names}
    values = script_input(answer, language, book.desk.agent, blanks)
    for name, value in own.items():
        values = with_value(values, name, value)
    return answer, fill(text, values)


def _missing(name: str, answer: Answer) -> Missing:
    """What would fill a placeholder: for a term, the unknowns that decide it, or whether it is there."""
    root, _, rest = name.partition(".")
    if root == "terms":
        owner = rest.partition(".")[0]
        deciding = {rest, f"policy:{owner}", f"standard:{owner}"}
        unknown = tuple(ask.name for ask in answer.ask if deciding & set(ask.decides) and ask.name not in _AT_THE_DESK)
        return Missing(name, unknown)
    return Missing(name, (rest,) if root in ("customer", "facts") and rest in answer.settings.names else (name,))


def script_in_force(book: DeskBook, id_: str, typed: Typed) -> Entry:
    """The version of a script that is in force on the day. Raises UnknownNameError where none is."""
    day = make_case(book, Typed(on=typed.on)).on.toordinal()
    versions, problems = in_force(book.shelf.versions("script", id_), day)
    if versions and versions[0].speaks:
        return versions[0].entry
    reason = problems[0].message if problems else versions[0].because if versions else ""
    raise UnknownNameError("script in force", id_, (), reason)


def _question(book: DeskBook, name: str, language: str | None) -> str:
    variable = book.settings.names.get(name)
    asked = book.settings.pick(variable.ask, language) if variable is not None else ""
    return asked or {"agent.name": "Your name"}.get(name) or name.replace(".", " ").replace("_", " ").capitalize()


def choices_text(choices: Sequence[Choice], screen: Screen) -> None:
    """Several scripts, a line each."""
    column = min(max(width(choice.short or choice.id) for choice in choices) + 2, 32)
    for choice in choices:
        screen.pair(choice.short or choice.id, choice.title, indent=0, column=column)


def how_to_say(missing: Sequence[Missing], *, known: bool) -> str:
    """What a script needs, and the flags that give it; ``known``: whose script it is has been said."""
    names = list(dict.fromkeys(name for one in missing for name in one.by))
    flags = [f"--set {name}=…" for name in names if "." not in name]
    flags += ["--agent NAME"] if "agent.name" in names else []
    about_them = any(one.name.startswith("customer.") or (one.name.startswith("terms.") and one.by) for one in missing)
    ways = (["name the customer"] if about_them and not known else []) + ([f"say {' '.join(flags)}"] if flags else [])
    needs = ", ".join(one.name for one in missing)
    return f"{needs}; {' or '.join(ways)}" if ways else f"{needs}, which has no one value here"
