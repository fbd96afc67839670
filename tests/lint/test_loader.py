"""Lint reads the compiled book: what it reports is the same as from the files, whatever is in the cache."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from servkit import lint_book
from servkit.lint.engine import lint
from servkit.lint.loader import load

from .books import SETTINGS, TODAY, philosophy, write

if TYPE_CHECKING:
    from pathlib import Path

    from servkit.lint.report import Report

FILES = {
    "a.yaml": philosophy("old", "2026-02-20") + "tags: [x, x]\n",
    "b/many.yaml": "---\n".join(philosophy(f"p-{number}", f"2026-01-0{number}") for number in range(1, 6)),
    "c.yaml": philosophy("ignored", "2026-01-01").replace("2026-01-01", "2026-01-01  # servkit: ignore[SK606] away"),
    "d.yaml": "kind: script\nid: hi\nsay: [not, a, text]\n",
    "e.yaml": philosophy("torn") + "title: again\n",
}


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return write(tmp_path / "book", FILES)


def _cached(root: Path) -> Report:
    return lint(load(root, root.parent / "cache"), TODAY)


def _fresh(root: Path) -> Report:
    return lint_book(root, on=TODAY)


def test_findings_have_the_same_places_from_the_cache(root: Path) -> None:
    first = _cached(root)
    assert first == _fresh(root)
    assert {finding.path for finding in first.findings} == FILES.keys()
    assert first.ignored
    assert _cached(root) == first


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("a.yaml", "\n\n" + FILES["a.yaml"]),
        ("b/many.yaml", FILES["b/many.yaml"].replace("p-3", "p-three")),
        ("c.yaml", FILES["c.yaml"].replace("SK606", "SK604")),
        ("d.yaml", "kind: script\nid: hi\nsay: Hi {{ customer.nme }}\n"),
        ("new.yaml", philosophy("new", "2026-01-01")),
        ("servkit.yaml", SETTINGS + "lint: {rules: {SK606: off}}\n"),
    ],
)
def test_one_edit(root: Path, path: str, text: str) -> None:
    before = _cached(root)
    write(root, {"servkit.yaml": SETTINGS, path: text})
    assert _cached(root) == _fresh(root)
    assert _cached(root).findings != before.findings


def test_settings_that_are_broken_and_mended(root: Path) -> None:
    whole = _cached(root)
    write(root, {"servkit.yaml": SETTINGS + "currency: [EUR]\nclocks: 5\n"})
    broken = _cached(root)
    assert broken == _fresh(root)
    assert len([finding for finding in broken.findings if finding.path == "servkit.yaml"]) >= 2
    write(root, {"servkit.yaml": SETTINGS})
    assert _cached(root).findings == whole.findings


def test_a_broken_cache_is_made_again(root: Path) -> None:
    first = _cached(root)
    (database,) = (root.parent / "cache").glob("*.sqlite")
    database.write_bytes(database.read_bytes()[:6000])
    assert _cached(root) == first


def test_a_cache_that_cannot_be_written(root: Path) -> None:
    (root.parent / "cache").write_text("not a folder")
    assert _cached(root) == _fresh(root)


def test_a_document_that_moved_after_it_was_loaded_is_reported_where_it_was(root: Path) -> None:
    loaded = load(root)
    write(root, {"a.yaml": "\n\n\n" + FILES["a.yaml"]})
    assert any(finding.path == "a.yaml" and finding.line == 1 for finding in lint(loaded, TODAY).findings)


def test_documents_that_cannot_be_read_are_counted(root: Path) -> None:
    before = lint_book(root, on=TODAY).documents
    write(root, {"broken.yaml": philosophy("whole") + "---\nkind: philosophy\nid: Not An Id\n---\nkind: [\n"})
    assert lint_book(root, on=TODAY).documents == before + 3
