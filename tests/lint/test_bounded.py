"""Large and odd files take time in proportion, not by the square of their size."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

import pytest

from servkit.lint.engine import lint
from servkit.lint.look import Look, formatter

from .books import SETTINGS, TODAY, philosophy, write

if TYPE_CHECKING:
    from pathlib import Path

MANY = 20_000
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
    report = lint(root, today=TODAY)
    assert report.findings
    formatter("text")(report, Look())
    assert time.process_time() - start < 12
