"""Findings on a terminal: the line and a caret below the place, whatever is in the book."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest
from rich.cells import cell_len

from servkit import lint_book
from servkit.lint.destination import Destination
from servkit.lint.finding import Edit, Finding, Fix
from servkit.lint.report import Report
from servkit.terminal.findings_view import findings_screen, statistics_screen

from .test_screen import shown

BOOK = Path(__file__).parents[1] / "lint" / "broken_book"
NASTY = "a]]> & <b> \x1b[31mred\x1b[0m\x00 \x9b31m\x7f 100%,\r\n::error::x, [bold]no[/bold] \u202eevil :wave: 日本"
OLD = "kind: philosophy\nid: old\ntitle: Old\nwhy: A reason.\nowner: owner\nreview_by: 2026-02-20\n"


@pytest.fixture(scope="module")
def report() -> Report:
    return lint_book(BOOK, on=date(2026, 3, 1))


def text(report: Report, width: int = 80, *, styled: bool = False, links: bool = False) -> str:
    return shown(findings_screen(report, Destination(), links=links), width, styled=styled)


def write(root: Path, content: str) -> Path:
    (root / "servkit.yaml").write_text("servkit: 1\nname: Example\n")
    (root / "a.yaml").write_text(content)
    return root


def test_the_line_and_a_caret(tmp_path: Path) -> None:
    assert text(lint_book(write(tmp_path, OLD), on=date(2026, 3, 1), select=["SK6"])) == (
        "a.yaml:6:12  warning SK606\n"
        "  `old` was due for review on 2026-02-20. Read it again and set the next date.\n"
        "    6 │ review_by: 2026-02-20\n"
        "      │            ^\n"
    )


@pytest.mark.parametrize("width", [24, 40, 80, 100])
def test_it_stays_within_the_width(report: Report, width: int) -> None:
    assert all(cell_len(line) <= max(width, 40) for line in text(report, width).splitlines() if "┆" not in line)


def test_the_caret_stands_below_its_place(tmp_path: Path) -> None:
    found = Finding("a.yaml", 1, 7, "Here.", code="SK602", severity="error")
    lines = text(Report(write(tmp_path, "日本: [\t日本]\n"), (found,))).splitlines()
    assert lines[2].startswith("    1 │ 日本: [")
    assert cell_len(lines[3][: lines[3].index("^")]) == cell_len(lines[2][: lines[2].rindex("日")])


def test_no_text_of_the_book_is_more_than_text(tmp_path: Path) -> None:
    fix = Fix(NASTY, (Edit(1, 1, "x", "y"),))
    found = Finding("a\nb.yaml", 1, 1, NASTY, "", f"kind: {NASTY}", fix, "SK602", "error", "f")
    out = text(Report(write(tmp_path, "x\n"), (found,)))
    assert not re.search("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202e]", out)
    assert out.startswith("a␊b.yaml:1:1  error SK602\n")
    assert "[bold]no[/bold]" in out.replace("\n  ", " ")
    assert ":wave:" in out


def test_styles_and_links_only_where_they_are_wanted(report: Report, monkeypatch: pytest.MonkeyPatch) -> None:
    assert "\x1b" not in text(report)
    assert "\x1b[1;31merror\x1b[0m" in text(report, styled=True)
    assert "\x1b]8;" not in text(report, styled=True)
    assert "\x1b]8;" not in text(report, styled=True, links=True)  # the package names no documentation
    monkeypatch.setattr("servkit.lint.rule.documentation", lambda: "https://docs.example/")
    assert "https://docs.example/rules.md#sk" in text(report, styled=True, links=True)


def test_statistics_count_by_rule(report: Report) -> None:
    lines = shown(statistics_screen(report), 80).splitlines()
    counts = [int(line.split()[0]) for line in lines if line[:14].strip()]
    assert sum(counts) == len(report.findings)
    assert counts == sorted(counts, reverse=True)
