"""Settings that were read before are the same settings, and only while not a byte is another."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from servkit.book import settings_file
from servkit.lint.gathering import gather

from .books import SETTINGS, philosophy, write

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def book(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("SERVKIT_CACHE", str(tmp_path / "cache"))
    return write(tmp_path / "book", {"a.yaml": philosophy("honest", "2026-02-20"), "servkit.yaml": SETTINGS})


def _data(book: Path) -> object:
    found = gather(book).book
    assert found is not None
    return found.settings.data


def test_they_are_read_once(book: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first = _data(book)
    monkeypatch.setattr(settings_file, "read_settings", None)
    assert _data(book) == first


def test_another_byte_is_another_book(book: Path) -> None:
    first = _data(book)
    with (book / "servkit.yaml").open("a") as file:
        file.write("ignore: [drafts]\n")
    assert _data(book) != first


def test_settings_that_cannot_be_used_are_told_each_time(book: Path) -> None:
    (book / "servkit.yaml").write_text(SETTINGS + "no_such_key: 1\n")
    assert gather(book).problems == gather(book).problems != []


def test_what_is_spoilt_is_read_again(book: Path, tmp_path: Path) -> None:
    first = _data(book)
    for file in (tmp_path / "cache" / "settings").iterdir():
        file.write_bytes(file.read_bytes()[:-3] + b"x]]")
    assert _data(book) == first


def test_without_a_cache(book: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "file").write_text("")
    monkeypatch.setenv("SERVKIT_CACHE", str(tmp_path / "file"))
    assert _data(book) == _data(book)
