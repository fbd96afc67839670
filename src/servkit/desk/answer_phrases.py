"""What an answer says, in the words of a person at a desk. A screen and a page show the same words."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any, NamedTuple

from servkit.answer.due import due_moment
from servkit.book.intervals import Range

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from servkit.answer.result import Answer, TermAnswer
    from servkit.book.entries import Entry
    from servkit.desk.phrases import DeskPhrases


class Aside(NamedTuple):
    """A remark on a value. ``sort`` is ``mine`` (how far you may go, and with ``rest`` who may go further),
    ``further`` (only who may), ``clipped`` or ``source``."""

    sort: str
    text: str
    rest: str = ""


class AnswerPhrases:
    """Puts the parts of one answer into words."""

    def __init__(self, answer: Answer, phrases: DeskPhrases) -> None:
        self.answer, self.phrases = answer, phrases
        self._gettext = phrases.words.gettext
        self._asked: defaultdict[str, list[str]] = defaultdict(list)
        for ask in answer.questions:
            for ref in ask.decides:
                self._asked[ref].append(ask.name)
        self._by_document: defaultdict[str, list[TermAnswer]] = defaultdict(list)
        for found in answer.terms_as_written:
            self._by_document[found.term.ref.partition(".")[0]].append(found)

    def pick(self, prose: Any) -> str:
        """Prose in the language of the answer."""
        return self.answer.settings.pick(prose, self.answer.case.language)

    def title(self, entry: Entry) -> str:
        """What a document is called."""
        return self.pick(entry.prose.get("title")) or entry.id

    # --- steps ------------------------------------------------------------------------------------------------

    def step(self, step: Any) -> tuple[str, str]:
        """A step, and by whom and within what time it is done."""
        if not (isinstance(step, dict) and "do" in step):
            return self.pick(step), ""
        asides = [self.phrases.written(str(step["role"]))] if step.get("role") else []
        asides += [self._duration(step["within"])] if step.get("within") else []
        return self.pick(step["do"]), ", ".join(asides)

    def follow_up(self, entry: Entry) -> str:
        """After what time a recovery is looked at again; empty where none is written."""
        after = entry.prose.get("follow_up")
        return f"{self._gettext('Check back after')} {self._duration(after)}" if after else ""

    def _duration(self, text: Any) -> str:
        """A duration, and the moment at which it is due where that is known."""
        written, answer = self.phrases.written(str(text)), self.answer
        moment = due_moment(text, answer.case, answer.settings, answer.trace.values)
        if moment is None:
            return written
        due = self.phrases.moment(moment, answer.case.on.year)
        return self._gettext("{value}, by {moment}", value=written, moment=due)

    # --- terms ------------------------------------------------------------------------------------------------

    def terms_of(self, id_: str) -> list[TermAnswer]:
        """The terms of one document, in its author's order."""
        return self._by_document[id_]

    def offers(self) -> list[TermAnswer]:
        """Terms of documents that are not listed, which a recovery may offer."""
        listed = {entry.id for kind in ("standard", "policy") for entry in self.answer.documents[kind]}
        return [found for found in self.answer.terms_as_written if found.term.ref.partition(".")[0] not in listed]

    def term_name(self, term: TermAnswer) -> str:
        """What a term is called, on one line."""
        return " ".join(self.pick(term.term.title).split()) or _spoken(term.term.ref)

    def term_title(self, ref: str) -> str:
        """What a term is called, whether or not it is in the answer."""
        term = self.answer.terms.get(ref)
        if term is not None:
            return self.term_name(term)
        return " ".join(self.pick(self.answer.trace.promised_titles.get(ref)).split()) or _spoken(ref)

    def term_value(self, term: TermAnswer) -> str:
        """What a term comes to, and when that is due."""
        value, gettext = self.bare_value(term), self._gettext
        if names := self.depends_on(term):
            return gettext("{values}, depending on: {names}", values=value, names=names)
        moment = self.due(term)
        return gettext("{value}, by {moment}", value=value, moment=moment) if moment else value

    def bare_value(self, term: TermAnswer) -> str:
        """What a term comes to, without what decides it, and without when it is due."""
        phrases = self.phrases
        if term.state == "open":
            return phrases.either([phrases.amount_in_words(amount) for amount in term.may_be])
        if term.state == "conflict":
            return self._gettext("CONFLICT: {sides}; ask before you promise", sides=conflict_words(term, phrases))
        assert term.value is not None
        return phrases.value(term.value)

    def depends_on(self, term: TermAnswer) -> str:
        """What has to be asked to settle an open term; empty for any other."""
        asked = self._asked[term.term.ref] if term.state == "open" else []
        return self.phrases.both([self.phrases.name(name) for name in asked]) if asked else ""

    def due(self, term: TermAnswer) -> str:
        """The moment at which a term is due; empty where none is known."""
        return "" if term.due is None else self.phrases.moment(term.due, self.answer.case.on.year)

    def asides(self, term: TermAnswer) -> Iterator[Aside]:
        """What you may do, who may do more, and why the value is not the usual one."""
        phrases, gettext = self.phrases, self._gettext
        own = term.you_may if term.you_may is not None and term.you_may.key not in _due_anyway(term) else None
        further = ""
        if term.then is not None:
            further = gettext("{role} to {value}", role=term.then.role, value=phrases.value(term.then.may))
        if term.you_may_be and term.you_may_be != term.may_be:
            yield self._ends(term, further)
        elif own is not None:
            yield Aside("mine", gettext("you may go to {value}", value=phrases.value(own)), further)
        elif further:
            no_further = self.answer.case.role and term.value is not None and not term.you_may_be
            text = gettext("{grants}, without asking", grants=further)
            yield Aside("further", gettext("you may go no further · {grants}", grants=further) if no_further else text)
        if term.clipped is not None:
            yield Aside("clipped", gettext("{value} would be past the limit", value=phrases.value(term.clipped)))
        if term.origin is not None and term.origin.kind in ("segment", "customer"):
            yield Aside("source", self._source(term, term.origin.kind, term.origin.id))

    def _ends(self, term: TermAnswer, further: str) -> Aside:
        """How far you may go, where a question decides that, and who may go further then."""
        phrases, gettext = self.phrases, self._gettext
        values = phrases.either([phrases.amount_in_words(amount) for amount in term.you_may_be])
        names = phrases.both([phrases.name(name) for name in term.ends_depend])
        grants = [further] if further else []
        if term.perhaps is not None and (term.then is None or term.perhaps[0] != term.then.role):
            role, ends = term.perhaps
            more = phrases.either([phrases.amount_in_words(amount) for amount in ends])
            grants.insert(0, gettext("{role} to {value}", role=role, value=more))
        depending = gettext("{values}, depending on: {names}", values=values, names=names)
        if any(isinstance(amount, Range) for amount in term.you_may_be):
            mark = gettext("how far you may go: {value}", value=depending)
        else:
            mark = gettext("you may go to {value}", value=depending)
        return Aside("mine", mark, " · ".join(grants))

    def _source(self, term: TermAnswer, kind: str, id_: str) -> str:
        phrases, gettext = self.phrases, self._gettext
        source = gettext("promised") if kind == "customer" else gettext("for {segment}", segment=phrases.segment(id_))
        same = term.value is not None and term.default is not None and term.default.key == term.value.key
        if same or term.default is None:
            return source
        return gettext("{source}; others have {value}", source=source, value=phrases.value(term.default))

    # --- the person -------------------------------------------------------------------------------------------

    def decided(self, names: tuple[str, ...]) -> list[str]:
        """What a question decides."""
        return list(dict.fromkeys(map(self._decided, names)))

    def _decided(self, name: str) -> str:
        kind, colon, id_ = name.partition(":")
        if not colon:
            return self.term_title(name)
        if kind == "segment" and (entry := self.answer.trace.all_segments.get(id_)) is not None:
            return self.title(entry)
        return next((self.title(left.entry) for left in self.answer.left_out if left.entry.name == name), name)

    def promised_in_document(self, raw: Any) -> str:
        """The value of a promise as a customer's document writes it."""
        if isinstance(raw, str):
            return self.phrases.written(raw)
        if isinstance(raw, list):
            return ", ".join(map(str, raw))
        return ", ".join(f"{key} {value}" for key, value in raw.items()) if isinstance(raw, dict) else ""

    def lately(self, entry: Mapping[str, Any]) -> str:
        """A grant or a recovery of the journal."""
        gettext = self._gettext
        if entry["kind"] != "grant":
            how = entry["done"] or gettext("still open")
            return f"{self._recovery(entry['recovery'])}, {entry['by']}: {how}"
        what = gettext(
            "{term} {value}, {name}, because {reason}",
            term=self.term_title(entry["term"]),
            value=self.phrases.written(entry["value"]),
            name=entry["by"],
            reason=entry["because"],
        )
        waits = gettext("waits for approval")
        return f"{what} ({waits})" if entry.get("pending") else what

    def _recovery(self, id_: str) -> str:
        found = (entry for entry in self.answer.documents["recovery"] if entry.id == id_)
        return next(map(self.title, found), id_)


def conflict_words(term: TermAnswer, phrases: DeskPhrases) -> str:
    """The values that contradict each other, each with the document that it comes from."""
    sides = [f"{phrases.amount_in_words(amount)} ({origin.id})" for amount, origin in term.between]
    against = phrases.words.gettext("against")
    return f" {against} ".join(sides)


def _spoken(ref: str) -> str:
    return ref.partition(".")[2].replace("-", " ").capitalize()


def _due_anyway(term: TermAnswer) -> set[tuple[str, object]]:
    """What the customer has whichever way it turns out: the value, or the least kind that an open term may come to."""
    if term.value is not None:
        return {term.value.key}
    ends = [end for amount in term.may_be for end in (amount[:2] if isinstance(amount, Range) else (amount,)) if end]
    if term.term.better is None or not ends or len({end.family for end in ends}) > 1:
        return set()
    return {(min if term.term.better == "more" else max)(ends, key=lambda end: end.size).key}
