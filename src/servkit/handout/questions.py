"""Questions out of a book: every right answer is the book's own, and so is every wrong one, as near as it can be.

The order of the choices is drawn from the question itself, so that the same book asks the same quiz.
"""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import sha256
from typing import TYPE_CHECKING

from servkit.book.amounts import Plain
from servkit.handout.model import Run, Runs
from servkit.handout.parts.term_tables import reaches
from servkit.handout.phrases import nearest_first
from servkit.handout.prose import inline

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from servkit.book.amounts import Expression
    from servkit.book.entries import Entry
    from servkit.book.terms import Term
    from servkit.book.values import Value
    from servkit.handout.material import Material

CHOICES = 4
#: A question with one wrong choice is a coin; with two it is a question.
FEWEST_WRONG = 2


@dataclass(frozen=True)
class Asked:
    """A question with its choices in order, where the right one stands, why, and where it is written."""

    key: str
    words: str
    choices: tuple[str, ...]
    answer: int
    reason: Runs
    place: str
    story: Runs = ()


def questions(material: Material) -> list[Asked]:
    """Everything worth asking of what the filters leave: terms, authority, segments, wording, scenarios."""
    pool = _Pool(material)
    out: list[Asked] = []
    for owner in (*material.of_kind("standard"), *material.of_kind("policy")):
        for term in owner.terms.values():
            out += pool.of_term(owner, term)
    out += _of_segments(material, pool)
    out += _of_wording(material)
    out += _of_scenarios(material, pool)
    return out


class _Pool:
    """The book's own numbers, to be wrong with."""

    def __init__(self, material: Material) -> None:
        self.material = material
        self.values: list[Value] = []
        for owner in (*material.of_kind("standard"), *material.of_kind("policy")):
            for term in owner.terms.values():
                self.values += _values(term.amounts())
        for segment in material.of_kind("segment"):
            self.values += [value for value in _values(segment.moves.values()) if value.type != "text"]

    def of_term(self, owner: Entry, term: Term) -> Iterator[Asked]:
        """What everybody gets, in which case what, and how far each role may go."""
        fill = {"owner": self.material.title(owner), "term": self.material.term_title(term)}
        place = f"{owner.path}:{term.line}"
        found = (
            ("q_everybody", "", term.value, fill),
            *(
                ("q_case", str(row.line), row.value, {**fill, "when": self.material.phrases.condition(row.when)})
                for row in term.rows
                if self.material.holds(row.when)
            ),
            *(
                ("q_grant", role, amount, {**fill, "role": self.material.role_title(role)})
                for role, amount in reaches(self.material, term.grant).items()
                if self.material.audience.role in (None, role) and role in term.grant
            ),
            ("q_limit", "", term.limit, fill),
        )
        for key, which, amount, words in found:
            if isinstance(amount, Plain):
                asked = self.asked(f"{key}:{term.ref}:{which}", key, words, amount.value, term, owner, place)
                if asked is not None:
                    yield asked

    def asked(
        self,
        key: str,
        word: str,
        fill: dict[str, str],
        right: Value,
        term: Term | None,
        owner: Entry,
        place: str,
        story: Runs = (),
    ) -> Asked | None:
        """A question, unless the book has too few other numbers to be wrong with."""
        wrong = self.wrong(right, term)
        if len(wrong) < FEWEST_WRONG:
            return None
        say = self.material.phrases.value
        reason = self.material.line(owner.prose.get("why"))
        return _put(
            key,
            self.material.word(word).format(**fill),
            say(right),
            [say(value) for value in wrong],
            reason,
            place,
            story,
        )

    def wrong(self, right: Value, term: Term | None) -> list[Value]:
        """Near misses: the term's own other values first, then the book's of the same sort, nearest first."""
        if term is not None and term.of:
            from servkit.book.values import choice_value

            return [choice_value(name, term.of) for name in term.of if name != right.amount][: CHOICES - 1]
        own = nearest_first(right, _values(term.amounts()) if term is not None else [])
        segments = [value for segment in self.material.of_kind("segment") for ref, amount in segment.moves.items()
                    if term is not None and ref == term.ref for value in _values([amount])]  # fmt: skip
        others = [value for value in nearest_first(right, self.values) if value.family == right.family]
        out: dict[object, Value] = {}
        shown = {self.material.phrases.value(right)}
        for value in (*own, *segments, *others):
            said = self.material.phrases.value(value)
            if value.key != right.key and value.type == right.type and value.key not in out and said not in shown:
                out[value.key] = value
                shown.add(said)
        return list(out.values())[: CHOICES - 1]


def _values(amounts: Iterable[Expression]) -> list[Value]:
    return [amount.value for amount in amounts if isinstance(amount, Plain)]


def _put(key: str, words: str, right: str, wrong: list[str], reason: Runs, place: str, story: Runs = ()) -> Asked:
    ordered = sorted([right, *wrong], key=lambda choice: sha256(f"{key}\0{choice}".encode()).digest())
    return Asked(key, words, tuple(ordered), ordered.index(right), reason, place, story)


def _of_segments(material: Material, pool: _Pool) -> Iterator[Asked]:
    """What a segment gets that others do not."""
    terms = {term.ref: (owner, term) for kind in ("standard", "policy") for owner in material.of_kind(kind)
             for term in owner.terms.values()}  # fmt: skip
    for segment in material.of_kind("segment"):
        for reference, amount in segment.moves.items():
            if reference not in terms or not isinstance(amount, Plain):
                continue
            owner, term = terms[reference]
            value = _typed(material, amount.value, term)
            if value is None:
                continue
            fill = {
                "owner": material.title(owner),
                "term": material.term_title(term),
                "segment": material.title(segment),
            }
            place = f"{segment.path}:{amount.line}"
            asked = pool.asked(f"q_segment:{segment.id}:{reference}", "q_segment", fill, value, term, segment, place)
            if asked is not None:
                yield asked


def _typed(material: Material, value: Value, term: Term) -> Value | None:
    """A segment's value as its term types it: moves are read before the term is known."""
    from servkit.book.literals import read_as
    from servkit.book.problems import ValueProblem
    from servkit.book.values import write

    if term.type == "list":
        return None
    try:
        return value if value.type == term.type else read_as(term.type, write(value), term.of, material.settings.clocks)
    except ValueProblem:
        return None


def _of_wording(material: Material) -> Iterator[Asked]:
    """What to say instead; wrong are the answers to other phrases."""
    found: dict[str, tuple[str, Runs, str]] = {}
    for avoid, better in material.settings.avoid.items():
        found[avoid] = (better, (), "servkit.yaml")
    for entry in material.of_kind("standard"):
        for avoid, better in (entry.prose.get("wording") or {}).items():
            found[avoid] = (material.pick(better), material.line(entry.prose.get("why")), f"{entry.path}:{entry.line}")
    for avoid, (better, reason, place) in found.items():
        others = sorted(
            {other for other, _, _ in found.values() if other != better},
            key=lambda other: (abs(len(other) - len(better)), sha256(f"{avoid}\0{other}".encode()).digest()),
        )
        if len(others) >= FEWEST_WRONG:
            words = material.word("q_say").format(avoid=_flat(avoid))
            yield _put(
                f"q_say:{avoid}", words, _flat(better), [_flat(other) for other in others[: CHOICES - 1]], reason, place
            )


def _flat(words: str) -> str:
    return " ".join("".join(run.text for run in inline(words)).split())


def _of_scenarios(material: Material, pool: _Pool) -> Iterator[Asked]:
    """What this customer gets, and how far the role may go here."""
    from servkit.book.problems import ServkitError, ValueProblem
    from servkit.handout.parts.answers import answer_of

    for entry in material.of_kind("scenario"):
        expect = entry.prose.get("expect") or {}
        try:
            answer = answer_of(material, entry)
        except (ServkitError, ValueProblem):
            continue
        story = material.line(entry.prose.get("story"))
        role = (entry.prose.get("given") or {}).get("role") or ""
        for key, part in (("q_scenario", "terms"), ("q_scenario_may", "you_may")):
            for reference in expect.get(part) or {}:
                found = answer.terms.get(reference)
                value = None if found is None else found.value if part == "terms" else found.you_may
                if found is None or value is None or (part == "you_may" and not role):
                    continue
                fill = {
                    "owner": material.title(found.owner),
                    "term": material.term_title(found.term),
                    "role": material.role_title(role),
                }
                asked = pool.asked(
                    f"{key}:{entry.id}:{reference}",
                    key,
                    fill,
                    value,
                    found.term,
                    entry,
                    f"{entry.path}:{entry.line}",
                    story,
                )
                if asked is not None:
                    yield asked


def as_runs(words: str) -> Runs:
    """A question's words; they hold an author's titles, and so are text."""
    return (Run(words),)
