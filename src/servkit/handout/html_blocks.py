"""Blocks as HTML. Every text goes through :func:`html.escape`."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING, Any

from servkit.handout import model as m

if TYPE_CHECKING:
    from collections.abc import Iterable


def inline(runs: m.Runs) -> str:
    """Runs of text."""
    return "".join(map(_run, runs))


def _run(run: m.Run) -> str:
    if run.text == "\n":
        return "<br>"
    out = escape(run.text)
    if run.code:
        out = f"<code>{out}</code>"
    if run.blank:
        out = f'<span class="blank">{out}</span>'
    if run.emphasis:
        out = f"<em>{out}</em>"
    if run.strong:
        out = f"<strong>{out}</strong>"
    if run.link:
        out = f'<a href="{escape(run.link)}" rel="noreferrer">{out}</a>'
    elif run.ref:
        out = f'<a href="#{escape(run.ref)}">{out}</a>'
    return out


class HtmlBlocks:
    """Writes blocks."""

    def __init__(self, handout: m.Handout) -> None:
        self.words = handout.words
        self._tables = 0

    def all(self, blocks: Iterable[m.Block]) -> str:
        return "\n".join(map(self.one, blocks))

    def one(self, block: m.Block) -> str:
        write: Any = getattr(self, f"_{type(block).__name__.lower()}")
        out: str = write(block)
        return out

    # --- text -------------------------------------------------------------------------------------------------

    def _heading(self, block: m.Heading) -> str:
        level = min(block.level + 1, 6)
        id_ = f' id="{escape(block.anchor)}"' if block.anchor else ""
        label = f'<span class="eyebrow">{escape(block.label)}</span> ' if block.label else ""
        return f"<h{level}{id_}>{label}{inline(block.words)}</h{level}>"

    def _paragraph(self, block: m.Paragraph) -> str:
        style = f' class="{escape(block.style)}"' if block.style else ""
        return f"<p{style}>{inline(block.words)}</p>"

    def _items(self, block: m.Items) -> str:
        tag = "ol" if block.ordered else "ul"
        start = f' start="{block.first}"' if block.ordered and block.first != 1 else ""
        items = "".join(f"<li>{self._tight(item)}</li>" for item in block.items)
        return f"<{tag}{start}>{items}</{tag}>"

    def _tight(self, blocks: tuple[m.Block, ...]) -> str:
        """Blocks of an item. The first paragraph has no tag, and so no space around it."""
        if blocks and isinstance(blocks[0], m.Paragraph) and not blocks[0].style:
            return inline(blocks[0].words) + self.all(blocks[1:])
        return self.all(blocks)

    def _quote(self, block: m.Quote) -> str:
        label = f'<p class="label">{escape(block.label)}</p>' if block.label else ""
        kind = "script" if block.script else "story"
        return f'<blockquote class="{kind}">{label}{self.all(block.blocks)}</blockquote>'

    def _code(self, block: m.Code) -> str:
        return f'<pre tabindex="0"><code>{escape(block.words)}</code></pre>'

    def _divider(self, _: m.Divider) -> str:
        return "<hr>"

    # --- boxes and tables -------------------------------------------------------------------------------------

    def _table(self, block: m.Table) -> str:
        self._tables += 1
        name = f"table-{self._tables}"
        head = "".join(
            f'<th scope="col"{self._number(block, place)}>{inline(cell)}</th>' for place, cell in enumerate(block.head)
        )
        rows = "".join(self._row(block, row) for row in block.rows)
        caption = f'<caption id="{name}">{inline(block.caption)}</caption>' if block.caption else ""
        named = f'aria-labelledby="{name}"' if block.caption else f'aria-label="{escape(m.plain(block.head[0]))}"'
        wide = " wide" if len(block.head) > 4 else ""
        return (
            f'<div class="scroll{wide}" role="group" tabindex="0" {named}><table>{caption}'
            f"<thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table></div>"
        )

    def _number(self, block: m.Table, place: int) -> str:
        return ' class="value"' if place >= block.numbers else ""

    def _row(self, block: m.Table, row: m.TableRow) -> str:
        first = f'<th scope="row">{inline(row.cells[0])}</th>'
        rest = "".join(
            f"<td{self._number(block, place)}>{inline(cell)}</td>" for place, cell in enumerate(row.cells[1:], 1)
        )
        kind = ' class="sub"' if row.sub else ""
        return f"<tr{kind}>{first}{rest}</tr>"

    def _callout(self, block: m.Callout) -> str:
        kind, title = escape(block.kind), escape(block.title)
        body = self.all(block.blocks)
        return f'<div class="callout {kind}" role="note" aria-label="{title}"><p class="label">{title}</p>{body}</div>'

    def _measures(self, block: m.Measures) -> str:
        items = "".join(
            f"<div><dt>{escape(item.label)}</dt><dd>{escape(item.value)}"
            + (f"<small>{escape(item.note)}</small>" if item.note else "")
            + "</dd></div>"
            for item in block.items
        )
        return f'<dl class="measures">{items}</dl>'

    def _saynot(self, block: m.SayNot) -> str:
        rows = "".join(
            f'<tr><td class="not">{inline(avoid)}</td><td class="yes">{inline(better)}</td></tr>'
            for avoid, better in block.pairs
        )
        head = f'<th scope="col">{escape(block.not_label)}</th><th scope="col">{escape(block.say_label)}</th>'
        return f'<table class="saynot"><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>'

    # --- to be filled in --------------------------------------------------------------------------------------

    def _checklist(self, block: m.Checklist) -> str:
        items = "".join(
            f'<li><label><input type="checkbox"> <span>{inline(words)}</span></label></li>' for words in block.items
        )
        return f'<ul class="checks">{items}</ul>'

    def _signoff(self, block: m.SignOff) -> str:
        rows = "".join(f"<div><dt>{escape(label)}</dt><dd>{escape(known)}</dd></div>" for label, known in block.fields)
        return f'<p>{escape(block.note)}</p><dl class="signoff">{rows}</dl>'

    def _lines(self, block: m.Lines) -> str:
        label = f'<p class="label">{escape(block.label)}</p>' if block.label else ""
        return f'{label}<div class="lines">{"<span></span>" * block.count}</div>'

    def _question(self, block: m.Question) -> str:
        story = f'<p class="lead">{inline(block.story)}</p>' if block.story else ""
        name = f"q{block.number}"
        if block.answer is None:
            choices = "".join(
                f'<li><label><input type="radio" name="{name}"> <span>{escape(choice)}</span></label></li>'
                for choice in block.choices
            )
            body = f'<ol class="choices">{choices}</ol>'
            legend = f'<legend><span class="eyebrow">{block.number}</span> {inline(block.words)}</legend>'
            return f'<fieldset class="question">{legend}{story}{body}</fieldset>'
        choices = "".join(
            self._choice(choice, right=place == block.answer) for place, choice in enumerate(block.choices)
        )
        because = (
            f"<p><strong>{escape(self.words['because'])}:</strong> {inline(block.reason)}</p>" if block.reason else ""
        )
        place = f'<p class="note"><code>{escape(block.place)}</code></p>' if block.place else ""
        head = f'<p class="question-text"><span class="eyebrow">{block.number}</span> {inline(block.words)}</p>'
        return f'<div class="question">{head}{story}<ol class="choices">{choices}</ol>{because}{place}</div>'

    def _choice(self, choice: str, *, right: bool) -> str:
        if right:
            return f'<li class="right"><strong>✓ {escape(choice)}</strong></li>'
        return f"<li>{escape(choice)}</li>"

    # --- arrangements -----------------------------------------------------------------------------------------

    def _columns(self, block: m.Columns) -> str:
        return f'<div class="columns"><div>{self.all(block.left)}</div><div>{self.all(block.right)}</div></div>'

    def _cutsheet(self, block: m.CutSheet) -> str:
        cards = "".join(
            f'<div class="cut {escape(card.tone)}"><p class="eyebrow">{escape(card.label)}</p>'
            f'<p class="cardtitle">{escape(card.title)}</p>{self.all(card.blocks)}</div>'
            for card in block.cards
        )
        return f'<div class="cutsheet per{block.per_page}">{cards}</div>'

    def _index(self, block: m.Index) -> str:
        initials = ["", *(entry.initial for entry in block.entries)]
        entries = "".join(
            (f'<li class="initial" aria-hidden="true">{entry.initial}</li>' if entry.initial != before else "")
            + f"<li>{escape(entry.words)} "
            + ", ".join(f'<a href="#{escape(place)}">{escape(title)}</a>' for title, place in entry.places)
            + "</li>"
            for before, entry in zip(initials, block.entries, strict=False)
        )
        return f'<ul class="index">{entries}</ul>'
