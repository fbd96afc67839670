"""``servkit report``: which limit was passed, what edit would have covered it, and who is named to whom."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from servkit.journal.stretched_terms import wilson

from .conftest import BOOKS

if TYPE_CHECKING:
    from .conftest import Servkit

NADIA = "AS-1007"


@pytest.fixture
def book(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The starter book in a folder of its own, a journal of its own, and somebody who records."""
    monkeypatch.setenv("SERVKIT_DATA", str(tmp_path / "data"))
    monkeypatch.setenv("SERVKIT_AGENT", "Ruth")
    return Path(shutil.copytree(BOOKS["standards"], tmp_path / "book"))


def grant(servkit: Servkit, book: Path, value: str, *more: str) -> None:
    why = ("--because", "we came late", "--reason", "late", "--again")
    ran = servkit("grant", NADIA, "missed-visit.credit", value, "--role", "office", *why, *more, book=book)
    assert ran.code == 0, ran


def four_beyond_the_limit(servkit: Servkit, book: Path) -> None:
    for value in ("80 USD", "85 USD", "90 USD", "90 USD"):
        grant(servkit, book, value, "--approved-by", "Sam", "--approved-role", "supervisor")


def reported(servkit: Servkit, book: Path, *args: str, code: int = 0) -> Any:
    ran = servkit("report", *args, "--format", "json", book=book)
    assert ran.code == code, ran
    return json.loads(ran.out)


def test_the_limit_that_was_passed_and_the_edit_that_would_have_covered_it(servkit: Servkit, book: Path) -> None:
    four_beyond_the_limit(servkit, book)
    found = reported(servkit, book)["stretched"]
    assert [(one["ref"], one["times"], one["beyond"], one["given"]) for one in found] == [
        ("missed-visit.credit", 4, 4, ["345 USD"])
    ]
    assert found[0]["roles"] == {"office": 4}
    assert found[0]["reasons"] == {"We were late, or didn't come": 4}
    proposal = found[0]["proposal"]
    assert (proposal["edit"], proposal["covers"], proposal["of"]) == (
        "what office may grant of missed-visit.credit: 90 USD", 4, 4,
    )  # fmt: skip
    shown = servkit("report", book=book).out
    assert "Credit for a missed visit: 4 times, 4 of them beyond the role's own limit" in shown
    assert "by segment: With us five years and more 4" in shown
    assert "what office may grant of Credit for a missed visit: 90 USD" in shown
    page = servkit("report", "--format", "html", book=book).out
    assert "<td>With us five years and more</td>" in page
    assert "missed-visit.credit" not in page
    assert "+    grant: {office: 90 USD, supervisor: 100 USD, owner: 150 USD}" in shown


def test_the_patch_applies_and_covers_what_it_says(servkit: Servkit, book: Path) -> None:
    four_beyond_the_limit(servkit, book)
    patch = reported(servkit, book)["stretched"][0]["proposal"]["patch"]
    subprocess.run(["git", "apply"], input=patch.encode(), cwd=book, check=True)
    assert servkit("lint", book=book).code == 0
    grant(servkit, book, "90 USD")


def test_within_one_s_own_room_the_edit_is_of_the_value(servkit: Servkit, book: Path) -> None:
    for value in ("60 USD", "60 USD", "70 USD"):
        grant(servkit, book, value)
    proposal = reported(servkit, book)["stretched"][0]["proposal"]
    assert proposal["edit"] == "`value` of missed-visit.credit: 70 USD"
    assert "+    value: 70 USD" in proposal["patch"]


def test_a_grant_of_what_everybody_gets_is_no_stretch(servkit: Servkit, book: Path) -> None:
    grant(servkit, book, "50 USD")
    assert reported(servkit, book)["stretched"] == []


def test_a_rate_only_where_answers_were_recorded(servkit: Servkit, book: Path) -> None:
    grant(servkit, book, "60 USD")
    assert reported(servkit, book)["stretched"][0]["rate"] is None
    for _ in range(4):
        servkit("lookup", NADIA, "--about", "missed-visit", "--record", book=book)
    rate = reported(servkit, book)["stretched"][0]["rate"]
    assert (rate["times"], rate["of"]) == (1, 4)
    assert rate["low"] == pytest.approx(0.0456, abs=1e-3)
    assert rate["high"] == pytest.approx(0.6994, abs=1e-3)


@pytest.mark.parametrize(
    ("times", "of", "low", "high"), [(0, 10, 0.0, 0.2775), (10, 10, 0.7225, 1.0), (50, 100, 0.4038, 0.5962)]
)
def test_wilson_s_interval(times: int, of: int, low: float, high: float) -> None:
    assert wilson(times, of)[2:] == pytest.approx((low, high), abs=1e-4)


def test_room_is_unused_until_it_is_used(servkit: Servkit, book: Path) -> None:
    grant(servkit, book, "60 USD")
    unused = {(one["ref"], one["role"]) for one in reported(servkit, book)["unused"]}
    assert ("missed-visit.credit", "office") not in unused
    assert ("missed-visit.credit", "supervisor") in unused


def test_promises_and_recoveries(servkit: Servkit, book: Path) -> None:
    for outcome in ("--kept", "--broken"):
        servkit("promise", NADIA, "missed-visit.credit", "60 USD", "--role", "office", book=book)
        assert servkit("promise", NADIA, "missed-visit.credit", outcome, book=book).code == 0
    servkit("promise", NADIA, "missed-visit.credit", "60 USD", "--role", "office", book=book)
    for _ in range(2):
        servkit("recover", NADIA, "visit-missed", "--role", "office", book=book)
    servkit("recover", NADIA, "visit-missed", "--done", "she smiled", book=book)
    found = reported(servkit, book)
    assert found["promises"] == {"kept": 1, "broken": 1, "open": 1, "late": 0}
    assert found["recoveries"] == [
        {"recovery": "visit-missed", "times": 2, "closed": 1, "in_time": 1, "late": 0, "endings": ["she smiled"]}
    ]
    assert found["again"] == [{"customer": NADIA, "recovery": "visit-missed", "times": 2}]


def test_colleagues_are_named_to_whom_the_book_says(servkit: Servkit, book: Path) -> None:
    servkit("praise", "Walt", "drove back", book=book)
    servkit("signoff", "Walt", "--area", "returns", "--level", "synthetic", book=book)
    own = reported(servkit, book, "--agent", "walt")
    assert (own["praise"][0]["colleague"], own["training"][0]["colleague"]) == ("Walt", "Walt")
    others = reported(servkit, book, "--agent", "Sam", "--role", "office")
    assert (others["praise"][0]["colleague"], others["praise"][0]["by"], others["praise"][0]["say"]) == (
        None, None, "drove back",
    )  # fmt: skip
    assert "Walt" not in servkit("report", "--agent", "Sam", book=book).out
    assert reported(servkit, book, "--agent", "Sam", "--role", "owner")["praise"][0]["colleague"] == "Walt"


def test_a_period_and_nothing_in_it(servkit: Servkit, book: Path) -> None:
    grant(servkit, book, "60 USD")
    assert reported(servkit, book, "--since", "2099-01-01", code=1)["entries"] == 0
    assert reported(servkit, book, "--since", "2020-01-01")["entries"] == 1


def test_the_page_holds_no_markup_of_anybody_s(servkit: Servkit, book: Path, tmp_path: Path) -> None:
    servkit("praise", "Ruth", "<script>alert(1)</script> \x1b[31m & \u202e", book=book)
    file = tmp_path / "report.html"
    ran = servkit("report", "--format", "html", "--to", str(file), book=book)
    assert (ran.code, ran.out) == (0, "")
    page = file.read_text("utf-8")
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page
    assert [part for part in ("<script", "\x1b", "\u202e", "http://", "https://") if part in page] == []


def test_the_table_holds_no_formula(servkit: Servkit, book: Path) -> None:
    servkit("grant", NADIA, "missed-visit.credit", "60 USD", "--because", "x", "--reason", "late", "--role", "office",
            "--office", "=1+1", book=book)  # fmt: skip
    lines = servkit("report", "--format", "csv", book=book).out.splitlines()
    assert lines[0] == "what,name,detail,number"
    assert "grants,missed-visit.credit,office: =1+1,1" in lines


def test_the_checks_name_the_policy_that_was_stretched_too_often(servkit: Servkit, book: Path) -> None:
    four_beyond_the_limit(servkit, book)
    quiet = ("lint", "--on", "2026-11-23", "--select", "SK52", "--format", "concise")
    assert servkit(*quiet, book=book).out == ""
    assert servkit(*quiet, "--journal", book=book).out == (
        "policies/missed-visit.yaml:12:3: info SK522 `missed-visit.credit` was stretched 4 times. This would have "
        "covered 4 of 4: what office may grant of missed-visit.credit: 90 USD.\n"
    )
    settings = book / "servkit.yaml"
    settings.write_text(settings.read_text("utf-8") + "lint: {rules: {SK522: {times: 5}}}\n", "utf-8")
    assert servkit(*quiet, "--journal", book=book).out == ""


def test_a_journal_that_cannot_be_read_is_a_finding(
    servkit: Servkit, book: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SERVKIT_JOURNAL", "postgresql://x:secret-word@127.0.0.1:9/j")
    ran = servkit("lint", "--journal", "--on", "2026-11-23", "--select", "SK521", book=book)
    assert "The journal on 127.0.0.1, database j doesn't answer." in ran.out
    assert "secret-word" not in str(ran)


def test_the_proposal_says_what_it_changes_and_for_whom(servkit: Servkit, book: Path) -> None:
    four_beyond_the_limit(servkit, book)
    (stretched,) = reported(servkit, book)["stretched"]
    assert stretched["proposal"]["effect"] == [
        "kinder: missed-visit.credit, how far office may go: 75 USD → 90 USD for everybody"
    ]
    assert "how far office may go: 75 USD → 90 USD" in servkit("report", book=book).out
    assert "how far office may go: 75 USD → 90 USD" in servkit("report", "--format", "html", book=book).out


def git(book: Path, *args: str) -> None:
    named = ("-c", "user.name=Ann", "-c", "user.email=ann@example.org")
    subprocess.run(["git", *named, *args], cwd=book, check=True, stdout=subprocess.DEVNULL)


def test_who_has_to_learn_again_is_told_what_changed(servkit: Servkit, book: Path) -> None:
    def signed(*what: str) -> None:
        assert servkit("signoff", *what, "--level", "synthetic", book=book).code == 0

    signed("Nobody", "--area", "visits")  # not in git: nobody can say what changed
    git(book, "init", "-q")
    git(book, "add", ".")
    git(book, "commit", "-qm", "the book")
    signed("Walt", "--area", "visits")
    signed("Walt", "--area", "returns")
    signed("Walt", "--sheet", "quiz")
    policy = book / "policies" / "missed-visit.yaml"
    policy.write_text(policy.read_text("utf-8").replace("{office: 75 USD", "{office: 80 USD"), "utf-8")
    found = {
        (one["what"], bool(one["revision"])): one["changed"]
        for one in reported(servkit, book, "--role", "owner")["training"]
    }
    line = ["missed-visit.credit, how far office may go: 75 USD → 80 USD for everybody"]
    assert found == {
        ("visits", False): None, ("visits", True): line, ("returns", True): [], ("quiz", True): line,
    }  # fmt: skip
    shown = " ".join(servkit("report", "--role", "owner", book=book).out.split())
    assert "to learn again, as this has changed since: • Credit for a missed visit, how far office" in shown


def test_a_report_on_a_revision_that_is_gone(servkit: Servkit, book: Path) -> None:
    git(book, "init", "-q")
    git(book, "add", ".")
    git(book, "commit", "-qm", "the book")
    assert servkit("signoff", "Walt", "--area", "visits", "--level", "synthetic", book=book).code == 0
    shutil.rmtree(book / ".git")
    (one,) = reported(servkit, book)["training"]
    assert one["changed"] is None


def test_an_edit_says_by_which_grants_it_was_looked_for(
    servkit: Servkit, book: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("servkit.journal.stretched_terms.LAST_GRANTS", 3)
    monkeypatch.setattr("servkit.journal.stretched_terms.PROPOSALS", 1)
    four_beyond_the_limit(servkit, book)
    servkit(
        "grant", NADIA, "goodwill.credit", "20 USD", "--because", "x", "--reason", "late", "--role", "office", book=book
    )
    credit, goodwill = reported(servkit, book)["stretched"]
    assert (credit["times"], credit["looked_at"], credit["proposal"]["of"]) == (4, 3, 3)
    assert (goodwill["looked_at"], goodwill["proposal"]) == (0, None)
    for args in ((), ("--format", "html")):
        shown = " ".join(servkit("report", *args, book=book).out.split())
        assert "would have covered 3 of 3, by the last 3 of 4 grants" in shown
        assert "For 1 of them, which was stretched less often, no edit was looked for." in shown
    found = servkit("lint", "--journal", "--on", "2026-11-23", "--select", "SK522", "--format", "concise", book=book)
    assert "This would have covered 3 of 3, by the last 3 grants: what office may grant" in found.out
