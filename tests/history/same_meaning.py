"""Edits that change no meaning: respelt amounts, other orders, conditions said another way, rows that nobody reaches.

``python -m history same 1000 7`` in ``tests`` tries 1,000 of them with the seed 7, outside the suite.
"""

from __future__ import annotations

from copy import deepcopy
from typing import TYPE_CHECKING, Any

from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st

from answer.small_books import books
from servkit.history.comparison import compare_books
from servkit.history.differences import differing
from servkit.history.questions import QuestionCounter

from .by_force import REQUEST, Doc, made

if TYPE_CHECKING:
    from collections.abc import Callable

_SPELLINGS = {"14 days": "2 weeks", "2 weeks": "14 days", "1 day": "24 hours", "2 hours": "120 minutes",
              "10 USD": "10.00 USD", "0 USD": "0.00 USD", "50 %": "50.0 %", "1 month": "1 months",
              "12 hours": "720 minutes"}  # fmt: skip


@st.composite
def respellings(draw: st.DrawFn) -> tuple[list[Doc], list[Doc]]:
    """A book, and the same book said another way."""
    _, before = draw(books())
    after = deepcopy(before)
    for _ in range(draw(st.integers(1, 3))):
        draw(st.sampled_from(_WAYS))(draw, after)
    return before, after


def _amounts(draw: st.DrawFn, docs: list[Doc]) -> None:
    """Amounts in other units; also in conditions."""
    for doc in docs:
        for key in ("terms", "sets", "when"):
            if key in doc:
                doc[key] = _walk(doc[key], lambda text: _SPELLINGS.get(text, text))


def _walk(data: Any, change: Callable[[str], str]) -> Any:
    if isinstance(data, dict):
        return {key: item if key in ("of", "type", "better", "count", "up_to") else _walk(item, change)
                for key, item in data.items()}  # fmt: skip
    if isinstance(data, list):
        return [_walk(item, change) for item in data]
    return change(data) if isinstance(data, str) else data


def _order(draw: st.DrawFn, docs: list[Doc]) -> None:
    """Documents, and the keys of conditions, in another order."""
    docs.reverse()
    for doc in docs:
        if "when" in doc:
            doc["when"] = _reversed(doc["when"])


def _reversed(data: Any) -> Any:
    if isinstance(data, dict):
        return {key: _reversed(data[key]) for key in reversed(list(data))}
    if isinstance(data, list) and all(isinstance(item, dict) for item in data):
        return [_reversed(item) for item in reversed(data)]
    return data


def _wrapped(draw: st.DrawFn, docs: list[Doc]) -> None:
    """A condition within others that say the same."""
    doc = draw(st.sampled_from(docs))
    if "when" in doc:
        when = doc["when"]
        ways = [{"all": [when]}, {"any": [when]}, {"not": {"not": when}}, {"all": [when, when]},
                {"any": [when, {"all": [when, when]}]}]  # fmt: skip
        doc["when"] = draw(st.sampled_from(ways))


def _formal(draw: st.DrawFn, docs: list[Doc]) -> None:
    """What nobody at a desk sees."""
    doc = draw(st.sampled_from(docs))
    doc |= {"owner": "somebody", "tags": ["new"], "review_by": "2030-01-01"}


def _dead_row(draw: st.DrawFn, docs: list[Doc]) -> None:
    """The first row again, at the end: whoever meets it has met it before."""
    terms = [term for doc in docs for term in doc.get("terms", {}).values() if term.get("cases")]
    if terms:
        term = draw(st.sampled_from(terms))
        term["cases"] = [*term["cases"], deepcopy(term["cases"][0])]


def _priorities(draw: st.DrawFn, docs: list[Doc]) -> None:
    """The same order of priorities with other numbers."""
    for doc in docs:
        if doc["kind"] == "segment":
            doc["priority"] = str(int(doc.get("priority", "0")) * 10 + 5)


_WAYS = [_amounts, _amounts, _order, _wrapped, _wrapped, _formal, _dead_row, _priorities]


def judge_same(before_docs: list[Doc], after_docs: list[Doc]) -> None:
    """Assert that nothing is told."""
    before, after = made(before_docs), made(after_docs)
    found = compare_books(before, after, REQUEST)
    assert not found.changes, (found.changes[0], before_docs, after_docs)
    about = sorted({one.id for one in differing(before, after) if one.kind in ("standard", "policy")})
    counter = QuestionCounter(before, after, about, REQUEST.on, None)
    assert not counter.questions(), (counter.questions(), before_docs, after_docs)


def main(count: int, start: int) -> None:
    """Try many of them."""
    seen = {"edits": 0, "different documents": 0}

    @seed(start)
    @settings(max_examples=count, database=None, deadline=None, phases=[Phase.generate],
              suppress_health_check=list(HealthCheck))  # fmt: skip
    @given(respellings())
    def run(edit: tuple[list[Doc], list[Doc]]) -> None:
        judge_same(*edit)
        seen["edits"] += 1
        seen["different documents"] += bool(differing(made(edit[0]), made(edit[1])))

    run()
    print(seen)
