"""A handout as a Word file. Only the format ``docx`` imports this module, because it needs python-docx."""

# ruff: noqa: SLF001 - python-docx reaches links, bookmarks and fields through its elements only
from __future__ import annotations

import io
import zipfile
from datetime import datetime
from typing import TYPE_CHECKING, Any

import docx
from docx.enum.text import WD_TAB_ALIGNMENT
from docx.image.exceptions import InvalidImageStreamError, UnexpectedEndOfFileError, UnrecognizedImageError
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

from servkit.book.problems import ServkitError
from servkit.handout import model as m
from servkit.handout.docx_blocks import WordBlocks
from servkit.handout.docx_styles import add_styles

if TYPE_CHECKING:
    from servkit.handout.progress import Progress
    from servkit.handout.theme import Theme

#: What the file says about the program that made it, and no counts of a template's pages and words.
_APPLICATION = b"""<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties">\
<Application>servkit</Application></Properties>"""
#: The earliest time that a ZIP archive can have. With the real time, no two files would be the same.
_EARLY = (1980, 1, 1, 0, 0, 0)


def word_file(handout: m.Handout, theme: Theme, progress: Progress) -> bytes:
    """The bytes of the Word file; the same handout always gives the same ones."""
    word = docx.Document()
    _page(word, theme, handout)
    add_styles(word, theme, rtl=handout.rtl)
    blocks = WordBlocks(word, handout)
    _front(word, handout, theme, blocks)
    for number, chapter in enumerate(handout.chapters, 1):
        new_page = handout.cover if number == 1 else not handout.flows
        blocks.heading((m.Run(chapter.title),), 1, chapter.anchor, chapter.label, new_page=new_page)
        blocks.all(chapter.blocks)
        progress(number, len(handout.chapters))
    _properties(word, handout)
    _hyphenation(word, handout)
    out = io.BytesIO()
    word.save(out)
    return _repacked(out.getvalue())


def _page(word: Any, theme: Theme, handout: m.Handout) -> None:
    section = word.sections[0]
    section.page_width, section.page_height = (Mm(215.9), Mm(279.4)) if theme.paper == "letter" else (Mm(210), Mm(297))
    section.left_margin = section.right_margin = Mm(22)
    section.top_margin, section.bottom_margin = Mm(20), Mm(22)
    foot = section.footer.paragraphs[0]
    foot.style = word.styles["Normal"]
    foot.paragraph_format.tab_stops.add_tab_stop(
        section.page_width - section.left_margin - section.right_margin, WD_TAB_ALIGNMENT.RIGHT
    )
    foot.add_run(f"{handout.footer}\t").font.size = Pt(8.5)
    _field(foot, "PAGE")


def _field(paragraph: Any, code: str) -> None:
    """A field, such as the page number. No text of a book ever becomes one."""
    for kind in ("begin", "code", "end"):
        run = paragraph.add_run()._r
        if kind == "code":
            text = OxmlElement("w:instrText")
            text.text = code
        else:
            text = OxmlElement("w:fldChar")
            text.set(qn("w:fldCharType"), kind)
        run.append(text)


def _front(word: Any, handout: m.Handout, theme: Theme, blocks: WordBlocks) -> None:
    if theme.logo is not None and theme.logo.suffix != ".svg":
        try:
            word.add_paragraph().add_run().add_picture(io.BytesIO(theme.logo.data), height=Mm(20))
        except (InvalidImageStreamError, UnexpectedEndOfFileError, UnrecognizedImageError):
            problem = "Word files cannot hold this kind of picture as a logo. Export it as PNG."
            raise ServkitError(problem, path="handouts/handouts.toml") from None
    blocks.line(m.text(handout.book), "Servkit Label")
    blocks.line(m.text(handout.title), "Title")
    if handout.subtitle:
        blocks.line(m.text(handout.subtitle), "Subtitle")
    for line in handout.lines:
        blocks.line(m.text(line), "Servkit Note")
    if handout.contents:
        blocks.line(m.text(handout.words["contents"]), "Servkit Label")
        for chapter in handout.chapters:
            blocks.line(m.ref(chapter.title, chapter.anchor))


def _properties(word: Any, handout: m.Handout) -> None:
    own = word.core_properties
    own.title, own.author, own.subject = handout.title[:255], handout.book[:255], handout.footer[:255]
    own.language, own.comments = handout.language, ""
    own.created = own.modified = datetime.fromisoformat(handout.day or "1980-01-01")  # Word's dates have no zone
    own.revision, own.last_modified_by, own.keywords = 1, "servkit", ""


def _hyphenation(word: Any, handout: m.Handout) -> None:
    """Long words may be parted, by the rules of the language."""
    settings = word.settings.element
    settings.insert(0, OxmlElement("w:autoHyphenation"))
    for later in ("w:zoom", "w:view", "w:writeProtection"):  # elements have an order, and these come before it
        for element in settings.findall(qn(later)):
            settings.insert(0, element)
    language = OxmlElement("w:lang")
    language.set(qn("w:val"), handout.language)
    properties = word.styles["Normal"].element.get_or_add_rPr()
    for old in properties.findall(qn("w:lang")):
        properties.remove(old)
    properties.append(language)


def _repacked(data: bytes) -> bytes:
    """The same archive without the time when it was made."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in sorted(old.namelist(), key=lambda name: (name != "[Content_Types].xml", name)):
            info = zipfile.ZipInfo(name, _EARLY)
            info.compress_type, info.external_attr = zipfile.ZIP_DEFLATED, 0o600 << 16
            new.writestr(info, _APPLICATION if name == "docProps/app.xml" else old.read(name))
    return out.getvalue()
