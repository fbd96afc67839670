"""What is read once: it is what it was the first time, under its own settings, and not more than there is room for."""

from __future__ import annotations

import marshal
from typing import TYPE_CHECKING, Any

from hypothesis import given

from servkit.book.conditions import All, Atom, Condition, Not, decode_condition
from servkit.book.document_parser import bind
from servkit.book.entries import Entry
from servkit.book.kept import LONGEST, MOST, Kept
from servkit.book.yaml_reader import compose

from .authoring import SETTINGS, policy, read_settings_text, settings
from .documents import documents, text_of

if TYPE_CHECKING:
    from servkit.book.problems import Problem
    from servkit.book.settings import Settings
    from servkit.book.terms import Term


def read(text: str, under: Settings) -> tuple[Entry | None, list[Problem]]:
    problems: list[Problem] = []
    (source,) = compose("a.yaml", text.encode(), problems)
    entry, found = bind(source, under)
    return entry, problems + found


def made(text: str = SETTINGS) -> Settings:
    found, problems = read_settings_text(text)
    assert found is not None, problems
    return found


def shown(condition: Condition | None) -> Any:
    if isinstance(condition, All):
        return [type(condition), *map(shown, condition.parts)]
    if isinstance(condition, Not):
        return [Not, shown(condition.part)]
    if isinstance(condition, Atom):
        return [type(condition), condition.op, condition.name, condition.args]
    return condition


def term_shown(term: Term) -> Any:
    own = [getattr(term, slot) for slot in sorted(set(term.__slots__) - {"rows"})]
    return own, [(shown(row.when), *row[1:]) for row in term.rows]


def meaning(entry: Entry | None) -> Any:
    """Everything that is decoded from an entry's logic."""
    if entry is None:
        return None
    return shown(entry.when), {name: term_shown(term) for name, term in entry.terms.items()}, entry.moves


@given(documents())
def test_a_document_means_the_same_whatever_was_read_before(document: dict[str, Any]) -> None:
    text = text_of(document)
    first, problems = read(text, made())  # nothing was read under these settings
    again, same = read(text, settings())
    assert same == problems
    assert (first is None) is (again is None)
    if first is not None and again is not None:
        assert list(again.logic.items()) == list(first.logic.items())
        assert meaning(again) == meaning(first)


@given(documents())
def test_what_is_handed_over_is_what_would_be_decoded(document: dict[str, Any]) -> None:
    entry, _ = read(text_of(document), settings())
    if entry is not None:
        logic = marshal.loads(marshal.dumps(dict(entry.logic)))
        assert meaning(entry) == meaning(Entry(entry.path, logic, entry.prose))
        assert entry.when is None or entry.when.encode() == logic["when"]


def test_what_a_text_means_is_a_matter_of_its_own_settings() -> None:
    other = made(
        SETTINGS.replace("office:", "desk:").replace("[single, monthly,", "[monthly, single,").replace("USD", "EUR")
    )
    text = policy("within: 2 office hours\nwhat: {cases: [{when: {plan: single}, value: 1}]}\n")
    for under, kind, place in ((settings(), "duration", 0), (other, "text", 1), (settings(), "duration", 0)):
        entry, problems = read(text, under)
        assert entry is not None
        assert entry.terms["within"].type == kind
        assert [problem.code for problem in problems] == ([] if kind == "duration" else ["SK314"])
        assert entry.logic["terms"]["what"]["cases"][0][0] == ["OneOf", "is", "plan", ["choice", "single", place]]


def test_a_type_that_is_wanted_makes_a_difference() -> None:
    terms = (
        "a: 5 office days, b: {type: text, value: 5 office days}, c: {type: choice, of: [x, y], value: y}, "
        "d: {type: choice, of: [y, x], value: y}, e: {type: list, value: y}, f: y"
    )
    entry, problems = read(f"kind: policy\nid: p\nrule: fixed\nterms: {{{terms}}}\n", settings())
    assert not problems
    assert entry is not None
    values = [data["value"][1] for data in entry.logic["terms"].values()]
    assert values == [
        ["duration", "5", "office days"], ["text", "5 office days"], ["choice", "y", 1], ["choice", "y", 0],
        ["list", ["y"]], ["text", "y"],
    ]  # fmt: skip


def test_what_is_doubtful_is_told_every_time_at_its_place() -> None:
    asked = "{cases: [{when: {balance: 3 XXX}, value: 1}, {when: {balance: {is: 3 XXX}}, value: 1}]}"
    terms = f"a: 3 XXX, b: 3 XXX, c: {asked}, d: {asked}"
    _, problems = read(f"kind: policy\nid: p\nrule: fixed\nterms: {{{terms}}}\n", settings())
    assert [problem.code for problem in problems] == ["SK313"] * 6
    assert len({problem.column for problem in problems}) == 6


def test_an_operator_without_a_name_is_not_the_short_way_to_ask() -> None:
    text = "kind: script\nid: s\nsay: Hello\nwhen: {plan: %s}\n"
    assert not read(text % "single", settings())[1]
    assert [problem.code for problem in read(text % '{"": single}', settings())[1]] == ["SK311"]


def test_a_segment_does_not_ask_for_segments_because_a_script_did() -> None:
    script, problems = read("kind: script\nid: s\nsay: Hello\nwhen: {segment: a, vip: yes}\n", settings())
    assert (script is not None, problems) == (True, [])
    segment, problems = read("kind: segment\nid: s\nwhen: {segment: a, vip: yes}\n", settings())
    assert (segment, [problem.code for problem in problems]) == (None, ["SK401"])


def test_equal_parts_are_one_object_and_whole_conditions_are_their_own() -> None:
    under = made()
    text = policy("a: {cases: [{when: {vip: yes, plan: single}, value: 1}, {when: {vip: yes}, value: 2}]}")
    one, two = (read(text.replace("id: p", f"id: {id_}"), under)[0] for id_ in "pq")
    assert one is not None
    assert two is not None
    first, second = one.terms["a"].rows, two.terms["a"].rows
    assert isinstance(first[0].when, All)
    assert isinstance(second[0].when, All)
    assert all(part is other for part, other in zip(first[0].when.parts, second[0].when.parts, strict=True))
    assert first[1].when is not second[1].when
    assert first[0].value is second[0].value
    data = first[1].when.encode()
    assert decode_condition(data) is not decode_condition(data)


def test_parts_that_are_made_one_by_one_are_all_there() -> None:
    entry, _ = read("kind: script\nid: s\nsay: Hello\nwhen: {vip: yes, plan: single, region: north}\n", settings())
    assert entry is not None
    assert entry.when is not None
    again = decode_condition(entry.when.encode())
    assert isinstance(again, All)
    few = again._each()
    first = next(iter(few))
    assert shown(again) == shown(entry.when)
    assert again.parts[0] is first
    assert len(list(few)) == 2


def test_a_book_that_never_says_a_thing_twice_takes_no_more_room() -> None:
    under = made()
    lines = [f"t{n}: {{cases: [{{when: {{visits_a_year: {n}}}, value: {n} days}}]}}" for n in range(2 * MOST)]
    entry, problems = read(policy("\n".join(lines)), under)
    assert not problems
    assert entry is not None
    assert len(entry.terms) == 2 * MOST
    kept: tuple[Kept[Any, Any], ...] = (under.meanings, under.amounts, under.tests)
    assert all(0 < len(memo) <= MOST for memo in kept)
    assert meaning(Entry(entry.path, entry.logic, {})) == meaning(entry)


def test_long_texts_and_lists_are_not_kept() -> None:
    under, long = made(), "x" * (LONGEST + 1)
    many = ", ".join(f"n{n}" for n in range(LONGEST + 1))
    _, problems = read(policy(f"a: {long}\nb: {{cases: [{{when: {{region: [{many}]}}, value: {long}}}]}}"), under)
    assert not problems
    assert not under.amounts
    assert not under.tests
    assert max(len(text) for _, text in under.meanings) <= LONGEST


def test_the_next_after_the_most_begins_anew() -> None:
    kept: Kept[int, int] = Kept()
    for number in range(MOST + 1):
        kept.keep(number, number)
    assert kept == {MOST: MOST}
