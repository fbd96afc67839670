"""What may fail in a script, as far as it can be told without a customer.

The desk fills a script for people whom its author never saw. A comparison or a filter that fails for some of them is
found here: every value has a set of kinds that it may be of, and each use is held against what it takes.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from servkit.scripts.filled_script import MATH_FILTERS, MAX_LOOPS
from servkit.scripts.filter_arguments import UNFIT_FOR_A_DATE, wrong_arguments
from servkit.scripts.value_kinds import (
    ANY,
    LISTS,
    MIXED,
    NOTHING,
    NUMBER,
    NUMBERS,
    TEXT,
    item_kinds,
    literal_kinds,
    part_kinds,
    result_kinds,
    why_unlike,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from servkit.scripts.value_kinds import Kinds

    #: The kind of a name from outside; None where nobody can tell, and nothing is found.
    Outer = Callable[[str], str | None]


class Failure(NamedTuple):
    """What may fail: where it stands in the text, and why."""

    start: int
    message: str


#: Filters whose arguments, from the first or the second on, are whole numbers.
_WHOLE = {"slice": 2, "truncate": 1, "truncatewords": 1, "round": 1}
_SIGNS = {"LtExpression": "<", "GtExpression": ">", "LeExpression": "<=", "GeExpression": ">="}


def failures(tree: Any, text: str, outer: Outer, named: frozenset[str]) -> list[Failure]:
    """What may fail in a script. ``named`` are the names that come from outside."""
    check = _Check(tree.env, text, outer, named)
    while True:  # a variable may take its kind from one that is set further down
        check.found.clear()
        before = dict(check.variables)
        check.walk(tree.nodes, 1)
        if before == check.variables:
            return list(dict.fromkeys(check.found))


class _Check:
    def __init__(self, env: Any, text: str, outer: Outer, named: frozenset[str]) -> None:
        self.env, self.text, self.outer, self.named = env, text, outer, named
        self.variables: dict[str, Kinds] = {"forloop": MIXED, "tablerowloop": MIXED}
        self.found: list[Failure] = []
        self.loops = 0

    def say(self, expression: Any, message: str) -> None:
        self.found.append(Failure(max(expression.token.start_index, 0), message))

    def _set(self, name: str, kinds: Kinds) -> None:
        self.variables[name] = self.variables.get(name, frozenset()) | kinds

    # --- tags -------------------------------------------------------------------------------------------------

    def walk(self, nodes: Any, rounds: int) -> None:
        """Follow the script; ``rounds`` is how often the loops around it run, as far as they say so."""
        for node in nodes:
            name, inner = type(node).__name__, rounds
            if name == "AssignNode":
                self._set(str(node.name), self.kinds(node.expression))
            elif name == "CaptureNode":
                self._set(str(node.name), TEXT)
            elif name in ("IncrementNode", "DecrementNode"):
                self._set(str(node.name), NUMBER)
            elif name in ("BreakNode", "ContinueNode"):
                if not self.loops:
                    word = "break" if name == "BreakNode" else "continue"
                    self.say(node, f"`{{% {word} %}}` belongs into a loop.")
            elif name in ("ForNode", "TablerowNode"):
                inner = self._loop(node.expression, rounds)
            else:
                for expression in node.expressions():
                    self.kinds(expression)
            if name == "ForNode":
                self.loops += 1
                self.walk([node.block], inner)
                self.loops -= 1
                self.walk([node.default] if node.default else [], rounds)
            else:
                self.walk(node.children(_static(self.env), include_partials=False), inner)

    def _loop(self, loop: Any, rounds: int) -> int:
        self._set(str(loop.identifier), item_kinds(self.kinds(loop.iterable)))
        for word, value in (("limit", loop.limit), ("offset", loop.offset), ("cols", loop.cols)):
            if value is None or (word == "offset" and str(getattr(value, "value", "")) == "continue"):
                continue
            if not self.kinds(value) <= {"number above 0", "*"}:
                self.say(value, f"`{word}` takes a whole number above 0, such as `{word}: 3`.")
        length = self._length(loop.iterable)
        if length is None:
            return rounds
        if rounds * length > self.env.loop_iteration_limit:
            self.say(loop.iterable, f"These loops go round {rounds * length:,} times, and {MAX_LOOPS:,} is the limit.")
        return rounds * max(length, 1)

    def _length(self, iterable: Any) -> int | None:
        if type(iterable).__name__ != "RangeLiteral":
            return None
        ends = [getattr(end, "value", None) for end in (iterable.start, iterable.stop)]
        first, last = ends
        return last - first + 1 if isinstance(first, int) and isinstance(last, int) and last >= first else 0

    # --- expressions ------------------------------------------------------------------------------------------

    def kinds(self, expression: Any) -> Kinds:
        """The kinds that a value may be of; what fails on the way is noted."""
        name = type(expression).__name__
        if name == "Path":
            for part in expression.children():
                self.kinds(part)
            return self._path(expression.path)
        if name == "FilteredExpression":
            kinds = self.kinds(expression.left)
            for each in expression.filters or ():
                kinds = self._filter(each, kinds, expression)
            return kinds
        if name == "RangeLiteral":
            return self._range(expression)
        if name in _SIGNS:
            self._comparison(_SIGNS[name], expression)
            return frozenset({"yes or no"})
        if name == "ContainsExpression":
            self._contains(expression)
            return frozenset({"yes or no"})
        if name in ("StringLiteral", "IntegerLiteral", "FloatLiteral"):
            return literal_kinds(expression.value)
        if name in ("TrueLiteral", "FalseLiteral"):
            return frozenset({"yes or no"})
        for part in expression.children():
            self.kinds(part)
        return {"Nil": NOTHING, "Empty": frozenset({"`empty`"}), "Blank": frozenset({"`blank`"})}.get(name, MIXED)

    def _path(self, path: list[Any]) -> Kinds:
        root, *rest = path
        if not isinstance(root, str) or not all(isinstance(part, (str, int)) for part in rest):
            return MIXED
        dotted = ".".join(map(str, path))
        kinds: Kinds = frozenset()
        if root in self.variables:
            kinds = part_kinds(self.variables[root], rest)
        if root not in self.variables or dotted in self.named:
            found = self.outer(dotted)
            if found is None:
                return ANY
            inner = self.outer(".".join(map(str, path[:-1]))) if len(path) > 1 and not found else None
            kinds |= part_kinds(frozenset({inner}), path[-1:]) if inner else frozenset({found or "text"})
        return kinds

    def _range(self, expression: Any) -> Kinds:
        for end in (expression.start, expression.stop):
            name = type(end).__name__
            self.kinds(end)
            if name != "IntegerLiteral" and not (name == "Path" and end.path[-1] == "size"):
                self.say(end, "A range takes whole numbers that are written out, such as `(1..5)`.")
            elif name == "IntegerLiteral" and abs(end.value) > MAX_LOOPS:
                self.say(end, f"A range ends at {MAX_LOOPS:,} at most.")
        return frozenset({"range"})

    def _comparison(self, sign: str, expression: Any) -> None:
        left, right = self.kinds(expression.left), self.kinds(expression.right)
        message = next((found for a in sorted(left) for b in sorted(right) if (found := why_unlike(sign, a, b))), None)
        if message is not None:
            self.say(expression.left, message)

    def _contains(self, expression: Any) -> None:
        left, right = self.kinds(expression.left), self.kinds(expression.right)
        wrong = sorted(left & (NUMBERS | MIXED | {"names", "`empty`", "`blank`"}))
        if wrong:
            self.say(expression.left, f"`contains` looks into a text or a list, not into a {wrong[0]}.")
        elif right & (LISTS | MIXED | {"names"}) and not left <= {"*"}:
            self.say(expression.right, f"`contains` looks for a text, not for a {min(right)}.")

    # --- filters ----------------------------------------------------------------------------------------------

    def _filter(self, each: Any, left: Kinds, expression: Any) -> Kinds:
        name: str = each.name
        args = [(arg.value, self.kinds(arg.value)) for arg in each.args]
        if name not in self.env.filters:
            return MIXED
        if (message := wrong_arguments(name, self.env.filters[name], each.args)) is not None:
            self.say(expression, message)
            return MIXED
        values = [left, *(kinds for _, kinds in args)]
        message = self._wrong(name, values, [value for value, _ in args])
        if message is not None:
            self.say(expression, message)
        return result_kinds(name, values)

    def _wrong(self, name: str, values: list[Kinds], args: list[Any]) -> str | None:
        if name in MATH_FILTERS:
            for kinds in values:
                wrong = sorted(kinds - NUMBERS - {"number in quotes", "nothing", "*"})
                if wrong:
                    return f"`{name}` takes plain numbers, not a {wrong[0]}."
            if name in ("divided_by", "modulo") and not values[1] <= {"number above 0", "*"}:
                value = getattr(args[0], "value", None)
                if isinstance(value, str) or not value:
                    return f"`{name}` can't take 0. Write a number, or a variable with `| at_least: 1`."
        if name == "date":
            wrong = sorted(values[0] - {"date", "date in quotes", "*"})
            if wrong:
                return f"`date` takes a date, not a {wrong[0]}."
            style = getattr(args[0], "value", None)
            if not isinstance(style, str) or UNFIT_FOR_A_DATE.search(style):
                return "`date` takes a form of figures and names, such as `date: '%d.%m.%Y'`."
        for kinds in values[1 : _WHOLE.get(name, 0) + 1]:
            wrong = sorted(kinds - NUMBERS - {"*"})
            if wrong:
                return f"`{name}` takes whole numbers, not a {wrong[0]}."
        return None


def _static(env: Any) -> Any:
    from liquid import RenderContext

    return RenderContext(env.from_string(""))
