"""Who may grant how much, by brute force from the text of the rule: random books, cases, roles and values.

What resolves, and how far a role may go, comes from the oracle of the answers, which knows only BOOK.md.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from answer.oracle import Asked, Doc, Oracle, Term, TooLarge, Val, read
from answer.small_books import ON, PLAIN, ROLES, SETTINGS, _first, books, cases
from answer.test_oracle import MADE, made
from servkit.answer.case import Case
from servkit.answer.resolver import resolve
from servkit.answer.scenario import fact_value
from servkit.book.literals import read_as
from servkit.book.problems import ValueProblem
from servkit.journal.authority import Judgement, Verdict, judge_with_roles

if TYPE_CHECKING:
    from servkit.answer.result import TermAnswer
    from servkit.book.values import Value

ACCEPTED, REFUSED, IMPOSSIBLE = Verdict.ACCEPTED, Verdict.REFUSED, Verdict.IMPOSSIBLE
#: What somebody may want to give: values of the books, values between and beyond them, and of other sorts.
VALUES: dict[str, list[str]] = {
    "duration": ["0 days", "5 days", "10 days", "2 weeks", "15 days", "30 days", "31 days", "1 month", "2 months"],
    "money": ["0 USD", "5 USD", "10 USD", "20 USD", "25 USD", "25.01 USD", "40 USD", "41 USD", "20 EUR"],
    "flag": ["yes", "no"],
    "choice": ["low", "mid", "high"],
    "text": ["one way", "another"],
    "percent": ["0 %", "5 %", "10 %", "11 %"],
    "date": ["2026-03-31", "2026-04-01", "2026-04-15", "2026-05-01", "2026-05-02"],
    "time": ["8:59", "9:00", "11:00", "22:30", "22:31"],
    "list": ["p", "p; q", "r"],
}


def by_the_text(term: Term | None, spec: Doc, fixed: bool, value: Val) -> Verdict:
    """Accepted from `value` to `you_may`, both included; on an open term no further than `you_may`. Exit 1:
    further, fixed, conflict, not offered, `you_may` null. Exit 2: not comparable, less kind than `value`."""
    if term is None or fixed or term.state == "conflict" or term.you_may is None:
        return REFUSED
    if term.value == value:
        return ACCEPTED
    better = spec.get("better")
    if better is None or term.you_may[0] != value[0]:
        return IMPOSSIBLE
    way = 1 if better == "more" else -1

    def goes_further(one: Val, two: Val) -> bool:
        return bool((one[1] - two[1]) * way > 0)

    if term.state == "settled" and term.value is not None and goes_further(term.value, value):
        return IMPOSSIBLE
    if term.limit is not None and term.limit[0] == value[0]:
        assert not goes_further(term.you_may, term.limit)  # so that nobody ever goes past the limit
    return REFUSED if goes_further(value, term.you_may) else ACCEPTED


@st.composite
def offers(draw: st.DrawFn) -> tuple[list[Doc], Doc, str, str, str, str | None]:
    """A book, a case, a term, a value, a role, and the role of somebody who approves."""
    names, docs = draw(books())
    case = draw(cases(names, docs))
    ref = draw(st.sampled_from([f"{doc['id']}.{key}" for doc in docs for key in doc.get("terms", {})]))
    case["about"] = [ref.partition(".")[0]]
    kind = next((kind for kind, plain in PLAIN.items() if _first(spec_of(docs, ref)) in plain), "money")
    others = [text for texts in VALUES.values() for text in texts]
    text = draw(st.sampled_from(VALUES[kind] if draw(st.integers(0, 9)) else others))
    return docs, case, ref, text, draw(st.sampled_from(ROLES)), draw(st.sampled_from([None, *ROLES]))


def spec_of(docs: list[Doc], ref: str) -> Doc:
    """A term as its author writes it."""
    id_, _, key = ref.partition(".")
    return next(doc["terms"][key] for doc in docs if doc["id"] == id_)


def typed(docs: list[Doc], case: Doc, ref: str, text: str) -> Value | None:
    """The value as the command reads it; none where that is no value of the term."""
    book, _ = made(docs, case["promised"])
    terms = {term.ref: term for entry in book.everything() for term in entry.terms.values()}
    if ref not in terms:
        return None
    try:
        return read_as(terms[ref].type, text, terms[ref].of, MADE.clocks, MADE.currency)
    except ValueProblem:
        return None


def check_offer(docs: list[Doc], case: Doc, ref: str, text: str, role: str, approver: str | None) -> bool:
    """Compare the rule with the oracle. False where the value is none of the term."""
    value = typed(docs, case, ref, text)
    if value is None:
        return False
    owner = next(doc for doc in docs if doc["id"] == ref.partition(".")[0])
    declared = {**SETTINGS["attributes"], **SETTINGS["facts"]}
    known = {name: read(raw, declared[name].get("of"), declared[name]["type"]) for name, raw in case["known"].items()}
    spec = spec_of(docs, ref)
    wanted = read(text if value.type != "list" else text.split("; "), spec.get("of"), value.type)

    ends: dict[str, Val] = {}

    def expect(one: str) -> Verdict:
        asked = Asked(ON, known, case["about"], one, case["channel"], case["level"], case["promised"])
        term = Oracle(SETTINGS, docs, asked, 400).run().terms.get(ref)
        if term is not None and term.you_may is not None and term.state != "conflict":
            ends[one] = term.you_may
        return by_the_text(term, spec, owner.get("rule") == "fixed", wanted)

    book, customer = made(docs, case["promised"])
    given_ = {name: fact_value(name, raw, MADE) for name, raw in case["known"].items()}

    def answered(one: str) -> TermAnswer | None:
        asked = Case(ON, customer, tuple(case["about"]), given_, one, case["channel"], level=case["level"])
        return resolve(book, asked).terms.get(ref)

    verdicts: dict[str, Any] = {one: expect(one) for one in ROLES}
    found = judge_with_roles(answered, ref, value, role, MADE.roles, approver)
    if verdicts[role] is REFUSED and approver is not None and verdicts[approver] is ACCEPTED:
        assert found.accepted
        return True
    assert found.verdict is verdicts[role], (found, verdicts)
    if found.verdict is REFUSED:
        assert list(found.who) == [one for one in ROLES if one != role and verdicts[one] is ACCEPTED]
        if not found.who and owner.get("rule") != "fixed" and role in ends:
            check_furthest(found, ends, role, spec["better"] == "more")
    if found.accepted:
        before = answered(role)
        equal = before is not None and before.value is not None and before.value.key == value.key
        assert found.stretch is not equal
    return True


def check_furthest(found: Judgement, ends: dict[str, Val], role: str, more: bool) -> None:
    """A refusal that no role can help with says who may go furthest."""
    comparable = {one: end[1] for one, end in ends.items() if end[0] == ends[role][0]}
    best = (max if more else min)(comparable.values())
    first = role if comparable[role] == best else next(one for one in ROLES if comparable.get(one) == best)
    assert found.because is not None
    assert (found.because.blanks["role"], "nobody" in str(found.because).lower()) == (first, True)


@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck), derandomize=True)
@given(offers())
def test_the_rule_accepts_what_the_text_says(offer: Any) -> None:
    try:
        assume(check_offer(*offer))
    except TooLarge:
        assume(False)
