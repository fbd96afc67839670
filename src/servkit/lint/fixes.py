"""Applying safe fixes, and nothing else: every other byte of a file stays as it is."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from servkit.book.files import MAX_BYTES
from servkit.book.problems import ServkitError
from servkit.files import read_file, write_file

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from servkit.lint.finding import Edit, Finding, Fix

Change = tuple[int, int, str]


def fix_findings(root: Path, findings: Iterable[Finding]) -> int:
    """Apply the fixes of some findings; returns how many were applied. A file is replaced as a whole or not at all."""
    by_path: defaultdict[str, list[Finding]] = defaultdict(list)
    for finding in findings:
        if finding.fix is not None:
            by_path[finding.path].append(finding)
    return sum(_fix_file(root / path, found) for path, found in by_path.items())


def _fix_file(path: Path, findings: list[Finding]) -> int:
    try:
        raw = read_file(path, MAX_BYTES)
        text = raw.decode("utf-8")
    except (OSError, UnicodeDecodeError):
        return 0
    mark = "\ufeff" if text.startswith("\ufeff") else ""
    text, applied = apply(text.removeprefix(mark), findings)
    if applied:
        _replace(path, (mark + text).encode())
    return applied


def changes_of(text: str, fix: Fix) -> list[Change] | None:
    """What a fix puts where in a text, from which character to which; None where the text is not what it should be."""
    starts = _line_starts(text)
    found = [change for edit in fix.edits if (change := _change(text, starts, edit)) is not None]
    return found if len(found) == len(fix.edits) else None


def apply(text: str, findings: Iterable[Finding]) -> tuple[str, int]:
    """The text after the fixes that fit it and don't overlap, and how many these are."""
    starts = _line_starts(text)
    changes: list[Change] = []
    applied = 0
    for finding in findings:
        assert finding.fix is not None
        edits = finding.fix.edits
        own = [change for edit in edits if (change := _change(text, starts, edit)) is not None]
        if len(own) == len(edits) and not any(_overlap(one, other) for one in own for other in changes):
            changes += own
            applied += 1
    for start, end, new in sorted(changes, reverse=True):
        text = text[:start] + new + text[end:]
    return text, applied


def _line_starts(text: str) -> list[int]:
    out, place = [], 0
    for line in text.splitlines(keepends=True):
        out.append(place)
        place += len(line)
    return out


def _change(text: str, starts: list[int], edit: Edit) -> Change | None:
    """Where an edit reaches from and to; None where the text there is not what it should be."""
    if not 0 < edit.line <= len(starts):
        return None
    start, old = starts[edit.line - 1] + edit.column - 1, edit.old
    if text[start : start + 1] in ("'", '"') and old[:1] not in ("'", '"'):
        start += 1
    whole_line = old.endswith("\n")
    end = start + len(old) - whole_line
    if text[start:end] != old.removesuffix("\n"):
        return None
    if whole_line:
        end += 2 if text[end : end + 2] == "\r\n" else 1 if text[end : end + 1] == "\n" else 0
    return start, end, edit.new


def _overlap(one: Change, other: Change) -> bool:
    return one[0] < other[1] and other[0] < one[1]


def _replace(path: Path, raw: bytes) -> None:
    try:
        write_file(path, raw)
    except OSError as fault:
        raise ServkitError(f"Can't be written: {fault.strerror or fault}", path=str(path)) from fault
