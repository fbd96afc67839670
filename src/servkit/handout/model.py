"""The content model: what a handout says, before anybody decides what it looks like.

Everything is a record of plain data. Text is text: no format may read markup out of it.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(frozen=True)
class Run:
    """A stretch of text in one style. ``link`` leads outside (http, https, mailto), ``ref`` to an anchor in the same
    document; ``blank`` is something to be filled in by whoever speaks. A text of one line feed is a line break."""

    text: str
    strong: bool = False
    emphasis: bool = False
    code: bool = False
    link: str = ""
    ref: str = ""
    blank: bool = False


Runs = tuple[Run, ...]


def text(words: str) -> Runs:
    """Plain words as runs."""
    return (Run(words),) if words else ()


def strong(words: str) -> Runs:
    """Words that stand out."""
    return (Run(words, strong=True),) if words else ()


def ref(words: str, anchor: str) -> Runs:
    """Words that lead to another place of the document."""
    return (Run(words, ref=anchor),)


def plain(runs: Runs) -> str:
    """Runs as words alone."""
    return "".join(run.text for run in runs)


@dataclass(frozen=True)
class Block:
    """Anything that stands on its own line."""


@dataclass(frozen=True)
class Heading(Block):
    """A heading below a chapter's: level 2 is a section, 3 a part of one. ``label`` stands before it, small."""

    level: int
    words: Runs
    anchor: str = ""
    label: str = ""


@dataclass(frozen=True)
class Paragraph(Block):
    """``style``: "" for running text, ``lead`` for a statement, ``note`` for small print."""

    words: Runs
    style: str = ""


@dataclass(frozen=True)
class Items(Block):
    """A list; every item is a few blocks. ``first`` is the number of an ordered list's first item."""

    items: tuple[tuple[Block, ...], ...]
    ordered: bool = False
    first: int = 1


@dataclass(frozen=True)
class Quote(Block):
    """What somebody said or did; ``said`` tells a story from words to be spoken."""

    blocks: tuple[Block, ...]
    label: str = ""
    said: bool = False


@dataclass(frozen=True)
class Code(Block):
    """Text to be shown as it is typed."""

    words: str


@dataclass(frozen=True)
class Divider(Block):
    """A line across."""


@dataclass(frozen=True)
class TableRow:
    """A row of a table; a ``sub`` row belongs to the one above it."""

    cells: tuple[Runs, ...]
    sub: bool = False


@dataclass(frozen=True)
class Table(Block):
    """``caption`` says what the table is about; the first column names the rows. ``numbers`` are the columns from
    which on values stand (they are set apart and never broken if that can be helped)."""

    head: tuple[Runs, ...]
    rows: tuple[TableRow, ...]
    caption: Runs = ()
    numbers: int = 99


@dataclass(frozen=True)
class Callout(Block):
    """A box beside the text. ``kind``: why, trust, note, fixed."""

    kind: str
    title: str
    blocks: tuple[Block, ...]


@dataclass(frozen=True)
class Measure:
    """A number to remember, and what it is the number of."""

    value: str
    label: str
    note: str = ""


@dataclass(frozen=True)
class Measures(Block):
    """Numbers to remember, side by side."""

    items: tuple[Measure, ...]


@dataclass(frozen=True)
class SayNot(Block):
    """Pairs of what not to say and what to say."""

    not_label: str
    say_label: str
    pairs: tuple[tuple[Runs, Runs], ...]


@dataclass(frozen=True)
class Checklist(Block):
    """Boxes to tick."""

    items: tuple[Runs, ...]


@dataclass(frozen=True)
class SignOff(Block):
    """Lines to fill in and sign under a ``note``; each field is a label with what is already known."""

    note: str
    fields: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Lines(Block):
    """Room to write."""

    count: int
    label: str = ""


@dataclass(frozen=True)
class Columns(Block):
    """Two columns where there is room, one after the other where there is not."""

    left: tuple[Block, ...]
    right: tuple[Block, ...]


@dataclass(frozen=True)
class CutCard:
    """One card of a sheet to be cut apart. ``tone``: agent, customer, observer."""

    tone: str
    label: str
    title: str
    blocks: tuple[Block, ...]


@dataclass(frozen=True)
class CutSheet(Block):
    """Cards with cut lines between them; ``per_page`` is 4 or 8."""

    cards: tuple[CutCard, ...]
    per_page: int = 4


@dataclass(frozen=True)
class Question(Block):
    """A question with choices. ``answer`` is the place of the right one, or None on a participant's copy, which then
    holds nothing that gives it away."""

    number: int
    words: Runs
    choices: tuple[str, ...]
    answer: int | None = None
    reason: Runs = ()
    place: str = ""
    story: Runs = ()
    #: Says which question it is, in any order and number.
    key: str = ""


@dataclass(frozen=True)
class IndexEntry:
    """A word and the anchors where it is dealt with."""

    words: str
    places: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Index(Block):
    """Words in order, and where they are dealt with."""

    entries: tuple[IndexEntry, ...]


@dataclass(frozen=True)
class Chapter:
    """A part that begins on a new page. ``one_page`` must fit on one; ``label`` stands before its title, small."""

    title: str
    anchor: str
    blocks: tuple[Block, ...]
    label: str = ""
    one_page: bool = False


@dataclass(frozen=True)
class Handout:
    """A whole handout. ``name`` is what its file is called; ``footer`` stands on every page; a ``cover`` has lines."""

    name: str
    title: str
    book: str
    chapters: tuple[Chapter, ...]
    footer: str
    language: str = "en"
    subtitle: str = ""
    cover: bool = False
    lines: tuple[str, ...] = ()
    contents: bool = False
    #: Whether the pages run from right to left.
    rtl: bool = False
    #: The day the handout is for, as YYYY-MM-DD.
    day: str = ""
    #: What the formats themselves have to say: see the folder ``words``.
    words: Mapping[str, str] = field(default_factory=dict)
