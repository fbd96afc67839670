"""Names: titles and ids for what comes in, without clashes."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from servkit.text import fold

if TYPE_CHECKING:
    from collections.abc import Container

_LONGEST = 60


def title_of(code: str) -> str:
    """A title from a code such as ``refund_late`` or ``:refund-late``."""
    words = " ".join(re.split(r"[\W_]+", code)).strip()
    return words[:1].upper() + words[1:] if words else code


def slug(text: str) -> str:
    """An id from a title: small letters and digits, words joined by hyphens. Empty where it has neither."""
    words = re.findall(r"[a-z0-9]+", fold(text))
    out = ""
    for word in words:
        if out and len(out) + 1 + len(word) > _LONGEST:
            break
        out = f"{out}-{word}" if out else word[:_LONGEST]
    return out


def free(name: str, taken: Container[str]) -> str:
    """The name, or the name with a number behind it that is free."""
    if name not in taken:
        return name
    number = 2
    while f"{name}-{number}" in taken:
        number += 1
    return f"{name}-{number}"
