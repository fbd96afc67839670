"""Scenarios: a case with what the answer must be, and how the answer differs from it (BOOK.md 8)."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING, Any, NamedTuple

from servkit.answer.answer_json import amount_json, as_list, moment
from servkit.answer.case import Case, Customer
from servkit.book.entries import Entry
from servkit.book.intervals import Range
from servkit.book.literals import read_as
from servkit.book.problems import UnknownNameError, ValueProblem
from servkit.book.values import list_value
from servkit.text import enumeration

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from servkit.answer.case import DueClock
    from servkit.answer.result import Answer, TermAnswer
    from servkit.book.intervals import Amount
    from servkit.book.library import Library
    from servkit.book.settings import Settings
    from servkit.book.values import Value

_STATES = ("open", "conflict", "none")


class Difference(NamedTuple):
    """One difference from what is expected; ``where`` leads to it in the scenario's document."""

    where: tuple[str | int, ...]
    expected: str
    got: str


def case_of(
    entry: Entry,
    library: Library,
    find: Callable[[str], Customer | None],
    clock: DueClock | None = None,
) -> Case:
    """The case that a scenario describes. Raises UnknownNameError or ValueProblem where it cannot be read."""
    prose, settings = entry.prose, library.settings
    given = prose["given"]
    who = prose.get("customer")
    customer = None
    if isinstance(who, str):
        customer = find(who)
        if customer is None:
            raise UnknownNameError("customer", who)
    elif who is not None:
        customer = customer_in_place(who, entry, settings)
    start = given.get("from")
    for kind, name, known in (
        ("role", given.get("role"), settings.roles),
        ("channel", given.get("channel"), settings.channels),
    ):
        if name is not None and name not in known:
            raise UnknownNameError(kind, name, known)
    return Case(
        on=date.fromisoformat(given["today"]),
        customer=customer,
        about=tuple(as_list(prose.get("about"))),
        given={name: fact_value(name, raw, settings) for name, raw in (given.get("facts") or {}).items()},
        role=given.get("role"),
        channel=given.get("channel"),
        office=given.get("office"),
        level=given.get("level"),
        start=datetime.fromisoformat(start) if start else None,
        clock=clock,
    )


def fact_value(name: str, raw: Any, settings: Settings) -> Value | None:
    """A fact or attribute given for one case; None where it is left empty, which makes it unknown."""
    variable = settings.names.get(name)
    if variable is None:
        raise UnknownNameError("attribute or fact", name, tuple(settings.names))
    if raw is None:
        return None
    if variable.type == "list":
        return list_value([str(item) for item in as_list(raw)])
    if not isinstance(raw, str):
        raise ValueProblem(f"{name}: write one value")
    return variable.checked(read_as(variable.type, raw, variable.of, settings.vocabulary, settings.currency))


def customer_in_place(who: Mapping[str, Any], entry: Entry, settings: Settings) -> Customer:
    """A customer described inside a scenario."""
    attributes = {}
    for name, raw in (who.get("attributes") or {}).items():
        value = fact_value(name, raw, settings)
        if value is not None:
            attributes[name] = value
    return Customer(
        who.get("id") or "-", who.get("name"), attributes, entry.path, entry.line, _in_place_entry(who, entry)
    )


def _in_place_entry(who: Mapping[str, Any], entry: Entry) -> Entry:
    logic = {
        "kind": "customer",
        "id": who.get("id") or "-",
        "line": entry.line,
        "overrides": entry.logic.get("overrides", {}),
    }
    return Entry(entry.path, logic, who)


def differences(entry: Entry, answer: Answer) -> list[Difference]:
    """How the answer differs from what the scenario expects; empty where it holds."""
    return list(_Check(entry, answer).run())


class _Check:
    def __init__(self, entry: Entry, answer: Answer) -> None:
        self.expect: Mapping[str, Any] = entry.prose.get("expect") or {}
        self.answer = answer
        self.found: list[Difference] = []

    def run(self) -> list[Difference]:
        answer = self.answer
        self._exactly("segments", [entry.id for entry in answer.segments])
        self._exactly("might_be", [found.entry.id for found in answer.might_be])
        self._exactly("ask", [ask.name for ask in answer.ask])
        self._exactly("uncovered", list(answer.uncovered))
        for ref, expected in (self.expect.get("terms") or {}).items():
            self._term(ref, expected)
        for ref, expected in (self.expect.get("you_may") or {}).items():
            self._you_may(ref, expected)
        for key in ("may_be", "you_may_be"):
            for ref, expected in (self.expect.get(key) or {}).items():
                self._possible(key, ref, expected)
        for ref, expected in (self.expect.get("due") or {}).items():
            term = answer.terms.get(ref)
            got = moment(term.due) if term is not None and term.due is not None else "no due time"
            if got != expected:
                self._note(("due", ref), expected, got)
        self._documents()
        return self.found

    def _note(self, where: tuple[str | int, ...], expected: str, got: str) -> None:
        self.found.append(Difference(("expect", *where), expected, got))

    def _exactly(self, key: str, got: list[str]) -> None:
        expected = self.expect.get(key)
        if expected is not None and sorted(as_list(expected)) != sorted(got):
            self._note((key,), _words(as_list(expected)), _words(got))

    def _term(self, ref: str, expected: Any) -> None:
        term = self.answer.terms.get(ref)
        got = _state(term)
        state = expected.get("state") if isinstance(expected, dict) else expected if expected in _STATES else None
        if term is not None and term.term.type in ("text", "choice") and not isinstance(expected, dict):
            # where a value could be that word, a state is written {state: open}
            state = None if term.state == "settled" else state
        if state is not None:
            if (term.state if term is not None else "none") != state:
                self._note(("terms", ref), str(state), got)
            return
        if term is None or term.value is None or not _same(term, term.value, expected, self.answer.settings):
            self._note(("terms", ref), _expected_words(expected), got)

    def _you_may(self, ref: str, expected: Any) -> None:
        term = self.answer.terms.get(ref)
        value = term.you_may if term is not None else None
        got = "none" if value is None else str(value)
        if expected == "none":
            if value is not None:
                self._note(("you_may", ref), "none", got)
        elif term is None or value is None or not _same(term, value, expected, self.answer.settings):
            self._note(("you_may", ref), _expected_words(expected), got)

    def _possible(self, key: str, ref: str, expected: Any) -> None:
        """The possible values of a term, or of how far the role may go; one that is settled is the only one."""
        term = self.answer.terms.get(ref)
        found: tuple[Amount | None, ...] = ()
        if term is not None:
            only = term.value if key == "may_be" else None
            found = (only,) if only is not None else term.may_be if key == "may_be" else term.you_may_be
        wanted = as_list(expected)
        left = list(found)
        for raw in wanted:
            match = next((amount for amount in left if _same_amount(term, amount, raw, self.answer.settings)), _NONE)
            if match is _NONE:
                break
            left.remove(match)
        else:
            if not left:
                return
        got = enumeration(map(_amount, found), "or") if found else "none"
        self._note((key, ref), enumeration([_raw_words(raw) for raw in wanted], "or") if wanted else "none", got)

    def _documents(self) -> None:
        documents = self.answer.documents
        for index, name in enumerate(as_list(self.expect.get("applies"))):
            if not self._applies(name):
                why = next(
                    (str(left.because) for left in self.answer.left_out if name in (left.entry.id, left.entry.name)), ""
                )
                self._note(("applies", index), name, f"left out: {why}" if why else "not part of what was asked")
        for index, name in enumerate(as_list(self.expect.get("does_not_apply"))):
            if self._applies(name):
                self._note(("does_not_apply", index), f"not {name}", "it applies")
        scripts = [entry.id for entry in documents["script"]]
        for index, name in enumerate(as_list(self.expect.get("say"))):
            if name not in scripts:
                self._note(("say", index), name, _words(scripts))

    def _applies(self, name: str) -> bool:
        """``kind:id``, or an id: the standard or policy, else any kind."""
        kind, colon, id_ = name.partition(":")
        if colon:
            return any(entry.id == id_ for entry in self.answer.documents.get(kind, ()))
        left = {(out.entry.kind, out.entry.id) for out in self.answer.left_out}
        owners = [kind for kind in self.answer.settings.owners if (kind, name) in left or self._has(kind, name)]
        return any(self._has(kind, name) for kind in owners or self.answer.documents)

    def _has(self, kind: str, id_: str) -> bool:
        return any(entry.id == id_ for entry in self.answer.documents[kind])


def _same(term: TermAnswer, value: Value, expected: Any, settings: Settings) -> bool:
    try:
        if term.term.type == "list":
            return value.key == list_value([str(item) for item in as_list(expected)]).key
        return (
            isinstance(expected, str)
            and read_as(term.term.type, expected, term.term.of, settings.vocabulary).key == value.key
        )
    except ValueProblem:
        return False


#: No amount matches.
_NONE: Any = object()


def _same_amount(term: TermAnswer | None, amount: Amount | None, raw: Any, settings: Settings) -> bool:
    """Whether an amount is what a scenario states: a value, the ends of a range, or nothing."""
    if term is None or amount is None or raw in (None, "null"):
        return term is not None and amount is None and raw in (None, "null")
    if isinstance(amount, Range) or isinstance(raw, dict):
        if not (isinstance(amount, Range) and isinstance(raw, dict)):
            return False
        ends = {key: end for key, end in (("at_least", amount.low), ("at_most", amount.high)) if end is not None}
        return ends.keys() == raw.keys() and all(_same(term, ends[key], raw[key], settings) for key in ends)
    return _same(term, amount, raw, settings)


def _raw_words(raw: Any) -> str:
    if isinstance(raw, dict):
        return " ".join(f"{key.replace('_', ' ')} {end}" for key, end in raw.items()) or "any amount"
    return "no value" if raw in (None, "null") else str(raw)


def _state(term: TermAnswer | None) -> str:
    if term is None:
        return "none"
    if term.state == "open":
        return "open: " + enumeration(map(_amount, term.may_be), "or")
    if term.state == "conflict":
        return "conflict: " + " against ".join(f"{_amount(amount)} ({origin.id})" for amount, origin in term.between)
    return str(term.value)


def _amount(amount: Any) -> str:
    if isinstance(amount, Range):
        ends = amount_json(amount)
        return " ".join(f"{name.replace('_', ' ')} {end}" for name, end in ends.items()) or "any amount"
    return "no value" if amount is None else str(amount)


def _expected_words(expected: Any) -> str:
    return _words(expected) if isinstance(expected, list) else str(expected)


def _words(names: list[str]) -> str:
    return ", ".join(names) or "none"
