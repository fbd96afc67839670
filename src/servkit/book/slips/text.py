"""The text of a YAML file by lines, as libyaml counts them, and texts as an author writes them."""

from __future__ import annotations

import re

#: A key and the colon behind it, as far as the value; items of a list may come before it.
KEY = re.compile(
    r"(?P<before>[ ]*(?:- +)*)(?P<key>[^\s:#'\"\[\]{},&*!|>%@`-][^:#'\"\[\]{}]{0,80}?)[ ]{0,80}:(?:[ ]+|$)"
)
#: A key with its colon and no space behind it, and one without a colon.
NO_SPACE = re.compile(r"(?P<key>[\w.-]+)[ ]*:(?P<rest>[^ \t:/].*)")
KEY_AND_WORDS = re.compile(r"(?P<key>[a-z][a-z0-9_-]*) +(?P<rest>\S.*)")
#: Spaces that are no spaces to YAML, and signs that nobody sees, with their names.
ODD_SPACES = {
    "\u00a0": "no-break space", "\u2007": "figure space", "\u202f": "narrow no-break space", "\u2002": "en space",
    "\u2003": "em space", "\u2009": "thin space", "\u3000": "ideographic space", "\u200b": "zero-width space",
    "\u200c": "zero-width non-joiner", "\u200d": "zero-width joiner", "\u2060": "word joiner",
    "\ufeff": "byte order mark", "\u00ad": "soft hyphen",
}  # fmt: skip
#: Colons that are none to YAML.
ODD_COLONS = "\uff1a\ufe55\u2236\ua789\ufe13\u02d0"
#: What word processors begin the items of a list with.
BULLETS = "•·‣◦▪▫●○■□➢➤✓✔–—−"
#: What begins an item of a list, but not to YAML.
FALSE_ITEM = re.compile(
    rf"(?:-(?=[^\s\d-])|[{BULLETS}*](?=\s)|[{BULLETS}](?=\w)|\(?\d{{1,2}}[.)](?=\s)|-[\u00a0\u3000])[\s\u00a0]*"
)
_BREAK = re.compile("\r\n|[\r\n\x85\u2028\u2029]")
_REMARK = re.compile(r"[ \t]#.*\Z", re.DOTALL)


def lines_of(text: str) -> list[str]:
    """The lines of a text, as libyaml counts them."""
    return _BREAK.split(text)


def indentation(line: str) -> int:
    """How many spaces a line begins with."""
    return len(line) - len(line.lstrip(" "))


def without_remark(text: str) -> str:
    """A text without the remark behind it."""
    return _REMARK.sub("", text).strip()


def in_quotes(text: str) -> str:
    """A text as YAML has it in quotes, in those that need no escape where there are any."""
    words = " ".join(text.split())
    if '"' not in words and "\\" not in words:
        return f'"{words}"'
    return "'" + words.replace("'", "''") + "'"


def says(row: str) -> bool:
    """Whether a line has more than a comment."""
    return bool(row.strip()) and not row.lstrip().startswith("#")


def named(sign: str) -> str:
    """The name of an odd space."""
    return f"{ODD_SPACES[sign]} (U+{ord(sign):04X})"
