"""Keys without a colon in braces: ``{value: 12,50 EUR}`` is read as two keys, and was meant as one value."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from servkit.book.slips.text import KEY_AND_WORDS, NO_SPACE, in_quotes
from servkit.book.written_form import written_form
from servkit.text import quoted

if TYPE_CHECKING:
    from collections.abc import Sequence


def has_no_colon(key: Any, value: Any) -> bool:
    """Whether a key stands alone: nothing comes after it, not even a colon."""
    return (
        value.value == ""
        and not value.tag
        and value.style == ""
        and (value.start_mark.line, value.start_mark.column) == (key.end_mark.line, key.end_mark.column)
    )


def key_without_colon(entries: Sequence[tuple[Any, Any]], place: int) -> str:
    """What to write in place of a key that stands alone, and of the text before it that a comma cut."""
    key = entries[place][0]
    name = key.value
    if found := NO_SPACE.fullmatch(name):
        return f"A space is missing after the colon. Write {quoted(found['key'] + ': ' + found['rest'])}."
    if place and isinstance(entries[place - 1][1].value, str) and entries[place - 1][1].value:
        before, value = entries[place - 1]
        gap = " " if key.start_mark.column - value.end_mark.column != 1 else ""
        text = f"{value.value},{gap}{name}"
        form = written_form(text)
        return f"A comma ends a value in braces. Write {quoted(f'{before.value}: {form or in_quotes(text)}')}."
    if found := KEY_AND_WORDS.fullmatch(name):
        return f"A colon is missing. Write {quoted(found['key'] + ': ' + found['rest'])}."
    return (
        f"{quoted(name)} has no value. Write {quoted(name + ': …')}, or put a text that begins with a brace in quotes."
    )
