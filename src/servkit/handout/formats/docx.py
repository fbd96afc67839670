"""Word, for trainers who edit: real styles, real tables, links and page numbers. The same book gives the same bytes."""

# ruff: noqa: SLF001 - python-docx reaches links, bookmarks and fields through its elements only
from __future__ import annotations

import io
import zipfile
from typing import TYPE_CHECKING, Any

from servkit.handout import model as m
from servkit.handout.docx_blocks import Blocks
from servkit.handout.docx_styles import prepare
from servkit.handout.formats import missing

if TYPE_CHECKING:
    from servkit.handout.formats import Tell
    from servkit.handout.theme import Look

SUFFIX = ".docx"
#: The earliest moment a ZIP archive can name; the real one would make every file another.
_EARLY = (1980, 1, 1, 0, 0, 0)


def write(document: m.Document, look: Look, tell: Tell) -> bytes:
    """The document's bytes."""
    try:
        import docx
    except ImportError:
        raise missing("docx", "python-docx") from None
    word = docx.Document()
    _page(word, look, document)
    prepare(word, look, rtl=document.rtl)
    blocks = Blocks(word, document)
    _front(word, document, look, blocks)
    for number, chapter in enumerate(document.chapters, 1):
        blocks.heading((m.Run(chapter.title),), 1, chapter.anchor, chapter.label)
        blocks.all(chapter.blocks)
        tell(number, len(document.chapters))
    _properties(word, document)
    out = io.BytesIO()
    word.save(out)
    return _repacked(out.getvalue())


def _page(word: Any, look: Look, document: m.Document) -> None:
    from docx.enum.text import WD_TAB_ALIGNMENT
    from docx.shared import Mm, Pt

    section = word.sections[0]
    section.page_width, section.page_height = (Mm(215.9), Mm(279.4)) if look.paper == "letter" else (Mm(210), Mm(297))
    section.left_margin = section.right_margin = Mm(22)
    section.top_margin, section.bottom_margin = Mm(20), Mm(22)
    foot = section.footer.paragraphs[0]
    foot.style = word.styles["Normal"]
    foot.paragraph_format.tab_stops.add_tab_stop(
        section.page_width - section.left_margin - section.right_margin, WD_TAB_ALIGNMENT.RIGHT
    )
    foot.add_run(f"{document.footer}\t").font.size = Pt(8.5)
    _field(foot, "PAGE")


def _field(paragraph: Any, code: str) -> None:
    """A field of ours; no text of a book ever becomes one."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    for kind in ("begin", "code", "end"):
        run = paragraph.add_run()._r
        if kind == "code":
            text = OxmlElement("w:instrText")
            text.text = code
        else:
            text = OxmlElement("w:fldChar")
            text.set(qn("w:fldCharType"), kind)
        run.append(text)


def _front(word: Any, document: m.Document, look: Look, blocks: Blocks) -> None:
    if look.logo is not None and look.logo.suffix != ".svg":
        from docx.shared import Mm

        word.add_paragraph().add_run().add_picture(io.BytesIO(look.logo.data), height=Mm(20))
    blocks.line(m.text(document.book), "Servkit Label")
    blocks.line(m.text(document.title), "Title")
    if document.subtitle:
        blocks.line(m.text(document.subtitle), "Subtitle")
    for line in document.lines:
        blocks.line(m.text(line), "Servkit Note")
    if document.contents:
        blocks.line(m.text(document.words["contents"]), "Servkit Label")
        for chapter in document.chapters:
            blocks.line(m.ref(chapter.title, chapter.anchor))


def _properties(word: Any, document: m.Document) -> None:
    from datetime import datetime

    own = word.core_properties
    own.title, own.author, own.subject = document.title[:255], document.book[:255], document.footer[:255]
    own.language, own.comments = document.language, ""
    own.created = own.modified = datetime.fromisoformat(document.day or "1980-01-01")  # Word's dates bear no zone
    own.revision, own.last_modified_by = 1, ""


def _repacked(data: bytes) -> bytes:
    """The same archive without the moment it was made."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in sorted(old.namelist(), key=lambda name: (name != "[Content_Types].xml", name)):
            info = zipfile.ZipInfo(name, _EARLY)
            info.compress_type, info.external_attr = zipfile.ZIP_DEFLATED, 0o600 << 16
            new.writestr(info, old.read(name))
    return out.getvalue()
