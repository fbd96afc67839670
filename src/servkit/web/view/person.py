"""The person an answer is for, as a page shows them."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from servkit.answer.answer_json import answer_because, as_list, note_json

if TYPE_CHECKING:
    from collections.abc import Iterator

    from servkit.answer.case import Customer
    from servkit.answer.result import Ask
    from servkit.book.settings import Attribute
    from servkit.desk.answer_phrases import AnswerPhrases
    from servkit.desk.reasons import Reason


class Note(NamedTuple):
    """Something that is known of the customer, and where from."""

    text: str
    source: str = ""


class Notes(NamedTuple):
    """Notes under a heading. ``sort`` is the name of their list."""

    sort: str
    title: str
    notes: tuple[Note, ...]


class Promised(NamedTuple):
    """A promise that counts for the customer."""

    name: str
    value: str
    source: str = ""


class Group(NamedTuple):
    """A segment, what to do for its customers, and why this customer is in it."""

    title: str
    because: str
    do: tuple[str, ...]
    why: Reason | None


class PersonBox(NamedTuple):
    """The person. ``key`` is what stays in view, ``more`` the rest."""

    id: str | None
    name: str
    key: tuple[Notes, ...]
    promised: tuple[Promised, ...]
    more: tuple[Notes, ...]
    lately: tuple[Note, ...]
    groups: tuple[Group, ...]
    perhaps: tuple[Note, ...]


class Question(NamedTuple):
    """Something to ask. ``control`` is ``choice`` or the type of what is typed; ``choices`` are pairs of the value and
    what a person reads; ``typed`` is what somebody typed that could not be read, with the ``fault``."""

    name: str
    text: str
    decides: tuple[str, ...]
    control: str
    choices: tuple[tuple[str, str], ...]
    example: str
    typed: str = ""
    fault: str = ""


class Known(NamedTuple):
    """A fact that was given in this session. ``keep``: the journal can remember it."""

    name: str
    title: str
    value: str
    keep: bool


def person_box(said: AnswerPhrases, reasons: tuple[Reason, ...]) -> PersonBox:
    """The person as a page shows them."""
    answer, gettext = said.answer, said.phrases.words.gettext
    customer = answer.case.customer
    why = {reason.text: reason for reason in reasons}
    groups = tuple(
        Group(
            said.title(entry),
            said.phrases.because(answer_because(answer, entry.id)),
            tuple(map(said.pick, as_list(entry.prose.get("do")))) if entry.id in answer.told else (),
            why.get(entry.id),
        )
        for entry in answer.segments
    )
    perhaps = tuple(
        Note(
            gettext("might be {segment}", segment=said.title(found.entry)),
            gettext("not known yet: {names}", names=said.phrases.names(found.ask)),
        )
        for found in answer.might_be
    )
    if customer is None:
        return PersonBox(None, gettext("Unknown customer"), (), (), (), (), groups, perhaps)
    lists = (
        ("priorities", gettext("What matters")),
        ("expectations", gettext("Expects")),
        ("pace", gettext("Pace")),
        ("signals", gettext("Signals")),
    )
    noted = [Notes(sort, title, notes) for sort, title in lists if (notes := _notes(customer, sort, said))]
    recent = customer.journal.recent if customer.journal is not None else ()
    return PersonBox(
        customer.id,
        customer.name or customer.id,
        tuple(notes for notes in noted if notes.sort == "priorities"),
        tuple(_promised(customer, said)),
        tuple(notes for notes in noted if notes.sort != "priorities"),
        tuple(Note(said.lately(entry), said.phrases.written(entry["on"])) for entry in recent),
        groups,
        perhaps,
    )


def _notes(customer: Customer, sort: str, said: AnswerPhrases) -> tuple[Note, ...]:
    language = said.answer.case.language
    written = [note_json(note, said.answer.settings.pick, language) for note in customer.notes_on(sort)]
    return tuple(
        Note(
            note["say"],
            ", ".join(said.phrases.written(str(note[part])) for part in ("by", "noted") if part in note),
        )
        for note in written
    )


def _promised(customer: Customer, said: AnswerPhrases) -> Iterator[Promised]:
    """The journal's promises, newest first, then those of the customer's document."""
    phrases, gettext = said.phrases, said.phrases.words.gettext
    for promise in customer.journal.promises if customer.journal is not None else ():
        until = gettext("until {day}", day=phrases.written(promise.until)) if promise.until else ""
        source = ", ".join(filter(None, (promise.by, phrases.written(promise.noted), until)))
        yield Promised(said.term_title(promise.term), phrases.written(promise.value), source)
    written = customer.notes.get("promised")
    for ref in customer.entry.overrides if customer.entry is not None else ():
        raw = written.get(ref) if isinstance(written, dict) else None
        yield Promised(said.term_title(ref), said.promised_in_document(raw))


def questions(said: AnswerPhrases, typed: dict[str, tuple[str, str]]) -> tuple[Question, ...]:
    """What to ask, in the order of the book. ``typed`` has answers that could not be read, with the fault of each."""
    return tuple(_question(ask, said, typed.get(ask.name, ("", ""))) for ask in said.answer.questions)


def _question(ask: Ask, said: AnswerPhrases, typed: tuple[str, str]) -> Question:
    gettext, settings = said.phrases.words.gettext, said.answer.settings
    text = said.pick(ask.question) or gettext("{name}?", name=said.phrases.name(ask.name))
    variable = settings.variables.get(ask.name)
    control, choices = _control(variable, said)
    return Question(ask.name, text, tuple(said.decided(ask.decides)), control, choices, _example(control, said), *typed)


def _control(variable: Attribute | None, said: AnswerPhrases) -> tuple[str, tuple[tuple[str, str], ...]]:
    gettext = said.phrases.words.gettext
    if variable is not None and variable.type == "flag":
        return "choice", (("yes", gettext("yes")), ("no", gettext("no")))
    if variable is not None and variable.of:
        return "choice", tuple((one, one) for one in variable.of)
    return (variable.type if variable is not None else "text"), ()


def _example(control: str, said: AnswerPhrases) -> str:
    """How people type an answer."""
    gettext = said.phrases.words.gettext
    if control == "money":
        return f"40 {said.answer.settings.currency or 'USD'}"
    examples = {
        "duration": gettext("2 hours"),
        "date": gettext("2026-03-01, or yesterday"),
        "time": "09:30",
        "percent": "10 %",
        "number": "3",
        "list": gettext("one; another"),
    }
    return examples.get(control, "")


def known(said: AnswerPhrases) -> tuple[Known, ...]:
    """The facts that were given, in the order of the book."""
    names, given = said.answer.settings.names, said.answer.case.given
    return tuple(
        Known(name, said.phrases.name(name), said.phrases.value(value), not names[name].fact)
        for name in names
        if (value := given.get(name)) is not None
    )
