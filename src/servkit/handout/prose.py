"""Prose: CommonMark parsed once into the content model. Raw HTML is text like any other; pictures are their words."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, Any

from servkit.handout.model import Block, Code, Divider, Items, Paragraph, Quote, Run, Runs
from servkit.text import clean

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

#: Where a link may lead. Anything else (javascript:, data:, file:, a path) stays text.
_OUTSIDE = re.compile(r"(?:https?://|mailto:)[^\s\x00-\x1f]+\Z", re.IGNORECASE)
#: A Liquid output: its name, and the fallback where one is given.
_BLANK = re.compile(r"\{\{-?\s*([^{}|]*?)\s*(?:\|\s*default:\s*(?:\"([^\"]*)\"|'([^']*)')[^{}]*|\|[^{}]*)?-?\}\}")
_TAG = re.compile(r"\{%.*?%\}", re.DOTALL)
#: Text in which CommonMark can find nothing to do but paragraphs; most of a book.
_MARKED = re.compile(r"[\\`*_{}\[\]<>#&~|!\t\n]|^\s*(?:[-+=]|\d+[.)])|  $")


@cache
def _parser() -> Any:
    from markdown_it import MarkdownIt

    return MarkdownIt("commonmark", {"html": False})


def prose(words: str) -> tuple[Block, ...]:
    """An author's text as blocks. A heading inside prose is a strong paragraph: the outline is the book's own."""
    words = clean(words).strip()
    if not words:
        return ()
    if not _MARKED.search(words):
        return (Paragraph((Run(words),)),)
    return _Tree(_parser().parse(words)).blocks()


def inline(words: str) -> Runs:
    """An author's text where one line is wanted; several paragraphs are parted by line breaks."""
    out: list[Run] = []
    for block in prose(words):
        found = _flat(block)
        if out and found:
            out.append(Run("\n"))
        out += found
    return tuple(out)


def _flat(block: Block) -> list[Run]:
    if isinstance(block, Paragraph):
        return list(block.words)
    if isinstance(block, Code):
        return [Run(block.words, code=True)]
    inner: Sequence[Block] = ()
    if isinstance(block, Quote):
        inner = block.blocks
    if isinstance(block, Items):
        inner = [part for item in block.items for part in item]
    out: list[Run] = []
    for part in inner:
        out += [*([Run("\n")] if out else []), *_flat(part)]
    return out


def spoken(words: str, fill: Callable[[str], str | None] = lambda _: None) -> Runs:
    """Words of a script: Liquid's placeholders become blanks that name what belongs there, or what ``fill`` knows.

    Scripts are said, not typeset: markdown in them is left as it is, and lines are kept.
    """
    words = _TAG.sub("", clean(words)).strip()
    out: list[Run] = []
    at = 0
    for found in _BLANK.finditer(words):
        out += _lines(words[at : found.start()])
        fallback = found[2] or found[3]
        known = fill(found[1])
        if known is not None:
            out.append(Run(known))
            at = found.end()
            continue
        name = found[1].rpartition(".")[2].replace("_", " ").replace("-", " ").strip()
        out.append(Run(name or fallback or "…", blank=True))
        at = found.end()
    out += _lines(words[at:])
    return tuple(out)


def _lines(words: str) -> list[Run]:
    out: list[Run] = []
    for number, line in enumerate(words.split("\n")):
        if number:
            out.append(Run("\n"))
        if line:
            out.append(Run(line))
    return out


class _Tree:
    """From markdown-it's flat list of tokens to blocks."""

    def __init__(self, tokens: Sequence[Any]) -> None:
        self.tokens, self.at = tokens, 0

    def blocks(self, until: str = "") -> tuple[Block, ...]:
        out: list[Block] = []
        while self.at < len(self.tokens):
            token = self.tokens[self.at]
            self.at += 1
            if token.type == until:
                break
            block = self._block(token)
            if block is not None:
                out.append(block)
        return tuple(out)

    def _block(self, token: Any) -> Block | None:
        kind = token.type
        if kind in ("paragraph_open", "heading_open"):
            content = self.tokens[self.at]
            self.at += 2
            words = _inline(content.children or [])
            if kind == "heading_open":
                words = tuple(Run(run.text, strong=True, code=run.code, link=run.link) for run in words)
            return Paragraph(words) if words else None
        if kind in ("bullet_list_open", "ordered_list_open"):
            return self._items(token)
        if kind == "blockquote_open":
            return Quote(self.blocks("blockquote_close"))
        if kind in ("code_block", "fence"):
            return Code(token.content.rstrip("\n"))
        return Divider() if kind == "hr" else None

    def _items(self, token: Any) -> Items:
        ordered = token.type == "ordered_list_open"
        end = token.type.replace("open", "close")
        items: list[tuple[Block, ...]] = []
        while self.tokens[self.at].type != end:
            self.at += 1  # list_item_open
            items.append(self.blocks("list_item_close"))
        self.at += 1
        first = int(token.attrGet("start") or 1) if ordered and token.attrGet("start") != 0 else 1
        return Items(tuple(items), ordered, first)


def _inline(tokens: Sequence[Any]) -> Runs:
    out: list[Run] = []
    strong = emphasis = 0
    links: list[str] = []
    for token in tokens:
        kind = token.type
        if kind in ("strong_open", "strong_close"):
            strong += token.nesting
        elif kind in ("em_open", "em_close"):
            emphasis += token.nesting
        elif kind == "link_open":
            target = str(token.attrGet("href") or "")
            links.append(target if _OUTSIDE.match(target) else "")
        elif kind == "link_close":
            links.pop()
        elif kind == "hardbreak":
            out.append(Run("\n"))
        else:
            words = " " if kind == "softbreak" else token.content
            if words:
                link = links[-1] if links else ""
                out.append(Run(words, bool(strong), bool(emphasis), kind == "code_inline", link))
    return _joined(out)


def _joined(found: list[Run]) -> Runs:
    """Neighbours of one style as one run."""
    out: list[Run] = []
    for run in found:
        if out and run.text != "\n" != out[-1].text and _style(run) == _style(out[-1]):
            out[-1] = Run(out[-1].text + run.text, run.strong, run.emphasis, run.code, run.link)
        else:
            out.append(run)
    return tuple(out)


def _style(run: Run) -> tuple[bool, bool, bool, str]:
    return run.strong, run.emphasis, run.code, run.link
