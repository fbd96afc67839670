"""Amounts as people and spreadsheets write them: `$84,835.00`, `84.835,00 €`, `(32,474.00)` (BOOK.md 2 and 9).

Only what can be read in one way is read. A sign resolves no ambiguity, and spaces and apostrophes do not group unless a
style says so.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from servkit.book.currency_signs import SIGNS, meant
from servkit.book.literals import number
from servkit.book.problems import ValueProblem
from servkit.book.units import CURRENCIES
from servkit.book.values import Value, amount_value
from servkit.message import Message
from servkit.text import quoted

#: Thousands separator and decimal mark by the way a number is written.
STYLES = {"1234.56": ("", "."), "1,234.56": (",", "."), "1.234,56": (".", ","), "1 234,56": (" ", ",")}

_SPACES = str.maketrans({"\u00a0": " ", "\u202f": " ", "\u2009": " ", "\u2212": "-"})
_AMOUNT = re.compile(r"(?P<before>[^0-9.,]*)(?P<amount>[0-9.,](?:[0-9., ]*[0-9])?)(?P<after>[^0-9]*)\Z")
_PLAIN_OR_GROUPED = r"(?:[0-9]+|[0-9]{1,3}(?:%s[0-9]{3})+|[0-9]{1,2}(?:,[0-9]{2})+,[0-9]{3})"
_READINGS = {
    mark: re.compile(rf"(?P<whole>{_PLAIN_OR_GROUPED % re.escape(group)}?)(?:{re.escape(mark)}(?P<part>[0-9]+))?\Z")
    for group, mark in ((",", "."), (".", ","))
}


class AmbiguousAmountProblem(ValueProblem):
    """The text can be read as two amounts."""


class _Written(NamedTuple):
    """An amount apart from what stands around it."""

    negative: bool
    amount: str
    marks: tuple[str, ...]


def read_written_money(text: str, currency: str | None, style: str | None = None) -> Value:
    """An amount of money as people write it. A bare amount or a sign is of ``currency``, the book's.

    ``style`` is one of STYLES. Raises ValueProblem, and AmbiguousAmountProblem where the text has two readings.
    """
    written = _apart(text)
    if written is None:
        raise ValueProblem(_no_amount(text))
    code = _currency(text, written.marks, currency)
    plain = styled(written.amount, style) if style else only_reading(text, written.amount)
    amount = number(_without_zeros(plain))
    if amount is None:
        raise ValueProblem(_wanted(text, style))
    return amount_value("money", -amount if written.negative else amount, code)


def styled(amount: str, style: str) -> str:
    """The digits of an amount in one of STYLES, as a book writes them. Raises ValueProblem where they are not in it."""
    thousands, mark = STYLES[style]
    amount = amount.translate(_SPACES)
    sign, digits = ("-", amount[1:]) if amount.startswith("-") else ("", amount)
    whole, dot, part = digits.partition(mark)
    groups = whole.split(thousands) if thousands else [whole]
    if len(groups) > 1 and (not 1 <= len(groups[0]) <= 3 or any(len(group) != 3 for group in groups[1:])):
        raise ValueProblem(_wanted(amount, style))
    return sign + "".join(groups) + ("." if dot else "") + part


def _wanted(text: str, style: str | None) -> Message:
    if style is None:
        return _no_amount(text)
    return Message("{text} is not a number written as {style}.", {"text": quoted(text), "style": style})


def _no_amount(text: str) -> Message:
    return Message("{text} should be an amount such as 25 USD.", {"text": quoted(text)})


def _apart(text: str) -> _Written | None:
    text = text.translate(_SPACES).strip()
    found = _AMOUNT.match(text)
    if found is None:
        return None
    before, amount, after = found["before"], found["amount"], found["after"]
    negative = "(" in before and ")" in after
    if negative:
        before, after = before.replace("(", "", 1), after.replace(")", "", 1)
    if "-" in before + after:
        if negative:
            return None
        negative = True
        before, after = (before.replace("-", "", 1), after) if "-" in before else (before, after.replace("-", "", 1))
    return _Written(negative, amount, tuple(mark for mark in (before.strip(), after.strip()) if mark))


def _currency(text: str, marks: tuple[str, ...], currency: str | None) -> str:
    """The code of what stands around the amount: nothing, a sign, a code, or a sign and its code."""
    codes = [mark for mark in marks if mark in CURRENCIES]
    signs = [mark for mark in marks if mark in SIGNS]
    if len(codes) + len(signs) < len(marks) or len(codes) > 1 or len(signs) > 1:
        raise ValueProblem(_no_amount(text))
    known = codes[0] if codes else currency
    if signs:
        code = meant(signs[0], known)
        if code is not None:
            return code
        if known is None:
            several = Message("{text} can be several currencies. Say which: `currency:` in servkit.yaml.")
            raise ValueProblem(several._replace(blanks={"text": quoted(signs[0])}))
        other = Message("{text} is not a sign of {code}, the book's currency. Write the code: `25 USD`.")
        if codes:
            other = Message("{text} is not a sign of {code}, the amount's currency. Write the code: `25 USD`.")
        raise ValueProblem(other._replace(blanks={"text": quoted(signs[0]), "code": known}))
    if known is None:
        bare = Message(
            "{text} has no currency. Write it behind the amount (`25 USD`), or once as `currency:` in servkit.yaml."
        )
        raise ValueProblem(bare._replace(blanks={"text": quoted(text)}))
    return known


def only_reading(text: str, amount: str) -> str:
    """The amount as a book writes it, where a comma and a point can mean one thing only."""
    readings = {}
    for mark, pattern in _READINGS.items():
        found = pattern.match(amount)
        if found and (found["whole"] or found["part"]):
            whole = found["whole"]
            if len(whole) > 3 and whole.startswith("0") and not whole.isdigit():
                continue  # nobody groups behind a nought
            digits = "".join(char for char in whole if char.isdigit()) or "0"
            readings[mark] = f"{digits}.{found['part']}" if found["part"] else digits
    different = sorted(set(readings.values()), key=len)
    if not different:
        raise ValueProblem(_no_amount(text))
    if len(different) > 1:
        blanks = {"text": quoted(text), "one": different[0], "other": different[-1]}
        raise AmbiguousAmountProblem(Message("{text} can be read as {one} or as {other}.", blanks))
    return different[0]


def _without_zeros(digits: str) -> str:
    """``007.50`` as ``7.50``, and ``.50`` as ``0.50``: a spreadsheet means the same."""
    whole, dot, part = digits.partition(".")
    return (whole.lstrip("0") or "0") + dot + part
