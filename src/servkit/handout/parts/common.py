"""What documents of every kind have: a reason, stories, what to say, and whom they are for."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from servkit.book.wording import wording_of
from servkit.handout.model import Block, Callout, Heading, Items, Paragraph, Quote, Run, Runs, SayNot, strong, text
from servkit.handout.prose import inline, script_runs

if TYPE_CHECKING:
    from collections.abc import Callable

    from servkit.book.entries import Entry
    from servkit.handout.material import Material


def anchor(entry: Entry) -> str:
    """The anchor of a document. Ids are unique within a kind."""
    return f"{entry.kind}-{entry.id}"


def bullets(found: tuple[Runs, ...]) -> tuple[Block, ...]:
    """A list, if there is anything to list."""
    return (Items(tuple((Paragraph(words),) for words in found)),) if found else ()


def why(material: Material, entry: Entry) -> tuple[Block, ...]:
    """The box that says why."""
    blocks = material.prose(entry.prose.get("why"))
    return (Callout("why", material.word("why"), blocks),) if blocks else ()


def heading(material: Material, entry: Entry, label: str) -> Heading:
    """A document's title, with a label before it."""
    return Heading(2, text(material.title(entry)), anchor(entry), label)


def lead(material: Material, entry: Entry) -> tuple[Block, ...]:
    """A document's statement, in large type."""
    return leading(material.prose(entry.prose.get("statement")))


def leading(blocks: tuple[Block, ...]) -> tuple[Block, ...]:
    """Blocks with their paragraphs in large type."""
    return tuple(Paragraph(block.words, "lead") if isinstance(block, Paragraph) else block for block in blocks)


def stories(material: Material, raw: Any) -> tuple[Block, ...]:
    """What people of the company once did."""
    label = material.word("story")
    return tuple(Quote((Paragraph(words),), label) for words in material.lines(raw))


def restrictions(material: Material, entry: Entry) -> tuple[Block, ...]:
    """Whom and what a document is for, where it has limits."""
    titles = {segment.id: material.title(segment) for segment in material.entries if segment.kind == "segment"}
    named = (
        map(material.spaced, entry.list("channels")),
        map(material.role_title, entry.list("roles")),
        (titles.get(id_, id_) for id_ in entry.list("segments")),
    )
    limits = [found for names in named if (found := ", ".join(names))]
    out: list[Block] = []
    if limits:
        out.append(Paragraph((Run(f"{material.word('applies_to')}: "), *text(" · ".join(limits))), "note"))
    if entry.when is not None:
        words = f"{material.word('applies_when')} {material.phrases.condition(entry.when)}"
        out.append(Paragraph(text(words), "note"))
    return tuple(out)


def say_not(material: Material, wording: Any) -> tuple[Block, ...]:
    """What not to say, and what to say instead: the ways to say it parted by slashes."""
    found = tuple(
        (inline(avoid), inline(" / ".join(map(material.pick, rather)))) for _, avoid, rather in wording_of(wording)
    )
    return (SayNot(material.word("not_that"), material.word("say_this"), found),) if found else ()


def script(material: Material, entry: Entry) -> Quote:
    """A script as people say it, with blanks to fill in."""
    words = script_runs(material.pick(entry.prose.get("say")), filling(material), material.blank_title)
    short = entry.logic.get("short")
    label = f"{material.title(entry)} · {short}" if short else material.title(entry)
    return Quote((Paragraph(words),), label, script=True)


def filling(material: Material) -> Callable[[str], str | None]:
    """What a placeholder stands for, where that is the same for every customer."""

    def fill(name: str) -> str | None:
        if name == "book.name":
            return material.settings.name
        _, term = material.terms.get(name.removeprefix("terms."), (None, None))
        value = material.same_for_all(term) if term is not None else None
        return material.phrases.value(value) if value is not None else None

    return fill


def scripts(material: Material, ids: tuple[str, ...]) -> tuple[Block, ...]:
    """Scripts by id, without those that are not printed."""
    return tuple(script(material, entry) for id_ in ids if (entry := material.entry("script", id_)) is not None)


def labelled(label: str, blocks: tuple[Block, ...]) -> tuple[Block, ...]:
    """Blocks under a small label, if there are any."""
    return (Paragraph(strong(label), "label"), *blocks) if blocks else ()
