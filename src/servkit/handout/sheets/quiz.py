"""The quiz: a participant's copy without answers, and a key with the reason and the place."""

from __future__ import annotations

from typing import TYPE_CHECKING

from servkit.handout.model import Block, Chapter, Handout, Paragraph, Question, SignOff, text
from servkit.handout.questions import Asked, as_runs, questions

if TYPE_CHECKING:
    from servkit.handout.material import Material

ORDER = 4


def handouts(material: Material) -> tuple[Handout, ...]:
    asked = chosen(material)
    return (copy(material, asked), key(material, asked))


def chosen(material: Material) -> list[Asked]:
    """As many questions as wanted, drawn from all over the book and kept in its order; the same ones every time."""
    found = questions(material)
    most = material.questions or len(found)
    drawn = sorted(found, key=lambda one: _name(one.key))[:most]
    return [one for one in found if one in drawn]


def copy(material: Material, asked: list[Asked]) -> Handout:
    """What participants get: no answer is in it, nor anything that gives one away."""
    word = material.word
    fields = ((word("name"), ""), (word("date"), ""), (word("assessor"), ""), (word("score"), f"      / {len(asked)}"))
    blocks: list[Block] = [SignOff(word("quiz_intro"), fields)]
    for number, one in enumerate(asked, 1):
        blocks.append(Question(number, as_runs(one.words), one.choices, story=one.story, key=_name(one.key)))
    return _handout(material, "quiz", (word("quiz"), word("questions")), blocks, asked)


def key(material: Material, asked: list[Asked]) -> Handout:
    """What the trainer keeps."""
    blocks: list[Block] = [Paragraph(text(material.word("quiz_key_intro")), "lead")]
    for number, one in enumerate(asked, 1):
        blocks.append(
            Question(
                number, as_runs(one.words), one.choices, one.answer, one.reason, one.place, one.story, _name(one.key)
            )
        )
    return _handout(material, "quiz-key", (material.word("quiz_key"), material.word("answers")), blocks, asked)


def _name(key: str) -> str:
    """A name for a question that says nothing of its answer and stays from one rendering to the next."""
    from hashlib import sha256

    return "q" + sha256(key.encode()).hexdigest()[:12]


def _handout(
    material: Material, name: str, titles: tuple[str, str], blocks: list[Block], asked: list[Asked]
) -> Handout:
    if not asked:
        blocks = [Paragraph(text(material.word("empty")))]
    return material.handout(name, titles[0], [Chapter(titles[1], name, tuple(blocks))])
