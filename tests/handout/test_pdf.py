"""PDF: tagged, linked, with its fonts in it, of the same bytes, and honest about what it cannot set."""

from __future__ import annotations

import io
import re
import sys
from typing import TYPE_CHECKING, Any

import pytest
from pypdf import PdfReader, mult

from servkit.book.problems import ServkitError
from servkit.handout import formats, model, sheets
from servkit.handout.renderer import render

from . import books
from .paper_text import page_texts, placed_words

if TYPE_CHECKING:
    from pathlib import Path


def _pdf(sheet: str, root: Path, **more: Any) -> PdfReader:
    return PdfReader(io.BytesIO(render(sheet, books.material(root, **more), "pdf")[0].data))


@pytest.fixture(scope="module")
def handbook() -> bytes:
    return render("handbook", books.material(books.STARTER), "pdf")[0].data


def _titles(outline: Any) -> list[Any]:
    return [_titles(entry) if isinstance(entry, list) else entry.title for entry in outline]


def test_bookmarks_pages_and_the_foot_of_each(handbook: bytes) -> None:
    reader = PdfReader(io.BytesIO(handbook))
    titles = _titles(reader.outline)
    assert [title for title in titles if isinstance(title, str)][:4] == [
        "How to use this handbook", "What we believe", "Greeting", "Handing a customer on",
    ]  # fmt: skip
    assert titles[titles.index("Returned parts") + 1] == [
        "A part taken back gladly",
        "Taking back parts",
        "Taking a part back",
    ]
    assert 45 <= len(reader.pages) <= 75
    heights, empty = [], 0

    def note(text: str, place: list[float], at: list[float], *_: object) -> None:
        heights.extend([mult(at, place)[5]] if text.strip() else [])

    for number, page in enumerate(reader.pages, 1):
        heights.clear()
        words = page.extract_text(visitor_text=note)
        assert "Revision abc1234" in words
        assert "November 22, 2026" in words
        assert f"{number} / {len(reader.pages)}" in words
        foot = min(heights)
        empty += min(height for height in heights if height > foot + 30) > page.mediabox.height / 2.7
    assert empty <= 2  # where the next chapter needs a page of its own


def test_it_is_tagged_titled_and_carries_its_fonts(handbook: bytes) -> None:
    reader = PdfReader(io.BytesIO(handbook))
    catalog: Any = reader.trailer["/Root"]
    assert catalog["/MarkInfo"]["/Marked"]
    assert catalog["/Lang"] == "en"
    assert catalog["/StructTreeRoot"]
    assert b"pdfuaid:part" in catalog["/Metadata"].get_data()
    assert reader.metadata is not None
    assert reader.metadata.title == "Handbook · Alder Street Heating and Plumbing"
    pages: list[Any] = list(reader.pages)
    fonts = {str(font.get_object()["/BaseFont"]) for page in pages for font in page["/Resources"]["/Font"].values()}
    assert fonts
    assert all("+" in font for font in fonts), "a subset has a tag before its name"


def test_links_lead_to_pages(handbook: bytes) -> None:
    reader = PdfReader(io.BytesIO(handbook))
    links = [note.get_object() for page in reader.pages for note in page.get("/Annots") or []]
    inside = [link for link in links if "/Dest" in link or "/D" in (link.get("/A") or {})]
    assert len(inside) > 150
    assert all(link.get("/Contents") or link.get("/StructParent") is not None for link in links)


def test_the_same_book_gives_the_same_bytes() -> None:
    for format_ in ("pdf", "docx", "html", "md"):
        first, second = (render("checklist", books.material(books.PEST), format_)[0].data for _ in range(2))
        assert first == second


@pytest.mark.parametrize(("paper", "size"), [("a4", (595, 842)), ("letter", (612, 792))])
def test_paper(tmp_path: Path, paper: str, size: tuple[int, int]) -> None:
    root = books.small(tmp_path, *books.ALL, handouts__handouts="")
    (root / "handouts" / "handouts.toml").write_text(f'paper = "{paper}"')
    for page in _pdf("handbook", root).pages:
        assert (round(page.mediabox.width), round(page.mediabox.height)) == size


def test_a_card_is_one_page() -> None:
    material = books.material(books.STARTER)
    cards = sheets.handouts("card", material)[0]
    reader = PdfReader(io.BytesIO(formats.write("pdf", cards, material.theme)))
    assert len(reader.pages) == len(cards.chapters) == 11
    assert len(_pdf("card", books.STARTER, role="supervisor").pages) == 1


def test_a_card_that_would_spill_says_so(tmp_path: Path) -> None:
    long = "\n".join(f"  - Do number {n} with all the care that it needs, and look at it again." for n in range(300))
    root = books.small(tmp_path, f"kind: standard\nid: much\ntitle: Much\nwhy: So.\narea: desk\ndo:\n{long}\n")
    with pytest.raises(ServkitError, match=r"The card 'The desk' needs [0-9.]+ pages. Limit it"):
        render("card", books.material(root, area="desk"), "pdf")


def test_a_letter_without_a_font_is_an_error(tmp_path: Path) -> None:
    root = books.small(tmp_path, 'kind: standard\nid: a\ntitle: "Odd \\U0010fff0 letter"\nwhy: x\narea: desk\n')
    with pytest.raises(ServkitError, match=r"No font has . \(U\+10FFF0\). Put a font that has it in handouts/fonts/"):
        render("handbook", books.material(root), "pdf")


def test_a_control_character_is_shown_alike_on_every_machine(tmp_path: Path) -> None:
    root = books.small(tmp_path, 'kind: standard\nid: a\ntitle: A\nwhy: "ring\\u0007ring `\\u001b`"\narea: desk\n')
    words = "".join(page_texts(render("handbook", books.material(root), "pdf")[0].data))
    assert "ring\ufffdring \ufffd" in words


def test_hebrew_runs_from_right_to_left(tmp_path: Path) -> None:
    root = books.small(
        tmp_path, "kind: standard\nid: a\ntitle: {en: A, he: שלום}\nwhy: {en: b, he: כי ככה}\narea: desk\n"
    )
    reader = _pdf("handbook", root, language="he")
    catalog: Any = reader.trailer["/Root"]
    assert catalog["/Lang"] == "he"
    assert any("שלום" in page.extract_text() or "םולש" in page.extract_text() for page in reader.pages)


def test_long_words_long_tables_and_much_of_everything(tmp_path: Path) -> None:
    terms = "\n".join(
        f"  t{n}: {{title: {'Longwordwithoutend' * 4}, value: {n} days, better: more, limit: 999 days}}"
        for n in range(1, 90)
    )
    root = books.small(
        tmp_path, f"kind: policy\nid: p\ntitle: {'W' * 90}\nrule: flexible\nwhy: x\narea: desk\nterms:\n{terms}\n"
    )
    texts = page_texts(render("handbook", books.material(root), "pdf")[0].data)
    assert len(texts) > 5
    heads = sum("Everybody gets" in text for text in texts)
    assert heads > 2, "the head of a table is repeated"


def test_eight_cards_a_sheet_and_four(tmp_path: Path) -> None:
    root = books.small(tmp_path, *books.ALL, books.SCENARIO.replace("id: sixty", "id: again"))
    assert len(_pdf("roleplay", root).pages) == 2
    assert len(_pdf("roleplay", root, per_page=8).pages) == 1


def test_every_block_can_be_set_in_every_format() -> None:
    words = model.text("x")
    some: tuple[model.Block, ...] = (
        model.Heading(3, words, "a"),
        model.Code("a\n b"),
        model.Divider(),
        model.Items(((model.Paragraph(words),),), ordered=True, first=7),
        model.Lines(2),
        model.Columns((model.Paragraph(words),), (model.Paragraph(words),)),
        model.Paragraph((model.Run("a"), model.Run("\n"), model.Run("b", link="https://x.example/"))),
    )
    given = books.material(books.PEST)
    document = given.handout("x", "X", [model.Chapter("C", "c", (model.Heading(2, words, "b"), *some))])
    for format_ in ("html", "md", "docx", "pdf"):
        assert formats.write(format_, document, given.theme)


def test_a_missing_engine_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    given = books.material(books.PEST)
    document = sheets.handouts("checklist", given)[0]
    for format_, package in (("pdf", "typst"), ("docx", "docx")):
        monkeypatch.setitem(sys.modules, package, None)
        with pytest.raises(ServkitError, match=rf"pip install 'servkit\[{format_}\]'"):
            formats.write(format_, document, given.theme)


def test_latin_sentences_on_a_page_from_right_to_left_end_where_they_end(tmp_path: Path) -> None:
    """The full stop stands behind the last word, and not before the first one of the line."""
    world = books.small(tmp_path / "world", *books.ALL)
    words = [word for *_, word in placed_words(render("handbook", books.material(world, language="ar"), "pdf")[0].data)]
    assert "have." in words
    assert [word for word in words if re.match(r"[.?!][A-Za-z]", word)] == []


CASE = """\
kind: policy
id: refund
title: Erstattung
rule: flexible
area: billing
why: Unter SEHR_LANGER_SCHLUESSEL_OHNE_LEERZEICHEN_AUS_DEM_ALTEN_SYSTEM_1234567890_1234567890_1234567890 steht der Rest.
terms:
  amount: {title: Betrag, value: 10 EUR, better: more, limit: 40 EUR, grant: {front_office_agent: 20 EUR, lead: 40 EUR}}
"""


@pytest.mark.parametrize("sheet", ["card", "handbook", "quiz", "checklist"])
@pytest.mark.parametrize("language", ["de", "en", "sw"])
def test_a_long_word_stays_within_the_margins(tmp_path: Path, sheet: str, language: str) -> None:
    settings = (
        f"servkit: 1\nname: Stadtwerke\nlanguage: {language}\ncurrency: EUR\nroles: [front_office_agent, lead]\n"
        "areas: {billing: {title: Kraftfahrzeughaftpflichtversicherung}}\n"
    )
    long = "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft"
    standard = f"kind: standard\nid: long\ntitle: {long}\nwhy: {long}\narea: billing\ndo: [{long}, {'9' * 120}]\n"
    root = books.small(tmp_path, CASE, standard, settings=settings)
    words = placed_words(render(sheet, books.material(root), "pdf")[0].data)
    assert words
    margin = 23 / 25.4 * 72
    assert [word for left, right, word in words if left < margin - 2 or right > 595.3 - margin + 2] == []
