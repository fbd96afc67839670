"""Whether YAML may lose something of a file's texts: remarks in the middle, lines that are joined.

A quick look: where it says yes, the texts are looked at closely.
"""

from __future__ import annotations

import re

from servkit.book.slips.text import FALSE_ITEM

_SIGN = re.compile(rf"[ \t]#[^\s#]|\\$|^[ \t]+{FALSE_ITEM.pattern}", re.MULTILINE)
_ITEM = re.compile(r"^[ \t]+- ", re.MULTILINE)
#: An item that goes on a line with text, so that it is no item; and what a text in lines of its own begins with.
_ITEM_IN_TEXT = re.compile(r"^( *)(?:(?!- )\S.*[^:\s]\s*\n\1[ \t]*|- .*[^:\s]\s*\n\1[ \t]+)- ", re.MULTILINE)
_BLOCK = re.compile(r"[|>][-+0-9]*[ \t]*(?:#.*)?$", re.MULTILINE)


def may_lose_text(raw: bytes) -> bool:
    """Whether a file has to be looked at closely."""
    text = "\n".join(raw.decode("utf-8-sig", "replace").splitlines())
    if _SIGN.search(text):
        return True
    return bool(_ITEM.search(text) and (_BLOCK.search(text) or _ITEM_IN_TEXT.search(text)))
