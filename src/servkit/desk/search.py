"""Searching the book and its customers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from servkit.book.problems import ServkitError
from servkit.cache.search import MOST_WORDS, customer_hit, search
from servkit.customers.search_key import found_by, has_words
from servkit.message import Message

if TYPE_CHECKING:
    from servkit.cache.search import Hit, SearchResult
    from servkit.customers.directory import Match
    from servkit.desk.session import Desk

#: So many customers from files are among the results.
MOST_CUSTOMERS = 10


def search_everything(desk: Desk, text: str) -> SearchResult:
    """Documents and customers that match all words of a text. Raises ServkitError for none, or too many."""
    if not text.strip():
        raise ServkitError(Message("find needs words to search for"))
    if len(text.split()) > MOST_WORDS:
        raise ServkitError(Message("find takes at most {count} words", {"count": MOST_WORDS}))
    hits = [_customer_hit(desk, match, text) for match in desk.directory.find(text)[:MOST_CUSTOMERS]]
    return search(desk.book, text, hits)


def _customer_hit(desk: Desk, match: Match, text: str) -> Hit:
    """Somebody as a hit. Who is found by name in the only place there is isn't read for it."""
    row = desk.directory.only_row(match)
    if row is not None and row.name and has_words(row.name, text):
        return customer_hit(row.id, row.name, (row.path, row.line), ("name", row.name), text)
    who = match.read()
    return customer_hit(who.id, who.name, (who.path, who.line), found_by(who, desk.settings.findable, text), text)


def search_data(found: SearchResult, text: str) -> dict[str, Any]:
    """The results as data."""
    hits = [{**hit._asdict(), "why": [why._asdict() for why in hit.why]} for hit in found.hits]
    for hit in hits:
        del hit["score"]
    return {"schema": "servkit/find/1", "words": text, "read_as": found.read_as, "hits": hits}
