"""Large and odd files take time in proportion, not by the square of their size."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

import pytest

from servkit import lint_book
from servkit.lint.destination import Destination
from servkit.lint.formats import formatter

from .books import SETTINGS, TODAY, philosophy, write

if TYPE_CHECKING:
    from pathlib import Path

MANY = 7_000
HEAD = philosophy("x").replace("philosophy", "script")


@pytest.mark.parametrize(
    "text",
    [
        "# servkit: ignore[SK602] a\n" * MANY + philosophy("x"),
        HEAD + "say: x\ntags:\n" + "- a\n" * MANY,
        HEAD + "say: |\n" + "  \n" * 10 + "\n" * MANY * 10 + "  Dear customer\n",
        HEAD + "say: |\n  " + "{{ " * MANY + "\n",
        HEAD + "say: |\n  {{ a" + " " * MANY * 10 + "\n",
        HEAD + "say: |\n  " + "{{ customer.plam }} " * MANY + "\n",
        philosophy("x").replace("philosophy", "standard") + "say:\n" + "".join(f"- none-{n}\n" for n in range(MANY)),
        philosophy("x").replace("philosophy", "policy")
        + "rule: flexible\nterms:\n  a:\n    better: more\n    limit: 1 day\n    value:\n"
        + "".join(f"      {1000 + n // 336}-{n // 28 % 12 + 1:02}-{n % 28 + 1:02}: 2 days\n" for n in range(MANY)),
        "---\n".join(philosophy(f"x{n}") for n in range(MANY // 10)),
        "{" + "a: 1, " * MANY * 4 + "}",
        HEAD + "say: x\ntags: [" + "!x a," * MANY * 4 + "]\n",
        philosophy("x").replace("philosophy", "policy")
        + "rule: flexible\nterms: {"
        + ", ".join(f"t{n}: {{value: 2 days, better: more, limit: 1 day}}" for n in range(MANY * 9 // 10))
        + "}\n",
        "a: " + "x " * MANY * 25,
        "[" * MANY * 50,
    ],
    ids=[
        *("comments", "tags", "lines", "braces", "spaces", "placeholders", "references", "days", "documents"),
        *("keys", "tags in a line", "terms in a line", "a line", "brackets"),
    ],
)
def test_no_file_takes_long(text: str, tmp_path: Path) -> None:
    assert len(text) < 1 << 20
    root = write(tmp_path, {"servkit.yaml": SETTINGS + "wording: {avoid: {calm down: I see}}\n", "a.yaml": text})
    start = time.process_time()
    report = lint_book(root, on=TODAY)
    assert report.findings
    formatter("concise")(report, Destination())
    assert time.process_time() - start < 8


def test_many_segments_may_set_one_term(tmp_path: Path) -> None:
    """Each is held against all the others; two in three are idle, for a segment of a higher priority goes before."""
    head = "title: S\nwhy: w\nowner: o\nreview_by: 2027-01-01\n"
    terms = "area: x\nrule: flexible\nterms: {t: {value: 1 day, better: more, limit: 9999 days}}\n"
    segments = {
        f"s{number}.yaml": f"kind: segment\nid: s{number}\n{head}when: {{a: {{at_least: {number}}}}}\n"
        f"priority: {number % 3}\nsets: {{p.t: {number} days}}\n"
        for number in range(100)
    }
    settings = SETTINGS + "areas: {x: {title: X}}\nattributes: {a: {type: number}}\n"
    root = write(tmp_path, {"servkit.yaml": settings, "p.yaml": f"kind: policy\nid: p\n{head}{terms}"} | segments)
    start = time.process_time()
    idle = [finding for finding in lint_book(root, on=TODAY).findings if finding.code == "SK412"]
    assert time.process_time() - start < 8
    assert [finding.path for finding in idle if int(finding.path[1:-5]) > 3 and int(finding.path[1:-5]) % 3 == 2] == []
    assert len(idle) > 60
