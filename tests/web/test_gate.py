"""Who is let in, and as whom."""

from __future__ import annotations

from ipaddress import ip_network
from typing import TYPE_CHECKING

import pytest
from argon2 import PasswordHasher

from servkit.desk.person import Person
from servkit.web import people, sessions, sign_in_delay
from servkit.web.people import _NOBODY
from servkit.web.sessions import IDLE_SECONDS, LONGEST_SECONDS, Sessions
from servkit.web.settings import ProxyTrust
from servkit.web.sign_in_delay import LONGEST_WAIT, SignInDelay
from web.conftest import FROM_HERE, ORIGIN, ROOT, client_of, sign_in

if TYPE_CHECKING:
    from pathlib import Path

    from starlette.testclient import TestClient

    from servkit.web.site import Site
    from web.conftest import Team

ASKED = "/api/1/answers?customer=nadia&about=returns"


def test_people_sign_in_and_out(served: tuple[TestClient, Site]) -> None:
    client, _ = served
    assert client.get(ASKED).status_code == 401
    done = sign_in(client)
    assert (done.status_code, done.headers["location"]) == (303, "/")
    assert done.headers["set-cookie"].endswith("; Path=/; HttpOnly; SameSite=Lax; Secure")
    assert done.headers["set-cookie"].startswith("__Host-servkit=")
    assert client.get(ASKED).json()["asked"]["role"] == "technician"
    assert client.get("/sign-in").status_code == 303


@pytest.mark.parametrize(
    ("name", "password"),
    [("ruth", "wrong horse battery"), ("nobody", "correct horse battery"), ("guest", "")],
)
def test_a_failed_sign_in_does_not_tell_which_names_there_are(
    name: str, password: str, served: tuple[TestClient, Site]
) -> None:
    client, _ = served
    failed = sign_in(client, name, password)
    assert failed.status_code == 401
    assert "set-cookie" not in failed.headers
    page = failed.text.replace(f'value="{name}"', 'value="ruth"')
    assert page == sign_in(client, "ruth", "wrong again and again").text


def test_a_name_that_nobody_has_takes_as_long_as_one_that_somebody_has() -> None:
    assert not PasswordHasher().check_needs_rehash(_NOBODY)
    assert not people.matches(_NOBODY, "")


def test_signing_in_slows_down_after_failures_for_names_that_nobody_has_too(served: tuple[TestClient, Site]) -> None:
    client, _ = served
    for name in ("sam", "nobody"):
        answers = [sign_in(client, name, "wrong horse battery") for _ in range(6)]
        assert [one.status_code for one in answers] == [401] * 5 + [429]
        assert 1 <= int(answers[-1].headers["retry-after"]) <= 60
    assert sign_in(client, "sam").status_code == 429  # even with the right password
    assert sign_in(client, "ruth").status_code == 303


def test_a_session_ends_when_the_role_changes_and_when_somebody_is_removed(
    served: tuple[TestClient, Site], team: Team
) -> None:
    client, _ = served
    sign_in(client, "sam")
    assert client.get(ASKED).json()["asked"]["role"] == "supervisor"
    text = team.path.read_text("utf-8")
    team.path.write_text(text.replace("supervisor", "technician"), "utf-8")
    assert client.get(ASKED).status_code == 401
    sign_in(client, "sam")
    assert client.get(ASKED).json()["asked"]["role"] == "technician"
    team.path.write_text(text.replace('"sam"', '"kim"'), "utf-8")
    assert client.get(ASKED).status_code == 401


def test_nobody_gets_in_while_others_may_read_the_file(served: tuple[TestClient, Site], team: Team) -> None:
    client, _ = served
    sign_in(client)
    team.path.chmod(0o644)
    assert client.get(ASKED).status_code == 401
    assert sign_in(client).status_code == 503
    team.path.chmod(0o600)
    assert sign_in(client).status_code == 303


def test_whoever_has_to_sign_in_again_comes_back_to_the_page_they_were_at(served: tuple[TestClient, Site]) -> None:
    client, _ = served
    page = "/customers/AS-1007?about=returns"
    part = {**FROM_HERE, "HX-Request": "true", "HX-Current-URL": f"{ORIGIN}{page}"}
    answer = client.post("/facts", data={"customer": "AS-1007", "name": "part_kind"}, headers=part)
    address = answer.headers["hx-redirect"]
    assert (answer.status_code, address) == (401, "/sign-in?next=%2Fcustomers%2FAS-1007%3Fabout%3Dreturns")
    assert f'name="next" value="{page}"' in client.get(address).text
    for odd in ("", "https://[", "javascript:alert(1)", "//evil.example"):
        assert client.get("/due", headers={**part, "HX-Current-URL": odd}).headers["hx-redirect"] == "/sign-in"


def test_signing_out_ends_the_session_not_only_the_cookie(served: tuple[TestClient, Site]) -> None:
    client, site = served
    sign_in(client)
    cookie = dict(client.cookies)
    csrf = next(iter(site.sessions._sessions.values())).csrf
    assert client.post("/sign-out", data={"csrf": csrf}, headers=FROM_HERE).status_code == 303
    client.cookies.update(cookie)
    assert client.get(ASKED).status_code == 401


def test_no_request_raises_a_role(served: tuple[TestClient, Site], team: Team) -> None:
    client, _ = served
    for more in ("role=supervisor", "level=super", "office=north", "agent=Sam"):
        answer = client.get(f"{ASKED}&{more}", headers={"Authorization": f"Bearer {team.tokens['reader']}"})
        assert answer.status_code == 400, more
        assert "is not known here" in answer.json()["detail"]
    headers = {"X-Role": "supervisor", "Authorization": f"Bearer {team.tokens['reader']}"}
    assert client.get(ASKED, headers=headers).json()["asked"]["role"] == "technician"


@pytest.mark.parametrize("token", ["old", "nonsense", ""])
def test_tokens_that_are_none_open_nothing(token: str, served: tuple[TestClient, Site], team: Team) -> None:
    client, _ = served
    sent = team.tokens.get(token, token)
    answer = client.get(ASKED, headers={"Authorization": f"Bearer {sent}"})
    assert (answer.status_code, answer.headers["www-authenticate"]) == (401, "Bearer")
    assert client.get(ASKED, headers={"Authorization": f"Basic {sent}"}).status_code == 401


def test_a_token_opens_the_api_and_no_page(served: tuple[TestClient, Site], team: Team) -> None:
    client, _ = served
    headers = {"Authorization": f"Bearer {team.tokens['recorder']}"}
    assert client.get("/metrics", headers=headers).status_code == 200
    assert client.post("/sign-out", headers=headers).status_code == 403


def test_the_key_of_the_own_desk_works_once(tmp_path: Path) -> None:
    origin, person = "http://127.0.0.1:8470", Person("Ruth", "technician")
    with client_of(ROOT / "standards", tmp_path, origin=origin, owner=person) as (client, site):
        assert client.get("/start?key=guessed").status_code == 403
        assert "servkit desk" in client.get("/sign-in").text
        address = f"/start?key={site.gate.key}"
        opened = client.get(address)
        assert (opened.status_code, opened.headers["location"]) == (303, "/")
        assert opened.headers["set-cookie"].startswith("servkit-8470=")
        assert client.get(ASKED).json()["asked"]["role"] == "technician"
        assert client.get(address).headers["location"] == "/"  # the same browser goes on
        client.cookies.clear()
        used = client.get(address)
        assert used.status_code == 403
        assert "start `servkit desk` again" in used.text


@pytest.mark.parametrize(("address", "status"), [("10.1.2.3", 200), ("192.0.2.7", 401)])
def test_only_the_proxy_says_who_has_signed_in(address: str, status: int, team: Team, tmp_path: Path) -> None:
    proxy, header = ProxyTrust((ip_network("10.0.0.0/8"),), "X-Remote-User"), {"X-Remote-User": "Guest"}
    with client_of(ROOT / "standards", tmp_path, users=team.path, proxy=proxy, address=address) as (client, _):
        assert client.get(ASKED, headers=header).status_code == status
        assert client.get(ASKED).status_code == status  # by the session that began
        other = client.get(ASKED, headers={"X-Remote-User": "sam"})
        if status == 200:
            assert other.json()["asked"]["role"] == "supervisor"  # somebody else at the same browser
            assert client.get(ASKED, headers={"X-Remote-User": "eve"}).status_code == 403


@pytest.mark.parametrize(
    ("address", "forwarded", "counted"),
    [
        ("10.1.2.3", "198.51.100.1", "198.51.100.1"),
        ("10.1.2.3", "203.0.113.9, 198.51.100.1", "198.51.100.1"),  # the browser made up the first one
        ("10.1.2.3", "198.51.100.1, 10.9.9.9", "198.51.100.1"),
        ("10.1.2.3", "nonsense", "10.1.2.3"),
        ("10.1.2.3", "", "10.1.2.3"),
        ("192.0.2.7", "198.51.100.1", "192.0.2.7"),
    ],
)
def test_failures_count_for_the_address_that_a_trusted_proxy_tells(
    address: str, forwarded: str, counted: str, team: Team, tmp_path: Path
) -> None:
    proxy = ProxyTrust((ip_network("10.0.0.0/8"),))
    headers = {"X-Forwarded-For": forwarded}
    with client_of(ROOT / "standards", tmp_path, users=team.path, proxy=proxy, address=address) as (client, site):
        for _ in range(6):
            last = sign_in(client, "ruth", "wrong horse battery", **headers)
        assert last.status_code == 429
        assert site.gate._delay.wait("ruth", counted) > 0
        assert site.gate._delay.wait("ruth", "198.51.100.250") == 0


def test_failures_are_forgotten_and_never_more_than_so_many_are_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    now = 0.0
    delay = SignInDelay(lambda: now)
    for _ in range(12):
        delay.fail("ruth", "here")
    assert delay.wait("ruth", "here") == LONGEST_WAIT
    assert delay.wait("ruth", "there") == 0
    assert delay.wait("sam", "here") == 0
    now = LONGEST_WAIT
    assert delay.wait("ruth", "here") == 0
    delay.succeed("ruth", "here")
    delay.fail("ruth", "here")
    assert delay.wait("ruth", "here") == 0
    monkeypatch.setattr(sign_in_delay, "MOST_KEPT", 100)
    for number in range(500):
        delay.fail(f"name {number}", f"address {number}")
    assert len(delay._failures) <= 100


def test_sessions_end_by_time_and_are_not_kept_without_end(monkeypatch: pytest.MonkeyPatch) -> None:
    now = 0.0
    kept = Sessions(lambda: now)
    secret, session = kept.begin("ruth", "mark")
    assert secret not in repr(kept._sessions)
    for _ in range(4):
        now += IDLE_SECONDS - 1
        found = kept.find(secret)
        assert found is (session if now <= LONGEST_SECONDS else None)
    secret, _ = kept.begin("ruth", "mark")
    now += IDLE_SECONDS + 1
    assert kept.find(secret) is None
    monkeypatch.setattr(sessions, "MOST_SESSIONS", 10)
    secrets = [kept.begin("ruth", "mark")[0] for _ in range(30)]
    assert len(kept) == 10
    assert kept.find(secrets[-1]) is not None
