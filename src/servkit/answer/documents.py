"""Which documents apply, certainly or perhaps, and why the others do not (BOOK.md 3 and 9)."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from servkit.answer.condition_reasons import Reasons, because
from servkit.answer.result import LeftOut
from servkit.answer.scope import in_force
from servkit.book.conditions import All, Condition, InSegment
from servkit.book.settings import LEVELS
from servkit.book.values import text_value
from servkit.languages.catalogue import Either, Message, Names

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from servkit.answer.case import Case
    from servkit.answer.case_context import CaseContext
    from servkit.answer.resolution import Resolution
    from servkit.answer.result import Because
    from servkit.book.entries import Entry


class Applicability(NamedTuple):
    """The verdict on a document (areas aside), the unknowns it depends on, and the condition asked."""

    verdict: bool | None
    unknown: frozenset[str] = frozenset()
    because: Because = Reasons()
    condition: Condition | None = None


class SortedDocuments:
    """The documents that a question covers: those that apply, those that might (and when), and those left out."""

    def __init__(self) -> None:
        self.applying: list[Entry] = []
        self.possible: list[tuple[Entry, Condition]] = []
        self.left_out: list[LeftOut] = []

    def involved(self) -> list[Entry]:
        """All that apply or might."""
        return [*self.applying, *(entry for entry, _ in self.possible)]


def sort_documents(resolution: Resolution, context: CaseContext, entries: Sequence[Entry]) -> SortedDocuments:
    """Sort documents by whether they apply, and ask for what decides those that might."""
    out = SortedDocuments()
    versions, problems = in_force(entries, resolution.today)
    resolution.problems += problems
    for entry, speaks, why in versions:
        if not speaks:
            out.left_out.append(LeftOut(entry, why))
            continue
        verdict, unknown, reason, condition = applicability(resolution, context, entry)
        if verdict:
            out.applying.append(entry)
            continue
        out.left_out.append(LeftOut(entry, reason, tuple(sorted(unknown))))
        if verdict is None and condition is not None:
            out.possible.append((entry, condition))
            resolution.ask(unknown, entry.name)
    out.left_out.sort(key=lambda left: (left.entry.id, left.entry.kind))
    return out


def applicability(resolution: Resolution, context: CaseContext, entry: Entry) -> Applicability:
    """Whether a document in force applies: channel, role and level first, which are certain either way."""
    excluded = exclusion(entry, resolution.case)
    if excluded is not None:
        return Applicability(verdict=False, because=excluded)
    condition = restriction(entry)
    if condition is None:
        return Applicability(verdict=True)
    verdict, names = resolution.verdict(context, condition)
    if verdict is None:
        return Applicability(None, names, _not_known(names), condition)
    if verdict:
        return Applicability(verdict=True, condition=condition)
    return Applicability(verdict, because=because(condition, context.record, truth=False), condition=condition)


def _not_known(names: Iterable[str]) -> Message:
    return Message("not known yet: {names}", {"names": Names(sorted(names))})


def exclusion(entry: Entry, case: Case) -> Message | None:
    """Why the channel, the role or the level of the desk excludes a document; None where none does. One that the lookup
    does not give restricts nothing."""
    channels, roles = entry.list("channels"), entry.list("roles")
    if case.channel is not None and channels and case.channel not in channels:
        return Message("only by {channels}", {"channels": Either(channels)})
    if case.role is not None and roles and case.role not in roles:
        return Message("only for {roles}", {"roles": Either(roles)})
    level = entry.logic.get("level")
    if entry.kind == "script" and level and case.level and LEVELS.index(level) > LEVELS.index(case.level):
        return Message("a script for level {level}, above {own}", {"level": level, "own": case.level})
    return None


def restriction(entry: Entry) -> Condition | None:
    """A document's ``segments`` and ``when`` as one condition. Kept on the entry, so that it stays the same object."""
    cached: Condition | str | None = entry.__dict__.get("restriction", "")
    if not isinstance(cached, str):
        return cached
    parts: list[Condition] = []
    if segments := entry.list("segments"):
        parts.append(InSegment("has_any", "segment", tuple(map(text_value, segments))))
    if entry.when is not None:
        parts.append(entry.when)
    made = None if not parts else parts[0] if len(parts) == 1 else All(tuple(parts))
    entry.__dict__["restriction"] = made
    return made


def by_kind(resolution: Resolution, sure: Iterable[Entry]) -> Mapping[str, Sequence[Entry]]:
    """What applies by kind, in the orders of BOOK.md 9, with the philosophies that an applying standard names."""
    ordered = sorted(sure, key=lambda entry: entry.id)
    out = {kind: [entry for entry in ordered if entry.kind == kind] for kind in resolution.settings.applicable}
    out["script"].sort(key=_specificity)
    out["philosophy"] = _philosophies(resolution, out["standard"])
    return out


def _specificity(entry: Entry) -> tuple[bool, bool, bool, str]:
    """Most specific first: segments, then ``when``, then channel; then by id."""
    return (not entry.list("segments"), entry.when is None, not entry.list("channels"), entry.id)


def _philosophies(resolution: Resolution, standards: Sequence[Entry]) -> list[Entry]:
    ids = dict.fromkeys(id_ for standard in standards for id_ in standard.list("philosophies"))
    named = [entry for id_ in ids for entry in resolution.library.versions("philosophy", id_)]
    versions, problems = in_force(named, resolution.today)
    resolution.problems += problems
    found = [version.entry for version in versions if version.speaks]
    return sorted(found, key=lambda entry: (entry.logic.get("rank", 1 << 30), entry.id))
