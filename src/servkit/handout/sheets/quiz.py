"""The quiz: a participant's copy without answers, and a key with the reason and the place of each answer."""

from __future__ import annotations

from dataclasses import replace
from hashlib import sha256
from typing import TYPE_CHECKING

from servkit.handout.model import Block, Chapter, Code, Handout, Paragraph, Question, SignOff, text
from servkit.handout.questions import questions

if TYPE_CHECKING:
    from servkit.handout.material import Material

ORDER = 4


def handouts(material: Material) -> tuple[Handout, ...]:
    chosen = choose(material)
    return (copy(material, chosen), key(material, chosen))


def choose(material: Material) -> list[Question]:
    """As many questions as requested, from all over the book and in its order; the same ones every time."""
    found = [replace(question, key=_public_key(question.key)) for question in questions(material)]
    most = material.questions or len(found)
    drawn = sorted(question.key for question in found)[:most]
    chosen = [question for question in found if question.key in drawn]
    return [replace(question, number=number) for number, question in enumerate(chosen, 1)]


def copy(material: Material, chosen: list[Question]) -> Handout:
    """What participants get. Nothing in it gives an answer away."""
    word = material.word
    fields = ((word("name"), ""), (word("date"), ""), (word("assessor"), ""), (word("score"), f"      / {len(chosen)}"))
    blank = [replace(question, answer=None, reason=(), place="") for question in chosen]
    return _handout(material, "quiz", (word("quiz"), word("questions")), [SignOff(word("quiz_intro"), fields), *blank])


def key(material: Material, chosen: list[Question]) -> Handout:
    """What the trainer keeps."""
    word = material.word
    intro = Paragraph(text(word("quiz_key_intro")), "lead")
    line = (Paragraph(text(word("sign_line"))), Code("servkit signoff NAME --sheet quiz --level synthetic --score N"))
    return _handout(material, "quiz-key", (word("quiz_key"), word("answers")), [intro, *chosen, *line])


def _public_key(key: str) -> str:
    """A key that gives nothing away, and stays the same from one rendering to the next."""
    return "q" + sha256(key.encode()).hexdigest()[:12]


def _handout(material: Material, name: str, titles: tuple[str, str], blocks: list[Block]) -> Handout:
    if not any(isinstance(block, Question) for block in blocks):
        blocks = [Paragraph(text(material.word("empty")))]
    return material.handout(name, titles[0], [Chapter(titles[1], name, tuple(blocks))])
