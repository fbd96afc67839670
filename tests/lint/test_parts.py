"""What is found in a part of a book travels between processes and is the same when it arrives."""

from __future__ import annotations

import marshal
from pathlib import Path

import pytest

from servkit.book.discovery import SETTINGS, names
from servkit.book.reader import read_settings_file
from servkit.lint import asking, reading
from servkit.lint.engine import lint
from servkit.lint.fixture import all_needs, gleaning
from servkit.lint.inquiry import Chosen, Inquiry
from servkit.lint.rule import all_rules

from .books import SETTINGS as EXAMPLE
from .books import TODAY, told, write

ROOT = Path(__file__).parents[2]
BOOKS = [ROOT / "standards", *sorted((ROOT / "examples").glob("*/")), ROOT / "tests" / "lint" / "broken_book"]


@pytest.mark.parametrize("root", [book for book in BOOKS if (book / SETTINGS).is_file()], ids=lambda root: root.name)
def test_a_part_arrives_as_it_was_sent(root: Path) -> None:
    settings = read_settings_file(root)
    inquiry = Inquiry(settings, None, root, TODAY, Chosen(ignore=("SK209", "SK309", "SK404", "SK417", "SK501")))
    paths = sorted(path for path in names(str(root)) if path != SETTINGS)
    (part,) = (found for found in reading.read_files(str(root), paths, settings, inquiry) if found.entries)
    there = reading._unpacked(marshal.loads(marshal.dumps(reading._pack(part))))
    assert there.told == part.told
    assert (there.problems, there.remarks, there.ignores) == (part.problems, part.remarks, part.ignores)
    assert (there.stamps.stamps, there.stamps.fresh) == (part.stamps.stamps, part.stamps.fresh)
    assert there.broken.plain() == part.broken.plain() or sorted(map(sorted, there.broken.plain())) == sorted(
        map(sorted, part.broken.plain())
    )
    for one, other in zip(part.entries, there.entries, strict=True):
        assert (one.path, one.logic, one.prose, one.line) == (other.path, other.logic, other.prose, other.line)
        assert one.source is not None
        assert other.source is not None
        assert one.source.place(("id",)) == other.source.place(("id",))


@pytest.mark.parametrize("alone", [True, False], ids=["one process", "two processes"])
@pytest.mark.parametrize("root", [book for book in BOOKS if (book / SETTINGS).is_file()], ids=lambda root: root.name)
def test_in_however_many_parts_a_book_is_asked(root: Path, alone: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = lint(root, today=TODAY)
    _in_small_parts(monkeypatch, alone=alone)
    assert lint(root, today=TODAY) == whole


def test_what_only_several_parts_together_can_tell(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A noun that is used once in each of two parts is used twice; a text stands in two, and a clock is used in one."""
    policy = "kind: policy\nid: {0}\ntitle: T\nwhy: w\nrule: flexible\nstatement: {2}\nterms: {{t: 2 {1}}}\n"
    said = "We call before we come, we come when we said, and we say what it will cost before we begin."
    files = {
        "a.yaml": policy.format("a", "dayz", said),
        "b.yaml": policy.format("b", "office hours", "Other."),
        "c.yaml": policy.format("c", "dayz", "Something else."),
        "d.yaml": policy.format("d", "hourz", said.upper()),
    }
    root = write(tmp_path, {"servkit.yaml": EXAMPLE + "clocks: {office: {hours: Mo-Fr 08:00-18:00}}\n"} | files)
    _in_small_parts(monkeypatch, alone=True)
    found = lint(root, today=TODAY, select=("SK209", "SK314", "SK608")).findings
    assert told(found) == ["d.yaml:6:12 warning SK608", "d.yaml:7:12 warning SK314"]


def _in_small_parts(monkeypatch: pytest.MonkeyPatch, *, alone: bool) -> None:
    for module, name, value in (
        (reading, "_MANY", 2),
        (asking, "MANY", 2),
        (reading, "_PART", 2),
        (reading, "_LEAST", 1),
    ):
        monkeypatch.setattr(module, name, value)
    if alone:  # the parts are still asked one by one
        for module in (reading, asking):
            monkeypatch.setattr(module, "worth_it", lambda: False)


def test_rules_and_needs_say_what_they_ask_for() -> None:
    known = {"entries", "settings", "settings_source", "root", "today", "options", "skipped", "book", "broken", "paths"}
    needs = all_needs()
    for rule in all_rules().values():
        for asks in (rule.check, rule.check_each):
            assert set(asks or ()) <= known | set(needs), rule.code
        if rule.check_each is not None:  # of a part there is no whole
            assert not {"book", "broken", "paths"} & set(rule.check_each), rule.code
            assert not any(map(gleaning, rule.check_each)), rule.code
    for need in needs.values():
        assert set(need.asks) <= known | set(needs) | {"gleaned"}, need.name
        assert ("gleaned" in need.asks) is (need.gleans is not None), need.name
        assert not {"book", "broken", "paths", "gleaned"} & set(need.gleans or ()), need.name
