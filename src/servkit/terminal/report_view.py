"""The report on a screen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from servkit.book.values import write
from servkit.journal.stretched_terms import LAST_GRANTS
from servkit.terminal.screen import Screen
from servkit.text import enumeration

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from servkit.journal.report import Report
    from servkit.journal.stretched_terms import Stretched

#: So many endings of a recovery, and so many roles without a grant, are shown.
MOST = 5


def report_screen(report: Report, book: str, title: Callable[[str], str], name_of: Callable[[str], str]) -> Screen:
    """The report. ``title`` names a term or a recovery to a person, ``name_of`` a customer."""
    screen = Screen()
    since = f"since {report.since.isoformat()}" if report.since is not None else "from the beginning"
    screen.put(f"{book}: what the desk wrote down, {since}", "bold")
    screen.put(f"{_count(report.entries, 'entry', 'entries')}, {_count(report.answers, 'recorded answer')}", "dim")
    _stretched(screen, report, title)
    _promises(screen, report, title, name_of)
    if report.praise:
        screen.heading("Recognition", "bold green")
    for praise in report.praise:
        who = praise.colleague or "A colleague"
        screen.put(f"{praise.say} ({', '.join(filter(None, (praise.by, praise.day.isoformat())))})", indent=2,
                   mark=f"{who}: ", mark_style="bold", hang=2)  # fmt: skip
    _training(screen, report)
    if report.unused:
        screen.heading("Room never used")
    for role in dict.fromkeys(unused.role for unused in report.unused):
        refs = [title(unused.ref) for unused in report.unused if unused.role == role]
        more = f" and {len(refs) - MOST} more" if len(refs) > MOST else ""
        screen.put(f"{', '.join(refs[:MOST])}{more}", indent=2, mark=f"{role}: ", mark_style="bold", hang=2)
    return screen


def _stretched(screen: Screen, report: Report, title: Callable[[str], str]) -> None:
    screen.heading("Policies that were stretched", "bold yellow")
    if not report.stretched:
        screen.put("Nobody had to go beyond the rule.", "dim", indent=2)
    for one in report.stretched:
        beyond = f", {one.beyond} of them beyond the role's own limit" if one.beyond else ""
        screen.put(
            f"{_count(one.times, 'time')}{beyond}", indent=2, mark=f"{title(one.ref)}: ", mark_style="bold", hang=2
        )
        if one.rate is not None:
            low, high = round(100 * one.rate.low), round(100 * one.rate.high)
            share = f"{one.rate.times} of {one.rate.of} recorded answers ({low} to {high} %, 95 % sure)"
            screen.put(share, "dim", indent=4)
        for label, counts in (("by role", one.roles), ("by office", one.offices), ("by segment", one.segments),
                              ("because", one.reasons)):  # fmt: skip
            if counts:
                screen.put(_counts(counts), indent=4, mark=f"{label}: ", mark_style="dim", hang=2)
        if one.given:
            screen.put(enumeration([write(value) for value in one.given]), indent=4, mark="given: ", mark_style="dim")
        _proposal(screen, one)


def _proposal(screen: Screen, one: Stretched) -> None:
    if one.proposal is None:
        return
    covers = f"(would have covered {_of_last(one)})"
    screen.put(f"{one.proposal.edit} {covers}", "green", indent=4, mark="→ ", mark_style="green")
    for line in one.proposal.effect:
        screen.put(line, "dim", indent=6)
    screen.verbatim(one.proposal.patch.rstrip("\n"), mark="    ")


def _of_last(one: Stretched) -> str:
    """How many grants an edit would have covered: of all, or of the last ones that were looked at."""
    assert one.proposal is not None
    last = "the last " if one.times > LAST_GRANTS else ""
    return f"{one.proposal.covers} of {last}{one.proposal.of}"


def _promises(screen: Screen, report: Report, title: Callable[[str], str], name_of: Callable[[str], str]) -> None:
    kept = report.promises
    screen.heading("Promises and recoveries")
    screen.put(f"{kept.kept} kept, {kept.broken} broken, {kept.open} open, {kept.late} of them late", indent=2,
               mark="Promises: ", mark_style="bold", hang=2)  # fmt: skip
    for one in report.recoveries:
        how = f"{_count(one.times, 'time')}, {one.closed} closed, {one.in_time} of them in time, {one.late} late"
        screen.put(how, indent=2, mark=f"{title(one.recovery)}: ", mark_style="bold", hang=2)
        screen.bullets(one.endings[-MOST:], indent=4)
    for again in report.again:
        screen.put(f"{title(again.recovery)}, {again.times} times", "red", indent=2,
                   mark=f"Again for {name_of(again.customer)}: ", mark_style="bold red", hang=2)  # fmt: skip


def _training(screen: Screen, report: Report) -> None:
    if report.training:
        screen.heading("Training")
    for one in report.training:
        score = f", {one.score} points" if one.score is not None else ""
        passed = f"{one.what}, {one.level}{score}, {one.day.isoformat()}"
        screen.put(passed, indent=2, mark=f"{one.colleague or 'A colleague'}: ", mark_style="bold", hang=2)
        if one.changed:
            screen.put("to learn again, as this has changed since:", "yellow", indent=4)
            screen.bullets(one.changed[:MOST], indent=6)


def _counts(counts: Mapping[str, int]) -> str:
    return ", ".join(f"{name} {count}" for name, count in counts.items())


def _count(number: int, one: str, many: str | None = None) -> str:
    return f"{number} {one if number == 1 else many or one + 's'}"
