"""Grants that stretched a term, and room that nobody used: what a report says about the rules themselves."""

from __future__ import annotations

from collections import Counter, defaultdict
from decimal import Decimal
from functools import cache
from math import sqrt
from typing import TYPE_CHECKING, Any, NamedTuple

from servkit.book.literals import read_as
from servkit.book.problems import ValueProblem
from servkit.book.values import Value, amount_value
from servkit.journal.customer_view import went_beyond
from servkit.languages.catalogue import Message

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from servkit.book.settings import Settings
    from servkit.book.terms import Term
    from servkit.journal.entry import JournalEntry
    from servkit.journal.proposal import Proposal

#: An edit is looked for where a policy was stretched most, and by the last grants of it: a page for a Monday, at once.
PROPOSALS, LAST_GRANTS = 10, 20
#: The quantile of the normal distribution for Wilson's 95 % interval.
_Z = 1.959964


class Rate(NamedTuple):
    """How often something happened in how many recorded answers, with Wilson's 95 % interval (shares from 0 to 1)."""

    times: int
    of: int
    low: float
    high: float


class Stretched(NamedTuple):
    """Grants of one term. ``beyond`` needed somebody else's approval; ``given`` is the money, summed by currency.
    ``looked_at`` is by how many of the grants, the last ones, an edit was looked for; 0 where none was."""

    ref: str
    times: int
    beyond: int
    roles: Mapping[str, int]
    offices: Mapping[str, int]
    segments: Mapping[str, int]
    reasons: Mapping[str, int]
    given: Sequence[Value]
    rate: Rate | None
    proposal: Proposal | None = None
    looked_at: int = 0

    @property
    def covered(self) -> Message:
        """How many grants the edit would have covered, and where it was looked for by a part of them, by which part."""
        assert self.proposal is not None
        blanks = {"covers": self.proposal.covers, "of": self.proposal.of}
        if self.times <= self.looked_at:
            return Message("would have covered {covers} of {of}", blanks)
        blanks |= {"count": self.looked_at, "times": self.times}
        return Message("would have covered {covers} of {of}, by the last {count} of {times} grants", blanks)


class Unused(NamedTuple):
    """Room that a role has with a term, and never used."""

    ref: str
    role: str


def wilson(times: int, of: int) -> Rate:
    """A rate with Wilson's 95 % interval."""
    share, square = times / of, _Z * _Z
    middle = (share + square / (2 * of)) / (1 + square / of)
    half = _Z / (1 + square / of) * sqrt(share * (1 - share) / of + square / (4 * of * of))
    return Rate(times, of, max(0.0, middle - half), min(1.0, middle + half))


def find_stretched(
    grants: Sequence[JournalEntry],
    answers: Sequence[JournalEntry],
    terms: Mapping[str, Term],
    settings: Settings,
    proposals: Callable[[str, Sequence[JournalEntry]], Proposal | None],
) -> list[Stretched]:
    by_term: dict[str, list[JournalEntry]] = defaultdict(list)
    for entry in grants:
        if (entry.body or {}).get("stretch"):
            by_term[entry.text("term")].append(entry)
    told = Counter(ref for entry in answers for ref in _told_terms(entry))
    out = []
    for ref, found in by_term.items():
        times = len(found)
        out.append(
            Stretched(
                ref,
                times,
                sum(map(went_beyond, found)),
                _counted(entry.text("role") for entry in found),
                _counted(entry.text("office") for entry in found),
                _counted(segment for entry in found for segment in _texts((entry.body or {}).get("segments"))),
                _counted(_reason(entry, settings) for entry in found),
                _given(found, terms.get(ref), settings),
                wilson(times, told[ref]) if told[ref] >= times else None,
            )
        )
    out.sort(key=lambda stretched: (-stretched.times, stretched.ref))
    return [_with_proposal(one, by_term[one.ref][-LAST_GRANTS:], proposals) for one in out[:PROPOSALS]] + out[
        PROPOSALS:
    ]


def _with_proposal(
    one: Stretched, last: Sequence[JournalEntry], proposals: Callable[[str, Sequence[JournalEntry]], Proposal | None]
) -> Stretched:
    return one._replace(proposal=proposals(one.ref, last), looked_at=len(last))


def _reason(entry: JournalEntry, settings: Settings) -> str:
    """The book's words for a coded reason; else what was written."""
    code = entry.text("reason")
    return settings.pick(settings.reasons.get(code)) or code or entry.text("because")


def _told_terms(entry: JournalEntry) -> Iterable[str]:
    answer = (entry.body or {}).get("answer")
    terms = answer.get("terms") if isinstance(answer, dict) else None
    return terms if isinstance(terms, dict) else ()


def _texts(raw: Any) -> list[str]:
    return [text for text in raw if isinstance(text, str)] if isinstance(raw, list) else []


def _counted(texts: Iterable[str]) -> dict[str, int]:
    """How often each text comes, the most frequent first."""
    counts = Counter(filter(None, texts))
    return dict(sorted(counts.items(), key=lambda item: (-item[1], item[0])))


def _given(grants: Sequence[JournalEntry], term: Term | None, settings: Settings) -> list[Value]:
    """The money that was given: the amounts themselves, or what was let off where less is kinder."""
    sums: dict[str, Decimal] = defaultdict(Decimal)
    money = cache(lambda text: _money(text, settings))  # few texts, and each comes often
    for entry in grants:
        value, before = money(entry.text("value")), money(entry.text("before"))
        if value is None:
            continue
        if term is not None and term.better == "less":
            if before is not None and before.unit == value.unit:
                sums[value.unit] += before.amount - value.amount
        else:
            sums[value.unit] += value.amount
    return [amount_value("money", amount, unit) for unit, amount in sorted(sums.items())]


def _money(text: str, settings: Settings) -> Value | None:
    try:
        return read_as("money", text, (), settings.clocks)
    except ValueProblem:
        return None


def find_unused(grants: Sequence[JournalEntry], terms: Mapping[str, Term], settings: Settings) -> list[Unused]:
    used = {(entry.text("term"), entry.text("role")) for entry in grants}
    granting = [(ref, term) for ref, term in sorted(terms.items()) if not term.fixed and term.better]
    return [
        Unused(ref, role)
        for ref, term in granting
        for role in settings.roles
        if role in _granted_roles(term) and (ref, role) not in used
    ]


def _granted_roles(term: Term) -> set[str]:
    return {*(term.grant or {}), *(role for row in term.rows for role in (row.grant or {}))}
