"""Pages made once a session, and a browser to look at them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from servkit.handout.renderer import render

from . import books
from .chromium import Browser

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with Browser() as found:
        yield found


@pytest.fixture(scope="session")
def pages(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Every sheet of a book as HTML, the starter book's handbook, and a book in a language from right to left."""
    folder = tmp_path_factory.mktemp("pages")
    for file in render("all", books.material(books.PEST)):
        (folder / file.name).write_bytes(file.data)
    [file] = render("handbook", books.material(books.STARTER))
    (folder / "starter.html").write_bytes(file.data)
    world = books.small(folder / "world", *books.ALL)
    for language in ("en", "ar", "ja"):
        [file] = render("handbook", books.material(world, language=language))
        (folder / f"{language}.html").write_bytes(file.data)
    return folder
