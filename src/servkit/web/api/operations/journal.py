"""``/journal``: what was heard, promised, granted and mended; reading it, and writing into it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any, Literal

from pydantic import ConfigDict, Field, TypeAdapter

from servkit.desk.answers import matches_data
from servkit.desk.approvals import decide
from servkit.desk.entries import find_anybody, journal_data, read_journal
from servkit.desk.grants import grant
from servkit.desk.notes import note
from servkit.desk.offers import Approval, Refusal, check_approval
from servkit.desk.praises import praise
from servkit.desk.promises import close_promise, promise
from servkit.desk.recording import recorder_name
from servkit.desk.recoveries import BegunRecovery, begin_recovery, close_recovery
from servkit.desk.request import DeskRequest, find_customer
from servkit.journal.entry import KINDS
from servkit.languages.catalogue import Message
from servkit.web.api.operation import Given, Operation, Sent
from servkit.web.api.problem import Problem
from servkit.web.api.shared_fields import Channel, Matches, Name, as_json
from servkit.web.errors import problem
from servkit.web.refusal import Refusal as WebRefusal

if TYPE_CHECKING:
    from starlette.responses import Response

    from servkit.answer.case import Customer
    from servkit.desk.recording import Recorded
    from servkit.desk.session import Desk
    from servkit.web.visit import Visit

if TYPE_CHECKING:
    _Kind = str
else:
    _Kind = Literal[KINDS]
_Text = Annotated[str, Field(min_length=1, max_length=4000)]
_Set = Annotated[
    dict[str, str],
    Field(default_factory=dict, alias="set", max_length=200, description="Facts of the case, or attributes, by name."),
]
_Who = Annotated[Name, Field(description="An id, or (part of) a name.")]
_Term = Annotated[Name, Field(description="Such as billing.credit.")]


class JournalQuery(Sent):
    customer: Annotated[Name | None, Field(description="Only about one customer.")] = None
    kind: Annotated[_Kind | None, Field(description="Only one kind of entry.")] = None
    by: Annotated[Name | None, Field(description="Only what one colleague recorded.")] = None
    since: Annotated[Name | None, Field(description="Only from this day on.")] = None


class Journal(Given):
    """Entries, the oldest first; perhaps none."""

    schema_: Literal["servkit/journal/1"] = Field(alias="schema")
    entries: list[dict[str, Any]]


class RecordedEntries(Given):
    """The entries that are in the journal now."""

    schema_: Literal["servkit/recorded/1"] = Field(alias="schema")
    entries: list[dict[str, Any]]


class RefusedProblem(Problem):
    """Why nothing was recorded. With `who_may`, it is a matter of the role."""

    term: str | None = None
    value: str | None = None
    who_may: list[str] | None = None


class Note(Sent):
    """What was heard: a text, attributes, or both."""

    kind: Literal["note"]
    customer: _Who
    text: _Text | None = None
    sort: Literal["priority", "expectation", "pace", "signal"] = "signal"
    facts: _Set
    channel: Channel = None


class ApprovedBy(Sent):
    """Who approves what the token's own role may not. It waits until they do so themselves, on their own page."""

    by: Name
    role: Annotated[Name, Field(description="The role in which they approve.")]


_Approved = Annotated[ApprovedBy | None, Field(description="Who approves what the token's role may not.")]


class Promise(Sent):
    """A promise. From now on it counts, its last day included."""

    kind: Literal["promise"]
    customer: _Who
    term: _Term
    value: Name
    until: Annotated[Name | None, Field(description="The last day.")] = None
    because: _Text | None = None
    approved: _Approved = None
    facts: _Set
    channel: Channel = None


class Kept(Sent):
    """How a promise ended."""

    kind: Literal["kept"]
    customer: _Who
    term: _Term
    kept: bool
    because: _Text | None = None


class Grant(Sent):
    """What a customer got beyond the rule, and why."""

    kind: Literal["grant"]
    customer: _Who
    term: _Term
    value: Name
    because: _Text
    reason: Annotated[Name | None, Field(description="One of the book's reasons, where it lists any.")] = None
    again: Annotated[bool, Field(description="The same once more, on the same day.")] = False
    approved: _Approved = None
    facts: _Set
    channel: Channel = None


class Recovery(Sent):
    """A recovery begins."""

    kind: Literal["recovery"]
    customer: _Who
    recovery: Name
    start: Annotated[Name | None, Field(alias="from", description="When it began. Default: now.")] = None
    offers: Annotated[
        dict[str, str], Field(default_factory=dict, max_length=50, description="Values of terms that are offered.")
    ]
    approved: _Approved = None
    facts: _Set
    channel: Channel = None


class Recovered(Sent):
    """A recovery is over."""

    kind: Literal["recovered"]
    customer: _Who
    recovery: Name
    text: Annotated[_Text, Field(description="How it went.")]


class Praise(Sent):
    """Thanks to a colleague who went beyond."""

    kind: Literal["praise"]
    colleague: Name
    text: _Text
    customer: Name | None = None


class Decision(Sent):
    """Yes or no to an entry that waits for approval. A person decides, signed in on their own: no token may."""

    kind: Literal["approval"]
    of: Annotated[Name, Field(description="The id of the entry that waits.")]
    state: Literal["confirmed", "refused"]
    because: _Text | None = None


_ByCustomer = Note | Promise | Kept | Grant | Recovery | Recovered | Praise
_Entry = _ByCustomer | Decision
ENTRY: TypeAdapter[_Entry] = TypeAdapter(
    Annotated[_Entry, Field(discriminator="kind")], config=ConfigDict(defer_build=True)
)


def get_journal(visit: Visit, query: JournalQuery) -> Response:
    """The entries, or who may be meant."""
    desk, id_ = visit.desk, None
    if query.customer is not None:
        found = find_anybody(desk, query.customer)
        if isinstance(found, list):
            return as_json(visit, matches_data(found), 300)
        assert found is not None
        id_ = found.id
        visit.open_customer(found.id, found.name)
    return as_json(visit, journal_data(read_journal(desk, id_, query.kind, query.by, query.since)))


def post_entry(visit: Visit, entry: _Entry) -> Response:
    """Record an entry, as whoever has the token."""
    if isinstance(entry, Decision):
        return _recorded(visit, _decide(visit, entry))
    customer = find_customer(visit.desk, entry.customer)
    if isinstance(customer, list):
        return as_json(visit, matches_data(customer), 300)
    return _recorded(visit, _record(visit, entry, customer))


def _recorded(visit: Visit, recorded: Recorded | BegunRecovery | Refusal) -> Response:
    if isinstance(recorded, BegunRecovery):
        recorded = recorded.recorded
    if isinstance(recorded, Refusal):
        said = recorded.data
        more = {key: value for key, value in said.items() if key not in ("schema", "because")}
        return problem(409 if recorded.repeated else 403, str(recorded.because), **more)
    return as_json(visit, recorded.data, 201)


def _decide(visit: Visit, entry: Decision) -> Recorded | Refusal:
    if visit.user is None or visit.user.is_integration:
        raise WebRefusal(403, Message("A person has to decide about this."))
    return decide(visit.desk, entry.of, approve=entry.state == "confirmed", because=entry.because)


def _record(visit: Visit, entry: _ByCustomer, customer: Customer | None) -> Recorded | BegunRecovery | Refusal:
    desk = visit.desk
    if isinstance(entry, Praise):
        return praise(desk, entry.colleague, entry.text, customer)
    assert customer is not None
    if isinstance(entry, Kept):
        return close_promise(desk, customer, entry.term, kept=entry.kept, because=entry.because)
    if isinstance(entry, Recovered):
        return close_recovery(desk, customer, entry.recovery, entry.text)
    facts = [f"{name}={value}" for name, value in entry.facts.items()]
    request = DeskRequest(entry.customer, (), facts, channel=entry.channel)
    if isinstance(entry, Note):
        return note(desk, customer, entry.text, entry.sort, request)
    approval = _approval(desk, entry.approved)
    if isinstance(entry, Promise):
        until, why = entry.until, entry.because
        return promise(desk, customer, entry.term, entry.value, request, until=until, because=why, approval=approval)
    if isinstance(entry, Grant):
        because, reason, again = entry.because, entry.reason, entry.again
        return grant(
            desk, customer, entry.term, entry.value, because, request, reason=reason, again=again, approval=approval
        )
    offers = [f"{name}={value}" for name, value in entry.offers.items()]
    request = request._replace(start=entry.start)
    return begin_recovery(desk, customer, entry.recovery, request, offers=offers, approval=approval)


def _approval(desk: Desk, approved: ApprovedBy | None) -> Approval | None:
    return None if approved is None else check_approval(approved.by, approved.role, recorder_name(desk))


OPERATIONS = (
    Operation(
        "/journal",
        "getJournal",
        "What was heard, promised, granted and mended.",
        get_journal,
        JournalQuery,
        {200: ("The entries.", Journal), 300: ("Several customers match.", Matches)},
    ),
    Operation(
        "/journal",
        "postEntry",
        "Record a note, a promise, a grant, a recovery or praise. Needs the scope `record`. Somebody who is signed in "
        "also decides about what waits for approval.",
        post_entry,
        ENTRY,
        {
            201: ("It is recorded.", RecordedEntries),
            300: ("Several customers match; nothing was recorded.", Matches),
            403: ("The token, or its role, may not; `who_may` names the roles that may.", RefusedProblem),
            409: ("The same was granted today. Send `again` if this is one more.", RefusedProblem),
        },
        method="POST",
        records=True,
    ),
)
