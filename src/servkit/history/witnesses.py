"""Witnesses: for each class a case with as little data as possible, answered by both books before it is shown."""

from __future__ import annotations

from datetime import date
from itertools import islice
from typing import TYPE_CHECKING, Any

from servkit.answer.case import Case, Customer
from servkit.answer.resolver import resolve
from servkit.book.literals import read, read_as
from servkit.book.problems import ServkitError, ValueProblem
from servkit.book.values import Value, list_value, write
from servkit.domains.representatives import representative
from servkit.domains.sample_values import value_in, written
from servkit.history.changes import Witness
from servkit.history.sides import ON_RECORD

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from servkit.answer.result import Answer
    from servkit.book.library import Library
    from servkit.book.settings import Attribute, Settings
    from servkit.domains.axis import Cell
    from servkit.history.effects import Effect, Part, Told
    from servkit.history.layout import Layout
    from servkit.history.sides import Viewpoint

_BUILT_IN = ("role", "channel", "office")
#: So many ways to a class are tried.
_MOST_TRIED = 40
#: So many cells that lead to the same are tried, and a point has so many digits at most.
_MOST_CELLS, _DIGITS = 4, 20

Shown = tuple[Witness, tuple["Told", "Told"], tuple[str | None, str | None]]


def find_witness(effect: Effect, viewpoints: tuple[Viewpoint, Viewpoint], day: int) -> Shown | None:
    """A case of a class, what both books answer, and where the answers come from; None where none could be shown."""
    before, after = (viewpoint.library for viewpoint in viewpoints)
    forced, own_day = viewpoints[1].forced, viewpoints[1].day or day  # the command says what holds after
    for known in _candidates(effect, after.settings, before.settings, day):
        witness = _witness(effect.part, known | dict(forced), before, after, own_day)
        answers = [answer_to(witness, viewpoint) for viewpoint in viewpoints]
        if None in answers:
            continue
        told = tuple(told_of(effect.part, answer) for answer in answers if answer is not None)
        if _shows(effect, (told[0], told[1])):
            places = tuple(place_of(effect.part, answer) for answer in answers if answer is not None)
            return witness, (told[0], told[1]), (places[0], places[1])
    return None


def _shows(effect: Effect, told: tuple[Told, Told]) -> bool:
    if not effect.exact:
        return not equal(*told)
    return equal(told[0], effect.before) and equal(told[1], effect.after)


def equal(one: Told, two: Told) -> bool:
    """Whether two told values are the same amount."""
    if isinstance(one, str) and isinstance(two, str):
        return one == two or read(one).key == read(two).key
    if isinstance(one, tuple) and isinstance(two, tuple):
        keys = [sorted(repr(read(text).key) for text in texts) for texts in (one, two)]
        return keys[0] == keys[1]
    return one == two


# --- cases ------------------------------------------------------------------------------------------------------------


def _candidates(effect: Effect, settings: Settings, other: Settings, day: int) -> Iterator[dict[str, Any]]:
    """What may be known in a case of the class: little at first, then a value for everything that is asked."""
    layout = effect.layout
    ways = list(_ways(layout, effect.fine))
    for rounded in (True, False):
        for way in ways:
            yield _known(layout, way, settings, day, rounded=rounded)
    for way in ways[:5]:
        full = {place: 0 for place, _ in enumerate(layout.variables)} | way
        yield _known(layout, full, settings, day, rounded=False)
        some = {name: values[0] for name, values in (("role", settings.roles), ("channel", settings.channels))
                if values and set(values) & set(getattr(other, f"{name}s"))}  # fmt: skip
        yield some | _known(layout, full, settings, day, rounded=False)


def _ways(layout: Layout, diagram: int) -> Iterator[dict[int, int]]:
    """Ways through a diagram to where it is true, a cell for each variable that is asked; short ones first."""
    d = layout.diagrams
    lengths: dict[int, int] = {d.true: 0, d.false: 1 << 30}

    def length(at: int) -> int:
        if at not in lengths:
            lengths[at] = 1 + min(length(child) for child in d.asked(at)[1])
        return lengths[at]

    def walk(at: int) -> Iterator[dict[int, int]]:
        if at == d.true:
            yield {}
            return
        place, children = d.asked(at)
        cells = [cell for cell, child in enumerate(children) if child != d.false]
        tried: dict[int, int] = {}
        for cell in sorted(cells, key=lambda cell: (length(children[cell]), _is_odd(layout, place, cell), cell)):
            tried[children[cell]] = tried.get(children[cell], 0) + 1
            if tried[children[cell]] <= _MOST_CELLS:
                for rest in walk(children[cell]):
                    yield {place: cell} | rest

    yield from islice(walk(diagram), _MOST_TRIED)


def _is_odd(layout: Layout, place: int, cell: int) -> int:
    """More for cells that are worse examples: perhaps nothing is in them, or an amount with more digits than a book
    takes."""
    axes = layout.variables[place].axes
    found = axes[1].cell(cell) if axes is not None else None
    if found is None or found.uncertain:
        return 2 * (found is not None)
    low = found.span.low if found.span is not None and found.span.is_point else None
    return int(low is not None and len(low.as_tuple().digits) > _DIGITS)


def _known(layout: Layout, way: dict[int, int], settings: Settings, day: int, *, rounded: bool) -> dict[str, Any]:
    """The values that a way through a diagram stands for, as texts (a list as a list)."""
    out: dict[str, Any] = {}
    missing = {variable.name.removeprefix(ON_RECORD) for place, variable in enumerate(layout.variables)
               if variable.name.startswith(ON_RECORD) and way.get(place) == 0}  # fmt: skip
    for place, cell in way.items():
        variable = layout.variables[place]
        name = variable.name.removeprefix(ON_RECORD)
        if name in missing:
            continue
        if name != variable.name:
            if name not in out:
                out[name] = _any_value(layout, name, settings, day)
        elif variable.item is not None:
            items = out.setdefault(name, [])
            if cell == 1:
                items.append(variable.item)
        elif variable.axes is not None:
            out[name] = _sample(variable.attribute, variable.axes[1].cell(cell), settings, day, rounded=rounded)
    return out


def _sample(variable: Attribute, cell: Cell, settings: Settings, day: int, *, rounded: bool) -> Any:
    if not rounded and cell.span is not None and variable.type in ("number", "money", "percent", "duration"):
        middle = representative(cell)
        exact = cell._replace(span=cell.span._replace(low=middle, high=middle, low_in=True, high_in=True))
        return written(value_in(variable, exact, day, settings.currency))
    return written(value_in(variable, cell, day, settings.currency))


def _any_value(layout: Layout, name: str, settings: Settings, day: int) -> Any:
    """Some value of a name of which it only matters that it is on record."""
    variable = next((one for one in layout.variables if one.name == name and one.axes is not None), None)
    if variable is not None and variable.axes is not None:
        return _sample(variable.attribute, variable.axes[1].cell(0), settings, day, rounded=True)
    kind = settings.variables[name].type if name in settings.variables else "text"
    of = settings.variables[name].of if name in settings.variables else ()
    samples = {"list": [], "flag": "yes", "number": "1", "percent": "1 %", "duration": "1 day", "time": "09:00",
               "date": date.fromordinal(day).isoformat(), "money": f"1 {settings.currency or 'USD'}"}  # fmt: skip
    return of[0] if of else samples.get(kind, "x")


def _witness(part: Part, known: dict[str, Any], before: Library, after: Library, day: int) -> Witness:
    given = {name: known.pop(name, None) for name in _BUILT_IN}
    names = before.settings.names | after.settings.names
    facts = {name: value for name, value in sorted(known.items()) if names[name].fact}
    attributes = {name: value for name, value in sorted(known.items()) if name not in facts}
    return Witness(
        attributes, facts, part.role or given["role"], given["channel"], given["office"],
        date.fromordinal(day).isoformat(), asked_about(part, before, after),
    )  # fmt: skip


def asked_about(part: Part, *libraries: Library) -> tuple[str, ...]:
    """What to ask about, so that the part is in the answer: its document, or everything."""
    id_ = part.id.partition(":")[2] or part.id.partition(".")[0]
    if part.what == "segment":
        return ()
    for library in libraries:
        entries = [entry for kind in library.settings.applicable for entry in library.versions(kind, id_)]
        if id_ in library.settings.areas and any(id_ not in entry.list("areas") for entry in entries):
            return ()
        if len({entry.kind for entry in entries}) > 1 or (not entries and id_ not in library.settings.areas):
            return ()
    return (id_,)


def answer_to(witness: Witness, viewpoint: Viewpoint) -> Answer | None:
    """What a book answers in the case of a witness; None where it cannot hold the case."""
    case = case_of(witness, viewpoint.library)
    if case is None:
        return None
    if viewpoint.day is not None:
        case = case._replace(on=date.fromordinal(viewpoint.day))
    try:
        forced = {name: viewpoint.forced.get(name, getattr(case, name)) for name in _BUILT_IN}
        case = case._replace(role=forced["role"], channel=forced["channel"], office=forced["office"])
        return resolve(viewpoint.answering, case)
    except (ServkitError, ValueProblem):
        return None


def case_of(witness: Witness, library: Library) -> Case | None:
    """The case of a witness as one book reads it; names that it does not declare are left out."""
    settings = library.settings
    values: dict[str, Value] = {}
    for name, text in {**witness.attributes, **witness.facts}.items():
        variable = settings.names.get(name)
        if variable is None:
            continue
        try:
            values[name] = (
                list_value(text) if isinstance(text, list)
                else read_as(variable.type, text, variable.of, settings.clocks, settings.currency)
            )  # fmt: skip
        except ValueProblem:
            return None
    facts = {name: value for name, value in values.items() if settings.names[name].fact}
    attributes = {name: value for name, value in values.items() if name not in facts}
    return Case(
        on=date.fromisoformat(witness.on),
        customer=Customer("-", "Somebody", attributes) if attributes else None,
        about=witness.about,
        given=facts,
        role=witness.role,
        channel=witness.channel,
        office=witness.office,
    )


# --- answers ----------------------------------------------------------------------------------------------------------


def told_of(part: Part, answer: Answer) -> Told:
    """What an answer says of a part."""
    if part.what == "segment":
        return _yes(any(entry.id == part.id for entry in answer.segments))
    if part.what == "document":
        kind, _, id_ = part.id.partition(":")
        return _yes(any(entry.id == id_ for entry in answer.documents.get(kind, ())))
    term = answer.terms.get(part.id)
    if part.part == "offered" or term is None:
        return _yes(term is not None)
    if part.part == "value":
        if term.state == "conflict":
            return tuple(sorted(write(value) for value, _ in term.between if isinstance(value, Value)))
        return write(term.value) if term.value is not None else "open"
    found = term.limit if part.part == "limit" else term.you_may
    return write(found) if found is not None else None


def _yes(there: bool) -> str:
    return "yes" if there else "no"


def place_of(part: Part, answer: Answer) -> str | None:
    """File and line of what an answer says of a part."""
    if part.what == "segment":
        entry = answer.trace.all_segments.get(part.id)
        return f"{entry.path}:{entry.line}" if entry is not None else None
    if part.what == "document":
        kind, _, id_ = part.id.partition(":")
        applying: Sequence[Any] = answer.documents.get(kind, ())
        left_out = (left.entry for left in answer.left_out if left.entry.kind == kind)
        entry = next((entry for entry in (*applying, *left_out) if entry.id == id_), None)
        return f"{entry.path}:{entry.line}" if entry is not None else None
    term = answer.terms.get(part.id)
    if term is None:
        return None
    if part.part == "value" and term.origin is not None:
        return f"{term.origin.file}:{term.origin.line}"
    return f"{term.owner.path}:{term.term.line}"
