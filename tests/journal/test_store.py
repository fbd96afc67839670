"""The store: a chain that shows every change, and no entry lost or torn, whoever writes or is killed."""

from __future__ import annotations

import json
import os
import random
import signal
import sqlite3
import subprocess
import sys
import time
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest

from servkit.journal.entry import Draft, new_draft
from servkit.journal.errors import JournalError
from servkit.journal.sqlite_engine import SqliteEngine
from servkit.journal.store import Journal, check_chain

if TYPE_CHECKING:
    from pathlib import Path

NOW = datetime(2026, 11, 28, 12, tzinfo=UTC)
WRITER = """
import sys
from datetime import UTC, datetime
from pathlib import Path
from servkit.journal.entry import new_draft
from servkit.journal.sqlite_engine import SqliteEngine
from servkit.journal.store import Journal
with Journal(SqliteEngine(Path(sys.argv[1]), create=True)) as journal:
    for number in range(int(sys.argv[3])):
        draft = new_draft("note", {"by": sys.argv[2], "say": f"number {number}"}, "C-1", now=datetime.now(UTC))
        journal.append([draft])
        print(draft.id, flush=True)
"""


def note(text: str, customer: str | None = "C-1") -> Draft:
    return new_draft("note", {"by": "Ruth", "say": text}, customer, now=NOW)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    with Journal(SqliteEngine(tmp_path / "journal.sqlite", create=True)) as journal:
        journal.append([note("one"), note("two", "C-2"), note("three")])
    return tmp_path / "journal.sqlite"


def opened(file: Path) -> Journal:
    return Journal(SqliteEngine(file, create=False))


def test_entries_come_in_their_order_and_the_chain_holds(file: Path) -> None:
    with opened(file) as journal:
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
def test_every_change_is_found(file: Path, statement: str, fault: str) -> None:
    with sqlite3.connect(file) as connection:
        connection.execute(statement)
    with opened(file) as journal:
        assert any(fault in line for line in check_chain(journal)), check_chain(journal)


def test_a_cut_end_is_found_by_the_hash_somebody_kept(file: Path) -> None:
    with opened(file) as journal:
        head = journal.head()[1]
    with sqlite3.connect(file) as connection:
        connection.execute("DELETE FROM entries WHERE position = 3")
    with opened(file) as journal:
        assert check_chain(journal) == []
        assert check_chain(journal, head) == [f"the end is missing: no entry has the hash {head}"]


def test_an_id_comes_once(file: Path) -> None:
    draft = note("once")
    with opened(file) as journal:
        assert len(journal.append([draft, draft])) == 1
        assert journal.append([draft]) == []


def test_a_newer_journal_is_refused_and_stays_as_it_is(file: Path) -> None:
    with sqlite3.connect(file) as connection:
        connection.execute("UPDATE journal_version SET version = 99")
    before = file.read_bytes()
    with pytest.raises(JournalError, match="written by a newer servkit"):
        opened(file)
    assert file.read_bytes() == before


def test_somebody_else_s_database_is_refused(tmp_path: Path) -> None:
    with sqlite3.connect(tmp_path / "crm.db") as connection:
        connection.execute("CREATE TABLE people (id TEXT)")
    with pytest.raises(JournalError, match="not a journal of servkit"):
        Journal(SqliteEngine(tmp_path / "crm.db", create=True))


def test_several_desks_write_at_once(tmp_path: Path) -> None:
    file, each = tmp_path / "journal.sqlite", 25
    writers = [
        subprocess.Popen([sys.executable, "-c", WRITER, str(file), f"desk {number}", str(each)], stdout=subprocess.PIPE)
        for number in range(4)
    ]
    for writer in writers:
        writer.communicate()
        assert writer.returncode == 0
    with opened(file) as journal:
        entries = list(journal.entries())
        assert len(entries) == 4 * each
        assert check_chain(journal) == []
    for number in range(4):
        own = [entry.text("say") for entry in entries if entry.by == f"desk {number}"]
        assert own == [f"number {place}" for place in range(each)]


def test_no_acknowledged_entry_is_lost_when_the_desk_is_killed(tmp_path: Path) -> None:
    file, chance, acknowledged = tmp_path / "journal.sqlite", random.Random(11), []
    for _ in range(12):
        command = [sys.executable, "-c", WRITER, str(file), "Ruth", "100000"]
        writer = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
        assert writer.stdout is not None
        acknowledged.append(writer.stdout.readline().strip())
        time.sleep(chance.random() / 20)
        os.kill(writer.pid, signal.SIGKILL)
        acknowledged += [
            line.strip() for line in writer.communicate()[0].splitlines(keepends=True) if line[-1:] == "\n"
        ]
    with opened(file) as journal:
        assert check_chain(journal) == []
        ids = [entry.id for entry in journal.entries()]
    assert len(ids) == len(set(ids))
    assert set(filter(None, acknowledged)) <= set(ids)


def test_bodies_are_json_whatever_they_hold(tmp_path: Path) -> None:
    texts = ["\x00", "\ud800", "e\u0301", "'; DROP TABLE entries; --", "x" * 100_000]
    with Journal(SqliteEngine(tmp_path / "journal.sqlite", create=True)) as journal:
        journal.append([note(text) for text in texts])
        assert [entry.text("say") for entry in journal.entries()] == texts
        assert check_chain(journal) == []
    with sqlite3.connect(tmp_path / "journal.sqlite") as connection:
        assert all(json.loads(body) for (body,) in connection.execute("SELECT body FROM entries"))
