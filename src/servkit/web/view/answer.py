"""The answer as a page shows it, in the order in which a person at a desk needs it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from servkit.desk.answer_phrases import AnswerPhrases
from servkit.desk.phrases import DeskPhrases
from servkit.desk.reasons import Reason, reasons
from servkit.web.view.documents import DocumentGroup, DocumentViews
from servkit.web.view.person import Known, PersonBox, Question, known, person_box, questions
from servkit.web.view.scripts import ScriptBox, ScriptViews

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from servkit.answer.result import Answer
    from servkit.book.problems import Problem
    from servkit.languages.catalogue import Catalogue
    from servkit.web.view.terms import TermBox

#: An answer about everything is brief if more documents than these apply.
BRIEF_FROM = 14


class Area(NamedTuple):
    """An area to ask about. ``chosen``: the answer is about it."""

    id: str
    title: str
    chosen: bool


class AnswerView(NamedTuple):
    """Everything that a page shows of an answer."""

    answer: Answer
    problems: tuple[Problem, ...]
    areas: tuple[Area, ...]
    person: PersonBox
    questions: tuple[Question, ...]
    known: tuple[Known, ...]
    uncovered: tuple[str, ...]
    fixed: tuple[DocumentGroup, ...]
    flexible: tuple[DocumentGroup, ...]
    standards: tuple[DocumentGroup, ...]
    beliefs: tuple[str, ...]
    procedures: tuple[DocumentGroup, ...]
    recoveries: tuple[DocumentGroup, ...]
    offers: tuple[TermBox, ...]
    scripts: tuple[ScriptBox, ...]
    left_out: tuple[Reason, ...]
    brief: bool


class Typed(NamedTuple):
    """What somebody typed on the page and that is no part of the answer: answers that could not be read, each with its
    fault, and the blanks of scripts."""

    answers: Mapping[str, tuple[str, str]] = {}
    blanks: Mapping[str, str] = {}


def answer_view(
    answer: Answer,
    problems: Sequence[Problem],
    words: Catalogue,
    agent: str | None,
    typed: Typed = Typed(),  # noqa: B008 - it does not change
    changed: frozenset[str] = frozenset(),
) -> AnswerView:
    """An answer as a page shows it. ``problems`` are those of the customers' files, beside its own; ``changed`` names
    the terms that the last step changed; ``words`` are in the language of the person who reads."""
    phrases = phrases_for(answer, words)
    said = AnswerPhrases(answer, phrases)
    why = reasons(answer, phrases)
    documents, about = answer.documents, answer.case.about
    brief = not about and len(documents["standard"]) + len(documents["policy"]) > BRIEF_FROM
    views = DocumentViews(said, why.terms, changed, brief=brief)
    policies = documents["policy"]
    return AnswerView(
        answer,
        (*answer.problems, *problems),
        tuple(
            Area(area, said.pick(about_it.get("title")) or area, area in about)
            for area, about_it in answer.settings.areas.items()
        ),
        person_box(said, why.segments),
        questions(said, dict(typed.answers)),
        known(said),
        tuple(said.pick(answer.settings.areas[area].get("title")) or area for area in answer.uncovered),
        views.groups([entry for entry in policies if entry.fixed]),
        views.groups([entry for entry in policies if not entry.fixed]),
        views.groups(documents["standard"]),
        tuple(map(said.title, documents["philosophy"])),
        views.groups(documents["procedure"]),
        views.groups(documents["recovery"]),
        tuple(map(views.term, said.offers())),
        tuple(map(ScriptViews(said, agent, typed.blanks, brief=brief).script, documents["script"])),
        why.left_out,
        brief,
    )


def phrases_for(answer: Answer, words: Catalogue) -> DeskPhrases:
    """The phrases for an answer in the language of the person who reads."""
    return DeskPhrases(answer.settings, words, answer.case.on.toordinal(), answer.trace.all_segments)


def changes(before: Answer, after: Answer, words: Catalogue) -> tuple[frozenset[str], tuple[str, ...]]:
    """The terms that differ between two answers, and a sentence for each."""
    said = AnswerPhrases(after, phrases_for(after, words))
    changed = {ref for ref, term in after.terms.items() if _told(before, ref) != _told(after, ref)}
    lines = tuple(
        words.gettext("{name}: {value}", name=said.term_name(after.terms[ref]), value=said.term_value(after.terms[ref]))
        for ref in after.terms
        if ref in changed
    )
    return frozenset(changed), lines


def _told(answer: Answer, ref: str) -> Any:
    found = answer.terms.get(ref)
    return None if found is None else (found.state, found.value, found.may_be, found.you_may, found.you_may_be)
