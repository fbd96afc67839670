"""Recording from the answer: notes, grants, promises, recoveries and praise, a line each; and taking one back."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from servkit.book.problems import ServkitError, ValueProblem
from servkit.desk.answers import answer_data
from servkit.desk.entries import entries_at_hand, find_entry
from servkit.desk.error_text import error_sentences
from servkit.desk.field_error import FieldError
from servkit.desk.grants import grant
from servkit.desk.notes import SORTS, note
from servkit.desk.offers import Approval, Refusal
from servkit.desk.phrases import DeskPhrases
from servkit.desk.praises import praise
from servkit.desk.promises import close_promise, promise
from servkit.desk.recording import record_answer, record_entry, recorder_name, signed
from servkit.desk.recoveries import BegunRecovery, begin_recovery, close_recovery
from servkit.languages.catalogue import Message
from servkit.web.case_address import CaseAddress, address_of
from servkit.web.case_memory import Outcome
from servkit.web.page import Page
from servkit.web.refusal import Refusal as WebRefusal
from servkit.web.routes.answer import answer_to, customer_of, memory

if TYPE_CHECKING:
    from collections.abc import Callable

    from starlette.responses import Response

    from servkit.answer.case import Customer
    from servkit.web.visit import Visit

#: An entry can be taken back for so long, and a little longer for whoever clicks at the end.
UNDO, GRACE = timedelta(minutes=1), timedelta(seconds=5)
#: What corrects an older entry.
CORRECT = "servkit journal correct"
#: What is kept of a form that was refused, to bring it back.
_TYPED = ("value", "because", "reason", "until", "say", "sort", "colleague")


def _recording(step: Callable[[Visit, Customer], Outcome]) -> Callable[[Visit], Response]:
    """A handler for one step of recording. What goes wrong comes back beside the form that it came from."""

    def handler(visit: Visit) -> Response:
        address = address_of(visit)
        case, customer = memory(visit, address), customer_of(visit, address)
        if customer is None:
            raise WebRefusal(400, Message("Choose a customer first."))
        term = visit.field("term")
        typed = tuple((name, visit.field(name)) for name in _TYPED)
        try:
            case.outcome = step(visit, customer)
        except (ServkitError, ValueProblem) as fault:
            message = _fault_in(visit, fault)
            case.outcome = Outcome("failed", message, term=term, typed=typed)
        else:
            if case.outcome.sort == "refused":
                case.outcome = case.outcome._replace(term=term, typed=typed)
        if visit.field("back") == "due":
            memory(visit, CaseAddress()).outcome, case.outcome = case.outcome, None
            return visit.redirect("/due")
        return visit.redirect(str(address))

    return handler


def _fault_in(visit: Visit, fault: ServkitError | ValueProblem) -> str:
    """What is wrong, behind the name of the field as the page has it."""
    if not isinstance(fault, FieldError):
        return error_sentences(fault, visit.words)
    labels = {"because": visit.words.gettext("Because"), "reason": visit.words.gettext("Reason")}
    labels["until"] = visit.words.gettext("Until (a promise)")
    name = labels.get(fault.field)
    said = error_sentences(fault, visit.words)
    return f"{name}: {said}" if name else said


def _note(visit: Visit, customer: Customer) -> Outcome:
    sort = visit.field("sort") if visit.field("sort") in SORTS else "signal"
    done = note(visit.desk, customer, visit.field("say"), sort, address_of(visit).request())
    return Outcome("done", visit.words.gettext("Noted."), _notices(visit), done.entries[0].id)


def _grant(visit: Visit, customer: Customer) -> Outcome:
    term, value = visit.field("term"), visit.field("value")
    address = address_of(visit)
    request = address.request(memory(visit, address).given())
    approval = _approval(visit)
    if visit.field("what") == "promise":
        until, because = visit.field("until") or None, visit.field("because") or None
        promised = promise(visit.desk, customer, term, value, request, until=until, because=because, approval=approval)
        if isinstance(promised, Refusal):
            return _refused(visit, promised)
        said = visit.words.gettext("Promised: {value}.", value=promised.body["value"])
        return Outcome("done", said, _notices(visit), promised.entries[0].id)
    granted = grant(
        visit.desk,
        customer,
        term,
        value,
        visit.field("because"),
        request,
        reason=visit.field("reason") or None,
        again=bool(visit.field("again")),
        approval=approval,
    )
    if isinstance(granted, Refusal):
        return _refused(visit, granted)
    said = visit.words.gettext("Granted: {value}.", value=granted.body["value"])
    approved = granted.body.get("approved", {})
    if approved.get("state") == "pending":
        waits = visit.words.gettext("{name} still has to approve it.", name=approved["by"])
        said = f"{said} {waits}"
    return Outcome("done", said, _notices(visit), granted.entries[0].id)


def _approval(visit: Visit) -> Approval | None:
    """Who is asked to approve. In whose role is checked when they confirm, on their own page."""
    name, role = visit.field("approved_by").strip(), visit.field("approved_role")
    return Approval(name, role) if name and role and name.casefold() != recorder_name(visit.desk).casefold() else None


def _refused(visit: Visit, refused: Refusal) -> Outcome:
    if refused.repeated:
        text = visit.words.gettext("This was granted to them today already. Is this one more?")
        return Outcome("refused", text, repeated=True)
    text = visit.words.gettext("{value} was not recorded.", value=refused.value)
    return Outcome("refused", text, (_phrases(visit).say(refused.because),), who=tuple(refused.who))


def _phrases(visit: Visit) -> DeskPhrases:
    return DeskPhrases(visit.desk.settings, visit.words, visit.desk.today().toordinal())


def _begin(visit: Visit, customer: Customer) -> Outcome:
    address = address_of(visit)
    request = address.request(memory(visit, address).given())
    begun = begin_recovery(visit.desk, customer, visit.field("recovery"), request)
    assert isinstance(begun, BegunRecovery)  # nothing was offered that could be refused
    lines = []
    if begun.due is not None:
        moment = _phrases(visit).moment(begun.due, visit.desk.today().year)
        lines = [visit.words.gettext("Follow up by {moment}.", moment=moment)]
    said = visit.words.gettext("Begun: {title}.", title=begun.title)
    return Outcome("done", said, (*lines, *_notices(visit)), begun.recorded.entries[0].id)


def _close(visit: Visit, customer: Customer) -> Outcome:
    done = close_recovery(visit.desk, customer, visit.field("recovery"), visit.field("say"))
    return Outcome("done", visit.words.gettext("Closed."), _notices(visit), done.entries[0].id)


def _praise(visit: Visit, customer: Customer) -> Outcome:
    done = praise(visit.desk, visit.field("colleague"), visit.field("say"), customer)
    return Outcome("done", visit.words.gettext("Thank you. It is written down."), _notices(visit), done.entries[0].id)


def _keep_promise(visit: Visit, customer: Customer) -> Outcome:
    done = close_promise(visit.desk, customer, visit.field("term"), kept=visit.field("kept") == "yes")
    return Outcome("done", visit.words.gettext("Closed."), _notices(visit), done.entries[0].id)


def _answer(visit: Visit, customer: Customer) -> Outcome:
    """The whole answer as it was told, for the report and for `diff --replay`."""
    address = address_of(visit)
    answer = answer_to(visit, address, customer, memory(visit, address))
    done = record_answer(visit.desk, answer.case, {"answer": answer_data(visit.desk, answer)})
    return Outcome("done", visit.words.gettext("The answer is recorded."), _notices(visit), done.entries[0].id)


def _undo(visit: Visit, customer: Customer) -> Outcome:
    """Take back what was just recorded: by an entry that withdraws it, as nothing is ever erased."""
    found = find_entry(entries_at_hand(visit.desk, customer.id), visit.field("entry"))
    if found.by != recorder_name(visit.desk) or visit.desk.moment() - found.moment > UNDO + GRACE:
        too_late = visit.words.gettext("It is too late to undo this. Correct it with {command}.", command=CORRECT)
        return Outcome("failed", too_late)
    record_entry(visit.desk, "correction", signed(visit.desk) | {"of": found.id, "withdrawn": True}, found.customer)
    return Outcome("changed", visit.words.gettext("Undone."))


def _notices(visit: Visit) -> tuple[str, ...]:
    return tuple(visit.notices)


PAGES = (
    Page("/record/note", _recording(_note), ("POST",)),
    Page("/record/grant", _recording(_grant), ("POST",)),
    Page("/record/recovery", _recording(_begin), ("POST",)),
    Page("/record/recovered", _recording(_close), ("POST",)),
    Page("/record/praise", _recording(_praise), ("POST",)),
    Page("/record/promise-kept", _recording(_keep_promise), ("POST",)),
    Page("/record/answer", _recording(_answer), ("POST",)),
    Page("/record/undo", _recording(_undo), ("POST",)),
)
