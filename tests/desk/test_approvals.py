"""What an assistant grants, or what somebody else has to approve, waits until a person decides."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from servkit.book.problems import ServkitError, UnknownNameError
from servkit.desk.approvals import decide, waiting_approvals
from servkit.desk.due import due_list
from servkit.desk.entries import standing_entries
from servkit.desk.grants import grant
from servkit.desk.offers import Approval, Refusal
from servkit.desk.open_book import OpenBook
from servkit.desk.person import Person
from servkit.desk.promises import promise
from servkit.desk.recording import Recorded
from servkit.desk.request import DeskRequest
from servkit.desk.session import Desk
from servkit.journal.customer_view import is_pending, open_promises, went_beyond

if TYPE_CHECKING:
    from collections.abc import Iterator

    from servkit.answer.case import Customer

BOOK = Path(__file__).parents[2] / "standards"
NADIA, CREDIT = "AS-1007", "missed-visit.credit"
_MINUTES = iter(range(1000))


@pytest.fixture
def bot(tmp_path: Path) -> Iterator[Desk]:
    def clock() -> datetime:
        return datetime(2026, 11, 23, 17, 0, tzinfo=UTC) + timedelta(minutes=next(_MINUTES))

    with OpenBook(BOOK, {"SERVKIT_JOURNAL": str(tmp_path / "journal.sqlite")}, None) as opened:
        yield Desk(opened, Person("Alder", "office", bot=True), clock, lambda _: None)


def nadia(desk: Desk) -> Customer:
    found = desk.directory.exact(NADIA)
    assert found is not None
    return found


def granted(desk: Desk, value: str, approval: Approval | None = None) -> Recorded:
    made = grant(
        desk, nadia(desk), CREDIT, value, "late", DeskRequest(NADIA), reason="late", again=True, approval=approval
    )
    assert isinstance(made, Recorded), made
    return made


def test_what_a_bot_grants_waits_and_counts_nowhere(bot: Desk) -> None:
    body = granted(bot, "75 USD").body
    assert (body["by"], body["bot"], body["role"], body["role_is"]) == ("bot", "Alder", "office", "configured")
    assert body["approved"] == {"state": "pending"}
    assert [item.kind for item in due_list(bot).items] == ["approval"]
    assert all(map(is_pending, standing_entries(bot)))


def test_a_bot_goes_no_further_than_its_role(bot: Desk) -> None:
    made = grant(bot, nadia(bot), CREDIT, "90 USD", "late", DeskRequest(NADIA), reason="late")
    assert isinstance(made, Refusal)
    assert made.who


def test_a_person_whose_role_may_approves_or_declines(bot: Desk) -> None:
    first, second = (granted(bot, "75 USD").entries[0].id for _ in range(2))
    sam = bot.of(Person("Sam", "supervisor"))
    made = decide(sam, first[:6], approve=True)
    assert isinstance(made, Recorded)
    assert {"by": "Sam", "role": "supervisor", "role_is": "stated", "of": first}.items() <= made.body.items()
    assert isinstance(decide(sam, second, approve=False, because="we came on time"), Recorded)
    standing = {entry.id: entry for entry in standing_entries(bot)}
    assert (is_pending(standing[first]), second in standing) == (False, False)
    assert not went_beyond(standing[first])
    assert not waiting_approvals(bot)
    for id_, told in ((first, "approved"), (second[:8], "declined")):
        for approve in (True, False):
            with pytest.raises(ServkitError, match=f"Sam has {told} entry {id_}.* already; nothing was recorded"):
                decide(bot.of(Person("Olga", "owner")), id_, approve=approve)
    with pytest.raises(ServkitError, match="waits for nobody's yes; see what is due"):
        decide(sam, made.entries[0].id, approve=True)
    for unknown in ("nope", ""):
        with pytest.raises(UnknownNameError):
            decide(sam, unknown, approve=True)


@pytest.mark.parametrize(
    ("person", "because"),
    [
        (Person("Tim", "technician"), "You may go to"),
        (Person("Alder", "owner", bot=True), "A person has to decide"),
        (Person("bot", "owner"), "Nobody approves their own"),
    ],
)
def test_who_may_not_decide(bot: Desk, person: Person, because: str) -> None:
    id_ = granted(bot, "75 USD").entries[0].id
    for approve in (True, False):
        made = decide(bot.of(person), id_, approve=approve)
        assert isinstance(made, Refusal)
        assert because in str(made.because)
    assert [entry.id for entry in waiting_approvals(bot)] == [id_]


def test_what_was_declined_never_was(bot: Desk) -> None:
    made = grant(bot, nadia(bot), CREDIT, "75 USD", "late", DeskRequest(NADIA), reason="late")
    assert isinstance(made, Recorded)
    assert isinstance(decide(bot.of(Person("Sam", "supervisor")), made.entries[0].id, approve=False), Recorded)
    assert not standing_entries(bot)
    again = grant(bot, nadia(bot), CREDIT, "60 USD", "late", DeskRequest(NADIA), reason="late")
    assert isinstance(again, Recorded)  # nobody granted anything today


def test_who_was_asked_decides_and_nobody_else(bot: Desk) -> None:
    ruth = bot.of(Person("Ruth", "technician", signed_in=True))
    made = promise(ruth, nadia(bot), CREDIT, "75 USD", DeskRequest(NADIA), approval=Approval("Sam", "supervisor"))
    assert isinstance(made, Recorded)
    assert not list(open_promises(standing_entries(bot)))
    other = decide(bot.of(Person("Olga", "owner")), made.entries[0].id, approve=True)
    assert isinstance(other, Refusal)
    assert str(other.because) == "Sam was asked to approve this."
    assert isinstance(decide(bot.of(Person("sam", "supervisor")), made.entries[0].id, approve=True), Recorded)
    assert [one.text("term") for one in open_promises(standing_entries(bot))] == [CREDIT]


def test_who_decides_has_a_name_and_a_role(bot: Desk) -> None:
    id_ = granted(bot, "75 USD").entries[0].id
    for person in (Person("Sam"), Person(None, "owner")):
        with pytest.raises(ServkitError):
            decide(bot.of(person), id_, approve=True)
