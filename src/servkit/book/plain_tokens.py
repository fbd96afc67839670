"""What the plain part of YAML is made of: the expressions that take a line apart, and the texts in it."""

from __future__ import annotations

import re
from json import loads
from sys import intern

#: Shorter texts are the same few names, and held once: what is held of ten thousand documents shrinks by a fifth.
SHORT = 24
#: So many keys, and as many pieces of what stands in brackets, are held from one document to the next.
MOST_KEPT = 4096

#: What YAML refuses, what it takes for the end of a line, and tabs; those beyond Latin-1 are looked for apart, which
#: halves the time that the expressions take to be made.
_STRANGE = r"\x00-\x1f\x7f-\x9f"
STRANGE_TOO = "\u2028\u2029\ufeff\ufffe\uffff"
# No line takes long: what is repeated is one character, or can be read in one way only. Groups are not repeated
# possessively, which Python 3.11.2 gets wrong, and an empty choice is quicker than a question mark.
_BEGIN = rf"""(?:[^ \-?:,\[\]{{}}#&*!|>'"%@`{_STRANGE}]|-(?=[0-9A-Za-z]))"""
_MORE = rf"[^:#{_STRANGE}]*+(?:(?![:#])|(?:(?::(?=[^ {_STRANGE}])|(?<! )#)[^:#{_STRANGE}]*+)*)"
_PLAIN = _BEGIN + _MORE
_NAME = r"[A-Za-z_][A-Za-z0-9_-]*+(?=:[ \n])"
_CODE = r"u(?!00[0-7])(?:[0-9abcefABCEF][0-9A-Fa-f]{3}|[dD][0-7][0-9A-Fa-f]{2})"
_DOUBLE = rf'"[^"\\{_STRANGE}]*+(?:\\(?:["\\/bfnrt]|{_CODE})[^"\\{_STRANGE}]*+)*"'
_SINGLE = rf"'[^'{_STRANGE}]*+(?:''[^'{_STRANGE}]*+)*'(?!')"
QUOTES = ("'", '"')
_HEADER = r"[|>](?:[-+][1-9]?|[1-9][-+]?)?(?=[ \n])"
_COMMENT = rf"(?<![^ \n])#[^{_STRANGE}]*+"
#: One line: its indentation, a dash, a text or a key, the colon after a key, then a plain value, one that begins with a
#: bracket (with all that comes after it), or any other. Or the whole of a line that is none.
LINE = re.compile(
    rf"( *+)(-(?: ++|(?=\n))|)(?:({_NAME}|{_PLAIN}|{_DOUBLE}|{_SINGLE})((?<! ):(?: ++|(?=\n))|)|)"
    rf"(?:({_PLAIN})|([\[{{][^{_STRANGE}]*+)|({_DOUBLE}|{_SINGLE}|{_HEADER})|) *+(?:{_COMMENT}|)\n|([^\n]*+)\n"
)
_FLOW_PLAIN = rf"(?={_BEGIN})[^,\[\]{{}}:#{_STRANGE}]++(?::(?=[^ ,?\[\]{{}}{_STRANGE}])[^,\[\]{{}}:#{_STRANGE}]*+)*"
_FLOW_TOKEN = rf"{_FLOW_PLAIN}|[\[\]{{}},]|:(?= )|{_DOUBLE}|{_SINGLE}"
#: What stands in brackets as people write it, and what it is made of.
FLOW = re.compile(rf"((?:{_FLOW_TOKEN}| ++)+)(?:{_COMMENT})?")
FLOW_TOKENS = re.compile(_FLOW_TOKEN)
#: A line that goes on with the plain text above it, without its indentation.
GOES_ON = re.compile(rf"(?:[^ :#{_STRANGE}]|:(?=[^ {_STRANGE}])){_MORE}")
CLEAN = re.compile(rf"[^{_STRANGE}]*+")


def short(text: str) -> str:
    """The text, held once where it is short."""
    return intern(text) if len(text) < SHORT else text


def quoted(text: str) -> str:
    """What stands in quotation marks, which are on one line."""
    if text[0] == "'":
        return text[1:-1].replace("''", "'")
    return str(loads(text)) if "\\" in text else text[1:-1]
