"""Dead rows of a decision table of 500 rows over six attributes: servkit's proof against z3 on the same table.

    python benchmarks/dead_rows.py [ROWS]

Three of the attributes are numbers with bounds that overlap, three are choices. Both sides answer the same question for
every row: is there a case that it takes and no row above it does? Their answers must be the same.
"""

from __future__ import annotations

import random
import sys
from decimal import Decimal
from time import process_time
from typing import TYPE_CHECKING, Any

import z3  # type: ignore[import-not-found,unused-ignore]

from servkit.analysis.case_space import CaseSpace
from servkit.analysis.dead_rows import read_table
from servkit.book.amounts import Plain
from servkit.book.conditions import All, Bounds, OneOf
from servkit.book.entries import Entry
from servkit.book.library import Book
from servkit.book.settings import Settings
from servkit.book.values import amount_value, choice_value

if TYPE_CHECKING:
    from servkit.book.conditions import Condition

TARGET_SECONDS = 0.5
CHOICES = tuple("abcdefgh")
NUMBERS = ("n0", "n1", "n2")
WORDS = ("c0", "c1", "c2")
Bound = tuple[int, int]
Row = tuple[tuple[Bound, ...], tuple[tuple[str, ...], ...]]


def rows_of(count: int, span: int, seed: int = 7) -> list[Row]:
    """Rows whose bounds and choices overlap, so that unions of rows hide others."""
    rng = random.Random(seed)
    out = []
    for _ in range(count):
        bounds = []
        for _ in NUMBERS:
            low = rng.randrange(span)
            bounds.append((low, min(span, low + rng.randrange(1, max(2, span * 3 // 4)))))
        words = [tuple(sorted(rng.sample(CHOICES, rng.randrange(1, 8)))) for _ in WORDS]
        out.append((tuple(bounds), tuple(words)))
    return out


def condition(row: Row) -> Condition:
    """A row as a condition of servkit's."""
    bounds, words = row
    parts: list[Condition] = [
        Bounds("between", name, tuple(amount_value("number", Decimal(end)) for end in ends))
        for name, ends in zip(NUMBERS, bounds, strict=True)
    ]
    parts += [
        OneOf("in", name, tuple(choice_value(word, CHOICES) for word in some))
        for name, some in zip(WORDS, words, strict=True)
    ]
    return All(tuple(parts))


def book_of(rows: list[Row]) -> Book:
    """A book with one policy that holds the table."""
    names = [(name, "number", (), None, None, None, False) for name in NUMBERS]
    names += [(name, "choice", CHOICES, None, None, None, False) for name in WORDS]  # type: ignore[misc]
    data: dict[str, Any] = dict.fromkeys(("channels", "roles", "customers", "ignore", "languages"), ())
    data |= {
        "name": "Table",
        "language": "en",
        "currency": None,
        "timezone": "UTC",
        "areas": {},
        "avoid": {},
        "clocks": {},
        "applicable": ("policy",),
        "owners": ("policy",),
    }
    value = Plain(amount_value("number", Decimal(0)), 1).encode()
    cases = [(condition(row).encode(), value, None, None, 1) for row in rows]
    term = {"type": "number", "line": 1, "value": value, "cases": cases}
    entry = Entry("table.yaml", {"kind": "policy", "id": "table", "line": 1, "terms": {"fee": term}}, {})
    return Book(Settings(data | {"names": names}), [entry])


def ours(book: Book) -> set[int]:
    """The rows that are never reached."""
    (entry,) = book.entries
    term = entry.terms["fee"]
    return set(range(len(term.rows))) - read_table(CaseSpace(book), term, entry).reached.keys()


def z3s(rows: list[Row]) -> set[int]:
    """The same, by a solver that is asked about one row after the other."""
    numbers = {name: z3.Real(name) for name in NUMBERS}
    words = {name: z3.Int(name) for name in WORDS}
    solver = z3.Solver()
    for variable in words.values():
        solver.add(variable >= 0, variable < len(CHOICES))
    dead = set()
    for index, (bounds, some) in enumerate(rows):
        parts = [
            z3.And(numbers[name] >= low, numbers[name] <= high)
            for name, (low, high) in zip(NUMBERS, bounds, strict=True)
        ]
        parts += [
            z3.Or([words[name] == CHOICES.index(word) for word in one]) for name, one in zip(WORDS, some, strict=True)
        ]
        whole = z3.And(parts)
        solver.push()
        solver.add(whole)
        if solver.check() == z3.unsat:
            dead.add(index)
        solver.pop()
        solver.add(z3.Not(whole))
    return dead


def main(count: int) -> None:
    for span in (6, 20, 100):
        rows = rows_of(count, span)
        book = book_of(rows)
        begin = process_time()
        dead = ours(book)
        seconds = process_time() - begin
        begin = process_time()
        expected = z3s(rows)
        other = process_time() - begin
        assert dead == expected, (sorted(dead - expected), sorted(expected - dead))
        verdict = "reached" if seconds <= TARGET_SECONDS else "missed"
        print(f"{count} rows x 6 attributes, bounds up to {span:3}: {len(dead):2} dead; ", end="")
        print(f"servkit {seconds:.3f} s (target {TARGET_SECONDS} s, {verdict}), z3 {other:.3f} s", flush=True)


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 500)
