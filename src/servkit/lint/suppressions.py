"""Comments that ignore findings: leaving out what they name, and reporting comments without a reason or a use."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from servkit.lint.finding import Edit, Finding, Fix
from servkit.text import enumeration

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from servkit.lint.ignores import Ignore

WITHOUT_REASON, WITHOUT_USE = "SK690", "SK691"


def suppress(
    findings: Iterable[Finding],
    ignores: Mapping[str, Sequence[Ignore]],
    document_at: Callable[[str, int], str],
    was_checked: Callable[[str], bool],
) -> tuple[list[Finding], int]:
    """The findings that no comment ignores, with those about the comments themselves; and how many were left out.

    A comment is only reported as useless for codes that were checked.
    """
    if not ignores:
        return list(findings), 0
    covering: defaultdict[tuple[str, int], list[Ignore]] = defaultdict(list)
    for path, comments in ignores.items():
        for comment in comments:
            for line in comment.covers:
                covering[path, line].append(comment)
    remaining, count, used = [], 0, set()
    for finding in findings:
        comments = covering.get((finding.path, finding.line), [])
        ignoring = next((comment for comment in comments if finding.code in comment.codes), None)
        if ignoring is None:
            remaining.append(finding)
        else:
            count += 1
            used.add((finding.path, ignoring.line, finding.code))
    for path, comments in ignores.items():
        for comment in comments:
            remaining += _about(path, comment, used, document_at(path, comment.line), was_checked)
    return remaining, count


def _about(
    path: str, comment: Ignore, used: set[tuple[str, int, str]], document: str, was_checked: Callable[[str], bool]
) -> list[Finding]:
    """The findings about a comment."""

    def finding(code: str, message: str, fix: Fix | None = None) -> Finding:
        return Finding(path, comment.line, comment.column, message, document, fix=fix, code=code)

    if not comment.codes:
        return [
            finding(WITHOUT_REASON, "This comment doesn't say what to ignore. Write `ignore[CODE]` and the reason.")
        ]
    findings = []
    if not comment.reason:
        findings.append(finding(WITHOUT_REASON, "This comment gives no reason. Write it after the bracket."))
    useless = [code for code in comment.codes if (path, comment.line, code) not in used and was_checked(code)]
    if useless:
        verb = "is" if len(useless) == 1 else "are"
        message = f"{enumeration(useless)} {verb} no longer found here. Delete {'it' if verb == 'is' else 'them'}."
        left = [code for code in comment.codes if code not in useless]
        fix = Fix("delete the code" if left else "delete the comment", (_without(comment, left),))
        findings.append(finding(WITHOUT_USE, message, fix))
    return findings


def _without(comment: Ignore, left: Sequence[str]) -> Edit:
    """The edit that leaves only these codes. Without any it deletes the comment, and its line if it is alone there."""
    if left:
        named = comment.text[: comment.text.index("]") + 1]
        return Edit(comment.line, comment.column, named, f"{named[: named.index('[')]}[{', '.join(left)}]")
    if not comment.lead.strip():
        return Edit(comment.line, 1, f"{comment.lead}{comment.text}\n", "")
    content = comment.lead.rstrip()
    return Edit(comment.line, len(content) + 1, comment.lead[len(content) :] + comment.text, "")
