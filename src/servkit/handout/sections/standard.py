"""A standard, level by level."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from servkit.answer.answer_json import as_list
from servkit.handout.model import Callout, Checklist, Lines, Paragraph, Run, Table, TableRow, ref, strong, text
from servkit.handout.parts.common import (
    anchor,
    bullets,
    heading,
    labelled,
    lead,
    restrictions,
    say_not,
    scripts,
    stories,
    why,
)
from servkit.handout.parts.term_tables import authority, measures, needs_table

if TYPE_CHECKING:
    from servkit.book.entries import Entry
    from servkit.handout.material import Material
    from servkit.handout.model import Block, Runs

ORDER = 1


def section(material: Material, entry: Entry) -> tuple[Block, ...]:
    prose = entry.prose
    table = authority(material, [entry]) if needs_table(entry) else ()
    return (
        heading(material, entry, material.word("standard")),
        *lead(material, entry),
        *restrictions(material, entry),
        *measures(material, entry),
        *why(material, entry),
        *_level_one(material, entry),
        *(_level_two(material, prose) if material.serves("genuine") else ()),
        *_step_away(material, prose),
        *table,
        *(_level_three(material, entry) if material.serves("super") else ()),
        *_recovery_link(material, entry),
    )


def _level_one(material: Material, entry: Entry) -> tuple[Block, ...]:
    prose = entry.prose
    items = material.lines(prose.get("do"))
    ticks: tuple[Block, ...] = (Checklist(items),) if items else ()
    return (
        *labelled(f"{material.word('level_1')} · {material.word('do')}", ticks),
        *labelled(material.word("say"), scripts(material, entry.list("say"))),
        *say_not(material, prose.get("wording")),
    )


def _level_two(material: Material, prose: Any) -> tuple[Block, ...]:
    ask = material.lines(prose.get("ask"))
    listen = material.lines(prose.get("listen_for"))
    label = material.word("level_2")
    return (
        *labelled(f"{label} · {material.word('ask')}", bullets(ask)),
        *labelled(f"{label} · {material.word('listen_for')}", bullets(listen)),
    )


def _step_away(material: Material, prose: Any) -> tuple[Block, ...]:
    rows = [
        TableRow((material.line(item.get("if")), material.line(item.get("then"))))
        for item in as_list(prose.get("step_away"))
        if isinstance(item, dict)
    ]
    if not rows:
        return ()
    head = (text(material.word("step_if")), text(material.word("step_then")))
    return (Table(head, tuple(rows), text(material.word("step_away"))),)


def _level_three(material: Material, entry: Entry) -> tuple[Block, ...]:
    """What staff are trusted to do, what others did, the limits, and room to write. Never a script."""
    trusted = material.lines(entry.prose.get("go_beyond"))
    told_stories = stories(material, entry.prose.get("stories"))
    if not trusted and not told_stories:
        return ()
    limits = _limits(material, entry)
    box: list[Block] = [*bullets(trusted), *told_stories]
    if limits:
        box += [Paragraph(strong(material.word("trust_limits")), "label"),
                Paragraph(text(material.word("trust_limits_text"))), *bullets(limits)]  # fmt: skip
    box.append(Lines(3, f"{material.word('trust_yours')}. {material.word('trust_room')}"))
    return (Callout("trust", f"{material.word('level_3')} · {material.word('trust')}", tuple(box)),)


def _limits(material: Material, entry: Entry) -> tuple[Runs, ...]:
    """The fixed policies of the standard's areas."""
    areas = set(entry.list("areas"))
    fixed = [
        policy
        for policy in material.of_kind("policy")
        if policy.fixed and (areas & set(policy.list("areas")) or not policy.list("areas"))
    ]
    return tuple(ref(material.title(policy), anchor(policy)) for policy in fixed)


def _recovery_link(material: Material, entry: Entry) -> tuple[Block, ...]:
    found = material.entry("recovery", entry.logic.get("recovery"))
    if found is None:
        return ()
    return (Paragraph((Run(f"{material.word('put_right')}: "), *ref(material.title(found), anchor(found))), "note"),)
