"""A policy: a fixed one with its basis and what to offer instead, a flexible one with how far each role may go."""

from __future__ import annotations

from typing import TYPE_CHECKING

from servkit.handout.parts.common import heading, labelled, lead, restrictions, scripts, why
from servkit.handout.parts.term_tables import authority, fixed_box

if TYPE_CHECKING:
    from servkit.book.entries import Entry
    from servkit.handout.material import Material
    from servkit.handout.model import Block

ORDER = 2


def section(material: Material, entry: Entry) -> tuple[Block, ...]:
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
