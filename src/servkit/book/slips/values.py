"""Slips of values: quotation marks, brackets, and signs that mean something to YAML."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from servkit.book.comparisons import comparison
from servkit.book.slips.lines import read_indentation
from servkit.book.slips.text import KEY, indentation, without_remark
from servkit.text import quoted

if TYPE_CHECKING:
    from servkit.book.slips.fault import Fault, Slip

_CLOSING = {"[": "]", "{": "}"}
_COMPARED = re.compile(r"[<>]=? *[^\s,}\]](?:[^,}\]#]*[^\s,}\]#])?")


def read_unexpected(fault: Fault) -> Slip | None:
    """Something stands where the next key or item belongs."""
    last = fault.last_token()
    style = getattr(last, "style", None)
    if last is not None and style in ("'", '"'):
        return _closed_early(fault, last)
    if last is not None and style in ("|", ">"):
        first = next((at for at in range(last.start_mark.line + 1, fault.line) if fault.row(at).strip()), fault.line)
        key = fault.value(last.start_mark.line, last.start_mark.column)[0].strip()
        message = (
            f"This line is indented less than the text of {quoted(key)} (line {last.start_mark.line + 1}). "
            f"Begin every line of the text in column {indentation(fault.row(first)) + 1} or further right."
        )
        return fault.slip(fault.line, fault.column, message)
    if last is not None and type(last).__name__ in ("FlowSequenceEndToken", "FlowMappingEndToken"):
        return _behind_bracket(fault)
    if last is not None and getattr(last, "plain", False):
        end = last.end_mark
        cut = re.match(r"[ \t]+#", fault.row(end.line)[end.column :])
        if cut and indentation(fault.row(fault.line)) > indentation(fault.row(last.start_mark.line)):
            column = end.column + cut.end() - 1
            return fault.slip(
                end.line,
                column,
                "YAML reads what follows ` #` as a comment, so the text is cut here. Put the whole text in quotes.",
            )
    return read_indentation(fault)


def _closed_early(fault: Fault, last: Any) -> Slip:
    mark, start, end = last.style, last.start_mark, last.end_mark
    if start.line != end.line:
        message = f"This quotation mark isn't closed. Write {mark} at the end of the text."
        return fault.slip(start.line, start.column, message)
    key, value = fault.value(start.line, start.column)
    inner = value[1:-1] if value.endswith(mark) and len(value) > 1 else value
    if inner is value and fault.row(end.line)[end.column : end.column + 1].isalnum():  # it began by mistake: 'It's fine
        inner = value[1:]
    doubled = inner.replace("'", "''")
    right = f'"{inner}"' if mark == "'" and '"' not in inner else f"'{doubled}'"
    message = f"The text continues after this quotation mark. Write {quoted(key + right)}."
    return fault.slip(end.line, end.column - 1, message)


def _behind_bracket(fault: Fault) -> Slip:
    if fault.rest[:1] in ("]", "}"):
        return fault.slip(fault.line, fault.column, f"There is one `{fault.rest[0]}` too many.")
    row = fault.row(fault.line)
    found = KEY.match(row)
    column = found.end() if found is not None else indentation(row)
    message = f"A text that begins with a bracket needs quotes. {fault.in_quotes(fault.line, fault.column)}"
    return fault.slip(fault.line, column, message)


def read_open_quote(fault: Fault) -> Slip:
    line, column = fault.since
    mark = fault.row(line)[column : column + 1]
    return fault.slip(line, column, f"This quotation mark isn't closed. Write {mark} at the end of the text.")


def read_open_bracket(fault: Fault) -> Slip:
    """A comma or the end of a list or mapping in brackets is missing."""
    line, column = fault.since
    opened = fault.row(line)[column : column + 1]
    wanted, sign = _CLOSING.get(opened, ""), fault.rest[:1]
    if sign and sign in "]}" and sign != wanted and line == fault.line:
        message = f"`{opened}` is closed by `{sign}` here. Write `{wanted}`."
        return fault.slip(fault.line, fault.column, message)
    if not _is_closed(fault, line, column):
        return fault.slip(line, column, f"This `{opened}` isn't closed. Write `{wanted}` where it ends.")
    last = fault.last_token()
    if sign == ":":
        message = "This text has a colon in it. Put the text in quotes."
    elif getattr(last, "style", None) in ("'", '"') and sign not in ("'", '"'):
        message = "The text continues after a quotation mark, or a comma is missing."
    else:
        message = "A comma is missing before this."
    return fault.slip(fault.line, fault.column, message)


def _is_closed(fault: Fault, line: int, column: int) -> bool:
    """Whether a bracket has its counterpart further on."""
    depth = 0
    for at in range(line, len(fault.lines)):
        for sign in fault.row(at)[column if at == line else 0 :]:
            depth += (sign in "[{") - (sign in "]}")
            if depth == 0:
                return True
    return False


def read_missing_value(fault: Fault) -> Slip:
    """Nothing stands where a value belongs."""
    sign = fault.rest[:1]
    if sign == "," and fault.row(fault.line)[: fault.column].rstrip()[-1:] in ("[", "{", ","):
        message = "There is one comma too many here, or a value is missing before it."
        return fault.slip(fault.line, fault.column, message)
    if sign and fault.rest.strip():
        message = f"{_cannot_begin(sign)} {fault.in_quotes(fault.line, fault.column)}"
        return fault.slip(fault.line, fault.column, message)
    line, column = _innermost_open(fault) or fault.since
    bracket = fault.row(line)[column : column + 1]
    return fault.slip(
        line, column, f"This `{bracket}` isn't closed. Write `{_CLOSING.get(bracket, ']')}` where it ends."
    )


def _innermost_open(fault: Fault) -> tuple[int, int] | None:
    """The last bracket that nothing closes."""
    opened: list[tuple[int, int]] = []
    for line, row in enumerate(fault.lines):
        for column, sign in enumerate(row):
            if sign in "[{":
                opened.append((line, column))
            elif sign in "]}" and opened:
                opened.pop()
    return opened[-1] if opened else None


def read_first_sign(fault: Fault) -> Slip | None:
    """A text begins with a sign that means something to YAML."""
    line, column = fault.since
    row, key = fault.row(line), fault.value(*fault.since)[0]
    sign, words = row[column : column + 1], row[column:]
    if sign in ">|" and sign:
        return read_block_text(fault)
    if sign == "*" and not row[:column].strip() and words[1:2] in (" ", "\t"):
        item = f"- {without_remark(words[1:])}"
        message = f"An item of a list begins with a hyphen and a space. Write {quoted(item)}."
        return fault.slip(line, column, message)
    if not key and sign == "%" and column == 0:
        return fault.slip(
            line, column, "A line can't begin with `%`. Put the text in quotes, or write `#` for a remark."
        )
    return fault.slip(line, column, f"{_cannot_begin(sign)} {fault.in_quotes(line, column)}")


def _cannot_begin(sign: str) -> str:
    return f"A text can't begin with {'a backtick' if sign == '`' else quoted(sign)}."


def read_block_text(fault: Fault) -> Slip:
    """Something stands on the line of ``|`` or ``>``."""
    line, column = fault.since
    row = fault.row(line)
    key = fault.value(line, column)[0]
    found = _COMPARED.match(row, column)
    if found is not None and (found[0].lstrip("<>= ")[:1].isdigit() or found[0].startswith(">=")):
        name = re.search(r"[\w-]+: *\Z", row[max(0, column - 80) : column])
        right = f"{name[0] if name else key}{comparison(found[0])}"
        return fault.slip(line, column, f"A comparison is written in words. Write {quoted(right)}.")
    words = without_remark(row[column + 1 :])
    message = (
        f"After `{row[column]}` the text begins on the next line. Write {quoted(words)} there, indented by two spaces."
    )
    return fault.slip(line, column, message)


def read_backslash(fault: Fault) -> Slip:
    line, column = fault.since
    key, value = fault.value(line, column)
    inner = value.removeprefix('"').removesuffix('"').replace("'", "''")
    right = f"{key}'{inner}'"
    place = fault.row(fault.line).rfind("\\", 0, fault.column + 1)
    message = f"A backslash has a meaning of its own in double quotes. Write {quoted(right)}."
    return fault.slip(fault.line, max(place, 0), message)
