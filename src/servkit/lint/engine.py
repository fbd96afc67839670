"""The engine: reads a book, asks every rule, and gives what they found as one report."""

from __future__ import annotations

import gc
from bisect import bisect_right
from collections import Counter, defaultdict
from contextlib import closing
from dataclasses import dataclass, replace
from hashlib import blake2b
from typing import TYPE_CHECKING

from servkit.lint.asking import MANY, ask
from servkit.lint.finding import Finding, from_problem
from servkit.lint.gathering import Gathered, gather
from servkit.lint.needs.places import Places
from servkit.lint.rule import all_rules
from servkit.lint.settings import OFF, LintSettings, read_lint_settings
from servkit.lint.suppressing import suppress
from servkit.lint.workbench import Workbench

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from datetime import date
    from pathlib import Path

    from servkit.book.entries import Entry


@dataclass(frozen=True)
class Report:
    """What the checks found.

    ``ignored`` were left out by comments, ``known`` by a baseline, of which ``gone`` entries are no longer found;
    ``skipped`` says what was not looked at or not proved, and why; ``paths`` are the files looked at.
    """

    root: Path
    findings: tuple[Finding, ...]
    files: int = 0
    documents: int = 0
    ignored: int = 0
    known: int = 0
    gone: int = 0
    skipped: tuple[str, ...] = ()
    paths: tuple[str, ...] = ()
    fail_on: str = "info"
    name: str = ""
    today: str = ""
    timezone: str = "UTC"
    sources: tuple[str, ...] = ()

    @property
    def by_code(self) -> Counter[str]:
        return Counter(finding.code for finding in self.findings)

    @property
    def failed(self) -> bool:
        """Whether anything was found that is worth as much as the book's ``fail_on``."""
        rank = {"error": 0, "warning": 1, "info": 2}
        return any(rank[finding.severity] <= rank[self.fail_on] for finding in self.findings)


@dataclass
class Chosen:
    """Codes by their beginnings: ``select`` none means all; ``ignore`` goes before ``select`` unless less is said."""

    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()

    def __contains__(self, code: str) -> bool:
        wanted = max((len(start) for start in self.select if code.startswith(start)), default=-1)
        unwanted = max((len(start) for start in self.ignore if code.startswith(start)), default=-1)
        return (wanted >= 0 or not self.select) and unwanted < max(wanted, 0)


def lint(
    root: Path,
    *,
    today: date | None = None,
    select: Sequence[str] = (),
    ignore: Sequence[str] = (),
    progress: Callable[[int, int], None] | None = None,
) -> Report:
    """Check the book in a folder with every rule; narrowing what is told is :mod:`servkit.lint.narrowing`'s."""
    gathered = gather(root, progress)
    return check(gathered, today or today_there(gathered), Chosen(tuple(select), tuple(ignore)))


def today_in(timezone: str) -> date:
    """Today in a time zone."""
    from datetime import datetime
    from zoneinfo import ZoneInfo

    return datetime.now(ZoneInfo(timezone)).date()


def today_there(gathered: Gathered) -> date:
    """Today in the book's own time zone."""
    return today_in(gathered.book.settings.timezone if gathered.book else "UTC")


def check(gathered: Gathered, today: date, chosen: Chosen | None = None) -> Report:
    """Ask every rule that is wanted about a book that has been read."""
    collecting = gc.isenabled()
    gc.disable()  # a book holds no circles, and looking for them in it takes longer than many a rule
    try:
        return _check(gathered, today, chosen or Chosen())
    finally:
        if collecting:
            gc.enable()


def _check(gathered: Gathered, today: date, chosen: Chosen) -> Report:
    settings, findings = read_lint_settings(gathered.settings_source)
    documents = _Documents(gathered.book.entries if gathered.book else ())
    findings += [from_problem(problem, documents.at(problem.path, problem.line)) for problem in gathered.problems]
    told = {(one.path, one.line, one.column, one.code) for one in findings}  # nothing is said a second time
    skipped = []
    if gathered.book is None:
        skipped.append("servkit.yaml cannot be used, so no document was looked at")
    else:
        bench = Workbench(
            gathered.book,
            today,
            root=gathered.root,
            paths=gathered.paths,
            broken=gathered.broken,
            settings_source=gathered.settings_source,
        )
        asked = [
            (rule, settings.options_of(rule.code, rule.options))
            for rule in all_rules().values()
            if rule.check is not None and rule.code in chosen and settings.wanted(rule.code, rule.severity)
        ]
        with closing(bench):
            found = ask(bench, asked, aside=len(gathered.paths) >= MANY)
        findings += [one for one in found if (one.path, one.line, one.column, one.code) not in told]
        skipped += bench.skipped
    whole = gathered.book is not None
    kept, ignored = suppress(findings, gathered.ignores, documents.at, lambda code: whole and code in chosen)
    worth = sorted(_weighed(kept, settings, chosen), key=lambda finding: finding.order)
    return Report(
        root=gathered.root,
        findings=tuple(_fingerprinted(worth, gathered.root)),
        files=len(gathered.paths),
        paths=tuple(gathered.paths),
        name=gathered.book.settings.name if gathered.book else "",
        timezone=gathered.book.settings.timezone if gathered.book else "UTC",
        sources=tuple(source["file"] for source in gathered.book.settings.sources) if gathered.book else (),
        today=today.isoformat(),
        documents=len(gathered.book.entries) if gathered.book else 0,
        ignored=ignored,
        skipped=tuple(skipped),
        fail_on=settings.fail_on,
    )


def _weighed(findings: Iterable[Finding], settings: LintSettings, chosen: Chosen) -> Iterator[Finding]:
    rules = all_rules()
    for finding in findings:
        if finding.code not in chosen:
            continue
        default = finding.severity or (rules[finding.code].severity if finding.code in rules else "error")
        severity = settings.severity(finding.code, finding.path, default)
        if severity != OFF:
            yield replace(finding, severity=severity)


class _Documents:
    """Which document stands at a line of a file."""

    def __init__(self, entries: Sequence[Entry]) -> None:
        self._files: dict[str, list[tuple[int, str]]] = defaultdict(list)
        for entry in entries:
            self._files[entry.path].append((entry.line, entry.name))
        for found in self._files.values():
            found.sort()

    def at(self, path: str, line: int) -> str:
        found = self._files.get(path, ())
        place = bisect_right(found, (line, "\uffff"))
        return found[place - 1][1] if place else ""


#: A line of more characters is known by its digest.
_LONG = 10_000


class _Contents:
    """The words of lines; a line with thousands of findings is looked at once."""

    def __init__(self, root: Path) -> None:
        self._places, self._at, self._words = Places(root), ("", 0), ""

    def of(self, path: str, number: int) -> str:
        """The words of a line, or the digest of very many."""
        if (path, number) != self._at:
            lines = self._places.lines(path)
            words = " ".join(lines[number - 1].split()) if 0 < number <= len(lines) else ""
            if len(words) > _LONG:
                words = blake2b(words.encode("utf-8", "replace")).hexdigest()
            self._at, self._words = (path, number), words
        return self._words


def _fingerprinted(findings: Sequence[Finding], root: Path) -> Iterator[Finding]:
    """Rule, document and content, with a number where several are alike; line numbers and wording do not enter."""
    contents, seen = _Contents(root), Counter[tuple[str, ...]]()
    for finding in findings:
        content = contents.of(finding.path, finding.line)
        alike = (finding.code, finding.document or finding.path, content)
        seen[alike] += 1
        text = "\0".join((*alike, str(seen[alike])))
        yield replace(finding, fingerprint=blake2b(text.encode("utf-8", "replace"), digest_size=12).hexdigest())
