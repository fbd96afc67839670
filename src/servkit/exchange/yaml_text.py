"""Writing YAML that is read back as it was: texts as people would write them, verified where they are used."""

from __future__ import annotations

import json
import re
from textwrap import wrap

_PLAIN = re.compile(r"[^\W\d_](?:[\w ,.()/'-]*[\w.)!?])?\Z")
#: What a block of lines can hold as it is: no control characters, no odd line breaks, no spaces at the ends of lines.
_UNFIT = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ufeff\ud800-\udfff\ufffe\uffff\r\t]|(?m:[ ]+$)")
#: A longer text is written in lines of its own, so wide.
_SHORT, _WIDE = 90, 110
#: Plain words that other readers of YAML take for something else.
_WORDS = frozenset({"y", "n", "yes", "no", "true", "false", "on", "off", "null", "none", "nan", "inf"})


def scalar(text: str) -> str:
    """A text on one line."""
    if _PLAIN.match(text) and text.lower() not in _WORDS and "  " not in text and len(text) < 200:
        return text
    return _in_quotes(text)


def block(text: str, indent: str) -> str:
    """A text as the value of a key whose contents are indented so: on one line, or as a block of lines below a bar."""
    if "\n" not in text:
        return scalar(text) if len(text) < _SHORT and '"' not in text else _folded(text, indent)
    if _UNFIT.search(text) or text.startswith(("\n", " ")) or not text.strip("\n"):
        return _in_quotes(text)
    body, ends = text.rstrip("\n"), len(text) - len(text.rstrip("\n"))
    sign = ("|-", "|", "|+")[min(ends, 2)]
    lines = [f"{indent}{line}" if line else "" for line in body.split("\n")]
    return "\n".join([sign, *lines, *[""] * max(ends - 1, 0)])


def _folded(text: str, indent: str) -> str:
    """A paragraph below a mark that joins its lines; a line of it begins with nothing that looks like more."""
    if _UNFIT.search(text) or text.startswith(" ") or not text.strip():
        return scalar(text)
    lines = wrap(text, _WIDE, break_long_words=False, break_on_hyphens=False) if "  " not in text else [text]
    if " ".join(lines) != text or any(not line[:1].isalnum() for line in lines[1:]):
        lines = [text]
    return "\n".join([">-", *(f"{indent}{line}" for line in lines)])


def _in_quotes(text: str) -> str:
    """In double quotes, with escapes that YAML has. Half a pair of surrogates is no text, and shows as a mark."""
    text = text.encode("utf-8", "replace").decode() if any("\ud800" <= char <= "\udfff" for char in text) else text
    written = json.dumps(text, ensure_ascii=False)
    return re.sub(r"[\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]", lambda found: f"\\u{ord(found[0]):04x}", written)
