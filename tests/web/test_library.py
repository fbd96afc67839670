"""The book is read again when its files change: whole, or not at all."""

from __future__ import annotations

import gc
import os
import sqlite3
import threading
import time
import weakref
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import pytest

from servkit.cache import book_files, stored_database
from servkit.cache.folder import cache_folder
from servkit.customers import index_file
from servkit.desk.answers import look_up
from servkit.desk.open_book import OpenBook
from servkit.desk.person import Person
from servkit.desk.request import DeskRequest
from servkit.desk.session import Desk
from servkit.web import library as library_module
from servkit.web.library import Library
from web.conftest import client_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

SETTINGS = "servkit: 1\nname: Tiny\nlanguage: en\nareas: {returns: {title: Returns}}\nroles: [clerk]\n"
POLICY = "kind: policy\nid: goods\ntitle: Goods\nrule: flexible\narea: returns\nterms: {window: {value: %s}}\n"


#: What makes an index of customers, whoever has something else in its place.
make = index_file._make


@pytest.fixture
def tiny(tmp_path: Path) -> Path:
    """A book of one policy."""
    folder = tmp_path / "book"
    folder.mkdir()
    (folder / "servkit.yaml").write_text(SETTINGS, "utf-8")
    (folder / "goods.yaml").write_text(POLICY % "30 days", "utf-8")
    return folder


@pytest.fixture
def library(tiny: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Library]:
    """The tiny book, open."""
    monkeypatch.setattr(library_module, "QUIET_SECONDS", 0.01)
    opened = Library(tiny, {}, cache_folder(os.environ))
    yield opened
    opened.close()


def window(library: Library) -> str:
    """What the book says now."""
    with library.lend() as copy:
        desk = Desk(copy, Person("Ruth", "clerk"), lambda: datetime.now(UTC), print)
        answer = look_up(desk, DeskRequest(None, ("returns",)))
        assert not isinstance(answer, list)
        return str(answer.terms["goods.window"].value)


def test_an_edit_is_seen_and_a_broken_one_is_not(library: Library, tiny: Path) -> None:
    assert window(library) == "30 days"
    (tiny / "goods.yaml").write_text(POLICY % "45 days", "utf-8")
    library.look()
    assert window(library) == "45 days"
    for broken, where, what in (
        (POLICY % "60 days" + "terns: {}\n", "goods.yaml:7", "terns"),
        ("kind: policy\n\tid: goods\n", "goods.yaml:2", "tab"),
    ):
        (tiny / "goods.yaml").write_text(broken, "utf-8")
        library.look()
        assert window(library) == "45 days"
        assert library.fault is not None
        assert library.fault.where == where
        assert what in library.fault.message.lower()
    (tiny / "servkit.yaml").write_text("servkit: [", "utf-8")
    (tiny / "goods.yaml").write_text(POLICY % "60 days", "utf-8")
    library.look()
    assert window(library) == "45 days"
    assert library.fault is not None
    assert library.fault.where.startswith("servkit.yaml")
    (tiny / "servkit.yaml").write_text(SETTINGS, "utf-8")
    library.look()
    assert window(library) == "60 days"
    assert library.fault is None


def test_the_last_good_book_outlives_its_files_and_the_cache(
    tiny: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(library_module, "QUIET_SECONDS", 0.01)
    cache = tmp_path / "cache"
    library = Library(tiny, {}, cache)
    for file in [*cache.rglob("*.*"), *tiny.iterdir()]:
        file.unlink()
    library.look()
    assert window(library) == "30 days"
    assert library.fault is not None
    library.close()


def test_a_fault_that_was_there_from_the_start_does_not_keep_edits_out(
    tiny: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(library_module, "QUIET_SECONDS", 0.01)
    (tiny / "other.yaml").write_text(
        "kind: policy\nid: other\ntitle: Other\nrule: flexible\narea: returns\nterns: {}\n", "utf-8"
    )
    library = Library(tiny, {}, None)
    (tiny / "goods.yaml").write_text(POLICY % "45 days", "utf-8")
    library.look()
    assert (window(library), library.fault) == ("45 days", None)
    library.close()


def test_many_files_are_taken_over_together(library: Library, tiny: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Somebody saves a second file while the first is being looked at."""
    (tiny / "goods.yaml").write_text(POLICY % "45 days", "utf-8")
    monkeypatch.setattr(time, "sleep", lambda _: (tiny / "goods.yaml").write_text(POLICY % "60 days", "utf-8"))
    library.look()
    assert window(library) == "60 days"


def test_threads_answer_at_the_same_time_while_the_book_changes(library: Library, tiny: Path) -> None:
    seen: set[str] = set()
    stop = threading.Event()

    def ask() -> None:
        while not stop.is_set():
            seen.add(window(library))

    threads = [threading.Thread(target=ask) for _ in range(4)]
    for thread in threads:
        thread.start()
    for days in (31, 32, 33):
        (tiny / "goods.yaml").write_text(POLICY % f"{days} days", "utf-8")
        library.look()
    stop.set()
    for thread in threads:
        thread.join()
    assert window(library) == "33 days"
    assert seen <= {"30 days", "31 days", "32 days", "33 days"}


def test_those_who_ask_share_one_book_until_the_last_has_answered(library: Library, tiny: Path) -> None:
    with library.lend() as one, library.lend() as two:
        assert one is not two
        assert one.book is two.book
        (tiny / "goods.yaml").write_text(POLICY % "45 days", "utf-8")
        library.look()
        with library.lend() as after:
            assert after.book is not one.book
        assert one.book.versions("policy", "goods")  # still open
    with pytest.raises(sqlite3.ProgrammingError):
        one.book.versions("policy", "other")


def test_a_book_that_is_over_leaves_memory(library: Library, tiny: Path) -> None:
    (tiny / "north.yaml").write_text("kind: segment\nid: north\ntitle: North\nwhen: {office: north}\n", "utf-8")
    library.look()
    assert window(library) == "30 days"
    with library.lend() as share:
        over = weakref.ref(share.book)
    del share
    (tiny / "goods.yaml").write_text(POLICY % "45 days", "utf-8")
    library.look()
    assert window(library) == "45 days"
    gc.collect()
    assert over() is None


def test_git_is_asked_when_files_have_changed_or_after_a_while(
    library: Library, tiny: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[Path] = []

    class Opened(OpenBook):
        def __init__(self, root: Path, *more: Any) -> None:
            opened.append(root)
            super().__init__(root, *more)

    monkeypatch.setattr(library_module, "OpenBook", Opened)
    monkeypatch.setattr(book_files, "RACY_NS", -(10**15))  # as if the files were written long ago
    (tiny / "goods.yaml").write_text(POLICY % "45 days", "utf-8")
    library.look()
    assert opened
    opened.clear()
    library.look()
    assert not opened
    monkeypatch.setattr(library_module, "REVISION_SECONDS", 0.0)
    library.look()
    assert opened


def test_a_request_sees_an_edit_that_was_made_before_it(
    tiny: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(library_module, "LOOK_SECONDS", 0.0)
    monkeypatch.setattr(library_module, "QUIET_SECONDS", 0.01)
    origin = "http://127.0.0.1:8470"
    with client_of(tiny, tmp_path, origin=origin, owner=Person("Ruth", "clerk")) as (client, site):
        client.get(f"/start?key={site.gate.key}")
        asked = "/api/1/answers?about=returns"
        assert client.get(asked).json()["terms"]["goods.window"]["value"] == "30 days"
        (tiny / "goods.yaml").write_text(POLICY % "45 days", "utf-8")
        assert client.get(asked).json()["terms"]["goods.window"]["value"] == "45 days"
        (tiny / "goods.yaml").write_text("kind: [", "utf-8")
        assert client.get(asked).json()["terms"]["goods.window"]["value"] == "45 days"
        assert client.get("/healthz").json()["book"] == "last good"
        assert "goods.yaml" in client.get("/").text


def test_customers_are_read_before_anybody_asks_for_them(
    tiny: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tiny / "people.csv").write_text("id,name\nC-1,Ann Bell\n", "utf-8")
    library = Library(tiny, {}, tmp_path / "cache", tiny / "people.csv")
    made = []

    def noted(*args: Any) -> None:
        made.append(threading.current_thread().name)
        make(*args)

    monkeypatch.setattr(index_file, "_make", noted)
    for name in ("Ann", "Bo"):
        (tiny / "people.csv").write_text(f"id,name\nC-1,{name} Bell\n", "utf-8")
        library.look()
        assert library._reading is not None
        library._reading.join()
        with library.lend() as copy:
            assert [match.name for match in copy.directory.find("bell")] == [f"{name} Bell"]
    assert made == ["customers", "customers"]
    library.close()


def test_who_would_wait_for_long_is_told_to_ask_again(
    tiny: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(stored_database, "PATIENCE", 0.01)
    (tiny / "people.csv").write_text("id,name\nC-1,Ann Bell\n", "utf-8")
    begun, go_on = threading.Event(), threading.Event()

    def slowly(*args: Any) -> None:
        begun.set()
        go_on.wait(10)
        make(*args)

    monkeypatch.setattr(index_file, "_make", slowly)
    told = "A file has changed and is being read. Try again in a few seconds."
    more = {"owner": Person("Ruth", "clerk"), "customers": tiny / "people.csv", "origin": "http://127.0.0.1:8470"}
    with client_of(tiny, tmp_path, **more) as (client, site):
        client.get(f"/start?key={site.gate.key}")
        assert begun.wait(10)
        page = client.get("/find?q=bell", headers={"HX-Request": "true"})
        assert (page.status_code, told in page.text, 'id="results"' in page.text) == (503, True, True)
        page = client.get("/customers/C-1")
        assert (page.status_code, page.headers["Retry-After"], told in page.text) == (503, "5", True)
        go_on.set()
        assert site.library._reading is not None
        site.library._reading.join()
        assert "Ann Bell" in client.get("/find?q=bell", headers={"HX-Request": "true"}).text
