"""Values and conditions in words, in the language of a screen or a handout."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from servkit.book.amounts import Counted, Dated, Expression, Plain
from servkit.book.conditions import All, AnyOf, Atom, Condition, InSegment, Known, Not
from servkit.book.dates import Relative
from servkit.book.literals import read
from servkit.book.problems import ValueProblem
from servkit.book.values import Value, amount_value, date_value
from servkit.languages.catalogue import Either, Message, Names, Worded
from servkit.languages.clock_words import clock_words
from servkit.scripts.localization import localize, localize_list, localize_relative

if TYPE_CHECKING:
    from collections.abc import Sequence

    from servkit.book.settings import Settings
    from servkit.languages.catalogue import Catalogue

#: What a value is compared with. Operators that are not here need no word.
_COMPARISONS = {
    "is_not": Message("not {value}"),
    "not_in": Message("not {value}"),
    "at_least": Message("at least {value}"),
    "at_most": Message("at most {value}"),
    "more_than": Message("more than {value}"),
    "less_than": Message("less than {value}"),
    "between": Message("{value} to {last}"),
    "before": Message("before {value}"),
    "after": Message("after {value}"),
    "on_or_before": Message("on or before {value}"),
    "on_or_after": Message("on or after {value}"),
    "within": Message("within {value} of today"),
    "contains": Message("contains “{value}”"),
    "starts_with": Message("begins with “{value}”"),
    "ends_with": Message("ends with “{value}”"),
    "matches": Message("in the form {value}"),
}
#: The same for a day that is counted from today, by operator: in the past, and in the future.
_COUNTED_DAYS = {
    "before": (Message("longer ago than {span}"), Message("less than {span} from now")),
    "after": (Message("less than {span} ago"), Message("more than {span} from now")),
    "on_or_before": (Message("{span} ago or longer"), Message("{span} from now or sooner")),
    "on_or_after": (Message("{span} ago or less"), Message("{span} from now or later")),
}
_EACH = Message("{each} for every {per} of “{of}”")
_EACH_STARTED = Message("{each} for every {per} or part of it of “{of}”")
_NAMES = {
    "channel": Message("Channel"),
    "role": Message("Role"),
    "office": Message("Office"),
    "segment": Message("Segment"),
    "today": Message("Today"),
}


class Phrases:
    """Puts what a book means into words, as it is on a ``day`` (an ordinal)."""

    def __init__(self, settings: Settings, words: Catalogue, day: int) -> None:
        self.settings, self.words, self.language, self.day = settings, words, words.language, day

    def pick(self, prose: Any) -> str:
        """Prose in the language."""
        return self.settings.pick(prose, self.language)

    def name(self, name: str) -> str:
        """The title of an attribute, fact or built-in name."""
        known = self.settings.names.get(name)
        if known is not None:
            return self.pick(known.title) or name.replace("_", " ").capitalize()
        return self.words.gettext(_NAMES[name].text) if name in _NAMES else name

    # --- texts ------------------------------------------------------------------------------------------------

    def say(self, message: Message) -> str:
        """One of servkit's texts, with blanks as values."""
        return self.words.gettext(message.text, **{name: self._blank(blank) for name, blank in message.blanks.items()})

    def _blank(self, blank: Any) -> Any:
        if isinstance(blank, Message):
            return self.say(blank)
        if isinstance(blank, Either):
            return self.either(blank)
        if isinstance(blank, Names):
            return self.names(blank)
        if isinstance(blank, Worded):
            return str(blank) if self.language.partition("-")[0] == "en" else self._meaning(blank)
        return self.date(blank) if isinstance(blank, date) else blank

    def _meaning(self, blank: Worded) -> str:
        meaning = blank.meaning
        if isinstance(meaning, Value):
            return self.value(meaning)
        if isinstance(meaning, Condition):
            return self.condition(meaning)
        return self.written(blank) if meaning is None else self.both([self.value(value) for value in meaning])

    def either(self, items: Sequence[str]) -> str:
        """``a, b or c``."""
        return localize_list(items, "or", self.language)

    def both(self, items: Sequence[str]) -> str:
        """``a, b and c``."""
        return localize_list(items, "standard", self.language)

    def names(self, names: Sequence[str]) -> str:
        """Attributes and facts by what they are called."""
        return ", ".join(map(self.name, names))

    # --- values -----------------------------------------------------------------------------------------------

    def value(self, value: Value) -> str:
        """A plain value."""
        if value.type == "flag":
            return self.words.gettext("yes") if value.amount else self.words.gettext("no")
        out = localize(value, self.language)
        if value.type == "duration" and " " in value.unit and self.language != self.settings.language:
            out = self._by_clock(out, value.unit.rpartition(" ")[0])
        one_word = value.type == "percent" or (value.type == "duration" and " " not in value.unit)
        return out.replace(" ", "\N{NO-BREAK SPACE}") if one_word else out

    def _by_clock(self, text: str, name: str) -> str:
        """A duration with the hours of its clock in place of the name that the clock has in the book."""
        clock = self.settings.clocks.get(name)
        hours = None if clock is None else clock_words(clock.hours, self.language)
        return text if hours is None else text.replace(f"({name})", f"({hours})")

    def date(self, day: date) -> str:
        """A day."""
        return localize(date_value(day), self.language)

    def written(self, text: str) -> str:
        """A value as the book writes it, in the language; as it is where it is no value."""
        try:
            return self.value(read(text, self.settings.clocks))
        except ValueProblem:
            return text

    def rule(self, amount: Expression) -> str:
        """Any value with everything that decides it, whatever the day."""
        if not isinstance(amount, Dated):
            return self.amount(amount)
        steps = (f"{self.amount(step)} {self._from(start)}" for start, step in amount.steps)
        by = f" ({self.name(amount.by)})" if amount.by is not None else ""
        return "; ".join(steps) + by

    def amount(self, amount: Expression | None) -> str:
        """Any value, as it is on the day."""
        if amount is None:
            return self.words.gettext("not offered")
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
        first = self.amount(now) if now is not None else self.words.gettext("not offered yet")
        return "; ".join([first, *later])

    def _from(self, day: int) -> str:
        return self.words.gettext("from {day}", day=self.date(date.fromordinal(day)))

    def _counted(self, amount: Counted) -> str:
        gettext = self.words.gettext
        parts: list[str] = []
        of = self.name(amount.of)
        if amount.start is not None and not (amount.each is not None and _nothing(amount.start)):
            parts.append(self.amount(amount.start))
        if amount.each is not None:
            each = self.amount(amount.each)
            if amount.share:
                parts.append(gettext("{each} of “{of}”", each=each, of=of))
            else:
                per = _without_one(self.amount(amount.per) if amount.per is not None else "1")
                text = _EACH_STARTED if amount.started else _EACH
                rate = gettext(text.text, each=each, per=per, of=of)
                parts.append(gettext("plus {amount}", amount=rate) if parts else rate)
        if amount.after is not None:
            parts.append(gettext("beyond the first {after}", after=self.amount(amount.after)))
        if amount.up_to is not None:
            parts.append(gettext("at most {count} times", count=amount.up_to))
        out = " ".join(parts) or self.value(amount.zero)
        if amount.at_least is not None:
            out += ", " + gettext("at least {value}", value=self._bound(amount.at_least))
        if amount.at_most is not None:
            out += ", " + gettext("at most {value}", value=self._bound(amount.at_most))
        return out

    def _bound(self, bound: Plain | Dated | str) -> str:
        return self.name(bound) if isinstance(bound, str) else self.amount(bound)

    # --- conditions -------------------------------------------------------------------------------------------

    def condition(self, condition: Condition, *, inner: bool = False) -> str:
        """A condition as a person says it."""
        if isinstance(condition, Not):
            return self.words.gettext("not ({part})", part=self.condition(condition.part))
        if isinstance(condition, All):
            joint = self.words.gettext("or") if isinstance(condition, AnyOf) else self.words.gettext("and")
            joined = f" {joint} ".join(self.condition(part, inner=True) for part in condition.parts)
            return f"({joined})" if inner and len(condition.parts) > 1 else joined
        assert isinstance(condition, Atom)
        return self.words.gettext("{name}: {value}", name=self.name(condition.name), value=self.comparison(condition))

    def comparison(self, atom: Atom) -> str:
        """What a condition compares with, without the name: ``at least 12``."""
        if isinstance(atom, Known):
            return self.words.gettext("known") if atom.args[0].amount else self.words.gettext("not known")
        first = atom.args[0]
        if isinstance(first, Relative) and atom.op in _COUNTED_DAYS:
            past, future = _COUNTED_DAYS[atom.op]
            return self.words.gettext((past if first.count < 0 else future).text, span=self._span(first))
        args = list(map(self.segment, atom.items)) if isinstance(atom, InSegment) else self._arguments(atom)
        blanks = {"value": localize_list(args, "standard" if atom.op == "has_all" else "or", self.language)}
        if atom.op == "between":
            blanks = {"value": args[0], "last": args[-1]}
        return self.words.gettext(_COMPARISONS[atom.op].text, **blanks) if atom.op in _COMPARISONS else blanks["value"]

    def segment(self, id_: str) -> str:
        """What a segment is called."""
        return id_

    def _arguments(self, atom: Atom) -> list[str]:
        return [self._argument(arg, atom.op) for arg in atom.args]

    def _argument(self, arg: Value | Relative, op: str) -> str:
        if not isinstance(arg, Relative):
            return self.value(arg)
        return self._span(arg) if op == "within" else localize_relative(arg, self.language)

    def _span(self, arg: Relative) -> str:
        return self.value(amount_value("duration", Decimal(abs(arg.count)), arg.unit))


def _nothing(amount: Expression) -> bool:
    return isinstance(amount, Plain) and amount.value.size == 0


def _without_one(words: str) -> str:
    """``hour`` for ``1 hour``: people say "for every hour"."""
    head, gap, tail = words.replace("\N{NO-BREAK SPACE}", " ").partition(" ")
    return tail if head == "1" and gap else words
