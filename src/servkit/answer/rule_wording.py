"""Values as rules in words: what everybody gets, from which day, or for each what."""

from __future__ import annotations

from datetime import date

from servkit.book.amounts import Counted, Dated, Expression, Plain
from servkit.book.values import write


def rule_words(amount: Expression) -> str:
    """A value as a rule in words: ``50 GBP for each started 12 hours of hours_late after 24 hours``."""
    if isinstance(amount, Plain):
        return write(amount.value)
    if isinstance(amount, Dated):
        steps = (f"{rule_words(step)} from {date.fromordinal(start)}" for start, step in amount.steps)
        return ", ".join(steps) + (f" (by {amount.by})" if amount.by else "")
    return _counted_words(amount)


def _counted_words(amount: Counted) -> str:
    def words_of(part: Plain | Dated | str) -> str:
        return part if isinstance(part, str) else rule_words(part)

    out = [words_of(amount.start)] if amount.start is not None else []
    if amount.each is not None:
        plus = "and " if out else ""
        if amount.share:
            out.append(f"{plus}{words_of(amount.each)} of {amount.of}")
        else:
            per = words_of(amount.per) if amount.per is not None else "1"
            out.append(
                f"{plus}{words_of(amount.each)} for each {'started ' if amount.started else ''}{per} of {amount.of}"
            )
    else:
        out.append(f"by {amount.of}")
    if amount.after is not None:
        out.append(f"after {words_of(amount.after)}")
    if amount.up_to is not None:
        out.append(f"for {amount.up_to} at most")
    words = " ".join(out)
    for tail, bound in (("at least", amount.at_least), ("at most", amount.at_most)):
        words += f", {tail} {words_of(bound)}" if bound is not None else ""
    return words
