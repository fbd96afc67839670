"""A small book to import into, and the command line."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from cli.conftest import servkit

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

__all__ = ["servkit"]

SETTINGS = """\
servkit: 1
name: Alder Street
currency: USD
channels: [phone, email]
roles: [agent, supervisor]
areas:
  returns: {title: Returns}
attributes:
  plan: {type: text}
"""
RETURNS = """\
kind: policy
id: returns
title: Returns
rule: flexible
area: returns
why: It is the cheapest advertising we buy.
owner: Hal
review_by: 2099-01-01
terms:
  window: {title: Return window, value: 30 days, better: more, limit: 60 days, grant: {supervisor: 45 days}}
"""


@pytest.fixture
def book(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A book with one policy; the test stands in it."""
    folder = tmp_path / "book"
    (folder / "policies").mkdir(parents=True)
    (folder / "servkit.yaml").write_text(SETTINGS, "utf-8")
    (folder / "policies" / "returns.yaml").write_text(RETURNS, "utf-8")
    monkeypatch.chdir(folder)
    return folder


@pytest.fixture
def state(book: Path) -> Callable[[], dict[str, bytes]]:
    """Every file of the book, by its path."""

    def read() -> dict[str, bytes]:
        found = (path for path in book.rglob("*") if path.is_file())
        return {path.relative_to(book).as_posix(): path.read_bytes() for path in found}

    return read
