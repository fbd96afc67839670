"""The report as one HTML page: charts as SVG, the table beside each, and nothing from anywhere else."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from servkit.book.values import write
from servkit.text import clean

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from servkit.journal.report import Report
    from servkit.journal.stretched_terms import Stretched

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
svg { width: 100%; height: auto; } svg rect { fill: var(--bar); } svg text { fill: var(--ink); font-size: 13px; }
pre { overflow-x: auto; padding: .75rem; border: 1px solid var(--line); border-radius: .25rem; }
@media print { body { max-width: none; padding: 0; } h2, h3 { break-after: avoid; }
  figure, table { break-inside: avoid; } }
"""
_ROW, _LABEL, _WIDTH = 26, 190, 480


def report_page(report: Report, book: str, title: Callable[[str], str], name_of: Callable[[str], str]) -> str:
    """The page, as HTML. ``title`` names a term or a recovery to a person, ``name_of`` a customer."""
    head = f'<meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>{_text(book)}</title>'
    head += f"<style>{_STYLE}</style>"
    body = report_body(report, book, title, name_of)
    return f'<!DOCTYPE html>\n<html lang="en"><head>{head}</head>\n<body><main>\n{body}\n</main></body></html>\n'


def report_body(report: Report, book: str, title: Callable[[str], str], name_of: Callable[[str], str]) -> str:
    """What is on the page, as HTML without styles; every text in it is escaped."""
    since = f"since {report.since.isoformat()}" if report.since is not None else "from the beginning"
    counts = f"{report.entries} entries, {report.answers} recorded answers"
    parts = [
        f"<h1>{_text(book)}: what the desk wrote down</h1>",
        f'<p class="soft">{_text(since)}, until {report.until.isoformat()}. {counts}.</p>',
        "<h2>Policies that were stretched</h2>",
    ]
    if report.stretched:
        parts.append(_figure("Grants by policy", {title(one.ref): one.times for one in report.stretched}))
    else:
        parts.append("<p>Nobody had to go beyond the rule.</p>")
    for one in report.stretched:
        parts += _stretched(one, title)
    parts += _promises(report, title, name_of)
    if report.praise:
        rows = [(praise.colleague or "A colleague", praise.say, praise.day.isoformat()) for praise in report.praise]
        parts += ["<h2>Recognition</h2>", _table(("who", "in their colleagues' words", "day"), rows)]
    if report.training:
        changed = [(one, "; ".join(one.changed or ())) for one in report.training]
        training = [
            (one.colleague or "A colleague", f"{one.what}, {one.level}", one.day.isoformat(), again)
            for one, again in changed
        ]
        parts += ["<h2>Training</h2>", _table(("who", "passed", "day", "changed since: to learn again"), training)]
    if report.unused:
        roles = dict.fromkeys(one.role for one in report.unused)
        unused = [(role, ", ".join(title(one.ref) for one in report.unused if one.role == role)) for role in roles]
        parts += ["<h2>Room never used</h2>", _table(("role", "what they may give"), unused)]
    return "\n".join(parts)


def _stretched(one: Stretched, title: Callable[[str], str]) -> list[str]:
    beyond = f", {one.beyond} of them beyond the role's own limit" if one.beyond else ""
    parts = [f"<h3>{_text(title(one.ref))}</h3>", f"<p>{one.times} grants{beyond}.</p>"]
    if one.rate is not None:
        low, high = round(100 * one.rate.low), round(100 * one.rate.high)
        parts.append(f"<p>{one.rate.times} of {one.rate.of} recorded answers ({low} to {high} %, 95 % sure).</p>")
    if one.given:
        parts.append(f"<p>Given: {_text(' and '.join(write(value) for value in one.given))}.</p>")
    for label, counts in (("By role", one.roles), ("By office", one.offices), ("By segment", one.segments),
                          ("Because", one.reasons)):  # fmt: skip
        if counts:
            parts.append(_figure(label, counts))
    if one.proposal is not None:
        covers = f"{one.proposal.covers} of {one.proposal.of}"
        parts.append(f"<p><strong>{_text(one.proposal.edit)}</strong> would have covered {covers}:</p>")
        if one.proposal.effect:
            lines = "".join(f"<li>{_text(line)}</li>" for line in one.proposal.effect)
            parts.append(f"<p>What it changes:</p><ul>{lines}</ul>")
        parts.append(f'<pre tabindex="0">{_text(one.proposal.patch)}</pre>')
    return parts


def _promises(report: Report, title: Callable[[str], str], name_of: Callable[[str], str]) -> list[str]:
    kept = report.promises
    counts = {"kept": kept.kept, "broken": kept.broken, "open": kept.open, "late": kept.late}
    parts = ["<h2>Promises and recoveries</h2>", _figure("Promises", counts)]
    if report.recoveries:
        rows = [
            (title(one.recovery), one.times, one.closed, one.in_time, one.late, "; ".join(one.endings))
            for one in report.recoveries
        ]
        parts.append(_table(("what went wrong", "times", "closed", "in time", "late", "how it ended"), rows))
    if report.again:
        again = [(name_of(one.customer), title(one.recovery), one.times) for one in report.again]
        parts.append(_table(("again for", "what went wrong", "times"), again))
    return parts


def _figure(label: str, counts: Mapping[str, int]) -> str:
    """A bar chart, and the same numbers as a table beside it."""
    most = max([*counts.values(), 1])
    bars = []
    for place, (name, count) in enumerate(counts.items()):
        top, width = place * _ROW, round((_WIDTH - _LABEL - 40) * count / most)
        shown = name if len(name) <= 26 else name[:25] + "…"
        bars.append(
            f'<text x="{_LABEL - 8}" y="{top + 17}" text-anchor="end">{_text(shown)}</text>'
            f'<rect x="{_LABEL}" y="{top + 4}" width="{width}" height="{_ROW - 9}"></rect>'
            f'<text x="{_LABEL + width + 6}" y="{top + 17}">{count}</text>'
        )
    height = _ROW * len(counts)
    chart = f'<svg viewBox="0 0 {_WIDTH} {height}" role="img" aria-label="{_text(label)}">{"".join(bars)}</svg>'
    table = _table((label, "times"), list(counts.items()))
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
