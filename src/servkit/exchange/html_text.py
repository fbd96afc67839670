"""From HTML to plain text and back, as far as saved replies need it: paragraphs, line breaks, lists and links."""

from __future__ import annotations

import re
from html import escape, unescape
from typing import NamedTuple

#: A tag, or a remark. Each looks no further than the next that is opened, so that many that nothing closes take no
#: time (the parser of the standard library takes minutes for them).
_TAG = re.compile(
    r"<!--(?:(?!<!--|-->).)*-->|<![^<>]*>|<(?P<end>/?)(?P<name>[a-zA-Z][a-zA-Z0-9]*)(?P<rest>[^<>]*)>", re.DOTALL
)
_ADDRESS = re.compile(r"\bhref\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s\"']+))", re.IGNORECASE)
_SPACES = re.compile(r"[ \t\r\n\f]+")
_BLOCKS = frozenset({"p", "div", "ul", "ol", "table", "tr", "h1", "h2", "h3", "h4", "h5", "h6", "blockquote", "pre"})
_PARAGRAPHS = frozenset({"p", "ul", "ol", "table", "h1", "h2", "h3", "h4", "h5", "h6", "blockquote", "pre"})
#: What plain text has no way to say, by its tag.
_LOOKS = {"b": "bold", "strong": "bold", "i": "italics", "em": "italics", "u": "underlining", "font": "colors",
          "h1": "headings", "h2": "headings", "h3": "headings", "table": "tables", "img": "pictures",
          "iframe": "embedded pages", "video": "videos", "blockquote": "quotations"}  # fmt: skip
_HIDDEN = frozenset({"script", "style", "head", "title", "template"})


class Plain(NamedTuple):
    """The text of a page, and what of its looks the text doesn't have."""

    text: str
    losses: tuple[str, ...] = ()


def is_html(text: str) -> bool:
    """Whether a text has tags."""
    return _TAG.search(text) is not None


def plain_text(html: str) -> Plain:
    """The words of a piece of HTML: paragraphs and lists in lines of their own, addresses behind their links."""
    reader = _Reader()
    end = 0
    for found in _TAG.finditer(html):
        reader.take_text(unescape(html[end : found.start()]))
        end = found.end()
        if found["name"]:
            take = reader.take_end if found["end"] else reader.take_start
            take(found["name"].lower(), found["rest"])
    reader.take_text(unescape(html[end:]))
    lines = [" ".join(line.split(" ")).strip() for line in "".join(reader.parts).replace("\u00a0", " ").split("\n")]
    text = re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip("\n")
    return Plain(text, tuple(sorted(reader.lost)))


def to_html(text: str) -> str:
    """Plain text as HTML: a paragraph for lines that stand together, a list for lines that begin with a dash."""
    out = []
    for part in re.split(r"\n{2,}", text.strip("\n")):
        lines = part.split("\n")
        if all(line.startswith("- ") for line in lines):
            out.append("<ul>" + "".join(f"<li>{escape(line[2:], quote=False)}</li>" for line in lines) + "</ul>")
        else:
            out.append(f"<p>{'<br>'.join(escape(line, quote=False) for line in lines)}</p>")
    return "".join(out)


class _Reader:
    def __init__(self) -> None:
        self.parts: list[str] = []
        self.lost: set[str] = set()
        self.lists: list[int | None] = []
        self.link: tuple[str, int] | None = None
        self.hidden = 0

    def take_start(self, tag: str, rest: str) -> None:
        if tag in _LOOKS:
            self.lost.add(_LOOKS[tag])
        if tag in _HIDDEN:
            self.hidden += 1
        if tag == "br":
            self.parts.append("\n")
        elif tag in _BLOCKS:
            self._break(paragraph=tag in _PARAGRAPHS and not self.lists)
        if tag in ("ul", "ol"):
            self.lists.append(0 if tag == "ol" else None)
        elif tag == "li":
            self._break(paragraph=False)
            self.parts.append(self._item_mark())
        elif tag == "a":
            found = _ADDRESS.search(rest)
            address = unescape(next(filter(None, found.groups()), "")) if found else ""
            self.link = (address, len(self.parts)) if address else None

    def take_end(self, tag: str, _: str) -> None:
        if tag in _HIDDEN:
            self.hidden = max(self.hidden - 1, 0)
        if tag in ("ul", "ol") and self.lists:
            self.lists.pop()
        if tag in _BLOCKS:
            self._break(paragraph=tag in _PARAGRAPHS and not self.lists)
        elif tag == "a" and self.link is not None:
            address, start = self.link
            words = "".join(self.parts[start:]).strip()
            if address.removeprefix("mailto:").rstrip("/") != words.rstrip("/"):
                self.parts.append(f" ({address.removeprefix('mailto:')})" if words else address)
            self.link = None

    def take_text(self, data: str) -> None:
        if self.hidden:
            return
        words = _SPACES.sub(" ", data)
        if not self.parts or self.parts[-1].endswith("\n"):
            words = words.lstrip(" ")
        if words:
            self.parts.append(words)

    def _item_mark(self) -> str:
        if not self.lists or self.lists[-1] is None:
            return "- "
        self.lists[-1] += 1
        return f"{self.lists[-1]}. "

    def _break(self, *, paragraph: bool) -> None:
        """Begin a new line, or a new paragraph, where the text is not at its beginning already."""
        if not self.parts:
            return
        have, wanted = 0, 2 if paragraph else 1
        for part in reversed(self.parts):
            stripped = part.rstrip("\n")
            have += len(part) - len(stripped)
            if stripped or have >= wanted:
                break
        if have < wanted:
            self.parts.append("\n" * (wanted - have))
