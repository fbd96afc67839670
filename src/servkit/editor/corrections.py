"""What an author can have corrected with one key: safe fixes of the checks, and what a message suggests to write.

A suggestion is only offered where it is known to help: the text that would come of it is looked at first.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from servkit.lint.fixes import changes_of
from servkit.nearest import suggestion_in
from servkit.text import quoted

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from servkit.editor.text import Text
    from servkit.lint.finding import Finding


class Correction(NamedTuple):
    """What is done, in words, and what is put where: from which character to which of the text."""

    label: str
    changes: tuple[tuple[int, int, str], ...]
    finding: Finding
    is_safe: bool


def corrections(
    text: Text, findings: Sequence[Finding], look_at: Callable[[bytes], Sequence[Finding]]
) -> Iterator[Correction]:
    """What can be done about some findings; ``look_at`` says what is wrong with another text of the file."""
    for finding in findings:
        changes = changes_of(text.body, finding.fix) if finding.fix is not None else None
        if finding.fix is not None and changes is not None:
            label = finding.fix.label
            yield Correction(label[:1].upper() + label[1:], tuple(changes), finding, is_safe=True)
            continue
        for change in _suggested(text, finding):
            if _helps(text, finding, change, findings, look_at):
                yield Correction(f"Write {quoted(change[2])}", (change,), finding, is_safe=False)
                break


def _helps(
    text: Text,
    finding: Finding,
    change: tuple[int, int, str],
    known: Sequence[Finding],
    look_at: Callable[[bytes], Sequence[Finding]],
) -> bool:
    """Whether a change ends a finding, and no other fault comes of it at the same place."""
    start, end, new = change
    after = look_at(replace(text, start, end, new))
    before = {(one.code, one.message) for one in known}
    place = (finding.line, finding.column)
    others = (one for one in after if (one.line, one.column) == place and (one.code, one.message) not in before)
    return not any((one.code, one.message) == (finding.code, finding.message) for one in after) and not any(
        one.code == finding.code or one.severity == "error" for one in others
    )


def replace(text: Text, start: int, end: int, new: str) -> bytes:
    """The text with something else in the place of some characters."""
    return (text.body[:start] + new + text.body[end:]).encode("utf-8", "replace")


def _suggested(text: Text, finding: Finding) -> Iterator[tuple[int, int, str]]:
    """What a message suggests: where the author's words may be, and what to write there."""
    suggestion = suggestion_in(finding.message)
    if suggestion is None or not finding.line:
        return
    quoted_before, right = suggestion
    start = text.offset_of_place(finding.line, finding.column)
    for wrong in quoted_before:
        pattern = r"\s+".join(map(re.escape, wrong.split()))
        word = re.compile(rf"(?<![\w]){pattern}(?![\w])" if wrong[:1].isalnum() else pattern)
        found = word.search(text.body, start, text.line_end(start))
        if found is not None:
            yield found.start(), found.end(), right
