"""Terms on paper: the authority table (role × term), the numbers of a standard, and what a segment changes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from servkit.answer.candidates import kinder
from servkit.book.amounts import Plain
from servkit.book.literals import read_as
from servkit.book.problems import ValueProblem
from servkit.book.values import write
from servkit.handout.model import (
    Block,
    Callout,
    Measure,
    Measures,
    Paragraph,
    Run,
    Runs,
    Table,
    TableRow,
    ref,
    strong,
    text,
)
from servkit.handout.parts.common import anchor

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from servkit.book.amounts import Expression
    from servkit.book.entries import Entry
    from servkit.book.terms import Grants, Term
    from servkit.book.values import Value
    from servkit.handout.material import Material


def measures(material: Material, entry: Entry) -> tuple[Block, ...]:
    """The numbers of a standard: the value of each term, and how often it has to be met."""
    items = []
    for term in entry.terms.values():
        if term.value is None or (term.rows and not isinstance(term.value, Plain)):
            continue
        value = material.phrases.amount(own_or(material, term, term.value))
        if len(value) > 40:
            continue
        items.append(Measure(value, material.term_title(term), _first_case(material, term)))
    target = entry.prose.get("target")
    if target:
        items.append(Measure(str(target).replace(" %", "\N{NO-BREAK SPACE}%"), material.word("target")))
    return (Measures(tuple(items)),) if items else ()


def _first_case(material: Material, term: Term) -> str:
    """The line under a number: the first case that has another value."""
    if not term.rows or material.own_amount(term) is not None:
        return ""
    row = next((row for row in term.rows if material.may_hold(row.when) and row.value is not None), None)
    if row is None:
        return ""
    return f"{material.phrases.condition(row.when)}: {material.phrases.amount(row.value)}"


def needs_table(entry: Entry) -> bool:
    """Whether there is more to say than the numbers."""
    return any(
        term.rows or term.grant or term.limit or not isinstance(term.value, Plain) for term in entry.terms.values()
    )


def authority(material: Material, entries: Sequence[Entry], caption: str = "") -> tuple[Block, ...]:
    """What everybody gets, how far each role may go without asking, and the limit for everybody."""
    shown = [(entry, term) for entry in entries for term in entry.terms.values()]
    if not shown:
        return ()
    roles = [role for role in material.settings.roles if material.audience.role in (None, role)]
    granted = any(term.grant or any(row.grant for row in term.rows) for _, term in shown)
    limited = any(term.limit or any(row.limit for row in term.rows) for _, term in shown)
    columns = roles if granted else []
    head = [text(material.word("term")), text(_who_gets(material, entries))]
    head += [text(material.role_title(role)) for role in columns]
    if limited:
        head.append(text(material.word("limit")))
    rows = [row for _, term in shown for row in _rows(material, term, columns, limited=limited)]
    return (Table(tuple(head), tuple(rows), text(caption or material.word("authority" if granted else "terms")), 1),)


def _who_gets(material: Material, entries: Sequence[Entry]) -> str:
    """Whose values a table shows: everybody's, or those of the segment that the copy is for."""
    set_here = any(material.own_amount(term) is not None for entry in entries for term in entry.terms.values())
    return material.title(material.segment) if material.segment is not None and set_here else material.word("everybody")


def own_or(material: Material, term: Term, amount: Expression | None) -> Expression | None:
    """What the segment that the copy is for gets of a term, else the amount."""
    own = material.own_amount(term)
    if own is None:
        return amount
    return own._replace(value=typed_move(material, own.value, term)) if isinstance(own, Plain) else own


def _rows(material: Material, term: Term, roles: Sequence[str], *, limited: bool) -> list[TableRow]:
    """A term's row, and one below it for every case that may hold."""
    title = strong(material.term_title(term))
    out: list[TableRow] = []
    own = material.own_amount(term) is not None  # then a case decides only how far one may go
    cases = [row for row in term.rows if material.may_hold(row.when)]
    if own:
        cases = [row for row in cases if row.grant is not None or row.limit is not None]
    if term.value is not None or not cases:
        what = term.value, term.limit, reaches(material, term.grant, term.better)
        out.append(TableRow(_cells(material, term, title, what, roles, limited=limited)))
    else:
        out.append(TableRow((title, *(() for _ in range(1 + len(roles) + limited)))))
    for row in cases:
        when = text(material.phrases.condition(row.when))
        limit = row.limit if row.limit is not None else term.limit
        reach = reaches(material, row.grant if row.grant is not None else term.grant, term.better)
        out.append(TableRow(_cells(material, term, when, (row.value, limit, reach), roles, limited=limited), sub=True))
    return out


def _cells(
    material: Material,
    term: Term,
    title: Runs,
    what: tuple[Expression | None, Expression | None, Mapping[str, Expression]],
    roles: Sequence[str],
    *,
    limited: bool,
) -> tuple[Runs, ...]:
    value, limit, reach = what
    say = material.phrases.amount
    value = own_or(material, term, value)
    if value is not None:
        reach = {role: _kindest((amount, value), term.better) for role, amount in reach.items()}
    cells = [title, text(say(value))]
    cells += [text(say(reach[role])) if role in reach else (Run("–"),) for role in roles]
    if limited:
        cells.append(text(say(limit)) if limit is not None else (Run("–"),))
    return tuple(cells)


def reaches(material: Material, grant: Grants, better: str | None) -> dict[str, Expression]:
    """How far each role may go: its own grant, or the kindest of the nearest roles below it that have one (BOOK.md 4).
    A role inherits nothing from one of equal authority."""
    out: dict[str, Expression] = {}
    below: Expression | None = None
    for group in material.settings.role_groups:
        found = {role: amount for role in group if (amount := grant.get(role, below)) is not None}
        out |= found
        granted = [grant[role] for role in group if role in grant]
        below = _kindest(granted, better) if granted else below
    return out


def _kindest(amounts: Sequence[Expression], better: str | None) -> Expression:
    """The kindest of some amounts; the first, as far as they do not compare."""
    best = amounts[0]
    for amount in amounts[1:]:
        if isinstance(best, Plain) and isinstance(amount, Plain) and kinder(amount.value, best.value, better):
            best = amount
    return best


def override_list(material: Material, segment: Entry) -> tuple[Block, ...]:
    """What a segment gets, beside what everybody gets."""
    rows = []
    for reference, amount in segment.overrides.items():
        if reference not in material.terms:
            continue
        owner, term = material.terms[reference]
        title = f"{material.title(owner)}: {material.term_title(term)}"
        typed = amount._replace(value=typed_move(material, amount.value, term)) if isinstance(amount, Plain) else amount
        value = strong(material.phrases.amount(typed))
        rows.append(TableRow((ref(title, anchor(owner)), text(material.phrases.amount(term.value)), value)))
    if not rows:
        return ()
    head = tuple(text(material.word(key)) for key in ("term", "everybody", "segment_gets"))
    return (Table(head, tuple(rows), text(material.word("segment_gets")), 1),)


def typed_move(material: Material, value: Value, term: Term) -> Value:
    """A segment's value, typed as its term is: a book is read before it is known which term a segment means."""
    if term.type in (value.type, "list"):
        return value
    try:
        return read_as(term.type, write(value), term.of, material.settings.vocabulary)
    except ValueProblem:
        return value


def fixed_box(material: Material, entry: Entry) -> tuple[Block, ...]:
    """The box that says that a policy has no exceptions, and on what basis."""
    if not entry.fixed:
        return ()
    basis = entry.prose.get("basis")
    reason = material.word(f"basis_{basis}") if f"basis_{basis}" in material.words else ""
    title = f"{material.word('fixed')} · {reason}" if reason else material.word("fixed")
    return (Callout("fixed", title, (Paragraph(text(material.word("fixed_text"))),)),)
