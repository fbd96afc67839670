"""A renaming changes a name wherever it stands for the thing, and nothing else."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from names.generated_books import Names, book
from servkit.book.reader import read_book
from servkit.book.yaml_reader import compose
from servkit.customers.directory import Directory
from servkit.names.renaming import plan_renaming
from servkit.names.symbols import Symbol, Symbols

if TYPE_CHECKING:
    from pathlib import Path

FIELDS = list(Names._fields)
NEW = {
    "attribute": st.from_regex(r"new_[a-z0-9_]{1,8}", fullmatch=True),
    "fact": st.from_regex(r"new_[a-z0-9_]{1,8}", fullmatch=True),
    "customer": st.sampled_from(["N-1", "{x}", "#7", "a'b\"c\\", "nü:1", "x,y", "-1", "&a"]),
    "channel": st.sampled_from(["by phone", "téléphone", "a, b", "it's", "# 1", "x: y", '"']),
    "role": st.sampled_from(["the boss", "chef", "a, b", "[x]", "it's", "*", "yes sir"]),
}
IDS = st.from_regex(r"new(-[a-z0-9]{1,6}){0,2}", fullmatch=True)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("book")


@given(st.sampled_from(FIELDS), st.integers(0, 10**6), st.data())
@hypothesis_settings(max_examples=60)
def test_a_renamed_book_is_the_book_written_with_the_new_name(
    folder: Path, field: str, seed: int, data: st.DataObject
) -> None:
    old = Names()
    name = data.draw(NEW.get(field, IDS))
    new = old._replace(**{field: name})
    files = book(old, seed)
    for path, raw in files.items():
        (folder / path).write_bytes(raw)
    library = read_book(folder)
    assert [problem for problem in library.problems if problem.code != "SK304"] == []
    symbol = Symbol(field, getattr(old, field))
    if field == "term":
        symbol, name = Symbol("term", f"{old.policy}.{old.term}"), f"{old.policy}.{name}"
    with Directory(library, folder) as directory:
        symbols = Symbols(library.settings, library.entries)
        renaming = plan_renaming(symbol, name, symbols, files, files.get, directory)
    renaming.write(folder)
    for path, expected in book(new, seed).items():
        written = (folder / path).read_bytes()
        wanted = [source.data for source in compose(path, expected)]
        if field == "term":  # the standard has a term of the same name, which stays
            for document in wanted:
                if document.get("id") == old.standard:
                    document["terms"] = {old.term: "1 hour"}
        assert [source.data for source in compose(path, written)] == wanted
        changed = next((file for file in renaming.files if file.path == path), None)
        assert (changed is None) == (written == files[path])
        assert written.count(b"\n") == files[path].count(b"\n") or b">- " in files[path]
        for source in compose(path, written):
            for place in changed.places if changed is not None else ():
                assert place.line >= 1, source


def test_every_place_is_told_as_an_editor_counts_it(tmp_path: Path) -> None:
    (tmp_path / "servkit.yaml").write_text("servkit: 1\nname: X\nchannels: [phone]\nroles: [agent]\n", "utf-8")
    text = (
        "kind: script\nid: hi\nsay: >\n  😀😀 {{ terms.a.b }}\n---\nkind: policy\nid: a\nrule: fixed\nterms: {b: 1}\n"
    )
    (tmp_path / "a.yaml").write_bytes(text.replace("\n", "\r\n").encode())
    library = read_book(tmp_path)
    with Directory(library, tmp_path) as directory:
        symbols = Symbols(library.settings, library.entries)
        renaming = plan_renaming(
            Symbol("policy", "a"), "z", symbols, ["a.yaml"], lambda path: (tmp_path / path).read_bytes(), directory
        )
    assert [(place.line, place.column) for place in renaming.files[0].places] == [(4, 15), (7, 5)]
