"""What waits for a yes is on the page of whoever may say it."""

from __future__ import annotations

import re
from html import unescape
from typing import TYPE_CHECKING

from starlette.testclient import TestClient

from servkit.desk.grants import grant
from servkit.desk.person import Person
from servkit.desk.recording import Recorded
from servkit.desk.request import DeskRequest
from servkit.desk.session import Desk
from web.conftest import FROM_HERE, ORIGIN, sign_in

if TYPE_CHECKING:
    from web.conftest import Shared

ENTRY = re.compile(r'name="entry" value="(\w+)"')


def granted_by_a_bot(shared: Shared, value: str) -> str:
    """What an assistant has granted, and what waits for a person."""
    with shared.site.library.lend() as book:
        desk = Desk(book, Person("Alder", "supervisor", bot=True), shared.site.clock, print)
        priya = desk.directory.exact("AS-1041")
        assert priya is not None
        request = DeskRequest(priya.id, facts=("raised_before=no",))
        made = grant(desk, priya, "goodwill.credit", value, "a spoilt evening", request, reason="late", again=True)
        assert isinstance(made, Recorded), made
        return made.entries[0].id


def test_what_an_assistant_granted_waits_for_whose_role_may(shared: Shared) -> None:
    much, little = granted_by_a_bot(shared, "50 USD"), granted_by_a_bot(shared, "20 USD")

    def waiting(client: TestClient) -> list[str]:
        return ENTRY.findall(client.get("/due").text)

    with TestClient(shared.client.app, base_url=ORIGIN, follow_redirects=False) as ruth:
        sign_in(ruth, "ruth")
        assert waiting(ruth) == [little]  # a technician may not go as far as the other one
        assert waiting(ruth) == ENTRY.findall(ruth.get("/due?whose=mine").text)
    with TestClient(shared.client.app, base_url=ORIGIN, follow_redirects=False) as sam:
        sign_in(sam, "sam")
        assert sorted(waiting(sam)) == sorted([much, little])
        token = re.search(r'"X-CSRF-Token": "([^"]+)"', unescape(sam.get("/due").text))
        assert token is not None
        for entry, decision, told in ((much, "decline", "Declined."), (little, "confirm", "Approved.")):
            data = {"csrf": token[1], "entry": entry, "decision": decision}
            assert sam.post("/approvals", data=data, headers=FROM_HERE).status_code == 303
            assert told in sam.get("/due").text
        assert waiting(sam) == []
        lately = sam.get("/customers/AS-1041?about=complaints").text
        assert ("Goodwill credit 20 USD, bot, because a spoilt evening" in lately, "50 USD, bot" in lately) == (
            True,
            False,
        )
