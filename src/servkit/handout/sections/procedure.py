"""A procedure: its steps in order, who takes each, and how soon."""

from __future__ import annotations

from typing import TYPE_CHECKING

from servkit.handout.model import Paragraph, Run, ref
from servkit.handout.parts.common import anchor, heading, lead, restrictions, why
from servkit.handout.parts.steps import steps

if TYPE_CHECKING:
    from servkit.book.entries import Entry
    from servkit.handout.material import Material
    from servkit.handout.model import Block, Runs

ORDER = 3


def section(material: Material, entry: Entry) -> tuple[Block, ...]:
    carried = [found for id_ in entry.list("carries_out") for found in material.owners if found.id == id_]
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
