"""The store: a chain that shows every change, and no entry lost or torn, whoever writes or is killed."""

from __future__ import annotations

import os
import pwd
import random
import signal
import subprocess
import sys
import tempfile
import time
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import psycopg
import pytest

from journal.places import Place, new_database
from postgres import PASSWORD
from servkit.journal.entry import Draft, new_draft
from servkit.journal.erasure import forget
from servkit.journal.errors import JournalError, UnreachableError
from servkit.journal.location import find_location
from servkit.journal.postgres_engine import PostgresEngine
from servkit.journal.sqlite_engine import SqliteEngine
from servkit.journal.store import Journal, check_chain

if TYPE_CHECKING:
    from collections.abc import Iterator

    from postgres import PostgresCluster

pytestmark = pytest.mark.database

NOW = datetime(2026, 11, 28, 12, tzinfo=UTC)


@pytest.fixture(params=["sqlite", "postgres"])
def place(request: pytest.FixtureRequest, tmp_path: Path) -> Place:
    """Where there is no journal yet."""
    if request.param == "sqlite":
        return Place(str(tmp_path / "journal.sqlite"))
    return new_database(request.getfixturevalue("cluster"), "journal")


@pytest.fixture
def filled(place: Place) -> Place:
    """A journal of three entries."""
    with place.open(create=True) as journal:
        journal.append([note("one"), note("two", "C-2"), note("three")])
    return place


def note(text: str, customer: str | None = "C-1") -> Draft:
    return new_draft("note", {"by": "Ruth", "say": text}, customer, now=NOW)


def test_entries_come_in_their_order_and_the_chain_holds(filled: Place) -> None:
    with filled.open() as journal:
        assert [entry.text("say") for entry in journal.entries()] == ["one", "two", "three"]
        assert [entry.text("say") for entry in journal.entries("C-1")] == ["one", "three"]
        assert check_chain(journal) == []
        assert check_chain(journal, journal.head()[1]) == []


@pytest.mark.parametrize(
    ("statement", "fault"),
    [
        ("UPDATE entries SET body = replace(body, 'two', 'TWO') WHERE position = 2", "entry 2"),
        ("UPDATE entries SET customer = 'C-3' WHERE position = 2", "its text was changed"),
        ("UPDATE entries SET time = '2020' || substr(time, 5) WHERE position = 2", "its id, time or kind was changed"),
        ("UPDATE entries SET kind = 'grant' WHERE position = 2", "its id, time or kind was changed"),
        ("UPDATE entries SET salt = NULL WHERE position = 2", "a part of it was deleted"),
        ("DELETE FROM entries WHERE position = 2", "the entry before it is missing"),
        ("DELETE FROM entries WHERE position = 1", "the entry before it is missing"),
        ("UPDATE entries SET hash = 'x' WHERE position = 2", "entry 3"),
        ("UPDATE entries SET body = '{' WHERE position = 2", "its text was changed"),
    ],
)
def test_every_change_is_found(filled: Place, statement: str, fault: str) -> None:
    filled.change(statement)
    with filled.open() as journal:
        assert any(fault in line for line in check_chain(journal)), check_chain(journal)


def test_a_cut_end_is_found_by_the_hash_somebody_kept(filled: Place) -> None:
    with filled.open() as journal:
        head = journal.head()[1]
    filled.change("DELETE FROM entries WHERE position = 3")
    with filled.open() as journal:
        assert check_chain(journal) == []
        assert check_chain(journal, head) == [f"the end is missing: no entry has the hash {head}"]


def test_an_id_comes_once(filled: Place) -> None:
    draft = note("once")
    with filled.open() as journal:
        assert len(journal.append([draft, draft])) == 1
        assert journal.append([draft]) == []


def test_a_newer_journal_is_refused_and_stays_as_it_is(filled: Place) -> None:
    filled.change("UPDATE journal_version SET version = 99")
    with pytest.raises(JournalError, match="written by a newer servkit"):
        filled.open()
    filled.change("UPDATE journal_version SET version = 1 WHERE version = 99")
    with filled.open() as journal:
        assert len(list(journal.entries())) == 3


def test_somebody_else_s_database_is_refused(place: Place) -> None:
    place.change("CREATE TABLE entries (id TEXT)")
    refused = pytest.raises(JournalError, match=r"not a journal of servkit|table of that name from another program")
    with refused, place.open(create=True) as journal:
        journal.append([note("one")])
    place.change("INSERT INTO entries VALUES ('theirs')")


def test_what_is_forgotten_is_nowhere_in_the_database(place: Place) -> None:
    secret = "the-back-door-before-five"
    with place.open(create=True) as journal:
        journal.append([note("one"), *(note(secret * 40, "C-2") for _ in range(40)), note("three", "C-2")])
    assert secret.encode() in place.raw()
    with place.open(create=True) as journal:
        assert forget(journal, "C-2", "Ruth", NOW) == 41
        assert check_chain(journal) == []
        assert [entry.kind for entry in journal.entries() if entry.body is not None] == ["note", "forgotten"]
        assert place.on_server or secret.encode() not in place.raw()
    assert secret.encode() not in place.raw()
    assert b"C-2" not in place.raw()


@pytest.mark.parametrize("place", ["sqlite"], indirect=True)
def test_a_reader_who_holds_the_file_open_is_told_of(filled: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("servkit.journal.sqlite_engine.BUSY_SECONDS", 0.1)
    with filled.open() as reader:
        rows = reader.entries()
        next(rows)
        with filled.open() as journal, pytest.raises(JournalError, match="Run the command again"):
            forget(journal, "C-2", "Ruth", NOW)
        rows.close()  # type: ignore[attr-defined]
    with filled.open() as journal:
        assert forget(journal, "C-2", "Ruth", NOW) == 0
    assert b"two" not in filled.raw()


@pytest.mark.parametrize(
    ("file", "folder", "reads", "said"),
    [
        (0o444, 0o777, True, "you may not write to it"),
        (0o666, 0o555, False, "you may not write to its folder, and even reading needs that"),
        (0o000, 0o777, False, "can't be opened"),
    ],
)
def test_a_file_that_only_others_may_write(file: int, folder: int, reads: bool, said: str) -> None:
    with tempfile.TemporaryDirectory() as name:  # the folder of a test is closed to other users
        place = Place(f"{name}/journal.sqlite")
        with place.open(create=True) as journal:
            journal.append([note("one")])
        Path(place.where).chmod(file)
        Path(name).chmod(folder)
        with _somebody_else():
            if reads:
                with place.open() as journal:
                    assert len(list(journal.entries())) == 1
            else:
                with pytest.raises(JournalError, match=said):
                    place.open()
            with pytest.raises(JournalError, match=said) as caught, place.open(create=True) as journal:
                journal.append([note("two")])
        assert "\n" not in str(caught.value)
        Path(name).chmod(0o700)
        with place.open() as journal:
            assert len(list(journal.entries())) == 1


def test_a_folder_that_is_shut_to_us_is_no_empty_journal() -> None:
    with tempfile.TemporaryDirectory() as name:
        where = find_location(None, Path(name), {"SERVKIT_JOURNAL": f"{name}/shut/journal.sqlite"})
        assert not where.exists
        (Path(name) / "shut").mkdir(mode=0)
        Path(name).chmod(0o755)
        with _somebody_else():
            assert where.exists
            with pytest.raises(JournalError, match=r"Permission denied|can't be opened"):
                where.open()


@contextmanager
def _somebody_else() -> Iterator[None]:
    """Whoever runs the tests, but never root, who may do everything."""
    own = os.geteuid()
    os.seteuid(pwd.getpwnam("nobody").pw_uid if own == 0 else own)
    yield
    os.seteuid(own)


def test_several_desks_write_at_once(place: Place) -> None:
    each = 25
    writers = [subprocess.Popen(place.writer(f"desk {number}", each), stdout=subprocess.PIPE) for number in range(4)]
    for writer in writers:
        writer.communicate()
        assert writer.returncode == 0
    with place.open() as journal:
        entries = list(journal.entries())
        assert len(entries) == 4 * each
        assert check_chain(journal) == []
    for number in range(4):
        own = [entry.text("say") for entry in entries if entry.by == f"desk {number}"]
        assert own == [f"number {at}" for at in range(each)]


def test_no_acknowledged_entry_is_lost_when_the_desk_is_killed(place: Place) -> None:
    lost, torn = kill_writers(place, 25, random.Random(11))
    assert (lost, torn) == (set(), [])


def kill_writers(place: Place, times: int, chance: random.Random) -> tuple[set[str], list[str]]:
    """Kill desks in the middle of writing. Returns the acknowledged entries that are lost, and what the check finds."""
    acknowledged: set[str] = set()
    with subprocess.Popen(place.writers("Ruth", times), stdout=subprocess.PIPE, text=True) as writers:
        assert writers.stdout is not None
        desk = 0
        for line in writers.stdout:
            word, _, process = line.strip().partition(" ")
            if word == "desk":
                desk = int(process)
                continue
            acknowledged.add(word)
            if desk:
                time.sleep(chance.random() / 20)
                os.kill(desk, signal.SIGKILL)
                desk = 0
    with place.open() as journal:
        ids = [entry.id for entry in journal.entries()]
        assert len(ids) == len(set(ids)) >= len(acknowledged) >= times
        return acknowledged - {*ids}, check_chain(journal)


def test_bodies_are_json_whatever_they_hold(place: Place) -> None:
    texts = ["\x00", "\ud800", "e\u0301", "'; DROP TABLE entries; --", "100 % ? %s", "x" * 100_000]
    with place.open(create=True) as journal:
        journal.append([note(text) for text in texts])
        assert [entry.text("say") for entry in journal.entries()] == texts
        assert check_chain(journal) == []


def test_a_customer_that_no_database_can_name(place: Place) -> None:
    with place.open(create=True) as journal:
        with pytest.raises(JournalError, match="can't keep"):
            journal.append([note("one", "\ud800")])
        journal.append([note("two")])
        assert len(list(journal.entries())) == 1


# --- a server ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("database", "password", "said"),
    [
        ("postgres", "wrong-and-secret", "refuses the name or the password"),
        ("nowhere", PASSWORD, "has no such database"),
    ],
)
def test_a_server_that_lets_nobody_in(cluster: PostgresCluster, database: str, password: str, said: str) -> None:
    with pytest.raises(JournalError, match=said) as caught:
        PostgresEngine(cluster.address(database, password))
    assert not isinstance(caught.value, UnreachableError)
    assert password not in str(caught.value)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    ("address", "said"),
    [
        ("postgresql://clerk:pass-word@127.0.0.1:9/x", "on 127.0.0.1, database x doesn't answer"),
        ("postgresql://clerk:pass-word@no-such-host.invalid/x", "on no-such-host.invalid, database x doesn't answer"),
        ("postgresql://clerk:pass-word@/x?nonsense=1", "is not one of PostgreSQL"),
        ("postgresql://clerk:pass%zzword@host/x", "is not one of PostgreSQL"),
    ],
)
def test_a_server_that_is_not_there(address: str, said: str) -> None:
    with pytest.raises(JournalError, match=said) as caught:
        PostgresEngine(address)
    assert "pass" not in str(caught.value)


@pytest.mark.parametrize("place", ["postgres"], indirect=True)
def test_a_user_who_may_only_read(filled: Place, cluster: PostgresCluster) -> None:
    filled.change("ALTER DATABASE journal SET default_transaction_read_only = on")
    with filled.open() as journal:
        assert len(list(journal.entries())) == 3
        with pytest.raises(JournalError, match="only lets you read"):
            journal.append([note("four")])


@pytest.mark.parametrize("place", ["postgres"], indirect=True)
def test_a_user_without_rights(filled: Place, cluster: PostgresCluster) -> None:
    with psycopg.connect(filled.where, autocommit=True) as server:
        server.execute("DROP ROLE IF EXISTS guest")
        server.execute("CREATE ROLE guest LOGIN PASSWORD 'guest'")
    with pytest.raises(JournalError, match="you may not use its tables"):
        Journal(PostgresEngine(filled.where.replace(f"clerk:{PASSWORD}", "guest:guest")))
    with psycopg.connect(filled.where, autocommit=True) as server:
        server.execute("DROP ROLE guest")


def test_a_disk_without_any_room_is_called_full(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A limit to the size of files stands for the disk: not even the index of what was written last fits."""
    import resource

    monkeypatch.setattr(sys, "dont_write_bytecode", True)  # or half of it stays for the next test
    path = tmp_path / "journal.sqlite"
    with closing(SqliteEngine(path, create=True)) as engine:
        Journal(engine).append([note("one")])
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (16_384, before[1]))
    try:
        with pytest.raises(JournalError, match="the disk is full, and even reading needs a little room"):
            Journal(SqliteEngine(path, create=False)).close()
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
    with closing(SqliteEngine(path, create=False)) as engine:
        assert len(list(Journal(engine).entries())) == 1
