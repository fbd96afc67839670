"""Conditions as an author writes them (BOOK.md 5), joined: any of several, all of several, the days of a window."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from servkit.history.day_runs import Run

#: A condition as data: what YAML would hold.
When = dict[str, Any]


def any_of(options: Sequence[When]) -> When:
    """Any of several conditions; what all of them have in common stands before."""
    distinct = list({repr(option): option for option in options}.values())
    if not distinct:
        return {"any": []}
    if any(not option for option in distinct):
        return {}
    if len(distinct) == 1:
        return distinct[0]
    common = {key: test for key, test in distinct[0].items()
              if key not in ("any", "all") and all(other.get(key) == test for other in distinct)}  # fmt: skip
    rest = [{key: test for key, test in option.items() if key not in common} for option in distinct]
    if any(not option for option in rest):
        return common
    only = {next(iter(option)) for option in rest if len(option) == 1}
    if len(only) == 1 and all(len(option) == 1 for option in rest):
        name = next(iter(only))
        tests = [option[name] for option in rest]
        if name not in ("any", "all", "not") and all(isinstance(test, (str, list)) for test in tests):
            values = [value for test in tests for value in (test if isinstance(test, list) else [test])]
            return common | {name: values}
    return common | {"any": sorted(rest, key=repr)}


def days_condition(runs: Sequence[Run], window: Run) -> When:
    """Which days of a window they are."""
    merged = _merged(runs)
    return {} if merged == [window] else any_of([{"today": _run(run, window)} for run in merged])


def _merged(runs: Iterable[Run]) -> list[Run]:
    out: list[Run] = []
    for first, last in sorted(runs):
        if out and first <= out[-1][1] + 1:
            out[-1] = (out[-1][0], max(last, out[-1][1]))
        else:
            out.append((first, last))
    return out


def _run(run: Run, window: Run) -> Any:
    first, last = (date.fromordinal(day).isoformat() for day in run)
    if run[0] == run[1]:
        return first
    out = {"on_or_after": first} if run[0] > window[0] else {}
    return out | ({"on_or_before": last} if run[1] < window[1] else {})


def all_of(parts: Iterable[When]) -> When:
    """All of several conditions, as one mapping where their keys allow it."""
    out: When = {}
    more: list[When] = []
    for part in parts:
        for key, test in part.items():
            if key not in out:
                out[key] = test
            elif key not in ("any", "all", "not") and _apart(out[key], test):
                out[key] = out[key] | test
            elif key == "all":
                out[key] = [*out[key], *test]
            elif out[key] != test:
                more.append({key: test})
    if more:
        out["all"] = [*out.get("all", []), *more]
    return out


def _apart(left: Any, right: Any) -> bool:
    return isinstance(left, dict) and isinstance(right, dict) and not left.keys() & right.keys()
