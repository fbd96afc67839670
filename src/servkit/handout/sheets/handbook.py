"""The handbook: everything that the book says, with a chapter for each area."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from servkit.handout import sections
from servkit.handout.model import (
    Block,
    Chapter,
    Handout,
    Heading,
    Index,
    IndexEntry,
    Items,
    Paragraph,
    Run,
    text,
)
from servkit.handout.parts.common import (
    anchor,
    heading,
    labelled,
    lead,
    leading,
    restrictions,
    say_not,
    script,
    why,
)
from servkit.handout.parts.term_tables import authority
from servkit.text import fold

if TYPE_CHECKING:
    from servkit.book.entries import Entry
    from servkit.handout.material import Material

ORDER = 1
#: Kinds that are no sections of the handbook: scripts are printed where people say them, scenarios are role-play.
NOT_PRINTED = frozenset({"script", "scenario", "customer"})


def handouts(material: Material) -> tuple[Handout, ...]:
    if material.audience.documents:
        return (material.handout("handbook", material.word("handbook"), _chosen(material), flows=True),)
    chapters = [
        _how_to(material),
        *_philosophies(material),
        *(_area(material, area) for area in material.areas()),
        *_no_area(material),
        *_segments(material),
        *_index(material),
    ]
    word = material.word
    title = word("handbook")
    return (
        material.handout(
            "handbook", title, chapters, subtitle=word("handbook_of"), cover=True, contents=True, flows=True
        ),
    )


def _chosen(material: Material) -> list[Chapter]:
    """The documents that were asked for, in that order: a chapter for each run of documents of one area."""
    chapters: list[Chapter] = []
    for area, entries in groupby(material.chosen, lambda entry: _home(material, entry.list("areas"))):
        title = material.area_title(area) if area else material.word("everybody_chapter")
        blocks = tuple(block for entry in entries for block in _chosen_section(material, entry))
        if blocks:
            label = material.word("area") if area else ""
            chapters.append(Chapter(title, f"area-{area or 'everywhere'}", blocks, label))
    empty = Paragraph(text(material.word("empty")))
    return chapters or [Chapter(material.settings.name, "empty", (empty,))]


def _chosen_section(material: Material, entry: Entry) -> tuple[Block, ...]:
    if entry.kind == "script":
        return (heading(material, entry, material.word("scripts")), script(material, entry))
    return () if entry.kind in NOT_PRINTED else _section(material, entry)


def _how_to(material: Material) -> Chapter:
    word = material.word
    levels = [("1", "synthetic"), ("2", "genuine"), ("3", "super")]
    items = tuple(
        (Paragraph((Run(word(f"level_{number}") + ". ", strong=True), Run(word(f"level_{number}_text")))),)
        for number, level in levels
        if material.serves(level)
    )
    blocks: list[Block] = [
        Paragraph(text(word("how_to_text")), "lead"),
        Paragraph(text(word("how_to_why"))),
        Paragraph(text(word("how_to_levels"))),
        Items(items, ordered=True),
    ]
    if material.copy_for:
        lines = tuple((Paragraph(text(line)),) for line in material.copy_for)
        blocks += labelled(word("copy_for"), (Items(lines),))
    blocks += say_not(material, dict(material.settings.avoid))
    return Chapter(word("how_to"), "how-to", tuple(blocks))


def _philosophies(material: Material) -> list[Chapter]:
    found = sorted(material.of_kind("philosophy"), key=lambda entry: (entry.logic.get("rank") or 10**9, entry.id))
    if not found:
        return []
    blocks: list[Block] = [Paragraph(text(material.word("when_two")), "lead")]
    for entry in found:
        blocks += _section(material, entry)
    return [Chapter(material.word("philosophies"), "philosophies", tuple(blocks))]


def _area(material: Material, area: str) -> Chapter:
    about = material.settings.areas[area]
    blocks: list[Block] = []
    blocks += leading(material.prose(about.get("why")))
    blocks += _contents(material, area)
    if not material.in_area("standard", area) and not material.in_area("policy", area):
        blocks.append(Paragraph(text(material.word("empty")), "note"))
    return Chapter(material.area_title(area), f"area-{area}", tuple(blocks), material.word("area"))


def _no_area(material: Material) -> list[Chapter]:
    """What applies in every area. A copy for one area leaves it out."""
    blocks = _contents(material, None)
    return [Chapter(material.word("everybody_chapter"), "everywhere", tuple(blocks))] if blocks else []


def _contents(material: Material, area: str | None) -> list[Block]:
    """The documents of an area. One with several areas is printed in the first, and the others refer to it."""
    blocks: list[Block] = []
    for kind in _kinds(material):
        elsewhere: list[Run] = []
        for entry in material.in_area(kind, area):
            if area is None or _home(material, entry.list("areas")) == area:
                blocks += _section(material, entry)
            else:
                elsewhere += [
                    Run(", " if elsewhere else f"{material.word('see_also')}: "),
                    Run(material.title(entry), ref=anchor(entry)),
                ]
        if elsewhere:
            blocks.append(Paragraph(tuple(elsewhere), "note"))
    return [*blocks, *_other_scripts(material, area)]


def _section(material: Material, entry: Entry) -> tuple[Block, ...]:
    """A document as a section, written by the module of its kind."""
    module = sections.modules().get(entry.kind)
    if module is not None:
        blocks: tuple[Block, ...] = module.section(material, entry)
        return blocks
    return (
        heading(material, entry, str(material.words.get(entry.kind, entry.kind.capitalize()))),
        *lead(material, entry),
        *restrictions(material, entry),
        *why(material, entry),
        *authority(material, [entry]),
    )


def _kinds(material: Material) -> list[str]:
    """The kinds whose documents are sections of their areas."""
    kinds = (kind for kind in material.by_kind if kind not in NOT_PRINTED and not sections.has_own_chapter(kind))
    return sorted(kinds, key=sections.order)


def _home(material: Material, areas: tuple[str, ...]) -> str | None:
    return next((area for area in material.areas() if area in areas), None)


def _other_scripts(material: Material, area: str | None) -> list[Block]:
    """Scripts that no other document names."""
    named = {id_ for kind in _kinds(material) for entry in material.of_kind(kind) for id_ in entry.list("say")}
    found = [entry for entry in material.in_area("script", area) if entry.id not in named]
    if not found:
        return []
    label = f"scripts-{area or 'everywhere'}"
    blocks: list[Block] = [Heading(2, text(material.word("scripts")), label)]
    blocks += [script(material, entry) for entry in found]
    return blocks


def _segments(material: Material) -> list[Chapter]:
    return [
        Chapter(material.title(entry), anchor(entry), _section(material, entry), material.word("segments"))
        for entry in material.of_kind("segment")
    ]


def _index(material: Material) -> list[Chapter]:
    """Every title, term and tag, with the places about it."""
    places: dict[str, dict[str, str]] = {}
    for kind, documents in material.by_kind.items():
        for entry in documents if kind not in NOT_PRINTED else ():
            title, place = material.title(entry), anchor(entry)
            places.setdefault(title, {})[place] = title
            for term in entry.terms.values():
                places.setdefault(material.term_title(term), {})[place] = title
            for tag in entry.prose.get("tags") or ():
                places.setdefault(str(tag), {})[place] = title
    entries = tuple(
        IndexEntry(
            words,
            tuple((title, place) for place, title in sorted(found.items(), key=lambda item: fold(item[1]))),
            _initial(words),
        )
        for words, found in sorted(places.items(), key=lambda item: (_initial(item[0]), fold(item[0]), item[0]))
    )
    return [Chapter(material.word("index"), "index", (Index(entries),))] if entries else []


def _initial(words: str) -> str:
    """The letter of an entry; those that begin with none come first, under no letter."""
    first = fold(words)[:1].upper()
    return first if first.isalpha() else ""
