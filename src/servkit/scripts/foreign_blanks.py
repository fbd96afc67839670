"""Blanks of other programs: what somebody left to fill in a text that was moved here, and Liquid does not fill.

Helpdesks and word processors write ``#{ticket.customer.firstname}``, ``[NAME]``, ``<<First Name>>``, ``%FIRSTNAME%``
and the like. Nobody fills them here, so a customer would hear them.
"""

from __future__ import annotations

import re
from typing import NamedTuple

#: The last word of a blank, where nothing else tells that it is one.
_NOUN = (
    r"names?|vorname|nachname|prénom|nom|nombre|apellidos?|number|nummer|número|date|datum|fecha|time|uhrzeit|hora|heure|"
    r"amount|betrag|importe|address|e-?mail|phone|company|firma|title|anrede|salutation|city|product|item|link|url|price|"
    r"reason|room|id"
)
_NAMED = rf"(?:(?:insert|enter|add|your)\b[\w .'’_-]{{0,40}}|(?:[\w.'’-]{{1,20}}[ _]){{0,4}}(?:{_NOUN}))"
_BLANKS = (
    r"#\{[^{}\n]{1,80}\}"  # Zammad, Ruby
    r"|%\{[^{}\n]{1,80}\}"  # osTicket
    r"|[$@]\{[^{}\n]{1,80}\}"  # templates of JavaScript and Java
    r"|\{[!$]?[^\W\d][\w .-]{0,80}\}"  # Gorgias, Salesforce, Smarty
    r"|<%=?[^%\n]{1,80}%>"  # ERB
    r"|\*\|[^|\n]{1,80}\|\*"  # Mailchimp
    r"|<<[^<>\n]{1,80}>>|«[^\W\d]+(?:_[^\W\d]+)+»"  # Word
    r"|\$[A-Z][A-Z0-9_]{2,40}\$|(?<![\w%])%s(?!\w)|%[a-z]+(?:[._][a-z]+)+%"
    r"|%[A-Z][A-Z0-9_]{2,40}%|##\w{2,40}##|__[A-Z]\w{1,40}__|@@\w{2,40}@@"
    r"|\[\[[^\[\]\n]{1,80}\]\]|\[%?[A-Z][A-Z0-9 _'’/&-]{1,60}%?\](?![(\[:])"
    rf"|\[(?i:{_NAMED})\](?![(\[:])|<(?i:{_NAMED})>"
    r"|(?<!\w)[Xx]{3,}(?:[-. ]?[Xx]{2,})*(?!\w)"  # numbers not known yet
    r"|(?<![\w_])(?!^)_{3,}(?![\w_])"
    r"|(?<!\w)(?:FIXME|TBD|TBC)(?!\w)|(?i:\blorem ipsum\b)|(?<!\w)TODO:|(?<!\w)TODO(?= [a-z])"
)
#: Every blank has one of these in it; most texts have none.
_HINT = re.compile(r"[#%$@{<«*_\[]|xxx|fixme|tb[dc]|lorem|todo", re.IGNORECASE)
#: Each looks no further than the next that is opened, so that many that nothing closes take no time.
_LIQUID = re.compile(r"\{\{(?:(?!\{\{|\}\}).)*\}\}|\{%(?:(?!\{%|%\}).)*%\}", re.DOTALL)
_WORD = re.compile(r"[^\W_]+")
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")
#: Words that only ask to fill a blank, and keys that a text may tell somebody to press.
_FILLERS = frozenset({"insert", "enter", "add", "the"})
_KEYS = frozenset({"[OK]", "[ESC]", "[ENTER]", "[TAB]", "[CTRL]", "[ALT]", "[SHIFT]", "[YES]", "[NO]"})
_LETTERS = re.compile(r"[^\W\d_]")
#: Languages in which the word ``todo`` is no note to oneself.
_ALL_IS_TODO = ("es", "pt", "gl", "ca")
#: Words of a blank, in their order, to what a script says.
_MEANINGS = (
    (("agent", "your", "owner", "operator", "user", "staff", "sender"), "{{ agent.name }}"),
    (("company", "business", "organization", "organisation", "shop", "store", "firma"), "{{ book.name }}"),
    (("first", "firstname", "fname", "vorname", "prénom"), '{{ customer.first_name | default: "there" }}'),
    (("name", "fullname", "lastname", "nombre", "nom", "nachname", "customer", "client", "guest"),
     '{{ customer.name | default: "there" }}'),
)  # fmt: skip


class ForeignBlank(NamedTuple):
    """A blank that nobody fills: its text, how many characters go before it, and what to write instead."""

    text: str
    start: int
    advice: str


def foreign_blanks(text: str, language: str | None = None) -> list[ForeignBlank]:
    """The blanks of other programs in a text, and notes of what is still to be written."""
    plain = _LIQUID.sub(lambda found: " " * len(found[0]), text)
    blanks: list[ForeignBlank] = []
    if not _HINT.search(plain):  # the pattern of all blanks takes longer to compile than a script to fill
        return blanks
    for found in re.finditer(_BLANKS, plain, re.MULTILINE):
        blank = found[0]
        if blank in _KEYS or (blank == "TODO" and (language or "").partition("-")[0] in _ALL_IS_TODO):
            continue
        blanks.append(ForeignBlank(blank, found.start(), placeholder(blank) or "what is missing here"))
    return blanks


def placeholder(blank: str) -> str | None:
    """A blank of another program as a script here has it: ``[ORDER NUMBER]`` as ``{{ order_number }}``. None for a note
    such as ``TODO`` or ``XXX``, which no name can be read from."""
    words = [word.lower() for word in _WORD.findall(_CAMEL.sub(" ", blank))]
    words = [word for word in words if word not in _FILLERS] or words
    letters = "".join(_LETTERS.findall(blank))
    if (
        not words
        or len(letters) < 2
        or set(letters.lower()) <= {"x"}
        or letters in ("TODO", "FIXME", "TBD", "TBC")
        or "lorem" in words
    ):
        return None
    for meanings, written in _MEANINGS:
        if any(word in meanings for word in words):
            return _of_thing(words) or written
    return f"{{{{ {'_'.join(words[-3:])} }}}}" if words[0][:1].isascii() and words[0][:1].isalpha() else None


def _of_thing(words: list[str]) -> str | None:
    """A blank for something that belongs to somebody: the customer's order number is no name."""
    if {"number", "nummer", "número", "date", "time", "amount", "address", "email", "phone", "link", "id"} & set(words):
        return f"{{{{ {'_'.join(words[-2:])} }}}}"
    return None
