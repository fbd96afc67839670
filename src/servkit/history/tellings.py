"""What is told beside the classes, a line each: questions, promises, scenarios, texts, settings, renamed documents."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

    from servkit.history.changes import Comparison
    from servkit.history.replay import Replay

_PROMISES = {
    "broken": "no longer kept", "overtaken": "given to everybody like them now", "made": "made",
    "withdrawn": "withdrawn", "edited": "edited",
}  # fmt: skip


class Telling(NamedTuple):
    """One line: what it is about, how many, and the words."""

    title: str
    number: int
    items: tuple[str, ...]


def tellings(comparison: Comparison, *, names: bool) -> Iterator[Telling]:
    """Every line. ``names`` says whether customers may be named."""
    questions = [f"{one.name} ({_many(one.customers, 'customer')})" if one.customers else one.name
                 for one in comparison.questions]  # fmt: skip
    yield Telling("New questions", len(questions), tuple(questions))
    if names:
        promises = [f"{one.customer}: {one.term} {one.promised or ''} {_PROMISES[one.what]}, {one.before or 'none'} →"
                    f" {one.after or 'none'}" for one in comparison.promises]  # fmt: skip
    else:
        counts = Counter((one.term, one.what) for one in comparison.promises)
        promises = [f"{count} of {term} {_PROMISES[what]}" for (term, what), count in sorted(counts.items())]
    yield Telling("Promises", len(comparison.promises), tuple(promises))
    scenarios = [f"{one.id} {'asks or expects something else' if one.edited else ''}"
                 f" {one.before} → {one.after}".replace("  ", " ") for one in comparison.scenarios]  # fmt: skip
    yield Telling("Scenarios", len(scenarios), tuple(scenarios))
    fields: dict[str, list[str]] = {}
    for text in comparison.texts:
        fields.setdefault(f"{text.what} {text.id}", []).append(text.field)
    texts = [f"{name} ({', '.join(found)})" for name, found in fields.items()]
    yield Telling("Texts", len(comparison.texts), tuple(texts))
    settings = [
        f"{one.what if one.what == one.id else f'{one.what} {one.id}'}: {one.before or 'none'} → {one.after or 'none'}"
        for one in comparison.settings
    ]
    yield Telling("Settings", len(settings), tuple(settings))
    renamed = [f"{one.kind} {one.before} → {one.after}" for one in comparison.renamed]
    yield Telling("Renamed", len(renamed), tuple(renamed))
    if comparison.replay is not None:
        yield _replayed(comparison.replay, names=names)


def told_problems(comparison: Comparison) -> list[str]:
    """What could not be compared, without the id of any customer: those are a number."""
    people = [problem for problem in comparison.problems if _is_customer(problem)]
    others = [problem for problem in comparison.problems if not _is_customer(problem)]
    are = "is" if len(people) == 1 else "are"
    told = [f"{_documents(len(people))} cannot be read on one side and {are} not compared"] if people else []
    return [*told, *others]


def unread_names(comparison: Comparison, *, names: bool) -> list[str]:
    """The documents that one side cannot read. ``names`` says whether customers may be named."""
    if names:
        return list(comparison.unread)
    others = [name for name in comparison.unread if not _is_customer(name)]
    count = len(comparison.unread) - len(others)
    return [*([_documents(count)] if count else []), *others]


def _is_customer(text: str) -> bool:
    return text.startswith("customer:")


def _documents(count: int) -> str:
    return "1 document of a customer" if count == 1 else f"{count:,} documents of customers"


def _replayed(found: Replay, *, names: bool) -> Telling:
    """What was told in the last days and would be told differently."""
    more = [f"{found.from_dirty_books} from a book with uncommitted changes"] if found.from_dirty_books else []
    more += [f"{found.not_held} that one book cannot hold"] if found.not_held else []
    without = f" (without {' and '.join(more)})" if more else ""
    items = [f"of {_many(found.answers, 'recorded answer')}{without}"]
    if names:
        lines = ((one.customer or "nobody", one.on, one.differences[0]) for one in found.different)
        items += [f"{who} on {on}: {_difference(difference)}" for who, on, difference in lines]
    return Telling(f"Told differently, last {_many(found.days, 'day')}", len(found.different), tuple(items))


def _difference(difference: tuple[str, str, Any, Any]) -> str:
    what, id_, before, after = difference
    return f"{id_}{'' if what == 'value' else f' {what}'} {before} → {after}"


def _many(count: int | None, thing: str) -> str:
    return f"{count:,} {thing}{'' if count == 1 else 's'}"
