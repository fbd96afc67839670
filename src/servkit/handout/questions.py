"""Quiz questions from a book. The right choice is the book's own value, and so are the wrong ones, as near to it as the
book has them.

The order of the choices depends on nothing but the question, so the same book always asks the same quiz.
"""

from __future__ import annotations

import re
from decimal import Decimal
from hashlib import sha256
from typing import TYPE_CHECKING

from servkit.book.amounts import Plain
from servkit.book.literals import read_as
from servkit.book.problems import ServkitError, ValueProblem
from servkit.book.values import choice_value, write
from servkit.book.wording import wording_of
from servkit.handout.model import Question, plain, text
from servkit.handout.parts.answers import answer_of
from servkit.handout.parts.term_tables import reaches, typed_move
from servkit.handout.prose import inline
from servkit.text import fold

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from servkit.book.amounts import Expression
    from servkit.book.entries import Entry
    from servkit.book.terms import Term
    from servkit.book.values import Value
    from servkit.handout.material import Material
    from servkit.handout.model import Runs

CHOICES = 4
#: With one wrong choice a question is a coin toss.
FEWEST_WRONG = 2


def questions(material: Material) -> list[Question]:
    """Everything worth asking: terms, authority, segments, wording and scenarios. The questions have keys, and no
    numbers yet."""
    found = (
        *_about_terms(material),
        *_about_segments(material),
        *_about_wording(material),
        *_about_scenarios(material),
    )
    return [question for question in found if question is not None]


def _about_terms(material: Material) -> Iterator[Question | None]:
    """What everybody gets, what holds in each case, and how far each role may go."""
    for owner, term in material.terms.values():
        names = {"owner": material.title(owner), "term": material.term_title(term)}
        place = f"{owner.path}:{term.line}"
        yield _about_amount(material, f"q_everybody:{term.ref}:", names, term.value, term, owner, place)
        for row in term.rows:
            if material.may_hold(row.when):
                blanks = {**names, "when": material.phrases.condition(row.when)}
                yield _about_amount(material, f"q_case:{term.ref}:{row.line}", blanks, row.value, term, owner, place)
        for role, amount in reaches(material, term.grant, term.better).items():
            if material.audience.role in (None, role) and role in term.grant:
                blanks = {**names, "role": material.role_title(role)}
                yield _about_amount(material, f"q_grant:{term.ref}:{role}", blanks, amount, term, owner, place)
        yield _about_amount(material, f"q_limit:{term.ref}:", names, term.limit, term, owner, place)


def _about_amount(
    material: Material,
    key: str,
    blanks: dict[str, str],
    amount: Expression | None,
    term: Term,
    source: Entry,
    place: str,
) -> Question | None:
    """A question, where the amount is one plain value."""
    return _about_value(material, key, blanks, amount.value, term, source, place) if isinstance(amount, Plain) else None


def _about_segments(material: Material) -> Iterator[Question | None]:
    """What a segment gets that others do not."""
    for segment in material.of_kind("segment"):
        for reference, amount in segment.overrides.items():
            if reference not in material.terms or not isinstance(amount, Plain):
                continue
            owner, term = material.terms[reference]
            value = typed_move(material, amount.value, term)
            if term.type == "list" or value.type != term.type:
                continue
            blanks = {
                "owner": material.title(owner),
                "term": material.term_title(term),
                "segment": material.title(segment),
            }
            place = f"{segment.path}:{amount.line}"
            yield _about_value(material, f"q_segment:{segment.id}:{reference}", blanks, value, term, segment, place)


def _about_scenarios(material: Material) -> Iterator[Question | None]:
    """What this customer gets, and how far the role may go here."""
    for entry in material.of_kind("scenario"):
        expect, given = entry.prose.get("expect") or {}, entry.prose.get("given") or {}
        try:
            answer = answer_of(material, entry)
        except (ServkitError, ValueProblem):
            continue
        story, role = material.line(entry.prose.get("story")), given.get("role") or ""
        values = [("q_scenario", reference, "value") for reference in expect.get("terms") or {}]
        if role:
            values += [("q_scenario_may", reference, "you_may") for reference in expect.get("you_may") or {}]
        for word, reference, field in values:
            term = answer.terms.get(reference)
            value: Value | None = getattr(term, field, None)
            if term is None or value is None:
                continue
            blanks = {
                "owner": material.title(term.owner),
                "term": material.term_title(term.term),
                "role": material.role_title(role),
            }
            place = f"{entry.path}:{entry.line}"
            key = f"{word}:{entry.id}:{reference}"
            yield _about_value(material, key, blanks, value, term.term, entry, place, story)


def _about_wording(material: Material) -> Iterator[Question]:
    """What to say instead of a phrase. The wrong choices belong to other phrases."""
    better_words: dict[str, tuple[str, Runs, str]] = {}
    for avoid, several in material.settings.avoid.items():
        better_words[avoid] = (" / ".join(several), (), "servkit.yaml")
    for entry in material.of_kind("standard"):
        reason, place = material.line(entry.prose.get("why")), f"{entry.path}:{entry.line}"
        for _, avoid, rather in wording_of(entry.prose.get("wording")):
            better_words[avoid] = (" / ".join(map(material.pick, rather)), reason, place)
    for avoid, (better, reason, place) in better_words.items():
        others = sorted(
            {other for other, _, _ in better_words.values() if other != better},
            key=lambda other: (abs(len(other) - len(better)), _digest(avoid, other)),
        )
        if len(others) >= FEWEST_WRONG:
            words = material.word("q_say").format(avoid=_one_line(avoid))
            wrong = [_one_line(other) for other in others[: CHOICES - 1]]
            yield _question(f"q_say:{avoid}", words, _one_line(better), wrong, reason, place)


def _about_value(
    material: Material,
    key: str,
    blanks: dict[str, str],
    right: Value,
    term: Term,
    source: Entry,
    place: str,
    story: Runs = (),
) -> Question | None:
    """A question whose words are named before the colon of its key, or None where the book has too few other values
    of the same sort. ``source`` is the document whose reason is given."""
    wrong = _wrong_values(material, right, term)
    words = material.word(key.partition(":")[0]).format(**blanks)
    if len(wrong) < FEWEST_WRONG or _holds(f"{words} {plain(story)}", material.phrases.value(right), write(right)):
        return None
    choices = [material.phrases.value(value) for value in wrong]
    reason = material.line(source.prose.get("why"))
    return _question(key, words, material.phrases.value(right), choices, reason, place, story)


def question_about(
    material: Material, key: str, words: str, worths: tuple[str, str], term: Term, source: Entry
) -> Question | None:
    """A question about a term that changed: ``worths`` are what it was, which is a wrong choice, and what it is."""
    clocks = material.settings.clocks
    old, new = (read_as(term.type, text_, term.of, clocks) for text_ in worths)
    right, before = material.phrases.value(new), material.phrases.value(old)
    others = (material.phrases.value(value) for value in _wrong_values(material, new, term))
    wrong = list(dict.fromkeys([before, *(other for other in others if other != right)]))[: CHOICES - 1]
    if right == before or _holds(words, right, write(new)):
        return None
    reason = material.line(source.prose.get("why"))
    return _question(key, words, right, wrong, reason, f"{source.path}:{term.line}")


def _question(
    key: str, words: str, right: str, wrong: list[str], reason: Runs, place: str, story: Runs = ()
) -> Question:
    choices = sorted([right, *wrong], key=lambda choice: _digest(key, choice))
    return Question(0, text(words), tuple(choices), choices.index(right), reason, place, story, key)


def _wrong_values(material: Material, right: Value, term: Term) -> list[Value]:
    """Near misses: the term's other values first, then other values of the book, the nearest first."""
    if term.of:
        return [choice_value(name, term.of) for name in term.of if name != right.amount][: CHOICES - 1]
    segments = material.of_kind("segment")
    set_amounts = [amount for segment in segments for ref, amount in segment.overrides.items() if ref == term.ref]
    overriding = (amount for segment in segments for amount in segment.overrides.values())
    everywhere = [
        *_plain_values(amount for _, each in material.terms.values() for amount in each.amounts()),
        *(value for value in _plain_values(overriding) if value.type != "text"),
    ]
    candidates = (
        *_nearest_first(right, _plain_values(term.amounts())),
        *_plain_values(set_amounts),
        *(value for value in _nearest_first(right, everywhere) if value.family == right.family),
    )
    out: dict[str, Value] = {}
    keys = {right.key}
    for value in candidates:
        words = material.phrases.value(value)
        if value.type == right.type and value.key not in keys and words not in (*out, material.phrases.value(right)):
            out[words] = value
            keys.add(value.key)
    return list(out.values())[: CHOICES - 1]


def _plain_values(amounts: Iterable[Expression]) -> list[Value]:
    return [amount.value for amount in amounts if isinstance(amount, Plain)]


def _nearest_first(value: Value, others: list[Value]) -> list[Value]:
    """Other values, the nearest in size first where sizes compare; those of the same family and unit before others."""

    def distance(other: Value) -> tuple[int, Decimal, str]:
        if other.family != value.family or not isinstance(value.size, (Decimal, int)) or isinstance(value.size, bool):
            return (2 if other.family != value.family else 0, Decimal(0), write(other))
        apart = abs(Decimal(other.size) - Decimal(value.size))
        return (int(other.unit.rstrip("s") != value.unit.rstrip("s")), apart, write(other))

    return sorted(others, key=distance)


def _digest(key: str, choice: str) -> bytes:
    """Something to sort by that depends on nothing else."""
    return sha256(f"{key}\0{choice}".encode()).digest()


def _holds(question: str, *answers: str) -> bool:
    """Whether a question says its own answer."""
    asked = fold(question).replace("\N{NO-BREAK SPACE}", " ")
    given = (fold(answer).replace("\N{NO-BREAK SPACE}", " ") for answer in answers)
    telling = (answer for answer in given if len(answer) > 3 or any(map(str.isdigit, answer)))  # "no" is everywhere
    return any(re.search(rf"(?<!\w){re.escape(answer)}(?!\w)", asked) for answer in telling)


def _one_line(words: str) -> str:
    return " ".join(plain(inline(words)).split())
