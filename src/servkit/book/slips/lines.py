"""Slips of lines: a colon that is missing or one too many, items and texts that are indented otherwise."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from servkit.book.slips.text import (
    FALSE_ITEM,
    KEY,
    KEY_AND_WORDS,
    NO_SPACE,
    ODD_COLONS,
    ODD_SPACES,
    in_quotes,
    indentation,
    named,
    without_remark,
)
from servkit.text import quoted

if TYPE_CHECKING:
    from servkit.book.slips.fault import Fault, Slip

_CONFLICT = re.compile(r"(?:<{7}|>{7}|\|{7})(?: |\Z)|={7}\Z")
_OTHER_SIGN = re.compile(r"(?P<key>[a-z][a-z_]*)[ ]*(?P<sign>[=;])[ ]*(?P<rest>.+)")
_BLOCK_TEXT = re.compile(r"[|>][-+0-9]*[ ]*(?:#.*)?\Z")


def read_conflict(fault: Fault) -> Slip | None:
    marked = [line for line, row in enumerate(fault.lines) if _CONFLICT.match(row)]
    if not marked or marked[0] > fault.line:
        return None
    end = next((line for line in marked if fault.row(line).startswith(">")), marked[-1])
    return fault.slip(
        marked[0],
        0,
        f"A merge conflict isn't resolved (lines {marked[0] + 1} to {end + 1}). Keep what is right of both sides, "
        "without the lines that begin with `<<<<<<<`, `=======` and `>>>>>>>`.",
    )


def read_odd_indentation(fault: Fault) -> Slip | None:
    """A tab or a space of another sort before the first word of a line."""
    for line in (fault.line, fault.since[0], fault.above(fault.line)):
        row = fault.row(line)
        for column, sign in enumerate(row):
            if sign == "\t" and (fault.column >= column or line != fault.line) and "\t" in row[: _first_word(row)]:
                return fault.slip(line, column, "There is a tab here. Indent with spaces.")
            if sign in ODD_SPACES and column < _first_word(row):
                return fault.slip(line, column, f"There is a {named(sign)} here. Write a plain space.")
            if not sign.isspace() and sign != "-" and sign not in ODD_SPACES:
                break
    return None


def _first_word(row: str) -> int:
    """The column of the first character that is no kind of space, nor the hyphen of an item."""
    return next((at for at, sign in enumerate(row) if not sign.isspace() and sign != "-" and sign not in ODD_SPACES), 0)


def read_line_without_colon(fault: Fault, line: int | None = None) -> Slip | None:
    """A line that should be a key with a value, an item of a list, or indented."""
    line = fault.since[0] if line is None else line
    row = fault.row(line)
    start = re.match(r"[ ]*(?:- +)*", row)
    column = start.end() if start else 0
    words = without_remark(row[column:])
    for reading in (_odd_colon, _false_item, _belongs_above):
        slip = reading(fault, line, column, words)
        if slip is not None:
            return slip
    found = KEY_AND_WORDS.fullmatch(words)
    above = fault.above(line)
    if found is None or len(found["rest"].split()) > 12:
        return fault.slip(
            line,
            column,
            f"{quoted(words)} has no colon. If it continues the text above it, indent it. Otherwise write a "
            "key and a colon before it.",
        )
    message = f"A colon is missing: write {quoted(found['key'] + ': ' + found['rest'])}."
    if above >= 0 and fault.value(above, len(fault.row(above)))[1]:
        message += " If this line continues the text above it, indent it."
    return fault.slip(line, column + found.end("key"), message)


def _odd_colon(fault: Fault, line: int, column: int, words: str) -> Slip | None:
    """What stands where a colon and a space belong."""
    for at, sign in enumerate(words):
        if sign in ODD_COLONS:
            right = f"{words[:at].strip()}: {words[at + 1 :].strip()}"
            message = f"`{sign}` (U+{ord(sign):04X}) is not the colon of YAML. Write {quoted(right)}."
            return fault.slip(line, column + at, message)
        if sign == ":":
            break
    found = NO_SPACE.fullmatch(words)
    if found is not None:
        right, sign = f"{found['key']}: {found['rest'].strip()}", found["rest"][0]
        if sign in ODD_SPACES:
            right = f"{found['key']}: {found['rest'][1:].strip()}"
            message = f"There is a {named(sign)} after the colon. Write a plain space: {quoted(right)}."
        else:
            message = f"A space is missing after the colon. Write {quoted(right)}."
        return fault.slip(line, column + found.start("rest"), message)
    found = _OTHER_SIGN.fullmatch(words)
    if found is None:
        return None
    message = f"A key needs a colon, not `{found['sign']}`. Write {quoted(found['key'] + ': ' + found['rest'])}."
    return fault.slip(line, column + found.start("sign"), message)


def _false_item(fault: Fault, line: int, column: int, words: str) -> Slip | None:
    if words in ("--", "—", "----", "–"):
        return fault.slip(line, column, f"Three hyphens separate two documents. Write `---`, not {quoted(words)}.")
    found = FALSE_ITEM.match(words)
    if found is None:
        return None
    item = f"- {words[found.end() :]}"
    message = f"An item of a list begins with a hyphen and a space. Write {quoted(item)}."
    return fault.slip(line, column, message)


def _belongs_above(fault: Fault, line: int, column: int, words: str) -> Slip | None:
    """A line that is the value of the key above it, or an item of the list above it."""
    at = fault.above(line)
    row = fault.row(at)
    found = KEY.match(row)
    if found is not None and indentation(fault.row(line)) <= indentation(row):
        value = without_remark(row[found.end() :])
        if not value or _BLOCK_TEXT.fullmatch(value):
            key = f"{found['key']}: {value}".strip()
            message = f"This line belongs to {quoted(key)} above it. Indent it by two more spaces."
            return fault.slip(line, column, message)
    if row.lstrip().startswith("- ") and indentation(row) == column:
        message = (
            f"This line is in a list. Write {quoted('- ' + words)}, or indent it further if it continues the item "
            "above it."
        )
        return fault.slip(line, column, message)
    return None


def read_colon_too_many(fault: Fault) -> Slip | None:
    """A colon in the middle of a text, or a key that is indented further than its neighbours."""
    row = fault.row(fault.line)
    found = KEY.match(row)
    if found is not None and found.end() <= fault.column:
        value = without_remark(row[found.end() :])
        if value[:1] in "“”„«‘’" and value[:1]:
            straight = in_quotes(re.sub("[“”„«»‘’]", "", value))
            message = f"{value[0]} is not a quotation mark of YAML. Write {quoted(found['key'] + ': ' + straight)}."
            return fault.slip(fault.line, found.end(), message)
        message = f"This text has a colon in it. {fault.in_quotes(fault.line, fault.column)}"
        return fault.slip(fault.line, fault.column, message)
    if row.startswith("--- "):
        return fault.slip(fault.line, 3, "Write `---` on a line of its own, and the rest of the line below it.")
    above = fault.above(fault.line)
    if above < 0:
        return fault.slip(fault.line, fault.column, "There is nothing before this colon. Write a key before it.")
    upper = KEY.match(fault.row(above))
    if upper is None:
        return read_line_without_colon(fault, above)
    if found is not None and " " not in found["key"]:
        column, other = len(found["before"]), len(upper["before"])
        message = (
            f"{quoted(found['key'])} is indented further than {quoted(upper['key'])} above it. "
            f"Begin both in column {other + 1}."
        )
        return fault.slip(fault.line, column, message)
    whole = quoted(upper["key"])
    message = f"This line continues the text above it and has a colon in it. Put the whole text of {whole} in quotes."
    return fault.slip(fault.line, fault.column, message)


def read_indentation(fault: Fault) -> Slip:
    """A line whose neighbours begin in another column."""
    column = indentation(fault.row(fault.line))
    at, first = fault.above(fault.line), -1
    while at >= 0 and indentation(fault.row(at)) >= column:
        first, at = at, fault.above(at)
    if first >= 0 and indentation(fault.row(first)) != column:
        message = (
            f"This line begins in column {column + 1}, and its neighbour in line {first + 1} in column "
            f"{indentation(fault.row(first)) + 1}. Begin both in the same column."
        )
    elif "'-'" in fault.reason:
        message = (
            "This line stands among the items of a list. Begin it with `- `, or begin it in the column of the key it "
            "belongs to."
        )
    else:
        message = "This line is indented differently from its neighbours. Begin it in the same column as they do."
    return fault.slip(fault.line, fault.column, message)


def read_list_beside_key(fault: Fault) -> Slip:
    key, value = fault.value(fault.line, fault.column)
    row, place = fault.row(fault.line), fault.column
    if not key or row[:place].count("[") > row[:place].count("]"):
        message = "A hyphen can't come here. Put text that begins with a hyphen in quotes."
    else:
        message = (
            f"A list begins on the line below its key. Write {quoted(key)}, and below it {quoted(value)}, indented by "
            "two spaces."
        )
    return fault.slip(fault.line, fault.column, message)


def read_document_start(fault: Fault) -> Slip:
    message = "A document has ended above this line. Write `---` on a line of its own before the next one."
    return fault.slip(fault.line, fault.column, message)


def read_yaml_version(fault: Fault) -> Slip:
    return fault.slip(fault.line, fault.column, "This version of YAML is unknown. Write `%YAML 1.2`.")
