"""Sites to ask in this process, on a book of its own that a test may change."""

from __future__ import annotations

import os
import shutil
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import pytest
from argon2 import PasswordHasher
from starlette.testclient import TestClient

from servkit.cache.folder import cache_folder
from servkit.web import people
from servkit.web.application import make_application
from servkit.web.people import hashed_password, new_token, token_digest
from servkit.web.settings import WebSettings
from servkit.web.site import Site
from servkit.web.users_file import PersonRecord, TokenRecord, Users, write_users

if TYPE_CHECKING:
    from collections.abc import Iterator

    import httpx2

ROOT = Path(__file__).parents[2]
ORIGIN = "https://desk.example.org"
PASSWORD = "correct horse battery"
FROM_HERE = {"Origin": ORIGIN, "Sec-Fetch-Site": "same-origin"}


class Team(NamedTuple):
    """The people and the tokens of a site."""

    path: Path
    tokens: dict[str, str]


class Shared(NamedTuple):
    """A site for many tests: its team, and the folder with its journal and its logs."""

    client: TestClient
    site: Site
    team: Team
    folder: Path

    def get(self, path: str, token: str = "reader", **headers: str) -> httpx2.Response:
        """What a program with a token gets."""
        return self.client.get(path, headers={"Authorization": f"Bearer {self.team.tokens[token]}", **headers})

    def post(self, path: str, data: Any, token: str = "recorder") -> httpx2.Response:
        """What a program with a token gets for JSON."""
        return self.client.post(path, json=data, headers={"Authorization": f"Bearer {self.team.tokens[token]}"})


@pytest.fixture(scope="session", autouse=True)
def _quick_hashes() -> Iterator[None]:
    """Argon2 takes its time on purpose, and there are many passwords here."""
    with pytest.MonkeyPatch.context() as patch:
        quick = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
        patch.setattr(people, "_HASHER", quick)
        patch.setattr(people, "_NOBODY", quick.hash("a password that nobody has"))
        yield


@pytest.fixture
def book(tmp_path: Path) -> Path:
    """A copy of the starter book, for a test that changes it."""
    return Path(shutil.copytree(ROOT / "standards", tmp_path / "book"))


@pytest.fixture
def team(tmp_path: Path) -> Team:
    """People and tokens, for a test that changes them."""
    return make_team(tmp_path)


def make_team(tmp_path: Path) -> Team:
    """Ruth the technician, Sam the supervisor, a program that reads and one that records."""
    tokens = {name: new_token() for name in ("reader", "recorder", "old")}
    days = {"reader": date(2999, 1, 1), "recorder": date(2999, 1, 1), "old": date(2020, 1, 1)}
    users = Users(
        people={
            "ruth": PersonRecord(name="Ruth Okafor", role="technician", password=hashed_password(PASSWORD)),
            "sam": PersonRecord(name="Sam Vega", role="supervisor", password=hashed_password(PASSWORD)),
            "greta": PersonRecord(role="technician", language="de", password=hashed_password(PASSWORD)),
            "guest": PersonRecord(role="technician"),
        },
        tokens={
            name: TokenRecord(
                role="technician",
                scope="record" if name == "recorder" else "read",
                expires=days[name],
                digest=token_digest(token),
            )
            for name, token in tokens.items()
        },
    )
    path = tmp_path / "users" / "users.yaml"
    write_users(path, users, Users())
    return Team(path, tokens)


@contextmanager
def client_of(root: Path, tmp_path: Path, **settings: Any) -> Iterator[tuple[TestClient, Site]]:
    """A browser (which follows no redirects) at a site."""
    origin, address = settings.pop("origin", ORIGIN), settings.pop("address", "192.0.2.7")
    environment = {"SERVKIT_DATA": str(tmp_path / "data")}
    host = origin.partition("://")[2]
    served = WebSettings(root, origin, frozenset({host}), environment, cache_folder(os.environ), **settings)
    with (
        Site(served) as site,
        TestClient(make_application(site), base_url=origin, follow_redirects=False, client=(address, 50000)) as client,
    ):
        yield client, site


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Shared]:
    """The starter book, served to a team, for all tests of a module that change nothing of it."""
    folder = tmp_path_factory.mktemp("shared")
    team = make_team(folder)
    with client_of(ROOT / "standards", folder, users=team.path, opened_log=folder / "opened") as (client, site):
        yield Shared(client, site, team, folder)


@pytest.fixture
def served(team: Team, tmp_path: Path) -> Iterator[tuple[TestClient, Site]]:
    """The starter book, served to the team."""
    with client_of(ROOT / "standards", tmp_path, users=team.path, opened_log=tmp_path / "opened") as pair:
        yield pair


def sign_in(client: TestClient, name: str = "ruth", password: str = PASSWORD, **headers: str) -> httpx2.Response:
    """Sign in as somebody who works here."""
    return client.post("/sign-in", data={"name": name, "password": password}, headers={**FROM_HERE, **headers})
