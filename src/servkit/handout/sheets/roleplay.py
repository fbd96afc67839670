"""Role-play cards from scenarios: what the agent knows, what only the customer knows, and what the book says."""

from __future__ import annotations

from typing import TYPE_CHECKING

from servkit.answer.answer_json import as_list
from servkit.book.problems import ServkitError, ValueProblem
from servkit.book.settings import LEVELS
from servkit.handout.model import Block, Chapter, CutCard, CutSheet, Handout, Lines, Paragraph, Run, Runs, text
from servkit.handout.parts.answers import answer_of, answer_terms, facts_of, needed, person_of, words_to_say
from servkit.handout.parts.common import anchor, bullets, labelled

if TYPE_CHECKING:
    from servkit.answer.result import Answer
    from servkit.book.entries import Entry
    from servkit.handout.material import Material

ORDER = 3


def handouts(material: Material) -> tuple[Handout, ...]:
    per_page = material.per_page
    scenarios = material.of_kind("scenario")
    at_once = per_page // 4
    chapters = []
    for start in range(0, len(scenarios), at_once):
        some = scenarios[start : start + at_once]
        cut = tuple(card for entry in some for card in cards(material, entry))
        title = " · ".join(material.title(entry) for entry in some)
        chapters.append(Chapter(title, anchor(some[0]), (CutSheet(cut, per_page),)))
    if not chapters:
        chapters.append(Chapter(material.settings.name, "none", (Paragraph(text(material.word("empty"))),)))
    return (material.handout("roleplay", material.word("roleplay"), chapters),)


def cards(material: Material, entry: Entry) -> tuple[CutCard, ...]:
    """The cards of one scenario: for the agent, the customer, the observer, and for afterwards."""
    try:
        answer: Answer | None = answer_of(material, entry)
    except (ServkitError, ValueProblem):  # lint reports the mistake; the story is still good for training
        answer = None
    title = material.title(entry)
    word = material.word
    person = person_of(material, entry, answer)
    given = entry.prose.get("given") or {}
    known = [f"{word('date')}: {given.get('today', '')}"]
    known += [f"{word('role')}: {material.role_title(given['role'])}"] if given.get("role") else []
    known += [f"{word('channel')}: {material.spaced(given['channel'])}"] if given.get("channel") else []
    known += [f"{word('office')}: {given['office']}"] if given.get("office") else []
    agent: list[Block] = [Paragraph(text(f"{word('customer')}: {person.name}"))] if person.name else []
    agent += labelled(word("what_you_know"), bullets(tuple(text(item) for item in known)))
    agent += labelled(word("on_file"), bullets(person.on_file))
    agent += labelled(word("cares_about"), bullets(person.cares_about))
    if given.get("level") in LEVELS:
        agent.append(Paragraph(text(f"{word('level')}: {material.level_title(given['level'])}"), "note"))
    customer: list[Block] = [Paragraph(text(f"{word('you_are')} {person.name}."))] if person.name else []
    private = (*material.prose(entry.prose.get("story")), *bullets(facts_of(material, entry, answer)))
    customer += labelled(word("private"), private)
    customer += labelled(word("cares_about"), bullets(person.cares_about))
    customer += labelled(word("signals"), bullets(person.signals))
    customer.append(Paragraph((Run(word("tone_note"), emphasis=True),), "note"))
    return (
        CutCard("agent", word("agent"), title, tuple(agent)),
        CutCard("customer", word("customer"), title, tuple(customer)),
        CutCard("observer", word("observer"), title, _observer(material, entry, answer)),
        CutCard("debrief", word("debrief"), title, _debrief(material, entry)),
    )


def _observer(material: Material, entry: Entry, answer: Answer | None) -> tuple[Block, ...]:
    """What the book says and why; what the scenario expects, where the book has no answer."""
    word = material.word
    expect = entry.prose.get("expect") or {}
    blocks: list[Block] = []
    if answer is None:
        expected: tuple[Runs, ...] = tuple(
            (Run(f"{reference}: "), Run(str(value), strong=True))
            for reference, value in (expect.get("terms") or {}).items()
        )
        return labelled(word("what_book_answers"), bullets(expected))
    blocks += labelled(word("what_book_answers"), bullets(answer_terms(material, answer, expect)))
    blocks += labelled(word("still_to_ask"), bullets(needed(material, answer)))
    blocks += labelled(word("must_say"), words_to_say(material, as_list(expect.get("say")), answer))
    return tuple(blocks)


def _debrief(material: Material, entry: Entry) -> tuple[Block, ...]:
    questions = material.lines(entry.prose.get("debrief"))
    reason = material.prose(entry.prose.get("why"))
    return (*bullets(questions), *labelled(material.word("why"), reason), Lines(3))
