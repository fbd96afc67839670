"""The engine: reads a book, asks every rule, and gives what they found as one report."""

from __future__ import annotations

import gc
from bisect import bisect_right
from collections import Counter, defaultdict
from typing import TYPE_CHECKING

from servkit.cache.digests import digest
from servkit.clocks.today import today_in
from servkit.lint.finding import Finding, from_problem
from servkit.lint.fixtures.places import Places
from servkit.lint.gathering import Gathered, gather
from servkit.lint.inquiry import Chosen, Inquiry
from servkit.lint.report import Report
from servkit.lint.rule import all_rules
from servkit.lint.settings import OFF, LintSettings, read_lint_settings
from servkit.lint.suppressions import suppress

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from datetime import date
    from pathlib import Path

    from servkit.book.entries import Entry
    from servkit.book.library import Book
    from servkit.book.settings import Settings
    from servkit.book.source import Source

__all__ = ["Chosen", "Report", "check", "lint", "today_there"]

#: Bytes of a fingerprint.
_SIZE = 12
#: A line of more characters is known by its digest.
_LONG = 10_000


def lint(
    root: Path,
    *,
    today: date | None = None,
    select: Sequence[str] = (),
    ignore: Sequence[str] = (),
    progress: Callable[[int, int], None] | None = None,
) -> Report:
    """Check the book in a folder with every rule; narrowing what is told is :mod:`servkit.lint.filters`'s."""
    return check(read(root, today, Chosen(tuple(select), tuple(ignore)), progress))


def read(
    root: Path,
    today: date | None,
    chosen: Chosen,
    progress: Callable[[int, int], None] | None = None,
    files: Sequence[str] | None = None,
) -> Gathered:
    """Read the book in a folder, and ask its parts what can be asked of them alone.

    ``files`` are the book's, where the caller has just looked which they are.
    """

    def inquire(settings: Settings, source: Source) -> Inquiry:
        return Inquiry(settings, source, root, today or today_in(settings.timezone), chosen)

    return gather(root, inquire, progress, files)


def today_there(gathered: Gathered) -> date:
    """Today in the book's own time zone."""
    return today_in(gathered.book.settings.timezone if gathered.book else "UTC")


def check(gathered: Gathered, today: date | None = None, chosen: Chosen | None = None) -> Report:
    """Ask every rule that is wanted about a book that has been read; of its parts, unless that has been done."""
    collecting = gc.isenabled()
    gc.disable()  # a book holds no circles, and looking for them in it takes longer than many a rule
    try:
        if gathered.inquiry is not None:
            return _check(gathered, gathered.inquiry.today, gathered.inquiry.chosen)
        return _check(gathered, today or today_there(gathered), chosen or Chosen())
    finally:
        if collecting:
            gc.enable()


def _check(gathered: Gathered, today: date, chosen: Chosen) -> Report:
    book, source = gathered.book, gathered.settings_source
    documents = _Documents(book.entries if book is not None else ())
    findings = [from_problem(problem, documents.at(problem.path, problem.line)) for problem in gathered.problems]
    if book is None or source is None:
        own, wrong = read_lint_settings(source)
        findings += wrong
        skipped = ["servkit.yaml cannot be used, so no document was looked at"]
    else:
        inquiry = gathered.inquiry or Inquiry(book.settings, source, gathered.root, today, chosen)
        own = inquiry.own
        findings += inquiry.findings
        found, skipped = _told(gathered, book, inquiry)
        told = {(one.path, one.line, one.column, one.code) for one in findings}  # nothing is said a second time
        findings += [one for one in found if (one.path, one.line, one.column, one.code) not in told]
    whole = book is not None
    kept, ignored = suppress(findings, gathered.ignores, documents.at, lambda code: whole and chosen.has(code))
    worth = sorted(_weighed(kept, own, chosen), key=lambda finding: finding.order)
    return Report(
        root=gathered.root,
        findings=tuple(_fingerprinted(worth, gathered.root)),
        files=len(gathered.paths),
        paths=tuple(gathered.paths),
        name=book.settings.name if book is not None else "",
        timezone=book.settings.timezone if book is not None else "UTC",
        sources=tuple(source["file"] for source in book.settings.sources) if book is not None else (),
        today=today.isoformat(),
        documents=len(book.entries) if book is not None else 0,
        ignored=ignored,
        skipped=tuple(skipped),
        fail_on=own.fail_on,
    )


def _told(gathered: Gathered, book: Book, inquiry: Inquiry) -> tuple[list[Finding], list[str]]:
    """What the rules find in the parts and in the whole, and what they could not look at."""
    parts = gathered.told or [inquiry.of_settings(), inquiry.of_part(book.entries)]
    things = {"book": book, "entries": book.entries, "broken": gathered.broken, "paths": gathered.paths}
    whole = inquiry.of_book(parts, things, files=len(gathered.paths))
    told = [*parts, whole]
    return [found for one in told for found in one.findings], [words for one in told for words in one.skipped]


def _weighed(findings: Iterable[Finding], settings: LintSettings, chosen: Chosen) -> Iterator[Finding]:
    rules = all_rules()
    for finding in findings:
        if not chosen.has(finding.code):
            continue
        default = finding.severity or (rules[finding.code].severity if finding.code in rules else "error")
        severity = settings.severity(finding.code, finding.path, default)
        if severity != OFF:
            yield finding._replace(severity=severity)


class _Documents:
    """Which document stands at a line of a file."""

    def __init__(self, entries: Sequence[Entry]) -> None:
        self._entries = entries
        self._files: dict[str, list[tuple[int, str]]] | None = None

    def at(self, path: str, line: int) -> str:
        found = self._of_files().get(path, ())
        place = bisect_right(found, (line, "\uffff"))
        return found[place - 1][1] if place else ""

    def _of_files(self) -> dict[str, list[tuple[int, str]]]:
        """The documents of each file, made when somebody asks: most books have nothing to be asked about."""
        if self._files is None:
            self._files = defaultdict(list)
            for entry in self._entries:
                self._files[entry.path].append((entry.line, entry.name))
            for found in self._files.values():
                found.sort()
        return self._files


class _Contents:
    """The words of lines, or the digest of very many; lines with thousands of findings are looked at once."""

    def __init__(self, root: Path) -> None:
        self._places, self._last, self._words = Places(root), ("", 0), ""

    def of(self, finding: Finding) -> str:
        if (finding.path, finding.line) != self._last:
            self._last, lines = (finding.path, finding.line), self._places.lines(finding.path)
            line = lines[finding.line - 1] if 0 < finding.line <= len(lines) else ""
            self._words = " ".join(line.split())
            if len(self._words) > _LONG:
                self._words = digest(self._words.encode("utf-8", "replace"))
        return self._words


def _fingerprinted(findings: Sequence[Finding], root: Path) -> Iterator[Finding]:
    """Rule, document and content, with a number where several are alike; line numbers and wording do not enter."""
    contents, seen = _Contents(root), Counter[tuple[str, ...]]()
    for finding in findings:
        content = contents.of(finding)
        alike = (finding.code, finding.document or finding.path, content)
        seen[alike] += 1
        text = "\0".join((*alike, str(seen[alike])))
        yield finding._replace(fingerprint=digest(text.encode("utf-8", "replace"), _SIZE))
