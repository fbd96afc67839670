"""Author's and customer's text on its way to a screen or a page: as it is, and nothing but text."""

from __future__ import annotations

from json import dumps
from re import sub
from typing import TYPE_CHECKING
from unicodedata import combining, normalize

if TYPE_CHECKING:
    from collections.abc import Iterable
    from typing import Any

#: Control characters but tab and line feed are shown as symbols; characters that embed, override or isolate a direction
#: would reach beyond the text they stand in, and are taken out. Marks (LRM, RLM, ALM) only speak for their neighbours,
#: and stay. Half a surrogate pair is no text at all.
_SHOWN: dict[int, str | None] = {
    **{code: chr(0x2400 + code) for code in range(0x20) if code not in (9, 10)},
    0x7F: "\u2421",
    **dict.fromkeys(range(0x80, 0xA0), "\ufffd"),
    **dict.fromkeys((0x2028, 0x2029), "\n"),
    **dict.fromkeys((*range(0x202A, 0x202F), *range(0x2066, 0x206A))),
}


def clean(text: str) -> str:
    """The text with every control character shown as a symbol (ESC as ␛), so that none reaches a terminal."""
    if text.isprintable() and "\u202a" not in text:
        return text
    shown = text.replace("\r\n", "\n").translate(_SHOWN)
    return shown if shown.isascii() else shown.encode("utf-8", "replace").decode()


def quoted(text: str, most: int = 60) -> str:
    """A text of the author as a message shows it: in backticks, on one line, cut after ``most`` characters."""
    words = " ".join(text.split())
    return f"`{words if len(words) <= most else words[: most - 1] + '…'}`"


def enumeration(words: Iterable[str], joint: str = "and") -> str:
    """Words as a person lists them: ``a, b and c``. The joint stands between all of them if one has a comma itself."""
    *others, last = [*words] or [""]
    between = f" {joint} " if any(", " in word for word in (*others, last)) else ", "
    return f"{between.join(others)} {joint} {last}" if others else last


def json_text(data: Any) -> str:
    """Indented JSON, keys in their order. What a terminal would obey is escaped, and the same when it is read."""
    return escaped_json(dumps(data, ensure_ascii=False, indent=2) + "\n")


def escaped_json(text: str) -> str:
    """JSON in which what a terminal would obey is escaped."""
    if text.isascii() and "\x7f" not in text:
        return text
    return sub("[\x7f-\x9f\u2028-\u202e\u2066-\u2069\ud800-\udfff]", lambda found: f"\\u{ord(found[0]):04x}", text)


def as_cell(text: str) -> str:
    """A text for a cell of a spreadsheet: one that would be read as a formula begins with an apostrophe."""
    return f"'{text}" if text[:1] in ("=", "+", "-", "@", "\t", "\r") else text


#: Letters and marks that people type without the stroke or the curl, and that no decomposition gives.
TYPED = ("øłđðıħŧ‘’ʼ‐‑–", "olddiht'''---")
_TYPED = str.maketrans(*TYPED) | {ord("þ"): "th", ord("æ"): "ae", ord("œ"): "oe"}


def fold(text: str) -> str:
    """Text for matching without regard to case or accents."""
    if text.isascii():
        return text.lower()
    parted = normalize("NFKD", normalize("NFKD", text.casefold()).casefold())
    return "".join(char for char in parted if not combining(char)).translate(_TYPED)
