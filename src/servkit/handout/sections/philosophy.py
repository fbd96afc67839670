"""A philosophy: what we believe, and what it means every day."""

from __future__ import annotations

from typing import TYPE_CHECKING

from servkit.handout.parts.common import bullets, heading, labelled, lead, stories, why

if TYPE_CHECKING:
    from servkit.book.entries import Entry
    from servkit.handout.material import Material
    from servkit.handout.model import Block


def section(material: Material, entry: Entry) -> tuple[Block, ...]:
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
