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
    """Ordered steps; what to say follows the step that names it."""
    items: list[tuple[Block, ...]] = []
    for step in as_list(raw):
        if not (isinstance(step, dict) and "do" in step):
            items.append((Paragraph(material.line(step)),))
            continue
        told = [str(material.role_title(step["role"]))] if step.get("role") else []
        if step.get("within"):
            told.append(f"{material.word('within')} {duration(material, step['within'])}")
        words = material.line(step["do"])
        if told:
            words += (Run(f"  ({', '.join(told)})", emphasis=True),)
        said = scripts(material, tuple(as_list(step.get("say"))))
        items.append((Paragraph(words), *said))
    return (Items(tuple(items), ordered=True),) if items else ()


def duration(material: Material, raw: str) -> str:
    """A duration outside of a term, in the language of the handout."""
    try:
        return material.phrases.value(read(raw, material.settings.clocks))
    except ValueProblem:
        return raw
