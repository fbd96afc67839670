"""Which undeclared terms are times of day: those all of whose values in the whole book read so (BOOK.md 9)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from servkit.book.amounts import Dated, Plain
from servkit.book.literals import time_of_day
from servkit.book.values import write

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from servkit.book.amounts import Expression
    from servkit.book.entries import Entry


#: The kinds of document whose values for a term count towards its type.
OVERRIDING = ("segment", "customer")


def reads_as_times(spec: dict[str, Any]) -> bool:
    """Whether every value, limit and grant of a term, as its author wrote it, reads as a time of day."""
    found = [leaf for part in _worths(spec) for leaf in _leaves(part)]
    return bool(found) and all(isinstance(leaf, str) and time_of_day(leaf) is not None for leaf in found)


def _worths(spec: dict[str, Any]) -> Iterator[Any]:
    cases = spec.get("cases") or []
    for part in (spec, *(cases if isinstance(cases, list) else [cases])):
        if isinstance(part, dict):
            yield from (part.get("value"), part.get("limit"))
            grant = part.get("grant")
            yield from grant.values() if isinstance(grant, dict) else ()


def _leaves(data: Any) -> Iterator[Any]:
    """The plain values of an amount; of a dated one each that it has."""
    if isinstance(data, dict) and "of" not in data:
        for key, item in data.items():
            if key != "by":
                yield from _leaves(item)
    elif data is not None:
        yield data


def texts_among(
    refs: Iterable[str],
    versions: Callable[[str], Iterable[Entry]],
    overriding: Callable[[str], Iterable[Entry]],
) -> dict[str, str]:
    """Of terms that read as times of day where they stand, those that other documents make texts: by reference, what
    else is said of them, and where.

    ``versions`` gives the documents of an id that own terms; ``overriding`` the segments and customers' documents
    that set or promise a term.
    """
    out: dict[str, str] = {}
    for ref in refs:
        id_, _, name = ref.partition(".")
        found = [_other_version(entry, name) for entry in versions(id_)]
        found += (_other_value(entry, ref) for entry in overriding(ref))
        if first := next((words for words in found if words), None):
            out[ref] = first
    return out


def _other_version(entry: Entry, name: str) -> str | None:
    term = entry.logic.get("terms", {}).get(name)
    if term is None or term["type"] == "time" or name in entry.list("times"):
        return None
    return f"a {term['type']} in {entry.path}:{term['line']}"


def _other_value(entry: Entry, ref: str) -> str | None:
    amount = entry.overrides.get(ref)
    other = None if amount is None else _no_time(amount)
    return None if other is None or amount is None else f"`{other}` in {entry.path}:{amount.line}"


def _no_time(amount: Expression) -> str | None:
    """A value of an amount that does not read as a time of day."""
    if isinstance(amount, Dated):
        return next((found for _, step in amount.steps if (found := _no_time(step))), None)
    if isinstance(amount, Plain):
        text = write(amount.value)
        return None if amount.value.type == "text" and time_of_day(text) is not None else text
    return f"an amount counted of {amount.of}"
