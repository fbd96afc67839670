"""Searching the whole book. Accents and typing errors are forgiven, and every hit says why it matched."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from servkit.cache.search_text import name_of, words_in
from servkit.nearest import nearest
from servkit.text import fold

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from servkit.book.entries import Entry
    from servkit.cache.compiled_book import CompiledBook

_WEIGHTS = {"id": 100, "short": 100, "name": 60, "title": 60, "tags": 30, "statement": 12, "say": 12}
#: Nobody types more words than these.
MOST_WORDS = 30
_CUSTOMER_SCORE = 50
#: How alike a word has to be to be taken for a misspelling of another (0 to 100).
ALIKE = 75


class Why(NamedTuple):
    """Where one word was found: the field, the text around it, and the word itself."""

    field: str
    text: str
    word: str


class Hit(NamedTuple):
    """A document that matches."""

    kind: str
    id: str
    title: str
    path: str
    line: int
    why: tuple[Why, ...]
    score: int


class SearchResult(NamedTuple):
    """The hits, best first, the words that were taken for others, and how many hits there are in all."""

    hits: list[Hit]
    read_as: dict[str, str]
    total: int


def search(book: CompiledBook, query: str, customers: Iterable[Hit] = (), most: int = 20) -> SearchResult:
    """The documents that hold every word of ``query``, and ``customers`` from other places that match it.

    A word that is not in the book is taken for the word of the book most like it.
    """
    query_words = re.findall(r"\S+", fold(query))
    entries = book.search(query_words) if query_words else []
    read_as: dict[str, str] = {}
    if query_words and not entries:
        read_as = _corrections(book, query_words)
        query_words = [read_as.get(word, word) for word in query_words]
        entries = book.search(query_words) if read_as else []
    hits = [hit for entry in entries if (hit := _hit(book, entry, query_words)) is not None]
    ids = {hit.id for hit in hits if hit.kind == "customer"}
    hits += [hit for hit in customers if hit.id not in ids]
    hits.sort(key=lambda hit: (-hit.score, hit.kind, hit.id))
    return SearchResult(hits[:most], read_as, len(hits))


def customer_hit(id_: str, name: str | None, place: tuple[str, int], found_by: tuple[str, str], query: str) -> Hit:
    """A customer on record as a hit; ``found_by`` is a field (name, id, phone) and its text."""
    return Hit("customer", id_, name or id_, *place, (Why(*found_by, fold(query)),), _CUSTOMER_SCORE)


def _corrections(book: CompiledBook, query_words: Sequence[str]) -> dict[str, str]:
    """For each word that is not in the book, the word most like it."""
    corrections = {}
    vocabulary = book.vocabulary
    for word in query_words:
        if any(word in known for known in vocabulary):
            continue
        if near := nearest(word, vocabulary, 1):
            corrections[word] = near[0]
    return corrections


def _hit(book: CompiledBook, entry: Entry, query_words: Sequence[str]) -> Hit | None:
    fields = list(_fields(entry))
    why, score = [], 0
    for word in query_words:
        best = max(((_weight(field, folded, word), field, text) for field, text, folded in fields if word in folded),
                   key=lambda found: found[0], default=None)  # fmt: skip
        if best is None:
            return None
        score += best[0]
        why.append(Why(best[1], _around(best[2], word), word))
    return Hit(
        entry.kind, entry.id, name_of(entry, book.settings), entry.path, entry.line, tuple(dict.fromkeys(why)), score
    )


def _fields(entry: Entry) -> Iterator[tuple[str, str, str]]:
    yield "id", entry.id, fold(entry.id)
    for field, text in words_in(entry.prose):
        if field != "id":
            yield field, text, fold(text)


def _weight(field: str, folded: str, word: str) -> int:
    """More for names than for prose, for whole words than for parts."""
    weight = _WEIGHTS.get(field, 6)
    if re.search(rf"(?<!\w){re.escape(word)}(?!\w)", folded):
        weight *= 2
    return weight * 3 if folded == word else weight


def _around(text: str, word: str, reach: int = 40) -> str:
    """The text about a word, on one line."""
    flat = " ".join(text.split())
    at = fold(flat).find(word)
    if at < 0 or len(flat) <= 2 * reach:
        return flat[: 2 * reach] + ("…" if len(flat) > 2 * reach else "")
    start, end = max(at - reach, 0), min(at + len(word) + reach, len(flat))
    if start:  # from the next word on, to the end of the last one
        start = flat.find(" ", start, at) + 1 or start
    if end < len(flat):
        end = max(flat.rfind(" ", at + len(word), end), at + len(word))
    return ("… " if start else "") + flat[start:end].strip() + (" …" if end < len(flat) else "")
