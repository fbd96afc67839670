"""Personal promises that an edit breaks or overtakes, and promises that were edited themselves."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from servkit.answer.candidates import kinder
from servkit.answer.case import Case, Customer, document_customer
from servkit.answer.overrides import find_term, typed
from servkit.answer.resolver import resolve
from servkit.answer.rule_wording import rule_words
from servkit.answer.scope import in_force
from servkit.book.amounts import Expression, Plain
from servkit.book.problems import ServkitError, ValueProblem
from servkit.book.values import Value, write
from servkit.history.differences import without_lines

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence
    from datetime import date

    from servkit.book.entries import Entry
    from servkit.book.library import Library
    from servkit.history.differences import Versions


@dataclass(frozen=True)
class PromiseChange:
    """A promise of one term to one customer.

    ``what``: ``broken`` (it is no longer kept), ``overtaken`` (everybody like them gets as much), ``made``,
    ``withdrawn``, ``edited``. ``before`` and ``after`` are what they get; of an edited one what was promised.
    """

    what: str
    customer: str
    term: str
    promised: str | None
    before: str | None
    after: str | None
    place: str


def promise_changes(
    before: Library,
    after: Library,
    versions: Sequence[Versions],
    terms: Collection[str],
    people: Sequence[Entry],
    on: date,
) -> list[PromiseChange]:
    """What happens to promises; ``terms`` are those that may differ, ``people`` the customers with a document now."""
    edited = list(_edited(versions))
    out = list(edited)
    done = {(one.customer, one.term) for one in edited}
    for entry in people:
        for ref, amount in entry.overrides.items():
            if ref in terms and (entry.id, ref) not in done:
                found = _effect(before, after, entry, ref, amount, on)
                if found is not None:
                    out.append(found)
    return out


def _edited(versions: Sequence[Versions]) -> Iterator[PromiseChange]:
    for one in versions:
        if one.kind != "customer":
            continue
        old = one.before[0] if one.before else None
        new = one.after[0] if one.after else None
        ones = old.overrides if old is not None else {}
        twos = new.overrides if new is not None else {}
        for ref in sorted({*ones, *twos}):
            was, now = ones.get(ref), twos.get(ref)
            if _same(was, now):
                continue
            what = "made" if was is None else "withdrawn" if now is None else "edited"
            entry = new or old
            assert entry is not None
            amount = now or was
            line = amount.line if amount is not None else entry.line
            words = [rule_words(amount) if amount is not None else None for amount in (was, now)]
            yield PromiseChange(what, one.id, ref, words[1] or words[0], words[0], words[1], f"{entry.path}:{line}")


def _same(one: Expression | None, two: Expression | None) -> bool:
    if isinstance(one, Plain) and isinstance(two, Plain):
        return one.value.key == two.value.key
    if one is None or two is None:
        return one is two
    return bool(without_lines(one.encode()) == without_lines(two.encode()))


def _effect(
    before: Library, after: Library, entry: Entry, ref: str, amount: Expression, on: date
) -> PromiseChange | None:
    person = document_customer(entry)
    got = [_value(library, person, ref, on) for library in (before, after)]
    bare = [_value(library, person._replace(entry=None), ref, on) for library in (before, after)]
    found = find_term(after, ref, on.toordinal()) or find_term(before, ref, on.toordinal())
    promised = _typed(amount, ref, before, after, on)
    if found is None or promised is None:
        return None
    better = found[0].better

    def keeps(value: Value | None) -> bool:
        return value is not None and (value.key == promised.key or bool(kinder(value, promised, better)))

    what = None
    if keeps(got[0]) and not keeps(got[1]):
        what = "broken"
    elif keeps(bare[1]) and not keeps(bare[0]):
        what = "overtaken"
    if what is None:
        return None
    words = [write(value) if value is not None else None for value in got]
    return PromiseChange(what, entry.id, ref, write(promised), words[0], words[1], f"{entry.path}:{amount.line}")


def _typed(amount: Expression, ref: str, before: Library, after: Library, on: date) -> Value | None:
    """What was promised, as either book types the term."""
    for library in (after, before):
        found = find_term(library, ref, on.toordinal())
        if found is not None:
            try:
                value = typed(amount, found[0], library.settings)
            except ValueProblem:
                continue
            if isinstance(value, Plain):
                return value.value
    return None


def _value(library: Library, person: Customer, ref: str, on: date) -> Value | None:
    owner = ref.partition(".")[0]
    try:
        answer = resolve(library, Case(on=on, customer=person, about=_about(library, owner, on)))
    except (ServkitError, ValueProblem):
        return None
    term = answer.terms.get(ref)
    return term.value if term is not None else None


def _about(library: Library, owner: str, on: date) -> tuple[str, ...]:
    versions = [entry for kind in library.settings.owners for entry in library.versions(kind, owner)]
    now, _ = in_force(versions, on.toordinal())
    hidden = owner in library.settings.areas and not any(owner in found.entry.list("areas") for found in now)
    return () if hidden else (owner,)
