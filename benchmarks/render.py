"""Paper: a handbook of some 200 pages to PDF and to HTML against other engines, and a one-page card as a whole process.

    python benchmarks/render.py [BOOK]        (peers: pip install 'servkit[bench]')

Everything is timed in one run, in turns, and told as a ratio (below 1: servkit is faster). The PDF peer is ReportLab,
the fastest of the others that install from wheels alone; it gets the same handbook with contents, bookmarks, links and
boxes, but no tags, no page numbers in the index and no hyphenation. The HTML peer is markdown-it-py with the same
handbook as Markdown. The card's peer is the PDF engine's own hello world in a process of its own.
"""

from __future__ import annotations

import io
import subprocess
import sys
import tempfile
from dataclasses import replace
from datetime import date
from html import escape
from pathlib import Path
from statistics import median
from time import perf_counter
from typing import TYPE_CHECKING, Any

from servkit.book.reader import read_book
from servkit.handout import formats, sheets
from servkit.handout import model as m
from servkit.handout.audience import Audience, Edition
from servkit.handout.material import Material
from servkit.handout.theme import Theme
from servkit.handout.traversal import finished

if TYPE_CHECKING:
    from collections.abc import Callable

ROOT = Path(__file__).parents[1]
COPIES, ROUNDS, STARTS = 4, 3, 15
HELLO = "import typst; open({path!r}, 'wb').write(typst.compile(b'Hello, world'))"


def handbook(root: Path) -> m.Handout:
    """A long handbook: the book's own, several times over."""
    book = read_book(root)
    material = Material(book, book.entries, Audience(), Edition(date(2026, 3, 1), "abc1234"))
    [document] = sheets.handouts("handbook", material)
    chapters = [chapter for chapter in document.chapters if chapter.anchor != "index"]
    return finished(replace(document, chapters=(*(chapters * COPIES), document.chapters[-1])))


class _Setting:
    """The handbook through ReportLab's Platypus: contents with page numbers, bookmarks, links, boxes, page n of m."""

    def __init__(self) -> None:
        from reportlab.lib.colors import HexColor
        from reportlab.lib.styles import getSampleStyleSheet

        self.styles = getSampleStyleSheet()
        self.tint, self.line = HexColor("#f1f5f4"), HexColor("#bbbbbb")

    def words(self, runs: m.Runs, style: str = "BodyText") -> Any:
        from reportlab.platypus import Paragraph

        return Paragraph("".join(map(self._run, runs)), self.styles[style])

    def _run(self, run: m.Run) -> str:
        out = "<br/>" if run.text == "\n" else escape(run.text)
        out = f"<b>{out}</b>" if run.strong else f"<i>{out}</i>" if run.emphasis or run.blank else out
        return f'<a href="#{run.ref}">{out}</a>' if run.ref else out

    def table(self, rows: list[list[Any]], *, boxed: bool = False) -> Any:
        from reportlab.platypus import Table

        style = (
            [("BACKGROUND", (0, 0), (-1, -1), self.tint)]
            if boxed
            else [("LINEBELOW", (0, 0), (-1, -1), 0.4, self.line)]
        )
        return Table(rows, repeatRows=0 if boxed else 1, style=style)

    def one(self, block: m.Block) -> list[Any]:
        from reportlab.platypus import ListFlowable, Spacer

        words = self.words
        if isinstance(block, m.Heading):
            head = words(block.words, "Heading2")
            head.place = (1, m.plain(block.words), block.anchor)
            return [head]
        if isinstance(block, m.Paragraph):
            return [words(block.words)]
        if isinstance(block, (m.Callout, m.Quote)):
            return [self.table([[self.all(block.blocks)]], boxed=True), Spacer(1, 8)]
        if isinstance(block, m.Items):
            return [ListFlowable([self.all(item) for item in block.items])]
        if isinstance(block, m.Checklist):
            return [ListFlowable([words(item) for item in block.items])]
        if isinstance(block, m.Table):
            rows = [block.head, *(row.cells for row in block.rows)]
            return [self.table([[words(cell) for cell in row] for row in rows]), Spacer(1, 8)]
        if isinstance(block, m.SayNot):
            return [self.table([[words(avoid), words(better)] for avoid, better in block.pairs])]
        if isinstance(block, m.Measures):
            return [self.table([[words(m.text(f"{item.value} {item.label}")) for item in block.items]])]
        if isinstance(block, m.Index):
            return [
                words((m.Run(entry.words + " "), *(m.Run(title, ref=to) for title, to in entry.places)))
                for entry in block.entries
            ]
        return []

    def all(self, some: tuple[m.Block, ...]) -> list[Any]:
        return [flowable for block in some for flowable in self.one(block)]


def peer_pdf(document: m.Handout) -> bytes:
    """The same handbook through ReportLab."""
    from reportlab.lib.pagesizes import A4
    from reportlab.platypus import PageBreak, SimpleDocTemplate
    from reportlab.platypus.tableofcontents import TableOfContents

    class Template(SimpleDocTemplate):  # type: ignore[misc]
        pages = 0

        def afterFlowable(self, flowable: Any) -> None:  # noqa: N802
            place = getattr(flowable, "place", None)
            if place:
                level, title, anchor = place
                self.canv.bookmarkPage(anchor)
                self.canv.addOutlineEntry(title, anchor, level)
                self.notify("TOCEntry", (level, escape(title), self.page, anchor))

    def foot(canvas: Any, template: Any) -> None:
        template.pages = max(template.pages, template.page)
        canvas.drawString(56, 30, f"{document.footer}   {template.page} / {template.pages}")

    setting = _Setting()
    story: list[Any] = [TableOfContents()]
    for chapter in document.chapters:
        head = setting.words(m.text(chapter.title), "Heading1")
        head.place = (0, chapter.title, chapter.anchor)
        story += [PageBreak(), head, *setting.all(chapter.blocks)]
    out = io.BytesIO()
    Template(out, pagesize=A4).multiBuild(story, onFirstPage=foot, onLaterPages=foot)
    return out.getvalue()


def peer_html(words: str) -> bytes:
    """The same handbook from Markdown."""
    from markdown_it import MarkdownIt

    return str(MarkdownIt("commonmark").enable("table").render(words)).encode()


def seconds(work: Callable[[], Any]) -> float:
    start = perf_counter()
    work()
    return perf_counter() - start


def compare(name: str, ours: Callable[[], Any], theirs: Callable[[], Any], rounds: int) -> None:
    """Both in turns; the medians and their ratio."""
    ours()
    theirs()
    pairs = [(seconds(ours), seconds(theirs)) for _ in range(rounds)]
    one, other = median(pair[0] for pair in pairs), median(pair[1] for pair in pairs)
    ratio = median(pair[0] / pair[1] for pair in pairs)
    print(f"{name:34} {one * 1000:8.0f} ms {other * 1000:8.0f} ms   ratio {ratio:.2f}")


def process(command: list[str]) -> Callable[[], None]:
    """A whole process, from its start to its end."""

    def run() -> None:
        subprocess.run(command, check=True, stderr=subprocess.DEVNULL)

    return run


def main() -> None:
    root = Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / "standards"
    document, look = handbook(root), Theme()
    pdf = formats.write("pdf", document, look)
    markdown = formats.write("md", document, look).decode()
    from pypdf import PdfReader

    pages, other = (len(PdfReader(io.BytesIO(data)).pages) for data in (pdf, peer_pdf(document)))
    print(f"{pages} pages by servkit, {other} by the peer")
    compare(
        "handbook to PDF / ReportLab", lambda: formats.write("pdf", document, look), lambda: peer_pdf(document), ROUNDS
    )
    compare(
        "handbook to HTML / markdown-it",
        lambda: formats.write("html", document, look),
        lambda: peer_html(markdown),
        ROUNDS * 3,
    )
    with tempfile.TemporaryDirectory() as folder:
        path = str(Path(folder) / "card.pdf")
        area = next(iter(read_book(root).settings.areas))
        servkit = [
            str(Path(sys.executable).with_name("servkit")),
            "render",
            "card",
            "--area",
            area,
            "--to",
            path,
            "--book",
            str(root),
        ]
        hello = [sys.executable, "-c", HELLO.format(path=str(Path(folder) / "hello.pdf"))]
        compare("one card, whole process / hello", process(servkit), process(hello), STARTS)


if __name__ == "__main__":
    main()
