"""What all tests share: nothing of the user's is read or written, and everybody's terminal is the same."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest
from hypothesis import settings

from postgres import PostgresCluster, postgres_cluster

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


# A loaded machine is slow, not wrong. In CI the same examples run every time; at home new ones are looked for.
settings.register_profile("servkit", deadline=None, derandomize=bool(os.environ.get("CI")))
settings.load_profile("servkit")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Modules with a browser or a database server come first: one worker starts it, and nobody waits at the end."""
    first = {item.path for item in items for name in ("browser", "database") if item.get_closest_marker(name)}
    items.sort(key=lambda item: item.path not in first)


@pytest.fixture(scope="session")
def cluster() -> Iterator[PostgresCluster]:
    """A real PostgreSQL. A test that stops it starts it again."""
    with postgres_cluster() as running:
        yield running


@pytest.fixture(scope="session")
def postgres(cluster: PostgresCluster) -> str:
    """The address of a real PostgreSQL."""
    return cluster.address()


@pytest.fixture(scope="session", autouse=True)
def _at_home_nowhere(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Cache and configuration in folders of their own, 80 columns, no colours."""
    home: Path = tmp_path_factory.mktemp("home")
    with pytest.MonkeyPatch.context() as patch:
        for name in [name for name in os.environ if name.startswith(("SERVKIT_", "_SERVKIT"))]:
            patch.delenv(name)
        for name in ("NO_COLOR", "FORCE_COLOR"):
            patch.delenv(name, raising=False)
        patch.setenv("SERVKIT_CACHE", str(home / "cache"))
        patch.setenv("SERVKIT_DATA", str(home / "data"))
        patch.setenv("XDG_CONFIG_HOME", str(home / "config"))
        patch.setenv("COLUMNS", "80")
        yield
