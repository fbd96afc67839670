"""The checklist: level one, standard by standard, with sign-off."""

from __future__ import annotations

from typing import TYPE_CHECKING

from servkit.handout.model import Block, Chapter, Checklist, Code, Handout, Heading, Paragraph, SignOff, text
from servkit.handout.parts.common import anchor, lead
from servkit.handout.parts.term_tables import measures

if TYPE_CHECKING:
    from servkit.book.entries import Entry
    from servkit.handout.material import Material

ORDER = 5


def handouts(material: Material) -> tuple[Handout, ...]:
    chapters = [chapter for area in material.areas() if (chapter := _area(material, area))]
    everywhere = _ticks(material, [entry for entry in material.of_kind("standard") if not entry.list("areas")])
    if everywhere:
        chapters.append(_chapter(material, material.word("everybody_chapter"), "everywhere", everywhere))
    if not chapters:
        chapters.append(
            _chapter(material, material.settings.name, "checklist", [Paragraph(text(material.word("empty")))])
        )
    return (material.handout("checklist", material.word("checklist"), chapters),)


def _area(material: Material, area: str) -> Chapter | None:
    blocks = _ticks(material, material.in_area("standard", area))
    title, what = material.area_title(area), f"--area {area}"
    return _chapter(material, title, f"area-{area}", blocks, what) if blocks else None


def _ticks(material: Material, standards: list[Entry]) -> list[Block]:
    blocks: list[Block] = []
    for entry in standards:
        items = material.lines(entry.prose.get("do"))
        if items:
            blocks += (Heading(2, text(material.title(entry)), anchor(entry)), *lead(material, entry),
                       *measures(material, entry), Checklist(items))  # fmt: skip
    return blocks


def _chapter(
    material: Material, title: str, place: str, blocks: list[Block], what: str = "--sheet checklist"
) -> Chapter:
    """An area with its own sign-off, because people learn areas on different days."""
    word = material.word
    role = material.role_title(material.audience.role) if material.audience.role else ""
    fields = (
        (word("name"), ""),
        (word("role"), role),
        (word("level"), word("level_1")),
        (word("assessor"), ""),
        (word("date"), ""),
        (word("signature"), ""),
        (word("revision"), material.edition.revision or word("unrevised")),
        (word("in_force_on"), material.phrases.date(material.edition.day)),
    )
    line = Code(f"servkit signoff NAME {what} --level synthetic")
    end: list[Block] = [Heading(2, text(word("signed_off"))), SignOff(word("sign_text"), fields),
                        Paragraph(text(word("sign_line"))), line]  # fmt: skip
    return Chapter(title, place, (*blocks, *end), word("checklist"))
