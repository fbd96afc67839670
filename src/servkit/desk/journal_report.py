"""The report on the journal of a desk, with the edits that it proposes and what each would change for whom."""

from __future__ import annotations

from typing import TYPE_CHECKING

from servkit.book.files import MAX_BYTES
from servkit.desk.edit_effect import changes_of_edit
from servkit.desk.past_grants import granted
from servkit.desk.term_titles import terms_by_reference
from servkit.files import read_file
from servkit.journal.customer_view import apply_corrections
from servkit.journal.proposal import Proposal, propose
from servkit.journal.recorder import read_entries
from servkit.journal.report import Reader, Report, make_report
from servkit.lint.journal_view import JournalView, StretchedTerm

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from datetime import date, datetime

    from servkit.book.terms import Term
    from servkit.desk.session import Desk
    from servkit.journal.entry import JournalEntry
    from servkit.languages.catalogue import Message

#: So many lines say what an edit changes.
_MOST = 3


def journal_report(
    desk: Desk,
    entries: Sequence[JournalEntry],
    reader: Reader,
    now: datetime,
    since: date | None,
    changes: Callable[[JournalEntry], Sequence[Message] | None],
) -> Report:
    """The report of a period. ``entries`` are those of the whole journal as they stand; ``now`` is in the book's zone,
    without an offset; ``changes`` says what changed since a sign-off."""
    terms = terms_by_reference(desk)
    return make_report(
        entries, terms, desk.settings, reader, now, desk.zone, since, _proposals(desk, terms, now.date()), changes
    )


def stretched_terms(desk: Desk) -> JournalView:
    """What the checks know of the journal. Raises JournalError where it can't be read."""
    found = read_entries(desk.journal_location)
    entries = apply_corrections([entry for entry in found.entries if entry.body is not None])
    report = journal_report(desk, entries, Reader(None, names=False), desk.now(), None, lambda _: None)
    stretched = []
    for one in report.stretched:
        edit = one.proposal
        stretched.append(
            StretchedTerm(one.ref, one.times, str(edit.edit), edit.covers, edit.of, one.looked_at)
            if edit is not None
            else StretchedTerm(one.ref, one.times)
        )
    return JournalView(tuple(stretched), found.gone)


def _proposals(
    desk: Desk, terms: Mapping[str, Term], today: date
) -> Callable[[str, Sequence[JournalEntry]], Proposal | None]:
    """Finds the edit for the grants of a term."""

    def proposals(ref: str, grants: Sequence[JournalEntry]) -> Proposal | None:
        term, (id_, _, name) = terms.get(ref), ref.partition(".")
        owners = [
            entry for kind in desk.settings.owners for entry in desk.book.versions(kind, id_) if name in entry.terms
        ]
        if term is None or len(owners) != 1:  # of several versions, nobody can say which one to edit
            return None
        path = owners[0].path
        try:
            raw = read_file(desk.book.root / path, MAX_BYTES).decode("utf-8")
        except (OSError, UnicodeDecodeError):
            return None
        found = [one for entry in grants if (one := granted(desk, entry, term)) is not None]
        proposal = propose(desk.book, path, raw, term, found) if found else None
        return proposal and proposal._replace(effect=changes_of_edit(desk, path, proposal.text, (id_,), today)[:_MOST])

    return proposals
