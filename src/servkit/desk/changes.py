"""What has changed in meaning since a revision of the book."""

from __future__ import annotations

from contextlib import closing
from typing import TYPE_CHECKING, Any, NamedTuple

from servkit.book.problems import ServkitError
from servkit.cache.compiled_book import CompiledBook
from servkit.clocks.service import ServiceClock
from servkit.customers.directory import Directory
from servkit.desk.day import day_on
from servkit.history.comparison import request_for
from servkit.history.formats.json_ import comparison_json
from servkit.history.full_comparison import compare_fully, people_of
from servkit.history.revision import Revision
from servkit.message import Message

if TYPE_CHECKING:
    from collections.abc import Sequence

    from servkit.desk.session import Desk
    from servkit.history.changes import Comparison


class Changes(NamedTuple):
    """What is different, and the short name of the revision before."""

    comparison: Comparison
    before: str | None


def compare_since(desk: Desk, revision: str, about: Sequence[str] = (), on: str | None = None) -> Changes:
    """What the book's files say otherwise than at a git revision, in the year from a day on; no customer is counted or
    named.

    Raises ServkitError where there is no such revision, or one side can't be read whole."""
    book, open_book = desk.book, desk.open_book
    begin = day_on(on, desk.today())
    request = request_for(begin, None, about)
    with (
        closing(Revision(book.files.home, revision, "-before")) as files,
        CompiledBook(book.files.home, open_book.cache, files=files) as before,
        Directory(before, files.home, None, None, open_book.environment) as others,
    ):
        people = people_of(others, desk.directory, open_book.environment or {})
        found = compare_fully(before, book, request, people, lambda one: ServiceClock(one.settings), count=False)
        if found.unread:
            names = ", ".join(found.unread)
            raise ServkitError(Message("compared without {names}, which one side cannot read", {"names": names}))
        return Changes(found, before.revision[0])


def changes_since(desk: Desk, revision: str, about: Sequence[str] = (), on: str | None = None) -> dict[str, Any]:
    """What has changed since a revision, as data (EFFECT.md). Raises as :func:`compare_since` does."""
    found = compare_since(desk, revision, about, on)
    sides = ({"revision": found.before, "dirty": False}, {"revision": None, "dirty": desk.book.revision[1]})
    return comparison_json(found.comparison, *sides)
