"""From the YAML of a ``when`` to a condition: names, operators and values checked against the book's settings."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from servkit.book.conditions import All, AnyOf, Atom, Condition, Not, atom_class
from servkit.book.context import near
from servkit.book.dates import Relative, relative, span
from servkit.book.kept import LONGEST
from servkit.book.pattern import searcher
from servkit.book.problems import ValueProblem
from servkit.book.values import flag_value

if TYPE_CHECKING:
    from servkit.book.context import Reading, Where
    from servkit.book.settings import Attribute
    from servkit.book.values import Value

_EQUAL = ("is", "is_not", "in", "not_in")
_ORDER = ("at_least", "at_most", "more_than", "less_than", "between")
_DATE = ("before", "after", "on_or_before", "on_or_after", "between", "within")
_TEXT = ("contains", "starts_with", "ends_with", "matches")
_LIST = ("has", "has_any", "has_all", "is_not", "not_in")
OPERATORS: dict[str, tuple[str, ...]] = {
    "text": (*_EQUAL, *_TEXT, "known"),
    "flag": (*_EQUAL, "known"),
    "choice": (*_EQUAL, *_ORDER, "known"),
    "date": (*_EQUAL, *_DATE, "known"),
    "list": (*_LIST, "known"),
    **dict.fromkeys(("number", "money", "percent", "duration"), (*_EQUAL, *_ORDER, "known")),
}
#: Four years of days, more than enough to tell which of two days counted from today is always the later.
_ANY_DAY = range(730_000, 731_461, 9)
_SEVERAL = ("in", "not_in", "has_any", "has_all", "between", "has", "is", "is_not")


def read_condition(data: Any, reading: Reading, where: Where, *, in_segment: bool = False) -> Condition | None:
    """The condition, or None with a problem at its place. ``segment`` may not be asked inside a segment."""
    found = _Reader(reading, in_segment=in_segment).condition(data, where)
    return found.apart() if isinstance(found, Atom) else found


class _Reader:
    __slots__ = ("in_segment", "reading", "tests")

    def __init__(self, reading: Reading, *, in_segment: bool) -> None:
        self.reading, self.in_segment = reading, in_segment
        self.tests = reading.settings.tests

    def condition(self, data: Any, where: Where) -> Condition | None:
        if not isinstance(data, dict) or not data:
            self.reading.note("SK310", "a condition is a mapping of names to what they have to be", where)
            return None
        found: list[Condition] = []
        for name, wanted in data.items():
            part: Condition | None = self.kept(name, wanted)
            if part is None:
                told = len(self.reading.problems)
                part = self.entry(name, wanted, (*where, name))
                if isinstance(part, Atom) and len(self.reading.problems) == told:
                    self.keep(name, wanted, part)
            if part is not None:
                found.append(part)
        if len(found) < len(data):
            return None
        return found[0] if len(found) == 1 else All(found)

    def entry(self, name: str, wanted: Any, where: Where) -> Condition | None:
        if name == "not":
            inner = self.condition(wanted, where)
            return None if inner is None else Not(inner)
        if name in ("all", "any"):
            items = wanted if isinstance(wanted, list) else [wanted]
            if not items:
                self.reading.note("SK310", f"`{name}` takes a list of conditions, and this one is empty", where)
                return None
            parts = [self.condition(item, (*where, index)) for index, item in enumerate(items)]
            found = tuple(part for part in parts if part is not None)
            return None if len(found) < len(parts) else All(found) if name == "all" else AnyOf(found)
        variable = self.reading.settings.variables.get(name)
        if variable is None:
            mending = near(name, self.reading.settings.variables) or "; declare it in servkit.yaml"
            self.reading.note("SK202", f"no attribute or fact {name!r}{mending}", where, key=True)
            return None
        if name == "segment" and self.in_segment:
            self.reading.note("SK401", "a segment's condition may not ask for segments", where, key=True)
            return None
        if not isinstance(wanted, dict):
            return self.equal(variable, wanted, where)
        if not wanted:
            self.reading.note("SK310", "an operator is wanted here, such as at_least", where)
            return None
        sound = [
            test for op, arg in wanted.items() if (test := self.operator(variable, op, arg, (*where, op))) is not None
        ]
        if len(sound) < len(wanted):
            return None
        return sound[0] if len(sound) == 1 else All(sound)

    def kept(self, name: str, wanted: Any) -> Atom | None:
        """The atom that the same came to before; None where it was not asked yet, or is told about each time."""
        if type(wanted) is str:
            return self.tests.get((name, None, wanted))
        try:
            return self.tests.get(_key(name, wanted))
        except TypeError:  # something in it is a mapping or a list, which no atom asks for
            return None

    def keep(self, name: str, wanted: Any, found: Atom) -> None:
        """Keep an atom for whoever asks the same. ``segment`` may not be asked everywhere, so that is looked at each
        time; as is what is hardly asked twice."""
        key = _key(name, wanted)
        items = key[2] if isinstance(key[2], tuple) else (key[2],)
        if name != "segment" and len(items) <= LONGEST and all(len(item) <= LONGEST for item in items):
            self.tests.keep(key, found)

    def equal(self, variable: Attribute, wanted: Any, where: Where) -> Atom | None:
        """``plan: commercial`` and ``region: [north, west]``; on a list, has (any of)."""
        several = isinstance(wanted, list)
        op = ("has_any" if several else "has") if variable.type == "list" else "in" if several else "is"
        return self.atom(variable, op, wanted, where)

    def operator(self, variable: Attribute, op: str, arg: Any, where: Where) -> Atom | None:
        allowed = OPERATORS[variable.type]
        if op not in allowed:
            kinds = "segment" if variable.name == "segment" else f"{variable.name}, a {variable.type}"
            message = f"{op!r} is not asked of {kinds}; use one of {', '.join(allowed)}"
            self.reading.note("SK311", message, where, key=True)
            return None
        if op == "known":
            if arg not in ("yes", "no", "true", "false"):
                self.reading.note("SK301", "`known` takes yes or no", where)
                return None
            value = flag_value(arg in ("yes", "true"))
            return atom_class(op, variable.name, variable.type)(op, variable.name, (value,))
        return self.atom(variable, op, arg, where)

    def atom(self, variable: Attribute, op: str, arg: Any, where: Where) -> Atom | None:
        several = isinstance(arg, list)
        items = arg if isinstance(arg, list) else [arg]
        if not items:
            self.reading.note("SK310", "this list is empty; nothing could ever be in it", where)
            return None
        if several and op not in _SEVERAL:
            self.reading.note("SK310", f"`{op}` takes one value", where)
            return None
        if op == "between" and len(items) != 2:
            self.reading.note("SK310", "`between` takes two values: [least, most]", where)
            return None
        args = [self.argument(variable, op, item, (*where, index) if several else where)
                for index, item in enumerate(items)]  # fmt: skip
        found = tuple(found for found in args if found is not None)
        if len(found) < len(args) or not self.comparable(op, found, where):
            return None
        return atom_class(op, variable.name, variable.type)(op, variable.name, found)

    def argument(self, variable: Attribute, op: str, data: Any, where: Where) -> Value | Relative | None:
        reading = self.reading
        if variable.type == "list":
            return reading.text(data, where)
        if variable.type == "date" and isinstance(data, str):
            if op == "within":
                if (length := span(data)) is None:
                    reading.note("SK301", f"{data!r} is not a number of whole days, weeks, months or years", where)
                return length
            if (counted := relative(data)) is not None:
                return counted
            if data.endswith((" ago", " ahead")):
                reading.note("SK301", f"{data!r} is not a whole number of days, weeks, months or years", where)
                return None
        value = reading.of_variable(data, variable, where)
        if value is not None and variable.name == "channel" and variable.of and op in _EQUAL:
            return value if reading.declared("channels", str(data), where) else None
        if value is not None and op == "matches":
            try:
                searcher(value.size)
            except ValueProblem as bad:
                reading.note("SK301", str(bad), where)
                return None
        return value

    def comparable(self, op: str, args: tuple[Value | Relative, ...], where: Where) -> bool:
        values = [arg for arg in args if not isinstance(arg, Relative)]
        if op == "between" and not values and _always_later(*args):
            self.reading.note("SK312", "`between` is upside down: the earlier day comes first", where)
            return False
        if len({value.family for value in values}) > 1:
            other = next(value for value in values if value.family != values[0].family)
            message = f"{values[0]} and {other} do not compare with each other; use one unit"
            self.reading.note("SK302", message, (*where, args.index(other)))
            return False
        if op == "between" and len(values) == 2 and values[0].size > values[1].size:
            self.reading.note("SK312", "`between` is upside down: the least comes first", where)
            return False
        return True


def _key(name: str, wanted: Any) -> tuple[str, str | None, Any]:
    """What an atom is kept by: the name, the operator where one is written, and what is wanted of it."""
    op = None
    if isinstance(wanted, dict) and len(wanted) == 1:
        ((op, wanted),) = wanted.items()
    return name, op, tuple(wanted) if isinstance(wanted, list) else wanted


def _always_later(first: Value | Relative, second: Value | Relative) -> bool:
    if not isinstance(first, Relative) or not isinstance(second, Relative):
        return False
    return all(first.ordinal(today) > second.ordinal(today) for today in _ANY_DAY)
