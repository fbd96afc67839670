"""What the recording commands share: who records, about whom, whether they may, and what is said afterwards."""

from __future__ import annotations

from datetime import UTC, date, datetime
from functools import cache
from typing import TYPE_CHECKING, Any, NamedTuple
from zoneinfo import ZoneInfo

from servkit.answer.case import Customer
from servkit.answer.overrides import find_term
from servkit.book.problems import ServkitError, UnknownNameError, ValueProblem
from servkit.book.settings import Attribute
from servkit.book.typed_values import read_typed
from servkit.book.values import Value, write
from servkit.cli.shared.desk_request import DeskRequest, answer_case, find_customer, make_case
from servkit.cli.shared.output import print_json, print_note, print_screen
from servkit.clocks.today import today_in
from servkit.journal.authority import Judgement, Verdict, judge_with_roles
from servkit.journal.customer_view import apply_corrections
from servkit.journal.entry import Draft, new_draft
from servkit.journal.recorder import read_entries, record
from servkit.languages.typed_words import typed_words
from servkit.text import clean, enumeration

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from servkit.answer.case import Case
    from servkit.answer.result import TermAnswer
    from servkit.book.entries import Entry
    from servkit.book.terms import Term
    from servkit.cli.shared.desk import Desk
    from servkit.journal.entry import JournalEntry

#: Nobody notes more than this in a sentence or two.
LONGEST_TEXT = 4000


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


def recorder_name(desk: Desk, agent: str | None) -> str:
    """Who records. Raises ServkitError without a name."""
    name = (agent or desk.defaults.agent or "").strip()
    if not name:
        raise ServkitError("who records this? Add --agent NAME, or write `agent: NAME` into desk.yaml")
    return name


def checked_text(text: str, what: str) -> str:
    """A text to record. Raises ServkitError for an empty or an endless one."""
    text = text.strip()
    if not text:
        raise ServkitError(f"{what} is empty; write what to record")
    if len(text) > LONGEST_TEXT:
        raise ServkitError(f"{what} has {len(text)} characters, and {LONGEST_TEXT} is the limit")
    return text


def choose_customer(desk: Desk, name: str, *, gone: bool = False) -> Customer | None:
    """The customer; None where several match, who are listed then. With ``gone``, also one of whom only the journal
    knows, by id."""
    try:
        found = find_customer(desk, name)
    except UnknownNameError:
        if not (gone and standing_entries(desk, name)):
            raise
        return Customer(name, None, {})
    if isinstance(found, list):
        from servkit.terminal.choices_view import choices_screen  # loads Rich

        print_note(f"{len(found)} customers match {clean(name)!r}. Choose one by id:")
        print_screen(choices_screen([(match.id, match.name or "") for match in found], desk.words()), pager=False)
        return None
    return found


def name_reader(desk: Desk) -> Callable[[str], str]:
    """A function from a customer's id to their name; to the id again where nobody knows it."""

    @cache
    def name_of(id_: str) -> str:
        found = desk.directory.exact(id_)
        return (found.name if found is not None else None) or id_

    return name_of


def book_today(desk: Desk) -> date:
    """Today in the book's time zone."""
    return datetime.now(ZoneInfo(desk.settings.timezone)).date()


def read_promise_day(text: str | None, today: date) -> str | None:
    """``--until``: a day that is not over. Raises ServkitError."""
    if text is None:
        return None
    from servkit.cli.shared.day import typed_day

    day = typed_day(text, today, "--until")
    if day < today:
        raise ServkitError(f"--until: {day.isoformat()} is over; write a day from {today.isoformat()} on")
    return day.isoformat()


# --- whether they may -----------------------------------------------------------------------------------------------


def judge_offer(
    desk: Desk, request: DeskRequest, customer: Customer, ref: str, text: str, approval: Approval | None
) -> Offer:
    """Judge a value of a term for the role of the desk, by the lookup about the term's document.

    Raises UnknownNameError or ServkitError where there is nothing to judge."""
    role = request.role or desk.defaults.role
    if role is None:
        raise ServkitError("how far you may go depends on your role. Add --role, or write `role:` into desk.yaml")
    case = make_case(desk, request._replace(about=(ref.partition(".")[0],)), customer)
    term, _ = _term(desk, ref, case.on)
    try:
        words = typed_words(desk.words(request.language))
        variable = Attribute(ref, term.type, term.of)
        value = read_typed(text, variable, desk.settings, today_in(desk.settings.timezone), words)
    except ValueProblem as bad:
        raise ServkitError(f"{ref}: {bad}") from None
    if approval is not None and approval.role not in desk.settings.roles:
        known = tuple(desk.settings.roles)
        raise UnknownNameError("role", approval.role, known, f"choose from {', '.join(known)}")
    answers: dict[str, TermAnswer | None] = {}

    def answered(name: str) -> TermAnswer | None:
        if name not in answers:
            answers[name] = answer_case(desk, case._replace(role=name)).terms.get(ref)
        return answers[name]

    judgement = judge_with_roles(answered, ref, value, role, desk.settings.roles, approval.role if approval else None)
    if judgement.verdict is Verdict.IMPOSSIBLE:
        raise ServkitError(f"{ref}: {judgement.because}")
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


def check_approval(by: str | None, role: str | None, recorder: str) -> Approval | None:
    """``--approved-by`` and ``--approved-role``. Raises ServkitError where one of them is missing."""
    if by is None and role is None:
        return None
    if not (by or "").strip() or role is None:
        raise ServkitError("--approved-by NAME and --approved-role ROLE go together")
    name = str(by).strip()
    return None if name.casefold() == recorder.casefold() else Approval(name, role)


def print_refusal(ref: str, offer: Offer, format_: str) -> int:
    """Say that nothing was recorded, why, and who may. Returns the exit code."""
    judgement = offer.judgement
    if format_ == "json":
        refused = {"term": ref, "value": write(offer.value), "because": judgement.because, "who_may": [*judgement.who]}
        print_json({"schema": "servkit/refusal/1", **refused})
        return 1
    from servkit.terminal.journal_view import refusal_screen  # loads Rich

    print_screen(refusal_screen(judgement.because, judgement.who), pager=False)
    return 1


# --- recording ------------------------------------------------------------------------------------------------------


def signed(by: str, case: Case | None = None) -> dict[str, Any]:
    """Who recorded something, in which role and where; without what nobody gave."""
    where = {} if case is None else {"role": case.role, "channel": case.channel, "office": case.office}
    stated = {"role_is": "stated"} if where.get("role") else {}
    return {"by": by} | {name: value for name, value in where.items() if value} | stated


def approved(approval: Approval | None, *offers: Offer) -> dict[str, Any]:
    """Who approved what the recorder may not; nothing where nobody had to."""
    if approval is None or not any(offer.judgement.because for offer in offers):
        return {}
    return {"approved": {"by": approval.name, "role": approval.role, "state": "stated"}}


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


def draft(kind: str, body: Mapping[str, Any], customer: str | None = None) -> Draft:
    """An entry of now."""
    return new_draft(kind, body, customer, now=datetime.now(UTC))


def keep(desk: Desk, drafts: Sequence[Draft]) -> None:
    """Record entries, and say on stderr who can see them and what waits."""
    location = desk.journal_location
    result = record(location, drafts)
    if result.waiting:
        entries = "1 entry waits" if result.waiting == 1 else f"{result.waiting} entries wait"
        print_note(f"servkit: the journal's server doesn't answer. {entries} on this machine, and will be sent later.")
    elif location.private:
        print_note(
            f"Only you can see this (it is in {clean(str(location.path))}). To share the journal, write `journal:` "
            "into servkit.yaml, or set SERVKIT_JOURNAL."
        )
    if result.sent:
        print_note(f"servkit: sent what had waited for the journal's server ({result.sent}).")


def keep_answer(desk: Desk, agent: str | None, case: Case, told: Mapping[str, Any]) -> None:
    """Record what was told, on stderr only."""
    customer = case.customer.id if case.customer is not None else None
    entry = draft("answer", signed(recorder_name(desk, agent), case) | dict(told), customer)
    keep(desk, [entry])
    print_note(f"Recorded: entry {entry.id}.")


def print_recorded(drafts: Sequence[Draft], lines: Sequence[str], format_: str) -> None:
    """The entries as JSON, or a few lines that say what was recorded."""
    if format_ == "json":
        entries = [
            {"id": one.id, "time": one.time, "kind": one.kind, "customer": one.customer, **one.body} for one in drafts
        ]
        print_json({"schema": "servkit/recorded/1", "entries": entries})
        return
    from servkit.terminal.journal_view import recorded_screen  # loads Rich

    print_screen(recorded_screen(lines, [one.id for one in drafts]), pager=False)


def standing_entries(desk: Desk, customer: str | None = None) -> list[JournalEntry]:
    """All entries (of a customer) as they stand: corrected, without those withdrawn. None where there is no journal."""
    return apply_corrections([entry for entry in entries_at_hand(desk, customer) if entry.body is not None])


def entries_at_hand(
    desk: Desk, customer: str | None = None, kinds: Sequence[str] = (), since: str = ""
) -> list[JournalEntry]:
    """Entries from the oldest. Where the server is gone, those that wait for it; stderr says so."""
    found = read_entries(desk.journal_location, customer, kinds, since)
    if found.gone:
        print_note(f"servkit: {clean(found.gone)}. This is only what waits on this machine.")
    return found.entries


def find_entry(entries: Sequence[JournalEntry], id_: str) -> JournalEntry:
    """An entry by its id, or by the beginning of it. Raises UnknownNameError."""
    found = [entry for entry in entries if entry.id == id_] or [e for e in entries if id_ and e.id.startswith(id_)]
    if len(found) != 1:
        hint = f"{len(found)} begin so" if found else "servkit journal lists them"
        raise UnknownNameError("entry", id_, tuple(entry.id for entry in entries), hint)
    return found[0]


def choose_reason(desk: Desk, reason: str | None) -> str | None:
    """``--reason``. Raises ServkitError or UnknownNameError where the book's reasons say otherwise."""
    reasons = desk.settings.reasons
    if not reasons:
        if reason is not None:
            raise ServkitError("--reason: this book lists no `reasons:` in servkit.yaml; say it with --because")
        return None
    listed = enumeration([f"{code} ({desk.settings.pick(text)})" for code, text in reasons.items()], "or")
    if reason is None:
        raise ServkitError(f"--reason is missing: choose {listed}")
    if reason not in reasons:
        raise UnknownNameError("reason", reason, tuple(reasons), f"choose {listed}")
    return reason
