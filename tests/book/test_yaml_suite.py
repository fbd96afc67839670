"""Reading the public YAML test suite: what is read is what the suite says, with texts as texts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from servkit.book.yaml_reader import compose

from .yaml_suite import cases, documents

if TYPE_CHECKING:
    from servkit.book.problems import Problem

#: Where libyaml itself reads something else: a ``?`` before a flow key, and blanks at the end of a text's last line.
LIBYAML = {"652Z-0", "HM87-1", "JEF9-2", "L24T-1"}


def test_what_is_read_is_what_the_suite_says() -> None:
    read = 0
    for case in cases():
        problems: list[Problem] = []
        data = [source.data for source in compose("a.yaml", case.raw, problems)]
        if case.tree and not problems:
            assert data == documents(case) or case.name in LIBYAML, case
            read += 1
    assert read > 180


def test_what_a_book_may_not_hold_is_told() -> None:
    unheld = [case for case in cases() if documents(case) is None]
    assert len(unheld) > 60
    for case in unheld:
        problems: list[Problem] = []
        compose("a.yaml", case.raw, problems)
        assert problems, case


def test_every_place_is_in_the_text() -> None:
    for case in cases():
        problems: list[Problem] = []
        for source in compose("a.yaml", case.raw, problems):
            problems.append(source.problem("SK100", "here"))
        lines = case.raw.decode().replace("\r\n", "\n").split("\n")
        for problem in problems:
            assert 1 <= problem.line <= len(lines), (case, problem)
            assert 1 <= problem.column <= len(lines[problem.line - 1]) + 1, (case, problem)
