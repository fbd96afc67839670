"""What happens while somebody answers or records: another tab, a slow line, a journal that somebody else is writing."""

from __future__ import annotations

import asyncio
import sqlite3
import threading
from contextlib import closing
from html import unescape
from typing import TYPE_CHECKING, Any

from servkit.journal import sqlite_engine
from servkit.web import endpoint
from servkit.web.routes import answer
from web.conftest import FROM_HERE, sign_in

if TYPE_CHECKING:
    import pytest
    from starlette.testclient import TestClient

    from servkit.web.site import Site
    from web.conftest import Shared

NADIA = "AS-1007"


def test_two_tabs_answer_two_questions_at_once(
    served: tuple[TestClient, Site], monkeypatch: pytest.MonkeyPatch
) -> None:
    client, site = served
    sign_in(client)
    session = next(iter(site.sessions._sessions.values()))
    has_begun, may_end, answer_to = threading.Event(), threading.Event(), answer.answer_to

    def slow(visit: Any, *rest: Any) -> Any:
        if visit.field("name") == "visit_missed":
            has_begun.set()
            assert may_end.wait(30)
        return answer_to(visit, *rest)

    def send(name: str, value: str) -> int:
        data = {"csrf": session.csrf, "customer": NADIA, "about": "visits", "name": name, "value": value}
        return client.post("/facts", data=data, headers=FROM_HERE).status_code

    monkeypatch.setattr(answer, "answer_to", slow)
    first = threading.Thread(target=send, args=("visit_missed", "yes"))
    first.start()
    assert has_begun.wait(30)
    assert send("part_kind", "stock") == 303
    may_end.set()
    first.join(30)
    assert session.cases.of(NADIA).facts == {"visit_missed": "yes", "part_kind": "stock"}
    assert send("part_kind", "") == 303
    assert session.cases.of(NADIA).facts == {"visit_missed": "yes"}


def test_what_is_found_is_about_who_is_on_the_line(shared: Shared) -> None:
    """With a customer open, a policy opens as what it means for them; without one, to be read."""
    sign_in(shared.client)
    found = {
        who: unescape(shared.client.get("/find", params={"q": "bring back", "customer": who}).text)
        for who in (NADIA, "")
    }
    shared.client.cookies.clear()
    assert f'href="/customers/{NADIA}?about=returns"><b>Taking back parts</b>' in found[NADIA]
    assert f'href="/customers/{NADIA}?about=return-yes"><b>Gladly taken back</b>' in found[NADIA]
    assert 'href="/book/documents/policy/returns"><b>Taking back parts</b>' in found[""]
    assert "{{" not in found[NADIA]  # a script without what only its author writes
    assert "Thank you for bringing it back, …" in found[NADIA]


def test_a_body_that_comes_too_slowly_is_given_up(shared: Shared, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(endpoint, "BODY_SECONDS", 0.05)
    sent: list[dict[str, Any]] = []
    pieces = [{"type": "http.request", "body": b"name=ru", "more_body": True}]

    async def receive() -> dict[str, Any]:
        return pieces.pop() if pieces else await asyncio.get_running_loop().create_future()

    async def send(event: dict[str, Any]) -> None:
        sent.append(event)

    headers = {"host": "desk.example.org", "origin": FROM_HERE["Origin"],
               "content-type": "application/x-www-form-urlencoded", "content-length": "40"}  # fmt: skip
    scope = {
        "type": "http", "asgi": {"version": "3.0"}, "http_version": "1.1", "method": "POST", "scheme": "https",
        "path": "/sign-in", "raw_path": b"/sign-in", "query_string": b"", "root_path": "",
        "headers": [(name.encode(), value.encode()) for name, value in headers.items()],
        "client": ("192.0.2.7", 50000), "server": ("desk.example.org", 443),
    }  # fmt: skip
    asyncio.run(shared.client.app(scope, receive, send))  # type: ignore[arg-type]
    assert sent[0]["status"] == 408
    assert b"What you sent came too slowly. Send it again." in b"".join(event.get("body", b"") for event in sent)


def test_a_journal_that_another_program_holds_is_told_and_nothing_is_recorded_later(
    shared: Shared, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Waiting for it must end before the page gives up: what was told as failed may not be recorded afterwards."""
    assert sqlite_engine.BUSY_SECONDS < endpoint.MOST_SECONDS
    monkeypatch.setattr(sqlite_engine, "BUSY_SECONDS", 0.1)
    body = {"kind": "note", "customer": NADIA, "text": "She likes the back door", "sort": "signal"}
    assert shared.post("/api/1/journal", body).status_code == 201
    (journal,) = (shared.folder / "data").rglob("*.sqlite")
    with closing(sqlite3.connect(journal, isolation_level=None)) as other:
        count = other.execute("SELECT count(*) FROM entries").fetchone()
        other.execute("BEGIN IMMEDIATE")
        refused = shared.post("/api/1/journal", body)
        assert "another program is writing to it, and didn't stop in time. Try again." in refused.text
        assert refused.status_code == 503
        other.execute("ROLLBACK")
        assert other.execute("SELECT count(*) FROM entries").fetchone() == count
    assert shared.client.get("/healthz").status_code == 200
