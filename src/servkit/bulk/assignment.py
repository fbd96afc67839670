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
    from collections.abc import Callable, Sequence

    from servkit.answer.result import Answer, TermAnswer
    from servkit.book.intervals import Amount


#: The columns of lists that every row begins with.
_LISTS = ("segments", "might_be", "ask")
#: No text of a book or a customer has it.
MARK = "\x01"


class TermCells(NamedTuple):
    """One term: ``state`` is settled, open, conflict, or none where the term is not in the answer. ``json`` has the
    same with the keys of ``servkit lookup --format json``."""

    state: str
    value: str | None
    may_be: tuple[str, ...]
    you_may: str | None
    json: str


class Assignment(NamedTuple):
    """What the desk would say: ids of segments, names to ask for, and the terms in the order of the columns."""

    segments: tuple[str, ...]
    might_be: tuple[str, ...]
    ask: tuple[str, ...]
    terms: tuple[TermCells, ...]


def _json(data: Any) -> str:
    return json.dumps(data, ensure_ascii=True, separators=(",", ":"))


NONE = TermCells("none", None, (), None, _json({"state": "none", "value": None}))


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
        found.state, value, tuple(map(_text, found.may_be)) if found.state == "open" else (), you_may, _json(data)
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
    out = [(name, True) for name in _LISTS]
    for ref in refs:
        out += [(ref, False), (f"{ref}.state", False), (f"{ref}.may_be", True)]
        out += [(f"{ref}.you_may", False)] if with_role else []
    return out


def part_cells(format_: str, refs: Sequence[str], *, with_role: bool) -> Callable[[int, Any], Sequence[str | None]]:
    """What writes the cells of a part: of segments, of those that might be, of what to ask (parts 0 to 2, tuples of
    texts), or of a term. For ``csv`` and ``jsonl`` that is one text, else a text a column, with lists as
    :func:`list_text` has them."""

    def write_cells(part: int, found: Any) -> Sequence[str | None]:
        if part < 3:
            return (list_text(found),)
        return (found.value, found.state, list_text(found.may_be), found.you_may)[: 4 if with_role else 3]

    def write_csv(part: int, found: Any) -> Sequence[str]:
        cells = [found] if part < 3 else [found.value, found.state, found.may_be]
        if part >= 3 and with_role:
            cells.append(found.you_may)
        text = csv_text("; ".join(cell) if isinstance(cell, tuple) else cell or "" for cell in cells)
        return ("" if text == '""' else text,)

    def write_json(part: int, found: Any) -> Sequence[str]:
        if part < 3:
            return (f'"{_LISTS[part]}":{_json(found)}',)
        return (f"{_json(refs[part - 3])}:{found.json}",)

    return {"csv": write_csv, "jsonl": write_json}.get(format_, write_cells)


def list_text(items: Sequence[str]) -> str:
    """A list on its way through a table: every item with a mark before it, as an item may be empty."""
    return "".join(MARK + item for item in items)


def csv_text(texts: Any) -> str:
    """One line of CSV, without its end."""
    out = io.StringIO()
    csv.writer(out, lineterminator="").writerow(texts)
    return out.getvalue()
