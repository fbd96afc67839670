"""A document of an answer on a page: what it says, its terms, and what to do."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from servkit.answer.answer_json import as_list
from servkit.book.wording import wording_of
from servkit.languages.catalogue import Message
from servkit.web.view.terms import TermBox, term_box

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from servkit.answer.result import TermAnswer
    from servkit.book.entries import Entry
    from servkit.desk.answer_phrases import AnswerPhrases
    from servkit.desk.reasons import Reason

BASIS = {
    "law": Message("law"),
    "safety": Message("safety"),
    "contract": Message("contract"),
    "company": Message("company rule"),
}
#: What somebody of a level is shown of a standard: a beginner the checklist, an experienced colleague the questions, a
#: trusted one the trust.
PRACTICE = {"genuine": ("ask", "listen_for"), "super": ("go_beyond",)}


class Step(NamedTuple):
    """A step, and by whom or by when."""

    text: str
    aside: str


class Rather(NamedTuple):
    """What not to say, and what to say instead."""

    avoid: str
    rather: str


class StepAway(NamedTuple):
    """When to step away from a standard, and what to do then."""

    situation: str
    then: str


class DocumentBox(NamedTuple):
    """A document of an answer. ``practice`` are lists of texts by their key."""

    kind: str
    id: str
    title: str
    aside: str
    statement: str
    terms: tuple[TermBox, ...]
    expectations: tuple[str, ...]
    instead: tuple[str, ...]
    practice: tuple[tuple[str, tuple[str, ...]], ...]
    step_away: tuple[StepAway, ...]
    wording: tuple[Rather, ...]
    trigger: str
    steps: tuple[Step, ...]
    follow_up: str


class DocumentGroup(NamedTuple):
    """Documents under the area that they belong to; the title is empty where there is only one group."""

    title: str
    documents: tuple[DocumentBox, ...]


class DocumentViews:
    """Makes the documents of one answer. ``brief``: only what a list of everything has room for."""

    def __init__(
        self, said: AnswerPhrases, why: Mapping[str, Reason], changed: frozenset[str], *, brief: bool = False
    ) -> None:
        self.said, self.why, self.changed, self.brief = said, why, changed, brief
        self._gettext, self.pick = said.phrases.words.gettext, said.pick
        answer = said.answer
        areas = [area for area in answer.settings.areas if not answer.case.about or area in answer.case.about]
        self._areas = areas if len(areas) > 1 else []

    def groups(self, entries: Sequence[Entry]) -> tuple[DocumentGroup, ...]:
        """Documents under the first of the areas asked for that they belong to."""
        if not entries:
            return ()
        if not self._areas or len(entries) < 2:
            return (DocumentGroup("", tuple(map(self.document, entries))),)
        groups: dict[str, list[Entry]] = {area: [] for area in (*self._areas, "")}
        for entry in entries:
            groups[next((area for area in self._areas if area in entry.list("areas")), "")].append(entry)
        return tuple(
            DocumentGroup(self._area(area), tuple(map(self.document, members)))
            for area, members in groups.items()
            if members
        )

    def _area(self, area: str) -> str:
        if not area:
            return self._gettext("Everywhere")
        return self.pick(self.said.answer.settings.areas[area].get("title")) or area

    def document(self, entry: Entry) -> DocumentBox:
        """One document."""
        prose, pick = entry.prose, self.pick
        basis = prose.get("basis") if entry.kind == "policy" else None
        terms = tuple(map(self.term, self.said.terms_of(entry.id))) if entry.kind in ("policy", "standard") else ()
        statement = (pick(prose.get("statement")) or pick(prose.get("why"))).strip()
        full = not self.brief
        return DocumentBox(
            entry.kind,
            entry.id,
            self.said.title(entry),
            self._gettext(BASIS[basis].text) if basis in BASIS else "",
            "" if self.brief and terms else statement,
            terms,
            self._texts(entry, "expectation") if full else (),
            self._texts(entry, "instead"),
            tuple(self._practice(entry)) if full and entry.kind == "standard" else (),
            tuple(self._step_away(prose)) if full and entry.kind == "standard" else (),
            tuple(self._wording(prose)) if full and entry.kind == "standard" else (),
            pick(prose.get("trigger")).strip(),
            tuple(Step(*self.said.step(step)) for step in as_list(prose.get("steps"))) if full else (),
            self.said.follow_up(entry) if full else "",
        )

    def term(self, found: TermAnswer) -> TermBox:
        """One term."""
        ref = found.term.ref
        return term_box(found, self.said, self.why.get(ref), changed=ref in self.changed)

    def _texts(self, entry: Entry, key: str) -> tuple[str, ...]:
        return tuple(text for item in as_list(entry.prose.get(key)) if (text := self.pick(item).strip()))

    def _practice(self, entry: Entry) -> Iterator[tuple[str, tuple[str, ...]]]:
        for key in PRACTICE.get(self.said.answer.case.level or "", ("do",)):
            if texts := self._texts(entry, key):
                yield key, texts

    def _step_away(self, prose: Mapping[str, Any]) -> Iterator[StepAway]:
        for step in as_list(prose.get("step_away")):
            if isinstance(step, dict):
                situation = self._gettext("If {situation}:", situation=_small(self.pick(step.get("if"))))
                yield StepAway(situation, self.pick(step.get("then")))

    def _wording(self, prose: Mapping[str, Any]) -> Iterator[Rather]:
        for _, never, rather in wording_of(prose.get("wording")):
            yield Rather(never, " / ".join(map(self.pick, rather)))


def _small(text: str) -> str:
    """The beginning of a sentence as its middle."""
    text = text.strip().rstrip(".")
    return text[:1].lower() + text[1:] if text[1:2].islower() or text[1:2] == " " else text
