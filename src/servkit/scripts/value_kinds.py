"""The kinds that a value in a script may be of, and what becomes of them: in a list, in a filter, in a comparison."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

from servkit.scripts.filled_script import MATH_FILTERS

#: All the kinds that a value may be of; an error message says them as they are.
Kinds = frozenset[str]

#: Nobody can tell, so nothing is found.
ANY = frozenset({"*"})
NUMBERS = frozenset({"number", "number above 0", "yes or no"})
_AMOUNTS = NUMBERS | {"money", "percent", "duration", "flag", "number in quotes"}
LISTS = frozenset({"list", "range"})
MIXED = frozenset({"result that isn't sure"})
TEXT, NUMBER, NOTHING = frozenset({"text"}), frozenset({"number"}), frozenset({"nothing"})
#: Filters that give back a list of what they are given.
_SAME_LIST = frozenset({"reverse", "sort", "sort_natural", "uniq", "compact"})
_RESULTS = {
    "size": NUMBER, "sum": NUMBER, "has": frozenset({"yes or no"}), "split": frozenset({"list"}),
    "where": frozenset({"list"}), "reject": frozenset({"list"}), "map": MIXED, "find": TEXT | NOTHING,
    "find_index": NUMBER | NOTHING,
}  # fmt: skip

_FIGURES = re.compile(r"-?\d{1,30}(\.\d{1,30})?")


def literal_kinds(value: Any) -> Kinds:
    """The kind of what is written out in the script."""
    if isinstance(value, str):
        if _FIGURES.fullmatch(value):
            return frozenset({"number in quotes"})
        return frozenset({"date in quotes" if _is_day(value) else "text"})
    return frozenset({"number above 0" if isinstance(value, int) and value > 0 else "number"})


def _is_day(text: str) -> bool:
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


def why_unlike(sign: str, left: str, right: str) -> str | None:
    """Why two kinds do not compare by size; None where they do."""
    if "*" in (left, right) or (left == "nothing" and right not in MIXED):
        return None
    sorts = [
        "amount" if kind in _AMOUNTS - {"number in quotes"} else
        "other" if kind in {*LISTS, *MIXED, "names", "`empty`", "`blank`"} else
        "nothing" if kind == "nothing" else "text"
        for kind in (left, right)
    ]  # fmt: skip
    if "nothing" in sorts and "other" not in sorts:
        return None
    if sorts[0] != sorts[1] or "other" in sorts:
        return f"`{sign}` can't compare a {left} with a {right}. Compare values of one kind, or use `==`."
    if left != right and "amount" in sorts and not {left, right} & NUMBERS:
        return f"A {left} and a {right} don't compare, so this is never true. Compare amounts of one kind."
    return None


def part_kinds(kinds: Kinds, rest: list[Any]) -> Kinds:
    """The kinds of what a path names below a value."""
    if not rest or kinds == ANY:
        return kinds
    if rest == ["size"]:
        return NUMBER
    if len(rest) == 1 and (isinstance(rest[0], int) or rest[0] in ("first", "last")) and kinds <= LISTS:
        return item_kinds(kinds)
    return MIXED


def item_kinds(kinds: Kinds) -> Kinds:
    """The kinds of what a list has in it."""
    out: set[str] = set()
    for kind in kinds:
        found = {"list": "text", "text": "text", "range": "number", "*": "*"}.get(kind)
        out |= {found} if found else MIXED
    return frozenset(out)


def result_kinds(name: str, values: list[Kinds]) -> Kinds:
    """The kinds of what a filter gives; ``values`` are what it is given, its arguments behind it."""
    left = values[0]
    if name in MATH_FILTERS:
        above = name == "at_least" and values[1] <= {"number above 0"} and left <= NUMBERS
        return frozenset({"number above 0"}) if above and "number" not in values[1] else NUMBER
    if name == "default":
        return (left - NOTHING) | values[1] if len(values) > 1 else left | TEXT
    if name in _SAME_LIST or name == "concat":
        parts = values if name == "concat" else values[:1]
        return frozenset().union(*(_list_kinds(kinds) for kinds in parts))
    if name in ("first", "last"):
        return NOTHING.union(*(item_kinds(frozenset({kind})) for kind in left if kind in {*LISTS, "names", "*"}))
    if name == "slice" and left & (LISTS | MIXED | ANY):
        return left | TEXT
    return _RESULTS.get(name, TEXT)


def _list_kinds(kinds: Kinds) -> Kinds:
    """The kinds of list that are made of some values."""
    out: set[str] = set()
    for kind in kinds:
        if kind in {*LISTS, "*"}:
            out.add(kind)
        elif kind in {*MIXED, "names", "nothing"}:
            out |= MIXED
        else:
            out.add("range" if kind in NUMBERS else "list")
    return frozenset(out)
