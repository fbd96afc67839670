"""The sheet of what has changed, since a day that people name or a sign-off."""

from __future__ import annotations

import os
import re
import subprocess
from datetime import UTC, datetime
from html import unescape
from typing import TYPE_CHECKING

import pytest

from servkit.cli import run
from web.conftest import client_of, make_team, sign_in

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from starlette.testclient import TestClient

    from servkit.web.site import Site

NOW = datetime(2026, 11, 25, 15, 0, tzinfo=UTC)  # a Wednesday


@pytest.fixture
def served(book: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[tuple[TestClient, Site]]:
    """A book whose return window was longer in git from 2026-11-20 on, and is longer once more now."""
    monkeypatch.setattr("servkit.web.site.Site.clock", lambda _: NOW)
    policy = book / "policies" / "returns.yaml"
    good = policy.read_text("utf-8")

    def commit(day: str, window: str) -> None:
        policy.write_text(good.replace("value: 30 days", f"value: {window}", 1), "utf-8")
        environment = {**os.environ, "GIT_COMMITTER_DATE": f"{day}T12:00:00Z", "GIT_AUTHOR_DATE": f"{day}T12:00:00Z"}
        for command in (["add", "-A"], ["-c", "user.name=A", "-c", "user.email=a@b", "commit", "-qm", window]):
            subprocess.run(["git", *command], cwd=book, env=environment, check=True)

    subprocess.run(["git", "init", "-q"], cwd=book, check=True)
    commit("2026-11-10", "30 days")
    commit("2026-11-20", "33 days")
    commit("2026-11-24", "36 days")
    team = make_team(tmp_path)
    with client_of(book, tmp_path, users=team.path) as (client, site):
        sign_in(client)
        yield client, site


def choices(client: TestClient, query: str = "") -> dict[str, str]:
    """The days that the page offers, by the value that it sends."""
    page = client.get(f"/handouts?sheet=changes{query}").text
    select = re.search(r'<select class="text" name="since".*?</select>', page, re.DOTALL)
    assert select is not None, page
    return {one[1]: unescape(one[2]) for one in re.finditer(r'<option value="([^"]+)"[^>]*>([^<]*)', select[0])}


def handout(client: TestClient, since: str) -> str:
    """The sheet, its spaces as people see them."""
    return client.get(f"/handouts/file?sheet=changes&since={since}").text.replace("\N{NO-BREAK SPACE}", " ")


def test_what_has_changed_since_a_day_that_people_name(served: tuple[TestClient, Site]) -> None:
    client, _ = served
    assert choices(client) == {
        "2026-11-23": "last Monday (2026-11-23)",
        "2026-11-16": "Monday a week before (2026-11-16)",
    }  # the book is no older
    monday = handout(client, "2026-11-23")
    assert ("33 days" in monday, "36 days" in monday) == (True, True)
    before = handout(client, "2026-11-16")
    assert ("33 days" in before, "36 days" in before, "Nov 16, 2026" in before) == (False, True, True)
    assert choices(client, "&day=21+November+2026")["2026-11-21"] == "2026-11-21"
    assert 'src="/handouts/file?sheet=changes&amp;since=2026-11-23"' in client.get("/handouts?sheet=changes").text


def test_a_day_that_is_none_or_before_the_book_is_told(served: tuple[TestClient, Site]) -> None:
    client, _ = served
    for day, told in (("2026-11-09", "was not in git before 2026-11-09"), ("xyzzy", "should be a day such as")):
        page = client.get(f"/handouts?sheet=changes&day={day}").text
        assert told in page
        assert "<iframe" not in page
        assert client.get(f"/handouts/file?sheet=changes&since={day}").status_code == 400


def test_what_has_changed_since_ones_own_sign_off(
    served: tuple[TestClient, Site], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    client, site = served
    book = str(site.settings.root)
    monkeypatch.setenv("SERVKIT_DATA", str(tmp_path / "data"))
    for name in ("Ruth Okafor", "Sam Vega"):
        command = ["signoff", name, "--area", "returns", "--level", "genuine", "--agent", "Joan", "--book", book]
        assert run(command) == 0
    with site.library.lend() as served_book:
        revision = served_book.book.revision[0]
    assert revision is not None
    found = choices(client)
    assert found[revision].startswith("Ruth Okafor was signed off: Returned parts (")
    assert not any("Sam" in name for name in found.values())  # a technician reads of themselves only
    assert "33 days" not in handout(client, revision)  # nothing has changed since
