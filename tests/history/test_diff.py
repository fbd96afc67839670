"""``servkit diff``: what an edit does, for whom, and how many they are."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from .repositories import POLICY, SETTINGS, commit, repository, write

if TYPE_CHECKING:
    from pathlib import Path

    from cli.conftest import Servkit

ON = ("--on", "2026-03-01")
PEOPLE = "id,name,plan\nC-1,Dorothy Bell,monthly\nC-2,Ray Ortiz,single\nC-3,Sam,\n"
SEGMENT = """\
kind: segment
id: faithful
title: The faithful
why: They stay.
when: {plan: monthly}
sets: {returns.window: 45 days}
"""


@pytest.fixture
def book(tmp_path: Path) -> Path:
    return repository(tmp_path, faithful=SEGMENT, **{"people.csv": PEOPLE})


def diff(servkit: Servkit, book: Path, *args: str) -> dict[str, Any]:
    done = servkit("diff", *ON, "--format", "json", *args, book=book)
    assert done.code in (0, 1), done.err
    found: dict[str, Any] = json.loads(done.out)
    assert done.code == int(any(found[key] for key in ("changes", "settings", "questions", "promises", "scenarios",
                                                       "texts")))  # fmt: skip
    return found


def test_nothing_edited_is_the_same(servkit: Servkit, book: Path) -> None:
    found = diff(servkit, book)
    assert list(found) == ["schema", "before", "after", "on", "until", "summary", "changes", "renamed", "settings",
                           "questions", "promises", "scenarios", "texts", "problems"]  # fmt: skip
    assert found["schema"] == "servkit/changes/1"
    assert found["after"] == {"revision": None, "dirty": False}
    assert (found["on"], found["until"]) == ("2026-03-01", "2027-03-02")
    assert not any(found["summary"].values())
    assert "The same in meaning." in servkit("diff", *ON).out


def test_one_number_is_one_line_with_witness_weight_and_places(servkit: Servkit, book: Path) -> None:
    write(book, faithful=SEGMENT.replace("45 days", "60 days"))
    found = diff(servkit, book)
    value = found["changes"][0]
    assert value == {
        "what": "term", "id": "returns.window", "part": "value", "role": None, "before": "45 days", "after": "60 days",
        "direction": "kinder", "exact": True, "when": {"plan": "monthly"},
        "witness": {"attributes": {"plan": "monthly"}, "facts": {}, "role": None, "channel": None, "office": None,
                    "on": "2026-03-01"},
        "customers": {"certain": 1, "perhaps": 1, "of": 3, "examples": ["C-1", "C-3"]},
        "places": {"before": "faithful.yaml:6", "after": "faithful.yaml:6"},
    }  # fmt: skip
    assert [(one["part"], one["role"]) for one in found["changes"][1:]] == [("you_may", "technician")]
    assert found["summary"] == {"kinder": 2, "stricter": 0, "other": 0, "texts": 0, "new_questions": 0}
    text = servkit("diff", *ON, columns=200).out
    weight = "1 of 3 customers, perhaps 1 more: Dorothy Bell (C-1), Sam (C-3)"
    assert f"+ returns.window: 45 days → 60 days for plan monthly · {weight}" in " ".join(text.split())
    assert text.count("→") == 2  # the title, and one line
    long = servkit("diff", *ON, "--long", columns=200).out
    assert "servkit lookup --about returns --set plan=monthly --on 2026-03-01" in long
    assert "60 days" in servkit("lookup", "--about", "returns", "--set", "plan=monthly", *ON, book=book).out


def test_two_revisions_and_a_period(servkit: Servkit, book: Path) -> None:
    write(book, returns=POLICY.replace("30 days, better", "{2026-01-01: 30 days, 2026-07-01: 40 days}, better"))
    commit(book.parent)
    write(book, returns=POLICY.replace("30 days", "10 days"))
    commit(book.parent)
    found = diff(servkit, book, "HEAD~2", "HEAD~1", "--no-customers")
    assert found["after"]["revision"] is not None
    value = found["changes"][0]
    assert (value["before"], value["after"], value["customers"]) == ("30 days", "40 days", None)
    assert value["when"] == {"plan": "single", "today": {"on_or_after": "2026-07-01"}}
    assert value["witness"]["on"] == "2026-07-01"
    assert diff(servkit, book, "HEAD~1", "HEAD", "--until", "2026-03-31")["changes"][0]["after"] == "10 days"


def test_only_what_is_asked_about(servkit: Servkit, book: Path) -> None:
    write(book, returns=POLICY.replace("30 days", "40 days"))
    assert diff(servkit, book, "--about", "returns")["changes"]
    assert not diff(servkit, book, "--about", "visits")["changes"]
    done = servkit("diff", *ON, "--about", "nothing", book=book)
    assert (done.code, done.err.count("\n")) == (2, 1)


def test_what_cannot_be_asked(servkit: Servkit, book: Path, tmp_path: Path) -> None:
    for args, word in (
        (("v9",), "No revision"),
        (("--until", "2025-01-01"), "--until"),
        (("--format", "pdf"), "format"),
    ):
        done = servkit("diff", *ON, *args, book=book)
        assert (done.code, done.out, done.err.count("\n")) == (2, "", 1)
        assert word in done.err
    write(tmp_path / "new", servkit=SETTINGS)
    done = servkit("diff", book=tmp_path / "new")
    assert done.code == 2
    assert "there was no book" in done.err


def test_respelling_and_moving_is_no_difference(servkit: Servkit, book: Path) -> None:
    (book / "faithful.yaml").unlink()
    moved = f"# moved\n{SEGMENT}---\n{POLICY}".replace("{plan: monthly}", "\n  plan:\n    - monthly")
    write(book, all=moved.replace("It pays.", "It pays."))
    (book / "returns.yaml").unlink()
    assert not diff(servkit, book)["changes"]
