"""The report as one HTML page: charts as SVG, the table beside each, and nothing from anywhere else."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from servkit.scripts.localization import is_right_to_left
from servkit.text import clean

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from servkit.journal.report import Report
    from servkit.journal.stretched_terms import Stretched
    from servkit.languages.phrases import Phrases

_STYLE = """
:root { color-scheme: light dark; --ink: #1d2529; --paper: #fff; --line: #d5dbdf; --soft: #5a676f; --bar: #2f6f8f; }
@media (prefers-color-scheme: dark) {
  :root { --ink: #e7ecef; --paper: #14191c; --line: #37424a; --soft: #a3b0b8; --bar: #6fb3d2; } }
body { margin: 0 auto; max-width: 60rem; padding: 2rem 1.25rem 4rem; background: var(--paper); color: var(--ink);
  font: 1rem/1.55 system-ui, sans-serif; }
h1 { font-size: 1.7rem; line-height: 1.2; margin: 0 0 .25rem; } h2 { font-size: 1.25rem; margin: 2.5rem 0 .5rem; }
h3 { font-size: 1.05rem; margin: 1.75rem 0 .25rem; } p { margin: .25rem 0; } .soft { color: var(--soft); }
.side { margin: 0.5rem 0; display: grid; grid-template-columns: repeat(auto-fit, minmax(16rem, 1fr)); gap: 1rem 2rem; }
table { border-collapse: collapse; width: 100%; } caption { text-align: left; color: var(--soft); }
th, td { text-align: left; padding: .25rem .75rem .25rem 0; border-bottom: 1px solid var(--line); vertical-align: top; }
td.number, th.number { text-align: right; font-variant-numeric: tabular-nums; }
svg { width: 100%; max-width: 23rem; height: auto; } svg rect { fill: var(--bar); }
svg text { fill: var(--ink); font-size: 13px; }
pre { overflow-x: auto; padding: .75rem; border: 1px solid var(--line); border-radius: .25rem; }
@media print { body { max-width: none; padding: 0; } h2, h3 { break-after: avoid; }
  figure, table { break-inside: avoid; } }
"""
#: A chart has the width of a telephone, so that its words can be read there: a name, and its bar below it.
_ROW, _WIDTH, _MOST_LETTERS = 38, 320, 44


def report_page(
    report: Report, book: str, title: Callable[[str], str], name_of: Callable[[str], str], phrases: Phrases
) -> str:
    """The page, as HTML. ``title`` names a term or a recovery to a person, ``name_of`` a customer."""
    head = f'<meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>{_text(book)}</title>'
    head += f"<style>{_STYLE}</style>"
    body, language = report_body(report, book, title, name_of, phrases), phrases.language
    way = ' dir="rtl"' if is_right_to_left(language) else ""
    opening = f'<!DOCTYPE html>\n<html lang="{escape(language)}"{way}>'
    return f"{opening}<head>{head}</head>\n<body><main>\n{body}\n</main></body></html>\n"


def report_body(
    report: Report, book: str, title: Callable[[str], str], name_of: Callable[[str], str], phrases: Phrases
) -> str:
    """What is on the page, as HTML without styles; every text in it is escaped."""
    return _Page(report, title, name_of, phrases).body(book)


class _Page:
    """Writes one report."""

    def __init__(
        self, report: Report, title: Callable[[str], str], name_of: Callable[[str], str], phrases: Phrases
    ) -> None:
        self.report, self.title, self.name_of, self.phrases = report, title, name_of, phrases
        self.gettext, self.ngettext = phrases.words.gettext, phrases.words.ngettext

    def body(self, book: str) -> str:
        parts = [
            *self._head(book), *self._stretched(), *self._promises(), *self._praise(), *self._training(),
            *self._unused(),
        ]  # fmt: skip
        return "\n".join(parts)

    def _head(self, book: str) -> Iterator[str]:
        report, date = self.report, self.phrases.date
        yield _tag("h1", self.gettext("{book}: what the desk wrote down", book=book))
        period = self.gettext("from the beginning until {last}", last=date(report.until))
        if report.since is not None:
            period = self.gettext("from {day} until {last}", day=date(report.since), last=date(report.until))
        entries = self.ngettext("{count} entry", "{count} entries", report.entries)
        answers = self.ngettext("{count} recorded answer", "{count} recorded answers", report.answers)
        yield f'<p class="soft">{_text(", ".join((period, entries, answers)))}</p>'

    # --- policies -----------------------------------------------------------------------------------------------

    def _stretched(self) -> Iterator[str]:
        stretched = self.report.stretched
        yield _tag("h2", self.gettext("Policies that were stretched"))
        if stretched:
            times = [(self.title(one.ref), one.times) for one in stretched]
            yield self._figure(self.gettext("Grants by policy"), times)
        else:
            yield _tag("p", self.gettext("Nobody had to go beyond the rule."))
        for one in stretched:
            yield from self._term(one)
        unread = sum(not one.looked_at for one in stretched)
        if unread:
            told = self.ngettext(
                "For {count} of them, which was stretched less often, no edit was looked for.",
                "For {count} of them, which were stretched less often, no edit was looked for.",
                unread,
            )
            yield f'<p class="soft">{_text(told)}</p>'

    def _term(self, one: Stretched) -> Iterator[str]:
        gettext = self.gettext
        yield f"<h3>{_text(self.title(one.ref))}</h3>"
        times = self.ngettext("{count} grant", "{count} grants", one.times)
        if one.beyond:
            times += ", " + gettext("{count} of them beyond the role's own limit", count=one.beyond)
        yield f"<p>{_text(times)}</p>"
        if one.rate is not None:
            low, high = round(100 * one.rate.low), round(100 * one.rate.high)
            share = gettext(
                "{times} of {of} recorded answers ({low} to {high} %, 95 % sure)",
                times=one.rate.times, of=one.rate.of, low=low, high=high,
            )  # fmt: skip
            yield f"<p>{_text(share)}</p>"
        if one.given:
            given = self.phrases.both([self.phrases.value(value) for value in one.given])
            label = gettext("given")
            yield _tag("p", f"{label}: {given}")
        segments = [(self.phrases.segment(id_), count) for id_, count in one.segments.items()]
        roles, offices, reasons = list(one.roles.items()), list(one.offices.items()), list(one.reasons.items())
        for label, counts in ((gettext("by role"), roles), (gettext("by office"), offices),
                              (gettext("by segment"), segments), (gettext("because"), reasons)):  # fmt: skip
            if counts:
                yield self._figure(label, counts)
        yield from self._proposal(one)

    def _proposal(self, one: Stretched) -> Iterator[str]:
        if one.proposal is None:
            return
        edit, covered = self.phrases.say(one.proposal.edit), self.phrases.say(one.covered)
        yield f"<p><strong>{_text(edit)}</strong> ({_text(covered)})</p>"
        if one.proposal.effect:
            lines = "".join(f"<li>{_text(self.phrases.say(line))}</li>" for line in one.proposal.effect)
            yield _tag("p", self.gettext("What it changes:")) + f"<ul>{lines}</ul>"
        yield f'<pre tabindex="0">{_text(one.proposal.patch)}</pre>'

    def _unused(self) -> Iterator[str]:
        unused = self.report.unused
        if unused:
            roles = dict.fromkeys(one.role for one in unused)
            rows = [(role, ", ".join(self.title(one.ref) for one in unused if one.role == role)) for role in roles]
            yield _tag("h2", self.gettext("Room never used"))
            yield _table((self.gettext("role"), self.gettext("what they may give")), rows)

    # --- customers ----------------------------------------------------------------------------------------------

    def _promises(self) -> Iterator[str]:
        kept, gettext, report = self.report.promises, self.gettext, self.report
        counts = [(gettext("kept"), kept.kept), (gettext("broken"), kept.broken), (gettext("open"), kept.open),
                  (gettext("late"), kept.late)]  # fmt: skip
        yield _tag("h2", self.gettext("Promises and recoveries"))
        yield self._figure(gettext("Promises"), counts)
        what, times = gettext("what went wrong"), gettext("times")
        if report.recoveries:
            rows = [
                (self.title(one.recovery), one.times, one.closed, one.in_time, one.late, " · ".join(one.endings))
                for one in report.recoveries
            ]
            heads = (what, times, gettext("closed"), gettext("in time"), gettext("late"), gettext("how it ended"))
            yield _table(heads, rows)
        if report.again:
            again = [(self.name_of(one.customer), self.title(one.recovery), one.times) for one in report.again]
            yield _table((gettext("again for"), what, times), again)

    # --- colleagues ---------------------------------------------------------------------------------------------

    def _praise(self) -> Iterator[str]:
        nobody, gettext = self.gettext("A colleague"), self.gettext
        if self.report.praise:
            rows = [(one.colleague or nobody, one.say, self.phrases.date(one.day)) for one in self.report.praise]
            yield _tag("h2", self.gettext("Recognition"))
            yield _table((gettext("who"), gettext("in their colleagues' words"), gettext("day")), rows)

    def _training(self) -> Iterator[str]:
        nobody, gettext = self.gettext("A colleague"), self.gettext
        if self.report.training:
            rows = [
                (one.colleague or nobody, f"{self.title(one.what)}, {one.level}", self.phrases.date(one.day),
                 "; ".join(map(self.phrases.say, one.changed or ())))
                for one in self.report.training
            ]  # fmt: skip
            yield _tag("h2", self.gettext("Training"))
            heads = (gettext("who"), gettext("passed"), gettext("day"), gettext("changed since: to learn again"))
            yield _table(heads, rows)

    def _figure(self, label: str, counts: Sequence[tuple[str, int]]) -> str:
        return _figure(label, self.gettext("times"), counts)


def _tag(name: str, text: str) -> str:
    return f"<{name}>{_text(text)}</{name}>"


def _figure(label: str, times: str, counts: Sequence[tuple[str, int]]) -> str:
    """A bar chart, and the same numbers as a table beside it."""
    most = max([1, *(count for _, count in counts)])
    bars = []
    for place, (name, count) in enumerate(counts):
        top, width = place * _ROW, round((_WIDTH - 48) * count / most)
        shown = name if len(name) <= _MOST_LETTERS else name[: _MOST_LETTERS - 1] + "…"
        bars.append(
            f'<text x="0" y="{top + 14}">{_text(shown)}</text>'
            f'<rect x="0" y="{top + 20}" width="{width}" height="11" rx="2"></rect>'
            f'<text x="{width + 6}" y="{top + 30}">{count}</text>'
        )
    height = _ROW * len(counts)
    chart = f'<svg viewBox="0 0 {_WIDTH} {height}" role="img" aria-label="{_text(label)}">{"".join(bars)}</svg>'
    table = _table((label, times), counts)
    return f'<figure class="side"><div>{chart}</div><div>{table}</div></figure>'


def _table(heads: Sequence[str], rows: Sequence[Sequence[object]]) -> str:
    numbers = [bool(rows) and isinstance(cell, int) for cell in (rows[0] if rows else heads)]
    marks = [' class="number"' if number else "" for number in numbers]
    head = "".join(f'<th scope="col"{mark}>{_text(name)}</th>' for mark, name in zip(marks, heads, strict=True))
    lines = "".join(f"<tr>{''.join(map(_cell, row))}</tr>" for row in rows)
    return f"<table><thead><tr>{head}</tr></thead><tbody>{lines}</tbody></table>"


def _cell(value: object) -> str:
    return f'<td class="number">{value}</td>' if isinstance(value, int) else f"<td>{_text(str(value))}</td>"


def _text(text: str) -> str:
    return escape(clean(text))
