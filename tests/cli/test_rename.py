"""``servkit rename``: what people see, and that the book says the same under the new name."""

from __future__ import annotations

import json
import shutil
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

from cli.conftest import BOOKS
from servkit import lint_book
from servkit.analysis.scenario_runs import run as run_scenarios
from servkit.book.reader import read_book

if TYPE_CHECKING:
    from pathlib import Path

    from cli.conftest import Servkit

DAY = date(2026, 3, 1)


def _says(folder: Path) -> tuple[list[tuple[Any, ...]], list[tuple[Any, ...]]]:
    """What the checks find, and how each scenario comes out."""
    findings = [(found.code, found.path, found.line, found.severity) for found in lint_book(folder, on=DAY).findings]
    book = read_book(folder)
    scenarios = [entry for entry in book.entries if entry.kind == "scenario"]
    runs = run_scenarios(book, scenarios, lambda id_: None)
    return findings, sorted((ran.entry.path, ran.entry.line, len(ran.misses), bool(ran.error)) for ran in runs)


@pytest.mark.parametrize(
    ("name", "changes"),
    [
        ("pest-control", ["policy:free-return-visit=came-back", "role:supervisor=the boss", "clock:office=desk",
                          "term:came-back.within=how-long"]),
        ("telco", ["attribute:internet=net", "segment:senior=old-friend", "channel:phone=by phone",
                   "area:billing=the-bill"]),
        ("standards", ["segment:key-account=big-fish", "script:greet-door=at-the-door"]),
    ],
)  # fmt: skip
def test_a_book_says_the_same_under_a_new_name(name: str, changes: list[str], tmp_path: Path, servkit: Servkit) -> None:
    folder = shutil.copytree(BOOKS[name], tmp_path / "book", ignore=shutil.ignore_patterns("handouts"))
    before = _says(folder)
    for change in changes:
        what, _, new = change.partition("=")
        ran = servkit("rename", what, new, book=folder)
        assert (ran.code, ran.err[:8]) == (0, "Changed "), ran.err
    assert _says(folder) == before
    for change in reversed(changes):  # and back: every byte is as it was
        what, _, new = change.partition("=")
        kind, _, old = what.partition(":")
        new = f"{old.partition('.')[0]}.{new}" if kind == "term" else new
        assert servkit("rename", f"{kind}:{new}", old, book=folder).code == 0
    files = [path.relative_to(folder) for path in folder.rglob("*.yaml")]
    changed = [path for path in files if (folder / path).read_bytes() != (BOOKS[name] / path).read_bytes()]
    assert changed == []


@pytest.fixture
def small(tmp_path: Path) -> Path:
    (tmp_path / "servkit.yaml").write_text(
        "servkit: 1\nname: Small\nareas: {billing: {title: Billing}}\nattributes: {plan: {type: text}}\n"
        "channels: [phone]\nroles: [agent]\ncustomers: people.csv\n", "utf-8"
    )  # fmt: skip
    (tmp_path / "people.csv").write_text("id,name,plan\nC-1,Ada,gold\n", "utf-8")
    (tmp_path / "a.yaml").write_text(
        "kind: policy\nid: returns\ntitle: Returns\nrule: flexible\nwhy: We like them.\narea: billing\n"
        "terms: {window: 30 days}\n---\nkind: scenario\nid: late\ntitle: Late\ngiven: {today: 2026-03-01}\n"
        "about: [returns]\nexpect: {terms: {returns.window: 30 days}}\n", "utf-8"
    )  # fmt: skip
    return tmp_path


def test_a_dry_run_shows_every_place_and_writes_nothing(small: Path, servkit: Servkit) -> None:
    before = (small / "a.yaml").read_bytes()
    ran = servkit("rename", "policy:returns", "refunds", "--dry-run", book=small)
    assert ran.out.splitlines() == [
        "a.yaml:2:5: returns → refunds",
        "a.yaml:13:9: returns → refunds",
        "a.yaml:14:18: returns → refunds",
    ]
    assert (ran.code, ran.err) == (0, "Would change 3 places in 1 file.\n")
    assert (small / "a.yaml").read_bytes() == before
    found = json.loads(servkit("rename", "term:returns.window", "period", "--format", "json", book=small).out)
    assert found["new"] == "returns.period"
    assert found["written"]
    assert [(place["line"], place["column"]) for place in found["places"]] == [(7, 9), (14, 26)]
    assert b"{period: 30 days}" in (small / "a.yaml").read_bytes()


@pytest.mark.parametrize(
    ("what", "new", "message"),
    [
        ("returns", "refunds", "'returns' does not say what it is; write the kind in front, such as policy:returns"),
        ("policy:retruns", "refunds", "no policy 'retruns'; did you mean returns?"),
        ("thing:returns", "refunds", "no kind 'thing'"),
        ("policy:returns", "Re turns", "'Re turns' is not an id. Use lowercase words"),
        ("policy:returns", "returns", "policy:returns already has this name"),
        ("policy:returns", "billing", "a.yaml:13:9: `returns` would then mean the area `billing`."),
        ("term:returns.window", "other.window", "a term stays in its document; write returns.window"),
        ("attribute:plan", "role", "'role' has a meaning of its own in conditions"),
        ("attribute:plan", "contract", "people.csv: the column `plan` is read as the attribute of its name."),
        ("customer:C-1", "C-2", "no customer 'C-1'"),
        ("role:agent", " ", "' ' is not a name."),
        ("policy:returns", "123", "YAML reads '123' as a number, not as a name; choose another one\n"),
        ("area:billing", "2026-03-01", "YAML reads '2026-03-01' as a date"),
        ("role:agent", "yes", "YAML reads 'yes' as yes or no"),
        ("attribute:plan", "true", "YAML reads 'true' as yes or no"),
        ("term:returns.window", "null", "YAML reads 'null' as nothing"),
        ("term:returns.window", "contains", "'contains' means something else in the placeholder of a script; choose"),
        ("attribute:plan", "name", "'name' is the customer's own name in the placeholder of a script"),
        ("attribute:plan", "and", "'and' means something else in the placeholder of a script"),
        ("policy:returns", "2-b", "'2-b' means something else in the placeholder of a script"),
    ],
)
def test_what_cannot_be_renamed_is_told_and_nothing_is_written(
    what: str, new: str, message: str, small: Path, servkit: Servkit
) -> None:
    before = {path: path.read_bytes() for path in small.iterdir()}
    ran = servkit("rename", what, new, book=small)
    assert ran.code == 2
    assert ran.err.startswith(f"servkit: {message}"), ran.err
    assert {path: path.read_bytes() for path in small.iterdir()} == before


def test_what_the_journal_keeps_is_told(small: Path, servkit: Servkit) -> None:
    (small / "people.csv").write_text("id,name\nC-1,Ada\n", "utf-8")
    assert (
        servkit("promise", "C-1", "returns.window", "30 days", "--agent", "Ruth", "--role", "agent", book=small).code
        == 0
    )
    ran = servkit("rename", "term:returns.window", "period", "--dry-run", book=small)
    assert ran.err.splitlines() == [
        "Would change 2 places in 1 file.",
        "The journal keeps the old name in 1 entry. Promises among them no longer reach the term.",
    ]


def test_a_file_with_an_anchor_is_told_and_filters_and_line_ends_stay(small: Path, servkit: Servkit) -> None:
    script = 'kind: script\r\nid: s\r\nsay: >\r\n  {%% assign a = terms["%s"]["window"] | upcase %%}\r\n'
    script += '  {{ terms.%s.window | default: "terms.returns.window" }} {%% if terms.%s.window %%}x{%% endif %%}\r\n'
    (small / "s.yaml").write_bytes((script % (("returns",) * 3)).encode())
    (small / "g.yaml").write_text("kind: procedure\nid: how\npolicies: &r returns\nstandards: *r\n", "utf-8")
    ran = servkit("rename", "policy:returns", "refunds", book=small)
    assert (ran.code, "g.yaml:3:11: this can't be read, and `returns` is in the file" in ran.err) == (2, True)
    (small / "g.yaml").unlink()
    assert servkit("rename", "policy:returns", "refunds", book=small).code == 0
    assert (small / "s.yaml").read_bytes() == (script % (("refunds",) * 3)).encode()


def test_a_name_that_is_taken_is_refused(small: Path, servkit: Servkit) -> None:
    (small / "b.yaml").write_text("kind: standard\nid: reply\n", "utf-8")
    ran = servkit("rename", "policy:returns", "reply", book=small)
    assert (ran.code, ran.err) == (2, "servkit: the name 'reply' is taken by a standard; nothing was changed\n")


def test_a_file_that_cannot_be_read_stands_in_the_way_only_where_it_may_hold_the_name(
    small: Path, servkit: Servkit
) -> None:
    (small / "b.yaml").write_text("kind: policy\nid: [\n", "utf-8")
    assert servkit("rename", "policy:returns", "refunds", "--dry-run", book=small).code == 0
    (small / "b.yaml").write_text("kind: policy\nsay: [returns\n", "utf-8")
    ran = servkit("rename", "policy:returns", "refunds", book=small)
    assert ran.code == 2
    assert "b.yaml:" in ran.err
    assert "this can't be read, and `returns` is in the file; mend it first (servkit lint)" in ran.err


@pytest.mark.parametrize(
    ("fault", "code", "told"),
    [
        (OSError(28, "No space left on device"), 2, "can't be written: No space left on device. Nothing was changed"),
        (
            OSError(13, "Permission denied", "/books/x/.f00.tmp"),
            2,
            "servkit: /books/x: can't be written: Permission denied.",
        ),
        (KeyboardInterrupt(), 130, ""),
    ],
)
def test_where_one_file_cannot_be_written_none_is(
    fault: BaseException, code: int, told: str, small: Path, servkit: Servkit, monkeypatch: pytest.MonkeyPatch
) -> None:
    (small / "b.yaml").write_text("kind: procedure\nid: how\npolicies: returns\n", "utf-8")
    before = {path: path.read_bytes() for path in small.iterdir()}
    replace, calls = type(small).replace, []

    def failing(self: Path, target: Path) -> Path:
        if target.parent == small:
            calls.append(target)
            if len(calls) == 2:
                raise fault
        return replace(self, target)

    monkeypatch.setattr(type(small), "replace", failing)
    ran = servkit("rename", "policy:returns", "refunds", book=small)
    assert (ran.code, told in ran.err) == (code, True)
    assert {path: path.read_bytes() for path in small.iterdir()} == before
