"""Comments that ignore findings: on the line, or on the line above it, with a reason."""

from __future__ import annotations

from typing import TYPE_CHECKING

from servkit.lint.ignores import find_ignores

from .books import lint_it, philosophy, write

if TYPE_CHECKING:
    from pathlib import Path

OLD = philosophy("old", "2026-02-20")
DAY = "review_by: 2026-02-20"


def _with(comment: str) -> str:
    return OLD.replace(DAY, f"{DAY}  {comment}")


def _above(comment: str) -> str:
    return OLD.replace(DAY, f"{comment}\n{DAY}")


def test_on_the_line(tmp_path: Path) -> None:
    assert lint_it(write(tmp_path, {"a.yaml": _with("# servkit: ignore[SK606] she is away")})) == []


def test_on_the_line_above(tmp_path: Path) -> None:
    assert lint_it(write(tmp_path, {"a.yaml": _above("# servkit: ignore[SK606] she is away")})) == []


def test_above_another_comment(tmp_path: Path) -> None:
    text = _above("# servkit: ignore[SK606] she is away\n# until May")
    assert lint_it(write(tmp_path, {"a.yaml": text})) == []


def test_only_what_is_named(tmp_path: Path) -> None:
    found = lint_it(write(tmp_path, {"a.yaml": _with("# servkit: ignore[SK602] she is away")}))
    assert found == ["a.yaml:6:12 warning SK606", "a.yaml:6:24 warning SK691"]


def test_without_a_reason(tmp_path: Path) -> None:
    found = lint_it(write(tmp_path, {"a.yaml": _with("# servkit: ignore[SK606]")}))
    assert found == ["a.yaml:6:24 warning SK690"]


def test_without_a_code_nothing_is_ignored(tmp_path: Path) -> None:
    found = lint_it(write(tmp_path, {"a.yaml": _with("# servkit: ignore because")}))
    assert found == ["a.yaml:6:12 warning SK606", "a.yaml:6:24 warning SK690"]


def test_no_longer_of_use_is_only_said_of_rules_that_were_asked(tmp_path: Path) -> None:
    root = write(tmp_path, {"a.yaml": philosophy("new") + "# servkit: ignore[SK606] she is away\n"})
    assert lint_it(root) == ["a.yaml:7:1 warning SK691"]
    assert lint_it(root, "SK602", "SK691") == []


def test_two_codes(tmp_path: Path) -> None:
    text = "# servkit: ignore[SK602, SK604] a sketch\n" + OLD.replace("why: A reason.\n", "").replace(
        "owner: owner\n", ""
    )
    assert lint_it(write(tmp_path, {"a.yaml": text})) == ["a.yaml:5:12 warning SK606"]


TEXTS = """\
why: |  # servkit: ignore[SK601] above an indented text
  A reason.
  # servkit: ignore[SK602] in an indented text
# servkit: ignore[SK603] below it
title: >-
  A title.  # servkit: ignore[SK604] in a folded text

  # servkit: ignore[SK605] after its empty line
say: "Hello
  # servkit: ignore[SK606] in a quoted text
  there" # servkit: ignore[SK607] behind it
tags: [it's, # servkit: ignore[SK608] in a list
  b]
"""


def test_in_a_text_of_several_lines_it_is_no_comment() -> None:
    assert [note.codes for note in find_ignores(TEXTS.encode())] == [("SK601",), ("SK603",), ("SK607",), ("SK608",)]


def test_after_a_fault_in_the_file_comments_are_still_found() -> None:
    assert [note.line for note in find_ignores(b"a: b\n- c\n# servkit: ignore[SK606] x\n")] == [3]


def test_a_text_is_not_mended(tmp_path: Path) -> None:
    text = philosophy("new") + "statement: |\n  Say so:\n  # servkit: ignore[SK606] she is away\n"
    assert lint_it(write(tmp_path, {"a.yaml": text})) == []


def test_inside_a_text_it_is_no_comment() -> None:
    assert find_ignores(b'title: "see # servkit: ignore[SK606] there"\n') == []
    assert find_ignores(b"title: see#servkit: ignore[SK606]\n") == []
