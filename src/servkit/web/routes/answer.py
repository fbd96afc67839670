"""The answer: for a customer or for anybody, and the steps that change it in place."""

from __future__ import annotations

from typing import TYPE_CHECKING

from servkit.book.problems import ServkitError, UnknownNameError, ValueProblem
from servkit.desk.answers import answer_fingerprint, book_data
from servkit.desk.error_text import error_sentences
from servkit.desk.field_error import FieldError
from servkit.desk.notes import note
from servkit.desk.request import answer_case, make_case, understood
from servkit.message import Message
from servkit.web.case_address import CaseAddress, address_of
from servkit.web.case_memory import CaseMemory, Outcome
from servkit.web.page import Page
from servkit.web.view.answer import Typed, answer_view, changes

if TYPE_CHECKING:
    from starlette.responses import Response

    from servkit.answer.case import Customer
    from servkit.answer.result import Answer
    from servkit.web.visit import Visit


def show_answer(visit: Visit) -> Response:
    """The answer as a page."""
    address = address_of(visit)
    customer = customer_of(visit, address)
    case = memory(visit, address)
    outcome, changed, failed = case.take()
    try:
        answer = answer_to(visit, address, customer, case)
    except (ServkitError, ValueProblem) as fault:
        if not case.facts:
            raise
        case.facts = {}  # the book has changed since they were typed
        outcome = Outcome("failed", error_sentences(fault, visit.words))
        answer = answer_to(visit, address, customer, case)
    visit.open_customer(customer.id, customer.name) if customer is not None else None
    desk, pick = visit.desk, visit.desk.settings.pick
    view = answer_view(
        answer,
        desk.directory.problems(),
        visit.words,
        desk.person.agent,
        Typed(failed, case.blanks),
        changed,
    )
    return visit.render(
        "answer.html",
        address=address,
        view=view,
        outcome=outcome,
        book=book_data(desk),
        fingerprint=answer_fingerprint(desk, answer),
        channels=desk.settings.channels,
        languages=desk.settings.languages,
        reasons=[(code, pick(text, visit.words.language)) for code, text in desk.settings.reasons.items()],
    )


def set_facts(visit: Visit) -> Response:
    """Answer a question, or take an answer back. What changed is marked on the page that follows."""
    address = address_of(visit)
    customer, case = customer_of(visit, address), memory(visit, address)
    name, value = visit.field("name"), visit.field("value").strip()
    before = _answer_or_none(visit, address, customer, case)
    facts = {other: text for other, text in case.facts.items() if other != name}
    if value:
        facts[name] = value
    try:
        trial = CaseMemory(facts)
        answer = answer_to(visit, address, customer, trial)
    except (FieldError, ValueProblem, UnknownNameError) as fault:
        message = error_sentences(fault, visit.words)
        case.failed = {name: (value, message)}
        return visit.redirect(str(address))
    case.answer(name, value)
    if before is not None:
        case.changed, lines = changes(before, answer, visit.words)
        count = visit.words.ngettext("{count} value changed", "{count} values changed", len(lines))
        case.outcome = Outcome("changed", count if lines else visit.words.gettext("Nothing changed"), lines)
    return visit.redirect(str(address))


def remember_fact(visit: Visit) -> Response:
    """Keep an answer in the journal: an attribute as it was heard."""
    address = address_of(visit)
    customer, case = customer_of(visit, address), memory(visit, address)
    name = visit.field("name")
    value = case.facts.get(name)
    if customer is not None and value is not None:
        try:
            done = note(visit.desk, customer, None, "signal", address.request((f"{name}={value}",)))
        except ServkitError as fault:
            case.outcome = Outcome("failed", error_sentences(fault, visit.words))
        else:
            case.answer(name, "")
            case.outcome = Outcome("done", visit.words.gettext("Remembered."), entry=done.entries[0].id)
    return visit.redirect(str(address))


def fill_blanks(visit: Visit) -> Response:
    """Fill the blanks of a script, where the browser does not do it."""
    address = address_of(visit)
    keys = [key for key in visit.form or () if key.startswith("blank.")]
    memory(visit, address).fill({key.removeprefix("blank."): visit.field(key)[:500] for key in keys})
    return visit.redirect(f"{address}#script-{visit.field('script')}")


# --- what the steps share ------------------------------------------------------------------------------------------


def memory(visit: Visit, address: CaseAddress) -> CaseMemory:
    """What the session keeps of a case."""
    return visit.session.cases.of(address.customer) if visit.session is not None else CaseMemory()


def customer_of(visit: Visit, address: CaseAddress) -> Customer | None:
    """The customer with exactly this id. Raises UnknownNameError."""
    if address.customer is None:
        return None
    found = visit.desk.directory.exact(address.customer)
    if found is None:
        raise UnknownNameError("customer", address.customer, (), Message("look for the name instead"))
    return found


def answer_to(visit: Visit, address: CaseAddress, customer: Customer | None, case: CaseMemory) -> Answer:
    """The answer to a question. Raises UnknownNameError, ValueProblem or FieldError."""
    request = understood(visit.desk, address.request(case.given()))
    return answer_case(visit.desk, make_case(visit.desk, request, customer))


def _answer_or_none(visit: Visit, address: CaseAddress, customer: Customer | None, case: CaseMemory) -> Answer | None:
    try:
        return answer_to(visit, address, customer, case)
    except (ServkitError, ValueProblem):
        return None


PAGES = (
    Page("/answer", show_answer),
    Page("/customers/{customer:path}", show_answer),
    Page("/facts", set_facts, ("POST",)),
    Page("/remember", remember_fact, ("POST",)),
    Page("/blanks", fill_blanks, ("POST",)),
)
