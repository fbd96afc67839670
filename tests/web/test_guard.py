"""Requests that no page of the site sent, and what every response bears."""

from __future__ import annotations

import json
import re
import threading
from html import unescape
from typing import TYPE_CHECKING

import pytest

from servkit.web import endpoint
from servkit.web.api.operations import find
from servkit.web.middleware.guard import MOST_BODY, MOST_QUERY
from web.conftest import FROM_HERE, ORIGIN, PASSWORD, ROOT, client_of, sign_in

if TYPE_CHECKING:
    from pathlib import Path

    from web.conftest import Shared, Team

#: Pages that exist whatever else does.
PATHS = ("/sign-in", "/healthz", "/api/1/openapi.json", "/api/1/find?words=x", "/nowhere", "/static/nothing.css")


@pytest.mark.parametrize("path", PATHS)
def test_every_response_forbids_what_is_not_of_this_site(path: str, shared: Shared) -> None:
    headers = shared.client.get(path).headers
    policy = headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "frame-ancestors 'none'" in policy
    assert "unsafe" not in policy
    assert "http" not in policy
    assert headers["x-frame-options"] == "DENY"
    assert headers["referrer-policy"] == "no-referrer"
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["cache-control"] == "no-store"
    assert headers["strict-transport-security"].startswith("max-age=")
    assert "server" not in headers


@pytest.mark.parametrize("host", ["evil.example", "desk.example.org.evil.example", "desk.example.org:8443", ""])
def test_another_host_is_refused_even_before_sign_in(host: str, shared: Shared) -> None:
    answer = shared.client.get("/sign-in", headers={"Host": host})
    assert answer.status_code == 421
    assert ORIGIN in answer.text
    assert shared.client.get("/healthz", headers={"Host": host}).json() == {"status": "ok", "book": "current"}


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"Origin": "https://evil.example"},
        {"Origin": "null"},
        {"Origin": "https://desk.example.org.evil.example"},
        {"Origin": "http://desk.example.org"},
        {"Sec-Fetch-Site": "cross-site", "Origin": ORIGIN},
        {"Sec-Fetch-Site": "same-site", "Origin": "null"},
        {"Sec-Fetch-Site": "none"},
        {"Sec-Fetch-Site": "same-origin", "Origin": "https://evil.example"},
    ],
)
def test_a_form_of_another_site_is_refused(headers: dict[str, str], shared: Shared) -> None:
    sent = {"name": "ruth", "password": PASSWORD}
    assert shared.client.post("/sign-in", data=sent, headers=headers).status_code == 403


@pytest.mark.parametrize(
    "headers", [{"Origin": ORIGIN}, {"Sec-Fetch-Site": "same-origin", "Origin": "null"}, {**FROM_HERE}]
)
def test_a_form_of_this_site_is_taken(headers: dict[str, str], shared: Shared) -> None:
    sent = {"name": "ruth", "password": PASSWORD}
    assert shared.client.post("/sign-in", data=sent, headers=headers).status_code == 303
    shared.client.cookies.clear()


@pytest.mark.parametrize("csrf", [None, "", "guessed", "ü"])
def test_a_form_without_the_token_of_the_session_is_refused(csrf: str | None, shared: Shared) -> None:
    sign_in(shared.client)
    data = {} if csrf is None else {"csrf": csrf}
    assert shared.client.post("/sign-out", data=data, headers=FROM_HERE).status_code == 403
    entry = {"kind": "note", "customer": "AS-1007", "text": "x"}
    assert shared.client.post("/api/1/journal", json=entry, headers=FROM_HERE).status_code == 403
    assert shared.client.get("/api/1/find?words=refund").status_code == 200  # still signed in
    shared.client.cookies.clear()


def test_a_program_without_a_token_is_asked_for_one(shared: Shared) -> None:
    answer = shared.client.post("/api/1/journal", json={"kind": "note"})
    assert (answer.status_code, answer.headers["www-authenticate"]) == (401, "Bearer")


def test_what_is_too_long_is_refused(shared: Shared) -> None:
    assert shared.get("/api/1/find?words=" + "x" * MOST_QUERY).status_code == 414
    long = {"kind": "note", "customer": "AS-1007", "text": "x" * MOST_BODY}
    assert shared.post("/api/1/journal", long).status_code == 413
    chunks = (b" " * 4096 for _ in range(MOST_BODY // 4096 + 1))  # nobody says how long it is
    headers = {"Authorization": f"Bearer {shared.team.tokens['recorder']}"}
    assert shared.client.post("/api/1/journal", content=chunks, headers=headers).status_code == 413
    many = {f"field{number}": "x" for number in range(600)}
    assert shared.client.post("/sign-in", data=many, headers=FROM_HERE).status_code == 400
    file = {"file": ("x.txt", b"x")}
    assert shared.client.post("/sign-in", files=file, headers=FROM_HERE).status_code == 400


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"{",
        b"\xff",
        b"[" * 100_000,
        b"null",
        b"1",
        b'{"kind": []}',
        b'{"kind": "x"}',
        b'{"kind": "note", "customer": "AS-1007", "text": "\\ud800"}',
        b'{"kind": "note", "customer": "AS-1007", "text": "\\u0000"}',
    ],
)
def test_a_body_that_is_no_entry_is_a_problem_not_a_fault(body: bytes, shared: Shared) -> None:
    headers = {"Authorization": f"Bearer {shared.team.tokens['recorder']}"}
    answer = shared.client.post("/api/1/journal", content=body, headers=headers)
    assert answer.status_code == 400
    assert answer.headers["content-type"] == "application/problem+json"


@pytest.mark.parametrize(
    "path",
    [
        "/static/../gate.py",
        "/static/%2e%2e/gate.py",
        "/static/..%2fgate.py",
        "/static/%2fetc%2fpasswd",
        "/static/..\\gate.py",
        "/static/%00",
        "/api/1/documents/..%2f..%2fetc%2fpasswd",
        "/api/1/documents/%00",
        "/api/1/find?words=%00",
        "/api/1/answers?customer=%ff%fe%ed%a0%80",
        "/api/1/scripts/%ff%fe",
    ],
)
def test_no_path_leads_out_of_the_site(path: str, shared: Shared) -> None:
    answer = shared.get(path)
    assert answer.status_code in (404, 403, 400)
    assert "root:" not in answer.text
    assert "import" not in answer.text


@pytest.mark.parametrize(
    ("path", "told"),
    [
        ("/customers/xyzzyplugh", "There is no customer &#39;xyzzyplugh&#39;. Look for the name instead."),
        ("/answer?about=xyzzyplugh", "There is no area or document &#39;xyzzyplugh&#39;. Choose from greeting"),
        ("/answer?about=returns&on=someday", ">`someday` should be a day"),
        ("/book/documents/polcy/returns", "There is no kind of document &#39;polcy&#39;. Did you mean policy?"),
        ("/handouts?sheet=card&area=holding", "There is no area &#39;holding&#39;. Did you mean hold?"),
    ],
)
def test_a_page_says_what_is_wrong_in_whole_sentences(path: str, told: str, shared: Shared) -> None:
    sign_in(shared.client)
    page = shared.client.get(path).text
    shared.client.cookies.clear()
    assert told in page


@pytest.mark.parametrize(
    ("path", "told"),
    [
        ("/customers/xyzzyplugh", "Es gibt keinen Kunden 'xyzzyplugh'. Suchen Sie stattdessen nach dem Namen."),
        ("/answer?about=returns&on=someday", "`someday` sollte ein Tag wie 2026-03-01, heute oder morgen sein."),
        ("/answer?about=returns&on=1/3/2026", "`1/3/2026` kann 03.01.2026 oder 01.03.2026 meinen."),
        ("/book/documents/polcy/returns", "Es gibt keine Art von Dokument 'polcy'. Meinten Sie policy?"),
        ("/answer?about=retruns", "Es gibt keinen Bereich und kein Dokument 'retruns'. Gemeint ist wohl 'returns'."),
        ("/report?since=xyzzy", "`xyzzy` sollte ein Tag"),
    ],
)
def test_what_is_wrong_is_said_in_the_language_of_who_reads_it(path: str, told: str, shared: Shared) -> None:
    sign_in(shared.client, "greta")
    page = shared.client.get(path).text
    shared.client.cookies.clear()
    assert told in unescape(page)


def test_what_somebody_typed_never_becomes_markup(shared: Shared) -> None:
    script = "<script>alert(1)</script>"
    page = shared.client.post(
        "/sign-in", data={"name": script, "password": "x", "next": f'">{script}'}, headers=FROM_HERE
    )
    assert page.status_code == 401
    assert script not in page.text
    assert "&lt;script&gt;" in page.text
    sign_in(shared.client)
    for path in (f"/{script}", f"/start?key={script}"):
        assert script not in shared.client.get(path).text
    shared.client.cookies.clear()
    problem = shared.get(f"/api/1/documents/{script}")
    assert problem.headers["content-type"] == "application/problem+json"
    assert problem.headers["x-content-type-options"] == "nosniff"


@pytest.mark.parametrize(
    "after",
    ["//evil.example", "https://evil.example", "/\\evil.example", "javascript:alert(1)", "/a\r\nSet-Cookie: b=c"],
)
def test_signing_in_leads_to_no_other_site(after: str, shared: Shared) -> None:
    data = {"name": "ruth", "password": PASSWORD, "next": after}
    done = shared.client.post("/sign-in", data=data, headers=FROM_HERE)
    assert done.headers["location"] == "/"
    shared.client.cookies.clear()


def test_the_log_of_requests_names_no_customer(team: Team, tmp_path: Path) -> None:
    lines: list[str] = []
    with client_of(ROOT / "standards", tmp_path, users=team.path, log=lines.append) as (client, _):
        headers = {"Authorization": f"Bearer {team.tokens['reader']}"}
        client.get("/api/1/answers?customer=AS-1007&set=late%3D2h", headers=headers)
        client.get("/api/1/documents/AS-1007", headers=headers)
        client.get("/nowhere/AS-1007")
    told = [json.loads(line) for line in lines]
    assert [one["page"] for one in told] == ["/api/1/answers", "/api/1/documents/{id}", "-"]
    assert told[0] | {"time": 0, "ms": 0} == {
        "time": 0, "method": "GET", "page": "/api/1/answers", "status": 200, "ms": 0, "user": "token:reader",
    }  # fmt: skip
    assert "1007" not in "".join(lines)


def test_who_opened_which_customer_is_logged_apart_and_forgotten(team: Team, tmp_path: Path) -> None:
    log = tmp_path / "opened"
    log.mkdir()
    for day in ("2020-01-01", "not-a-day!"):
        (log / f"{day}.jsonl").write_text("{}\n", "utf-8")
    with client_of(ROOT / "standards", tmp_path, users=team.path, opened_log=log) as (client, _):
        headers = {"Authorization": f"Bearer {team.tokens['reader']}"}
        client.get("/api/1/answers?customer=nadia", headers=headers)
        client.get("/api/1/answers?about=returns", headers=headers)
    assert not (log / "2020-01-01.jsonl").exists()
    assert (log / "not-a-day!.jsonl").exists()
    (file,) = log.glob("2*.jsonl")
    assert file.stat().st_mode & 0o777 == 0o600
    (line,) = file.read_text("utf-8").splitlines()
    opened = json.loads(line)
    assert (opened["user"], opened["customer"]) == ("token:reader", "AS-1007")
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\+00:00", opened["time"])


def test_nobody_is_shown_whom_the_log_cannot_name(team: Team, tmp_path: Path) -> None:
    log = tmp_path / "opened"
    with client_of(ROOT / "standards", tmp_path, users=team.path, opened_log=log) as (client, _):
        log.rmdir()
        headers = {"Authorization": f"Bearer {team.tokens['reader']}"}
        assert client.get("/api/1/answers?customer=nadia", headers=headers).status_code == 503
        assert client.get("/api/1/answers?about=returns", headers=headers).status_code == 200


def test_a_named_site_may_show_the_desk_in_a_frame_and_no_other(team: Team, tmp_path: Path) -> None:
    helpdesk = "https://helpdesk.example.org"
    with client_of(ROOT / "standards", tmp_path, users=team.path, frame_from=helpdesk) as (client, _):
        done = sign_in(client)
        assert f"frame-ancestors {helpdesk}" in done.headers["content-security-policy"]
        assert "x-frame-options" not in done.headers
        assert done.headers["set-cookie"].endswith("; HttpOnly; SameSite=None; Partitioned; Secure")
        handout = client.get("/handouts/file?sheet=card&area=hold").headers
        assert f"frame-ancestors 'self' {helpdesk};" in handout["content-security-policy"]
        assert "x-frame-options" not in handout


def test_figures_are_for_those_with_a_token_and_name_no_customer(shared: Shared) -> None:
    assert shared.client.get("/metrics").status_code in (303, 401)
    shared.get("/api/1/documents/AS-1007")
    figures = shared.get("/metrics").text
    assert 'servkit_requests_total{method="GET",page="/api/1/documents/{id}",status="200"}' in figures
    assert "1007" not in figures


def test_a_fault_of_servkit_itself_tells_nobody_whom_it_was_about(
    shared: Shared, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def fail(*_: object) -> None:
        raise RuntimeError("Nadia Osman")

    monkeypatch.setattr(find, "search_everything", fail)
    answer = shared.get("/api/1/find?words=nadia")
    assert (answer.status_code, answer.headers["content-type"]) == (500, "application/problem+json")
    log = capsys.readouterr().err
    assert "servkit: internal error (RuntimeError)" in log
    assert "find.py" in log
    assert "Nadia" not in answer.text + log


def test_what_takes_too_long_is_given_up(shared: Shared, monkeypatch: pytest.MonkeyPatch) -> None:
    done = threading.Event()
    monkeypatch.setattr(endpoint, "MOST_SECONDS", 0.05)
    monkeypatch.setattr(find, "search_everything", lambda *_: done.wait(10))
    try:
        answer = shared.get("/api/1/find?words=nadia")
    finally:
        done.set()
    assert answer.status_code == 503
    assert "too long" in answer.json()["detail"]
