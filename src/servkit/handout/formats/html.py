"""HTML: one file that needs no other file and no server. It has search, light and dark, and can be printed.

The page forbids everything but its own style and script, each by its hash, so that even a text that came through as
markup could neither run nor load anything.
"""

from __future__ import annotations

from base64 import b64encode
from hashlib import sha256
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING

from servkit.handout import model as m
from servkit.handout.html_blocks import HtmlBlocks
from servkit.handout.theme import contrast

if TYPE_CHECKING:
    from servkit.handout.progress import Progress
    from servkit.handout.theme import Theme

SUFFIX = ".html"
_DARK = "#14181b"
_HALF = '<span aria-hidden="true">◐</span>'


def write(handout: m.Handout, theme: Theme, progress: Progress) -> bytes:
    """The whole page."""
    style, script = _style(handout, theme), _template("html.js")
    policy = (
        f"default-src 'none'; style-src '{_hash(style)}'; script-src '{_hash(script)}'; img-src data:; "
        "base-uri 'none'; form-action 'none'"
    )
    blocks = HtmlBlocks(handout)
    chapters = []
    for number, chapter in enumerate(handout.chapters, 1):
        chapters.append(_chapter(chapter, blocks))
        progress(number, len(handout.chapters))
    direction = "rtl" if handout.rtl else "ltr"
    words = handout.words
    toggle = escape(words["theme"])
    page = f"""<!doctype html>
<html lang="{escape(handout.language)}" dir="{direction}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="{policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="generator" content="servkit">
<title>{escape(handout.title)} · {escape(handout.book)}</title>
<style>{style}</style>
</head>
<body class="{escape(handout.name)}{" flows" if handout.flows else ""}">
<a class="skip" href="#text">{escape(words["skip"])}</a>
<header class="bar">
<p class="brand">{_logo(theme)}<span>{escape(handout.book)}</span></p>
<div class="tools">
{_search(handout)}<button type="button" id="theme" aria-label="{toggle}" title="{toggle}">{_HALF}</button>
<button type="button" id="print" class="wide-only">{escape(words["print"])}</button>
</div>
</header>
<div class="page">
{_contents(handout)}<main id="text" tabindex="-1">
{_cover(handout, theme)}
{chr(10).join(chapters)}
</main>
</div>
<footer class="foot">{escape(handout.footer)}</footer>
<script>{script}</script>
</body>
</html>
"""
    return page.encode("utf-8")


def _hash(text: str) -> str:
    return "sha256-" + b64encode(sha256(text.encode("utf-8")).digest()).decode("ascii")


def _template(name: str) -> str:
    return Path(__file__).with_name(name).read_text("utf-8")


def _style(handout: m.Handout, theme: Theme) -> str:
    """The page's style, with the company's colour and the footer of printed pages."""
    own = (
        f":root{{--accent:{theme.accent};--accent-dark:{lighter(theme.accent)}}}"
        f"@page{{size:{'letter' if theme.paper == 'letter' else 'A4'};"
        f"@bottom-left{{content:{css_text(handout.footer)}}}}}"
    )
    return _template("html.css") + own + theme.style


def css_text(words: str) -> str:
    """Words as a CSS string. Everything but ASCII letters and digits is escaped."""
    return '"' + "".join(char if char.isascii() and char.isalnum() else f"\\{ord(char):x} " for char in words) + '"'


def lighter(colour: str) -> str:
    """The accent for dark pages, mixed with white until it is readable."""
    for step in range(21):
        parts = [int(colour[at : at + 2], 16) for at in (1, 3, 5)]
        mixed = "#" + "".join(f"{round(part + (255 - part) * step / 20):02x}" for part in parts)
        if contrast(mixed, _DARK) >= 6.5:
            return mixed
    return "#ffffff"


def _logo(theme: Theme) -> str:
    if theme.logo is None:
        return ""
    data = b64encode(theme.logo.data).decode("ascii")
    return f'<img src="data:{theme.logo.media_type};base64,{data}" alt="">'


def _search(handout: m.Handout) -> str:
    if not handout.contents:
        return ""
    words = handout.words
    label = escape(words["search"])
    labels = f'data-none="{escape(words["search_none"])}" data-found="{escape(words["search_found"])}"'
    return (
        f'<div class="searching"><input id="search" type="search" autocomplete="off" spellcheck="false" '
        f'aria-label="{label}" placeholder="{label}" aria-controls="found">'
        f'<div id="found" role="status" {labels} hidden></div></div>\n'
    )


def _contents(handout: m.Handout) -> str:
    """Links to every chapter and section."""
    if not handout.contents:
        return ""
    label = escape(handout.words["contents"])
    entries = []
    for chapter in handout.chapters:
        inner = "".join(
            f'<li><a href="#{escape(block.anchor)}">{escape(m.plain(block.words))}</a></li>'
            for block in chapter.blocks
            if isinstance(block, m.Heading) and block.level == 2 and block.anchor
        )
        nested = f"<ul>{inner}</ul>" if inner else ""
        entries.append(f'<li><a href="#{escape(chapter.anchor)}">{escape(chapter.title)}</a>{nested}</li>')
    return (
        f'<nav class="toc" aria-label="{label}"><details open><summary>{label}</summary>'
        f'<ul class="chapters">{"".join(entries)}</ul></details></nav>\n'
    )


def _cover(handout: m.Handout, theme: Theme) -> str:
    lines = "".join(f"<li>{escape(line)}</li>" for line in handout.lines)
    kind = "cover" if handout.cover else "head"
    sub = f'<p class="subtitle">{escape(handout.subtitle)}</p>' if handout.subtitle else ""
    brand = f'<p class="eyebrow">{_logo(theme) if handout.cover else ""}{escape(handout.book)}</p>'
    stamp = f'<ul class="stamp">{lines}</ul>'
    title = f'<h1 id="title">{escape(handout.title)}</h1>'
    return f'<section class="{kind}" aria-labelledby="title">{brand}{title}{sub}{stamp}</section>'


def _chapter(chapter: m.Chapter, blocks: HtmlBlocks) -> str:
    anchor = escape(chapter.anchor)
    label = f'<span class="eyebrow">{escape(chapter.label)}</span> ' if chapter.label else ""
    kind = "chapter onepage" if chapter.one_page else "chapter"
    note = f'<p class="nofit" hidden>{escape(blocks.words["no_fit"])}</p>' if chapter.one_page else ""
    return (
        f'<section class="{kind}" aria-labelledby="{anchor}"><h2 id="{anchor}">{label}{escape(chapter.title)}</h2>'
        f"{note}\n{blocks.all(chapter.blocks)}\n</section>"
    )
