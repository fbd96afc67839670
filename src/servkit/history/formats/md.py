"""Markdown for a pull request or a step summary. It has counts, and nothing about anybody real."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

from servkit.history.edited_places import edited_places
from servkit.history.tellings import tellings, told_problems
from servkit.history.words import command_of, side_name, told_words, when_words
from servkit.text import clean

if TYPE_CHECKING:
    from collections.abc import Iterator

    from servkit.history.changes import Change, Comparison

_MARKS = {"kinder": "🟢 kinder", "stricter": "🔴 stricter", "other": "🟡 other"}
_SPECIAL = re.compile(r"([\\`*_{}\[\]<>|#~&@])")
#: What a comment or a step summary can show is limited; the rest is a number.
_MOST_PLACES, _MOST_CLASSES, _MOST_TEXTS = 50, 100, 50


def md(comparison: Comparison, sides: list[dict[str, Any]], prefix: str) -> str:
    """The comparison as a page: a line for each edited place, the texts, and every class behind a fold."""
    names = [_escaped(side_name(side)) for side in sides]
    title = "What this changes" if {*sides[0]} == {"revision", "dirty"} else "What differs"
    lines = [f"### {title}", "", f"{names[0]} → {names[1]}, {comparison.on} to {comparison.until}", ""]
    if not comparison.differs and not comparison.renamed:
        lines += ["The same in meaning.", ""]
    lines += list(_places(comparison, prefix))
    for telling in tellings(comparison, names=False):
        if telling.number:
            lines += [f"**{telling.title}:** {_escaped('; '.join(telling.items))}", ""]
    lines += list(_texts(comparison))
    lines += list(_classes(comparison, prefix))
    lines += [f"⚠️ {_escaped(problem)}\n" for problem in told_problems(comparison)]
    return "\n".join(lines).rstrip("\n") + "\n"


def _places(comparison: Comparison, prefix: str) -> Iterator[str]:
    places = edited_places(comparison.changes)
    if not places:
        return
    yield "| | what | before | after | for | customers | where |"
    yield "|---|---|---|---|---|---|---|"
    for place in places[:_MOST_PLACES]:
        lead = place.lead
        where = f"`{prefix}{place.where}`" if place.where else ""
        told = (_told(lead, after=False), _told(lead, after=True), _escaped(when_words(lead.when)))
        cells = (_MARKS[lead.direction], _escaped(place.subject), *told, _weight(lead), where)
        yield f"| {' | '.join(cells)} |"
    if len(places) > _MOST_PLACES:
        yield f"\n… and {len(places) - _MOST_PLACES} more places."
    yield ""


def _told(change: Change, *, after: bool) -> str:
    words = _escaped(told_words(change.after if after else change.before))
    if change.values is not None:
        words += f" (such as {_escaped(told_words(change.values[after]))})"
    return words


def _weight(change: Change) -> str:
    weight = change.customers
    if weight is None:
        return ""
    perhaps = f", perhaps {weight.perhaps:,} more" if weight.perhaps else ""
    return f"{weight.certain:,} of {weight.of:,}{perhaps}"


def _texts(comparison: Comparison) -> Iterator[str]:
    for text in comparison.texts[:_MOST_TEXTS]:
        runs = [_run(mark, run) for mark, run in text.diff]
        yield f"- **{_escaped(f'{text.what} {text.id}, {text.field}')}:** {''.join(runs)}"
    if comparison.texts:
        yield ""


def _run(mark: str, text: str) -> str:
    body = _escaped(text)
    inner = body.strip()
    if not inner or mark == "=":
        return body
    start, end = body[: len(body) - len(body.lstrip())], body[len(body.rstrip()) :]
    sign = {"-": "~~", "+": "**"}[mark]
    return f"{start}{sign}{inner}{sign}{end}"


def _classes(comparison: Comparison, prefix: str) -> Iterator[str]:
    if not comparison.changes:
        return
    yield f"<details><summary>All {len(comparison.changes)} changes</summary>\n"
    for change in comparison.changes[:_MOST_CLASSES]:
        role = f" ({change.part.role})" if change.part.role else ""
        title = _escaped(f"{change.part.id} {change.part.part}{role}")
        told = f"{_told(change, after=False)} → {_told(change, after=True)}"
        yield f"- {_MARKS[change.direction]} **{title}**: {told}"
        when = clean(json.dumps(change.when, ensure_ascii=False)).replace("`", "'")
        yield f"  - when `{when}`{'' if change.exact else ' (amounts may be equal in some cases)'}"
        if change.witness is not None:
            command = clean(command_of(change.witness)).replace("`", "'")
            yield f"  - `{command}`"
        places = dict.fromkeys(f"`{prefix}{place}`" for place in change.places if place)
        if places:
            yield f"  - {' → '.join(places)}"
    if len(comparison.changes) > _MOST_CLASSES:
        yield f"- … and {len(comparison.changes) - _MOST_CLASSES} more"
    yield "\n</details>\n"


def _escaped(text: str) -> str:
    """Text in which nothing is markup, a mention or a line of its own."""
    line = _SPECIAL.sub(r"\\\1", " ".join(clean(text).splitlines()))
    for sign, entity in (("@", "&#64;"), ("<", "&lt;")):
        line = line.replace(f"\\{sign}", entity)
    return line
