"""What of a book goes into a spreadsheet: its scripts, customers and terms, and who may do how much."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from servkit.book.amounts import Counted, Dated, Plain
from servkit.book.values import write

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from servkit.answer.case import Customer
    from servkit.book.amounts import Expression
    from servkit.book.entries import Entry
    from servkit.book.settings import Settings
    from servkit.book.terms import Term
    from servkit.exchange.export import Filter

#: What a spreadsheet can be asked for.
TABLES = ("scripts", "customers", "terms", "authority")


class Table(NamedTuple):
    """A sheet: its title, the headings, and rows of texts."""

    title: str
    header: Sequence[str]
    rows: Sequence[Sequence[str]]


def customers_table(customers: Iterable[Customer], settings: Settings) -> Table:
    """The customers, a row each, with their attributes."""
    names = [name for name, variable in settings.names.items() if not variable.fact]
    rows = []
    for customer in customers:
        known = customer.attributes
        cells = [_written(known[name]) if name in known else "" for name in names]
        rows.append([customer.id, customer.name or "", *cells])
    return Table("Customers", ("id", "name", *names), rows)


def _written(value: object) -> str:
    amount = getattr(value, "amount", None)
    return "; ".join(amount) if isinstance(amount, tuple) else str(value)


def terms_table(entries: Sequence[Entry], settings: Settings, today: int, language: str, which: Filter) -> Table:
    """The terms of all standards and policies in force, a row each."""
    header = ("term", "title", "what everybody gets", "depends on the case", "fixed", "better", "nobody goes past",
              "policy or standard", "area", "why", "file")  # fmt: skip
    rows = []
    for entry, term, title in _terms(entries, settings, today, language, which):
        owner = settings.pick(entry.prose.get("title"), language) or entry.id
        rows.append([
            term.ref, title, written(term.value), "yes" if term.rows else "", "yes" if term.fixed else "",
            term.better or "", written(term.limit), owner, "; ".join(entry.list("areas")),
            " ".join(settings.pick(entry.prose.get("why"), language).split()), f"{entry.path}:{term.line}",
        ])  # fmt: skip
    return Table("Terms", header, rows)


def authority_table(entries: Sequence[Entry], settings: Settings, today: int, language: str, which: Filter) -> Table:
    """How far each role may go on its own, a row for each term. A role above one that is named may give as much."""
    header = ("term", "title", "what everybody gets", *settings.roles, "nobody goes past", "policy or standard")
    rows = []
    for entry, term, title in _terms(entries, settings, today, language, which):
        owner = settings.pick(entry.prose.get("title"), language) or entry.id
        rows.append([term.ref, title, written(term.value), *_reach(term, settings), written(term.limit), owner])
    return Table("Authority", header, rows)


def _reach(term: Term, settings: Settings) -> list[str]:
    """What each role may give, in their order; empty where it may give what everybody gets."""
    if term.fixed:
        return ["fixed"] * len(settings.roles)
    out, best = [], ""
    for role in settings.roles:
        best = written(term.grant.get(role)) or best
        out.append(best)
    return out


def _terms(
    entries: Sequence[Entry], settings: Settings, today: int, language: str, which: Filter
) -> list[tuple[Entry, Term, str]]:
    found = []
    for entry in sorted(entries, key=lambda entry: entry.id):
        if entry.owns_terms and entry.in_force(today) and which.accepts(entry):
            for name, term in entry.terms.items():
                title = settings.pick(term.title, language) or name.replace("-", " ").capitalize()
                found.append((entry, term, title))
    return found


def written(amount: Expression | None) -> str:
    """An amount as a book writes it, on one line; nothing where there is none."""
    if amount is None:
        return ""
    if isinstance(amount, Plain):
        return write(amount.value)
    if isinstance(amount, Dated):
        from datetime import date

        by = f" (by {amount.by.replace('_', ' ')})" if amount.by else ""
        steps = (f"{written(step)} from {date.fromordinal(day)}" for day, step in amount.steps)
        return "; ".join(steps) + by
    assert isinstance(amount, Counted)
    parts = (("start", amount.start), ("each", amount.each), ("per", amount.per), ("after", amount.after),
             ("at least", amount.at_least), ("at most", amount.at_most))  # fmt: skip
    shown = (f"{name} {part if isinstance(part, str) else written(part)}" for name, part in parts if part is not None)
    return f"{', '.join(shown)}, of {amount.of.replace('_', ' ')}"
