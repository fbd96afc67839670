"""Who may grant or promise how much (JOURNAL.md, *Authority*): one rule for grants, promises and offers."""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING, NamedTuple

from servkit.answer.candidates import kinder
from servkit.book.values import Value, write

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
    because: str = ""
    stretch: bool = False
    who: tuple[str, ...] = ()

    @property
    def accepted(self) -> bool:
        return self.verdict is Verdict.ACCEPTED


def judge(term: TermAnswer | None, ref: str, value: Value) -> Judgement:
    """Judge a value of a term by the answer for the role of whoever grants it."""
    if term is None:
        return Judgement(Verdict.REFUSED, f"{ref} is not offered here, so nobody may go further.")
    if term.term.fixed:
        return Judgement(Verdict.REFUSED, f"{ref} is fixed. Nobody goes past it.")
    if term.state == "conflict":
        values = " and ".join(write(amount) for amount, _ in term.between if isinstance(amount, Value))
        return Judgement(Verdict.REFUSED, f"{ref} is in conflict ({values}). The book has to settle that first.")
    found, better = term.value, term.term.better
    if term.you_may is None:
        return Judgement(Verdict.REFUSED, f"How far you may go with {ref} isn't known yet. Answer the questions first.")
    if found is not None and found.key == value.key:
        return Judgement(Verdict.ACCEPTED)
    if better is None or value.family != term.you_may.family:
        compared = f"{write(value)} doesn't compare with {write(term.you_may)}, so nobody can say whether it is more."
        return Judgement(Verdict.IMPOSSIBLE, compared)
    if found is not None and kinder(found, value, better):
        return Judgement(Verdict.IMPOSSIBLE, f"The customer gets {write(found)} anyway, and {write(value)} is less.")
    if kinder(value, term.you_may, better):
        return Judgement(Verdict.REFUSED, f"You may go to {write(term.you_may)}, not to {write(value)}.")
    return Judgement(Verdict.ACCEPTED, stretch=True)


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
        return Judgement(Verdict.ACCEPTED, f"approved by {approver}", stretch=True)
    who = tuple(other for other in roles if other != role and judge(answered(other), ref, value).accepted)
    return own._replace(who=who)
