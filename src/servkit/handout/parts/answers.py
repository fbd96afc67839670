"""The book's answer to a scenario, for people who are learning it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from servkit.answer.answer_json import moment
from servkit.answer.resolver import resolve
from servkit.answer.scenario import case_of
from servkit.answer.script_input import script_input
from servkit.book.intervals import Range
from servkit.handout.model import Block, Run, Runs, text
from servkit.handout.parts.common import bullets
from servkit.handout.prose import CLOSE as _CLOSE
from servkit.handout.prose import OPEN as _OPEN
from servkit.handout.prose import filled_runs, script_runs
from servkit.scripts.fill import fill
from servkit.scripts.filled_script import ScriptError
from servkit.scripts.script_values import with_value

if TYPE_CHECKING:
    from servkit.answer.result import Answer, TermAnswer
    from servkit.book.entries import Entry
    from servkit.handout.material import Material

#: Nobody takes in more terms than this from a card while somebody acts.
MAX_TERMS = 9


def answer_of(material: Material, entry: Entry) -> Answer:
    """The book's answer to a scenario. Raises UnknownNameError or ValueProblem where the scenario has a mistake."""
    case = case_of(entry, material.library, material.find, material.clock())
    return resolve(material.library, case._replace(language=material.language))


class Person(NamedTuple):
    """The customer of a scenario: what everybody may know, and what only those know who look closely."""

    name: str
    #: What is on file: attributes, and then what they care about.
    on_file: tuple[Runs, ...]
    cares_about: tuple[Runs, ...]
    signals: tuple[Runs, ...]


def person_of(material: Material, entry: Entry, answer: Answer | None) -> Person:
    """The customer of a scenario."""
    who = entry.prose.get("customer")
    customer = answer.case.customer if answer is not None else None
    if customer is None:
        name = str(who.get("name") or "") if isinstance(who, dict) else ""
        return Person(name, (), (), ())
    on_file = tuple(
        text(f"{material.phrases.name(name)}: {value_words}")
        for name, value in customer.attributes.items()
        if (value_words := material.phrases.value(value))
    )

    def notes(*keys: str) -> tuple[Runs, ...]:
        every = (note for key in keys for note in customer.notes_on(key))
        return tuple(words for note in every if (words := note_words(material, note)))

    name = customer.name or customer.id
    return Person(name, on_file, notes("priorities", "expectations"), notes("pace", "signals"))


def facts_of(material: Material, entry: Entry, answer: Answer | None) -> tuple[Runs, ...]:
    """What is true in the case, and has to be asked for."""
    raw = (entry.prose.get("given") or {}).get("facts") or {}
    typed = answer.case.given if answer is not None else {}
    return tuple(
        text(f"{material.phrases.name(name)}: {material.phrases.value(value) if value is not None else raw[name]}")
        for name in raw
        if raw[name] is not None
        for value in (typed.get(name),)
    )


def words_to_say(material: Material, ids: list[Any], answer: Answer) -> tuple[Block, ...]:
    """Scripts by id, said to the customer of the answer: with its amounts, and blanks for what is not known."""
    found = [entry for id_ in ids if (entry := material.entry("script", str(id_))) is not None]
    values = script_input(answer, material.language, None)
    return bullets(tuple(_said(material, entry, values) for entry in found))


def _said(material: Material, entry: Entry, values: dict[str, Any]) -> Runs:
    words = material.pick(entry.prose.get("say"))
    try:
        missing = fill(words, values).missing
        for name in missing:
            values = with_value(values, name, f"{_OPEN}{name}{_CLOSE}")
        return filled_runs(fill(words, values).text, material.blank_title)
    except ScriptError:  # lint reports it
        return script_runs(words, title=material.blank_title)


def note_words(material: Material, note: Any) -> Runs:
    """A note about a customer, without who wrote it down."""
    return material.line(note["say"] if isinstance(note, dict) and "say" in note else note)


def answer_terms(material: Material, answer: Answer, expect: dict[str, Any]) -> tuple[Runs, ...]:
    """The terms that the scenario is about, or all of them: value, where it comes from, and how far the role may go."""
    about = dict.fromkeys(ref for key in ("terms", "you_may", "you_may_be", "due") for ref in expect.get(key) or {})
    chosen = [answer.terms[reference] for reference in about if reference in answer.terms] or list(
        answer.terms_as_written
    )
    return tuple(_term(material, found) for found in chosen[:MAX_TERMS])


def _term(material: Material, found: TermAnswer) -> Runs:
    say, word = material.phrases, material.word
    title = f"{material.title(found.owner)}, {material.term_title(found.term)}: "
    if found.state == "settled" and found.value is not None:
        out: Runs = (Run(title), Run(say.value(found.value), strong=True))
        if found.origin is not None and found.origin.kind in ("segment", "customer"):
            out += (Run(f" ({material.origin_title(found.origin.kind, found.origin.id)})"),)
        if found.due is not None:
            out += (Run(f" → {moment(found.due)}"),)
    elif found.state == "conflict":
        values = " ↔ ".join(_amount(material, amount) for amount, _ in found.between)
        out = (Run(title), Run(values, strong=True))
    else:
        values = f" {word('conditions_or')} ".join(_amount(material, amount) for amount in found.may_be)
        out = (Run(title), Run(values, strong=True))
    if found.you_may_be and found.you_may_be != found.may_be:
        ends = f" {word('conditions_or')} ".join(_amount(material, amount) for amount in found.you_may_be)
        out += (Run(f" · {word('you_may')} {ends}"),)
    elif found.you_may is not None and (found.value is None or found.you_may.key != found.value.key):
        out += (Run(f" · {word('you_may')} {say.value(found.you_may)}"),)
    if found.then is not None:
        out += (Run(f" · {word('and_then')} {material.role_title(found.then.role)}: {say.value(found.then.may)}"),)
    return out


def _amount(material: Material, amount: Any) -> str:
    if amount is None:
        return material.phrases.amount(None)
    if isinstance(amount, Range):
        gettext, say = material.phrases.words.gettext, material.phrases.value
        low = gettext("at least {value}", value=say(amount.low)) if amount.low else ""
        high = gettext("at most {value}", value=say(amount.high)) if amount.high else ""
        return " ".join(filter(None, (low, high))) or "…"
    return material.phrases.value(amount)


def needed(material: Material, answer: Answer) -> tuple[Runs, ...]:
    """The questions whose answers decide what is open."""
    return tuple(text(material.pick(ask.question) or material.phrases.name(ask.name)) for ask in answer.questions)
