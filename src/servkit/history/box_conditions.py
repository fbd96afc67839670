"""From cells to conditions as an author writes them (BOOK.md 5): where a class is, in the words of the language."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from servkit.book.conditions import Days, TextTest
from servkit.book.dates import FIRST, LAST, Relative
from servkit.book.values import Value, amount_value, write
from servkit.domains.masks import members
from servkit.history.conditions import all_of, any_of
from servkit.history.sides import ON_RECORD

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from servkit.domains.axis import Axis
    from servkit.domains.space import Box
    from servkit.history.conditions import When
    from servkit.history.layout import Layout, Variable


def condition_of(boxes: Sequence[Box], layout: Layout) -> When:
    """The condition that holds in exactly these boxes."""
    return any_of([all_of(_sides(box, layout)) for box in boxes])


# --- one name ---------------------------------------------------------------------------------------------------------


def _sides(box: Box, layout: Layout) -> Iterator[When]:
    """The sides of a box as conditions on a name each; the items of a list together."""
    items: dict[str, tuple[list[str], list[str]]] = {}
    for place, mask in sorted(box.items()):
        variable = layout.variables[place]
        if variable.item is not None:
            items.setdefault(variable.name, ([], []))[mask == 1].append(variable.item)
        elif variable.name.startswith(ON_RECORD):
            yield {variable.name.removeprefix(ON_RECORD): {"known": "yes" if mask == 2 else "no"}}
        else:
            yield _test(variable, mask, layout)
    for name, (there, absent) in items.items():
        test: When = {"has_all" if len(there) > 1 else "has": there if len(there) > 1 else there[0]} if there else {}
        if absent:
            test |= {"not_in": absent} if len(absent) > 1 else {"is_not": absent[0]}
        yield {name: test}


def _test(variable: Variable, mask: int, layout: Layout) -> When:
    assert variable.axes is not None
    axis, name = variable.axes[1], variable.name
    if axis.cell(0).days is not None:
        return _dates(name, axis, mask, _day_words(layout, variable))
    if axis.cell(0).span is not None:
        return _sizes(name, axis, mask, _size_words(variable))
    if axis.variable.type == "text" and not axis.variable.of:
        return _texts(name, axis, mask, variable)
    return _choices(name, [_word(axis.cell(cell).value) for cell in range(axis.size)], mask)


def _word(value: Any) -> str:
    return ("yes" if value else "no") if isinstance(value, bool) else str(value)


def _choices(name: str, values: Sequence[str], mask: int) -> When:
    there = [value for cell, value in enumerate(values) if mask >> cell & 1]
    absent = [value for cell, value in enumerate(values) if not mask >> cell & 1]
    if len(there) == 1:
        return {name: there[0]}
    if len(absent) == 1:
        return {name: {"is_not": absent[0]}}
    return {name: {"not_in": absent}} if len(absent) < len(there) else {name: there}


def _stretches(mask: int, size: int) -> list[tuple[int, int]]:
    """Runs of cells in a mask: the first and the last of each."""
    out: list[tuple[int, int]] = []
    for cell in members(mask & ((1 << size) - 1)):
        if out and out[-1][1] == cell - 1:
            out[-1] = (out[-1][0], cell)
        else:
            out.append((cell, cell))
    return out


# --- sizes ------------------------------------------------------------------------------------------------------------


def _size_words(variable: Variable) -> dict[tuple[str, Decimal], str]:
    """How the author wrote each size that the name is held against."""
    words: dict[tuple[str, Decimal], str] = {}
    for atom in variable.atoms:
        for arg in atom.args:
            if isinstance(arg, Value) and isinstance(arg.size, Decimal):
                words.setdefault((arg.family, arg.size), write(arg))
    return words


def _sizes(name: str, axis: Axis, mask: int, words: dict[tuple[str, Decimal], str]) -> When:
    options: list[When] = []
    points: list[str] = []
    gaps = _stretches(axis.full & ~mask, axis.size)
    if len(gaps) == 1 and gaps[0][0] == gaps[0][1]:
        span = axis.cell(gaps[0][0]).span
        if span is not None and span.is_point and span.low is not None:
            return {name: {"is_not": _size(axis, gaps[0][0], span.low, words)}}
    for first, last in _stretches(mask, axis.size):
        low, high = axis.cell(first).span, axis.cell(last).span
        assert low is not None
        assert high is not None
        if low.is_point and first == last and low.low is not None:
            points.append(_size(axis, first, low.low, words))
            continue
        test: When = {}
        if low.low is not None and not _is_least(axis, first):
            test["at_least" if low.low_in else "more_than"] = _size(axis, first, low.low, words)
        if high.high is not None and last != axis.size - 1:
            test["at_most" if high.high_in else "less_than"] = _size(axis, last, high.high, words)
        options.append({name: test} if test else {})
    if points:
        options.append({name: points[0] if len(points) == 1 else points})
    return any_of(options)


def _is_least(axis: Axis, cell: int) -> bool:
    """Whether a cell begins where values begin."""
    floor = axis.variable.floor
    span = axis.cell(cell).span
    if span is None or span.low is None or not span.low_in:
        return False
    least = floor.size if floor is not None else Decimal(0) if axis.variable.type in ("duration", "time") else None
    return least is not None and span.low == least


def _size(axis: Axis, cell: int, size: Decimal, words: dict[tuple[str, Decimal], str]) -> str:
    family = axis.cell(cell).family
    found = words.get((family, size))
    if found is not None:
        return found
    kind = axis.variable.type
    if kind == "time":
        return f"{int(size) // 60:02d}:{int(size) % 60:02d}"
    if kind == "duration":
        clock, _, scale = family.rpartition(" ")
        unit = {"months": "months", "seconds": "seconds", "hours": f"{clock} seconds", "days": f"{clock} days"}[scale]
        return write(amount_value("duration", size, unit))
    unit = family.partition(" ")[2] if kind in ("money", "number") else ""
    return write(amount_value(kind, size, unit))


# --- days -------------------------------------------------------------------------------------------------------------


def _day_words(layout: Layout, variable: Variable) -> dict[int, tuple[str, int]]:
    """For each day at which a cell begins: the day that the author wrote, and whether the cell begins on it (0) or on
    the day after (1)."""
    words: dict[int, tuple[str, int]] = {}
    for atom in variable.atoms:
        if not isinstance(atom, Days):
            continue
        for arg in atom.args:
            around = [arg]
            if isinstance(arg, Relative) and atom.op == "within":
                around.append(Relative(-arg.count, arg.unit))
            for one in around:
                day = one.ordinal(layout.day) if isinstance(one, Relative) else int(one.size)
                word = str(one) if isinstance(one, Relative) else date.fromordinal(day).isoformat()
                for after in (0, 1):
                    words.setdefault(day + after, (word, after))
    return words


def _dates(name: str, axis: Axis, mask: int, words: dict[int, tuple[str, int]]) -> When:
    options: list[When] = []
    for first, last in _stretches(mask, axis.size):
        begin, end = axis.cell(first).days, axis.cell(last).days
        assert begin is not None
        assert end is not None
        test: When = {}
        if begin[0] > FIRST:
            word, after = _edge(begin[0], words)
            test["after" if after else "on_or_after"] = word
        if end[1] < LAST:
            word, after = _edge(end[1] + 1, words)
            test["on_or_before" if after else "before"] = word
        same = test.get("on_or_after") == test.get("on_or_before") is not None
        options.append(
            {name: test["on_or_after"] if same and test["on_or_after"][4:5] == "-" else test} if test else {}
        )
    return any_of(options)


def _edge(day: int, words: dict[int, tuple[str, int]]) -> tuple[str, int]:
    """A fixed day as it is written, or a day counted from today."""
    return words.get(day) or (date.fromordinal(day).isoformat(), 0)


# --- texts ------------------------------------------------------------------------------------------------------------


def _texts(name: str, axis: Axis, mask: int, variable: Variable) -> When:
    """A set of texts: those that are named, and those that answer some tests alike."""
    tests = list({(atom.op, atom.args[0].size): atom for atom in variable.atoms if isinstance(atom, TextTest)}.values())
    asked = [axis.mask(test) for test in tests]
    named = {cell for cell in range(axis.size) if _is_named(axis, cell, variable)}
    inside = set(members(mask & axis.full))
    outside = set(range(axis.size)) - inside
    if not inside - named:
        return _listed(name, axis, sorted(inside), positive=True)
    if not outside - named:
        return _listed(name, axis, sorted(outside), positive=False)
    options: list[When] = []
    covered: set[int] = set()
    for cell in sorted(inside - named):
        if cell in covered:
            continue
        sides = {place: bool(asked[place] >> cell & 1) for place in range(len(tests))}
        for place in list(sides):
            fewer = {other: side for other, side in sides.items() if other != place}
            if not _matching(fewer, asked, axis) & (outside - named):
                sides = fewer
        there = _matching(sides, asked, axis)
        covered |= there & inside
        parts = [{name: {tests[place].op: tests[place].args[0].size}} for place, side in sides.items() if side]
        parts += [
            {"not": {name: {tests[place].op: tests[place].args[0].size}}} for place, side in sides.items() if not side
        ]
        if there & outside:
            parts.append(_listed(name, axis, sorted(there & outside), positive=False))
        options.append(all_of(parts))
    left = inside - covered
    if left:
        options.append(_listed(name, axis, sorted(left), positive=True))
    return any_of(options)


def _is_named(axis: Axis, cell: int, variable: Variable) -> bool:
    names = {arg.size for atom in variable.atoms if atom.op in ("is", "in", "is_not", "not_in") for arg in atom.args}
    return axis.cell(cell).value in names and not axis.cell(cell).uncertain and axis.find(_text(axis, cell)) == cell


def _text(axis: Axis, cell: int) -> Value:
    text = str(axis.cell(cell).value)
    return Value("text", text, "", "text", text)


def _listed(name: str, axis: Axis, cells: Sequence[int], *, positive: bool) -> When:
    texts = [str(axis.cell(cell).value) for cell in cells]
    if positive:
        return {name: texts[0] if len(texts) == 1 else texts}
    return {name: {"is_not": texts[0]} if len(texts) == 1 else {"not_in": texts}}


def _matching(sides: dict[int, bool], asked: Sequence[int], axis: Axis) -> set[int]:
    mask = axis.full
    for place, side in sides.items():
        mask &= asked[place] if side else ~asked[place]
    return set(members(mask & axis.full))
