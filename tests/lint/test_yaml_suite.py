"""The public YAML test suite as a book's files: findings, each at a place in its file, and nothing else."""

from __future__ import annotations

from typing import TYPE_CHECKING

from book.yaml_suite import cases
from servkit import lint_book
from servkit.lint.destination import Destination
from servkit.lint.formats import format_names, formatter

from .books import SETTINGS, TODAY

if TYPE_CHECKING:
    from pathlib import Path

    from servkit.lint.report import Report


def test_every_case_as_a_document(tmp_path: Path) -> None:
    (tmp_path / "servkit.yaml").write_text(SETTINGS)
    for case in cases():
        (tmp_path / f"{case.name}.yaml").write_bytes(case.raw)
    report = lint_book(tmp_path, on=TODAY)
    assert {f"{case.name}.yaml" for case in cases() if _says_something(case.yaml)} <= {
        finding.path for finding in report.findings
    }
    _check(tmp_path, report)


def test_every_case_as_the_settings(tmp_path: Path) -> None:
    for case in cases():
        (tmp_path / "servkit.yaml").write_bytes(case.raw)
        report = lint_book(tmp_path, on=TODAY)
        assert report.findings, case
        _check(tmp_path, report)


def test_every_case_below_a_sound_head(tmp_path: Path) -> None:
    """The part that is read from the suite lies deeper, where a document's own shape is looked at."""
    head = "kind: policy\nid: {id}\ntitle: T\nwhy: W\nrule: flexible\n"
    (tmp_path / "servkit.yaml").write_text(SETTINGS)
    for number, case in enumerate(cases()):
        below = "".join(f"    {line}" for line in case.yaml.splitlines(keepends=True))
        for where in ("terms:\n  t:\n", "statement:\n", "when:\n"):
            text = head.format(id=f"p-{number}") + where + below
            (tmp_path / f"{case.name}-{where[:4]}.yaml").write_bytes(text.encode("utf-8", "surrogatepass"))
    _check(tmp_path, lint_book(tmp_path, on=TODAY))


def _says_something(text: str) -> bool:
    """Whether there is more in a text than comments, directives and the marks between documents."""
    return any(line.strip() and not line.lstrip().startswith(("#", "%", "---", "...")) for line in text.splitlines())


def _check(root: Path, report: Report) -> None:
    for finding in report.findings:
        lines = (root / finding.path).read_bytes().decode().replace("\r\n", "\n").split("\n")
        if finding.line:
            assert finding.line <= len(lines), finding
            assert 1 <= finding.column <= len(lines[finding.line - 1]) + 1, finding
    for name in format_names():
        formatter(name)(report, Destination())
