"""What the tests of files that DuckDB reads itself share: a book, and the engine."""

from __future__ import annotations

from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from servkit import open_book
from servkit.bulk.engine import Around
from servkit.bulk.engines.duckdb import DuckDb

if TYPE_CHECKING:
    from collections.abc import Iterator

    from servkit.book.settings import Settings

_BOOK = "servkit: 1\nname: Plain\nattributes: {plan: {type: text}, note: {type: list}, visits: {type: number}}\n"


@pytest.fixture(scope="module")
def book_settings(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    folder = tmp_path_factory.mktemp("book")
    (folder / "servkit.yaml").write_text(_BOOK)
    return open_book(folder).settings


@pytest.fixture(scope="module")
def engine(book_settings: Settings, tmp_path_factory: pytest.TempPathFactory) -> Iterator[DuckDb]:
    with closing(DuckDb(Around(book_settings, [], tmp_path_factory.mktemp("engine"), {}))) as found:
        yield found
