"""The engine: runs the selected rules over a book and collects their findings in one report.

``lint`` goes step by step: the problems that the reader found, the rules, the ``ignore`` comments, the severities, the
order and the fingerprints.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter, defaultdict
from typing import TYPE_CHECKING, Any

from servkit.book.references import find_references
from servkit.cache.digests import digest
from servkit.lint.code_filter import CodeFilter
from servkit.lint.finding import Finding, from_problem
from servkit.lint.fixture import Fixtures
from servkit.lint.fixtures.broken_documents import broken_documents
from servkit.lint.fixtures.kinds import kinds
from servkit.lint.fixtures.places import Places
from servkit.lint.fixtures.templates import templates
from servkit.lint.journal_view import JournalView
from servkit.lint.report import Report
from servkit.lint.rule import all_rules
from servkit.lint.settings import OFF, LintSettings, read_lint_settings
from servkit.lint.suppressions import suppress

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
    from datetime import date

    from servkit.book.entries import Entry
    from servkit.book.library import Book
    from servkit.cache.book_files import BookFiles
    from servkit.lint.loader import LoadedBook

#: Bytes of a fingerprint.
_FINGERPRINT_BYTES = 12
#: A longer line enters a fingerprint by its digest.
_LONG_LINE = 10_000


def lint(
    loaded: LoadedBook,
    today: date,
    codes: CodeFilter | None = None,
    journal: JournalView | None = None,
    pause: Callable[[], object] | None = None,
    within: Book | None = None,
) -> Report:
    """Check a book as of a day with the rules that ``codes`` selects; with all of them by default. ``journal`` is what
    the rules may know of the journal; ``pause`` is called before each rule, and may raise to end the check.

    Where only a part of a book is loaded, ``within`` is the whole: the rules that have to look at all of it are left
    out, and names are looked up in it.
    """
    codes = codes or CodeFilter()
    book = loaded.book
    settings, findings = read_lint_settings(loaded.settings_source)
    document_at = _DocumentIndex(book.entries if book is not None else ()).at
    findings += [from_problem(problem, document_at(problem.path, problem.line)) for problem in loaded.problems]
    skipped: list[str] = []
    if book is not None:
        found = _run_rules(loaded, book, settings, today, codes, skipped, journal, pause, within)
        findings += _new_findings(found, findings)
    else:
        skipped.append("servkit.yaml cannot be used, so no document was looked at")
    findings, ignored = suppress(
        findings, loaded.ignores, document_at, lambda code: book is not None and codes.accepts(code) and within is None
    )
    findings = sorted(_with_severities(findings, settings, codes), key=lambda finding: finding.order)
    return Report(
        root=loaded.root,
        findings=tuple(_with_fingerprints(findings, loaded.files)),
        files=len(loaded.paths),
        paths=tuple(loaded.paths),
        name=book.settings.name if book is not None else "",
        today=today.isoformat(),
        documents=_documents(loaded),
        ignored=ignored,
        skipped=tuple(skipped),
        fail_on=settings.fail_on,
    )


def _documents(loaded: LoadedBook) -> int:
    """How many documents there are, those that cannot be read among them."""
    book = loaded.book
    return 0 if book is None else len(book.entries) + broken_documents(book, book.entries, loaded.files).count


def _run_rules(
    loaded: LoadedBook, book: Book, settings: LintSettings, today: date, codes: CodeFilter, skipped: list[str],
    journal: JournalView | None, pause: Callable[[], object] | None,
    within: Book | None,
) -> list[Finding]:  # fmt: skip
    """The findings of the rules, each with its code. A rule adds to ``skipped`` what it could not check.

    A rule names what it needs as parameters: something in ``given``, or a fixture, which is made once for all rules."""
    given = {
        "book": book,
        "entries": book.entries,
        "settings": book.settings,
        "settings_source": loaded.settings_source,
        "root": loaded.root,
        "files": loaded.files,
        "lossy": loaded.lossy,
        "cache": loaded.cache,
        "customer_file": loaded.customers,
        "today": today.toordinal(),
        "skipped": skipped,
        "journal": journal or JournalView(),
    }
    findings: list[Finding] = []
    with Fixtures(given) as fixtures, Fixtures(_looked_up_in(within, given)) as names:
        for rule in all_rules().values():
            if rule.check is None or not codes.accepts(rule.code) or not settings.wants(rule.code, rule.severity):
                continue
            if within is not None and rule.scope not in ("document", "names"):
                continue
            made = names if within is not None and rule.scope == "names" else fixtures
            if pause is not None:
                pause()
            options = settings.options_of(rule.code, rule.options)
            findings += (finding.of(rule.code) for finding in made.call(rule.check, options=options))
    return findings


def _looked_up_in(within: Book | None, given: Mapping[str, Any]) -> Mapping[str, Any]:
    """What rules get that look the names of a part of the book up in the whole."""
    if within is None:
        return given
    entries = given["entries"]
    return {
        **given,
        "book": within,
        "entries": within.entries,
        "references": find_references(entries, within.settings),
        "templates": templates(kinds(entries)),
    }


def _new_findings(findings: Iterable[Finding], known: Sequence[Finding]) -> list[Finding]:
    """The findings of rules that the reader has not reported yet at the same place under the same code."""
    places = {(finding.path, finding.line, finding.column, finding.code) for finding in known}
    return [one for one in findings if (one.path, one.line, one.column, one.code) not in places]


def _with_severities(findings: Iterable[Finding], settings: LintSettings, codes: CodeFilter) -> Iterator[Finding]:
    """The selected findings, each with the severity that the book gives it. Rules that are off are left out."""
    rules = all_rules()
    for finding in findings:
        if codes.accepts(finding.code):
            default = finding.severity or (rules[finding.code].severity if finding.code in rules else "error")
            severity = settings.severity(finding.code, finding.path, default)
            if severity != OFF:
                yield finding._replace(severity=severity)


class _DocumentIndex:
    """Finds the document at a line of a file."""

    def __init__(self, entries: Sequence[Entry]) -> None:
        self._entries = entries
        self._by_path: dict[str, list[tuple[int, str]]] | None = None

    def at(self, path: str, line: int) -> str:
        """``kind:id`` of the document; empty where there is none."""
        if self._by_path is None:
            self._by_path = defaultdict(list)
            for entry in self._entries:
                self._by_path[entry.path].append((entry.line, entry.name))
        documents = sorted(self._by_path.get(path, ()))
        place = bisect_right(documents, (line, "\uffff"))
        return documents[place - 1][1] if place else ""


def _with_fingerprints(findings: Sequence[Finding], files: BookFiles) -> Iterator[Finding]:
    """The findings with fingerprints: a digest of the rule, the document and the words of the line.

    Line numbers and messages are left out, so that a fingerprint stays the same when they change. Findings that are
    alike are numbered.
    """
    lines, seen = _LineContents(files), Counter[tuple[str, ...]]()
    for finding in findings:
        key = (finding.code, finding.document or finding.path, lines.content(finding.path, finding.line))
        seen[key] += 1
        text = "\0".join((*key, str(seen[key])))
        yield finding._replace(fingerprint=digest(text.encode("utf-8", "replace"), _FINGERPRINT_BYTES))


class _LineContents:
    """Reads the words of lines. It keeps the last one, because one line may have thousands of findings."""

    def __init__(self, files: BookFiles) -> None:
        self._places = Places(files)
        self._last, self._content = ("", -1), ""

    def content(self, path: str, line: int) -> str:
        """The words of a line, or their digest where they are very long; empty where there is no such line."""
        if (path, line) != self._last:
            lines = self._places.lines(path)
            content = " ".join(lines[line - 1].split()) if 0 < line <= len(lines) else ""
            if len(content) > _LONG_LINE:
                content = digest(content.encode("utf-8", "replace"))
            self._last, self._content = (path, line), content
        return self._content
