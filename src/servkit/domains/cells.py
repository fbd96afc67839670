"""Cells: the ways an unknown can be filled in that some question tells apart.

A domain is cut by every constant that occurs: between two cuts all values answer alike, so one of them stands for all.
The domains are those of BOOK.md 9 (*Unknowns*).
"""

from __future__ import annotations

from collections import deque
from decimal import Decimal
from typing import TYPE_CHECKING, NamedTuple

from servkit.book.conditions import Atom, Bounds, Days, Incomparable, OneOf, TextTest
from servkit.book.dates import FIRST, LAST
from servkit.book.intervals import Span, point
from servkit.book.values import Value, choice_value, flag_value, text_value

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence

    from servkit.book.settings import Attribute

#: More states of text than this are not told apart exactly: more may then be asked than necessary.
MAX_TEXT_STATES = 5_000


class Cell(NamedTuple):
    """A set of values that answer alike. ``value`` is one of them; ``span`` their sizes, where they have an order;
    ``truths`` the answers of atoms that no single value could stand for."""

    value: Value
    span: Span | None = None
    truths: Mapping[tuple[str, str], bool] | None = None

    def holds(self, atom: Atom, today: int) -> bool:
        """Whether an atom is true in this cell; what does not compare is not."""
        if self.truths is not None and isinstance(atom, TextTest):
            return self.truths[atom.op, atom.args[0].size]
        try:
            return atom.holds(self.value, today)
        except Incomparable:
            return False


def cells_of(
    variable: Attribute, atoms: Sequence[Atom], cuts: Collection[tuple[str, Decimal]], today: int
) -> list[Cell]:
    """The cells of an unknown, cut by what the atoms ask and by further ``cuts`` (family and size)."""
    kind = variable.type
    if kind == "flag":
        return [Cell(flag_value(False)), Cell(flag_value(True))]
    if kind == "choice":
        return [Cell(choice_value(choice, variable.of)) for choice in variable.of]
    if kind == "date":
        return _day_cells(atoms, cuts, today)
    if kind == "text":
        if variable.of:
            return [Cell(text_value(text)) for text in variable.of]
        return _text_cells(atoms)
    return _size_cells(variable, atoms, cuts)


def _size_cells(variable: Attribute, atoms: Iterable[Atom], cuts: Collection[tuple[str, Decimal]]) -> list[Cell]:
    sizes: dict[str, set[Decimal]] = {}
    for family, size in cuts:
        sizes.setdefault(family, set()).add(size)
    for atom in atoms:
        if isinstance(atom, (OneOf, Bounds)):
            for arg in atom.args:
                sizes.setdefault(arg.family, set()).add(arg.size)
    floor = variable.floor
    out = []
    for family in sorted(sizes) or [floor.family if floor else "number"]:
        least = floor.size if floor is not None and floor.family == family else None
        if variable.type == "duration":
            least = max(least or Decimal(0), Decimal(0))
        spans = _spans(sorted(sizes.get(family, ())), least)
        out += [Cell(Value(variable.type, _inside(span), "", family, _inside(span)), span) for span in spans]
    return out


def _spans(cuts: list[Decimal], least: Decimal | None) -> list[Span]:
    """Points and the open intervals between them, from ``least`` up."""
    if least is not None:
        cuts = [least, *(cut for cut in cuts if cut > least)]
    out = [] if least is not None else [Span(None, False, cuts[0] if cuts else None, False)]
    for index, cut in enumerate(cuts):
        out.append(point(cut))
        out.append(Span(cut, False, cuts[index + 1] if index + 1 < len(cuts) else None, False))
    return out


def _inside(span: Span) -> Decimal:
    if span.low is None:
        return Decimal(0) if span.high is None else span.high - 1
    if span.high is None:
        return span.low + 1
    return span.low if span.is_point else (span.low + span.high) / 2


def _day_cells(atoms: Iterable[Atom], cuts: Collection[tuple[str, Decimal]], today: int) -> list[Cell]:
    """Days are whole: the cells are the runs of days between the firsts and lasts that occur."""
    starts = {int(size) for _, size in cuts}
    for atom in atoms:
        if isinstance(atom, Days):
            for first, last in atom.spans(today):
                starts |= {first, last + 1}
    firsts = sorted({FIRST, *(day for day in starts if FIRST < day <= LAST)})
    return [Cell(Value("date", first, "", "date", first), point(Decimal(first))) for first in firsts]


def _text_cells(atoms: Iterable[Atom]) -> list[Cell]:
    """Every combination of answers that some text gives, each with such a text.

    Texts that are named (``is``) are tried as they are. For all others the literals of contains, starts_with and
    ends_with run as automata side by side over the characters that occur and one that does not; a pattern is taken to
    be free, so that with patterns more may be asked than necessary, never less.
    """
    tests = {(atom.op, atom.args[0].size): atom for atom in atoms if isinstance(atom, TextTest)}
    named = {arg.size for atom in atoms if isinstance(atom, OneOf) for arg in atom.args}
    out = [_text_cell(text, tests) for text in sorted(named)]
    patterns = [key for key in tests if key[0] == "matches"]
    literals = [key for key in tests if key[0] != "matches"]
    for text, found in _feasible(literals, named):
        for bits in range(1 << min(len(patterns), 10)):
            truths = found | {key: bool(bits >> place & 1) for place, key in enumerate(patterns)}
            out.append(Cell(Value("text", text, "", "text", text), None, truths))
    return out


def _text_cell(text: str, tests: Mapping[tuple[str, str], TextTest]) -> Cell:
    value = text_value(text)
    return Cell(value, None, {key: test.holds(value, 0) for key, test in tests.items()})


def _feasible(
    literals: Sequence[tuple[str, str]], named: Collection[str]
) -> list[tuple[str, dict[tuple[str, str], bool]]]:
    """The answers to all literals that texts other than the named ones give, each with a witness."""
    machines = [_Literal(op, text) for op, text in literals]
    other = next(chr(code) for code in range(0x78, 0x10000) if all(chr(code) not in text for _, text in literals))
    letters = [*sorted({char for _, text in literals for char in text}), other]
    start = tuple(machine.start for machine in machines)
    queue, seen = deque([("", start)]), {start}
    found: dict[tuple[bool, ...], str] = {}
    while queue:
        text, states = queue.popleft()
        answers = tuple(machine.accepts(state) for machine, state in zip(machines, states, strict=True))
        if answers not in found:
            witness = _unnamed(text, answers, machines, named, other)
            if witness is not None:
                found[answers] = witness
        for letter in letters:
            following = tuple(machine.step(state, letter) for machine, state in zip(machines, states, strict=True))
            if following not in seen and len(seen) < MAX_TEXT_STATES:
                seen.add(following)
                queue.append((text + letter, following))
    return [(text, dict(zip(literals, answers, strict=True))) for answers, text in found.items()]


def _unnamed(
    text: str, answers: tuple[bool, ...], machines: Sequence[_Literal], named: Collection[str], other: str
) -> str | None:
    """A text with these answers that is not one of the named; a stranger is put in where that changes nothing."""
    candidates = [text, *(text[:place] + other * times + text[place:] for times in (1, len(named) + 1)
                          for place in range(len(text) + 1))]  # fmt: skip
    for candidate in candidates:
        if candidate not in named and tuple(machine.run(candidate) for machine in machines) == answers:
            return candidate
    return None


class _Literal:
    """A literal as an automaton (Knuth, Morris and Pratt, 1977): the state is how much of it has just been read."""

    def __init__(self, op: str, text: str) -> None:
        self.op, self.text = op, text
        self.start = 0
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

    def run(self, text: str) -> bool:
        if self.op == "contains":
            return self.text in text
        return text.startswith(self.text) if self.op == "starts_with" else text.endswith(self.text)
