"""A value of a term that somebody promises, grants or offers: whether they may, and what is kept of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from servkit.answer.overrides import find_term
from servkit.book.problems import ServkitError, UnknownNameError, ValueProblem
from servkit.book.settings import Attribute
from servkit.book.typed_values import read_typed
from servkit.book.values import Value, write
from servkit.desk.error_text import choose_from
from servkit.desk.field_error import FieldError
from servkit.desk.request import DeskRequest, answer_case, make_case
from servkit.journal.authority import Judgement, Verdict, judge_with_roles
from servkit.languages.catalogue import Message
from servkit.languages.typed_words import typed_words
from servkit.text import enumeration

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from servkit.answer.case import Case, Customer
    from servkit.answer.result import TermAnswer
    from servkit.book.entries import Entry
    from servkit.book.terms import Term
    from servkit.desk.session import Desk


class Approval(NamedTuple):
    """Somebody who approves what the recorder may not."""

    name: str
    role: str


class Offer(NamedTuple):
    """A value of a term that is granted or promised, and what the answer said of it before."""

    term: Term
    value: Value
    judgement: Judgement
    before: TermAnswer | None
    case: Case


class Refusal(NamedTuple):
    """Why nothing was recorded, and the roles that may. ``repeated``: the same was granted today, and nobody said that
    this is one more."""

    term: str
    value: str
    because: Message
    who: Sequence[str] = ()
    repeated: bool = False

    @property
    def data(self) -> dict[str, Any]:
        """The refusal as data."""
        said = {"term": self.term, "value": self.value, "because": str(self.because), "who_may": [*self.who]}
        return {"schema": "servkit/refusal/1", **said}


def judge_offer(
    desk: Desk, request: DeskRequest, customer: Customer, ref: str, text: str, approval: Approval | None
) -> Offer:
    """Judge a value of a term for the role of the desk, by the lookup about the term's document.

    Raises UnknownNameError or ServkitError where there is nothing to judge."""
    role = request.role or desk.person.role
    if role is None:
        raise ServkitError(
            Message("how far you may go depends on your role. Add --role, or write `role:` into desk.yaml")
        )
    case = make_case(desk, request._replace(about=(ref.partition(".")[0],)), customer)
    term, _ = _term(desk, ref, case.on)
    try:
        words = typed_words(desk.words(request.language))
        variable = Attribute(ref, term.type, term.of)
        value = read_typed(text, variable, desk.settings, desk.today(), words)
    except ValueProblem as bad:
        raise ServkitError(Message("{name}: {fault}", {"name": ref, "fault": bad.said or str(bad)})) from None
    if approval is not None and approval.role not in desk.settings.roles:
        known = tuple(desk.settings.roles)
        raise UnknownNameError("role", approval.role, known, choose_from(known))
    answers: dict[str, TermAnswer | None] = {}

    def answered(name: str) -> TermAnswer | None:
        if name not in answers:
            answers[name] = answer_case(desk, case._replace(role=name)).terms.get(ref)
        return answers[name]

    judgement = judge_with_roles(answered, ref, value, role, desk.settings.roles, approval.role if approval else None)
    if judgement.verdict is Verdict.IMPOSSIBLE:
        raise ServkitError(Message("{name}: {fault}", {"name": ref, "fault": judgement.because}))
    return Offer(term, value, judgement, answered(role), case)


def _term(desk: Desk, ref: str, day: date) -> tuple[Term, Entry]:
    found = find_term(desk.book, ref, day.toordinal())
    if found is None:
        owners = desk.book.ids(desk.settings.owners)
        id_ = ref.partition(".")[0]
        in_document = [
            f"{id_}.{name}"
            for kind in desk.settings.owners
            for entry in desk.book.versions(kind, id_)
            for name in entry.terms
        ]
        every = in_document or [
            f"{entry.id}.{name}"
            for kind in desk.settings.owners
            for id_ in owners
            for entry in desk.book.versions(kind, id_)
            for name in entry.terms
        ]
        raise UnknownNameError("term", ref, tuple(every), "servkit show ID names the terms of a document")
    return found


def refusal(ref: str, offer: Offer) -> Refusal | None:
    """Why a value is refused; None where it is accepted."""
    judgement = offer.judgement
    if judgement.accepted or judgement.because is None:
        return None
    return Refusal(ref, write(offer.value), judgement.because, judgement.who)


def check_approval(by: str | None, role: str | None, recorder: str) -> Approval | None:
    """Who approves, and in which role; nobody approves their own. Raises ServkitError where one of them is missing."""
    if by is None and role is None:
        return None
    if not (by or "").strip() or role is None:
        raise ServkitError("--approved-by NAME and --approved-role ROLE go together")
    name = str(by).strip()
    return None if name.casefold() == recorder.casefold() else Approval(name, role)


def approved(desk: Desk, approval: Approval | None, *offers: Offer) -> dict[str, Any]:
    """Who approved what the recorder may not; nothing where nobody had to. Where a server knows who records, the
    approval is pending until the other one confirms it; what a bot records always is, until a person does."""
    if desk.person.bot:
        return {"approved": {"state": "pending"}}
    if approval is None or not any(offer.judgement.because is not None for offer in offers):
        return {}
    state = "pending" if desk.person.signed_in else "stated"
    return {"approved": {"by": approval.name, "role": approval.role, "state": state}}


def offered(offer: Offer) -> dict[str, Any]:
    """What an entry keeps of a value that was granted or promised."""
    before = offer.before
    out: dict[str, Any] = {"term": offer.term.ref, "value": write(offer.value), "stretch": offer.judgement.stretch}
    if before is not None:
        out["before"] = write(before.value) if before.value is not None else None
        out["you_may"] = write(before.you_may) if before.you_may is not None else None
    facts = {name: write(value) for name, value in offer.case.given.items() if value is not None}
    return out | ({"facts": facts} if facts else {})


def segments_of(desk: Desk, case: Case) -> list[str]:
    """The segments that the customer is in, for the report."""
    return [entry.id for entry in answer_case(desk, case).segments]


def choose_reason(desk: Desk, reason: str | None) -> str | None:
    """One of the book's coded reasons; None where it lists none.

    Raises FieldError or UnknownNameError where the book's reasons say otherwise."""
    reasons = desk.settings.reasons
    if not reasons:
        if reason is not None:
            raise FieldError("--reason", Message("this book lists no reasons; say it in your own words"))
        return None
    listed = enumeration([f"{code} ({desk.settings.pick(text)})" for code, text in reasons.items()], "or")
    if reason is None:
        raise FieldError("--reason", Message("choose {names}", {"names": listed}))
    if reason not in reasons:
        raise UnknownNameError("reason", reason, tuple(reasons), Message("choose {names}", {"names": listed}))
    return reason
