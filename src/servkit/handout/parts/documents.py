"""Each kind of document as a section of the handbook."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from servkit.answer.answer_json import as_list
from servkit.handout.model import (
    Block,
    Callout,
    Checklist,
    Heading,
    Items,
    Lines,
    Paragraph,
    Run,
    Runs,
    Table,
    TableRow,
    ref,
    strong,
    text,
)
from servkit.handout.parts.common import (
    anchor,
    bullets,
    labelled,
    lead,
    restrictions,
    say_not,
    scripts,
    stories,
    why,
)
from servkit.handout.parts.term_tables import authority, fixed_box, measures, moves, needs_table

if TYPE_CHECKING:
    from servkit.book.entries import Entry
    from servkit.handout.material import Material

Blocks = tuple[Block, ...]


def heading(material: Material, entry: Entry, label: str, level: int = 2) -> Heading:
    """A document's title, with what it is before it."""
    return Heading(level, text(material.title(entry)), anchor(entry), label)


def philosophy(material: Material, entry: Entry) -> Blocks:
    """A philosophy: what we believe, and how it is carried out every day."""
    prose = entry.prose
    rank = entry.logic.get("rank")
    label = f"{material.word('philosophy')} {rank}" if rank else material.word("philosophy")
    return (
        heading(material, entry, label),
        *lead(material, entry),
        *why(material, entry),
        *labelled(material.word("in_practice"), bullets(material.lines(prose.get("in_practice")))),
        *stories(material, prose.get("stories")),
    )


def standard(material: Material, entry: Entry) -> Blocks:
    """A standard, level by level."""
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


def _level_one(material: Material, entry: Entry) -> Blocks:
    prose = entry.prose
    items = material.lines(prose.get("do"))
    ticks: Blocks = (Checklist(items),) if items else ()
    return (
        *labelled(f"{material.word('level_1')} · {material.word('do')}", ticks),
        *labelled(material.word("say"), scripts(material, entry.list("say"))),
        *say_not(material, prose.get("wording") or {}),
    )


def _level_two(material: Material, prose: Any) -> Blocks:
    ask = material.lines(prose.get("ask"))
    listen = material.lines(prose.get("listen_for"))
    label = material.word("level_2")
    return (
        *labelled(f"{label} · {material.word('ask')}", bullets(ask)),
        *labelled(f"{label} · {material.word('listen_for')}", bullets(listen)),
    )


def _step_away(material: Material, prose: Any) -> Blocks:
    rows = [
        TableRow((material.line(item.get("if")), material.line(item.get("then"))))
        for item in as_list(prose.get("step_away"))
        if isinstance(item, dict)
    ]
    if not rows:
        return ()
    head = (text(material.word("step_if")), text(material.word("step_then")))
    return (Table(head, tuple(rows), text(material.word("step_away"))),)


def _level_three(material: Material, entry: Entry) -> Blocks:
    """The trust, its limits, what others did, and room to write one's own. Never a script."""
    trusted = material.lines(entry.prose.get("go_beyond"))
    told = stories(material, entry.prose.get("stories"))
    if not trusted and not told:
        return ()
    limits = _limits(material, entry)
    box: list[Block] = [*bullets(trusted), *told]
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


def _recovery_link(material: Material, entry: Entry) -> Blocks:
    id_ = entry.logic.get("recovery")
    found = next((recovery for recovery in material.of_kind("recovery") if recovery.id == id_), None)
    if found is None:
        return ()
    return (Paragraph((Run(f"{material.word('put_right')}: "), *ref(material.title(found), anchor(found))), "note"),)


def policy(material: Material, entry: Entry) -> Blocks:
    """A policy: fixed ones with their ground and what to offer instead, flexible ones with who may go how far."""
    prose = entry.prose
    rule = material.word("fixed" if entry.fixed else "flexible")
    return (
        heading(material, entry, f"{material.word('policy')} · {rule}"),
        *lead(material, entry),
        *restrictions(material, entry),
        *why(material, entry),
        *fixed_box(material, entry),
        *authority(material, [entry]),
        *labelled(material.word("expectation"), material.prose(prose.get("expectation"))),
        *labelled(material.word("instead"), material.prose(prose.get("instead"))),
        *labelled(material.word("say"), scripts(material, entry.list("say"))),
    )


def procedure(material: Material, entry: Entry) -> Blocks:
    """A procedure: its steps in order, with who takes each and within what time."""
    carried = [
        found
        for id_ in entry.list("carries_out")
        for found in (*material.of_kind("standard"), *material.of_kind("policy"))
        if found.id == id_
    ]
    note: Runs = ()
    for found in carried:
        note += (
            Run(" · " if note else f"{material.word('carried_out')}: "),
            *ref(material.title(found), anchor(found)),
        )
    return (
        heading(material, entry, material.word("procedure")),
        *lead(material, entry),
        *restrictions(material, entry),
        *why(material, entry),
        *steps(material, entry.prose.get("steps")),
        *((Paragraph(note, "note"),) if note else ()),
    )


def steps(material: Material, raw: Any) -> Blocks:
    """Ordered steps; what to say follows the step that names it."""
    items: list[Blocks] = []
    for step in as_list(raw):
        if not (isinstance(step, dict) and "do" in step):
            items.append((Paragraph(material.line(step)),))
            continue
        told = [str(material.role_title(step["role"]))] if step.get("role") else []
        if step.get("within"):
            told.append(f"{material.word('within')} {duration(material, step['within'])}")
        words = material.line(step["do"])
        if told:
            words += (Run(f"  ({', '.join(told)})", emphasis=True),)
        said = scripts(material, tuple(as_list(step.get("say"))))
        items.append((Paragraph(words), *said))
    return (Items(tuple(items), ordered=True),) if items else ()


def duration(material: Material, raw: str) -> str:
    """A duration outside of a term, in the language of the handout."""
    from servkit.book.literals import read
    from servkit.book.problems import ValueProblem

    try:
        return material.phrases.value(read(raw, material.settings.clocks))
    except ValueProblem:
        return raw


def recovery(material: Material, entry: Entry) -> Blocks:
    """A recovery: what set it off, the steps, what may be offered, and when to look in again."""
    prose = entry.prose
    offers: list[Runs] = []
    for reference in entry.list("may_offer"):
        for owner in (*material.of_kind("standard"), *material.of_kind("policy")):
            term = owner.terms.get(reference.partition(".")[2]) if owner.id == reference.partition(".")[0] else None
            if term is not None:
                amount = material.phrases.amount(term.value)
                offers.append(
                    (*ref(f"{material.title(owner)}: {material.term_title(term)}", anchor(owner)), Run(f" · {amount}"))
                )
    follow = prose.get("follow_up")
    last = f"{material.word('follow_up')} {duration(material, follow)}" if follow else ""
    return (
        heading(material, entry, material.word("recovery")),
        *restrictions(material, entry),
        *labelled(material.word("trigger"), material.prose(prose.get("trigger"))),
        *why(material, entry),
        *steps(material, prose.get("steps")),
        *labelled(material.word("say"), scripts(material, entry.list("say"))),
        *labelled(material.word("may_offer"), bullets(tuple(offers))),
        *((Paragraph(strong(last), "note"),) if last else ()),
    )


def segment(material: Material, entry: Entry) -> Blocks:
    """A segment on its page: who they are, what they get, what we do for them."""
    who: Blocks = (Paragraph(text(material.phrases.condition(entry.when))),) if entry.when is not None else ()
    do = material.lines(entry.prose.get("do"))
    return (
        *why(material, entry),
        *labelled(material.word("segment_who"), who),
        *moves(material, entry),
        *labelled(material.word("segment_do"), (Checklist(do),) if do else ()),
    )
