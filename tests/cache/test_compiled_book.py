"""A compiled book answers as the files do, byte for byte."""

from __future__ import annotations

from pathlib import Path
from runpy import run_path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from servkit.book.reader import read_book

from .books import compiled_book, everything, policy, same_as_read, windows, write

HERE = Path(__file__).parents[2]
generate = run_path(str(HERE / "benchmarks" / "generate.py"))["generate"]
BOOKS = [HERE / "standards", *sorted(path.parent for path in (HERE / "examples").glob("*/servkit.yaml"))]


@pytest.mark.parametrize("root", BOOKS, ids=lambda path: path.name)
def test_the_books_that_come_along(root: Path) -> None:
    assert same_as_read(root)


def test_a_generated_book_before_and_after_edits(tmp_path: Path) -> None:
    root = generate(tmp_path / "book", 150)
    assert same_as_read(root)
    for number, path in enumerate(sorted(root.rglob("*.yaml"))):
        if number % 3 == 0 and path.name != "servkit.yaml":
            path.write_text(path.read_text().replace(" days", "5 days"))
        if number % 7 == 0 and path.name != "servkit.yaml":
            path.rename(path.with_name(f"renamed-{path.name}"))
    assert same_as_read(root)


PARTS = [
    *("kind: policy", "kind: script", "kind: procedure", "id: a", "id: b", "title: T", "say: Hi {{ x }}", "why: w"),
    *("rule: fixed", "area: returns", "area: [visits, visits]", "terms: {w: 3 days}", "terms: {w: 3 dayz, v: }"),
    *(
        "steps: [one]",
        "policies: [a]",
        "owner: é“\t”",
        "title: '\\ud800'",
        'title: "\\ud800 \\x00"',
        "---",
        "x: [",
        "tags: [a, b]",
    ),
]


@given(st.lists(st.lists(st.sampled_from(PARTS), max_size=8), min_size=1, max_size=4))
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_books_of_any_documents(tmp_path: Path, files: list[list[str]]) -> None:
    root = tmp_path / "book"
    for old in root.glob("*.yaml"):
        old.unlink()
    write(root, {f"{number}.yaml": "\n".join(lines) + "\n" for number, lines in enumerate(files)})
    assert same_as_read(root)


def test_several_documents_of_one_id_and_several_in_a_file(tmp_path: Path) -> None:
    early = policy() + "effective: {until: 2026-01-31}\n"
    late = policy("45 days") + "effective: {from: 2026-02-01}\n"
    root = write(
        tmp_path / "book", {"z.yaml": early, "a.yaml": late + "---\nkind: script\nid: returns\nsay: Hi\nwhy: w\n"}
    )
    assert same_as_read(root)
    assert windows(root) == {"returns.window": "45 days"}


def test_what_is_no_text_names_nothing(tmp_path: Path) -> None:
    with compiled_book(write(tmp_path / "book", {"a.yaml": policy()})) as compiled:
        assert compiled.versions("policy", "\udcff") == []
        assert compiled.named("\udcff") == []


def test_prose_of_two_openings_is_the_same_and_a_document_is_one_object(tmp_path: Path) -> None:
    root = write(tmp_path / "book", {"a.yaml": policy()})
    book = read_book(root)
    with compiled_book(root) as compiled, compiled_book(root) as other:
        assert compiled.versions("policy", "returns")[0] is compiled.applicable("returns")[0]
        assert everything(compiled, book) == everything(other, book)
