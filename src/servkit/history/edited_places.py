"""Classes by the edited place that they follow from: one line for each place, however much follows from it."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from servkit.history.words import told_words, weight_words, when_words
from servkit.text import enumeration

if TYPE_CHECKING:
    from collections.abc import Sequence

    from servkit.history.changes import Change

#: Which class of a place is told first.
_ORDER = ("value", "members", "offered", "applies", "limit", "you_may", "areas")


class EditedPlace(NamedTuple):
    """A place in the book, and the classes that follow from what was edited there; ``lead`` is told in its line."""

    where: str
    lead: Change
    changes: tuple[Change, ...]

    @property
    def subject(self) -> str:
        """What it is about: a term, who is in a segment, to whom a document applies."""
        roles = [one.part.role for one in self._same if one.part.role]
        return _subject(self.lead, roles)

    @property
    def _same(self) -> list[Change]:
        return [one for one in self.changes if _alike(one, self.lead)]

    def line(self, *, names: bool) -> str:
        """What changes here, for whom, and for how many."""
        lead, same = self.lead, self._same
        out = f"{self.subject}: {told_words(lead.before)} → {told_words(lead.after)}"
        if lead.values is not None:
            out += f", such as {told_words(lead.values[0])} → {told_words(lead.values[1])},"
        out += f" for {when_words(lead.when)}"
        if lead.customers is not None:
            out += f" · {weight_words(lead.customers, names=names)}"
        more = len([one for one in self.changes if one not in same and not one.follows])
        return out + (f" · {more} more from here" if more else "")


def edited_places(changes: Sequence[Change]) -> list[EditedPlace]:
    """The places, those with the most important classes first."""
    found: dict[str, list[Change]] = {}
    for change in changes:
        found.setdefault(change.cause or change.part.id, []).append(change)
    places = []
    for members in found.values():
        members.sort(key=_rank)
        places.append(EditedPlace(members[0].cause, members[0], tuple(members)))
    return places


def _rank(change: Change) -> tuple[object, ...]:
    weight = change.customers.certain if change.customers is not None else 0
    return (change.follows, _ORDER.index(change.part.part), -weight, change.part.id)


def _alike(one: Change, two: Change) -> bool:
    """Whether two classes differ in the role alone."""
    return one.part._replace(role=None) == two.part._replace(role=None) and (
        (one.before, one.after, one.when) == (two.before, two.after, two.when)
    )


def _subject(change: Change, roles: Sequence[str]) -> str:
    part = change.part
    if part.part == "you_may":
        return f"{part.id}, how far {enumeration(roles, 'and') or 'one'} may go"
    names = {"limit": "the limit of {}", "offered": "{} offered", "applies": "{} applies", "members": "in segment {}",
             "areas": "areas of {}"}  # fmt: skip
    return names.get(part.part, "{}").format(part.id)
