"""Choosing a script by what was typed, and filling it."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, NamedTuple

from servkit.answer.scope import in_force
from servkit.answer.script_input import script_input
from servkit.book.problems import UnknownNameError
from servkit.desk.field_error import FieldError
from servkit.desk.request import (
    LONGEST_NAME,
    DeskRequest,
    answer_case,
    find_customer,
    make_case,
    split_fact,
    understood,
)
from servkit.desk.suggestions import taken
from servkit.scripts.fill import fill, placeholders
from servkit.scripts.script_values import script_language, term_references, with_value
from servkit.text import clean, enumeration, fold

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from servkit.answer.case import Customer
    from servkit.answer.result import Answer
    from servkit.book.entries import Entry
    from servkit.customers.directory import Match
    from servkit.desk.session import Desk
    from servkit.scripts.filled_script import Filled
    from servkit.scripts.foreign_blanks import ForeignBlank


#: Takes a name and a question, and returns what a person answers.
AskFor = Callable[[str, str], str]

_AT_THE_DESK = frozenset({"role", "channel", "office"})
_LIST = "see servkit list script"


class Choice(NamedTuple):
    """A script that may be meant."""

    id: str
    short: str | None
    title: str


class MissingValue(NamedTuple):
    """A placeholder without a value, and the names that would give it one, if any."""

    name: str
    by: tuple[str, ...]


class FilledScript(NamedTuple):
    """A script in the words of a customer. Where something is ``missing`` or there are ``foreign`` blanks, its text is
    not to be used."""

    text: str
    language: str | None
    missing: tuple[MissingValue, ...] = ()
    foreign: tuple[ForeignBlank, ...] = ()

    @property
    def whole(self) -> bool:
        """Whether the text can be said."""
        return not (self.missing or self.foreign)


class Said(NamedTuple):
    """A script that was chosen and filled; the request as it was understood, and for whom."""

    id: str
    filled: FilledScript
    request: DeskRequest
    customer: Customer | None

    @property
    def text(self) -> str:
        """The text alone, ready to paste."""
        return clean(self.filled.text).strip("\n")

    @property
    def lack(self) -> str:
        """Why the text can't be said; empty where it can."""
        if self.filled.foreign:
            return f"the script {self.id!r} can't be said: {foreign_text(self.filled.foreign)}"
        if self.filled.missing:
            return f"the script {self.id!r} needs {needs_text(self.filled.missing, self.customer is not None)}"
        return ""


def say_script(
    desk: Desk, name: str, request: DeskRequest, ask_for: AskFor | None = None
) -> Said | list[Choice] | list[Match]:
    """A script in the words of a customer; or several scripts, or several customers, that may be meant.

    ``ask_for`` asks a person for what is missing. Raises UnknownNameError or FieldError."""
    chosen = choose_script(desk, name)
    if not isinstance(chosen, str):
        return chosen
    customer = find_customer(desk, request.customer)
    if isinstance(customer, list):
        return customer
    request = understood(desk, request, blanks=True)
    return Said(chosen, fill_script(desk, chosen, request, customer, ask_for), request, customer)


def script_data(said: Said) -> dict[str, Any]:
    """A filled script as data; ``text`` is null where it can't be said, and ``missing`` and ``foreign`` say why."""
    filled = said.filled
    return {
        "schema": "servkit/script/1",
        "script": said.id,
        "customer": None if said.customer is None else said.customer.id,
        "language": filled.language,
        "text": said.text if filled.whole else None,
        "missing": [{"name": one.name, "by": [*one.by]} for one in filled.missing],
        "foreign": [{"text": blank.text, "advice": blank.advice} for blank in filled.foreign],
    }


def choices_data(choices: Sequence[Choice]) -> dict[str, Any]:
    """Several scripts that may be meant, as data."""
    matches = [{"id": choice.id, "name": choice.title, "short": choice.short} for choice in choices]
    return {"schema": "servkit/matches/1", "matches": matches}


def choose_script(desk: Desk, name: str) -> str | list[Choice]:
    """The id of a script, or several that may be meant: by shortcode, id, the beginning of either, or words.

    Raises UnknownNameError where none matches.
    """
    book = desk.book
    codes = book.shortcodes()
    if name in codes:
        return codes[name]
    ids = book.ids(("script",))
    if name in ids:
        return name
    low = name.strip().lower()
    if not low or len(low) > LONGEST_NAME:
        raise UnknownNameError("script", name, (), _LIST)
    begin = sorted(
        {id_ for id_ in ids if id_.startswith(low)} | {codes[code] for code in codes if code.startswith(low)}
    )
    if len(begin) == 1:
        return begin[0]
    matches = begin or _by_words(desk, name)
    if not matches:
        titles = [desk.settings.pick(entry.prose.get("title")) for entry in book.all("script")]
        meant = taken(UnknownNameError("script", name, (*ids, *codes, *titles), _LIST), desk.notice)
        return choose_script(desk, meant)
    return matches[0] if len(matches) == 1 else [_choice(desk, id_) for id_ in matches]


def _choice(desk: Desk, id_: str) -> Choice:
    entry = desk.book.versions("script", id_)[0]
    return Choice(id_, entry.logic.get("short"), desk.settings.pick(entry.prose.get("title")))


def _by_words(desk: Desk, text: str) -> list[str]:
    """The scripts with every word; those with all of them in their names, where there are any."""
    words = fold(text).split()
    entries = desk.book.search(words, ("script",)) if words else []
    title = desk.settings.pick
    named = [
        entry
        for entry in entries
        if all(word in fold(f"{entry.id} {title(entry.prose.get('title'))}") for word in words)
    ]
    return sorted({entry.id for entry in (named or entries)})


def fill_script(
    desk: Desk, id_: str, request: DeskRequest, customer: Customer | None, ask_for: AskFor | None
) -> FilledScript:
    """Fill a script. ``ask_for`` asks a person for what is missing; None where nobody is there to answer."""
    entry = script_in_force(desk, id_, request)
    replies: dict[str, str] = {}
    own: dict[str, str] = {}
    while True:
        answer, language, filled = _filled(desk, entry, request, customer, own)
        if filled.foreign:
            return FilledScript(filled.text, language, (), filled.foreign)
        missing = [_missing(name, answer) for name in filled.missing]
        needed = [name for one in missing for name in one.by if name not in replies]
        if not needed or ask_for is None:
            return FilledScript(filled.text, language, tuple(missing))
        for name in dict.fromkeys(needed):
            replies[name] = _ask(desk, name, ask_for, answer.case.language)
            if "." in name:
                own[name] = replies[name]
            else:
                request = request._replace(facts=(*request.facts, f"{name}={replies[name]}"))


def _ask(desk: Desk, name: str, ask_for: AskFor, language: str | None) -> str:
    """What a person answers. The question comes again where the answer is not a value of its type."""
    question = _question(desk, name, language)
    correction = ""
    while True:
        reply = ask_for(name, correction + question)
        try:
            make_case(desk, DeskRequest(facts=(f"{name}={reply}",)), blanks=True)
        except FieldError as bad:
            correction = f"{bad.message.rstrip('.')}. "
        else:
            return reply


def _filled(
    desk: Desk, entry: Entry, request: DeskRequest, customer: Customer | None, own: Mapping[str, str]
) -> tuple[Answer, str | None, Filled]:
    """The script with what is known. ``own`` has values for dotted names, such as ``agent.name``."""
    settings = desk.settings
    case = make_case(desk, request, customer, blanks=True)
    language = script_language(entry, case.language, settings)
    text = settings.pick(entry.prose["say"], language)
    documents = {ref.partition(".")[0] for ref in term_references(placeholders(text))}
    about = tuple(sorted(id_ for id_ in documents if desk.book.of_id(id_)))
    answer = answer_case(desk, case._replace(about=about or (entry.id,)))
    blanks = {name: value for name, value in map(split_fact, request.facts) if name not in settings.names}
    values = script_input(answer, language, desk.person.agent, blanks)
    for name, value in own.items():
        values = with_value(values, name, value)
    return answer, language, fill(text, values, language)


def _missing(name: str, answer: Answer) -> MissingValue:
    """What would fill a placeholder. For a term: the unknowns that decide its value, or whether it applies."""
    root, _, rest = name.partition(".")
    if root == "terms":
        owner = rest.partition(".")[0]
        deciding = {rest, f"policy:{owner}", f"standard:{owner}"}
        unknown = tuple(
            ask.name for ask in answer.questions if deciding & set(ask.decides) and ask.name not in _AT_THE_DESK
        )
        return MissingValue(name, unknown)
    return MissingValue(name, (rest,) if root in ("customer", "facts") and rest in answer.settings.names else (name,))


def script_in_force(desk: Desk, id_: str, request: DeskRequest) -> Entry:
    """The version of a script that is in force on the day. Raises UnknownNameError where there is none."""
    day = make_case(desk, DeskRequest(on=request.on)).on.toordinal()
    versions, problems = in_force(desk.book.versions("script", id_), day)
    if versions and versions[0].speaks:
        return versions[0].entry
    reason = problems[0].message if problems else str(versions[0].because) if versions else ""
    raise UnknownNameError("script in force", id_, (), reason)


def _question(desk: Desk, name: str, language: str | None) -> str:
    """The question for a person, with what there is to choose from."""
    variable, words = desk.settings.names.get(name), desk.words(language)
    if variable is None:
        if name == "agent.name":
            return words.gettext("Your name")
        return name.replace(".", " ").replace("_", " ").capitalize()
    pick = desk.settings.pick
    question = pick(variable.ask, language) or pick(variable.title, language) or name.replace("_", " ").capitalize()
    choices = variable.of or ((words.gettext("yes"), words.gettext("no")) if variable.type == "flag" else ())
    return f"{question} ({', '.join(choices)})" if choices else question


def foreign_text(blanks: Sequence[ForeignBlank]) -> str:
    """The blanks of other programs in a script, and what to write for the first."""
    names = enumeration(dict.fromkeys(blank.text for blank in blanks))
    return f"nothing fills {names}; in the book, write {blanks[0].advice}"


def needs_text(missing: Sequence[MissingValue], customer_known: bool) -> str:
    """What a script needs, and the flags that give it."""
    names = list(dict.fromkeys(name for one in missing for name in one.by))
    flags = [f"--set {name}=…" for name in names if "." not in name]
    flags += ["--agent NAME"] if "agent.name" in names else []
    of_customer = any(one.name.startswith("customer.") or (one.name.startswith("terms.") and one.by) for one in missing)
    ways = ["name the customer"] if of_customer and not customer_known else []
    ways += [f"add {' '.join(flags)}"] if flags else []
    needs = ", ".join(one.name for one in missing)
    return f"{needs}; {' or '.join(ways)}" if ways else f"{needs}, which has no single value here"
