"""What every document of the book brings along: its reason, its stories, what to say, whom it is for."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from servkit.book.amounts import Plain
from servkit.handout.model import Block, Callout, Heading, Items, Paragraph, Quote, Run, Runs, SayNot, strong, text
from servkit.handout.prose import inline, script_runs

if TYPE_CHECKING:
    from collections.abc import Callable

    from servkit.book.entries import Entry
    from servkit.handout.material import Material


def anchor(entry: Entry) -> str:
    """The place of a document; ids are unique within a kind."""
    return f"{entry.kind}-{entry.id}"


def bullets(found: tuple[Runs, ...]) -> tuple[Block, ...]:
    """A list, if there is anything to list."""
    return (Items(tuple((Paragraph(words),) for words in found)),) if found else ()


def why(material: Material, entry: Entry) -> tuple[Block, ...]:
    """The box that says why."""
    blocks = material.prose(entry.prose.get("why"))
    return (Callout("why", material.word("why"), blocks),) if blocks else ()


def heading(material: Material, entry: Entry, label: str) -> Heading:
    """A document's title, with what it is before it."""
    return Heading(2, text(material.title(entry)), anchor(entry), label)


def lead(material: Material, entry: Entry) -> tuple[Block, ...]:
    """The statement: what it comes to, in a sentence."""
    return leading(material.prose(entry.prose.get("statement")))


def leading(blocks: tuple[Block, ...]) -> tuple[Block, ...]:
    """Blocks set larger, as an opening."""
    return tuple(Paragraph(block.words, "lead") if isinstance(block, Paragraph) else block for block in blocks)


def stories(material: Material, raw: Any) -> tuple[Block, ...]:
    """What one of us once did."""
    label = material.word("story")
    return tuple(Quote((Paragraph(words),), label) for words in material.lines(raw))


def restrictions(material: Material, entry: Entry) -> tuple[Block, ...]:
    """Whom and what a document is for, where that is not everybody and everything."""
    said: list[str] = []
    titles = {segment.id: material.title(segment) for segment in material.entries if segment.kind == "segment"}
    for key, names in (("channels", {}), ("roles", {}), ("segments", titles)):
        found = entry.list(key)
        if found:
            said.append(", ".join(names.get(name, name) for name in found))
    out: list[Block] = []
    if said:
        out.append(Paragraph((Run(f"{material.word('applies_to')}: "), *text(" · ".join(said))), "note"))
    if entry.when is not None:
        words = f"{material.word('applies_when')} {material.phrases.condition(entry.when)}"
        out.append(Paragraph(text(words), "note"))
    return tuple(out)


def say_not(material: Material, pairs: dict[str, Any]) -> tuple[Block, ...]:
    """What not to say, and what to say."""
    found = tuple((inline(avoid), material.line(better)) for avoid, better in pairs.items())
    return (SayNot(material.word("not_that"), material.word("say_this"), found),) if found else ()


def script(material: Material, entry: Entry) -> Quote:
    """A script as it is spoken, with blanks for what the person at the desk fills in."""
    words = script_runs(material.pick(entry.prose.get("say")), filling(material))
    short = entry.logic.get("short")
    label = f"{material.title(entry)} · {short}" if short else material.title(entry)
    return Quote((Paragraph(words),), label, said=True)


def filling(material: Material) -> Callable[[str], str | None]:
    """What a placeholder stands for, where it is the same for every customer."""

    def fill(name: str) -> str | None:
        if name == "book.name":
            return material.settings.name
        _, term = material.terms.get(name.removeprefix("terms."), (None, None))
        if term is None or not isinstance(term.value, Plain) or term.rows:
            return None
        return material.phrases.value(term.value.value)

    return fill


def scripts(material: Material, ids: tuple[str, ...]) -> tuple[Block, ...]:
    """The scripts that a document names, as far as they are printed."""
    return tuple(script(material, entry) for id_ in ids if (entry := material.entry("script", id_)) is not None)


def labelled(label: str, blocks: tuple[Block, ...]) -> tuple[Block, ...]:
    """Blocks under a small label, if there are any."""
    return (Paragraph(strong(label), "label"), *blocks) if blocks else ()


def script_bullets(material: Material, ids: list[Any]) -> tuple[Block, ...]:
    """Scripts by id as a list of what is said, where there is little room."""
    found = [entry for id_ in ids if (entry := material.entry("script", str(id_))) is not None]
    return bullets(tuple(script_runs(material.pick(entry.prose.get("say")), filling(material)) for entry in found))
