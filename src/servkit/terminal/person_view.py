"""Who an answer is for: what matters to them, their segments, and what to ask them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from servkit.answer.answer_json import answer_because, as_list, note_json
from servkit.languages.catalogue import Message

if TYPE_CHECKING:
    from servkit.answer.case import Customer
    from servkit.answer.result import Ask
    from servkit.desk.answer_phrases import AnswerPhrases
    from servkit.terminal.screen import Screen
    from servkit.terminal.term_view import TermView

#: How the answer to a question is typed.
_FORMS = {
    "flag": Message("yes|no"),
    "date": Message("YYYY-MM-DD"),
    "time": Message("HH:MM"),
    "duration": Message("'… days|hours'"),
    "percent": Message("'… %'"),
}


class PersonView:
    """Draws the person of one answer."""

    def __init__(self, said: AnswerPhrases, screen: Screen, terms: TermView) -> None:
        self.said, self.answer, self.screen, self.terms = said, said.answer, screen, terms
        self.phrases, self.pick, self._title = said.phrases, said.pick, said.title
        self.gettext, self.language = said.phrases.words.gettext, said.answer.case.language

    def draw(self) -> None:
        """The name, and everything about the person that an agent has to know first."""
        self._person()
        self._segments()
        self._questions()

    def _person(self) -> None:
        customer, screen = self.answer.case.customer, self.screen
        if customer is None:
            screen.put(self.gettext("Unknown customer"), "bold cyan")
            screen.put(self.gettext("This is what everybody gets, and what to ask."), "dim")
            return
        screen.put(customer.name or customer.id, "bold cyan")
        self._notes("priorities", self.gettext("What matters"))
        self._notes("expectations", self.gettext("Expects"))
        self._promises(customer)
        self._notes("pace", self.gettext("Pace"))
        self._notes("signals", self.gettext("Signals"))
        self._lately(customer)

    def _promises(self, customer: Customer) -> None:
        """The journal's promises, newest first, then those of the customer's document."""
        noted = customer.journal.promises if customer.journal is not None else ()
        written = customer.entry.overrides if customer.entry is not None else {}
        if noted or written:
            self.screen.heading(self.gettext("Promised"), "bold yellow")
        for promise in noted:
            self._promise(promise.term, self.phrases.written(promise.value))
            day = self.phrases.written(promise.until) if promise.until else ""
            until = self.gettext("until {day}", day=day) if day else ""
            source = ", ".join(filter(None, (promise.by, self.phrases.written(promise.noted), until)))
            self.screen.put(source, "dim", indent=4)
        promised = customer.notes.get("promised") or {}
        for ref in written:
            self._promise(ref, self.said.promised_in_document(promised.get(ref)))

    def _promise(self, ref: str, value: str) -> None:
        self.screen.pair(self.said.term_title(ref), value, indent=4, column=self.terms.column, style="bold")

    def _lately(self, customer: Customer) -> None:
        """The last grants and recoveries of the journal."""
        recent = customer.journal.recent if customer.journal is not None else ()
        if recent:
            self.screen.heading(self.gettext("Lately"))
        for entry in recent:
            mark = f"{self.phrases.written(entry['on'])}: "
            self.screen.put(self.said.lately(entry), indent=2, mark=mark, hang=2, mark_style="dim")

    def _notes(self, key: str, title: str) -> None:
        customer = self.answer.case.customer
        notes = customer.notes_on(key) if customer is not None else []
        if notes:
            self.screen.heading(title, "bold yellow" if key == "priorities" else "bold")
        for note in notes:
            written = note_json(note, self.answer.settings.pick, self.language)
            self.screen.put(written["say"], indent=2, mark="• ")
            source = ", ".join(self.phrases.written(str(written[part])) for part in ("by", "noted") if part in written)
            if source:
                self.screen.put(source, "dim", indent=4)

    def _segments(self) -> None:
        answer, screen = self.answer, self.screen
        if not answer.segments and not answer.might_be:
            return
        screen.heading(self.gettext("Segments"))
        for entry in answer.segments:
            screen.put(self._title(entry), "bold", indent=2)
            screen.put(self.phrases.because(answer_because(answer, entry.id)), "dim", indent=4)
            if entry.id in answer.told:
                screen.bullets(map(self.pick, as_list(entry.prose.get("do"))), indent=4, mark="→ ")
        for found in answer.might_be:
            unknown = self.gettext("not known yet: {names}", names=self.phrases.names(found.ask))
            mark = self.gettext("might be {segment}", segment=self._title(found.entry))
            screen.put(f"({unknown})", "dim", indent=2, mark=f"{mark} ", hang=2)

    def _questions(self) -> None:
        if self.answer.ask:
            self.screen.heading(self.gettext("Ask"), "bold magenta")
        for ask in self.answer.questions:
            self._question(ask)

    def _question(self, ask: Ask) -> None:
        built_in = ask.name in ("role", "channel", "office")
        question = self.pick(ask.question) or self.gettext("{name}?", name=self.phrases.name(ask.name))
        self.screen.put(question, indent=2, mark="? ", mark_style="bold magenta")
        form, choices = self._form(ask.name)
        flag = f"--{ask.name} {form}" if built_in else f"--set {ask.name}={form}"
        self.screen.put(
            f" ({', '.join(choices)})" if choices else "", "dim", indent=4, mark=flag, hang=2, mark_style="cyan"
        )
        decides = ", ".join(self.said.decided(ask.decides))
        mark = self.gettext("decides:") + " "
        self.screen.put(decides, "dim", indent=4, mark=mark, hang=2, mark_style="dim")

    def _form(self, name: str) -> tuple[str, tuple[str, ...]]:
        """How the answer is typed, and what there is to choose from."""
        variable = self.answer.settings.variables.get(name)
        if variable is None or variable.of:
            return "…", variable.of if variable is not None else ()
        if variable.type == "money":
            return f"'… {self.answer.settings.currency or 'USD'}'", ()
        return self.gettext(_FORMS[variable.type].text) if variable.type in _FORMS else "…", ()
