"""What is due, as a page shows it."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from servkit.book.problems import ServkitError
from servkit.desk.approvals import waiting_approvals, why_not
from servkit.desk.due import due_list
from servkit.desk.entries import name_reader
from servkit.desk.phrases import DeskPhrases
from servkit.desk.term_titles import terms_by_reference
from servkit.web.case_address import CaseAddress

if TYPE_CHECKING:
    from collections.abc import Callable

    from servkit.desk.session import Desk
    from servkit.journal.due import DueItem
    from servkit.journal.entry import JournalEntry
    from servkit.languages.catalogue import Catalogue


class DueBox(NamedTuple):
    """Something to do. ``kind`` is promise, follow-up, recovery or approval; ``mine``: I decide on the approval."""

    kind: str
    when: str
    late: bool
    customer: str
    name: str
    address: CaseAddress
    text: str
    source: str
    term: str
    recovery: str
    entry: str
    mine: bool


class DueView(NamedTuple):
    """What is due: what waits for me, what is late, what comes, and what has no day."""

    waiting: tuple[DueBox, ...]
    late: tuple[DueBox, ...]
    coming: tuple[DueBox, ...]
    undated: tuple[DueBox, ...]

    @property
    def empty(self) -> bool:
        """Whether there is nothing to do."""
        return not any(self)


def due_view(desk: Desk, words: Catalogue, *, mine: bool) -> DueView:
    """What is due. Raises ServkitError for ``mine`` without a name."""
    writer = _Writer(desk, words)
    waiting = {entry.id for entry in waiting_approvals(desk) if _may_decide(desk, entry)}
    boxes = [writer.box(item, item.entry.id in waiting) for item in due_list(desk, mine=mine).items]
    if mine:  # what waits for me was recorded by somebody else
        boxes += [writer.box(item, mine=True) for item in due_list(desk).items if item.entry.id in waiting]
    rest = [box for box in boxes if not box.mine]
    return DueView(
        tuple(box for box in boxes if box.mine),
        tuple(box for box in rest if box.late),
        tuple(box for box in rest if box.when and not box.late),
        tuple(box for box in rest if not box.when),
    )


def _may_decide(desk: Desk, entry: JournalEntry) -> bool:
    if not desk.person.agent or not desk.person.role:
        return False
    try:
        return why_not(desk, entry) is None
    except ServkitError:  # there is nothing to judge: the customer or the term has gone
        return False


class _Writer:
    def __init__(self, desk: Desk, words: Catalogue) -> None:
        self.desk, self.words, self.gettext = desk, words, words.gettext
        self.phrases = DeskPhrases(desk.settings, words, desk.today().toordinal())
        self.name_of: Callable[[str], str] = name_reader(desk)
        self.terms = terms_by_reference(desk)

    def box(self, item: DueItem, mine: bool) -> DueBox:
        entry = item.entry
        when = ""
        if item.at is not None:
            day = self.phrases.date(item.at.date())
            when = day if item.kind == "promise" else self.phrases.moment(item.at, self.desk.today().year)
        customer = entry.customer or ""
        owner = entry.text("term").partition(".")[0]
        return DueBox(
            item.kind,
            when,
            item.late,
            customer,
            self.name_of(customer) if customer else "",
            CaseAddress(customer or None, (owner,) if owner in self.desk.book.ids(self.desk.settings.owners) else ()),
            self._text(entry, item.kind),
            ", ".join(filter(None, (entry.by, self.phrases.date(entry.day(self.desk.zone))))),
            entry.text("term"),
            entry.text("recovery"),
            entry.id,
            mine,
        )

    def _text(self, entry: JournalEntry, kind: str) -> str:
        gettext = self.gettext
        if kind in ("follow-up", "recovery"):
            title = self._recovery(entry.text("recovery"))
            return gettext("{name}: {value}", name=gettext("To put right"), value=title)
        value = self.phrases.written(entry.text("value"))
        what = gettext("{name}: {value}", name=self._term(entry.text("term")), value=value)
        if kind != "approval":
            return gettext("{name}: {value}", name=gettext("Promised"), value=what)
        because = f" ({entry.text('because')})" if entry.text("because") else ""
        waits = gettext("waits for approval")
        return f"{what}{because}, {waits}"

    def _term(self, ref: str) -> str:
        term = self.terms.get(ref)
        return (self.phrases.pick(term.title) if term is not None else "") or ref

    def _recovery(self, id_: str) -> str:
        titles = (self.phrases.pick(entry.prose.get("title")) for entry in self.desk.book.versions("recovery", id_))
        return next(filter(None, titles), id_)
