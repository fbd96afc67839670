"""What has changed in meaning since somebody was signed off for it, and so has to be learned again."""

from __future__ import annotations

from contextlib import closing
from functools import cache
from typing import TYPE_CHECKING

from servkit.book.problems import ServkitError
from servkit.cache.compiled_book import CompiledBook
from servkit.history.comparison import compare_books, request_for
from servkit.history.edited_places import edited_places
from servkit.history.revision import Revision
from servkit.history.weighing import joint_settings
from servkit.languages.catalogue import Message

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from servkit.desk.session import Desk
    from servkit.journal.entry import JournalEntry


class SinceSignOff:
    """Compares the book of a desk with what it was when somebody was signed off: once for each revision and area."""

    def __init__(self, desk: Desk, today: date) -> None:
        self.desk, self.today = desk, today
        self._since = cache(self._compare)

    def changes(self, entry: JournalEntry) -> Sequence[Message] | None:
        """What has changed since a sign-off: of its area, or of the whole book for a sheet. None where nobody can say:
        the book was not in git then, had edits that were never committed, or the revision is gone."""
        revision, dirty = entry.text("revision"), (entry.body or {}).get("dirty")
        return None if not revision or dirty else self._since(revision, entry.text("area"))

    def _compare(self, revision: str, area: str) -> Sequence[Message] | None:
        book = self.desk.book
        if area and area not in book.settings.areas:
            return [Message("The book has no area {area} any more.", {"area": area})]
        request = request_for(self.today, None, (area,) if area else ())
        try:
            with (
                closing(Revision(book.root, revision, "-signed")) as files,
                CompiledBook(book.root, self.desk.open_book.cache, files=files) as before,
            ):
                compared, then = compare_books(before, book, request), before.settings
        except ServkitError:
            return None
        return [place.message(joint_settings(book.settings, then)) for place in edited_places(compared.changes)]
