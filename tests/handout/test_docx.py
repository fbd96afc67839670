"""Word: real styles and tables, links and page numbers."""

from __future__ import annotations

import io
import zipfile
from typing import TYPE_CHECKING

import docx
import pytest

from servkit.handout.docx_blocks import bookmark
from servkit.handout.renderer import render

from . import books

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture(scope="module")
def handbook(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    root = books.small(tmp_path_factory.mktemp("book"), *books.ALL)
    return render("handbook", books.material(root), "docx")[0].data


def test_headings_and_boxes_are_styles(handbook: bytes) -> None:
    word = docx.Document(io.BytesIO(handbook))
    found = {(p.style.name if p.style else "", p.text) for p in word.paragraphs}
    assert {("Title", "Handbook"), ("Heading 1", "The desk"), ("Heading 2", "Answering"), ("Servkit Box", "Waiting people leave."),  # noqa: E501
            ("Servkit Box Label", "Why"), ("Servkit Check", "☐  Smile."), ("List Bullet", "What happened?")} <= found  # fmt: skip  # noqa: E501


def test_tables_are_tables(handbook: bytes) -> None:
    word = docx.Document(io.BytesIO(handbook))
    heads = [[cell.text for cell in table.rows[0].cells] for table in word.tables]
    assert ["What", "Everybody gets", "Clerk", "Chief", "Limit"] in heads
    assert ["Don’t say", "Say this instead"] in heads


def test_a_table_of_many_columns_is_set_small(tmp_path: Path) -> None:
    roles = "[technician, [front-desk, housekeeping], office, supervisor, manager, owner]"
    grants = (
        "{technician: 1 USD, front-desk: 2 USD, housekeeping: 2 USD, office: 3 USD, supervisor: 4 USD, owner: 5 USD}"
    )
    term = f"{{value: 0 USD, better: more, limit: 9 USD, grant: {grants}}}"
    root = books.small(tmp_path, f"kind: policy\nid: p\ntitle: P\nrule: flexible\narea: desk\nterms: {{t: {term}}}\n")
    settings = root / "servkit.yaml"
    settings.write_text(settings.read_text("utf-8").replace("roles: [clerk, chief]", f"roles: {roles}"), "utf-8")
    word = docx.Document(io.BytesIO(render("handbook", books.material(root), "docx")[0].data))
    (table,) = [table for table in word.tables if len(table.columns) > 6]
    sizes = {run.font.size.pt for row in table.rows for cell in row.cells for run in cell.paragraphs[0].runs}
    assert max(sizes) <= 8


def test_the_foot_has_revision_day_and_page_number(handbook: bytes) -> None:
    word = docx.Document(io.BytesIO(handbook))
    foot = word.sections[0].footer.paragraphs[0]
    assert "Small & Sons · Revision abc1234 · November 22, 2026" in foot.text
    assert "PAGE" in foot._p.xml


def test_links_lead_to_bookmarks(handbook: bytes) -> None:
    with zipfile.ZipFile(io.BytesIO(handbook)) as archive:
        assert {info.date_time for info in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        text = archive.read("word/document.xml").decode()
    wanted = {part.partition('"')[0] for part in text.split('w:anchor="')[1:]}
    there = {
        part.partition('"')[0]
        for part in text.split('w:bookmarkStart w:id="')[1:]
        for part in part.split('w:name="')[1:]
    }
    assert wanted
    assert wanted <= there


def test_bookmark_names_are_what_word_takes() -> None:
    names = {bookmark(f"standard-{'x' * 60}-{n}") for n in range(9)}
    assert len(names) == 9
    assert all(len(name) <= 40 and name.replace("_", "").isalnum() for name in names)


def test_pages_from_right_to_left(tmp_path: Path) -> None:
    root = books.small(tmp_path, *books.ALL)
    word = docx.Document(io.BytesIO(render("handbook", books.material(root, language="he"), "docx")[0].data))
    assert "<w:bidi/>" in word.styles["Normal"].element.xml
    assert any(run.font.rtl for paragraph in word.paragraphs for run in paragraph.runs)


def test_the_file_says_who_made_it(handbook: bytes) -> None:
    with zipfile.ZipFile(io.BytesIO(handbook)) as archive:
        made = archive.read("docProps/app.xml").decode()
        every = b"".join(archive.read(name) for name in archive.namelist())
    assert "<Application>servkit</Application>" in made
    assert b"Macintosh" not in every
    core = docx.Document(io.BytesIO(handbook)).core_properties
    assert (core.title, core.author, core.last_modified_by) == ("Handbook", "Small & Sons", "servkit")
