"""All that an edit does: classes and their weight, and what is no class: texts, settings, renamed documents, questions,
promises and scenarios."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from servkit.answer.scope import select
from servkit.answer.signatures import partition_by
from servkit.book.conditions import InSegment
from servkit.book.library import Book
from servkit.book.problems import UnknownNameError
from servkit.bulk.groups import group_customers, names_of
from servkit.cache.compiled_book import CompiledBook
from servkit.history.comparison import Comparer, viewpoints
from servkit.history.differences import differing
from servkit.history.promises import promise_changes
from servkit.history.questions import QuestionCounter
from servkit.history.renames import find_renames, renamed_book
from servkit.history.scenario_changes import scenario_changes
from servkit.history.settings_changes import setting_changes
from servkit.history.texts import text_changes
from servkit.history.weighing import Scales, joint_settings

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence

    from servkit.answer.case import Customer, DueClock
    from servkit.book.conditions import Condition
    from servkit.book.entries import Entry
    from servkit.book.library import Library
    from servkit.book.problems import Problem
    from servkit.bulk.groups import Group
    from servkit.customers.directory import Directory
    from servkit.domains.partition import Partition
    from servkit.history.changes import Comparison
    from servkit.history.comparison import Request
    from servkit.history.differences import Versions
    from servkit.history.renames import Rename


class People(NamedTuple):
    """The customers of the right side: in groups of those who are alike in a partition, with a few ids each, and the
    names of some. And one customer by id on either side. ``problems`` are what is wrong with their sources, once they
    are read."""

    groups: Callable[[Partition, int], Iterable[Group]]
    names: Callable[[Collection[str]], Mapping[str, str | None]]
    find_before: Callable[[str], Customer | None]
    find_after: Callable[[str], Customer | None]
    problems: Sequence[Problem] = ()


def people_of(before: Directory, after: Directory, environment: Mapping[str, str]) -> People:
    """The customers of two sides."""
    problems: list[Problem] = []
    return People(
        lambda partition, few: group_customers(after, partition, few, environment, problems),
        lambda ids: names_of(after, ids),
        before.exact,
        after.exact,
        problems,
    )


def compare_fully(
    before: Library,
    after: Library,
    request: Request,
    people: People,
    clock: Callable[[Library], DueClock],
    *,
    count: bool = True,
    who: int = 3,
) -> Comparison:
    """What differs between two books. ``count`` says whether to count customers; ``who`` of a class are named."""
    versions = differing(before, after)
    renames: list[Rename] = []
    while found := find_renames(versions):  # one that is named by another comes to light after it
        renames += found
        before = renamed_book(before, _book(before).entries, found)
        versions = differing(before, after)
    versions, unread = _readable(versions, before, after)
    comparer = Comparer(*viewpoints(before, after, request), request, versions)
    comparer.left_out = frozenset(unread)
    comparison = comparer.compare()
    told = _asked_about(versions, before, after, request)
    counted = _Counted(comparer, comparison, people, who=who, count=count)
    return replace(
        comparison,
        changes=counted.changes,
        customers=counted.customers,
        renamed=tuple(renames),
        settings=tuple(setting_changes(before.settings, after.settings)) if not request.about else (),
        texts=tuple(text_changes(told, before.settings, after.settings)),
        questions=counted.questions,
        promises=tuple(promise_changes(before, after, told, comparer.units.terms, _with_promises(after), request.on)),
        scenarios=tuple(_scenarios(comparer, told, people, clock)) if versions or comparison.changes else (),
        problems=(
            *(f"{name} cannot be read on one side and is not compared" for name in unread),
            *(f"{problem.where}: {problem.message}" for problem in people.problems),
            *comparison.problems,
        ),
        unread=tuple(unread),
    )


class _Counted:
    """What depends on the customers: the weight of each class and the new questions. They are read once."""

    def __init__(self, comparer: Comparer, comparison: Comparison, people: People, *, who: int, count: bool) -> None:
        self.changes = comparison.changes
        self.customers: int | None = None
        counter = _question_counter(comparer)
        if count:
            settings = joint_settings(*(library.settings for library in comparer.libraries))
            whens = [change.when for change in comparison.changes]
            scales = Scales(whens, settings, comparer.request.window, who)
            conditions, whole = _telling_apart(comparer)
            groups = counter.groups(conditions, whole)
            right = comparer.libraries[1].settings
            day = comparer.request.on.toordinal()
            for group in people.groups(partition_by(right, day, [*conditions, *scales.conditions], whole), who):
                scales.put(group)
                groups.put(group.customer, group.size)
            counter.count(groups)
            weights = scales.weights(people.names)
            weighed = zip(comparison.changes, weights, strict=True)
            self.changes = tuple(replace(change, customers=weight) for change, weight in weighed)
            self.customers = scales.distinct
        self.questions = tuple(counter.questions())


def _readable(versions: Sequence[Versions], before: Library, after: Library) -> tuple[list[Versions], list[str]]:
    """Without the documents that only one of the books can read; and what they are called."""
    unread = sorted({*_unread(before, after), *_unread(after, before)})
    return [one for one in versions if f"{one.kind}:{one.id}" not in unread], unread


def _unread(library: Library, other: Library) -> Iterator[str]:
    """The documents of a book that the other one cannot read: they stand in a file with problems there."""
    paths = {problem.path for problem in other.problems}
    if isinstance(library, CompiledBook):
        entries: Iterable[Entry] = library.in_files(paths)
    else:
        entries = (entry for entry in _book(library).entries if entry.path in paths)
    return (entry.name for entry in entries if not other.versions(entry.kind, entry.id))


def _asked_about(versions: Sequence[Versions], before: Library, after: Library, request: Request) -> list[Versions]:
    """The documents of what was asked about."""
    if not request.about:
        return list(versions)
    named = _asked(request.about, (before, after), request)
    return [one for one in versions if one.id in named or f"{one.kind}:{one.id}" in named]


def _asked(about: Sequence[str], libraries: Sequence[Library], request: Request) -> set[str]:
    """What was asked about, and the documents that it brings in either book, as ``kind:id``."""
    named = set(about)
    for library in libraries:
        try:
            named |= {entry.name for entry in select(library, about, request.on.toordinal()).entries}
        except UnknownNameError:
            continue
    return named


def _is_asked(scenario: Entry, asked: set[str], comparer: Comparer) -> bool:
    """Whether a scenario asks about everything, or about anything of what was asked about."""
    about = scenario.prose.get("about")
    about = [about] if isinstance(about, str) else about
    return not about or not asked.isdisjoint(_asked(about, comparer.libraries, comparer.request))


# --- questions, promises, scenarios -----------------------------------------------------------------------------------


def _question_counter(comparer: Comparer) -> QuestionCounter:
    """Counts the unknowns that begin to matter."""
    units, request = comparer.units, comparer.request
    about = {id_ for _, id_ in units.documents} | {ref.partition(".")[0] for ref in units.terms}
    return QuestionCounter(*comparer.libraries, sorted(about), request.on, request.role)


def _telling_apart(comparer: Comparer) -> tuple[list[Condition], set[str]]:
    """What tells customers apart before everything that may differ: conditions, and names that are counted."""
    conditions = list(_with_segments(comparer.conditions, comparer.libraries))
    return conditions, {name for amount in comparer.amounts for name in amount.names()}


def _with_segments(conditions: Iterable[Condition], libraries: Sequence[Library]) -> Iterator[Condition]:
    """Conditions, and those of the segments that they ask for."""
    ids: set[str] = set()
    for condition in conditions:
        yield condition
        ids |= {item for atom in condition.atoms() if isinstance(atom, InSegment) for item in atom.items}
    for library in libraries:
        yield from (entry.when for entry in library.segments() if entry.when is not None and entry.id in ids)


def _with_promises(after: Library) -> list[Entry]:
    """The customers with a document in which something is promised."""
    if isinstance(after, CompiledBook):
        return after.promising()
    assert isinstance(after, Book)
    return [entry for entry in after.entries if entry.kind == "customer" and entry.overrides]


def _scenarios(
    comparer: Comparer, versions: Sequence[Versions], people: People, clock: Callable[[Library], DueClock]
) -> Iterator[object]:
    before, after = comparer.libraries
    entries = after.all("scenario") if isinstance(after, CompiledBook) else _book(after).entries
    scenarios = [entry for entry in entries if entry.kind == "scenario"]
    if comparer.request.about:
        asked = _asked(comparer.request.about, comparer.libraries, comparer.request)
        scenarios = [entry for entry in scenarios if _is_asked(entry, asked, comparer)]
    yield from scenario_changes(
        (before, after), scenarios, versions, _names(comparer), (people.find_before, people.find_after), clock
    )


def _names(comparer: Comparer) -> Collection[str]:
    """What may be different, as scenarios name it: ids, references, and the areas of documents."""
    units = comparer.units
    ids = {id_ for _, id_ in units.documents} | set(units.segments) | set(units.terms)
    areas = {area for library in comparer.libraries for kind, id_ in units.documents
             for entry in library.versions(kind, id_) for area in entry.list("areas")}  # fmt: skip
    return {f'"{name}' for name in (*ids, *areas)}


def _book(library: Library) -> Book:
    """A whole book in memory."""
    if isinstance(library, Book):
        return library
    assert isinstance(library, CompiledBook)
    return library.whole()
