"""Who may grant or promise how much (JOURNAL.md, *Authority*): one rule for grants, promises and offers."""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING, NamedTuple

from servkit.answer.candidates import kinder
from servkit.book.values import Value, write
from servkit.languages.catalogue import Message, Worded
from servkit.text import enumeration

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from servkit.answer.result import TermAnswer


class Verdict(Enum):
    """What the rule says of a value."""

    ACCEPTED = "accepted"
    REFUSED = "refused"
    IMPOSSIBLE = "impossible"


class Judgement(NamedTuple):
    """The verdict on one value, and why in one sentence. ``stretch``: it goes further than what resolves.

    ``who`` are the roles that may, least authority first, where it was refused for going too far."""

    verdict: Verdict
    because: Message | None = None
    stretch: bool = False
    who: tuple[str, ...] = ()

    @property
    def accepted(self) -> bool:
        return self.verdict is Verdict.ACCEPTED


def judge(term: TermAnswer | None, ref: str, value: Value) -> Judgement:
    """Judge a value of a term by the answer for the role of whoever grants it."""
    if term is None:
        return Judgement(
            Verdict.REFUSED, Message("{term} is not offered here, so nobody may go further.", {"term": ref})
        )
    if term.term.fixed:
        return Judgement(Verdict.REFUSED, Message("{term} is fixed. Nobody goes past it.", {"term": ref}))
    if term.state == "conflict":
        values = [amount for amount, _ in term.between if isinstance(amount, Value)]
        blanks = {"term": ref, "values": Worded(enumeration(map(write, values)), values)}
        told = Message("{term} is in conflict ({values}). The book has to settle that first.", blanks)
        return Judgement(Verdict.REFUSED, told)
    found, better = term.value, term.term.better
    if term.you_may is None:
        told = Message("How far you may go with {term} isn't known yet. Answer the questions first.", {"term": ref})
        return Judgement(Verdict.REFUSED, told)
    if found is not None and found.key == value.key:
        return Judgement(Verdict.ACCEPTED)
    if better is None or value.family != term.you_may.family:
        blanks = {"value": _worded(value), "limit": _worded(term.you_may)}
        told = Message("{value} doesn't compare with {limit}, so nobody can say whether it is more.", blanks)
        return Judgement(Verdict.IMPOSSIBLE, told)
    if found is not None and kinder(found, value, better):
        blanks = {"found": _worded(found), "value": _worded(value)}
        return Judgement(
            Verdict.IMPOSSIBLE, Message("The customer gets {found} anyway, and {value} is worse for them.", blanks)
        )
    if kinder(value, term.you_may, better):
        blanks = {"limit": _worded(term.you_may), "value": _worded(value)}
        return Judgement(Verdict.REFUSED, Message("You may go to {limit}, not to {value}.", blanks))
    return Judgement(Verdict.ACCEPTED, stretch=True)


def _worded(value: Value) -> Worded:
    return Worded(write(value), value)


def judge_with_roles(
    answered: Callable[[str], TermAnswer | None],
    ref: str,
    value: Value,
    role: str,
    roles: Sequence[str],
    approver: str | None = None,
) -> Judgement:
    """Judge a value for a role; where that may not, for the ``approver``'s role. A refusal names the roles that may.

    ``answered`` gives the term as answered for a role; ``roles`` are those of the book, least authority first."""
    own = judge(answered(role), ref, value)
    if own.verdict is not Verdict.REFUSED:
        return own
    if approver is not None and judge(answered(approver), ref, value).accepted:
        return Judgement(Verdict.ACCEPTED, Message("approved by {role}", {"role": approver}), stretch=True)
    who = tuple(other for other in roles if other != role and judge(answered(other), ref, value).accepted)
    return own._replace(who=who) if who else _beyond_everybody(own, answered, value, role, roles)


def _beyond_everybody(
    own: Judgement, answered: Callable[[str], TermAnswer | None], value: Value, role: str, roles: Sequence[str]
) -> Judgement:
    """A refusal that no role can help with. It says who may go furthest, where the value went too far."""
    mine = answered(role)
    limit = mine.you_may if mine is not None else None
    if mine is None or limit is None:
        return own
    furthest, who = limit, role
    for other in roles:
        term = answered(other)
        if term is not None and term.you_may is not None and kinder(term.you_may, furthest, mine.term.better):
            furthest, who = term.you_may, other
    blanks = {"limit": _worded(limit), "value": _worded(value), "role": who, "furthest": _worded(furthest)}
    told = Message("You may go to {limit}, not to {value}. Nobody may go further.", blanks)
    if who != role:
        told = Message("You may go to {limit}. Nobody may go to {value}; the furthest is {furthest} ({role}).", blanks)
    return own._replace(because=told)
