"""Writing it down: notes, promises, grants, recoveries, and what the next answer gains by them."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

import pytest

from servkit.desk.grants import grant
from servkit.desk.open_book import OpenBook
from servkit.desk.person import Person
from servkit.desk.recording import Recorded
from servkit.desk.request import DeskRequest
from servkit.desk.session import Desk

from .conftest import BOOKS

if TYPE_CHECKING:
    from pathlib import Path

    from .conftest import Servkit

NADIA = "AS-1007"


@pytest.fixture(autouse=True)
def _own_journal(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A journal of this test's own, and somebody who records."""
    monkeypatch.setenv("SERVKIT_DATA", str(tmp_path / "data"))
    monkeypatch.setenv("SERVKIT_AGENT", "Ruth")


def recorded(servkit: Servkit, *args: str, code: int = 0) -> Any:
    ran = servkit(*args, "--format", "json", book="standards")
    assert ran.code == code, ran
    return json.loads(ran.out)


def day_of(entry: Any) -> str:
    """The day of an entry where the book's people are."""
    return datetime.fromisoformat(entry["time"]).astimezone(ZoneInfo("America/New_York")).date().isoformat()


def told(servkit: Servkit, *args: str) -> Any:
    return json.loads(servkit("lookup", NADIA, *args, "--format", "json", book="standards").out)


def test_a_colleague_sees_a_note_first(servkit: Servkit) -> None:
    ran = servkit("note", "nadia", "The back door, before five", "--priority", book="standards")
    assert (ran.code, ran.out.splitlines()[:2]) == (
        0,
        ["Noted for Nadia Osman.", "  What matters: The back door, before five"],
    )
    assert ran.err.startswith("servkit: Only you can see this (it is in ")
    assert "SERVKIT_JOURNAL" in ran.err
    lines = servkit("lookup", "nadia", book="standards").out.splitlines()
    assert lines[:4] == ["Nadia Osman", "", "What matters", "  • The back door, before five"]
    assert lines[4].startswith("    Ruth, 20")


def test_notes_go_to_their_lists_with_who_and_when(servkit: Servkit) -> None:
    for sort, key in (("priority", "priorities"), ("expectation", "expectations"), ("pace", "pace"),
                      ("signal", "signals")):  # fmt: skip
        entry = recorded(servkit, "note", NADIA, f"heard: {sort}", f"--{sort}")["entries"][0]
        first = told(servkit)["customer"][key][0]
        assert first == {"say": f"heard: {sort}", "noted": first["noted"], "by": "Ruth", "journal": entry["id"]}


def test_without_entries_an_answer_is_as_it_was(servkit: Servkit) -> None:
    before = told(servkit)
    recorded(servkit, "note", "AS-1020", "somebody else")
    assert told(servkit) == before
    assert "journal" not in before["asked"]
    assert "recent" not in before["customer"]


def test_an_attribute_as_heard_fills_an_unknown_only(servkit: Servkit, small_book: Any) -> None:
    book = small_book(
        "servkit: 1\nname: Shop\nattributes:\n  size: {type: number}\n  plan: {type: text}\nfacts:\n"
        "  late: {type: flag}\n",
        c1="kind: customer\nid: C-1\nname: Ann Lee\nattributes: {plan: old}\n",
    )
    assert servkit("note", "C-1", "--set", "size=3", "--set", "plan=new", book=book).code == 0
    attributes = json.loads(servkit("lookup", "C-1", "--format", "json", book=book).out)["customer"]["attributes"]
    assert attributes == {"plan": "old", "size": "3"}
    ran = servkit("note", "C-1", "--set", "late=yes", book=book)
    assert (ran.code, ran.out) == (2, "")
    assert "a fact of one case" in ran.err


def test_a_promise_counts_until_its_last_day(servkit: Servkit) -> None:
    entry = recorded(servkit, "promise", NADIA, "missed-visit.credit", "60 USD", "--role", "office", "--until",
                     "2099-12-31")["entries"][0]  # fmt: skip
    answer = told(servkit, "--about", "missed-visit")
    term = answer["terms"]["missed-visit.credit"]
    assert term["value"] == "60 USD"
    assert term["from"] == {"kind": "customer", "id": NADIA, "file": None, "line": None, "journal": entry["id"]}
    assert answer["customer"]["promised"]["missed-visit.credit"] == "60 USD"
    assert answer["customer"]["promises"][0] == {
        "term": "missed-visit.credit", "value": "60 USD", "until": "2099-12-31", "by": "Ruth",
        "noted": day_of(entry), "journal": entry["id"],
    }  # fmt: skip
    assert told(servkit, "--about", "missed-visit", "--on", "2099-12-31")["terms"]["missed-visit.credit"] == term
    over = told(servkit, "--about", "missed-visit", "--on", "2100-01-01")
    assert over["terms"]["missed-visit.credit"]["value"] == "50 USD"
    before = told(servkit, "--about", "missed-visit", "--on", "2020-01-01")
    assert before["terms"]["missed-visit.credit"]["value"] == "50 USD"


def test_of_several_promises_the_kindest_counts(
    servkit: Servkit, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    recorded(servkit, "promise", NADIA, "missed-visit.credit", "70 USD", "--role", "owner")
    first = servkit("journal", "export", book="standards").out
    (tmp_path / "first.jsonl").write_text(first, "utf-8")
    monkeypatch.setenv("SERVKIT_DATA", str(tmp_path / "other"))
    recorded(servkit, "promise", NADIA, "missed-visit.credit", "60 USD", "--role", "owner")
    recorded(servkit, "journal", "import", str(tmp_path / "first.jsonl"))
    assert told(servkit, "--about", "missed-visit")["terms"]["missed-visit.credit"]["value"] == "70 USD"
    assert told(servkit)["customer"]["promised"]["missed-visit.credit"] == "70 USD"


def test_the_same_entries_give_the_same_bytes(servkit: Servkit) -> None:
    recorded(servkit, "note", NADIA, "one")
    first = told(servkit)
    assert first["asked"]["journal"].startswith("sha256:")
    assert told(servkit) == first
    recorded(servkit, "note", NADIA, "two")
    second = told(servkit)
    assert second["asked"]["journal"] != first["asked"]["journal"]
    assert second["fingerprint"] != first["fingerprint"]


def test_a_grant_changes_no_later_answer_and_shows_lately(servkit: Servkit) -> None:
    before = told(servkit, "--about", "missed-visit", "--role", "office")
    entry = recorded(servkit, "grant", NADIA, "missed-visit.credit", "75 USD", "--role", "office", "--because",
                     "we came two hours late", "--reason", "late")["entries"][0]  # fmt: skip
    after = told(servkit, "--about", "missed-visit", "--role", "office")
    assert after["terms"] == before["terms"]
    assert after["customer"]["recent"] == [
        {"kind": "grant", "term": "missed-visit.credit", "value": "75 USD", "because": "we came two hours late",
         "on": day_of(entry), "by": "Ruth", "journal": entry["id"]}
    ]  # fmt: skip
    shown = servkit("lookup", "nadia", "--about", "missed-visit", book="standards").out
    assert "Credit for a missed visit 75 USD, Ruth, because we came two" in shown


def test_who_may_not_is_told_who_may(servkit: Servkit) -> None:
    args = ("grant", NADIA, "missed-visit.credit", "80 USD", "--because", "late", "--reason", "late", "--role",
            "office")  # fmt: skip
    ran = servkit(*args, book="standards")
    assert (ran.code, ran.err) == (1, "")
    assert ran.out.splitlines()[:2] == [
        "Not recorded. You may go to 75 USD, not to 80 USD.",
        "  Who may: supervisor or owner",
    ]
    assert recorded(servkit, *args, code=1)["who_may"] == ["supervisor", "owner"]
    assert servkit("journal", book="standards").code == 1
    by_sam = ("--approved-by", "Sam", "--approved-role")
    assert recorded(servkit, *args, *by_sam, "technician", code=1)["who_may"] == ["supervisor", "owner"]
    assert recorded(servkit, *args, "--approved-by", "ruth", "--approved-role", "owner", code=1)["who_may"]
    body = recorded(servkit, *args, *by_sam, "supervisor")["entries"][0]
    assert body["approved"] == {"by": "Sam", "role": "supervisor", "state": "stated"}


@pytest.mark.parametrize(
    ("args", "code", "message"),
    [
        (("grant", NADIA, "missed-visit.credit", "40 USD", "--role", "office"), 2, "and 40 USD is worse for them"),
        (("grant", NADIA, "missed-visit.credit", "75 EUR", "--role", "office"), 2, "doesn't compare"),
        (("grant", NADIA, "missed-visit.credit", "75 USD"), 2, "depends on your role"),
        (("grant", NADIA, "missed-visit.credi", "75 USD", "--role", "office"), 2, "did you mean missed-visit.credit?"),
        (("grant", "AS-9999", "missed-visit.credit", "75 USD", "--role", "office"), 2, "no customer 'AS-9999'"),
        (("grant", NADIA, "missed-visit.credit", "300 USD", "--role", "owner"), 1, "Nobody may go further."),
        (("grant", NADIA, "missed-visit.credit", "300 USD", "--role", "office"), 1, "to 300 USD; the furthest is"),
        (("grant", NADIA, "missed-visit.credit", "300 USD", "--role", "office"), 1, "150 USD (owner)."),
        (("grant", NADIA, "missed-visit.credit", "nothing", "--role", "owner"), 2, "should be an amount"),
        (("promise", NADIA, "missed-visit.credit", "60 USD", "--role", "office", "--until", "2020-01-01"), 2, "over"),
        (("promise", NADIA, "missed-visit.credit", "--kept"), 2, "has no open promise"),
        (("recover", NADIA, "visit-missd"), 2, "did you mean visit-missed?"),
        (("recover", NADIA, "visit-missed", "--done", "well"), 2, "has no open recovery"),
        (("signoff", "Walt", "--area", "retruns", "--level", "synthetic"), 2, "did you mean returns?"),
        (("signoff", "Walt", "--area", "returns"), 2, "--level is missing"),
        (("note", NADIA), 2, "what did you hear?"),
        (("note", NADIA, " "), 2, "is empty"),
        (("note", NADIA, "x", "--pace", "--signal"), 2, "choose one of"),
        (("journal", "correct", "beef", "x"), 2, "no entry 'beef'"),
    ],
)  # fmt: skip
def test_a_clear_line_for_what_cannot_be_recorded(
    servkit: Servkit, args: tuple[str, ...], code: int, message: str
) -> None:
    extra = ("--because", "late", "--reason", "late") if args[0] == "grant" else ()
    ran = servkit(*args, *extra, book="standards")
    assert (ran.code, message in ran.out + ran.err) == (code, True), ran
    assert ran.err.count("\n") == (1 if code == 2 else 0)
    assert servkit("journal", book="standards").code == 1


def test_nothing_is_recorded_without_a_name(servkit: Servkit, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("SERVKIT_AGENT")
    ran = servkit("note", NADIA, "x", book="standards")
    assert (ran.code, ran.out) == (2, "")
    assert "who records this?" in ran.err


def test_a_second_grant_on_one_day_needs_again(servkit: Servkit) -> None:
    args = (
        "grant",
        NADIA,
        "missed-visit.credit",
        "75 USD",
        "--role",
        "office",
        "--because",
        "late",
        "--reason",
        "late",
    )
    recorded(servkit, *args)
    ran = servkit(*args, book="standards")
    assert ran.out.splitlines()[1:] == ["  Add --again if this is one more."]
    refused = recorded(servkit, *args, code=1)
    assert refused["because"] == "Ruth granted 75 USD today."
    assert recorded(servkit, *args, "--again")["entries"][0]["again"] is True


def test_reasons_of_the_book_are_required(servkit: Servkit) -> None:
    args = ("grant", NADIA, "missed-visit.credit", "75 USD", "--role", "office", "--because", "late")
    ran = servkit(*args, book="standards")
    assert (ran.code, "--reason: choose " in ran.err) == (2, True)
    ran = servkit(*args, "--reason", "lat", book="standards")
    assert (ran.code, "did you mean late?" in ran.err) == (2, True)


def test_a_recovery_from_its_beginning_to_its_end(servkit: Servkit) -> None:
    ran = servkit("recover", NADIA, "visit-missed", "--role", "office", "--offer", "missed-visit.credit=75 USD",
                  "--from", "2026-11-27T09:30", book="standards")  # fmt: skip
    assert ran.code == 0
    lines = ran.out.splitlines()
    assert lines[0].startswith("Begun for Nadia Osman: ")
    assert lines[1].startswith("  1. ")
    assert any(line.startswith("  Follow up by ") for line in lines)
    assert told(servkit)["customer"]["recent"][0]["done"] is None
    due = recorded(servkit, "due", "--on", "2027-03-01", code=1)["due"]
    assert [(item["kind"], item["late"], item["recovery"]) for item in due] == [("follow-up", True, "visit-missed")]
    assert servkit("recover", NADIA, "visit-missed", "--done", "Walt came, she smiled", book="standards").code == 0
    assert told(servkit)["customer"]["recent"][0]["done"] == "Walt came, she smiled"
    assert servkit("due", "--on", "2027-03-01", book="standards").out == "Nothing is due.\n"


def test_an_offer_that_one_may_not_make_records_nothing(servkit: Servkit) -> None:
    ran = servkit("recover", NADIA, "visit-missed", "--role", "office", "--offer", "missed-visit.credit=80 USD",
                  book="standards")  # fmt: skip
    assert (ran.code, ran.out.startswith("Not recorded. You may go to 75 USD")) == (1, True)
    assert servkit("journal", book="standards").code == 1


def test_a_promise_is_closed_as_kept(servkit: Servkit) -> None:
    recorded(servkit, "promise", NADIA, "missed-visit.credit", "60 USD", "--role", "office", "--until", "2099-01-01")
    assert [item["kind"] for item in recorded(servkit, "due")["due"]] == ["promise"]
    recorded(servkit, "promise", NADIA, "missed-visit.credit", "--kept")
    assert recorded(servkit, "due")["due"] == []
    assert told(servkit, "--about", "missed-visit")["terms"]["missed-visit.credit"]["value"] == "50 USD"


def test_mine_are_only_mine(servkit: Servkit) -> None:
    recorded(servkit, "promise", NADIA, "missed-visit.credit", "60 USD", "--role", "office", "--until", "2099-01-01")
    assert len(recorded(servkit, "due", "--mine", "--agent", "ruth")["due"]) == 1
    assert recorded(servkit, "due", "--mine", "--agent", "Sam")["due"] == []


def test_a_correction_is_a_new_entry(servkit: Servkit) -> None:
    entry = recorded(servkit, "note", NADIA, "The frnt door")["entries"][0]
    recorded(servkit, "journal", "correct", entry["id"][:6], "The front door")
    assert [note["say"] for note in told(servkit)["customer"]["signals"] if "journal" in note] == ["The front door"]
    assert [one["kind"] for one in recorded(servkit, "journal", NADIA)["entries"]] == ["note", "correction"]
    assert f"correction of {entry['id']}: The front door" in servkit("journal", NADIA, columns=200).out
    recorded(servkit, "journal", "correct", entry["id"], "--withdraw", "--because", "another customer")
    shown = servkit("journal", NADIA, columns=200).out
    assert f"correction of {entry['id']}: withdrawn, because another customer" in shown
    assert not [note for note in told(servkit)["customer"]["signals"] if "journal" in note]


def test_forgetting_deletes_the_text_and_the_chain_still_checks(servkit: Servkit, tmp_path: Path) -> None:
    secret = "sings in the choir of Saint Anne"
    recorded(servkit, "note", NADIA, secret)
    recorded(servkit, "note", "AS-1020", "stays")
    servkit("lookup", NADIA, "--record", "--format", "json", book="standards")
    export = tmp_path / "all.jsonl"
    assert servkit("journal", "export", "--to", str(export), book="standards").code == 0
    ran = servkit("journal", "forget", NADIA, book="standards")
    assert (ran.code, "add --yes" in ran.err) == (2, True)
    ran = servkit("journal", "forget", NADIA, "--yes", book="standards")
    assert (ran.code, ran.out.splitlines()[0]) == (0, f"Deleted 2 entries about {NADIA}. Not reached:")
    assert "  backups of the journal" in ran.out.splitlines()
    assert secret.encode() not in b"".join(file.read_bytes() for file in (tmp_path / "data").iterdir())
    assert recorded(servkit, "journal", "check")["faults"] == []
    imported = recorded(servkit, "journal", "import", str(export))
    assert imported == {"schema": "servkit/journal-import/1", "added": 0, "known": 1, "forgotten": 2}
    assert not [note for note in told(servkit)["customer"]["signals"] if "journal" in note]


def test_who_was_forgotten_comes_back_by_no_other_journal(
    servkit: Servkit, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SERVKIT_DATA", str(tmp_path / "other"))
    recorded(servkit, "note", NADIA, "from another desk")
    servkit("journal", "export", "--to", str(tmp_path / "other.jsonl"), book="standards")
    monkeypatch.setenv("SERVKIT_DATA", str(tmp_path / "data"))
    recorded(servkit, "note", NADIA, "here")
    recorded(servkit, "journal", "forget", NADIA, "--yes")
    assert recorded(servkit, "journal", "import", str(tmp_path / "other.jsonl"))["forgotten"] == 1


def test_a_round_trip_gives_the_same_entries(servkit: Servkit, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    recorded(servkit, "note", NADIA, "ünï \x1b[31m code\u202e")
    recorded(servkit, "grant", NADIA, "missed-visit.credit", "75 USD", "--role", "office", "--because", "late",
             "--reason", "late")  # fmt: skip
    first = servkit("journal", "export", book="standards").out
    monkeypatch.setenv("SERVKIT_DATA", str(tmp_path / "second"))
    (tmp_path / "export.jsonl").write_text(first, "utf-8")
    assert recorded(servkit, "journal", "import", str(tmp_path / "export.jsonl"))["added"] == 2
    assert servkit("journal", "export", book="standards").out == first
    shown = servkit("journal", book="standards").out
    assert "\x1b" not in shown
    assert "\u202e" not in shown


def test_a_table_holds_no_formula(servkit: Servkit) -> None:
    recorded(servkit, "note", NADIA, "=HYPERLINK(1)")
    assert ",'=HYPERLINK(1)\r\n" in servkit("journal", "--format", "csv", book="standards").out


def test_an_answer_is_recorded_as_it_was_told(servkit: Servkit) -> None:
    ran = servkit("lookup", NADIA, "--about", "missed-visit", "--format", "json", "--record", book="standards")
    assert ran.code == 0
    entry = recorded(servkit, "journal", "--kind", "answer")["entries"][0]
    assert entry["answer"] == json.loads(ran.out)
    ran = servkit("say", "your-technician", NADIA, "--record", book="standards")
    assert ran.code == 0
    told_ = recorded(servkit, "journal", "--kind", "answer")["entries"][1]
    assert told_["text"] == ran.out.strip("\n")
    assert "journal" not in told(servkit)["asked"]


def test_where_the_journal_lives(servkit: Servkit, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SERVKIT_JOURNAL", str(tmp_path / "shared.sqlite"))
    assert servkit("note", NADIA, "x", book="standards").err == ""
    assert (tmp_path / "shared.sqlite").stat().st_mode & 0o777 == 0o600
    monkeypatch.setenv("SERVKIT_JOURNAL", "${NOT_SET_AT_ALL}")
    ran = servkit("note", NADIA, "x", book="standards")
    assert (ran.code, "the environment variable NOT_SET_AT_ALL isn't set" in ran.err) == (2, True)


def test_what_is_no_journal_is_said_and_the_desk_goes_on(
    servkit: Servkit, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    broken = tmp_path / "broken.sqlite"
    monkeypatch.setenv("SERVKIT_JOURNAL", str(broken))
    for data in (b"x" * 5000, b"SQLite format 3\0" + b"\0" * 5000):
        broken.write_bytes(data)
        ran = servkit("note", NADIA, "x", book="standards")
        assert (ran.code, ran.err.count("\n")) == (2, 1)
        assert broken.read_bytes() == data
        answer = told(servkit)
        assert answer["customer"]["id"] == NADIA
        assert answer["problems"][-1]["code"] == "SK521"


@pytest.mark.parametrize(
    "line",
    ["no json", "[]", "{}", '{"schema": "servkit/journal-entry/1"}', "[" * 5000,
     '{"schema": "servkit/journal-entry/1", "id": "a", "time": "x", "kind": "note", "salt": "s", "body": {}}',
     '{"schema": "servkit/journal-entry/1", "id": "a", "time": "2026-01-01", "kind": "note", "salt": "s", "body": {}}',
     '{"schema": "servkit/journal-entry/1", "id": "a", "time": "2026-01-01T00:00:00Z", "kind": "x", "body": {}}'],
)  # fmt: skip
def test_a_file_that_is_no_export_imports_nothing(servkit: Servkit, tmp_path: Path, line: str) -> None:
    file = tmp_path / "bad.jsonl"
    file.write_text(f"\n{line}\n", "utf-8")
    ran = servkit("journal", "import", str(file), book="standards")
    assert (ran.code, ran.err.count("\n"), f"{file}:2: " in ran.err) == (2, 1, True), ran
    assert servkit("journal", book="standards").code == 1


@pytest.mark.parametrize(
    "name", ["a" * 300, "https://example.org/journal", "postgresql://user:secret@[::1", "${NOT_SET}"]
)
def test_a_journal_that_cannot_be_is_one_line_and_no_secret(
    servkit: Servkit, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    monkeypatch.setenv("SERVKIT_JOURNAL", name)
    ran = servkit("note", NADIA, "x", book="standards")
    assert (ran.code, ran.out, ran.err.count("\n"), "secret" in ran.err) == (2, "", 1, False), ran
    assert told(servkit)["customer"]["id"] == NADIA


@pytest.mark.parametrize("command", [("report", "--format", "html"), ("journal", "export")])
def test_what_cannot_be_written_is_one_line(servkit: Servkit, tmp_path: Path, command: tuple[str, ...]) -> None:
    recorded(servkit, "note", NADIA, "x")
    ran = servkit(*command, "--to", str(tmp_path), book="standards")
    assert (ran.code, ran.out, ran.err) == (2, "", f"servkit: {tmp_path}: cannot be written: Is a directory\n")


@pytest.mark.parametrize("typed", ["$75", "75", "75 USD", "$ 75.00"])
def test_a_value_is_taken_as_people_type_it(servkit: Servkit, typed: str) -> None:
    why = ("--because", "late", "--reason", "late", "--role", "office")
    entry = recorded(servkit, "grant", NADIA, "missed-visit.credit", typed, *why)["entries"][0]
    assert (entry["value"], entry["stretch"]) == ("75 USD", True)


def test_a_second_grant_of_the_day_is_refused_as_every_refusal(servkit: Servkit) -> None:
    args = (
        "grant",
        NADIA,
        "missed-visit.credit",
        "60 USD",
        "--because",
        "late",
        "--reason",
        "late",
        "--role",
        "office",
    )
    recorded(servkit, *args)
    refused = recorded(servkit, *args, code=1)
    assert refused == {
        "schema": "servkit/refusal/1", "term": "missed-visit.credit", "value": "60 USD",
        "because": "Ruth granted 60 USD today.", "who_may": [],
    }  # fmt: skip
    assert recorded(servkit, *args, "--again")["entries"][0]["again"] is True


def test_a_full_disk_is_one_line_and_loses_nothing(servkit: Servkit, tmp_path: Path) -> None:
    recorded(servkit, "note", NADIA, "one")
    (file,) = (tmp_path / "data").glob("*.sqlite")
    limit = (
        "import resource, sys\nsys.dont_write_bytecode = True  # or half of it stays for the next test\n"
        "from servkit.cli import run\n"
        f"resource.setrlimit(resource.RLIMIT_FSIZE, ({file.stat().st_size + 2000},) * 2)\nsys.exit(run(sys.argv[1:]))"
    )
    long = ("note", NADIA, "two " * 900, "--book", str(BOOKS["standards"]))
    command = [sys.executable, "-c", limit, *long]
    codes = set()
    for _ in range(8):
        ran = subprocess.run(command, capture_output=True, text=True, check=False)
        codes.add(ran.returncode)
        if ran.returncode:
            assert (ran.returncode, ran.stdout, ran.stderr.count("\n")) == (2, "", 1), ran
            assert "Nothing was recorded" in ran.stderr
    assert 2 in codes
    assert servkit("journal", "check", book="standards").code == 0
    assert '"one"' in servkit("journal", "--format", "json", book="standards").out


def test_a_server_that_is_gone_is_said_and_what_waits_is_shown(
    servkit: Servkit, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = told(servkit)["customer"]["priorities"]
    monkeypatch.setenv("SERVKIT_JOURNAL", "postgresql://clerk:secret-word@127.0.0.1:9/desk")
    ran = servkit("note", NADIA, "The back door", "--priority", book="standards")
    assert ran.code == 0
    assert "the journal's server doesn't answer. 1 entry waits on this machine" in ran.err
    answer = told(servkit)
    assert answer["customer"]["priorities"][0]["say"] == "The back door"
    (problem,) = [one for one in answer["problems"] if one["code"] == "SK521"]
    assert problem["message"] == (
        "the journal on 127.0.0.1, database desk doesn't answer; the answer comes from the book and from what waits on "
        "this machine"
    )
    listed = servkit("journal", book="standards")
    assert "The back door" in listed.out
    assert "This is only what waits on this machine." in listed.err
    assert "secret-word" not in f"{ran}{answer}{listed}"
    forgotten = servkit("journal", "forget", NADIA, "--yes", book="standards")
    assert forgotten.code == 1
    assert forgotten.out.startswith(
        f"Deleted 1 entry about {NADIA}. Not reached:\n  the journal on 127.0.0.1, database desk doesn't answer; "
        "what it holds is deleted as soon as it answers a command on this machine\n"
    )
    assert told(servkit)["customer"]["priorities"] == before


def test_what_waits_is_approved_at_the_command_line(servkit: Servkit) -> None:
    with OpenBook(BOOKS["standards"], os.environ, None) as opened:
        bot = Desk(opened, Person("Alder", "office", bot=True), lambda: datetime.now(UTC), lambda _: None)
        customer = opened.directory.exact(NADIA)
        assert customer is not None
        made = grant(bot, customer, "missed-visit.credit", "75 USD", "late", DeskRequest(NADIA), reason="late")
    assert isinstance(made, Recorded)
    id_ = made.entries[0].id
    assert told(servkit)["customer"]["recent"][0]["pending"] is True
    ran = servkit("journal", "approve", id_, "--role", "technician", book="standards")
    assert (ran.code, ran.out.startswith("Not recorded. You may go to"), "--approved-by" in ran.out) == (1, True, False)
    ran = servkit("journal", "approve", id_, "--role", "supervisor", book="standards")
    assert (ran.code, ran.out.splitlines()[0]) == (0, f"Approved: entry {id_}.")
    assert "pending" not in told(servkit)["customer"]["recent"][0]
    ran = servkit("journal", "approve", id_, "--role", "supervisor", "--decline", book="standards")
    assert (ran.code, f"has approved entry {id_} already; nothing was recorded" in ran.err) == (2, True)
    assert f"approved: entry {id_}" in servkit("journal", book="standards").out
