"""What Liquid says of a script that it cannot read, in the words of its author."""

from __future__ import annotations

import re

from servkit.nearest import did_you_mean
from servkit.text import quoted

_TAGS = (
    "if",
    "unless",
    "case",
    "for",
    "assign",
    "capture",
    "comment",
    "raw",
    "increment",
    "decrement",
    "cycle",
    "echo",
)
_NAMES = {"dpipe": "||", "or": "or", "and": "and", "dot": ".", "word": "", "pipe": "|", "comma": ",", "colon": ":"}
#: Liquid's words, and what that means to an author.
_SLIPS = (
    (r"expected tag (\w+),? found", "`{{% {0} %}}` is missing at the end"),
    (r"(\w+) tag was never closed", "`{{% end{0} %}}` is missing at the end"),
    (r"missing expression", "a condition is missing, such as `{{% if customer.plan %}}`"),
    (r"expected a primitive expression, found", "a name or a text is missing here, such as `customer.name`"),
    (r"expected word, found", "a filter is missing after `|`, such as `default: \"…\"`"),
    (r"expected an identifier, found", "a name is missing after the dot"),
    (r"expected in, found", "write a loop as `{{% for item in list %}}`"),
    (r"expected '=', found", "a value is missing: write `{{% assign name = value %}}`"),
    (r"disallowed parentheses", "a condition can't have parentheses: put one `{{% if %}}` inside another"),
    (r"unexpected '[\"']'|unexpected \"'\"", "a quotation mark isn't closed"),
    (r"unexpected '#'", "`#` can't come here: write `{{% if … %}}` and `{{% endif %}}`"),
    (r"unexpected '&'", "`&` can't come here: write `and`"),
    (r"unexpected '(.)'", "`{0}` can't come here"),
    (r"found dpipe", "`||` can't come here: write `| default: \"…\"`"),
    (r"expected end of expression, found or", "`or` can't come here: write `| default: \"…\"`"),
    (r"expected end of expression, found '='", "`=` can't come here: write `==` to compare"),
    (r"expected end of expression, found word", "two names stand side by side: write one, with `_` between its words"),
    (r"there is no filter '(.*)'", "there is no filter `{0}`"),
)  # fmt: skip


def in_plain_words(message: str, other: str = "") -> str:
    """A message of Liquid's as an author would say it; ``other`` where it is not known."""
    if found := re.search(r"unexpected tag '(\w*)'", message):
        return _unknown_tag(found[1])
    for words, plain in _SLIPS:
        if found := re.search(words, message):
            return plain.format(*found.groups())
    return other or (message if message.startswith(_OWN) else _UNKNOWN)


_UNKNOWN = "this can't be read: check its braces, names and filters"
#: How servkit's own messages begin.
_OWN = ("a brace", "it has", "the script", "nested", "this ", "'", "`")


def _unknown_tag(name: str) -> str:
    if name in ("else", "elsif", "when", "endif"):
        return f"`{{% {name} %}}` has no `{{% {'case' if name == 'when' else 'if'} %}}` above it"
    if name.startswith("end"):
        return f"`{{% {name} %}}` closes nothing that is open"
    if name in ("include", "render"):
        return "a script can't take in another file: write its text here"
    near = did_you_mean(name, _TAGS).removesuffix("?")
    return f"there is no tag {quoted(name)}" + (f": {near[0].lower()}{near[1:]}" if near else "")
