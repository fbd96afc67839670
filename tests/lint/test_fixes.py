"""``--fix``: only what is safe and was selected, every other byte as it was, and nothing left to do a second time."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from servkit.lint.code_filter import code_filter
from servkit.lint.finding import Edit, Finding, Fix
from servkit.lint.fixes import apply
from servkit.lint.lint_request import Request, fix_book
from servkit.lint.loader import load

from .books import SETTINGS, TODAY, philosophy, write

if TYPE_CHECKING:
    from pathlib import Path

    from servkit.lint.report import Report

UNITS = """\
kind: policy   # about returns
id: returns
title: 'Returns'
why: A reason.
owner: owner
review_by: 2027-01-01
rule: fixed
terms:
    window:   "30 Days"    # as agreed
    fee: 25 usd
"""


def _fix(root: Path, *select: str) -> tuple[Report, int]:
    return fix_book(load(root), Request(TODAY, code_filter(select)))


def test_capitals_are_fixed_and_nothing_else(tmp_path: Path) -> None:
    root = write(tmp_path, {"returns.yaml": UNITS})
    report, made = _fix(root, "SK314")
    assert (made, report.findings) == (2, ())
    assert (root / "returns.yaml").read_text() == UNITS.replace("30 Days", "30 days").replace("25 usd", "25 USD")
    assert _fix(root, "SK314")[1] == 0


def test_what_was_not_selected_stays(tmp_path: Path) -> None:
    root = write(tmp_path, {"returns.yaml": UNITS})
    assert _fix(root, "SK6")[1] == 0
    assert (root / "returns.yaml").read_text() == UNITS


@pytest.mark.parametrize("end", ["\n", "\r\n"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_line_ends_and_marks_stay(tmp_path: Path, end: str, mark: str) -> None:
    text = mark + (
        "# first\n" + philosophy("own-it") + "# servkit: ignore[SK602] old\ntags:\n  - a\n  - b\n  - a\n"
    ).replace("\n", end)
    root = write(tmp_path, {"a.yaml": text})
    _, made = _fix(root, "SK2", "SK6")
    assert made == 2
    wanted = text.replace(f"# servkit: ignore[SK602] old{end}", "").replace(f"  - b{end}  - a{end}", f"  - b{end}")
    assert (root / "a.yaml").read_bytes().decode() == wanted


def test_a_comment_beside_a_value_goes_with_its_spaces(tmp_path: Path) -> None:
    root = write(
        tmp_path,
        {"a.yaml": philosophy("own-it").replace("owner: owner", "owner: owner   # servkit: ignore[SK604] old")},
    )
    _fix(root, "SK69", "SK60")
    assert (root / "a.yaml").read_text() == philosophy("own-it")


def test_of_two_codes_the_one_of_use_stays(tmp_path: Path) -> None:
    text = philosophy("own-it", "2026-01-01").replace(
        "2026-01-01", "2026-01-01 # servkit: ignore[SK604, SK606] she is away"
    )
    root = write(tmp_path, {"a.yaml": text})
    _fix(root, "SK69", "SK60")
    assert (root / "a.yaml").read_text() == text.replace("[SK604, SK606]", "[SK606]")


def test_permissions_and_links_stay(tmp_path: Path) -> None:
    root = write(tmp_path / "book", {})
    real = tmp_path / "returns.yaml"
    real.write_text(UNITS)
    real.chmod(0o640)
    (root / "returns.yaml").symlink_to(real)
    assert _fix(root, "SK314")[1] == 2
    assert (root / "returns.yaml").is_symlink()
    assert real.stat().st_mode & 0o777 == 0o640
    assert "25 USD" in real.read_text()


def test_an_edit_that_does_not_fit_is_not_made() -> None:
    wrong = Finding("a.yaml", 1, 1, "", fix=Fix("", (Edit(1, 1, "b", "c"),)))
    beyond = Finding("a.yaml", 9, 9, "", fix=Fix("", (Edit(9, 9, "a", "c"),)))
    assert apply("a\n", [wrong, beyond]) == ("a\n", 0)


@given(st.text(), st.lists(st.tuples(st.integers(-1, 5), st.integers(-1, 9), st.text(max_size=3), st.text(max_size=3))))
def test_edits_never_raise_and_unmade_ones_change_nothing(text: str, edits: list[tuple[int, int, str, str]]) -> None:
    findings = [Finding("a", 1, 1, "", fix=Fix("", (Edit(*edit),))) for edit in edits if edit[1] > 0]
    out, made = apply(text, findings)
    assert made or out == text


def test_settings_are_fixed_too(tmp_path: Path) -> None:
    root = write(tmp_path, {"servkit.yaml": SETTINGS + "# servkit: ignore[SK209] gone\n"})
    assert _fix(root)[1] == 1
    assert (root / "servkit.yaml").read_text() == SETTINGS
