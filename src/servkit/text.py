"""Author's and customer's text on its way to a screen or a page: as it is, and nothing but text."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING
from unicodedata import combining, normalize

if TYPE_CHECKING:
    from collections.abc import Callable

#: Control characters but tab and line feed; and the characters that embed, override or isolate a direction, which
#: would reach beyond the text they stand in. Marks (LRM, RLM, ALM) only speak for their neighbours, and stay.
_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029]|[\u202a-\u202e\u2066-\u2069]|[\ud800-\udfff]")


def clean(text: str) -> str:
    """The text with every control character shown as a symbol (ESC as ␛), so that none reaches a terminal."""
    if text.isascii() and text.isprintable():
        return text
    return _CONTROL.sub(_symbol, text.replace("\r\n", "\n"))


def _symbol(found: re.Match[str]) -> str:
    code = ord(found[0])
    if code < 0x20:
        return chr(0x2400 + code)
    if code == 0x7F:
        return "\u2421"
    return "" if 0x2028 < code < 0x2070 else "\N{REPLACEMENT CHARACTER}"


def fold(text: str) -> str:
    """Text for matching without regard to case or accents."""
    if text.isascii():
        return text.lower()
    return "".join(char for char in normalize("NFKD", text.casefold()) if not combining(char))


def width(text: str) -> int:
    """How many columns a terminal gives the text."""
    if text.isascii():
        return len(text)
    return max(_wcswidth()(text), 0)


@cache
def _wcswidth() -> Callable[[str], int]:
    from wcwidth import wcswidth

    return wcswidth
