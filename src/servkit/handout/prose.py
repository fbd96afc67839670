"""Prose: an author's CommonMark as the content model. Raw HTML stays text, and a picture is its description."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING

from markdown_it import MarkdownIt
from markdown_it.tree import SyntaxTreeNode

from servkit.handout.model import Block, Code, Divider, Items, Paragraph, Quote, Run, Runs, Table, TableRow
from servkit.text import clean

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

#: Where a link may lead. Anything else (javascript:, data:, file:, a path) stays text.
_OUTSIDE = re.compile(r"(?:https?://|mailto:)[^\s\x00-\x1f]+\Z", re.IGNORECASE)
#: A Liquid output: its name, and the default where it has one.
_BLANK = re.compile(r"\{\{-?\s*([^{}|]*?)\s*(?:\|\s*default:\s*(?:\"([^\"]*)\"|'([^']*)')[^{}]*|\|[^{}]*)?-?\}\}")
#: Around the name of what a filled script lacks: characters that no text has.
OPEN, CLOSE = "\ufdd0", "\ufdd1"
_HOLE = re.compile(f"{OPEN}([^{CLOSE}]*){CLOSE}")
_TAG = re.compile(r"\{%.*?%\}", re.DOTALL)


@cache
def _parser() -> MarkdownIt:
    return MarkdownIt("commonmark", {"html": False}).enable("table")


def prose(words: str) -> tuple[Block, ...]:
    """An author's text as blocks. A heading in it becomes a bold paragraph, because the outline is the book's own."""
    words = clean(words).strip()
    try:
        return _blocks(SyntaxTreeNode(_parser().parse(words)))
    except RecursionError:  # marks inside marks by the hundred: nobody meant them as markup
        return (Paragraph((Run(words),)),)


def inline(words: str) -> Runs:
    """An author's text as one line, with line breaks between its paragraphs."""
    return _on_one_line(prose(words))


def blank_name(name: str) -> str:
    """What a placeholder is called where nothing better is known: the last part of its name."""
    return name.rpartition(".")[2].replace("_", " ").replace("-", " ").strip()


def script_runs(
    words: str,
    fill: Callable[[str], str | None] = lambda _: None,
    title: Callable[[str], str] = blank_name,
) -> Runs:
    """The words of a script. A placeholder becomes what ``fill`` knows, else a blank that says with its ``title`` what
    belongs there.

    Scripts are spoken, so Markdown in them stays as it is, and lines are kept.
    """
    words = _TAG.sub("", clean(words)).strip()
    out: list[Run] = []
    end = 0
    for found in _BLANK.finditer(words):
        out += _lines(words[end : found.start()])
        end = found.end()
        known = fill(found[1])
        if known is not None:
            out.append(Run(known))
            continue
        out.append(Run(title(found[1]) or found[2] or found[3] or "…", blank=True))
    return (*out, *_lines(words[end:]))


def filled_runs(words: str, title: Callable[[str], str] = blank_name) -> Runs:
    """The words of a filled script, in which a name between ``OPEN`` and ``CLOSE`` is a blank."""
    out: list[Run] = []
    for number, part in enumerate(_HOLE.split(clean(words).strip())):
        out += [Run(title(part) or "…", blank=True)] if number % 2 else _lines(part)
    return tuple(out)


def _lines(words: str) -> Iterator[Run]:
    for number, line in enumerate(words.split("\n")):
        if number:
            yield Run("\n")
        if line:
            yield Run(line)


def _on_one_line(blocks: tuple[Block, ...]) -> Runs:
    out: Runs = ()
    for block in blocks:
        if isinstance(block, Paragraph):
            runs = block.words
        elif isinstance(block, Code):
            runs = (Run(block.words, code=True),)
        elif isinstance(block, Quote):
            runs = _on_one_line(block.blocks)
        elif isinstance(block, Table):
            runs = _rows_on_one_line(block)
        elif isinstance(block, Items):
            runs = _on_one_line(tuple(part for item in block.items for part in item))
        else:
            runs = ()
        out += (Run("\n"), *runs) if out and runs else runs
    return out


def _rows_on_one_line(table: Table) -> Runs:
    """A table where there is room for lines only: each row with the words of the head."""
    out: Runs = ()
    for row in table.rows:
        out += (Run("\n"),) if out else ()
        for place, (name, cell) in enumerate(zip(table.head, row.cells, strict=False)):
            out += (Run(" · "),) if place else ()
            out += (*name, Run(": "), *cell) if place and name else cell
    return out


def _blocks(node: SyntaxTreeNode) -> tuple[Block, ...]:
    return tuple(block for child in node.children if (block := _block(child)) is not None)


def _block(node: SyntaxTreeNode) -> Block | None:
    match node.type:
        case "paragraph":
            words = _joined(_runs(node, Run("")))
            return Paragraph(words) if words else None
        case "heading":
            words = _joined(replace(run, strong=True, emphasis=False) for run in _runs(node, Run("")))
            return Paragraph(words) if words else None
        case "bullet_list" | "ordered_list":
            ordered = node.type == "ordered_list"
            return Items(tuple(map(_blocks, node.children)), ordered, int(node.attrs.get("start") or 1))
        case "blockquote":
            return Quote(_blocks(node))
        case "fence" | "code_block":
            return Code(node.content.rstrip("\n"))
        case "hr":
            return Divider()
        case "table":
            return _table(node)
    return None


def _table(node: SyntaxTreeNode) -> Table:
    head, *rows = (tuple(_joined(_runs(cell, Run(""))) for cell in row.children) for part in node.children
                   for row in part.children)  # fmt: skip
    return Table(head, tuple(TableRow(row) for row in rows))


def _runs(node: SyntaxTreeNode, style: Run) -> Iterator[Run]:
    """The text in a node; ``style`` is a run that has the style and no text."""
    for child in node.children:
        match child.type:
            case "strong":
                yield from _runs(child, replace(style, strong=True))
            case "em":
                yield from _runs(child, replace(style, emphasis=True))
            case "link":
                target = str(child.attrs.get("href") or "")
                yield from _runs(child, replace(style, link=target if _OUTSIDE.match(target) else ""))
            case "inline" | "image":
                yield from _runs(child, style)
            case "hardbreak":
                yield Run("\n")
            case "softbreak":
                yield replace(style, text=" ")
            case _:
                if child.content:
                    yield replace(style, text=child.content, code=child.type == "code_inline")


def _joined(runs: Iterator[Run]) -> Runs:
    """Neighbours of one style as one run."""
    out: list[Run] = []
    for run in runs:
        if out and "\n" not in (run.text, out[-1].text) and replace(run, text="") == replace(out[-1], text=""):
            out[-1] = replace(run, text=out[-1].text + run.text)
        else:
            out.append(run)
    return tuple(out)
