"""Small random books for the proofs: conditions over a few names, tables, segments and periods."""

from __future__ import annotations

import json
from datetime import date
from typing import TYPE_CHECKING, Any

from hypothesis import strategies as st

from answer.books import settings_of
from servkit.book.library import Book
from servkit.book.reader import read_documents

from .brute import FIRST, LAST, SETTINGS

if TYPE_CHECKING:
    from hypothesis.strategies import SearchStrategy

MADE = settings_of(SETTINGS)
_VISITS = st.sampled_from(["1", "2", "3"])
_DAYS = st.sampled_from(
    ["2026-01-02", "2026-01-04", "2026-01-09", "2 days ago", "0 days ago", "1 day ago", "1 day ahead", "3 days ahead"]
)
_TEXTS = st.sampled_from(["n", "no", "s"])
_ITEMS = st.sampled_from(["a", "b"])


def _ops(names: list[str], values: SearchStrategy[Any]) -> SearchStrategy[dict[str, Any]]:
    return st.tuples(st.sampled_from(names), values).map(lambda pair: {pair[0]: pair[1]})


_KNOWN = st.sampled_from([{"known": "yes"}, {"known": "no"}])
_TESTS: dict[str, SearchStrategy[Any]] = {
    "plan": st.one_of(
        st.sampled_from(["single", "monthly", "commercial"]),
        st.lists(st.sampled_from(["single", "monthly", "commercial"]), min_size=1, max_size=2, unique=True),
        _ops(["at_least", "less_than", "is_not"], st.sampled_from(["single", "monthly"])),
        _KNOWN,
    ),
    "visits": st.one_of(
        _ops(["at_least", "at_most", "more_than", "less_than", "is", "is_not"], _VISITS),
        st.just({"between": ["1", "2"]}),
        st.just({"at_least": "1", "less_than": "3"}),
        _KNOWN,
    ),
    "region": st.one_of(_TEXTS, _ops(["contains", "starts_with", "ends_with", "is_not"], _TEXTS), _KNOWN),
    "since": st.one_of(
        _ops(["before", "after", "on_or_before", "on_or_after"], _DAYS),
        _ops(["is", "is_not"], st.sampled_from(["2026-01-02", "2026-01-04"])),
        st.just({"within": "2 days"}),
    ),
    "tags": st.one_of(_ITEMS, _ops(["has_all", "has_any", "is_not"], st.just(["a", "b"])), _KNOWN),
    "opened": st.one_of(st.sampled_from(["yes", "no"]), _KNOWN),
    "channel": st.one_of(st.sampled_from(["phone", "email"]), _KNOWN),
}
_TODAY = _ops(["before", "on_or_after"], st.sampled_from(["2026-01-03", "2026-01-05"]))


def conditions(names: list[str], *, segments: tuple[str, ...] = ()) -> SearchStrategy[dict[str, Any]]:
    """Conditions over some names."""
    tests = [st.tuples(st.just(name), _TESTS[name]).map(lambda pair: {pair[0]: pair[1]}) for name in names]
    if segments:
        tests.append(st.sampled_from(segments).map(lambda id_: {"segment": id_}))
    leaf = st.one_of(*tests, _TODAY.map(lambda test: {"today": test}))
    return st.recursive(
        leaf,
        lambda inner: st.one_of(
            st.lists(inner, min_size=1, max_size=3).map(lambda parts: {"any": parts}),
            st.lists(inner, min_size=1, max_size=3).map(lambda parts: {"all": parts}),
            inner.map(lambda part: {"not": part}),
            st.tuples(inner, inner).map(lambda pair: {**pair[0], **pair[1]}),
        ),
        max_leaves=4,
    )


def names() -> SearchStrategy[list[str]]:
    return st.lists(st.sampled_from(sorted(_TESTS)), min_size=1, max_size=2, unique=True)


def period() -> SearchStrategy[dict[str, str]]:
    """Always within the days that brute force tries."""
    days = st.integers(FIRST, LAST).map(lambda day: date.fromordinal(day).isoformat())
    return st.one_of(
        st.just({"from": date.fromordinal(FIRST).isoformat(), "until": date.fromordinal(LAST).isoformat()}),
        st.tuples(days, days).map(lambda pair: {"from": min(pair), "until": max(pair)}),
    )


def made(*docs: dict[str, Any]) -> Book:
    """The book of some documents; every fault fails the test."""
    entries = []
    for number, doc in enumerate(docs):
        content = read_documents(f"{number}.yaml", json.dumps(doc).encode(), MADE)
        assert not content.problems, (content.problems, doc)
        entries += content.entries
    return Book(MADE, entries)
