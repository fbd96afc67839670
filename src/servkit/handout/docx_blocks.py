"""Blocks as Word paragraphs and tables. Text goes only into text nodes, so no text becomes a field, macro or link."""

# ruff: noqa: SLF001 - python-docx reaches links, bookmarks and fields through its elements only
from __future__ import annotations

from hashlib import sha256
from typing import TYPE_CHECKING, Any

from docx.enum.text import WD_UNDERLINE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Emu, Pt, RGBColor

from servkit.handout import model as m
from servkit.handout.extent import widths

if TYPE_CHECKING:
    from collections.abc import Iterable

#: The type of a table with more than so many columns, in points, so that its words stay whole.
_SMALL = ((8, 7.0), (6, 8.0), (5, 9.0))


class WordBlocks:
    """Writes blocks into a handout, or into a cell of a table (``into``)."""

    def __init__(self, word: Any, handout: m.Handout) -> None:
        self.word, self.into, self.handout = word, word, handout
        self.style = ""
        self._marks = self._depth = 0

    def all(self, blocks: Iterable[m.Block]) -> None:
        for block in blocks:
            getattr(self, f"_{type(block).__name__.lower()}")(block)

    # --- text -------------------------------------------------------------------------------------------------

    def line(self, words: m.Runs, style: str = "") -> Any:
        """A paragraph."""
        paragraph = self.into.add_paragraph(style=style or self.style or None)
        self.runs(paragraph, words)
        return paragraph

    def runs(self, paragraph: Any, words: m.Runs) -> None:
        for run in words:
            if run.text == "\n":
                paragraph.add_run().add_break()
                continue
            out = paragraph.add_run(run.text)
            out.bold, out.italic = run.strong or None, (run.emphasis or run.blank) or None
            if run.code:
                out.font.name = "Consolas"
            if run.blank:
                out.font.underline = WD_UNDERLINE.DOTTED
            if self.handout.rtl:
                out.font.rtl = True
            if run.link or run.ref:
                self._link(paragraph, out, run)

    def _link(self, paragraph: Any, out: Any, run: m.Run) -> None:
        link = OxmlElement("w:hyperlink")
        if run.ref:
            link.set(qn("w:anchor"), bookmark(run.ref))
        else:
            kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/hyperlink"
            link.set(qn("r:id"), paragraph.part.relate_to(run.link, kind, is_external=True))
        out.font.color.rgb = RGBColor.from_string("1F4E79") if run.link else None
        out.font.underline = True
        paragraph._p.remove(out._r)
        link.append(out._r)
        paragraph._p.append(link)

    def heading(self, words: m.Runs, level: int, anchor: str, label: str = "", *, new_page: bool = False) -> None:
        """A heading that can be referred to."""
        first = self.line((m.Run(label),), "Servkit Eyebrow") if label else None
        paragraph = self.into.add_paragraph(style=f"Heading {min(level, 3)}")
        if label:
            paragraph.paragraph_format.space_before = Pt(4)
        if level == 1:  # the label begins the page, not the heading below it
            (first or paragraph).paragraph_format.page_break_before = new_page
        self.runs(paragraph, words)
        if anchor:
            self._mark(paragraph, anchor)

    def _mark(self, paragraph: Any, anchor: str) -> None:
        self._marks += 1
        start, end = OxmlElement("w:bookmarkStart"), OxmlElement("w:bookmarkEnd")
        for element in (start, end):
            element.set(qn("w:id"), str(self._marks))
        start.set(qn("w:name"), bookmark(anchor))
        paragraph._p.insert_element_before(start, "w:r", "w:hyperlink")
        paragraph._p.append(end)

    def _heading(self, block: m.Heading) -> None:
        self.heading(block.words, block.level, block.anchor, block.label)

    def _paragraph(self, block: m.Paragraph) -> None:
        names = {"lead": "Servkit Lead", "note": "Servkit Note", "label": "Servkit Label"}
        label = block.style == "label" and self.style == "Servkit Box"
        self.line(block.words, "Servkit Box Label" if label else names.get(block.style, ""))

    def _items(self, block: m.Items) -> None:
        style = "List Number" if block.ordered else "List Bullet 2" if self._depth else "List Bullet"
        number = self._numbering(block.first) if block.ordered else None
        self._depth += 1
        for item in block.items:
            for place, part in enumerate(item):
                if isinstance(part, m.Paragraph) and not part.style:
                    paragraph = self.line(part.words, style if place == 0 else "List Continue")
                    if number is not None and place == 0:
                        properties = paragraph._p.get_or_add_pPr().get_or_add_numPr()
                        properties.get_or_add_ilvl().val, properties.get_or_add_numId().val = 0, number
                else:
                    self.all((part,))
        self._depth -= 1

    def _numbering(self, first: int) -> int:
        """A new numbered list, so that it does not continue the one before."""
        numbering = self.word.part.numbering_part.element
        style = self.word.styles["List Number"].element
        used = style.pPr.numPr.numId.val
        abstract = next(num.abstractNumId.val for num in numbering.num_lst if num.numId == used)
        num = numbering.add_num(abstract)
        num.add_lvlOverride(ilvl=0).add_startOverride(first)
        found: int = num.numId
        return found

    def _quote(self, block: m.Quote) -> None:
        style = "Servkit Script" if block.script else "Servkit Story"
        before, self.style = self.style, style
        if block.label:
            self.line((m.Run(block.label, strong=True), m.Run("\n"), *_first(block)), style)
        self.all(block.blocks[1:] if block.label and _first(block) else block.blocks)
        self.style = before

    def _code(self, block: m.Code) -> None:
        for line in block.words.split("\n"):
            self.line((m.Run(line, code=True),))

    def _divider(self, _: m.Divider) -> None:
        self.line((m.Run("―――"),), "Servkit Note")

    # --- boxes and tables -------------------------------------------------------------------------------------

    def _callout(self, block: m.Callout) -> None:
        if block.kind == "say":
            self.line((m.Run(block.title),), "Servkit Label")
            self.all(block.blocks)
            return
        before, self.style = self.style, "Servkit Box"
        self.line((m.Run(block.title),), "Servkit Box Label")
        self.all(block.blocks)
        self.style = before

    def table(self, rows: list[tuple[m.Runs, ...]], *, head: bool = True, parts: tuple[int, ...] = ()) -> Any:
        """A table. With ``head``, its first row is repeated on every page; ``parts`` are the columns' widths."""
        before = self.into, self.style
        table = (
            self.word.add_table(len(rows), len(rows[0]), "Table Grid") if self.into is self.word else self._inner(rows)
        )
        if self.handout.rtl:
            table._tbl.tblPr.append(OxmlElement("w:bidiVisual"))
        table.autofit = not parts
        small = next((size for columns, size in _SMALL if len(rows[0]) > columns), 0)
        for column, part in zip(table.columns, parts, strict=False):
            column.width = Emu(self._width() * part // sum(parts))
        for number, row in enumerate(rows):
            for place, cell in enumerate(row):
                if parts:
                    table.cell(number, place).width = table.columns[place].width
                paragraph = table.cell(number, place).paragraphs[0]
                paragraph.paragraph_format.space_before = paragraph.paragraph_format.space_after = Pt(3)
                self.runs(paragraph, cell)
                for run in paragraph.runs:
                    run.bold = True if head and number == 0 else run.bold
                    run.font.size = Pt(small) if small else None
        if small:
            _narrow_margins(table)
        if head:
            table.rows[0]._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))
        for row in table.rows:
            row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))
        self.into, self.style = before
        self.into.add_paragraph(style="Servkit Note")
        return table

    def _width(self) -> int:
        """What a table may take of the page."""
        section = self.word.sections[0]
        whole = section.page_width - section.left_margin - section.right_margin
        return int(whole if self.into is self.word else whole // 2)

    def _inner(self, rows: list[tuple[m.Runs, ...]]) -> Any:
        table = self.into.add_table(len(rows), len(rows[0]))
        table.style = self.word.styles["Table Grid"]
        return table

    def _table(self, block: m.Table) -> None:
        if block.caption:
            self.line(block.caption, "Servkit Label")
        rows = [((m.Run("– "), *row.cells[0]) if row.sub else row.cells[0], *row.cells[1:]) for row in block.rows]
        self.table([block.head, *rows], parts=widths(block))

    def _saynot(self, block: m.SayNot) -> None:
        self.table([(m.text(block.not_label), m.text(block.say_label)), *block.pairs])

    def _measures(self, block: m.Measures) -> None:
        for start in range(0, len(block.items), 4):
            some = block.items[start : start + 4]
            table = self.table([tuple(m.text(item.value) for item in some)], head=False)
            for place, item in enumerate(some):
                cell = table.cell(0, place)
                cell.paragraphs[0].style = "Servkit Number"
                cell.add_paragraph(f"{item.label} ({item.note})" if item.note else item.label, style="Servkit Note")

    # --- to be filled in --------------------------------------------------------------------------------------

    def _checklist(self, block: m.Checklist) -> None:
        for words in block.items:
            self.line((m.Run("☐  "), *words), "Servkit Check")

    def _signoff(self, block: m.SignOff) -> None:
        self.line(m.text(block.note))
        self.table([(m.text(label), m.text(known)) for label, known in block.fields], head=False)

    def _lines(self, block: m.Lines) -> None:
        if block.label:
            self.line(m.text(block.label), "Servkit Box Label" if self.style else "Servkit Label")
        for _ in range(block.count):
            self.line((m.Run("_" * (60 if self.into is self.word else 28)),))

    def _question(self, block: m.Question) -> None:
        if block.story:
            self.line(block.story, "Servkit Story")
        self.line((m.Run(f"{block.number}  ", strong=True), *block.words)).paragraph_format.keep_with_next = True
        for place, choice in enumerate(block.choices):
            right = place == block.answer
            mark = "✓" if right else "○"
            self.line((m.Run(f"{mark}  {chr(65 + place)}  "), m.Run(choice, strong=right)), "Servkit Check")
        if block.reason:
            self.line((m.Run(f"{self.handout.words['because']}: ", strong=True), *block.reason), "Servkit Note")
        if block.place:
            self.line((m.Run(block.place, code=True),), "Servkit Note")

    # --- arrangements -----------------------------------------------------------------------------------------

    def _columns(self, block: m.Columns) -> None:
        self.all((*block.left, *block.right))

    def _cutsheet(self, block: m.CutSheet) -> None:
        table = self.word.add_table((len(block.cards) + 1) // 2, 2, "Table Grid")
        for number, card in enumerate(block.cards):
            cell = table.cell(number // 2, number % 2)
            cell.paragraphs[0].style = "Servkit Box Label"
            cell.paragraphs[0].add_run(card.label)
            self.into = cell
            self.line(m.strong(card.title))
            self.all(card.blocks)
            for paragraph in cell.paragraphs:  # otherwise Word keeps the whole table on one page
                paragraph.paragraph_format.keep_with_next = False
            self.into = self.word

    def _index(self, block: m.Index) -> None:
        before = ""
        for entry in block.entries:
            places: m.Runs = ()
            for title, anchor in entry.places:
                places += (m.Run(", " if places else ": "), m.Run(title, ref=anchor))
            if entry.initial and entry.initial != before:
                self.line((m.Run(entry.initial),), "Servkit Label")
            before = entry.initial
            self.line((m.Run(entry.words), *places), "Servkit Note")


def _narrow_margins(table: Any) -> None:
    """Leave less room at the sides of cells than Word does."""
    margins = OxmlElement("w:tblCellMar")
    for side in ("left", "right"):
        margin = OxmlElement(f"w:{side}")
        margin.set(qn("w:w"), "40")
        margin.set(qn("w:type"), "dxa")
        margins.append(margin)
    properties = table._tbl.tblPr
    look = properties.find(qn("w:tblLook"))  # it comes after them
    properties.append(margins) if look is None else look.addprevious(margins)


def _first(block: m.Quote) -> m.Runs:
    first = block.blocks[0] if block.blocks else None
    return first.words if isinstance(first, m.Paragraph) else ()


def bookmark(anchor: str) -> str:
    """A bookmark's name. Word allows up to 40 letters, digits and underscores."""
    name = "b_" + "".join(char if char.isascii() and char.isalnum() else "_" for char in anchor)
    if len(name) <= 40:
        return name
    return name[:27] + "_" + sha256(anchor.encode()).hexdigest()[:12]
