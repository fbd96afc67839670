"""Ordered steps, as procedures and recoveries have them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from servkit.answer.answer_json import as_list
from servkit.book.literals import read
from servkit.book.problems import ValueProblem
from servkit.handout.model import Items, Paragraph, Run
from servkit.handout.parts.common import scripts

if TYPE_CHECKING:
    from servkit.handout.material import Material
    from servkit.handout.model import Block


def steps(material: Material, raw: Any) -> tuple[Block, ...]:
    """Numbered steps, each with its scripts below it."""
    items: list[tuple[Block, ...]] = []
    for step in as_list(raw):
        if not (isinstance(step, dict) and "do" in step):
            items.append((Paragraph(material.line(step)),))
            continue
        limits = [str(material.role_title(step["role"]))] if step.get("role") else []
        if step.get("within"):
            limits.append(f"{material.word('within')} {duration(material, step['within'])}")
        words = material.line(step["do"])
        if limits:
            words += (Run(f"  ({', '.join(limits)})", emphasis=True),)
        spoken = scripts(material, tuple(as_list(step.get("say"))))
        items.append((Paragraph(words), *spoken))
    return (Items(tuple(items), ordered=True),) if items else ()


def duration(material: Material, raw: str) -> str:
    """A duration outside of a term, in the language of the handout."""
    try:
        return material.phrases.value(read(raw, material.settings.vocabulary))
    except ValueProblem:
        return raw
