"""Who is meant by a text, asked of the index of a customer file.

What names begin with is looked up by the word that the fewest names have. What is anywhere in a name, or is made of
words that very many names have, is searched in all names, which lie in large blocks: a million names are 25 MB.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from servkit.customers.customer_source import Closeness
from servkit.customers.search_key import SHORTEST_BEGINNING, SHORTEST_END, search_key

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    #: Runs a query with values, and gives its rows.
    Ask = Callable[..., list[Any]]

#: Behind every text that begins with another.
LAST = "\U0010ffff"
#: A word that begins more names than this is no help in looking for them.
_COMMON = 20_000
_BLOCKS = 32


def find_rows(ask: Ask, folded: str, limit: int) -> tuple[list[int], Closeness]:
    """The rows that a folded text means, in their order of likelihood, and how closely. The first closeness that finds
    any row decides."""
    words, key = folded.split(), search_key(folded)
    if not words:
        return [], Closeness.PART
    for closeness in Closeness:
        rows = list(dict.fromkeys(_rows(ask, closeness, folded, words, key, limit)))
        if rows:
            return rows[:limit], closeness
    return [], Closeness.PART


def similar_words(ask: Ask, beginning: str, limit: int) -> list[str]:
    """The words of names that begin with a text, in order. A word that is in a million rows costs one step."""
    out: list[str] = []
    query = "SELECT word FROM words WHERE word {} ? AND word < ? ORDER BY word LIMIT 1"
    found = ask(query.format(">="), beginning, beginning + LAST)
    while found and len(out) < limit:
        out.append(found[0][0])
        found = ask(query.format(">"), out[-1], beginning + LAST)
    return out


def _rows(ask: Ask, closeness: Closeness, folded: str, words: list[str], key: str, limit: int) -> Iterator[int]:
    def numbers(query: str, *values: Any) -> Iterator[int]:
        return (row for (row,) in ask(f"SELECT row FROM {query} LIMIT {limit}", *values))

    if closeness is Closeness.SAME_ID:
        yield from numbers("names WHERE folded_id = ? ORDER BY row", folded)
    elif closeness is Closeness.SAME:
        yield from numbers("names WHERE folded = ? ORDER BY row", " ".join(words))
        if key:
            yield from numbers("finds WHERE key = ? ORDER BY row", key)
    elif closeness is Closeness.BEGINNING:
        yield from _beginning(ask, words, limit)
        if len(key) >= SHORTEST_BEGINNING:
            yield from numbers("finds WHERE key >= ? AND key < ? ORDER BY row", key, key + LAST)
    else:
        yield from _in_all_names(ask, words, limit)
        if len(key) >= SHORTEST_END:
            end = key[::-1]
            yield from numbers("finds WHERE backwards >= ? AND backwards < ? ORDER BY row", end, end + LAST)


def _beginning(ask: Ask, words: list[str], limit: int) -> list[int]:
    """The rows whose names have words that begin so. Names that have the words themselves come first."""
    within = "FROM words WHERE word >= ? AND word < ?"
    ranges = {word: (word, word + LAST) for word in words}
    rarest = words[0]
    if len(ranges) > 1:
        count = f"SELECT count(*) FROM (SELECT 1 {within} LIMIT {_COMMON})"
        counts = {word: ask(count, *ranges[word])[0][0] for word in ranges}
        rarest = min(counts, key=counts.__getitem__)
        if counts[rarest] == _COMMON:
            return _in_all_names(ask, [f" {word}" for word in ranges], limit)
    others = [word for word in ranges if word != rarest]
    where = " AND instr(' ' || folded, ' ' || ?) > 0" * len(others)
    join = "JOIN names USING (row) " if others else ""
    query = f"SELECT row {within.replace('WHERE', f'{join}WHERE')}{where} ORDER BY word, row LIMIT {2 * limit}"
    return list(dict.fromkeys(row for (row,) in ask(query, *ranges[rarest], *others)))[:limit]


def _in_all_names(ask: Ask, parts: Sequence[str], limit: int) -> list[int]:
    """The first rows whose names have all parts, in their order."""
    out: list[int] = []
    last = -1
    while blocks := ask(f"SELECT row, names FROM blocks WHERE row > ? ORDER BY row LIMIT {_BLOCKS}", last):
        for first, names in blocks:
            if all(part in names for part in parts):
                out += (first + place for place in _places(names, parts))
                if len(out) >= limit:
                    return out[:limit]
        last = blocks[-1][0]
    return out


def _places(names: str, parts: Sequence[str]) -> Iterator[int]:
    """Which of the names in a block have all parts, counted from 0."""
    rarest, *others = sorted(parts, key=names.count)
    at = names.find(rarest)
    while at >= 0:
        end = names.find("\n", at)
        start = names.rfind("\n", 0, at)
        for part in others:
            if names.find(part, start, end) < 0:
                break
        else:
            yield names.count("\n", 0, start)
        at = names.find(rarest, end)
