"""The axis of free text: one cell for every combination of answers that some text gives.

Texts that a condition names (``is``) are cells of their own. For all others the texts of ``contains``, ``starts_with``
and ``ends_with`` run as automata side by side, over the characters that occur and one that does not. A pattern
(``matches``) counts as independent of everything else, so some of its cells may hold no text at all.
"""

from __future__ import annotations

from collections import deque
from typing import TYPE_CHECKING

from servkit.book.conditions import OneOf, TextTest
from servkit.book.values import text_value
from servkit.domains.axis import Axis, Cell
from servkit.domains.diagram import CAP, TooManyCombinationsError

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from servkit.book.conditions import Atom
    from servkit.book.settings import Attribute
    from servkit.book.values import Value

#: With more patterns on one name, or more states of all automata side by side, there are too many cells.
MAX_PATTERNS = 10
MAX_STATES = 5_000

#: A test of a text: the operator and what it looks for.
Test = tuple[str, str]
#: The text so far, if it may become a named one, and the states of all automata.
_State = tuple[str | None, tuple[int, ...]]


class TextAxis(Axis):
    """Free text. The answers to all tests, in their order, tell the cells of unnamed texts apart."""

    def __init__(self, variable: Attribute, atoms: Sequence[Atom], *, split: bool) -> None:
        tests = {(atom.op, atom.args[0].size): atom for atom in atoms if isinstance(atom, TextTest)}
        named = sorted({arg.size for atom in atoms if isinstance(atom, OneOf) for arg in atom.args})
        patterns = [test for test in tests if test[0] == "matches"]
        literals = [test for test in tests if test[0] != "matches"]
        if len(patterns) > MAX_PATTERNS or len(named) > CAP or _states(literals) > MAX_STATES:
            raise TooManyCombinationsError
        self._tests = [tests[test] for test in (*literals, *patterns)]
        self._places = {test: place for place, test in enumerate((*literals, *patterns))}
        self._named = {text: cell for cell, text in enumerate(named)}
        #: The answers of every cell; the cell of every combination of answers, for texts that are not named.
        self._answers = [self._ask(text_value(text)) for text in named]
        self._unnamed: dict[tuple[bool, ...], int] = {}
        cells = [Cell("text", value=text) for text in named]
        for text, answers in _feasible(literals, self._named):
            for bits in range(1 << len(patterns)):
                combination = (*answers, *(bool(bits >> place & 1) for place in range(len(patterns))))
                self._unnamed[combination] = len(cells)
                self._answers.append(combination)
                cells.append(Cell("text", value=text, uncertain=bool(patterns)))
        super().__init__(variable, cells, split=split)

    def _ask(self, value: Value) -> tuple[bool, ...]:
        return tuple([test.holds(value, 0) for test in self._tests])

    @property
    def named(self) -> tuple[str, ...]:
        """The texts that are cells of their own, which come first."""
        return tuple(self._named)

    def answers(self, cell: int) -> tuple[tuple[str, str, bool], ...]:
        """The answers that the texts of a cell give to all tests: operator, what it looks for, answer."""
        return tuple(
            (test.op, str(test.args[0].size), answer)
            for test, answer in zip(self._tests, self._answers[cell], strict=True)
        )

    def find(self, value: Value) -> int | None:
        cell = self._named.get(value.size)
        return self._unnamed.get(self._ask(value)) if cell is None else cell

    def _mask(self, atom: Atom) -> int:
        if isinstance(atom, OneOf):
            found = 0
            for arg in atom.args:
                found |= 1 << self._named[arg.size]
            return found if atom.positive else self.on_record & ~found
        place, found = self._places[atom.op, atom.args[0].size], 0
        for cell, answers in enumerate(self._answers):
            found |= answers[place] << cell
        return found


def _states(literals: Sequence[Test]) -> int:
    """How many states the automata of all literals have side by side, at most."""
    out = 1
    for _, text in literals:
        out *= len(text) + 2
        if out > MAX_STATES:
            break
    return out


def _feasible(literals: Sequence[Test], named: Collection[str]) -> list[tuple[str, tuple[bool, ...]]]:
    """The answers to all literals that unnamed texts give, each with such a text.

    The text itself is part of the state as long as it may become a named one. So a text that is not named is found even
    where a named one gives the same answers.
    """
    automata = [_Automaton(op, text) for op, text in literals]
    letters = {char for _, text in literals for char in text}
    used = letters.union(*named)
    stranger = next(char for char in map(chr, range(0x78, 0x10000)) if char not in used)
    prefixes = {text[:end] for text in named if letters.issuperset(text) for end in range(len(text) + 1)}
    alphabet = [*sorted(letters), stranger]
    start: _State = ("" if prefixes else None, (0,) * len(automata))
    queue, seen = deque([("", start)]), {start}
    found: dict[tuple[bool, ...], str] = {}
    while queue:
        text, (prefix, states) = queue.popleft()
        if prefix is None or prefix not in named:
            answers = tuple([automaton.accepts(state) for automaton, state in zip(automata, states, strict=True)])
            found.setdefault(answers, text)
        for letter in alphabet:
            longer = None if prefix is None or prefix + letter not in prefixes else prefix + letter
            steps = [automaton.step(state, letter) for automaton, state in zip(automata, states, strict=True)]
            following = (longer, tuple(steps))
            if following not in seen:
                seen.add(following)
                queue.append((text + letter, following))
    return [(text, answers) for answers, text in found.items()]


class _Automaton:
    """A literal as an automaton (Knuth, Morris and Pratt, 1977): the state is how much of it has just been read."""

    def __init__(self, op: str, text: str) -> None:
        self.op, self.text = op, text
        self.fail = [0] * (len(text) + 1)
        for place in range(1, len(text)):
            back = self.fail[place]
            while back and text[place] != text[back]:
                back = self.fail[back]
            self.fail[place + 1] = back + (text[place] == text[back])

    def step(self, state: int, letter: str) -> int:
        size = len(self.text)
        if self.op == "starts_with":
            return state if state in (size, -1) else state + 1 if self.text[state] == letter else -1
        if state == size:
            if self.op == "contains":
                return state
            state = self.fail[state]
        while state and (state == size or self.text[state] != letter):
            state = self.fail[state]
        return state + 1 if size and self.text[state] == letter else state

    def accepts(self, state: int) -> bool:
        return state == len(self.text)
