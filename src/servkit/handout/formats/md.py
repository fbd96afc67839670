"""Markdown, for a wiki. Every text is escaped, so that nothing in a book becomes markup there."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from servkit.handout import model as m

if TYPE_CHECKING:
    from collections.abc import Iterable

    from servkit.handout.progress import Progress
    from servkit.handout.theme import Theme

SUFFIX = ".md"
_SPECIAL = re.compile(r"([\\`*_{}\[\]<>|~$])|(?<!\w)(#)|(#)(?!\w)|(!)(?=\[)|(?<![\w/])(@)")
#: At the start of a line these begin a list, heading, quotation or rule.
_OPENING = re.compile(r"^(\s*)([-+=>#:]|\d+(?=[.)]))", re.MULTILINE)
_ENTITY = re.compile(r"&(?=[#\w]+;)")
#: Words that wikis turn into links by themselves.
_BARE = re.compile(r"(?i)\b(https?|ftp|javascript|data|file)(:)|\b(www)(\.)")


def escape(words: str, *, cell: bool = False) -> str:
    """Text without anything that Markdown takes for markup."""
    out = _ENTITY.sub("&amp;", words)
    out = _SPECIAL.sub(lambda found: "\\" + found[0], out)
    out = _BARE.sub(lambda found: f"{found[1] or found[3]}\\{found[2] or found[4]}", out)
    out = " ".join(out.split()) if cell else out
    return _OPENING.sub(lambda found: f"{found[1]}\\{found[2]}" if not found[2].isdigit() else found[0] + "\\", out)


def write(handout: m.Handout, theme: Theme, progress: Progress) -> bytes:
    """The whole handout as one text."""
    parts = [f"# {escape(handout.title)}", f"**{escape(handout.book)}**"]
    if handout.subtitle:
        parts.append(f"*{escape(handout.subtitle)}*")
    parts.append(" · ".join(escape(line) for line in handout.lines))
    if handout.contents:
        parts.append("\n".join(f"- [{escape(chapter.title)}](#{chapter.anchor})" for chapter in handout.chapters))
    for number, chapter in enumerate(handout.chapters, 1):
        parts.append(f'<a id="{chapter.anchor}"></a>\n\n## {escape(chapter.title)}')
        parts += map(block, chapter.blocks)
        progress(number, len(handout.chapters))
    parts += ["---", escape(handout.footer)]
    return ("\n\n".join(part for part in parts if part) + "\n").encode("utf-8")


def inline(runs: m.Runs, *, cell: bool = False) -> str:
    """Runs of text. In a table's cell a line break has to be a tag."""
    return "".join(_run(run, cell=cell) for run in runs)


def _run(run: m.Run, *, cell: bool) -> str:
    if run.text == "\n":
        return "<br>" if cell else "\\\n"
    head = run.text[: len(run.text) - len(run.text.lstrip())]
    tail = run.text[len(run.text.rstrip()) :] if run.text.strip() else ""
    inner = run.text.strip()
    if not inner:
        return head
    if run.code:
        ticks = "`" * (max((len(found) for found in re.findall("`+", inner)), default=0) + 1)
        pad = " " if inner[0] == "`" or inner[-1] == "`" else ""
        out = f"{ticks}{pad}{inner.replace('|', '¦') if cell else inner}{pad}{ticks}".replace("\n", " ")
    else:
        out = escape(inner)
    if run.blank:
        out = f"[{out}]".replace("[", "\\[", 1)[:-1] + "\\]"
    if run.emphasis:
        out = f"*{out}*"
    if run.strong:
        out = f"**{out}**"
    if run.link:
        out = f"[{out}](<{run.link.replace('>', '%3E').replace('<', '%3C')}>)"
    elif run.ref:
        out = f"[{out}](#{run.ref})"
    return head + out + tail


def block(part: m.Block) -> str:
    """One block."""
    out: str = _WRITERS[type(part)](part)
    return out


def _all(blocks: Iterable[m.Block]) -> str:
    return "\n\n".join(filter(None, map(block, blocks)))


def _indent(words: str, by: str, first: str = "") -> str:
    lines = words.split("\n")
    return "\n".join([first + lines[0], *(by + line if line else "" for line in lines[1:])])


def _heading(part: m.Heading) -> str:
    anchor = f'<a id="{part.anchor}"></a>\n\n' if part.anchor else ""
    label = f" ({escape(part.label)})" if part.label else ""
    return f"{anchor}{'#' * min(part.level + 1, 6)} {inline(part.words, cell=True)}{label}"


def _paragraph(part: m.Paragraph) -> str:
    words = inline(part.words)
    if part.style == "label":
        return f"**{m.plain(part.words) and escape(m.plain(part.words))}**"
    return f"*{words}*" if part.style == "note" and "*" not in words and "\n" not in words else words


def _items(part: m.Items) -> str:
    out = []
    for number, item in enumerate(part.items, part.first):
        mark = f"{number}. " if part.ordered else "- "
        out.append(_indent(_all(item), " " * len(mark), mark))
    return "\n".join(out)


def _quoted(blocks: tuple[m.Block, ...], label: str) -> str:
    words = "\n\n".join(filter(None, [f"**{escape(label)}**" if label else "", _all(blocks)]))
    return "\n".join(f"> {line}".rstrip() for line in words.split("\n"))


def _code(part: m.Code) -> str:
    fence = "`" * (max((len(found) for found in re.findall("`+", part.words)), default=2) + 1)
    fence = max(fence, "```", key=len)
    return f"{fence}\n{part.words}\n{fence}"


def _table(part: m.Table) -> str:
    head = "| " + " | ".join(inline(cell, cell=True) for cell in part.head) + " |"
    rule = "|" + " --- |" * len(part.head)
    rows = ["| " + " | ".join(("– " if row.sub and not place else "") + inline(cell, cell=True)
            for place, cell in enumerate(row.cells)) + " |" for row in part.rows]  # fmt: skip
    caption = f"**{inline(part.caption)}**\n\n" if part.caption else ""
    return caption + "\n".join([head, rule, *rows])


def _saynot(part: m.SayNot) -> str:
    head = ((m.Run(part.not_label),), (m.Run(part.say_label),))
    return _table(m.Table(head, tuple(m.TableRow(pair) for pair in part.pairs)))


def _measures(part: m.Measures) -> str:
    return "\n".join(
        f"- **{escape(item.value)}** {escape(item.label)}" + (f" ({escape(item.note)})" if item.note else "")
        for item in part.items
    )


def _signoff(part: m.SignOff) -> str:
    rows = [f"| {escape(label, cell=True)} | {escape(known, cell=True)} |" for label, known in part.fields]
    return escape(part.note) + "\n\n| | |\n| --- | --- |\n" + "\n".join(rows)


def _lines(part: m.Lines) -> str:
    label = f"**{escape(part.label)}**\n\n" if part.label else ""
    return label + "\\_" * 40


def _question(part: m.Question) -> str:
    out = [f"**{part.number}.** {inline(part.words)}"]
    if part.story:
        out.append(f"> {inline(part.story, cell=True)}")
    choices = []
    for place, choice in enumerate(part.choices):
        words = escape(choice)
        choices.append(f"- {chr(65 + place)}. " + (f"**{words}** ✓" if place == part.answer else words))
    out.append("\n".join(choices))
    if part.reason:
        out.append(inline(part.reason))
    if part.place:
        out.append(inline((m.Run(part.place, code=True),)))
    return "\n\n".join(out)


def _cutsheet(part: m.CutSheet) -> str:
    cards = [f"### {escape(card.label)}: {escape(card.title)}\n\n{_all(card.blocks)}" for card in part.cards]
    return "\n\n---\n\n".join(cards)


def _index(part: m.Index) -> str:
    return "\n".join(
        f"- {escape(entry.words)}: " + ", ".join(f"[{escape(title)}](#{place})" for title, place in entry.places)
        for entry in part.entries
    )


_WRITERS: dict[type[m.Block], Any] = {
    m.Heading: _heading,
    m.Paragraph: _paragraph,
    m.Items: _items,
    m.Quote: lambda part: _quoted(part.blocks, part.label),
    m.Callout: lambda part: _quoted(part.blocks, part.title),
    m.Code: _code,
    m.Divider: lambda _: "---",
    m.Table: _table,
    m.SayNot: _saynot,
    m.Measures: _measures,
    m.Checklist: lambda part: "\n".join(f"- [ ] {inline(words, cell=True)}" for words in part.items),
    m.SignOff: _signoff,
    m.Lines: _lines,
    m.Columns: lambda part: _all((*part.left, *part.right)),
    m.Question: _question,
    m.CutSheet: _cutsheet,
    m.Index: _index,
}
