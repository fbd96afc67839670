"""Decision diagrams: the outcome of a question for every way of filling in the unknowns.

A reduced ordered multi-valued decision diagram (Srinivasan et al., 1990): a node asks one variable and has a child for
each cell of its domain; a node whose children are all the same does not exist; equal nodes are one. So the outcome
depends on a variable exactly if the variable is asked somewhere, and two questions are the same exactly if their
diagrams are.
"""

from __future__ import annotations

from itertools import repeat
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Iterator, Mapping, Sequence

#: Beyond this many combinations, three-valued logic answers instead (BOOK.md 9).
CAP = 100_000
#: So many children of nodes are looked at for one question. It keeps the time within bounds where nodes are wide.
MAX_STEPS = 20 * CAP


class TooManyCombinationsError(Exception):
    """More combinations than the cap; the caller falls back to three-valued logic and says so."""


class Diagrams:
    """A pool of diagrams over one order of variables. Diagrams are numbers: leaves below zero, nodes from zero up."""

    def __init__(self, cap: int = CAP) -> None:
        self.cap = cap
        self._steps = 0
        self._nodes: list[tuple[int, tuple[int, ...]]] = []
        self._index: dict[tuple[int, tuple[int, ...]], int] = {}
        self._leaves: list[Any] = []
        self._leaf_index: dict[Hashable, int] = {}
        self.false, self.true = self.leaf(False), self.leaf(True)

    def leaf(self, outcome: Hashable) -> int:
        """The diagram that always has this outcome."""
        key = (type(outcome), outcome)
        found = self._leaf_index.get(key)
        if found is None:
            found = self._leaf_index[key] = ~len(self._leaves)
            self._leaves.append(outcome)
        return found

    def outcome(self, diagram: int) -> Any:
        """The outcome of a leaf."""
        return self._leaves[~diagram]

    def node(self, variable: int, children: Sequence[int]) -> int:
        """The diagram that asks ``variable`` (its place in the order) and goes on with the child of its cell."""
        self._steps += len(children)
        if self._steps > MAX_STEPS:
            raise TooManyCombinationsError
        if children.count(children[0]) == len(children):
            return children[0]
        key = (variable, tuple(children))
        found = self._index.get(key)
        if found is None:
            if len(self._nodes) >= self.cap:
                raise TooManyCombinationsError
            found = self._index[key] = len(self._nodes)
            self._nodes.append(key)
        return found

    def combine(self, left: int, right: int, join: Callable[[Any, Any], Hashable]) -> int:
        """The outcome of ``join`` over the outcomes of both."""
        if left < 0 and right < 0:
            return self.leaf(join(self._leaves[~left], self._leaves[~right]))
        memo: dict[tuple[int, int], int] = {}

        def walk(a: int, b: int) -> int:
            found = memo.get((a, b))
            if found is None:
                if a < 0 and b < 0:
                    found = self.leaf(join(self._leaves[~a], self._leaves[~b]))
                else:
                    found = self._branch((a, b), walk)
                memo[a, b] = found
                self._spend(memo)
            return found

        return walk(left, right)

    def choose(self, condition: int, then: int, other: int) -> int:
        """``then`` where the condition is true, else ``other``."""
        if condition == self.true:
            return then
        if condition == self.false:
            return other
        memo: dict[tuple[int, int, int], int] = {}

        def walk(c: int, a: int, b: int) -> int:
            if c == self.true:
                return a
            if c == self.false:
                return b
            if a == b:
                return a
            found = memo.get((c, a, b))
            if found is None:
                found = memo[c, a, b] = self._branch((c, a, b), walk)
                self._spend(memo)
            return found

        return walk(condition, then, other)

    def map(self, diagram: int, change: Callable[[Any], Hashable]) -> int:
        """The outcome of ``change`` over every outcome."""
        if diagram < 0:
            return self.leaf(change(self._leaves[~diagram]))
        memo: dict[int, int] = {}

        def walk(at: int) -> int:
            found = memo.get(at)
            if found is None:
                if at < 0:
                    found = self.leaf(change(self._leaves[~at]))
                else:
                    variable, children = self._nodes[at]
                    found = self.node(variable, [walk(child) for child in children])
                memo[at] = found
            return found

        return walk(diagram)

    def map_to(self, diagram: int, change: Callable[[Any], int]) -> int:
        """The leaf that ``change`` gives for every outcome."""
        return self.map(diagram, lambda outcome: self._leaves[~change(outcome)])

    def rebuild(self, diagram: int, changes: Mapping[int, Callable[[list[int]], Sequence[int]]]) -> int:
        """The diagram in which the children of every node that asks one of some variables are other ones: ``changes``
        gets them as they are, what is below them being rebuilt already."""
        memo: dict[int, int] = {}

        def walk(at: int) -> int:
            found = memo.get(at)
            if found is None:
                if at < 0:
                    found = at
                else:
                    variable, children = self._nodes[at]
                    new = [walk(child) for child in children]
                    found = self.node(variable, changes[variable](new) if variable in changes else new)
                memo[at] = found
            return found

        return walk(diagram)

    def asked(self, diagram: int) -> tuple[int, tuple[int, ...]]:
        """The variable that a node asks, and its children."""
        return self._nodes[diagram]

    def fold(self, diagrams: Sequence[int], empty: int, join: Callable[[int, int], int]) -> int:
        """All of them joined, neighbours first, so that small ones meet small ones. ``join`` is associative."""
        left = list(diagrams)
        while len(left) > 1:
            left = [join(*left[at : at + 2]) if at + 1 < len(left) else left[at] for at in range(0, len(left), 2)]
        return left[0] if left else empty

    def _branch(self, parts: Sequence[int], walk: Callable[..., int]) -> int:
        """Split several diagrams on the first variable that any of them asks."""
        nodes = self._nodes
        top = min(nodes[part][0] for part in parts if part >= 0)
        downs = [nodes[part][1] if part >= 0 and nodes[part][0] == top else repeat(part) for part in parts]
        return self.node(top, [walk(*down) for down in zip(*downs, strict=False)])

    def _spend(self, memo: dict[Any, int]) -> None:
        if len(memo) > self.cap:
            raise TooManyCombinationsError

    def reach(self, diagram: int) -> Iterator[int]:
        """Every node and leaf below, each once."""
        seen, stack = {diagram}, [diagram]
        while stack:
            at = stack.pop()
            yield at
            if at >= 0:
                for child in self._nodes[at][1]:
                    if child not in seen:
                        seen.add(child)
                        stack.append(child)

    def variables(self, diagram: int) -> set[int]:
        """The variables that the outcome depends on."""
        return {self._nodes[at][0] for at in self.reach(diagram) if at >= 0}

    def outcomes(self, diagram: int) -> list[Any]:
        """Every outcome that some filling gives."""
        return [self._leaves[~at] for at in sorted(self.reach(diagram), reverse=True) if at < 0]
