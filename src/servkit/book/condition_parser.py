"""From the YAML of a ``when`` to a condition: names, operators and values checked against the book's settings."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from servkit.book.comparisons import alternatives, comparison, items
from servkit.book.condition_atoms import atom_class, make_atom
from servkit.book.conditions import All, AnyOf, Atom, Condition, Not
from servkit.book.dates import Relative, relative, span
from servkit.book.literals import read_as
from servkit.book.problems import ValueProblem
from servkit.book.regex import searcher
from servkit.book.values import flag_value
from servkit.nearest import did_you_mean
from servkit.text import quoted

if TYPE_CHECKING:
    from collections.abc import Sequence

    from servkit.book.context import DocumentContext
    from servkit.book.settings import Attribute
    from servkit.book.source import PartPath
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
    **dict.fromkeys(("number", "money", "percent", "duration", "time"), (*_EQUAL, *_ORDER, "known")),
}
#: Four years of days, more than enough to tell which of two days counted from today is always the later.
_ANY_DAY = range(730_000, 731_461, 9)
_ONE_EQUAL = ("is", "is_not", "has", "in", "not_in", "has_any", "has_all")
_SEVERAL = ("in", "not_in", "has_any", "has_all", "between", "has", "is", "is_not")


def read_condition(
    data: Any, context: DocumentContext, where: PartPath, *, in_segment: bool = False
) -> Condition | None:
    """The condition, or None with a problem at its place. ``segment`` may not be asked inside a segment."""
    return _ConditionReader(context, in_segment=in_segment).condition(data, where)


class _ConditionReader:
    def __init__(self, context: DocumentContext, *, in_segment: bool) -> None:
        self.context, self.in_segment = context, in_segment

    def condition(self, data: Any, where: PartPath) -> Condition | None:
        if not isinstance(data, dict) or not data:
            message = "A condition maps names to what they have to be: `when: {plan: commercial}`."
            self.context.error("SK310", message, where)
            return None
        parts = [self.entry(name, test, (*where, name)) for name, test in data.items()]
        sound = [part for part in parts if part is not None]
        if len(sound) < len(parts):
            return None
        return sound[0] if len(sound) == 1 else All(sound)

    def entry(self, name: str, test: Any, where: PartPath) -> Condition | None:
        """One entry of a condition: a name and its test, or ``any``, ``all`` or ``not``."""
        if name == "not":
            inner = self.condition(test, where)
            return None if inner is None else Not(inner)
        if name in ("all", "any"):
            return self.several(name, test, where)
        variable = self.context.settings.variables.get(name)
        if variable is None:
            rest = did_you_mean(name, self.context.settings.variables) or "Declare it in servkit.yaml."
            self.context.error("SK202", f"This book has no attribute or fact {quoted(name)}. {rest}", where, key=True)
            return None
        if name == "segment" and self.in_segment:
            message = "A segment's `when` can't ask for other segments. Ask for the attributes that they ask for."
            self.context.error("SK401", message, where, key=True)
            return None
        if not isinstance(test, dict):
            return self.equal(variable, test, where)
        if not test:
            self.context.error("SK310", f"{quoted(name)} needs a test, such as `{{at_least: 12}}`.", where)
            return None
        sound = [
            found for op, arg in test.items() if (found := self.operator(variable, op, arg, (*where, op))) is not None
        ]
        if len(sound) < len(test):
            return None
        return sound[0] if len(sound) == 1 else All(sound)

    def several(self, name: str, data: Any, where: PartPath) -> Condition | None:
        """What stands under ``any`` or ``all``: a list of conditions, or one."""
        items = data if isinstance(data, list) else [data]
        if not items:
            self.context.error("SK310", f"`{name}` needs a list of conditions, and this one is empty.", where)
            return None
        parts = [self.condition(item, (*where, index)) for index, item in enumerate(items)]
        sound = [part for part in parts if part is not None]
        if len(sound) < len(parts):
            return None
        return All(sound) if name == "all" else AnyOf(sound)

    def equal(self, variable: Attribute, test: Any, where: PartPath) -> Atom | None:
        """``plan: commercial`` and ``region: [north, west]``; on a list, has (any of)."""
        several = isinstance(test, list)
        op = ("has_any" if several else "has") if variable.type == "list" else "in" if several else "is"
        return self.atom(variable, op, test, where)

    def operator(self, variable: Attribute, op: str, arg: Any, where: PartPath) -> Atom | None:
        allowed = OPERATORS[variable.type]
        if op not in allowed:
            what = "segment" if variable.name == "segment" else f"{variable.name}, which is a {variable.type}"
            message = f"{quoted(op)} can't be asked of {what}. Use one of {', '.join(allowed)}."
            self.context.error("SK311", message, where, key=True)
            return None
        if op == "known":
            if arg not in ("yes", "no", "true", "false"):
                self.context.error("SK301", "`known` takes `yes` or `no`.", where)
                return None
            value = flag_value(arg in ("yes", "true"))
            return atom_class(op, variable.name, variable.type)(op, variable.name, (value,))
        return self.atom(variable, op, arg, where)

    def atom(self, variable: Attribute, op: str, arg: Any, where: PartPath) -> Atom | None:
        several = isinstance(arg, list)
        items = arg if isinstance(arg, list) else [arg]
        if not items:
            self.context.error("SK310", "This list is empty, so nothing can be in it. Write at least one value.", where)
            return None
        if several and op not in _SEVERAL:
            self.context.error("SK310", f"`{op}` takes one value, not a list.", where)
            return None
        if op == "between" and len(items) != 2:
            self.context.error("SK310", "`between` takes two values: `between: [least, most]`.", where)
            return None
        args = [self.argument(variable, op, item, (*where, index) if several else where)
                for index, item in enumerate(items)]  # fmt: skip
        found = tuple(found for found in args if found is not None)
        if variable.name == "role" and op in _ORDER:
            found = self.by_authority(op, found)
        if len(found) < len(args) or not self.comparable(op, found, where):
            return None
        return make_atom(atom_class(op, variable.name, variable.type).__name__, op, variable.name, found)

    def by_authority(self, op: str, roles: tuple[Any, ...]) -> tuple[Value, ...]:
        """Roles as ends of their group: in the order, the first or the last of those of equal authority stands for all.
        Names stay as they are."""
        settings = self.context.settings
        out: list[Value] = []
        for place, role in enumerate(roles):
            group = settings.role_groups[settings.authority[role.amount]]
            is_first = op in ("at_least", "less_than") or (op == "between" and place == 0)
            out.append(role._replace(size=settings.roles.index(group[0 if is_first else -1])))
        return tuple(out)

    def argument(self, variable: Attribute, op: str, data: Any, where: PartPath) -> Value | Relative | None:
        context = self.context
        if isinstance(data, str) and op in _ONE_EQUAL and (slip := self.slip(variable, data, where)):
            context.error("SK301", slip, where)
            return None
        if variable.type == "list":
            return context.text(data, where)
        if variable.type == "date" and isinstance(data, str):
            if op == "within":
                if (length := span(data)) is None:
                    context.error(
                        "SK301",
                        f"{quoted(str(data))} is not a length of time in whole days or months, such as `90 days`.",
                        where,
                    )
                return length
            if (counted := relative(data)) is not None:
                return counted
            if data.endswith((" ago", " ahead")):
                context.error(
                    "SK301",
                    f"{quoted(data)} is not a whole number of days, weeks, months or years, such as `2 years ago`.",
                    where,
                )
                return None
        value = context.value(data, where, variable.type, variable.of)
        if value is not None and variable.name == "channel" and variable.of and op in _EQUAL:
            return value if context.is_declared("channels", str(data), where) else None
        if value is not None and op == "matches":
            try:
                searcher(value.size)
            except ValueProblem as bad:
                context.error("SK301", str(bad), where)
                return None
        return value

    def slip(self, variable: Attribute, text: str, where: PartPath) -> str | None:
        """What to write instead of a comparison, or of several values, in one text. Of what may be meant as one value
        it warns only."""
        if variable.type in ("text", "list"):
            parts = items(text) if variable.type == "list" else alternatives(text)
            if parts:
                message = f"{quoted(text)} is one value. If several are meant, write {quoted(_list(parts))}."
                self.context.warn("SK320", message, where)
            return None
        if text in variable.of:
            return None
        parts, key = items(text), f"{variable.name}: "
        if parts and all(self._reads(variable, part) for part in parts):
            return f"{quoted(text)} is more than one value. Write {quoted(key + _list(parts))}."
        form = comparison(text, variable.type)
        return f"A comparison is written in words. Write {quoted(key + form)}." if form else None

    def _reads(self, variable: Attribute, text: str) -> bool:
        """Whether a text is a value of an attribute or fact."""
        try:
            read_as(variable.type, text, variable.of, self.context.settings.vocabulary)
        except ValueProblem:
            return False
        return True

    def comparable(self, op: str, args: tuple[Value | Relative, ...], where: PartPath) -> bool:
        values = [arg for arg in args if not isinstance(arg, Relative)]
        if op == "between" and not values and _always_later(*args):
            self.context.error("SK312", "`between` is upside down. Write the earlier day first.", where)
            return False
        if len({value.family for value in values}) > 1:
            other = next(value for value in values if value.family != values[0].family)
            message = f"{values[0]} and {other} can't be compared with each other. Use the same unit for both."
            self.context.error("SK302", message, (*where, args.index(other)))
            return False
        if op == "between" and len(values) == 2 and values[0].size > values[1].size:
            self.context.error("SK312", "`between` is upside down. Write the smaller value first.", where)
            return False
        return True


def _list(parts: Sequence[str]) -> str:
    return f"[{', '.join(parts)}]"


def _always_later(first: Value | Relative, second: Value | Relative) -> bool:
    if not isinstance(first, Relative) or not isinstance(second, Relative):
        return False
    return all(first.ordinal(today) > second.ordinal(today) for today in _ANY_DAY)
