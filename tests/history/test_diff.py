"""``servkit diff``: what an edit does, for whom, and how many they are."""

from __future__ import annotations

import json
import sys
from typing import TYPE_CHECKING, Any

import pytest

from customers.tables import write_table
from servkit.bulk import groups

from .repositories import POLICY, SCENARIO, SCRIPT, SETTINGS, commit, repository, write

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
    weight = "1 of 3 customers, perhaps 1 more: Dorothy Bell (C-1), perhaps Sam (C-3)"
    assert f"+ returns.window: 45 days → 60 days for plan monthly · {weight}" in " ".join(text.split())
    assert text.count("→") == 2  # the title, and one line
    long = servkit("diff", *ON, "--long", columns=200).out
    assert "servkit lookup --about returns --set plan=monthly --on 2026-03-01" in long
    assert "60 days" in servkit("lookup", "--about", "returns", "--set", "plan=monthly", *ON, book=book).out


def test_however_much_was_edited_the_summary_fits_ten_lines(servkit: Servkit, book: Path) -> None:
    def texts(days: int, word: str) -> dict[str, str]:
        found = {f"p{number}": POLICY.replace("returns", f"p{number}").replace("area: p", "# ").replace("30", str(days))
                 for number in range(12)}  # fmt: skip
        found |= {f"s{number}": SCENARIO.replace("thirty", f"s{number}") for number in range(5)}
        return found | {
            "ann": "kind: customer\nid: C-9\nname: Ann\npromised: {p1.window: 50 days}\n",
            "hello": SCRIPT.replace("id: hello", f"id: {word}"),
            "bye": SCRIPT.replace("hello", f"{word}2"),
            "why": f"kind: philosophy\nid: kind\ntitle: Kind\nwhy: {word}\nstatement: x\nrank: 1\n",
        }

    write(book, **texts(30, "hello"))
    commit(book.parent)
    clock = 'clocks: {office: {hours: "Mo-Fr 08:00-18:00", closed: [2026-12-24]}}\n'
    write(book, **texts(60, "goodbye"), servkit=SETTINGS + clock, broken="kind: policy\nid: broken\ntitle: [\n")
    write(book, returns=POLICY.replace("30 days", "10 days").replace("{window", "{again: 4 days, window"))
    short = servkit("diff", *ON, book=book, columns=200).out.rstrip("\n").split("\n")
    assert len([line for line in short if not line.startswith("  ")]) <= 10  # a line that is too long goes on below
    assert "more edited places" in "\n".join(short)
    long = servkit("diff", *ON, "--long", columns=200).out
    assert "clock office: none → hours: Mo-Fr 08:00-18:00; closed: 2026-12-24" in long
    assert "p11.window" in long


def test_areas_that_changed_are_told_with_their_place(servkit: Servkit, book: Path) -> None:
    write(book, returns=POLICY.replace("area: returns", "area: [returns, visits]"))
    told = servkit("diff", *ON, book=book, columns=300).out
    assert "areas of policy:returns: returns → returns; visits for everybody" in told
    assert "returns.yaml:5" in told


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


def test_only_scenarios_about_what_is_asked_about(servkit: Servkit, book: Path) -> None:
    scenario = SCENARIO + "customer: {name: Ann, attributes: {plan: single}}\n"
    write(book, late=scenario, visits=POLICY.replace("id: returns", "id: visits").replace("area: returns\n", ""))
    commit(book.parent)
    write(book, faithful=SEGMENT.replace("45 days", "60 days"), returns=POLICY.replace("30 days", "31 days"))
    assert len(diff(servkit, book, "--about", "returns")["scenarios"]) == 1
    assert not diff(servkit, book, "--about", "visits")["scenarios"]


def test_a_missing_revision_or_file_is_never_another_one(servkit: Servkit, book: Path) -> None:
    for args in (("",), ("HEAD", ""), ("--customers", "none.csv"), ("--customers", "none.csv", "--no-customers")):
        done = servkit("diff", *ON, *args, book=book)
        assert (done.code, done.out, done.err.count("\n")) == (2, "", 1)


def test_a_page_names_no_customer_whose_document_cannot_be_read(servkit: Servkit, book: Path) -> None:
    write(book, bell="kind: customer\nid: C-1042\nname: Dorothy Bell\n")
    commit(book.parent)
    write(book, bell="kind: customer\nid: C-1042\nname: [\n")
    for format_ in ("md", "github"):
        done = servkit("diff", *ON, "--format", format_, book=book)
        assert done.code == 2
        assert "C-1042" not in done.out + done.err
        assert "1 document of a customer cannot be read on one side and is not compared" in done.out


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


@pytest.mark.parametrize("day", ["9999-12-31", "9999-12-30", "0001-01-01"])
def test_the_ends_of_the_calendar(servkit: Servkit, book: Path, day: str) -> None:
    for command in (("diff",), ("compare", "role=technician", "role=owner"),
                    ("render", "changes", "--since", "HEAD", "--format", "md", "--to", "-")):  # fmt: skip
        ran = servkit(*command, "--on", day, book=book)
        assert ran.code in (0, 1), ran.err


def test_days_that_go_and_come_are_the_whole_time(servkit: Servkit, book: Path) -> None:
    moving = "when: {since: {before: 1 month ago}}"
    settings = SETTINGS.replace("attributes: {", "attributes: {since: {type: date}, ")
    write(book, servkit=settings, faithful=SEGMENT.replace("when: {plan: monthly}", moving))
    commit(book.parent)
    write(book, faithful=SEGMENT.replace("when: {plan: monthly}", moving.replace("1 month ago", "30 days ago")))
    for change in diff(servkit, book, "--no-customers")["changes"]:
        assert change["when"].get("today") != {}
        assert change["witness"] is not None


def test_what_is_told_beside_the_classes(servkit: Servkit, book: Path) -> None:
    person = "kind: customer\nid: C-9\nname: Ann\npromised: {returns.window: 50 days}\n"
    (book / "faithful.yaml").unlink()
    write(book, ann=person, thirty=SCENARIO, hello=SCRIPT)
    commit(book.parent)
    policy = POLICY.replace("90 days, grant", "40 days, grant").replace("owner: 90", "owner: 40")
    policy = policy.replace("30 days", "35 days").replace("It pays.", "It pays well.")
    settings = SETTINGS.replace("Visits}", "Visits, procedure: required}")
    write(book, servkit=settings, returns=policy, hello=SCRIPT.replace("Good morning", "Good day"))
    found = diff(servkit, book)
    assert [(one["what"], one["id"]) for one in found["settings"]] == [("area", "visits")]
    assert "procedure: required" in found["settings"][0]["after"]
    assert [(one["what"], one["customer"], one["before"], one["after"]) for one in found["promises"]] == [
        ("broken", "C-9", "50 days", "40 days")
    ]
    assert [(one["id"], one["before"], one["after"]) for one in found["scenarios"]] == [("thirty", "holds", "fails")]
    texts = {(one["id"], one["field"]): one["diff"] for one in found["texts"]}
    assert texts["hello", "say"] == [["=", "Good "], ["-", "morning"], ["+", "day"], ["=", "."]]
    assert texts["returns", "why"] == [["=", "It pays"], ["+", " well"], ["=", "."]]
    assert found["summary"]["texts"] == 2
    for format_ in ("md", "github"):
        told = servkit("diff", *ON, "--format", format_, book=book).out
        assert "Ann" not in told
        assert "Dorothy" not in told
        assert "C-9" not in told
        assert "thirty" in told
    assert "C-9" in servkit("diff", *ON, columns=200).out


def test_a_new_question_is_counted(servkit: Servkit, book: Path) -> None:
    (book / "faithful.yaml").unlink()
    commit(book.parent)
    write(book, faithful=SEGMENT)
    (question,) = diff(servkit, book)["questions"]
    assert (question["name"], question["customers"]) == ("plan", 1)
    failed = servkit("diff", *ON, "--assert", "no-new-questions", book=book)
    assert failed.code == 1
    assert "no-new-questions: plan" in failed.err


def test_a_renamed_document_is_one_entry_and_no_difference(servkit: Servkit, book: Path) -> None:
    segment = SEGMENT.replace("id: faithful", "id: loyal").replace("returns.", "take-back.")
    (book / "faithful.yaml").write_text(segment)
    (book / "returns.yaml").write_text(POLICY.replace("id: returns", "id: take-back"))
    done = servkit("diff", *ON, "--format", "json", book=book)
    found = json.loads(done.out)
    assert [(one["kind"], one["before"], one["after"]) for one in found["renamed"]] == [
        ("policy", "returns", "take-back"),
        ("segment", "faithful", "loyal"),
    ]
    assert done.code == 0
    assert not found["changes"]
    (book / "returns.yaml").write_text(POLICY.replace("id: returns", "id: take-back").replace("30 days", "31 days"))
    assert [one["before"] for one in diff(servkit, book)["renamed"]] == []


def test_assertions(servkit: Servkit, book: Path) -> None:
    write(book, returns=POLICY.replace("30 days", "20 days"))
    for rule, code in (("nobody-worse", 1), ("fixed-unmoved", 0), ("at-most=0", 1), ("at-most=3", 0)):
        done = servkit("diff", *ON, "--assert", rule, book=book)
        assert (done.code, bool(done.err)) == (code, bool(code)), rule
    assert servkit("diff", *ON, "--assert", "nobody-worse", "--exit-zero", book=book).code == 0
    for args in (("nobody-wors",), ("at-most=many",), ("at-most=1", "--no-customers")):
        done = servkit("diff", *ON, "--assert", *args, book=book)
        assert (done.code, done.err.count("\n")) == (2, 1)


def test_a_document_that_one_side_cannot_read_is_listed(servkit: Servkit, book: Path) -> None:
    write(book, returns="kind: policy\nid: returns\ntitle: [oh\n", hello=SCRIPT)
    done = servkit("diff", *ON, "--format", "json", book=book)
    found = json.loads(done.out)
    assert done.code == 2
    assert "policy:returns" in done.err
    assert "policy:returns cannot be read on one side and is not compared" in found["problems"]
    assert [(one["id"], one["after"]) for one in found["changes"]] == [("script:hello", "yes")]


def test_two_sides_of_one_book(servkit: Servkit, book: Path) -> None:
    done = servkit("compare", "segment=faithful", "segment=others", *ON, book=book)
    assert (done.code, done.err) == (2, "servkit: no segment 'others'; choose from faithful\n")
    write(book, others=SEGMENT.replace("faithful", "others").replace("45 days", "20 days"))
    done = servkit("compare", "segment=faithful", "segment=others", *ON, "--format", "json", book=book)
    found = json.loads(done.out)
    assert (found["changes"][0]["before"], found["changes"][0]["after"]) == ("45 days", "20 days")
    assert found["changes"][0]["when"] == {}
    roles = servkit("compare", "role=technician", "role=owner", *ON, columns=200)
    assert roles.code == 1
    assert "returns.window, how far one may go: 30 days → 90 days" in roles.out
    assert servkit("compare", "channel=phone", "channel=email", *ON).code == 0
    data = json.loads(servkit("compare", "role=technician", "role=owner", *ON, "--format", "json").out)
    # The command that is shown says what holds after.
    assert {change["witness"]["role"] for change in data["changes"]} == {"owner"}
    page = servkit("compare", "role=technician", "role=owner", *ON, "--format", "md").out
    assert "role=technician → role=owner" in page
    assert "--role owner --on 2026-03-01`" in page
    backwards = servkit("compare", "role=technician", "role=owner", *ON, "--until", "2025-01-01")
    assert (backwards.code, backwards.err.count("\n")) == (2, 1)
    assert servkit("compare", "office=a", "role=owner").code == 2
    assert servkit("compare", "planet=a", "planet=b").code == 2


@pytest.mark.parametrize("sides", ["role=technician role=owner", "channel=phone channel=email"])
def test_two_sides_of_a_book_that_asks_whether_an_office_is_known(servkit: Servkit, book: Path, sides: str) -> None:
    write(book, faithful=SEGMENT.replace("when: {plan: monthly}", "when: {plan: monthly, office: {known: no}}"))
    done = servkit("compare", *sides.split(), *ON, book=book)
    assert done.code in (0, 1), done.err
    asked = SEGMENT.replace("when: {plan: monthly}", "when: {plan: {known: yes}, office: {known: yes}}")
    write(book, faithful=asked)
    assert servkit("diff", *ON, book=book).code == 1


def test_a_handout_of_what_changed(servkit: Servkit, book: Path) -> None:
    assert servkit("render", "changes", book=book).code == 2
    assert servkit("render", "card", "--since", "HEAD").code == 2
    same = servkit("render", "changes", "--since", "HEAD", *ON, "--format", "md", "--to", "-")
    assert "Nothing has changed in meaning since HEAD." in same.out
    write(book, returns=POLICY.replace("30 days", "35 days").replace("owner: 90", "owner: 80"))
    told = servkit("render", "changes", "--since", "HEAD", *ON, "--format", "md", "--to", "-").out
    told = told.replace("\u00a0", " ")
    assert "| Window | *30 days* | **35 days** |" in told
    assert "| Window: how far you may go | *90 days* | **80 days** | everybody |" in told
    assert "It pays." in told
    assert "How far may the role “Owner” go now?" in told  # everybody is no condition
    for format_ in ("html", "pdf", "docx"):
        out = book.parent / format_ / "changes"
        to = ("--format", format_, "--to", f"{out}.{format_}")
        done = servkit("render", "changes", "--since", "HEAD", *ON, *to)
        assert done.code == 0, done.err


def test_a_handout_without_what_one_side_cannot_read_says_so(servkit: Servkit, book: Path) -> None:
    write(book, hello="kind: script\nid: hello\ntitle: [\n")
    commit(book.parent)
    write(book, hello=SCRIPT, returns=POLICY.replace("30 days", "35 days"))
    done = servkit("render", "changes", "--since", "HEAD", *ON, "--format", "md", "--to", "-", book=book)
    assert done.code == 2
    assert "35" in done.out
    assert done.err == "servkit: compared without script:hello, which one side cannot read\n"


def test_what_was_told_is_told_again(
    servkit: Servkit, book: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SERVKIT_JOURNAL", str(tmp_path / "journal.sqlite"))
    record = ("--about", "returns", *ON, "--record", "--agent", "Ruth")
    assert servkit("diff", *ON, "--replay", "99999999999", book=book).code == 2
    nothing = servkit("diff", *ON, "--replay", "7", book=book)
    assert "Told differently, last 7 days (0): of 0 recorded answers" in nothing.out
    for person in ("C-1", "C-2"):
        assert servkit("lookup", person, *record, book=book).code == 0
    write(book, faithful=SEGMENT.replace("45 days", "60 days"))
    servkit("lookup", "C-1", *record, book=book)
    found = diff(servkit, book, "--replay", "7")["replay"]
    assert (found["days"], found["answers"], found["from_dirty_books"], found["not_held"]) == (7, 2, 1, 0)
    (one,) = found["different"]
    assert (one["customer"], one["on"]) == ("C-1", "2026-03-01")
    assert one["differences"][0] == {"what": "value", "id": "returns.window", "before": "45 days", "after": "60 days"}
    assert "C-1" not in servkit("diff", *ON, "--replay", "7", "--format", "md", book=book).out


@pytest.mark.parametrize("source", ["csv", "parquet"])
def test_a_source_that_counts_nobody_is_told(servkit: Servkit, tmp_path: Path, source: str) -> None:
    book = repository(tmp_path, faithful=SEGMENT)
    spec = write_table(book, source, ["id", "name", "plan"], [["P-1", "Ann", "monthly"]])
    write(book, servkit=SETTINGS.replace("people.csv", json.dumps(spec | {"attributes": {"plan": "TARIFF"}})))
    commit(book)
    write(book, faithful=SEGMENT.replace("45 days", "60 days"))
    problems = diff(servkit, book)["problems"]
    assert problems == [f"{spec['file']}:1:1: There is no column `TARIFF`, so `plan` is unknown. Correct the name."]
    write(book, servkit=SETTINGS.replace("people.csv", json.dumps(spec | {"id": "number"})))
    done = servkit("diff", *ON, book=book)
    assert "There is no column `number`." in done.out + done.err


@pytest.mark.parametrize("tracked", [True, False])
def test_a_full_disk_is_one_line(
    servkit: Servkit, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, *, tracked: bool
) -> None:
    """A tracked file is written as it was, and what DuckDB can't read itself goes by way of a file. A limit to the size
    of files stands for the disk."""
    import resource

    monkeypatch.setattr(sys, "dont_write_bytecode", True)  # or half of it stays for the next test
    monkeypatch.setattr(groups, "LARGE", 0)
    book = repository(tmp_path, faithful=SEGMENT)
    lines = [f'{{"id": "P-{number}", "plan": "monthly\\u0007"}}' for number in range(2000)]
    write(book, servkit=SETTINGS.replace("people.csv", "people.jsonl"))
    if not tracked:
        commit(book)
    (book / "people.jsonl").write_text("\n".join(lines))
    if tracked:
        commit(book)
    write(book, faithful=SEGMENT.replace("45 days", "60 days"))
    arguments = ("diff", *ON, "--format", "json")
    assert servkit(*arguments, book=book).code == 1
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (16_384, before[1]))
    try:
        done = servkit(*arguments, book=book)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
    assert (done.code, done.out, done.err.count("\n")) == (2, "", 1), done.err
    assert "The temporary files can't be written: File too large. Name another folder in TMPDIR." in done.err


def test_every_source_is_weighed_alike(servkit: Servkit, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    header = ["id", "name", "plan"]
    people = [[f"P-{number:02}", f"Person {number}", ("monthly", "single", None, "weekly")[number % 4]]
              for number in range(40)]  # fmt: skip
    weighed = []
    for number, source in enumerate(("csv", "parquet", "csv", "jsonl", "sqlite")):  # of many, where 0 bytes are many
        (tmp_path / str(number)).mkdir()
        book = repository(tmp_path / str(number), faithful=SEGMENT)
        monkeypatch.setattr(groups, "LARGE", 1 << 20 if number == 0 else 0)
        spec = write_table(book, source, header, [*people, ["P-00", "Again", "single"], [" ", "Nobody", "monthly"]])
        settings = (book / "servkit.yaml").read_text().replace("people.csv", json.dumps(spec))
        (book / "servkit.yaml").write_text(settings)
        commit(book)
        write(book, faithful=SEGMENT.replace("45 days", "60 days"))
        weighed.append(diff(servkit, book)["changes"][0]["customers"])
        told = servkit("diff", *ON, book=book).out
        assert "Person 0 (P-00)" in told
    assert weighed == [weighed[0]] * 5
    assert weighed[0] == {"certain": 10, "perhaps": 20, "of": 40, "examples": ["P-00", "P-04", "P-08"]}
    ids = [
        servkit("lookup", id_, *ON, "--about", "returns", "--format", "json", book=book)
        for id_ in weighed[1]["examples"]
    ]
    assert all('"60 days"' in done.out for done in ids)
