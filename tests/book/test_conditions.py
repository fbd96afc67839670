"""Conditions over what is known (BOOK.md 5)."""

from __future__ import annotations

import json
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from servkit.book.condition_atoms import atom_class, decode_condition
from servkit.book.conditions import All, AnyOf, Condition, Incomparable, Not, Record
from servkit.book.dates import Relative
from servkit.book.literals import read_as
from servkit.book.values import Value, amount_value, date_value, flag_value, list_value, text_value

from .authoring import settings, when

TODAY = date(2026, 3, 1)


def condition(text: str) -> Condition:
    entry, problems = when(text)
    assert not problems
    assert entry is not None
    assert entry.when is not None
    return entry.when


def record(segments: dict[str, bool | None] | None = None, **known: str) -> Record:
    variables = settings().variables
    values = {
        name: read_as(variables[name].type, text, variables[name].of, ("office",)) for name, text in known.items()
    }
    return Record(values, TODAY.toordinal(), segments)


@pytest.mark.parametrize(
    ("text", "known", "answer"),
    [
        ("{plan: commercial}", {"plan": "commercial"}, True),
        ("{plan: [single, monthly]}", {"plan": "commercial"}, False),
        ("{plan: {at_least: monthly}}", {"plan": "commercial"}, True),
        ("{plan: {between: [single, monthly]}}", {"plan": "monthly"}, True),
        ("{plan: {not_in: [single, monthly]}}", {"plan": "monthly"}, False),
        ("{role: {more_than: technician}}", {"role": "owner"}, True),
        ("{visits_a_year: {at_least: 12, less_than: 52}}", {"visits_a_year": "52"}, False),
        ("{visits_a_year: {at_least: 12, less_than: 52}}", {"visits_a_year": "12.0"}, True),
        ("{balance: {more_than: 0 USD}}", {"balance": "0.00 USD"}, False),
        ("{balance: 2.50 USD}", {"balance": "2.5 USD"}, True),
        ("{hours_late: {at_most: 1 week}}", {"hours_late": "168 hours"}, True),
        ("{since: {before: 2 years ago}}", {"since": "2024-02-29"}, True),
        ("{since: {before: 2 years ago}}", {"since": "2024-03-01"}, False),
        ("{since: {on_or_before: 2 years ago}}", {"since": "2024-03-01"}, True),
        ("{since: {after: 2026-03-01}}", {"since": "2026-03-01"}, False),
        ("{since: {on_or_after: 2026-03-01}}", {"since": "2026-03-01"}, True),
        ("{since: {between: [1 month ago, 2026-03-01]}}", {"since": "2026-02-01"}, True),
        ("{since: {within: 1 month}}", {"since": "2026-04-01"}, True),
        ("{since: {within: 1 month}}", {"since": "2026-04-02"}, False),
        ("{since: {is_not: 2026-03-01}}", {"since": "2026-03-02"}, True),
        ("{today: {after: 2026-01-01}}", {"today": "2026-03-01"}, True),
        ("{region: North}", {"region": "north"}, False),
        ("{region: cafe\u0301}", {"region": "café"}, True),
        ("{region: {contains: or}}", {"region": "north"}, True),
        ("{region: {starts_with: no, ends_with: th}}", {"region": "north"}, True),
        ("{region: {matches: '^N|rth$'}}", {"region": "north"}, True),
        ("{region: {matches: ORTH}}", {"region": "north"}, False),
        ("{vip: yes}", {"vip": "true"}, True),
        ("{vip: {is_not: yes}}", {"vip": "no"}, True),
        ("{tags: a}", {"tags": "a;b"}, True),
        ("{tags: [c, b]}", {"tags": "a;b"}, True),
        ("{tags: {has_all: [a, c]}}", {"tags": "a;b"}, False),
        ("{tags: {is_not: a}}", {"tags": "a;b"}, False),
        ("{tags: {not_in: [c, d]}}", {"tags": "a;b"}, True),
        ("{plan: {known: no}}", {}, True),
        ("{plan: {known: yes}}", {}, False),
        ("{plan: single}", {}, None),
        ("{not: {plan: single}}", {}, None),
        ("{any: [{plan: single}, {vip: yes}]}", {"vip": "yes"}, True),
        ("{any: [{plan: single}, {vip: yes}]}", {"vip": "no"}, None),
        ("{plan: single, vip: yes}", {"vip": "no"}, False),
        ("{all: [{plan: single}, {vip: yes}]}", {"vip": "yes"}, None),
    ],
)
def test_what_is_known_answers(text: str, known: dict[str, str], answer: bool | None) -> None:
    assert condition(text).kleene(record(None, **known)) is answer


@pytest.mark.parametrize(
    ("text", "segments", "answer"),
    [
        ("{segment: key}", {"key": True}, True),
        ("{segment: key}", {}, False),
        ("{segment: key}", {"key": None}, None),
        ("{segment: [key, new]}", {"key": None, "new": True}, True),
        ("{segment: {has_all: [key, new]}}", {"key": None, "new": False}, False),
        ("{segment: {is_not: key}}", {"key": None}, None),
        ("{segment: {not_in: [key, new]}}", {"key": False}, True),
    ],
)
def test_segments_may_be_unknown(text: str, segments: dict[str, bool | None], answer: bool | None) -> None:
    assert condition(text).kleene(record(segments)) is answer


@pytest.mark.parametrize(
    ("text", "known", "message"),
    [
        (
            "{balance: {more_than: 0 USD}}",
            {"balance": "3 EUR"},
            "balance is 3 EUR, which does not compare with 0 USD",
        ),
        (
            "{hours_late: 3 days}",
            {"hours_late": "1 month"},
            "hours_late is 1 month, which does not compare with 3 days",
        ),
        (
            "{visits_a_year: 3 visits}",
            {"visits_a_year": "3"},
            "visits_a_year is 3, which does not compare with 3 visits",
        ),
    ],
)
def test_values_that_do_not_compare_are_never_guessed(text: str, known: dict[str, str], message: str) -> None:
    with pytest.raises(Incomparable) as told:
        condition(text).kleene(record(None, **known))
    assert str(told.value) == message


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("{plan: [single, monthly]}", "plan is single or monthly"),
        ("{visits_a_year: {between: [1, 3]}}", "visits_a_year is between 1 and 3"),
        ("{since: {before: 2 years ago}}", "since is before 2 years ago"),
        ("{tags: {has_all: [a, b]}}", "tags has a and b"),
        ("{plan: {known: no}}", "plan is not known"),
        ("{plan: {not_in: [single, monthly]}}", "plan is neither single nor monthly"),
    ],
)
def test_a_condition_reads_as_a_person_says_it(text: str, words: str) -> None:
    (atom,) = condition(text).atoms()
    assert atom.words() == words


# --- properties ---------------------------------------------------------------------------------------------------

DAYS = st.builds(date_value, st.dates()) | st.builds(Relative, st.integers(-99, 99), st.sampled_from(["day", "month"]))
NUMBERS = st.integers(-3, 3).map(lambda n: amount_value("number", Decimal(n)))
TEXTS = st.text("ab", max_size=2).map(text_value)
ARGUMENTS: dict[str, st.SearchStrategy[Value | Relative]] = {
    "visits_a_year": NUMBERS,
    "since": DAYS,
    "region": TEXTS,
    "tags": TEXTS,
    "vip": st.booleans().map(flag_value),
}
OPERATORS = {
    "visits_a_year": ["is", "not_in", "at_least", "less_than", "between"],
    "since": ["is", "is_not", "before", "on_or_after", "between"],
    "region": ["in", "is_not", "contains", "starts_with", "ends_with"],
    "tags": ["has", "has_any", "has_all", "not_in"],
    "vip": ["is", "is_not"],
}


@st.composite
def atoms(draw: st.DrawFn) -> Condition:
    name = draw(st.sampled_from(sorted(ARGUMENTS)))
    op = draw(st.sampled_from([*OPERATORS[name], "known"]))
    if op == "known":
        args: tuple[Value | Relative, ...] = (flag_value(draw(st.booleans())),)
    else:
        several = op in ("in", "not_in", "has_any", "has_all")
        least, most = (2, 2) if op == "between" else (1, 3 if several else 1)
        args = tuple(draw(st.lists(ARGUMENTS[name], min_size=least, max_size=most)))
    return atom_class(op, name, settings().variables[name].type)(op, name, args)


CONDITIONS = st.recursive(
    atoms(),
    lambda inner: (
        st.builds(Not, inner)
        | st.builds(lambda parts: All(tuple(parts)), st.lists(inner, min_size=1, max_size=3))
        | st.builds(lambda parts: AnyOf(tuple(parts)), st.lists(inner, min_size=1, max_size=3))
    ),
    max_leaves=6,
)
KNOWN = st.fixed_dictionaries(
    {},
    optional={
        "visits_a_year": NUMBERS,
        "since": st.builds(date_value, st.dates()),
        "region": TEXTS,
        "tags": st.lists(st.text("ab", max_size=2), max_size=3).map(list_value),
        "vip": st.booleans().map(flag_value),
    },
)


@given(CONDITIONS, KNOWN)
def test_a_condition_comes_back_from_data_and_answers_alike(made: Condition, known: dict[str, Value]) -> None:
    back = decode_condition(json.loads(json.dumps(made.encode())))
    assert back.encode() == made.encode()
    told = Record(known, TODAY.toordinal())
    assert back.kleene(told) is made.kleene(told)
    assert [atom.words() for atom in back.atoms()] == [atom.words() for atom in made.atoms()]


@given(CONDITIONS, KNOWN, KNOWN)
def test_what_is_settled_stays_settled_when_more_is_known(
    made: Condition, known: dict[str, Value], more: dict[str, Value]
) -> None:
    if any(atom.op == "known" for atom in made.atoms()):
        return  # `known` speaks of the record, and so may change with it
    before = made.kleene(Record(known, TODAY.toordinal()))
    after = made.kleene(Record(more | known, TODAY.toordinal()))
    assert before in (None, after)
    assert Not(made).kleene(Record(known, TODAY.toordinal())) is (None if before is None else not before)
