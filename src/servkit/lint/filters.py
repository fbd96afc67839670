"""Narrowing a report: to some paths, to what changed, or to what a baseline doesn't know."""

from __future__ import annotations

import json
from collections import Counter
from typing import TYPE_CHECKING

from servkit.book.problems import ServkitError
from servkit.files import read_file
from servkit.lint.settings import path_pattern

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from servkit.lint.finding import Finding
    from servkit.lint.report import Report

SCHEMA = "servkit/lint/1"
#: A larger baseline is a mistake.
MAX_BASELINE = 256 << 20


def only(report: Report, keep: Callable[[Finding], bool]) -> Report:
    """The report with some of its findings."""
    return report._replace(findings=tuple(finding for finding in report.findings if keep(finding)))


def paths_within(root: Path, files: Sequence[str], patterns: Sequence[str], here: Path) -> set[str]:
    """The files of the book that match some paths: files, folders, or patterns; below ``here``, or else in the book.

    Raises ServkitError for a path that matches none.
    """
    names = [file.encode("utf-8", "replace").decode() for file in files]  # as findings have names that are not text
    paths: set[str] = set()
    for pattern in patterns:
        matches = _matching(root, names, pattern, here)
        if not matches:
            raise ServkitError(f"{pattern!r} matches no file of the book in {root}")
        paths.update(matches)
    return paths


def _matching(root: Path, files: Sequence[str], path: str, here: Path) -> set[str]:
    for base in (here, root):
        try:
            whole = (base / path).resolve()
            inside = whole.relative_to(root.resolve()).as_posix()
        except (ValueError, OSError):
            continue
        if inside == "." and whole.is_dir():
            return set(files)
        pattern = path_pattern(inside)
        matches = {file for file in files if file == inside or pattern.match(file)}
        if matches:
            return matches
    return set()


def known_findings(path: Path) -> Counter[str]:
    """The fingerprints of a baseline: a report of an earlier run, as ``--format json`` wrote it."""
    try:
        data = json.loads(read_file(path, MAX_BASELINE).decode("utf-8-sig"))
        if not isinstance(data, dict) or data.get("schema") != SCHEMA:
            raise ValueError(f"Write one with: servkit lint --format json (schema {SCHEMA})")  # noqa: TRY301 - one kind of fault
        return Counter(str(finding["fingerprint"]) for finding in data["findings"])
    except OSError as fault:
        reason = fault.strerror or str(fault)
        advice = " Write one with: servkit lint --format json" if isinstance(fault, FileNotFoundError) else ""
        raise ServkitError(f"The baseline can't be read: {reason}.{advice}", path=str(path)) from fault
    except (KeyError, TypeError) as fault:
        raise ServkitError(
            "This isn't a baseline: its findings aren't written as servkit writes them.", path=str(path)
        ) from fault
    except (ValueError, RecursionError) as fault:
        raise ServkitError(f"This isn't a baseline. {fault}", path=str(path)) from fault


def without_known(report: Report, known: Counter[str]) -> Report:
    """The findings that a baseline doesn't know. ``gone`` counts those that it knows and that are fixed."""
    current = {finding.fingerprint for finding in report.findings}
    gone = sum(1 for fingerprint in known if fingerprint not in current)
    left = only(report, lambda finding: finding.fingerprint not in known)
    return left._replace(known=len(report.findings) - len(left.findings), gone=gone)
