"""Running servkit in this process, on the shipped books and on small ones."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, Protocol

import pytest

from servkit.cache.compiled_book import CompiledBook
from servkit.cli import run

if TYPE_CHECKING:
    from collections.abc import Callable

ROOT = Path(__file__).parents[2]
BOOKS = {"standards": ROOT / "standards"} | {
    name: ROOT / "examples" / name for name in ("pest-control", "telco", "compensation")
}
GOLDEN = Path(__file__).parent / "golden"


class Ran(NamedTuple):
    """What a command line came to."""

    code: int
    out: str
    err: str


class Servkit(Protocol):
    def __call__(self, *args: str, book: str | Path | None = None, columns: int = 80) -> Ran: ...


@pytest.fixture
def servkit(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Servkit:
    """Runs one command line; ``book`` is a shipped one by name, or a folder to stand in."""

    def call(*args: str, book: str | Path | None = None, columns: int = 80) -> Ran:
        if book is not None:
            monkeypatch.chdir(BOOKS.get(str(book), book))
        monkeypatch.setenv("COLUMNS", str(columns))
        code = run(list(args))
        captured = capsys.readouterr()
        return Ran(code, captured.out, captured.err)

    return call


@pytest.fixture
def one_revision(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every book stands at one revision, so that its tests do not change with every commit."""
    monkeypatch.setattr(CompiledBook, "revision", property(lambda _: ("1a2b3c4", False)))


@pytest.fixture
def golden() -> Callable[[str, str], None]:
    """Compares with a file of ``golden``; GOLDEN=write writes it anew, to be read before it is committed."""

    def compare(name: str, text: str) -> None:
        file = GOLDEN / f"{name}.txt"
        if os.environ.get("GOLDEN") == "write":
            file.write_text(text, "utf-8")
        assert text == file.read_text("utf-8")

    return compare


@pytest.fixture
def small_book(tmp_path: Path) -> Callable[..., Path]:
    """A folder with a servkit.yaml and files by name."""

    def make(settings: str = "servkit: 1\nname: A small book\n", **files: str) -> Path:
        (tmp_path / "servkit.yaml").write_text(settings, "utf-8")
        for name, text in files.items():
            (tmp_path / f"{name.replace('_', '-')}.yaml").write_text(text, "utf-8")
        return tmp_path

    return make
