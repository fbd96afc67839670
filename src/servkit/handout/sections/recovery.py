"""A recovery: what starts it, the steps, what you may offer, and when to check again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from servkit.handout.model import Paragraph, Run, ref, strong
from servkit.handout.parts.common import anchor, bullets, heading, labelled, restrictions, scripts, why
from servkit.handout.parts.steps import duration, steps

if TYPE_CHECKING:
    from servkit.book.entries import Entry
    from servkit.handout.material import Material
    from servkit.handout.model import Block, Runs

ORDER = 4


def section(material: Material, entry: Entry) -> tuple[Block, ...]:
    prose = entry.prose
    offers: list[Runs] = []
    for reference in entry.list("may_offer"):
        if reference in material.terms:
            owner, term = material.terms[reference]
            title = f"{material.title(owner)}: {material.term_title(term)}"
            offers.append((*ref(title, anchor(owner)), Run(f" · {material.phrases.amount(term.value)}")))
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
