"""The rules of one run, and asking them: of each part of a book where it was read, and of the whole."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from servkit.lint.fixture import gleaning, hangs_on_documents, load
from servkit.lint.fixture_values import Workbench
from servkit.lint.rule import all_rules
from servkit.lint.settings import read_lint_settings

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from datetime import date
    from pathlib import Path

    from servkit.book.entries import Entry
    from servkit.book.settings import Settings
    from servkit.book.source import Source
    from servkit.lint.finding import Finding
    from servkit.lint.rule import Rule

#: A rule, the name of its check and what that asks for, and the rule's options.
Asked = tuple["Rule", str, "tuple[str, ...]", "Mapping[str, Any]"]


class Told(NamedTuple):
    """What the rules found in a part of a book, what they could not look at, and what the needs gleaned there."""

    findings: list[Finding]
    skipped: list[str]
    gleaned: Mapping[str, Any] = {}


class Chosen(NamedTuple):
    """Codes by their beginnings: ``select`` none means all; ``ignore`` goes before ``select`` unless less is said."""

    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()

    def has(self, code: str) -> bool:
        """Whether a rule is to be asked."""
        wanted = max((len(start) for start in self.select if code.startswith(start)), default=-1)
        unwanted = max((len(start) for start in self.ignore if code.startswith(start)), default=-1)
        return (wanted >= 0 or not self.select) and unwanted < max(wanted, 0)


class Inquiry:
    """What is to be asked of a book with these settings."""

    def __init__(self, settings: Settings, source: Source | None, root: Path, today: date, chosen: Chosen) -> None:
        self.settings, self.today, self.chosen = settings, today, chosen
        self.own, self.findings = read_lint_settings(source)
        things = {"settings": settings, "settings_source": source, "root": root, "today": today.toordinal()}
        self._bench = Workbench(things)
        rules = [
            (rule, self.own.options_of(rule.code, rule.options))
            for rule in all_rules().values()
            if chosen.has(rule.code) and self.own.wanted(rule.code, rule.severity)
        ]
        self._each = [
            (rule, "check_each", rule.check_each, options) for rule, options in rules if rule.check_each is not None
        ]
        self._alone: list[Asked] = []
        self._whole: list[Asked] = []
        for rule, options in rules:
            if rule.check is not None:
                kind = self._whole if any(map(hangs_on_documents, rule.check)) else self._alone
                kind.append((rule, "check", rule.check, options))
        self._gleaned = sorted({found for *_, asks, _ in self._whole for need in asks for found in gleaning(need)})

    def of_part(self, entries: Sequence[Entry]) -> Told:
        """What the rules say that look at documents by themselves."""
        bench = self._bench.part(entries)
        found = list(_found(bench, self._each))
        return Told(found, bench.skipped, bench.glean(self._gleaned))

    def load(self) -> None:
        """Load what will be asked of the whole book, while another process reads it."""
        for rule, check, asks, _ in self._whole:
            rule.function(check)
            for need in asks:
                load(need)

    def of_settings(self) -> Told:
        """What the rules say that look at no document."""
        return Told(list(_found(self._bench, self._alone)), self._bench.skipped)

    def of_book(self, told: Iterable[Told], things: Mapping[str, Any], files: int) -> Told:
        """What the rules say that look at the whole book, when all parts have been asked."""
        from servkit.lint.asking import ask

        gleaned: dict[str, list[Any]] = {name: [] for name in self._gleaned}
        for one in told:
            for name, found in one.gleaned.items():
                gleaned[name].append(found)
        bench = self._bench.whole({**things, "gleaned": gleaned})
        try:
            return ask(bench, self._whole, files=files)
        finally:
            bench.close()


def _found(bench: Workbench, asked: Iterable[Asked]) -> Iterator[Finding]:
    for rule, check, asks, options in asked:
        for finding in bench.run(rule.function(check), asks, options):
            yield finding.of(rule.code)
