"""Searching everything: accents and slips of the keyboard forgiven, and every hit says why it matched."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from servkit.cache.search_text import name_of, words
from servkit.text import fold

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from servkit.book.entries import Entry
    from servkit.cli.shared.desk import DeskBook

_WEIGHTS = {"id": 100, "short": 100, "name": 60, "title": 60, "tags": 30, "statement": 12, "say": 12}
#: More words than these are no question that anybody types.
MOST_WORDS = 30
#: How alike a word has to be to be taken for a slip of another (0 to 100).
ALIKE = 75


class Why(NamedTuple):
    """Where one word was found: the field, the text around it, and the word that stood there."""

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


class Found(NamedTuple):
    """The hits, best first, the words that were read as others, and how many hits there are in all."""

    hits: list[Hit]
    read_as: dict[str, str]
    total: int


def find(book: DeskBook, wanted: str, most: int = 20) -> Found:
    """What holds every word of ``wanted``. A word that stands nowhere is read as the word of the book most like it."""
    asked = re.findall(r"\S+", fold(wanted))
    entries = book.shelf.search(asked) if asked else []
    read_as: dict[str, str] = {}
    if asked and not entries:
        read_as = _slips(book, asked)
        asked = [read_as.get(word, word) for word in asked]
        entries = book.shelf.search(asked) if read_as else []
    hits = [hit for entry in entries if (hit := _hit(book, entry, asked)) is not None]
    hits += _people(book, wanted, {hit.id for hit in hits})
    hits.sort(key=lambda hit: (-hit.score, hit.kind, hit.id))
    return Found(hits[:most], read_as, len(hits))


def _slips(book: DeskBook, asked: Sequence[str]) -> dict[str, str]:
    """For each word that stands nowhere, the word most like it."""
    from rapidfuzz import fuzz, process

    out = {}
    vocabulary = sorted(book.shelf.vocabulary())
    for word in asked:
        if any(word in known for known in vocabulary):
            continue
        near = process.extractOne(word, vocabulary, scorer=fuzz.ratio, score_cutoff=ALIKE)
        if near is not None:
            out[word] = str(near[0])
    return out


def _hit(book: DeskBook, entry: Entry, asked: Sequence[str]) -> Hit | None:
    fields = list(_fields(entry))
    why, score = [], 0
    for word in asked:
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
    for field, text in words(entry.prose):
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


def _people(book: DeskBook, wanted: str, known: set[str]) -> list[Hit]:
    """Customers in files, whose rows are not documents."""
    out = []
    for match in book.directory.find(wanted)[:10]:
        customer = match.read()
        if match.id not in known and customer.entry is None:
            why = Why("name" if match.name else "id", match.name or match.id, fold(wanted))
            out.append(Hit("customer", match.id, match.name or match.id, customer.path, customer.line, (why,), 50))
    return out
