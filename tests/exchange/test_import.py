"""What an import does to a book: new scripts, updates, edits that stay, conflicts; and nothing by halves."""

from __future__ import annotations

import json
import random
import re
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from exchange.samples import FILES, ZENDESK, canned, chatwoot_file
from servkit.book.yaml_reader import compose
from servkit.files import write_file

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from cli.conftest import Servkit


def write(book: Path, responses: list[dict[str, object]]) -> None:
    (book.parent / "canned.json").write_text(chatwoot_file(responses), "utf-8")


def three_hundred() -> list[dict[str, object]]:
    """Replies about as many matters, and among them three that say another amount than three others."""
    rng = random.Random(4)
    nouns = ["pump", "lamp", "stove", "tap", "boiler", "valve", "filter", "hose", "meter", "socket", "fan", "heater",
             "drain", "gutter", "hatch"]  # fmt: skip
    tails = ["was cleaned this morning", "needs a new seal", "sits below the stairs", "makes a ticking sound",
             "is painted green", "came without a label", "has to cool down first", "hangs a bit low",
             "was wired by somebody else", "lost its cover", "is older than the house", "smells of smoke",
             "drips on Sundays", "rattles in the wind", "stands in the way", "shows a red light", "was a gift",
             "turns the wrong way", "has no handle", "fits nowhere else"]  # fmt: skip
    hello = "Hello {{contact.first_name}},\n\n"
    out = [
        canned(0, f"{hello}the {noun} {tail}. {_sentence(rng)} {_sentence(rng)}") for noun in nouns for tail in tails
    ]
    for place, text in {
        7: "Returns are accepted within 30 days of delivery.",
        190: "You can send it back to us within 45 days, {{contact.first_name}}.",
        33: "Your refund is on its way and arrives after 5 business days.",
        260: "It takes 10 business days until your refund is there.",
        90: "The restocking fee is 10 %.",
        91: "We charge a 15% fee for restocking.",
        # these agree, or are about something else
        120: "Express delivery takes 1 day.",
        121: "Standard delivery takes 3 days.",
        140: "Our warranty lasts 2 years.",
        141: "The guarantee is good for 24 months.",
        160: "We pay refunds by card after 5 business days.",
        170: "Call us between 10:30 and 12, room 24/7, order 12345.",
        171: "The visit takes 2 hours.",
        172: "A visit lasts 120 minutes.",
    }.items():
        out[place]["content"] = text
    for number, one in enumerate(out, 1):
        one["id"], one["short_code"] = number, f"reply_{number}"
    return out


def test_three_hundred_replies_lint_clean_and_three_contradictions_are_told(
    book: Path, servkit: Servkit, state: Callable[[], dict[str, bytes]]
) -> None:
    (book / "policies" / "returns.yaml").unlink()
    responses = three_hundred()
    write(book, responses)
    ran = servkit("import", "chatwoot", "../canned.json", "--format", "json", "--area", "returns")
    report = json.loads(ran.out)
    assert (ran.code, report["counts"]["new"]) == (1, 300)
    told = [sorted(side["amount"] for side in one["sides"]) for one in report["contradictions"]]
    assert sorted(told) == [["10 %", "15%"], ["10 business days", "5 business days"], ["30 days", "45 days"]]
    places = {side["place"] for one in report["contradictions"] for side in one["sides"]}
    assert places == {f"scripts/reply-{number}.yaml" for number in (8, 191, 34, 261, 91, 92)}
    linted = servkit("lint", "--format", "json", "scripts")
    assert {finding["code"] for finding in json.loads(linted.out)["findings"]} <= {"SK602", "SK604", "SK605", "SK404"}
    assert servkit("export", "chatwoot", "--to", "../back.json").code == 0
    assert (book.parent / "back.json").read_bytes() == (book.parent / "canned.json").read_bytes()


def test_a_term_of_the_book_is_contradicted(book: Path, servkit: Servkit) -> None:
    write(book, [canned(1, "You can return things within two weeks."), canned(2, "Returns: up to 45 days.")])
    ran = servkit("import", "chatwoot", "../canned.json", "--dry-run")
    assert ran.code == 1
    assert re.search(r"30 days +policies/returns.yaml:\d+ returns.window", ran.out)
    assert re.search(r"two weeks +scripts/reply-1.yaml", ran.out)
    assert "45 days" not in ran.out  # a supervisor may go so far
    assert ran.err == "2 new, 1 contradiction; nothing was written.\n"


def _sentence(rng: random.Random) -> str:
    """A sentence that nobody else says."""
    words = ["".join(rng.choices("bdfgklmnprstv", k=2)) + rng.choice("aeiou") + rng.choice("lmnrs") for _ in range(9)]
    return " ".join(words).capitalize() + "."


@pytest.fixture
def imported(book: Path, servkit: Servkit) -> Path:
    write(book, [canned(1, "Hi {{contact.first_name}}, one"), canned(2, "Two\n\nlines"), canned(3, "Three")])
    assert servkit("import", "chatwoot", "../canned.json").code == 0
    return book


def test_what_changed_there_is_an_update_that_keeps_all_else(imported: Path, servkit: Servkit) -> None:
    script = imported / "scripts" / "reply-2.yaml"
    edited = script.read_text("utf-8").replace("why:\n", "# for tired people\nwhy: They need it.\n")
    script.write_text(edited, "utf-8")
    write(imported, [canned(1, "Hi {{contact.first_name}}, one"), canned(2, "Two\n\nnew lines"), canned(4, "Four")])
    ran = servkit("import", "chatwoot", "../canned.json")
    assert (ran.code, ran.err.partition(".")[0]) == (0, "1 new, 1 updated, 1 unchanged")
    assert script.read_text("utf-8") == edited.replace("  lines\n", "  new lines\n")
    assert "Imported earlier, and not in these files; they stay (1)\n  reply-3\n" in ran.out
    assert (imported / "scripts" / "reply-3.yaml").exists()


def test_hand_edits_stay_and_conflicts_show_both_texts(
    imported: Path, servkit: Servkit, state: Callable[[], dict[str, bytes]]
) -> None:
    script = imported / "scripts" / "reply-3.yaml"
    script.write_text(script.read_text("utf-8").replace("Three", "Drei"), "utf-8")
    assert "1 edited here and kept" in servkit("import", "chatwoot", "../canned.json").err
    write(imported, [canned(1, "Hi {{contact.first_name}}, one"), canned(2, "Two\n\nlines"), canned(3, "Tres")])
    before = state()
    ran = servkit("import", "chatwoot", "../canned.json")
    assert (ran.code, state() == before) == (1, True)
    assert (
        "scripts/reply-3.yaml  Reply 3\n    both have changed (canned.json:1)\n    here: Drei\n    there: Tres\n"
        in ran.out
    )
    assert servkit("import", "chatwoot", "../canned.json", "--keep", "ours").code == 0
    assert "say: Drei\n" in script.read_text("utf-8")
    settled = servkit("import", "chatwoot", "../canned.json")
    assert (settled.code, "conflict" in settled.err) == (0, False)
    exported = json.loads(servkit("export", "chatwoot").out)
    assert [one["content"] for one in exported][2] == "Drei"


def test_theirs_can_be_taken(imported: Path, servkit: Servkit) -> None:
    script = imported / "scripts" / "reply-3.yaml"
    script.write_text(script.read_text("utf-8").replace("Three", "Drei"), "utf-8")
    write(imported, [canned(3, "Tres")])
    assert servkit("import", "chatwoot", "../canned.json", "--keep", "theirs").code == 0
    assert "say: Tres\n" in script.read_text("utf-8")


def test_what_was_deleted_stays_deleted_and_what_was_moved_is_found(imported: Path, servkit: Servkit) -> None:
    (imported / "scripts" / "reply-1.yaml").unlink()
    (imported / "else").mkdir()
    (imported / "scripts" / "reply-2.yaml").rename(imported / "else" / "renamed.yaml")
    ran = servkit("import", "chatwoot", "../canned.json")
    assert (ran.code, ran.err) == (0, "2 unchanged, 1 deleted here; nothing was written.\n")


def test_a_dry_run_writes_nothing(book: Path, servkit: Servkit, state: Callable[[], dict[str, bytes]]) -> None:
    (book.parent / "macros.json").write_text(ZENDESK, "utf-8")
    before = state()
    ran = servkit("import", "zendesk", "../macros.json", "--dry-run")
    assert (ran.code, state() == before) == (0, True)
    assert ran.err == "2 new, 2 left out; nothing was written.\n"
    assert "it has no text for customers: `Close and thank`" in ran.out
    assert re.search(r"\{\{ opening_hours \}\} +dc.opening_hours, in ask-for-the-number", ran.out)
    assert "the action `status`, in back-in-the-box" in ran.out


@pytest.mark.parametrize("failing", [1, 3, 4])
def test_all_or_nothing(
    failing: int, book: Path, servkit: Servkit, state: Callable[[], dict[str, bytes]], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A disk that is full halfway leaves everything as it was."""
    write(book, [canned(number, f"Text {number}") for number in (1, 2, 3)])
    before, count = state(), 0

    def full(path: Path, data: bytes) -> None:
        nonlocal count
        count += 1
        if count == failing:
            raise OSError(28, "No space left on device")
        write_file(path, data)

    monkeypatch.setattr("servkit.exchange.all_files.write_file", full)
    ran = servkit("import", "chatwoot", "../canned.json")
    assert (ran.code, ran.out) == (2, "")
    assert ran.err.endswith("No space left on device; nothing was written\n")
    assert state() == before


def test_a_broken_document_from_there_does_not_come_twice(imported: Path, servkit: Servkit) -> None:
    script = imported / "scripts" / "reply-3.yaml"
    script.write_text(script.read_text("utf-8") + "colour: blue\n", "utf-8")
    ran = servkit("import", "chatwoot", "../canned.json")
    assert ran.code == 2
    assert "scripts/reply-3.yaml: A document in this file can't be read" in ran.err


def test_a_damaged_note_of_the_last_import_is_told(imported: Path, servkit: Servkit) -> None:
    note = imported / ".exchange" / "chatwoot.jsonl"
    note.write_text(note.read_text("utf-8")[:-30], "utf-8")
    ran = servkit("import", "chatwoot", "../canned.json")
    assert (ran.code, ran.err.startswith("servkit: .exchange/chatwoot.jsonl:4: This line isn't as servkit")) == (
        2,
        True,
    )


def test_every_language_has_its_text(book: Path, servkit: Servkit) -> None:
    settings = book / "servkit.yaml"
    settings.write_text(settings.read_text("utf-8").replace("currency", "languages: [en, es]\ncurrency"), "utf-8")
    write(book, [canned(1, "Hello {{contact.first_name}}")])
    assert servkit("import", "chatwoot", "../canned.json").code == 0
    write(book, [canned(1, "Hola {{contact.first_name}}")])
    assert servkit("import", "chatwoot", "../canned.json", "--lang", "es", "--keep", "theirs").code == 0
    (source,) = compose("", (book / "scripts" / "reply-1.yaml").read_bytes())
    assert source.data["say"] == {
        "en": 'Hello {{ customer.first_name | default: "there" }}',
        "es": 'Hola {{ customer.first_name | default: "y buenos días" }}',
    }
    assert [one["content"] for one in json.loads(servkit("export", "chatwoot", "--lang", "es").out)] == [
        "Hola {{contact.first_name}}"
    ]


def test_the_screens_fit_forty_columns(book: Path, servkit: Servkit) -> None:
    for kind, (name, text) in FILES.items():
        (book.parent / name).write_text(text, "utf-8")
        ran = servkit("import", kind.partition("-")[0], f"../{name}", "--dry-run", columns=40)
        assert [line for line in ran.out.splitlines() if len(line) > 40] == [], kind


def test_what_only_a_spreadsheet_can_be_asked(book: Path, servkit: Servkit) -> None:
    write(book, [canned(1, "x")])
    for args, message in (
        (("import", "chatwot", "../canned.json"), "no kind 'chatwot'; did you mean chatwoot?"),
        (("import", "chatwoot", "../canned.json", "--what", "customers"), "--what and --column are for spreadsheets"),
        (("import", "chatwoot", "../canned.json", "--area", "retruns"), "no area 'retruns'; did you mean returns?"),
        (("import", "chatwoot", "../canned.json", "--to", "../elsewhere"), "../elsewhere is not in the book."),
        (("import", "chatwoot", "../canned.json", "--to", ".git/x"), ".git/x is hidden"),
        (("import", "chatwoot", "../canned.json", "--keep", "mine"), "no side 'mine'"),
        (("export", "zendesk", "--what", "terms"), "--what is for spreadsheets, and zendesk is none"),
        (("export", "zendesk", "--role", "boss"), "no role 'boss'"),
    ):
        ran = servkit(*args)
        assert (ran.code, ran.out, ran.err.count("\n")) == (2, "", 1), args
        assert message in ran.err, args


def test_another_book_can_be_named_as_the_place(book: Path, servkit: Servkit, monkeypatch: pytest.MonkeyPatch) -> None:
    write(book, [canned(1, "We come tomorrow.")])
    monkeypatch.chdir(book.parent)
    ran = servkit("import", "chatwoot", "canned.json", "--to", book.name)
    assert (ran.code, ran.err) == (0, ran.err)
    assert "We come tomorrow." in (book / "scripts" / "reply-1.yaml").read_text("utf-8")


_KILLED = """
import os, sys
from servkit.cli import main
from servkit.exchange import all_files

write, written = all_files.write_file, []

def killed(path, data):
    if len(written) == 2:
        os._exit(9)
    written.append(path)
    write(path, data)

all_files.write_file = killed
sys.argv = ["servkit", "import", "chatwoot", "../canned.json"]
main()
"""


def test_an_import_that_was_killed_is_finished_by_another_one(
    book: Path, servkit: Servkit, state: Callable[[], dict[str, bytes]]
) -> None:
    """Nothing can clean up after a kill or a power failure. Each file is whole, and nothing comes twice."""
    replies = [canned(number, f"Hello {number}") for number in range(4)]
    for text in ("Hello", "Good morning"):
        write(book, [reply | {"content": f"{text} {number}"} for number, reply in enumerate(replies)])
        before = state()
        assert subprocess.run([sys.executable, "-c", _KILLED], check=False).returncode == 9
        assert 0 < len(dict(state().items() - before.items())) <= 2
        assert servkit("import", "chatwoot", "../canned.json").code == 0
        scripts = [path for path in state() if path.startswith("scripts/")]
        assert len(scripts) == 4
        assert sum(f"say: {text}".encode() in state()[path] for path in scripts) == 4
        done = state()
        assert servkit("import", "chatwoot", "../canned.json").err.startswith("4 unchanged; nothing was written")
        assert state() == done
