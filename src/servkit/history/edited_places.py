"""Classes by the edited place that they follow from: one line for each place, however much follows from it."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from servkit.history.weighing import condition_in
from servkit.history.words import weight_words, when_words
from servkit.languages.catalogue import Message, Worded
from servkit.text import enumeration

if TYPE_CHECKING:
    from collections.abc import Sequence

    from servkit.book.settings import Settings
    from servkit.history.changes import Change
    from servkit.history.effects import Told

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
        return str(_subject(self.lead, roles))

    @property
    def _same(self) -> list[Change]:
        return [one for one in self.changes if _alike(one, self.lead)]

    def line(self, *, names: bool) -> str:
        """What changes here, for whom, and for how many."""
        out = str(self._change(None))
        if self.lead.customers is not None:
            out += f" · {weight_words(self.lead.customers, names=names)}"
        return out + (f" · {self._more} more from here" if self._more else "")

    def message(self, settings: Settings) -> Message:
        """What changes here and for whom, to be said in any language. ``settings`` declare the names."""
        change = self._change(settings)
        if not self._more:
            return change
        return Message("{change} · {count} more from here", {"change": change, "count": self._more})

    @property
    def _more(self) -> int:
        """How many other classes do not only follow from the one that is told."""
        return len([one for one in self.changes if one not in self._same and not one.follows])

    def _change(self, settings: Settings | None) -> Message:
        lead, roles = self.lead, [one.part.role for one in self._same if one.part.role]
        condition = condition_in(lead.when, settings) if settings is not None else None
        blanks = {
            "what": _subject(lead, roles), "before": _told(lead.before), "after": _told(lead.after),
            "whom": Worded(when_words(lead.when), condition) if lead.when else Message("everybody"),
        }  # fmt: skip
        if lead.values is None:
            return Message("{what}: {before} → {after} for {whom}", blanks)
        blanks |= {"low": _told(lead.values[0]), "high": _told(lead.values[1])}
        return Message("{what}: {before} → {after}, such as {low} → {high}, for {whom}", blanks)


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


def _told(told: Told) -> Message | Worded:
    if told is None:
        return Message("none")
    if isinstance(told, tuple):
        return Message("conflict ({values})", {"values": " / ".join(told)})
    return Worded(told)


def _subject(change: Change, roles: Sequence[str]) -> Message | str:
    part = change.part
    if part.part == "you_may":
        if not roles:
            return Message("{term}, how far one may go", {"term": part.id})
        return Message("{term}, how far {roles} may go", {"term": part.id, "roles": enumeration(roles, "and")})
    names = {
        "limit": Message("the limit of {term}"),
        "offered": Message("{term} offered"),
        "applies": Message("{term} applies"),
        "members": Message("in segment {term}"),
        "areas": Message("areas of {term}"),
    }
    return names[part.part]._replace(blanks={"term": part.id}) if part.part in names else part.id
