"""The content model: what a handout says, before anybody decides what it looks like.

Everything is a plain value. Text is only text: no format may read markup in it.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(frozen=True)
class Run:
    """A stretch of text in one style. ``link`` leads outside (http, https, mailto), ``ref`` to an anchor in the same
    handout; ``blank`` is for the speaker to fill in. A text of one line feed is a line break."""

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
    """Words that lead to another place in the handout."""
    return (Run(words, ref=anchor),)


def plain(runs: Runs) -> str:
    """Runs as words alone."""
    return "".join(run.text for run in runs)


@dataclass(frozen=True)
class Block:
    """Anything that has lines of its own."""


@dataclass(frozen=True)
class Heading(Block):
    """A heading below a chapter's: level 2 is a section, 3 a part of one. ``label`` comes before it, in small type."""

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
    """What somebody once did, or a ``script`` to be spoken."""

    blocks: tuple[Block, ...]
    label: str = ""
    script: bool = False


@dataclass(frozen=True)
class Code(Block):
    """Text that is shown as it was typed."""

    words: str


@dataclass(frozen=True)
class Divider(Block):
    """A line across the page."""


@dataclass(frozen=True)
class TableRow:
    """A row of a table; a ``sub`` row belongs to the one above it."""

    cells: tuple[Runs, ...]
    sub: bool = False


@dataclass(frozen=True)
class Table(Block):
    """``caption`` says what the table is about; the first column names the rows. ``numbers`` is the
    first column that holds values; formats set them apart and avoid breaking them."""

    head: tuple[Runs, ...]
    rows: tuple[TableRow, ...]
    caption: Runs = ()
    numbers: int = 99


@dataclass(frozen=True)
class Callout(Block):
    """A box beside the text. ``kind``: why, trust, fixed, or say (scripts that a card can do without)."""

    kind: str
    title: str
    blocks: tuple[Block, ...]


@dataclass(frozen=True)
class Measure:
    """A number to remember, with what it means."""

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
    """Lines to fill in and sign under a ``note``; each field is a label, with what is known already."""

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
    """A question with choices. ``answer`` is the index of the right one, or None on a participant's copy,
    where nothing else gives it away."""

    number: int
    words: Runs
    choices: tuple[str, ...]
    answer: int | None = None
    reason: Runs = ()
    place: str = ""
    story: Runs = ()
    #: Which question this is, whatever its number.
    key: str = ""


@dataclass(frozen=True)
class IndexEntry:
    """A word, and the titles and anchors of the places about it. ``initial`` is the letter that it is filed under."""

    words: str
    places: tuple[tuple[str, str], ...]
    initial: str = ""


@dataclass(frozen=True)
class Index(Block):
    """Words in order, with the places about them."""

    entries: tuple[IndexEntry, ...]


@dataclass(frozen=True)
class Chapter:
    """A part of a handout. With ``one_page`` it has to fit on one;
    ``label`` comes before its title, in small type."""

    title: str
    anchor: str
    blocks: tuple[Block, ...]
    label: str = ""
    one_page: bool = False


@dataclass(frozen=True)
class Handout:
    """A whole handout. ``name`` is its file's name; ``footer`` is on every page; ``lines`` are on the cover."""

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
    #: Whether chapters follow each other on a page; otherwise each begins a new one.
    flows: bool = False
    #: Whether the pages run from right to left.
    rtl: bool = False
    #: The day the handout is for, as YYYY-MM-DD.
    day: str = ""
    #: The words that formats add themselves (see :mod:`servkit.handout.vocabulary`).
    words: Mapping[str, str] = field(default_factory=dict)
