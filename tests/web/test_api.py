"""The HTTP API says what the command line says, in the very same bytes."""

from __future__ import annotations

import json
import re
from html import unescape
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any, cast

import jsonschema
import pytest
from starlette.testclient import TestClient

from servkit.cache.compiled_book import CompiledBook
from servkit.cli import run
from servkit.text import json_text
from servkit.web.api.shared_fields import as_json
from web.conftest import FROM_HERE, ORIGIN, ROOT, sign_in

if TYPE_CHECKING:
    import httpx2

    from servkit.web.visit import Visit
    from web.conftest import Shared

DAY = "2026-11-23"


@pytest.fixture(autouse=True)
def _one_revision(monkeypatch: pytest.MonkeyPatch) -> None:
    """A commit during the tests changes nothing."""
    monkeypatch.setattr(CompiledBook, "revision", property(lambda _: ("1a2b3c4", False)))


def command(shared: Shared, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], *args: str) -> str:
    """What the command line prints, as Ruth the technician, with the journal of the site."""
    monkeypatch.setenv("SERVKIT_DATA", str(shared.folder / "data"))
    monkeypatch.setenv("SERVKIT_ROLE", "technician")
    monkeypatch.setenv("SERVKIT_AGENT", "reader")
    run([*args, "--book", str(ROOT / "standards")])
    return capsys.readouterr().out


@pytest.mark.parametrize(
    ("path", "args"),
    [
        ("/answers?customer=nadia&about=returns&on=" + DAY, ["lookup", "nadia", "--about", "returns", "--on", DAY]),
        (
            "/answers?customer=AS-1007&about=visits&set=visit_missed%3Dyes&why=true&from=2026-11-23T09:30&channel=phone",
            ["lookup", "AS-1007", "--about", "visits", "--set", "visit_missed=yes", "--why", "--from",
             "2026-11-23T09:30", "--channel", "phone"],
        ),
        ("/answers?about=billing&lang=es&on=" + DAY, ["lookup", "--about", "billing", "--lang", "es", "--on", DAY]),
        ("/answers?customer=o", ["lookup", "o"]),
        ("/scripts/your-technician?customer=nadia", ["say", "your-technician", "nadia"]),
        ("/scripts/late?customer=nadia", ["say", "late", "nadia"]),
        ("/documents/returns", ["show", "returns"]),
        ("/documents/script:bill-explain", ["show", "script:bill-explain"]),
        ("/documents/returns.window", ["show", "returns.window"]),
        ("/documents/AS-1007", ["show", "AS-1007"]),
        ("/find?words=recepit+late", ["find", "recepit", "late"]),
        ("/find?words=nadia", ["find", "nadia"]),
        ("/find?words=xyzzyplugh", ["find", "xyzzyplugh"]),
        ("/journal", ["journal"]),
    ],
)  # fmt: skip
def test_the_bytes_are_those_of_the_command_line(
    path: str, args: list[str], shared: Shared, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    answer = shared.get("/api/1" + path)
    assert answer.text == command(shared, monkeypatch, capsys, *args, "--format", "json")
    several = answer.json()["schema"] == "servkit/matches/1"
    assert answer.status_code == (300 if several else 200)
    _check_response(shared, "get", path, answer.status_code, answer.json())


def test_a_script_as_text_is_what_say_prints(
    shared: Shared, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    answer = shared.get("/api/1/scripts/your-technician?customer=nadia", Accept="text/plain")
    assert answer.headers["content-type"] == "text/plain; charset=utf-8"
    assert answer.text == command(shared, monkeypatch, capsys, "say", "your-technician", "nadia")


def test_what_the_desk_remarks_is_in_a_header(shared: Shared) -> None:
    answer = shared.get("/api/1/answers?customer=nadja+osman")
    assert answer.json()["customer"]["name"] == "Nadia Osman"
    assert "Nadia Osman" in answer.headers["servkit-notice"]


@pytest.mark.parametrize(
    ("path", "status", "told"),
    [
        ("/answers?customer=xyzzyplugh", 404, "no customer 'xyzzyplugh'"),
        ("/answers?about=retruns", 200, ""),
        ("/answers?on=someday", 400, "someday"),
        ("/answers?set=visit_missed", 400, "NAME=VALUE"),
        ("/answers?channel=pigeon", 404, "no channel 'pigeon'"),
        ("/answers?customer=a&customer=b", 400, "`customer` is there 2 times"),
        ("/answers?abuot=returns", 400, "`abuot` is not known here; did you mean about?"),
        ("/answers?why=perhaps", 400, "`why`"),
        ("/find", 400, "`words` is missing"),
        ("/find?words=+", 400, "words to search for"),
        ("/documents/xyzzyplugh", 404, "no document, area or term"),
        ("/scripts/xyzzyplugh", 404, "no script"),
        ("/journal?kind=gossip", 400, "gossip"),
        ("/journal?since=someday", 400, "someday"),
        ("/nothing", 404, "no such page"),
    ],
)
def test_what_cannot_be_answered_is_a_problem(path: str, status: int, told: str, shared: Shared) -> None:
    answer = shared.get("/api/1" + path)
    assert answer.status_code == status
    if status != 200:
        assert answer.headers["content-type"] == "application/problem+json"
        problem = answer.json()
        assert (problem["status"], problem["type"]) == (status, "about:blank")
        assert told in problem["detail"]


@pytest.mark.parametrize(
    ("entry", "told"),
    [
        ({}, "The body needs `kind`: what sort of entry it is"),
        ({"kind": "gossip"}, "`kind` can't be `gossip`. Choose from `note`, "),
    ],
)
def test_what_cannot_be_recorded_says_what_to_send(entry: dict[str, str], told: str, shared: Shared) -> None:
    assert told in shared.post("/api/1/journal", entry).json()["detail"]


@pytest.mark.parametrize(
    ("path", "allowed"),
    [("/api/1/journal", "GET, HEAD, POST"), ("/api/1/find", "GET, HEAD"), ("/sign-in", "GET, HEAD, POST")],
)
def test_what_cannot_be_done_at_a_path_is_told_with_what_can(path: str, allowed: str, shared: Shared) -> None:
    headers = {"Authorization": f"Bearer {shared.team.tokens['recorder']}"}
    answer = shared.client.request("DELETE", path, headers=headers)
    assert (answer.status_code, answer.headers["allow"]) == (405, allowed)


def test_recording_needs_the_scope_and_obeys_the_role(shared: Shared) -> None:
    note = {"kind": "note", "customer": "nadia", "text": "Use the back door", "sort": "priority"}
    refused = shared.post("/api/1/journal", note, token="reader")
    assert refused.status_code == 403
    assert "scope" in refused.json()["detail"]
    recorded = shared.post("/api/1/journal", note)
    assert recorded.status_code == 201, recorded.text
    _check_response(shared, "post", "/journal", 201, recorded.json())
    (entry,) = recorded.json()["entries"]
    assert (entry["by"], entry["role"], entry["role_is"], entry["customer"]) == (
        "recorder", "technician", "signed-in", "AS-1007",
    )  # fmt: skip
    assert shared.get("/api/1/journal?customer=nadia").json()["entries"][-1]["id"] == entry["id"]
    answer = shared.get("/api/1/answers?customer=nadia&about=returns").json()
    assert answer["customer"]["priorities"][0]["say"] == "Use the back door"
    much = {"kind": "grant", "customer": "nadia", "term": "goodwill.credit", "value": "5000 USD", "because": "late"}
    answer = shared.post("/api/1/journal", much | _reason(shared))
    assert answer.status_code == 403, answer.text
    problem = answer.json()
    assert (problem["term"], problem["value"]) == ("goodwill.credit", "5000 USD")
    _check_response(shared, "post", "/journal", 403, problem, "application/problem+json")
    little = much | {"value": "1 USD"} | _reason(shared)
    statuses = [shared.post("/api/1/journal", little).status_code for _ in range(2)]
    assert statuses == [201, 409]
    assert shared.post("/api/1/journal", little | {"again": True}).status_code == 201
    assert shared.post("/api/1/journal", little | {"role": "owner"}).status_code == 400


def test_what_somebody_else_has_to_approve_waits_for_a_person(shared: Shared) -> None:
    much = {"kind": "grant", "customer": "AS-1012", "term": "goodwill.credit", "value": "50 USD", "because": "late"}
    asked = much | _reason(shared) | {"approved": {"by": "Sam Vega", "role": "supervisor"}}
    (entry,) = shared.post("/api/1/journal", asked).json()["entries"]
    assert entry["approved"] == {"by": "Sam Vega", "role": "supervisor", "state": "pending"}
    assert shared.post("/api/1/journal", asked | {"approved": {"by": "Sam Vega"}}).status_code == 400

    decision = {"kind": "approval", "of": entry["id"], "state": "confirmed"}
    refused = shared.post("/api/1/journal", decision)
    assert (refused.status_code, refused.json()["detail"]) == (403, "A person has to decide about this.")

    def decide(name: str, **headers: str) -> httpx2.Response:
        with TestClient(shared.client.app, base_url=ORIGIN, follow_redirects=False) as browser:
            sign_in(browser, name)
            if not headers:
                page = browser.get("/due").text
                token = re.search(r'"X-CSRF-Token": "([^"]+)"', unescape(page))
                assert token is not None
                headers = {"X-CSRF-Token": token[1]}
            return browser.post("/api/1/journal", json=decision, headers={**FROM_HERE, **headers})

    assert decide("sam", **{"X-CSRF-Token": "of another page"}).status_code == 403
    problem = decide("ruth")
    assert (problem.status_code, problem.json()["detail"]) == (403, "Sam Vega was asked to approve this.")
    done = decide("sam")
    assert done.status_code == 201, done.text
    _check_response(shared, "post", "/journal", 201, done.json())
    assert (
        done.json()["entries"][0] | {"by": "Sam Vega", "of": entry["id"], "state": "confirmed"}
        == (done.json()["entries"][0])
    )
    assert decide("sam").status_code == 400  # somebody has decided


@pytest.mark.parametrize(
    "entry",
    [
        {"kind": "praise", "colleague": "Walt", "text": "drove back in the evening"},
        {"kind": "promise", "customer": "AS-1007", "term": "returns.window", "value": "45 days"},
        {"kind": "kept", "customer": "AS-1007", "term": "returns.window", "kept": True},
    ],
)
def test_every_kind_of_entry_is_recorded(entry: dict[str, Any], shared: Shared) -> None:
    answer = shared.post("/api/1/journal", entry)
    assert answer.status_code == 201, answer.text
    assert answer.json()["entries"][0]["kind"] == entry["kind"]


def test_the_description_is_openapi_and_describes_every_operation(shared: Shared) -> None:
    text = shared.client.get("/api/1/openapi.json")
    description = text.json()
    assert description["openapi"] == "3.1.0"
    operations = {(path, method) for path, methods in description["paths"].items() for method in methods}
    assert operations == {
        ("/answers", "get"), ("/scripts/{script}", "get"), ("/documents/{id}", "get"), ("/find", "get"),
        ("/journal", "get"), ("/journal", "post"),
    }  # fmt: skip
    names = {one["operationId"] for methods in description["paths"].values() for one in methods.values()}
    assert len(names) == len(operations)
    for schema in description["components"]["schemas"].values():
        jsonschema.Draft202012Validator.check_schema(schema)
    taken = {one["name"] for one in description["paths"]["/answers"]["get"]["parameters"]}
    assert taken == {"customer", "about", "set", "channel", "lang", "on", "from", "why"}
    assert "role" not in json.dumps(description["paths"]["/journal"]["post"]["requestBody"])


def _reason(shared: Shared) -> dict[str, str]:
    with shared.site.library.lend() as book:
        reasons = list(book.settings.reasons)
    return {"reason": reasons[0]} if reasons else {}


def _check_response(
    shared: Shared, method: str, path: str, status: int, data: Any, kind: str = "application/json"
) -> None:
    """The description tells the truth of an answer."""
    description = shared.client.get("/api/1/openapi.json").json()
    start = path.partition("?")[0].split("/")[1]
    name = next(one for one in description["paths"] if one.split("/")[1] == start)
    schema = description["paths"][name][method]["responses"][str(status)]["content"][kind]["schema"]
    jsonschema.validate(data, {**schema, "components": description["components"]})


@pytest.mark.parametrize(
    "data", [{}, [], {"a": [], "b": {"c": '\x7f\u202e é 😀 " \\ \n'}}, {"half": "\ud800"}, {"n": [1, 0.5, True, None]}]
)
def test_every_character_is_written_as_on_the_command_line(data: Any) -> None:
    response = as_json(cast("Visit", SimpleNamespace(notices=[])), data)
    assert response.body == json_text(data).encode()
