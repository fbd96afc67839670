"""The report on a screen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from servkit.terminal.screen import Screen

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from servkit.desk.phrases import DeskPhrases
    from servkit.journal.report import Report
    from servkit.journal.stretched_terms import Stretched

#: So many endings of a recovery, and so many roles without a grant, are shown.
MOST = 5


def report_screen(
    report: Report, book: str, title: Callable[[str], str], name_of: Callable[[str], str], phrases: DeskPhrases
) -> Screen:
    """The report. ``title`` names a term or a recovery to a person, ``name_of`` a customer."""
    screen = Screen()
    _ReportView(screen, report, title, name_of, phrases).draw(book)
    return screen


class _ReportView:
    """Draws one report on a screen."""

    def __init__(
        self,
        screen: Screen,
        report: Report,
        title: Callable[[str], str],
        name_of: Callable[[str], str],
        phrases: DeskPhrases,
    ) -> None:
        self.screen, self.report, self.title, self.name_of, self.phrases = screen, report, title, name_of, phrases
        self.gettext, self.ngettext = phrases.words.gettext, phrases.words.ngettext

    def draw(self, book: str) -> None:
        self._head(book)
        self._stretched()
        self._promises()
        self._praise()
        self._training()
        self._unused()

    def _head(self, book: str) -> None:
        since = self.report.since
        whole = self.gettext("{book}: what the desk wrote down, from the beginning", book=book)
        if since is not None:
            day = self.phrases.date(since)
            whole = self.gettext("{book}: what the desk wrote down, since {day}", book=book, day=day)
        self.screen.put(whole, "bold")
        entries = self.ngettext("{count} entry", "{count} entries", self.report.entries)
        answers = self.ngettext("{count} recorded answer", "{count} recorded answers", self.report.answers)
        self.screen.put(f"{entries}, {answers}", "dim")

    def _line(self, mark: str, text: str, style: str = "", mark_style: str = "bold", indent: int = 2) -> None:
        self.screen.put(text, style, indent=indent, mark=f"{mark}: ", mark_style=mark_style, hang=2)

    # --- policies -----------------------------------------------------------------------------------------------

    def _stretched(self) -> None:
        self.screen.heading(self.gettext("Policies that were stretched"), "bold yellow")
        if not self.report.stretched:
            self.screen.put(self.gettext("Nobody had to go beyond the rule."), "dim", indent=2)
        for one in self.report.stretched:
            self._term(one)
        unread = sum(not one.looked_at for one in self.report.stretched)
        if unread:
            told = self.ngettext(
                "For {count} of them, which was stretched less often, no edit was looked for.",
                "For {count} of them, which were stretched less often, no edit was looked for.",
                unread,
            )
            self.screen.put(told, "dim", indent=2)

    def _term(self, one: Stretched) -> None:
        gettext = self.gettext
        times = self.ngettext("{count} time", "{count} times", one.times)
        if one.beyond:
            times += ", " + gettext("{count} of them beyond the role's own limit", count=one.beyond)
        self._line(self.title(one.ref), times)
        if one.rate is not None:
            low, high = round(100 * one.rate.low), round(100 * one.rate.high)
            share = gettext(
                "{times} of {of} recorded answers ({low} to {high} %, 95 % sure)",
                times=one.rate.times, of=one.rate.of, low=low, high=high,
            )  # fmt: skip
            self.screen.put(share, "dim", indent=4)
        segments = {self.phrases.segment(id_): count for id_, count in one.segments.items()}
        for label, counts in ((gettext("by role"), one.roles), (gettext("by office"), one.offices),
                              (gettext("by segment"), segments), (gettext("because"), one.reasons)):  # fmt: skip
            if counts:
                self._line(label, _counts(counts), mark_style="dim", indent=4)
        if one.given:
            given = self.phrases.both([self.phrases.value(value) for value in one.given])
            self._line(gettext("given"), given, mark_style="dim", indent=4)
        self._proposal(one)

    def _proposal(self, one: Stretched) -> None:
        if one.proposal is None:
            return
        told = f"{self.phrases.say(one.proposal.edit)} ({self.phrases.say(one.covered)})"
        self.screen.put(told, "green", indent=4, mark="→ ", mark_style="green")
        for line in one.proposal.effect:
            self.screen.put(self.phrases.say(line), "dim", indent=6)
        self.screen.verbatim(one.proposal.patch.rstrip("\n"), mark="    ")

    def _unused(self) -> None:
        if self.report.unused:
            self.screen.heading(self.gettext("Room never used"))
        for role in dict.fromkeys(unused.role for unused in self.report.unused):
            refs = [self.title(unused.ref) for unused in self.report.unused if unused.role == role]
            shown = ", ".join(refs[:MOST])
            if len(refs) > MOST:
                shown = self.gettext("{names} and {count} more", names=shown, count=len(refs) - MOST)
            self._line(role, shown)

    # --- customers ----------------------------------------------------------------------------------------------

    def _promises(self) -> None:
        kept, gettext = self.report.promises, self.gettext
        self.screen.heading(gettext("Promises and recoveries"))
        told = gettext("{kept} kept, {broken} broken, {open} open, {late} of them late", **kept._asdict())
        self._line(gettext("Promises"), told)
        for one in self.report.recoveries:
            counts = {"closed": one.closed, "in_time": one.in_time, "late": one.late}
            how = gettext("{closed} closed, {in_time} of them in time, {late} late", **counts)
            times = self.ngettext("{count} time", "{count} times", one.times)
            self._line(self.title(one.recovery), f"{times}, {how}")
            self.screen.bullets(one.endings[-MOST:], indent=4)
        for again in self.report.again:
            mark = gettext("Again for {name}", name=self.name_of(again.customer))
            times = self.ngettext("{count} time", "{count} times", again.times)
            self._line(mark, f"{self.title(again.recovery)}, {times}", "red", "bold red")

    # --- colleagues ---------------------------------------------------------------------------------------------

    def _praise(self) -> None:
        if self.report.praise:
            self.screen.heading(self.gettext("Recognition"), "bold green")
        for praise in self.report.praise:
            signed = ", ".join(filter(None, (praise.by, self.phrases.date(praise.day))))
            self._line(praise.colleague or self.gettext("A colleague"), f"{praise.say} ({signed})")

    def _training(self) -> None:
        if self.report.training:
            self.screen.heading(self.gettext("Training"))
        for one in self.report.training:
            passed = [self.title(one.what), one.level]
            if one.score is not None:
                passed.append(self.ngettext("{count} point", "{count} points", one.score))
            self._line(one.colleague or self.gettext("A colleague"), ", ".join([*passed, self.phrases.date(one.day)]))
            if one.changed:
                self.screen.put(self.gettext("to learn again, as this has changed since:"), "yellow", indent=4)
                self.screen.bullets([self.phrases.say(change) for change in one.changed[:MOST]], indent=6)


def _counts(counts: Mapping[str, int]) -> str:
    return ", ".join(f"{name} {count}" for name, count in counts.items())
