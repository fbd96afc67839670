"""Leaving out what a comment in the file says to leave out, and telling comments that are of no use."""

from __future__ import annotations

from typing import TYPE_CHECKING

from servkit.lint.finding import Edit, Finding, Fix

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from servkit.lint.ignores import Ignore

WITHOUT_REASON, WITHOUT_USE = "SK690", "SK691"


def suppress(
    findings: Iterable[Finding],
    ignores: Mapping[str, Sequence[Ignore]],
    document: Callable[[str, int], str],
    judged: Callable[[str], bool],
) -> tuple[list[Finding], int]:
    """The findings that stay, those about the comments among them; and how many were left out.

    Whether a comment is of use is only told for codes that were ``judged``.
    """
    if not ignores:
        kept = list(findings)
        return kept, 0
    kept, left_out, used = [], 0, set()
    covering: dict[tuple[str, int], list[Ignore]] = {}
    for path, notes in ignores.items():
        for note in notes:
            for line in note.covers:
                covering.setdefault((path, line), []).append(note)
    for finding in findings:
        speaks = next(
            (note for note in covering.get((finding.path, finding.line), ()) if finding.code in note.codes), None
        )
        if speaks is None:
            kept.append(finding)
        else:
            left_out += 1
            used.add((finding.path, speaks.line, finding.code))
    for path, notes in ignores.items():
        for note in notes:
            kept += _about(path, note, used, document(path, note.line), judged)
    return kept, left_out


def _about(
    path: str, note: Ignore, used: set[tuple[str, int, str]], document: str, judged: Callable[[str], bool]
) -> list[Finding]:
    def finding(code: str, message: str, fix: Fix | None = None) -> Finding:
        return Finding(path, note.line, note.column, message, document, fix=fix, code=code)

    if not note.codes:
        return [
            finding(WITHOUT_REASON, "This comment doesn't say what to ignore. Write `ignore[CODE]` and the reason.")
        ]
    out = []
    if not note.reason:
        out.append(finding(WITHOUT_REASON, "This comment gives no reason. Write it after the bracket."))
    useless = [code for code in note.codes if (path, note.line, code) not in used and judged(code)]
    if useless:
        verb = "is" if len(useless) == 1 else "are"
        message = f"{' and '.join(useless)} {verb} no longer found here. Delete {'it' if verb == 'is' else 'them'}."
        left = [code for code in note.codes if code not in useless]
        fix = Fix("delete the code" if left else "delete the comment", (_without(note, left),))
        out.append(finding(WITHOUT_USE, message, fix))
    return out


def _without(note: Ignore, left: Sequence[str]) -> Edit:
    """The comment with the codes that are left; none of it, and no line for it, where none are."""
    if left:
        named = note.text[: note.text.index("]") + 1]
        return Edit(note.line, note.column, named, f"{named[: named.index('[')]}[{', '.join(left)}]")
    if not note.lead.strip():
        return Edit(note.line, 1, f"{note.lead}{note.text}\n", "")
    kept = note.lead.rstrip()
    return Edit(note.line, len(kept) + 1, note.lead[len(kept) :] + note.text, "")
