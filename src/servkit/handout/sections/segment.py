"""A segment: who they are, what they get, and what we do for them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from servkit.handout.model import Checklist, Paragraph, text
from servkit.handout.parts.common import labelled, why
from servkit.handout.parts.term_tables import override_list

if TYPE_CHECKING:
    from servkit.book.entries import Entry
    from servkit.handout.material import Material
    from servkit.handout.model import Block


def section(material: Material, entry: Entry) -> tuple[Block, ...]:
    who = material.phrases.condition(entry.when) if entry.when is not None else ""
    areas = [area for area in entry.list("areas") if area in material.settings.areas]
    is_asked = not areas or any(area in areas for area in material.areas())
    do = material.lines(entry.prose.get("do")) if is_asked else ()
    label = " · ".join([material.word("segment_do"), *map(material.area_title, areas)])
    return (
        *why(material, entry),
        *labelled(material.word("segment_who"), (Paragraph(text(who)),) if who else ()),
        *override_list(material, entry),
        *labelled(label, (Checklist(do),) if do else ()),
    )
