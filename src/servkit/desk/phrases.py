"""servkit's own words and a book's values on a screen, in the language of the person who sits there."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from servkit.answer.condition_reasons import Reasons
from servkit.book.conditions import Days, InSegment
from servkit.book.dates import Relative
from servkit.book.intervals import Range
from servkit.languages.phrases import Phrases
from servkit.scripts.localization import localize_date, localize_day, localize_moment

if TYPE_CHECKING:
    from collections.abc import Mapping

    from servkit.answer.condition_reasons import Reason
    from servkit.answer.result import Because
    from servkit.book.conditions import Atom
    from servkit.book.entries import Entry
    from servkit.book.intervals import Amount
    from servkit.book.settings import Settings
    from servkit.book.values import Value
    from servkit.languages.catalogue import Catalogue


class DeskPhrases(Phrases):
    """Phrases for a screen: lines break anywhere, segments have titles, and a counted day shows which one it is."""

    def __init__(
        self, settings: Settings, words: Catalogue, today: int, segments: Mapping[str, Entry] | None = None
    ) -> None:
        super().__init__(settings, words, today)
        self._segments = segments or {}

    def _blank(self, blank: Any) -> Any:
        if isinstance(blank, datetime):
            return f"{self.weekday(blank.date())}, {blank:%H:%M}"
        return super()._blank(blank)

    def value(self, value: Value) -> str:
        return super().value(value).replace("\N{NO-BREAK SPACE}", " ").replace("\N{NARROW NO-BREAK SPACE}", " ")

    def segment(self, id_: str) -> str:
        entry = self._segments.get(id_)
        return (self.pick(entry.prose.get("title")) if entry is not None else "") or id_

    def comparison(self, atom: Atom) -> str:
        """What is compared with; days that are counted from today with their dates, too."""
        days = [self._ordinal(arg.ordinal(self.day)) for arg in atom.args if isinstance(arg, Relative)]
        if days and atom.op == "within" and isinstance(atom, Days):
            first, last = atom.spans(self.day)[0]
            days = [self.words.gettext("{value} to {last}", value=self._ordinal(first), last=self._ordinal(last))]
        return ", ".join([super().comparison(atom), *days])

    def _ordinal(self, day: int) -> str:
        return self.date(date.fromordinal(day))

    # --- reasons ----------------------------------------------------------------------------------------------

    def because(self, because: Because) -> str:
        """Why something applies, or does not."""
        if not isinstance(because, Reasons):
            return self.say(because)
        return "; ".join(dict.fromkeys(map(self._reason, because))) or self.words.gettext("it always holds")

    def _reason(self, reason: Reason) -> str:
        gettext = self.words.gettext
        atom, value, truth, _ = reason
        if isinstance(atom, InSegment):
            titles = ", ".join(map(self.segment, atom.items))
            if reason.positive:
                return gettext("in the segment {segments}", segments=titles)
            return gettext("not in the segment {segments}", segments=titles)
        comparison = self.comparison(atom)
        if atom.op == "known":
            found = gettext("known") if value is not None else gettext("not known")
        elif value is None:
            found = gettext("not known yet")
        elif truth and atom.op == "is_not":
            found = comparison
        elif truth and atom.op in ("is", "in", "has", "has_any", "has_all"):
            found = self.value(value)
        elif truth:
            found = f"{self.value(value)} ({comparison})"
        else:
            found = gettext("{value} (needed: {comparison})", value=self.value(value), comparison=comparison)
        return gettext("{name}: {value}", name=self.name(atom.name), value=found)

    # --- amounts ----------------------------------------------------------------------------------------------

    def amount_in_words(self, amount: Amount | None) -> str:
        """A value, a range, or nothing."""
        gettext = self.words.gettext
        if amount is None:
            return gettext("nothing")
        if not isinstance(amount, Range):
            return self.value(amount)
        low = None if amount.low is None else self.value(amount.low)
        high = None if amount.high is None else self.value(amount.high)
        if low and high:
            return gettext("{value} to {last}", value=low, last=high)
        if low:
            return gettext("{value} or more", value=low)
        return gettext("up to {value}", value=high) if high else gettext("any amount")

    def moment(self, when: datetime, year: int) -> str:
        """A moment as a person says it, ``Mon 2 Mar, 11:00``; with the year where it is not this one."""
        if self.language.partition("-")[0] != "en":
            return localize_moment(when, self.language, year=when.year != year)
        other = f" {when.year}" if when.year != year else ""
        return f"{_DAYS[when.weekday()]} {when.day} {_MONTHS[when.month - 1]}{other}, {when:%H:%M}"

    def short_day(self, day: date) -> str:
        """A day in a list, ``2 Mar 2026``."""
        if self.language.partition("-")[0] != "en":
            return localize_date(day, self.language)
        return f"{day.day:02} {_MONTHS[day.month - 1]} {day.year}"

    def weekday(self, day: date) -> str:
        """A day with its day of the week, ``Mon 2 Mar 2026``."""
        if self.language.partition("-")[0] != "en":
            return localize_day(day, self.language)
        return f"{_DAYS[day.weekday()]} {day.day} {_MONTHS[day.month - 1]} {day.year}"


# Not strftime's: its names are those of the machine's language. Not Babel's: an English answer does without it.
_DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
