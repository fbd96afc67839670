"""Values and conditions in words, in the language of the handout."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from servkit.book.amounts import Counted, Dated, Expression, Plain
from servkit.book.conditions import All, AnyOf, Atom, Condition, InSegment, Known, Not
from servkit.book.dates import Relative
from servkit.book.values import Value, amount_value, date_value
from servkit.scripts.localization import localize, localize_list

if TYPE_CHECKING:
    from servkit.book.settings import Settings


class Phrases:
    """Puts what a book means into words. ``words`` are those of :func:`servkit.handout.vocabulary.words_for`."""

    def __init__(self, settings: Settings, words: dict[str, Any], language: str, day: int) -> None:
        self.settings, self.words, self.language, self.day = settings, words, language, day
        self.conditions: dict[str, str] = words["conditions"]

    def pick(self, prose: Any) -> str:
        """Prose in the language of the handout."""
        return self.settings.pick(prose, self.language)

    def name(self, name: str) -> str:
        """The title of an attribute, fact or built-in name."""
        known = self.settings.names.get(name)
        if known is not None:
            return self.pick(known.title) or name.replace("_", " ").capitalize()
        return self.conditions.get(name, name)

    # --- values -----------------------------------------------------------------------------------------------

    def value(self, value: Value) -> str:
        """A plain value in the language of the handout."""
        if value.type == "flag":
            return str(self.words["yes" if value.amount else "no"])
        out = localize(value, self.language)
        one_word = value.type == "percent" or (value.type == "duration" and " " not in value.unit)
        return out.replace(" ", "\N{NO-BREAK SPACE}") if one_word else out

    def date(self, day: date) -> str:
        """A day in the language of the handout."""
        return localize(date_value(day), self.language)

    def amount(self, amount: Expression | None) -> str:
        """Any value, as it is on the day of the handout."""
        if amount is None:
            return str(self.words["not_offered"])
        if isinstance(amount, Plain):
            return self.value(amount.value)
        return self._dated(amount) if isinstance(amount, Dated) else self._counted(amount)

    def _dated(self, amount: Dated) -> str:
        if amount.by is not None:
            return "; ".join(f"{self.amount(step)} ({self._from(start)})" for start, step in amount.steps)
        now = None
        later: list[str] = []
        for start, step in amount.steps:
            if start <= self.day:
                now = step
            else:
                later.append(f"{self.amount(step)} {self._from(start)}")
        first = self.amount(now) if now is not None else str(self.words["none_yet"])
        return "; ".join([first, *later])

    def _from(self, day: int) -> str:
        return str(self.words["from_day"]).format(day=self.date(date.fromordinal(day)))

    def _counted(self, amount: Counted) -> str:
        words = self.words
        parts: list[str] = []
        of = self.name(amount.of)
        if amount.start is not None and not (amount.each is not None and _nothing(amount.start)):
            parts.append(self.amount(amount.start))
        if amount.each is not None:
            each = self.amount(amount.each)
            if amount.share:
                parts.append(str(words["share_of"]).format(each=each, of=of))
            else:
                per = self.amount(amount.per) if amount.per is not None else "1"
                key = "and_more" if parts else "for_every"
                parts.append(str(words[key]).format(each=each, per=_without_one(per), of=of))
        if amount.after is not None:
            parts.append(str(words["past"]).format(after=self.amount(amount.after)))
        out = " ".join(parts) or self.value(amount.zero)
        for key, end in (("at_least_amount", amount.at_least), ("at_most_amount", amount.at_most)):
            if end is not None:
                bound = self.name(end) if isinstance(end, str) else self.amount(end)
                out += ", " + str(words[key]).format(amount=bound)
        return out

    # --- conditions -------------------------------------------------------------------------------------------

    def condition(self, condition: Condition, *, inner: bool = False) -> str:
        """A condition as a person says it."""
        if isinstance(condition, Not):
            return self.conditions["not"].format(part=self.condition(condition.part))
        if isinstance(condition, All):
            either = isinstance(condition, AnyOf)
            joined = self.conditions["any" if either else "all"].join(
                self.condition(part, inner=True) for part in condition.parts
            )
            return f"({joined})" if inner and len(condition.parts) > 1 else joined
        assert isinstance(condition, Atom)
        return self._atom(condition)

    def _atom(self, atom: Atom) -> str:
        name = self.name(atom.name)
        if isinstance(atom, Known):
            return self.conditions["known" if atom.args[0].amount else "unknown"].format(name=name)
        args = [self._argument(arg, atom.op) for arg in atom.args]
        if isinstance(atom, InSegment):
            args = list(atom.items)
        if atom.op == "between":
            return self.conditions["between"].format(name=name, value=args[0], last=args[-1])
        values = localize_list(args, "standard" if atom.op == "has_all" else "or", self.language)
        return self.conditions[atom.op].format(name=name, value=values)

    def _argument(self, arg: Value | Relative, op: str) -> str:
        if not isinstance(arg, Relative):
            return self.value(arg)
        span = self.value(amount_value("duration", Decimal(abs(arg.count)), arg.unit))
        if op == "within":
            return span
        return self.conditions["ago" if arg.count < 0 else "ahead"].format(span=span)


def _nothing(amount: Expression) -> bool:
    return isinstance(amount, Plain) and amount.value.size == 0


def _without_one(words: str) -> str:
    """``hour`` for ``1 hour``: people say "for every hour"."""
    head, gap, tail = words.replace("\N{NO-BREAK SPACE}", " ").partition(" ")
    return tail if head == "1" and gap else words
