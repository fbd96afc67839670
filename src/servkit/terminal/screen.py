"""A screen: headings, paragraphs and pairs, as one Rich renderable.

Authors' and customers' texts go through ``clean`` into :class:`rich.text.Text`: they are never read as markup, and they
hold no control characters. How wide a line may be is known when the screen is rendered, and not before.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from rich.cells import cell_len, set_cell_size
from rich.text import Text

from servkit.text import clean

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from rich.console import Console, ConsoleOptions

#: A narrower terminal has one column.
ROOMY = 60
#: However deep a text is indented, it has this many columns.
LEAST_ROOM = 8
_BULLETS = ("- ", "* ", "+ ", "• ", "– ")


class ScreenPart(Protocol):
    """Something on a screen: its lines, in so many columns."""

    def lines(self, console: Console, width: int) -> Iterator[Text]: ...


@dataclass(frozen=True, slots=True)
class TextBlock:
    """A text of any length behind a mark. Its own line breaks and lists are kept.

    The lines after the first stand under the text, or with ``hang`` so many columns to the right of the mark.
    """

    text: str
    style: str = ""
    indent: int = 0
    mark: str = ""
    mark_style: str = ""
    hang: int | None = None

    def lines(self, console: Console, width: int) -> Iterator[Text]:
        mark, hang = printable(self.mark), self.hang
        first, *others = printable(self.text).split("\n")
        if not mark and (inset := _list_mark(first)):
            mark, first, hang = first[:inset], first[inset:], 0
            yield from TextBlock(first, self.style, self.indent, mark, self.style).lines(console, width)
        else:
            yield from self._first_lines(mark, first, console, width)
        below = self.indent + (cell_len(mark) if hang is None else hang)
        for text in others:
            inset = _list_mark(text)
            item = TextBlock(text[inset:], self.style, below, text[:inset], self.style)
            yield from item.lines(console, width)

    def _first_lines(self, mark: str, text: str, console: Console, width: int) -> Iterator[Text]:
        """A line of the author's behind the mark, wrapped."""
        inside = cell_len(mark) if self.hang is None else self.hang
        outside = _first_columns(mark, inside)
        start = Text.assemble(" " * self.indent, (set_cell_size(outside, inside), self.mark_style))
        body = Text.assemble((mark[len(outside) :], self.mark_style), (text, self.style))
        for line in body.wrap(console, max(width - self.indent - inside, LEAST_ROOM)):
            line.rstrip()
            yield start + line
            start = Text(" " * (self.indent + inside))


@dataclass(frozen=True, slots=True)
class Pair:
    """A name and what it is, in two columns; on a narrow terminal as ``name: what it is``. ``under`` stands below."""

    name: str
    text: str
    indent: int
    column: int
    style: str = ""
    under: Sequence[TextBlock] = ()

    def lines(self, console: Console, width: int) -> Iterator[Text]:
        name, column = one_line(self.name), self.column
        if width < ROOMY:
            column = self.indent + 2
            yield from self._lines_below(name, console, width)
        elif cell_len(name) + self.indent + 2 > column:
            yield from TextBlock(name, indent=self.indent).lines(console, width)
            yield from TextBlock(self.text, self.style, column).lines(console, width)
        else:
            mark = set_cell_size(name, column - self.indent)
            yield from TextBlock(self.text, self.style, self.indent, mark).lines(console, width)
        for one in self.under:
            below = TextBlock(one.text, one.style, column, one.mark, one.mark_style, one.hang)
            yield from below.lines(console, width)

    def _lines_below(self, name: str, console: Console, width: int) -> Iterator[Text]:
        """``name: what it is``; what fits a line of its own is not broken."""
        below = self.indent + 2
        if not name:
            yield from TextBlock(self.text, self.style, below).lines(console, width)
        elif self.indent + cell_len(f"{name}: {self.text}") > width >= below + cell_len(self.text):
            yield from TextBlock(f"{name}:", indent=self.indent).lines(console, width)
            yield from TextBlock(self.text, self.style, below).lines(console, width)
        else:
            mark = f"{name}: " if self.text else name
            yield from TextBlock(self.text, self.style, self.indent, mark, hang=2).lines(console, width)


@dataclass(frozen=True, slots=True)
class Verbatim:
    """Lines as they are, however wide: something to copy."""

    text: str
    mark: str = ""

    def lines(self, _console: Console, _width: int) -> Iterator[Text]:
        for line in printable(self.text).splitlines():
            yield Text.assemble((self.mark, "dim"), line)


class _Rule:
    """A line from one side to the other."""

    def lines(self, _console: Console, width: int) -> Iterator[Text]:
        yield Text("─" * width, "dim")


class Screen:
    """Collects what is shown, from top to bottom. It is a Rich renderable."""

    def __init__(self) -> None:
        self._parts: list[ScreenPart | None] = []  # None is a gap

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> Iterator[Text]:
        last, gap = "", False
        for part in self._parts:
            if part is None:
                gap = bool(last)
                continue
            for line in part.lines(console, options.max_width):
                if gap:
                    yield Text()
                    gap = False
                line.rstrip()
                line.no_wrap, line.overflow = True, "ignore"
                last = line.plain
                yield line

    def gap(self) -> None:
        """One empty line between what stands above and what stands below."""
        self._parts.append(None)

    def heading(self, text: str, style: str = "bold") -> None:
        """A heading with a gap above it."""
        self.gap()
        self.put(one_line(text), style)

    def put(
        self, text: str, style: str = "", indent: int = 0, mark: str = "", mark_style: str = "", hang: int | None = None
    ) -> None:
        """A paragraph behind a mark."""
        self.add(TextBlock(text, style, indent, mark, mark_style, hang))

    def pair(
        self,
        name: str,
        text: str,
        *,
        indent: int = 2,
        column: int = 28,
        style: str = "",
        under: Sequence[TextBlock] = (),
    ) -> None:
        """A name and what it is, in two columns where there is room."""
        self.add(Pair(name, text, indent, column, style, under))

    def labelled(self, label: str, *texts: str, style: str = "", indent: int = 4, label_style: str = "bold") -> None:
        """A label and its text on one line; below it a text of several lines, or a list of texts."""
        if len(texts) == 1 and "\n" not in texts[0].strip():
            self.put(texts[0], style, indent, f"{label}: ", label_style, hang=2)
            return
        if texts:
            self.put(f"{label}:", label_style, indent)
        for text in texts:
            self.put(text.strip(), style, indent + 2, "• " if len(texts) > 1 else "")

    def bullets(self, texts: Iterable[str], *, indent: int = 2, mark: str = "• ") -> None:
        for text in texts:
            self.put(text, indent=indent, mark=mark)

    def verbatim(self, text: str, mark: str = "") -> None:
        """Lines to copy, each behind the mark: never wrapped."""
        self.add(Verbatim(text, mark))

    def add(self, part: ScreenPart) -> None:
        self._parts.append(part)

    def rule(self) -> None:
        """A line from one side to the other."""
        self.gap()
        self.add(_Rule())


def printable(text: str) -> str:
    """The text as a terminal may have it."""
    return clean(text).expandtabs(4)


def one_line(text: str) -> str:
    """A name or a title on one line."""
    return " ".join(printable(text).split())


def _first_columns(text: str, columns: int) -> str:
    """As many characters as fit into so many columns."""
    if cell_len(text) <= columns:
        return text
    end = next(end for end in range(len(text), -1, -1) if cell_len(text[:end]) <= columns)
    return text[:end]


def _list_mark(text: str) -> int:
    """How many characters mark an item of a list (``- ``, ``* ``, ``• ``, ``1. ``); 0 where it is none."""
    body = text.lstrip(" ")
    inset = len(text) - len(body)
    number = body.partition(" ")[0]
    if body.startswith(_BULLETS):
        return inset + 2
    if number[-1:] in (".", ")") and number[:-1].isdecimal() and len(number) < 5:
        return inset + len(number) + 1
    return 0
