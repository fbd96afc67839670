"""One row of an assignment: what the desk would say of a customer, as plain texts."""

from __future__ import annotations

import csv
import io
import json
from typing import TYPE_CHECKING, Any, NamedTuple

from servkit.answer.answer_json import amount_json
from servkit.book.intervals import Range
from servkit.book.values import write

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from servkit.answer.result import Answer, TermAnswer
    from servkit.book.intervals import Amount


class TermCells(NamedTuple):
    """One term: ``state`` is settled, open, conflict, or none where the term is not in the answer. ``data`` are the
    same cells with the keys of ``servkit lookup --format json``."""

    state: str
    value: str | None
    may_be: tuple[str, ...]
    you_may: str | None
    data: Mapping[str, Any]


class Assignment(NamedTuple):
    """What the desk would say: ids of segments, names to ask for, and the terms in the order of the columns."""

    segments: tuple[str, ...]
    might_be: tuple[str, ...]
    ask: tuple[str, ...]
    terms: tuple[TermCells, ...]


NONE = TermCells("none", None, (), None, {"state": "none", "value": None})


def term_cells(found: TermAnswer | None, *, with_role: bool) -> TermCells:
    """The cells of a term."""
    if found is None:
        return NONE
    value = None if found.value is None else write(found.value)
    you_may = None if found.you_may is None or not with_role else write(found.you_may)
    data: dict[str, Any] = {"state": found.state, "value": amount_json(found.value)}
    if found.state == "open":
        data["may_be"] = [amount_json(amount) for amount in found.may_be]
    if with_role:
        data["you_may"] = amount_json(found.you_may)
    return TermCells(
        found.state, value, tuple(map(_text, found.may_be)) if found.state == "open" else (), you_may, data
    )


def assignment_of(answer: Answer, refs: Sequence[str], *, with_role: bool) -> Assignment:
    """The row of an answer; ``refs`` are the terms that are columns."""
    return Assignment(
        tuple(entry.id for entry in answer.segments),
        tuple(found.entry.id for found in answer.might_be),
        tuple(ask.name for ask in answer.ask),
        tuple(term_cells(answer.terms.get(ref), with_role=with_role) for ref in refs),
    )


def _text(amount: Amount | None) -> str:
    """An amount as text: a range as BOOK.md would write it, and no value as the word."""
    if amount is None:
        return "none"
    if isinstance(amount, Range):
        ends = {"at_least": amount.low, "at_most": amount.high}
        return "{" + ", ".join(f"{name}: {write(end)}" for name, end in ends.items() if end is not None) + "}"
    return write(amount)


# --- as lines of files ------------------------------------------------------------------------------------------------


def columns(refs: Sequence[str], *, with_role: bool) -> list[tuple[str, bool]]:
    """The columns behind the id, and whether each is a list."""
    out = [("segments", True), ("might_be", True), ("ask", True)]
    for ref in refs:
        out += [(ref, False), (f"{ref}.state", False), (f"{ref}.may_be", True)]
        out += [(f"{ref}.you_may", False)] if with_role else []
    return out


def cells(row: Assignment, *, with_role: bool) -> list[str | tuple[str, ...] | None]:
    """The cells of a row behind the id, in the order of :func:`columns`."""
    out: list[str | tuple[str, ...] | None] = [row.segments, row.might_be, row.ask]
    for term in row.terms:
        out += (term.value, term.state, term.may_be)
        if with_role:
            out.append(term.you_may)
    return out


def csv_line(row: Assignment, *, with_role: bool) -> str:
    """The cells behind the id as CSV; lists are parted by ``;``."""
    return csv_text(
        "; ".join(cell) if isinstance(cell, tuple) else cell or "" for cell in cells(row, with_role=with_role)
    )


def csv_text(texts: Any) -> str:
    """One line of CSV, without its end."""
    out = io.StringIO()
    csv.writer(out, lineterminator="").writerow(texts)
    return out.getvalue()


def json_tail(row: Assignment, refs: Sequence[str]) -> str:
    """The keys behind the id as JSON, with the brace that closes the object."""
    terms = {ref: term.data for ref, term in zip(refs, row.terms, strict=True)}
    data = {"segments": row.segments, "might_be": row.might_be, "ask": row.ask, "terms": terms}
    return json.dumps(data, ensure_ascii=True, separators=(",", ":"))[1:]
