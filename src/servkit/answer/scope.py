"""The scope of a question: the documents it covers (BOOK.md 6 and 9, *Answers*)."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from servkit.book.problems import Problem, UnknownNameError
from servkit.languages.catalogue import Message

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from servkit.book.entries import Entry
    from servkit.book.library import Library


class Scope(NamedTuple):
    """The documents asked about, and the areas for which the answer says whether they are covered."""

    entries: list[Entry]
    areas: list[str]
    #: The areas asked about, and those of the documents asked about; None where everything is asked.
    told: frozenset[str] | None = None

    def tells(self, segment: Entry) -> bool:
        """Whether a segment's `do` is told: where one of its areas is asked about, if it names any (BOOK.md 3)."""
        areas = segment.list("areas")
        is_asked = self.told is None or not areas or not self.told.isdisjoint(areas)
        return is_asked and bool(segment.logic.get("tells"))


class Version(NamedTuple):
    """The version of a document that is in force on a day (it *speaks*), or why none is."""

    entry: Entry
    speaks: bool
    because: Message = Message("in force")


def select(library: Library, about: Sequence[str], day: int) -> Scope:
    """The scope of what was asked. An area goes before an id of the same name; nothing asked means everything."""
    if not about:
        return Scope(list(library.everything()), list(library.settings.areas))
    found: dict[tuple[str, int], Entry] = {}

    def add(entries: Iterable[Entry]) -> None:
        for entry in entries:
            found.setdefault((entry.path, entry.line), entry)

    areas = [name for name in about if name in library.settings.areas]
    told = set(areas)
    for name in dict.fromkeys(about):
        if name in library.settings.areas:
            add(library.applicable(name))
        else:
            own = _versions(library, name)
            told.update(
                area for version in in_force(own, day)[0] if version.speaks for area in version.entry.list("areas")
            )
            add(_related(library, own))
    add(library.applicable(None))
    return Scope(list(found.values()), list(dict.fromkeys(areas)), frozenset(told))


def _versions(library: Library, id_: str) -> Sequence[Entry]:
    """The documents of an id: of the first kind that has it. Raises UnknownNameError where none does."""
    own = next((versions for kind in library.settings.applicable if (versions := library.versions(kind, id_))), ())
    if not own:
        raise UnknownNameError("area or document", id_)
    return own


def _related(library: Library, own: Sequence[Entry]) -> list[Entry]:
    """A document, the scripts and the recovery it names, and the procedures that carry it out: one step."""
    out = list(own)
    for entry in own:
        for script in entry.list("say"):
            out += library.versions("script", script)
        if recovery := entry.logic.get("recovery"):
            out += library.versions("recovery", recovery)
    if own[0].owns_terms:
        out += library.carrying_out(own[0].id)
    return out


def in_force(entries: Sequence[Entry], day: int) -> tuple[list[Version], list[Problem]]:
    """Of every id the version in force on a day. Two in force at once contradict each other: neither is used,
    and a problem says so."""
    groups: dict[tuple[str, str], list[Entry]] = {}
    for entry in entries:
        kind = "owner" if entry.owns_terms else entry.kind
        groups.setdefault((kind, entry.id), []).append(entry)
    out, problems = [], []
    for versions in groups.values():
        now = [entry for entry in versions if entry.in_force(day)]
        if len(now) == 1:
            out.append(Version(now[0], speaks=True))
        elif now:
            ordered = sorted(now, key=lambda entry: (entry.path, entry.line))
            places = " and ".join(f"{entry.path}:{entry.line}" for entry in ordered)
            message = f"{ordered[0].id!r} is the id of {places}; none of them is used until the others are renamed"
            problems.append(Problem("SK203", ordered[1].path, ordered[1].line, 1, message))
            out.append(Version(ordered[0], speaks=False, because=Message("two documents have this id")))
        else:
            out.append(_none_in_force(versions, day))
    return out, problems


def _none_in_force(versions: Sequence[Entry], day: int) -> Version:
    coming = [entry for entry in versions if entry.period[0] is not None and entry.period[0] > day]
    if coming:
        entry = min(coming, key=lambda found: (found.period[0] or 0, found.path, found.line))
        return Version(entry, speaks=False, because=_before(entry.period[0] or 1))
    entry = max(versions, key=lambda found: (found.period[1] or 0, found.path, found.line))
    return Version(entry, speaks=False, because=_since(entry.period[1] or 1))


def _before(day: int) -> Message:
    return Message("not in force before {day}", {"day": date.fromordinal(day)})


def _since(day: int) -> Message:
    return Message("no longer in force since {day}", {"day": date.fromordinal(day)})
