"""The card: one page for the wall, for an area or for a role. It never needs a second page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from servkit.handout.model import (
    Block,
    Callout,
    Chapter,
    Checklist,
    Columns,
    Handout,
    Items,
    Measure,
    Measures,
    Paragraph,
    Run,
    Runs,
    SayNot,
    strong,
    text,
)
from servkit.handout.parts.common import bullets, labelled, leading, say_not, scripts
from servkit.handout.parts.term_tables import authority, measures

if TYPE_CHECKING:
    from servkit.book.entries import Entry
    from servkit.handout.material import Material

ORDER = 2


def handouts(material: Material) -> tuple[Handout, ...]:
    """One page for each area. With a role and no area, one page about what that role may do."""
    audience = material.audience
    if audience.role is not None and not audience.areas and not audience.documents:
        chapters = [_role(material, audience.role)]
    else:
        areas = [
            area for area in material.areas() if material.in_area("standard", area) or material.in_area("policy", area)
        ]
        if audience.areas:
            areas = list(dict.fromkeys(audience.areas))
        chapters = [_area(material, area) for area in areas]
    if not chapters:
        blocks = (Paragraph(text(material.word("empty"))),)
        chapters = [Chapter(material.settings.name, "card", blocks, material.word("card"), one_page=True)]
    return (material.handout("card", material.word("card"), chapters),)


def _area(material: Material, area: str) -> Chapter:
    """What people need to see in an area: numbers, what to do, what to say, how far they may go."""
    standards, policies = material.in_area("standard", area), material.in_area("policy", area)
    blocks: list[Block] = []
    blocks += leading(material.prose(material.settings.areas[area].get("why")))
    if not standards and not policies:
        blocks.append(Paragraph(text(material.word("empty"))))
    blocks += _numbers(material, standards)
    blocks += _do_and_say(material, standards)
    blocks += _scripts(material, [*standards, *policies])
    flexible = [entry for entry in policies if not entry.fixed]
    blocks += authority(material, flexible)
    blocks += _fixed(material, [entry for entry in policies if entry.fixed])
    return Chapter(material.area_title(area), f"card-{area}", tuple(blocks), material.settings.name, one_page=True)


def _role(material: Material, role: str) -> Chapter:
    """How far a role may go in every area, and what is fixed for everybody."""
    policies = material.of_kind("policy")
    flexible = [
        entry
        for entry in (*material.of_kind("standard"), *policies)
        if not entry.fixed and _granted(entry, material, role)
    ]
    blocks: list[Block] = []
    blocks += authority(material, flexible, material.word("authority"))
    blocks += _fixed(material, [entry for entry in policies if entry.fixed])
    if not blocks:
        blocks.append(Paragraph(text(material.word("empty"))))
    return Chapter(material.role_title(role), f"card-{role}", tuple(blocks), material.settings.name, one_page=True)


def _granted(entry: Entry, material: Material, role: str) -> bool:
    """Whether the role may grant anything on the document's terms."""
    authority = material.settings.authority
    reach = [other for other in authority if other == role or authority[other] < authority[role]]
    return any(
        set(reach) & set(grant)
        for term in entry.terms.values()
        for grant in (term.grant, *(row.grant or {} for row in term.rows))
    )


def _numbers(material: Material, standards: list[Entry]) -> tuple[Block, ...]:
    """All numbers of the area in one row. How often they have to be met is in the handbook."""
    items: list[Measure] = []
    for entry in standards:
        terms = len(entry.terms)
        for block in measures(material, entry):
            assert isinstance(block, Measures)
            items += block.items[:terms] if entry.prose.get("target") else block.items
    return (Measures(tuple(Measure(item.value, item.label) for item in items)),) if items else ()


def _do_and_say(material: Material, standards: list[Entry]) -> tuple[Block, ...]:
    """What to do on one side, what to say on the other."""
    left: list[Block] = []
    for entry in standards:
        items = material.lines(entry.prose.get("do"))
        if items:
            left += labelled(material.title(entry), (Checklist(items),))
    right: list[Block] = []
    pairs: list[tuple[Runs, Runs]] = []
    for entry in standards:
        for block in say_not(material, entry.prose.get("wording")):
            assert isinstance(block, SayNot)
            pairs += block.pairs
    if pairs:
        right.append(SayNot(material.word("not_that"), material.word("say_this"), tuple(pairs)))
    if material.serves("genuine"):
        ask = tuple(words for entry in standards for words in material.lines(entry.prose.get("ask")))
        right += labelled(material.word("ask"), bullets(ask))
    if material.serves("super"):
        trusted = tuple(words for entry in standards for words in material.lines(entry.prose.get("go_beyond")))
        right += labelled(material.word("trust"), bullets(trusted))
    if left and right:
        return (Columns(tuple(left), tuple(right)),)
    return (*left, *right)


def _fixed(material: Material, policies: list[Entry]) -> tuple[Block, ...]:
    """What is the same for everybody, and what to offer instead."""
    items = tuple((Paragraph(strong(material.title(entry))), *_instead(material, entry)) for entry in policies)
    return (Callout("fixed", material.word("always"), (Items(items),)),) if items else ()


def _instead(material: Material, entry: Entry) -> tuple[Block, ...]:
    label = f"{material.word('instead')}:"
    match material.prose(entry.prose.get("instead")):
        case ():
            return ()
        case (Paragraph(words=words),):
            return (Paragraph((Run(f"{label} "), *words)),)
        case blocks:
            return (Paragraph(text(label)), *blocks)


def _scripts(material: Material, entries: list[Entry]) -> tuple[Block, ...]:
    """What to say, each script once."""
    ids = dict.fromkeys(id_ for entry in entries for id_ in entry.list("say"))
    found = scripts(material, tuple(ids))
    return (Callout("say", material.word("say"), found),) if found else ()
