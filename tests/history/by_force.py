"""Edits of small books judged by brute force: complete cases put to both books, one after the other.

Nothing of the comparison is used but its result. ``python -m history edits 1000 7`` in ``tests`` judges 1,000 edits
with the seed 7, outside the suite.
"""

from __future__ import annotations

import json
import random
from copy import deepcopy
from datetime import date, timedelta
from itertools import product
from typing import TYPE_CHECKING, Any

from hypothesis import HealthCheck, Phase, assume, given, seed, settings
from hypothesis import strategies as st

from answer.books import settings_of
from answer.small_books import PLAIN, ROLES, SETTINGS, atoms, books, values
from servkit.answer.case import Case, Customer
from servkit.answer.case_context import CaseContext
from servkit.answer.resolver import resolve
from servkit.answer.scenario import fact_value
from servkit.answer.verdicts import verdict_on
from servkit.book.conditions import Record
from servkit.book.library import Book
from servkit.book.literals import read
from servkit.book.reader import read_documents
from servkit.book.values import choice_value, date_value, text_value, write
from servkit.history.comparison import Request, compare_books
from servkit.history.weighing import condition_in

if TYPE_CHECKING:
    from collections.abc import Iterator

    from servkit.answer.result import Answer, TermAnswer
    from servkit.book.values import Value
    from servkit.history.changes import Change, Comparison

Doc = dict[str, Any]
#: A part: what, id, part and role.
Key = tuple[str, str, str, str | None]
MADE = settings_of(json.dumps(SETTINGS))
ON = date(2026, 3, 1)
REQUEST = Request(ON, ON + timedelta(days=20))
#: Values on both sides of every constant that the books use, and on it.
VALUES: dict[str, list[Any]] = {
    "plan": ["single", "monthly", "commercial"],
    "region": ["a", "ab", "b", "ba", "", "x", "aba", "bab", "xa", "ax", "bb"],
    "visits": ["-2", "-1", "0", "1", "2", "3.5", "5.5", "7", "12"],
    "orders": ["0", "1", "2", "3", "3.5", "4", "5", "9", "50"],
    "balance": ["-5 USD", "0 USD", "4 USD", "10 USD", "20 USD", "25.50 USD", "60 USD", "500 USD"],
    "since": ["2025-12-31", "2026-01-31", "2026-02-01", "2026-02-10", "2026-02-15", "2026-02-20", "2026-02-28",
              "2026-03-01", "2026-03-02", "2026-03-06", "2026-03-30", "2026-06-02"],
    "tags": [[], ["x"], ["y"], ["x", "y"], ["z"]],
    "share": ["-1 %", "0 %", "20 %", "50 %", "51 %"],
    "opened": ["yes", "no"],
    "late": ["0 seconds", "1 hour", "2 hours", "3 hours", "1 day", "30 hours", "2 days", "9 days"],
    "missed_on": ["2025-06-01", "2026-01-14", "2026-01-15", "2026-01-20", "2026-02-10", "2026-02-20", "2026-03-10",
                  "2026-07-01"],
    "arrival": ["00:00", "9:30", "10:00", "11:00", "11:01", "11:02", "23:59"],
}  # fmt: skip
#: So many cases of one edit are looked at.
MOST_CASES = 24


def made(docs: list[Doc]) -> Book:
    """The book of some documents; None of them may be broken."""
    entries = []
    for doc in docs:
        content = read_documents(f"{doc['id']}.yaml", json.dumps(doc).encode(), MADE)
        assert not content.problems, (content.problems, doc)
        entries += content.entries
    return Book(MADE, entries)


# --- edits ------------------------------------------------------------------------------------------------------------


@st.composite
def edits(draw: st.DrawFn) -> tuple[list[Doc], list[Doc]]:
    """A book, and the same book after an edit or two."""
    names, before = draw(books())
    after = deepcopy(before)
    for _ in range(draw(st.integers(1, 2))):
        _edit(draw, after, names)
    assume(_is_sound(after))
    return before, after


def _is_sound(docs: list[Doc]) -> bool:
    """Whether every document can be read: an edit may give a term values of two types."""
    return not any(read_documents("one.yaml", json.dumps(doc).encode(), MADE).problems for doc in docs)


def _edit(draw: st.DrawFn, docs: list[Doc], names: list[str]) -> None:
    if not docs:
        return
    doc = draw(st.sampled_from(docs))
    ways = [_restrict, _restrict]
    if doc.get("terms"):
        ways += [_term] * 6
    if doc["kind"] == "segment":
        ways += [_segment] * 4
    if draw(st.integers(0, 9)) == 0:
        docs.remove(doc)
        return
    draw(st.sampled_from(ways))(draw, doc, names, docs)


def _when(draw: st.DrawFn, names: list[str]) -> Doc:
    name = draw(st.sampled_from(names))
    return {name: draw(atoms(name))}


def _restrict(draw: st.DrawFn, doc: Doc, names: list[str], docs: list[Doc]) -> None:
    if doc["kind"] == "segment":
        doc["when"] = _when(draw, names)
        return
    way = draw(st.sampled_from(["when", "channels", "roles", "effective", "segments"]))
    if way == "when":
        doc["when"] = _when(draw, names)
    elif way == "channels":
        doc["channels"] = draw(st.lists(st.sampled_from(SETTINGS["channels"]), min_size=1, max_size=2, unique=True))
    elif way == "roles":
        doc["roles"] = draw(st.lists(st.sampled_from(ROLES), min_size=1, max_size=3, unique=True))
    elif way == "effective":
        doc["effective"] = draw(st.sampled_from([{"from": "2026-03-05"}, {"until": "2026-03-08"},
                                                 {"from": "2026-03-03", "until": "2026-03-04"}]))  # fmt: skip
    else:
        ids = [one["id"] for one in docs if one["kind"] == "segment"]
        if ids:
            doc["segments"] = [draw(st.sampled_from(ids))]


def _kind(term: Doc) -> str:
    raw = term.get("value", next((row["value"] for row in term.get("cases", ())), None))
    if isinstance(raw, dict):
        return "money" if "of" in raw else _kind({"value": next(item for key, item in raw.items() if key != "by")})
    return next((kind for kind, options in PLAIN.items() if raw in options), "text")


def _term(draw: st.DrawFn, doc: Doc, names: list[str], docs: list[Doc]) -> None:
    term = doc["terms"][draw(st.sampled_from(sorted(doc["terms"])))]
    kind = _kind(term)
    flexible = doc.get("rule") != "fixed"
    way = draw(st.sampled_from(["value", "value", "row", "rows", "limit", "grant", "better"]))
    one = values(kind, names)
    rows = term.get("cases", [])
    if way == "value" and "value" in term:
        term["value"] = draw(one)
    elif way == "row" and rows:
        draw(st.sampled_from(rows)).update({"when": _when(draw, names), "value": draw(one)})
    elif way == "rows":
        term["cases"] = [*rows, {"when": _when(draw, names), "value": draw(one)}]
    elif "better" in term and flexible and way == "limit":
        term["limit"] = draw(values(kind, names, plain=True))
    elif "better" in term and flexible and way == "grant":
        term["grant"] = {draw(st.sampled_from(ROLES)): draw(values(kind, names, plain=True))}
    elif "better" in term and way == "better":
        term["better"] = draw(st.sampled_from(["more", "less"]))


def _segment(draw: st.DrawFn, doc: Doc, names: list[str], docs: list[Doc]) -> None:
    way = draw(st.sampled_from(["when", "sets", "priority"]))
    if way == "when":
        doc["when"] = _when(draw, names)
    elif way == "priority":
        doc["priority"] = draw(st.sampled_from(["1", "2", "-1"]))
    elif doc.get("sets"):
        ref = draw(st.sampled_from(sorted(doc["sets"])))
        kinds = {f"{one['id']}.{key}": _kind(term) for one in docs for key, term in one.get("terms", {}).items()}
        if ref in kinds:
            doc["sets"][ref] = draw(values(kinds[ref], names))


# --- judging ----------------------------------------------------------------------------------------------------------


def names_in(docs: list[Doc]) -> list[str]:
    """The names that some documents mention."""
    text = json.dumps(docs)
    return sorted(name for name in VALUES if f'"{name}"' in text)


def blank_names(*books_: list[Doc]) -> set[str]:
    """The names of which it is asked whether they are known."""
    out: set[str] = set()

    def walk(data: Any) -> None:
        if isinstance(data, dict):
            for key, item in data.items():
                if isinstance(item, dict) and "known" in item:
                    out.add(key)
                walk(item)
        elif isinstance(data, list):
            for item in data:
                walk(item)

    walk(list(books_))
    return out & set(VALUES)


def complete_cases(
    before: list[Doc], after: list[Doc], rng: random.Random
) -> Iterator[tuple[dict[str, Any], str, str, date]]:
    """Complete cases: a value for every name (one may be missing where that is asked), a role, a channel and a day."""
    blank = blank_names(before, after)
    names = sorted({*names_in(before), *names_in(after)})
    options = [[*VALUES[name], *([None] if name in blank else [])] for name in names]
    days = [REQUEST.on + timedelta(days=number) for number in range(21)]
    size = 1
    for option in options:
        size *= len(option)
    if size <= 25:
        chosen = list(product(*options))
    else:
        chosen = [tuple(rng.choice(option) for option in options) for _ in range(MOST_CASES)]
    others = {name: VALUES[name][0] for name in VALUES if name not in names}
    for picked in chosen:
        known = others | {name: value for name, value in zip(names, picked, strict=True) if value is not None}
        yield known, rng.choice(ROLES), rng.choice(SETTINGS["channels"]), rng.choice(days)


def typed_values(known: dict[str, Any]) -> dict[str, Value]:
    found = {name: fact_value(name, text, MADE) for name, text in known.items()}
    return {name: value for name, value in found.items() if value is not None}


def case_of(known: dict[str, Any], role: str, channel: str, day: date) -> Case:
    typed = typed_values(known)
    facts = {name: value for name, value in typed.items() if MADE.names[name].fact}
    attributes = {name: value for name, value in typed.items() if name not in facts}
    return Case(day, Customer("C-1", None, attributes), (), facts, role, channel, "north")


def parts_of(answer: Answer, role: str) -> dict[Key, Any]:
    """All that a case gets, part by part, in the words that the comparison uses."""
    out: dict[Key, Any] = {}
    for entry in answer.segments:
        out["segment", entry.id, "members", None] = "yes"
    for kind, entries in answer.documents.items():
        for entry in entries:
            out["document", f"{kind}:{entry.id}", "applies", None] = "yes"
    for ref, term in answer.terms.items():
        out["term", ref, "offered", None] = "yes"
        out["term", ref, "value", None] = _value(term)
        out["term", ref, "limit", None] = write(term.limit) if term.limit else None
        out["term", ref, "you_may", role] = write(term.you_may) if term.you_may else None
    return out


def _value(term: TermAnswer) -> Any:
    if term.state == "settled":
        assert term.value is not None
        return write(term.value)
    return "open" if term.state == "open" else tuple(sorted(write(value) for value, _ in term.between))  # type: ignore[arg-type]


def same(one: Any, two: Any) -> bool:
    if isinstance(one, str) and isinstance(two, str):
        return one == two or read(one).key == read(two).key
    if isinstance(one, tuple) and isinstance(two, tuple):
        return sorted(repr(read(text).key) for text in one) == sorted(repr(read(text).key) for text in two)
    return bool(one == two)


def differences(before: Answer, after: Answer, role: str) -> dict[Key, tuple[Any, Any]]:
    """The parts in which two answers differ; what is not told beside something else is left out."""
    one, two = parts_of(before, role), parts_of(after, role)
    out: dict[Key, tuple[Any, Any]] = {}
    for key in {*one, *two}:
        what, ref, part, _ = key
        left, right = one.get(key, "no"), two.get(key, "no")
        if what == "term":
            there = [("term", ref, "offered", None) in side for side in (one, two)]
            if part != "offered" and there != [True, True]:
                continue
            found = [side.get(("term", ref, "value", None)) for side in (one, two)]
            if part != "offered" and "open" in found:
                continue
            if part in ("limit", "you_may") and any(isinstance(value, tuple) for value in found):
                continue
        if not same(left, right):
            out[key] = (left, right)
    return out


def judge(before_docs: list[Doc], after_docs: list[Doc], rng: random.Random) -> Comparison:
    """Compare two books, and assert that every class is right in many cases."""
    before, after = made(before_docs), made(after_docs)
    found = compare_books(before, after, REQUEST)
    if any("too many" in problem for problem in found.problems):
        return found
    conditions = [condition_in(change.when, MADE) for change in found.changes]
    for known, role, channel, day in complete_cases(before_docs, after_docs, rng):
        case = case_of(known, role, channel, day)
        answers = resolve(before, case), resolve(after, case)
        wanted = differences(*answers, role)
        record = _record(case)
        classes: dict[Key, Change] = {}
        for change, condition in zip(found.changes, conditions, strict=True):
            if change.part.part != "areas" and condition.kleene(record) and change.part.role in (None, role):
                assert _key(change) not in classes, ("two classes", change, classes)
                classes[_key(change)] = change
        told = (known, role, channel, day)
        for key, (left, right) in wanted.items():
            assert key in classes, ("missed", key, left, right, told, found.problems)
            if classes[key].exact:
                assert same(left, classes[key].before), ("before", key, left, classes[key], told)
                assert same(right, classes[key].after), ("after", key, right, classes[key], told)
        for key, change in classes.items():
            assert key in wanted or not change.exact, ("false", change, told)
    for change in found.changes:
        assert change.witness is not None or change.part.part == "areas", ("no witness", change, found.problems)
        if change.witness is not None:
            witness(change, before, after)
    return found


def _key(change: Change) -> Key:
    part = change.part
    return (part.what, part.id, part.part, part.role)


def _record(case: Case) -> Record:
    assert case.customer is not None
    values = {**case.customer.attributes, **{name: value for name, value in case.given.items() if value is not None}}
    values |= {"today": date_value(case.on), "role": choice_value(str(case.role), MADE.roles),
               "channel": text_value(str(case.channel)), "office": text_value("north")}  # fmt: skip
    return Record(values, case.on.toordinal())


def witness(change: Change, before: Book, after: Book) -> None:
    """The case that is shown gets what is said, from both books, and is in its class."""
    shown = change.witness
    assert shown is not None
    known = {**shown.attributes, **shown.facts}
    typed = typed_values(known)
    case = Case(
        date.fromisoformat(shown.on), Customer("-", None, typed), (), {}, shown.role, shown.channel, shown.office
    )
    answers = [resolve(book, case) for book in (before, after)]
    one, two = (parts_of(answer, str(shown.role)) for answer in answers)
    left, right = one.get(_key(change), "no"), two.get(_key(change), "no")
    if change.exact:
        assert same(left, change.before), ("witness before", change, left)
        assert same(right, change.after), ("witness after", change, right)
    else:
        assert not same(left, right), ("witness", change, left, right)
    values = dict(typed)
    values["today"] = date_value(case.on)
    if shown.role:
        values["role"] = choice_value(shown.role, MADE.roles)
    if shown.channel:
        values["channel"] = text_value(shown.channel)
    context = CaseContext(Record(values, case.on.toordinal()), MADE.variables, {})
    verdict = verdict_on(context, condition_in(change.when, MADE)).verdict
    assert verdict, ("the witness is not in its class", change)


def main(count: int, start: int) -> None:
    """Judge many edits."""
    seen = {"edits": 0, "classes": 0, "edits with classes": 0}

    @seed(start)
    @settings(max_examples=count, database=None, deadline=None, phases=[Phase.generate],
              suppress_health_check=list(HealthCheck))  # fmt: skip
    @given(edits())
    def run(edit: tuple[list[Doc], list[Doc]]) -> None:
        found = judge(*edit, random.Random(start))
        seen["edits"] += 1
        seen["classes"] += len(found.changes)
        seen["edits with classes"] += bool(found.changes)

    run()
    print(seen)
