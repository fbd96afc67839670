"""A desk whose server is gone: what is recorded waits, and is sent exactly once; reading says what is missing."""

from __future__ import annotations

import signal
import subprocess
import sys
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest

from journal.places import new_database
from servkit.journal.entry import Draft, new_draft
from servkit.journal.erasure import forget, forget_as_asked
from servkit.journal.errors import JournalError
from servkit.journal.location import Location
from servkit.journal.recorder import Forgotten, Recorded, as_draft, forget_customer, read_entries, record
from servkit.journal.store import check_chain
from servkit.journal.transfer import import_entries

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from postgres import PostgresCluster
    from servkit.journal.store import Journal

pytestmark = pytest.mark.database

NOW = datetime(2026, 11, 28, 12, tzinfo=UTC)


def note(text: str, customer: str = "C-1") -> Draft:
    return new_draft("note", {"by": "Ruth", "say": text}, customer, now=NOW)


@pytest.fixture
def desk(cluster: PostgresCluster, tmp_path: Path) -> Iterator[Location]:
    """A desk with a journal on a server."""
    place = new_database(cluster, "queue")
    yield Location(None, place.where, private=False, queue=tmp_path / "queue.sqlite")
    cluster.stop()
    cluster.start()


def texts(journal: Journal) -> list[str]:
    assert check_chain(journal) == []
    return [entry.text("say") for entry in journal.entries()]


def test_entries_wait_for_the_server_and_are_sent_once_in_their_order(desk: Location, cluster: PostgresCluster) -> None:
    assert record(desk, [note("one")]) == Recorded()
    cluster.stop()
    assert record(desk, [note("two")]) == Recorded(waiting=1)
    assert record(desk, [note("three", "C-2")]) == Recorded(waiting=2)
    read = read_entries(desk, "C-1")
    assert [entry.text("say") for entry in read.entries] == ["two"]
    assert read.gone.endswith("doesn't answer")
    cluster.start()
    assert record(desk, [note("four")]) == Recorded(sent=2)
    assert record(desk, [note("five")]) == Recorded()
    with desk.open() as journal:
        assert texts(journal) == ["one", "two", "three", "four", "five"]
    with desk.open_queue() as queue:
        assert texts(queue) == []
    assert b"three" not in desk.queue.read_bytes()


def test_reading_sends_what_waits(desk: Location, cluster: PostgresCluster) -> None:
    cluster.stop()
    record(desk, [note("one")])
    cluster.start()
    assert [entry.text("say") for entry in read_entries(desk).entries] == ["one"]
    with desk.open() as journal:
        assert texts(journal) == ["one"]


def test_a_desk_killed_between_sending_and_deleting_sends_nothing_twice(
    desk: Location, cluster: PostgresCluster
) -> None:
    cluster.stop()
    record(desk, [note("one"), note("two")])
    cluster.start()
    killed = (
        "import os, signal, sys\nfrom pathlib import Path\nfrom servkit.journal.location import Location\n"
        "from servkit.journal.recorder import read_entries\nfrom servkit.journal.store import Journal\n"
        "Journal.remove_all = lambda *_: os.kill(os.getpid(), signal.SIGKILL)\n"
        "read_entries(Location(None, sys.argv[1], False, Path(sys.argv[2])))\n"
    )
    ran = subprocess.run([sys.executable, "-c", killed, desk.address, str(desk.queue)], check=False)
    assert ran.returncode == -signal.SIGKILL
    with desk.open_queue() as queue:
        assert texts(queue) == ["one", "two"]
    assert record(desk, [note("three")]) == Recorded(sent=2)
    with desk.open() as journal:
        assert texts(journal) == ["one", "two", "three"]


def test_who_was_forgotten_does_not_come_back_from_a_queue(desk: Location, cluster: PostgresCluster) -> None:
    record(desk, [note("one")])
    cluster.stop()
    record(desk, [note("two"), note("three", "C-2")])
    cluster.start()
    with desk.open(create=True) as journal:  # another desk
        forget(journal, "C-1", "Sam", NOW)
    assert [entry.customer for entry in read_entries(desk).entries] == [None, None, "C-2"]
    assert b"two" not in desk.queue.read_bytes()


def test_who_is_to_be_forgotten_while_the_server_is_gone_is_forgotten_when_it_is_back(
    desk: Location, cluster: PostgresCluster
) -> None:
    record(desk, [note("one"), note("another", "C-2")])
    cluster.stop()
    record(desk, [note("two")])
    assert forget_customer(desk, "C-1", "Sam", NOW)._replace(gone="") == Forgotten(1)
    assert b"two" not in desk.queue.read_bytes()
    assert forget_customer(desk, "C-1", "Sam", NOW)._replace(gone="") == Forgotten(0)  # once more is no more
    came_back = note("three")._replace(time="2026-11-28T13:00:00.000000+00:00")
    assert record(desk, [came_back]) == Recorded(waiting=2)
    cluster.start()
    with desk.open(create=True) as journal:  # killed before the queue is emptied
        with desk.open_queue() as queue:
            (asked,) = [as_draft(entry) for entry in queue.entries() if entry.kind == "forgotten"]
        assert forget_as_asked(journal, asked) == 1
    read = read_entries(desk)
    assert [(entry.kind, entry.customer, entry.text("say")) for entry in read.entries] == [
        ("note", None, ""), ("note", "C-2", "another"), ("forgotten", None, ""), ("note", "C-1", "three"),
    ]  # fmt: skip
    with desk.open(create=True) as journal:
        assert check_chain(journal) == []
        assert import_entries(journal, [note("one")]).forgotten == 1
    assert b"C-1" not in desk.queue.read_bytes()


def test_a_server_that_refuses_is_no_server_that_is_gone(desk: Location, cluster: PostgresCluster) -> None:
    wrong = desk._replace(address=cluster.address("queue", "wrong"))
    with pytest.raises(JournalError, match="refuses the name or the password"):
        record(wrong, [note("one")])
    assert not desk.queue.exists()


def test_a_server_that_stops_in_the_middle_of_a_connection(desk: Location, cluster: PostgresCluster) -> None:
    record(desk, [note("one")])
    with desk.open(create=True) as journal:
        cluster.stop()
        with pytest.raises(JournalError, match="doesn't answer"):
            journal.append([note("two")])
    cluster.start()
    with desk.open() as journal:
        assert texts(journal) == ["one"]
