"""Values that know by which rule they were worked out, so that two rules are compared and not only their amounts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from servkit.answer.rule_wording import rule_words
from servkit.book.amounts import Counted, Dated, Expression, Plain
from servkit.book.values import Value

if TYPE_CHECKING:
    from servkit.book.amounts import Facts, Formula

#: What a rule says: the formula without its unit.
RuleKey = tuple[Any, ...]


class RuledValue(Value):
    """A value that a rule gave: ``rule`` is what it says, ``words`` how it reads. Two of them are equal only if both
    their amounts and their rules are."""

    rule: RuleKey = ()
    words: str = ""

    def __eq__(self, other: object) -> bool:
        return isinstance(other, RuledValue) and tuple(self) == tuple(other) and self.rule == other.rule

    def __ne__(self, other: object) -> bool:
        return not self == other

    def __hash__(self) -> int:
        return hash((tuple(self), self.rule))


class TracedCounted(Counted):
    """A counted value whose results know their rule."""

    def worked_out(self, facts: Facts) -> tuple[Value, str | None] | None:
        formula = self.formula(facts)
        found = super().worked_out(facts)
        if found is None or formula is None:
            return None
        value = RuledValue(*found[0])
        value.rule, value.words = _key(formula), rule_words(_settled(self, facts))
        return value, found[1]


def traced(amount: Expression) -> Expression:
    """The same amount, whose counted values know their rule."""
    if isinstance(amount, Counted):
        return TracedCounted(*amount)
    if isinstance(amount, Dated):
        steps = ((start, TracedCounted(*step) if isinstance(step, Counted) else step) for start, step in amount.steps)
        return amount._replace(steps=tuple(steps))
    return amount


def _key(formula: Formula) -> RuleKey:
    return (*formula[:-1], formula.zero.family)


def _settled(amount: Counted, facts: Facts) -> Counted:
    """The counted value with the parts that are in force."""

    def part(found: Plain | Dated | str | None) -> Any:
        return found.first(facts) if isinstance(found, Dated) else found

    return Counted._make([*amount[:5], *(part(found) for found in amount.parts()), amount.line])
