"""The answer on a screen, in the order a person at a desk needs it (CLI.md, *At the desk*)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from servkit.answer.answer_json import as_list
from servkit.book.wording import wording_of
from servkit.desk.answer_phrases import AnswerPhrases
from servkit.desk.phrases import DeskPhrases
from servkit.languages.catalogue import ENGLISH, Message
from servkit.terminal.answer_edges import draw_footer, draw_problems
from servkit.terminal.explanation_view import draw_why
from servkit.terminal.person_view import PersonView
from servkit.terminal.screen import Screen
from servkit.terminal.script_view import ScriptView
from servkit.terminal.term_view import TermView

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from servkit.answer.result import Answer
    from servkit.book.entries import Entry
    from servkit.book.problems import Problem
    from servkit.languages.catalogue import Catalogue

_BASIS = {
    "law": Message("law"),
    "safety": Message("safety"),
    "contract": Message("contract"),
    "company": Message("company rule"),
}
#: An answer about everything is brief if more documents than these apply.
BRIEF_FROM = 14


def answer_screen(
    answer: Answer,
    problems: Sequence[Problem],
    book: dict[str, Any],
    fingerprint: str,
    words: Catalogue = ENGLISH,
    *,
    agent: str | None = None,
    why: bool = False,
) -> Screen:
    """An answer, and with ``why`` the reasons for it. ``problems`` are those of the customer files, beside its own;
    ``words`` are in the language of the desk, whatever that of the customer is."""
    screen = Screen()
    phrases = DeskPhrases(answer.settings, words, answer.case.on.toordinal(), answer.trace.all_segments)
    _AnswerView(answer, screen, phrases, agent).draw(problems, why=why)
    if why:
        draw_why(answer, screen, phrases)
    draw_footer(answer, screen, phrases, book, fingerprint)
    return screen


class _AnswerView:
    """Draws one answer on a screen."""

    def __init__(self, answer: Answer, screen: Screen, phrases: DeskPhrases, agent: str | None = None) -> None:
        self.answer, self.screen, self.phrases = answer, screen, phrases
        self.gettext = phrases.words.gettext
        self.said = AnswerPhrases(answer, phrases)
        self.pick, self._title = self.said.pick, self.said.title
        self.terms = TermView(self.said, screen)
        self.scripts = ScriptView(answer, screen, phrases, agent)
        areas = [area for area in answer.settings.areas if not answer.case.about or area in answer.case.about]
        #: The areas to sort under, where several were asked for.
        self.areas = areas if len(areas) > 1 else []
        owners = len(answer.documents["standard"]) + len(answer.documents["policy"])
        self.brief = not answer.case.about and owners > BRIEF_FROM

    def draw(self, problems: Sequence[Problem] = (), *, why: bool = False) -> None:
        """Everything but the last lines. ``why``: the reasons follow, those of what is left out among them."""
        draw_problems([*self.answer.problems, *problems], self.screen, self.phrases.words)
        PersonView(self.said, self.screen, self.terms).draw()
        self._uncovered()
        self._policies()
        self._standards()
        self._procedures("procedure", self.gettext("Procedures"))
        self._procedures("recovery", self.gettext("If it went wrong"))
        self._offers()
        self._scripts()
        self._left_out(why=why)

    def _uncovered(self) -> None:
        if self.answer.uncovered:
            names = ", ".join(self._area(area) for area in self.answer.uncovered)
            self.screen.gap()
            mark = "! " + self.gettext("Nothing covers:") + " "
            self.screen.put(names, "bold red", mark=mark, hang=2, mark_style="bold red")

    def _area(self, area: str) -> str:
        return self.pick(self.answer.settings.areas[area].get("title")) or area

    def _grouped(
        self, entries: Sequence[Entry], title: str, style: str = "bold", note: str = ""
    ) -> Iterator[list[Entry]]:
        """A section: its heading, and the documents under the first of the areas asked for that they belong to."""
        if entries:
            self.screen.heading(title, style)
            if note:
                self.screen.put(note, "dim", indent=2)
        if not self.areas or len(entries) < 2:
            yield list(entries)
            return
        groups: dict[str, list[Entry]] = {area: [] for area in (*self.areas, "")}
        for entry in entries:
            groups[next((area for area in self.areas if area in entry.list("areas")), "")].append(entry)
        for area, members in groups.items():
            if members:
                heading = self._area(area) if area else self.gettext("Everywhere")
                self.screen.put(heading, "cyan", indent=1, mark="─ ", mark_style="dim")
                yield members

    def _policies(self) -> None:
        policies = self.answer.documents["policy"]
        fixed = [entry for entry in policies if entry.fixed]
        for group in self._grouped(fixed, self.gettext("Fixed: no exceptions")):
            for entry in group:
                self._policy(entry)
        flexible = [entry for entry in policies if not entry.fixed]
        role, roles = self.answer.case.role, self.answer.settings.roles
        title, note = self.gettext("Flexible: what you may do"), ""
        if role:
            title = self.gettext("Flexible: what you may do as {role}", role=role)
        elif roles:
            note = self.gettext("to see how far you may go, add {option}", option=f"--role {'|'.join(roles)}")
        for group in self._grouped(flexible, title, note=note):
            for entry in group:
                self._policy(entry)

    def _policy(self, entry: Entry) -> None:
        basis = entry.prose.get("basis")
        self._document(entry, self.gettext(_BASIS[basis].text) if basis in _BASIS else "")
        self.terms.of(entry.id)
        if not self.brief:
            self.screen.labelled(self.gettext("Tell them up front"), *self._texts(entry, "expectation"))
        offers = self._texts(entry, "instead")
        self.screen.labelled(self.gettext("Offer instead"), *offers, style="green", label_style="bold green")

    def _texts(self, entry: Entry, key: str) -> list[str]:
        return [text for item in as_list(entry.prose.get(key)) if (text := self.pick(item).strip())]

    def _document(self, entry: Entry, aside: str = "") -> None:
        self.screen.put(self._title(entry) + (f"  ({aside})" if aside else ""), "bold", indent=2)
        text = self.pick(entry.prose.get("statement")) or self.pick(entry.prose.get("why"))
        if text and not (self.brief and entry.logic.get("terms")):
            self.screen.put(text.strip(), indent=4)

    def _standards(self) -> None:
        for group in self._grouped(self.answer.documents["standard"], self.gettext("Standards")):
            for entry in group:
                self._document(entry)
                self.terms.of(entry.id)
                if not self.brief:
                    self._practice(entry)
        beliefs = ", ".join(map(self._title, self.answer.documents["philosophy"]))
        if beliefs:
            mark = self.gettext("Behind them:") + " "
            self.screen.put(beliefs, "dim", indent=2, mark=mark, hang=2, mark_style="dim")

    def _practice(self, entry: Entry) -> None:
        """A beginner has the checklist, an experienced colleague the questions, a trusted one the trust."""
        screen, prose, level = self.screen, entry.prose, self.answer.case.level
        keys = {"genuine": (("ask", "? "), ("listen_for", "… ")), "super": (("go_beyond", "★ "),)}.get(
            level or "", (("do", "□ "),)
        )
        for key, mark in keys:
            screen.bullets(map(self.pick, as_list(prose.get(key))), indent=4, mark=mark)
        for step in as_list(prose.get("step_away")):
            if isinstance(step, dict):
                mark = self.gettext("If {situation}:", situation=_small(self.pick(step.get("if"))))
                screen.put(self.pick(step.get("then")), indent=4, mark=f"{mark} ", hang=2, mark_style="bold")
        for _, never, rather in wording_of(prose.get("wording")):
            text = " / ".join(map(self.pick, rather))
            mark = self.gettext("not “{avoid}”, rather:", avoid=never)
            screen.put(text, indent=4, mark=f"{mark} ", hang=2, mark_style="dim")

    def _procedures(self, kind: str, title: str) -> None:
        entries = self.answer.documents[kind]
        if self.brief and entries:
            self.screen.heading(title)
            self.screen.bullets(map(self._title, entries))
            return
        for group in self._grouped(entries, title):
            for entry in group:
                self.screen.put(self._title(entry), "bold", indent=2)
                if trigger := self.pick(entry.prose.get("trigger")):
                    self.screen.put(trigger.strip(), "dim", indent=4)
                for place, step in enumerate(as_list(entry.prose.get("steps")), 1):
                    text, aside = self.said.step(step)
                    self.screen.put(f"{text} ({aside})" if aside else text, indent=4, mark=f"{place}. ")
                if after := self.said.follow_up(entry):
                    self.screen.put(after, indent=4)

    def _offers(self) -> None:
        """Terms of documents that are not listed, which a recovery may offer."""
        rest = self.said.offers()
        if rest:
            self.screen.put(self.gettext("You may offer"), "bold green", indent=2)
            self.terms.draw(rest)

    def _scripts(self) -> None:
        entries = self.answer.documents["script"]
        if self.brief:
            for group in self._grouped(
                entries, self.gettext("Scripts, for {command}", command="servkit say"), "bold green"
            ):
                self.scripts.names(group)
        elif entries:
            self.screen.heading(self.gettext("Say"), "bold green")
            self.scripts.draw(entries)

    def _left_out(self, *, why: bool) -> None:
        left = () if why else self.answer.left_out
        self.screen.gap()
        if self.brief:
            brief = self.gettext(
                "This is everything in brief. To see one area in full, add {option}.", option="--about AREA"
            )
            self.screen.put(brief, "dim")
        if left:
            names = ", ".join(sorted({out.entry.id for out in left}))
            text = self.phrases.words.ngettext(
                "{count} document left out: {names} (see {option})",
                "{count} documents left out: {names} (see {option})",
                len(left),
                names=names,
                option="--why",
            )
            self.screen.put(text, "dim")


def _small(text: str) -> str:
    """The beginning of a sentence as its middle."""
    text = text.strip().rstrip(".")
    return text[:1].lower() + text[1:] if text[1:2].islower() or text[1:2] == " " else text
