"""The answer on a screen, in the order a person at a desk needs it (CLI.md, *At the desk*)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from servkit.answer.answer_json import answer_because, as_list, note_json
from servkit.book.wording import wording_of
from servkit.terminal.answer_edges import draw_footer, draw_problems
from servkit.terminal.explanation_view import draw_why
from servkit.terminal.screen import Screen
from servkit.terminal.script_view import ScriptView
from servkit.terminal.term_view import TermView

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from servkit.answer.case import Customer
    from servkit.answer.result import Answer, Ask
    from servkit.book.entries import Entry
    from servkit.book.problems import Problem

_BASIS = {"law": "law", "safety": "safety", "contract": "contract", "company": "company rule"}
#: How the answer to a question is typed.
_FORMS = {"flag": "yes|no", "date": "YYYY-MM-DD", "time": "HH:MM", "duration": "'… days|hours'", "percent": "'… %'"}
#: An answer about everything is brief if more documents than these apply.
BRIEF_FROM = 14


def answer_screen(
    answer: Answer,
    problems: Sequence[Problem],
    book: dict[str, Any],
    fingerprint: str,
    *,
    agent: str | None = None,
    why: bool = False,
) -> Screen:
    """An answer, and with ``why`` the reasons for it. ``problems`` are those of the customer files, beside its own."""
    screen = Screen()
    _AnswerView(answer, screen, agent).draw(problems)
    if why:
        draw_why(answer, screen)
    draw_footer(answer, screen, book, fingerprint)
    return screen


class _AnswerView:
    """Draws one answer on a screen."""

    def __init__(self, answer: Answer, screen: Screen, agent: str | None = None) -> None:
        self.answer, self.screen = answer, screen
        self.language = answer.case.language
        self.terms = TermView(answer, screen)
        self.scripts = ScriptView(answer, screen, agent)
        areas = [area for area in answer.settings.areas if not answer.case.about or area in answer.case.about]
        #: The areas to sort under, where several were asked for.
        self.areas = areas if len(areas) > 1 else []
        owners = len(answer.documents["standard"]) + len(answer.documents["policy"])
        self.brief = not answer.case.about and owners > BRIEF_FROM

    def pick(self, prose: Any) -> str:
        return self.answer.settings.pick(prose, self.language)

    def draw(self, problems: Sequence[Problem] = ()) -> None:
        """Everything but the last lines."""
        draw_problems([*self.answer.problems, *problems], self.screen)
        self._person()
        self._segments()
        self._questions()
        self._uncovered()
        self._policies()
        self._standards()
        self._procedures("procedure", "Procedures")
        self._procedures("recovery", "If it went wrong")
        self._offers()
        self._scripts()
        self._left_out()

    # --- who --------------------------------------------------------------------------------------------------

    def _person(self) -> None:
        customer, screen = self.answer.case.customer, self.screen
        if customer is None:
            screen.put("Unknown customer", "bold cyan")
            screen.put("This is what everybody gets, and what to ask.", "dim")
            return
        screen.put(customer.name or customer.id, "bold cyan")
        for key, title in (("priorities", "What matters"), ("expectations", "Expects")):
            self._notes(key, title)
        self._promises(customer)
        for key, title in (("pace", "Pace"), ("signals", "Signals")):
            self._notes(key, title)
        self._lately(customer)

    def _promises(self, customer: Customer) -> None:
        """The journal's promises, newest first, then those of the customer's document."""
        noted = customer.journal.promises if customer.journal is not None else ()
        written = customer.entry.overrides if customer.entry is not None else {}
        if noted or written:
            self.screen.heading("Promised", "bold yellow")
        for promise in noted:
            self._promise(promise.term, promise.value)
            until = f"until {promise.until}" if promise.until else ""
            source = ", ".join(filter(None, (promise.by, promise.noted, until)))
            self.screen.put(source, "dim", indent=4)
        promised = customer.notes.get("promised") or {}
        for ref in written:
            raw = promised.get(ref)
            self._promise(ref, raw if isinstance(raw, str) else _promise(raw))

    def _promise(self, ref: str, value: str) -> None:
        self.screen.pair(self.terms.title(ref), value, indent=4, column=self.terms.column, style="bold")

    def _lately(self, customer: Customer) -> None:
        """The last grants and recoveries of the journal."""
        recent = customer.journal.recent if customer.journal is not None else ()
        if recent:
            self.screen.heading("Lately")
        for entry in recent:
            if entry["kind"] == "grant":
                what = f"{self.terms.title(entry['term'])} {entry['value']}, {entry['by']}, because {entry['because']}"
                what += " (waits for approval)" if entry.get("pending") else ""
            else:
                what = f"{self._recovery(entry['recovery'])}, {entry['by']}: {entry['done'] or 'still open'}"
            self.screen.put(what, indent=2, mark=f"{entry['on']}: ", hang=2, mark_style="dim")

    def _recovery(self, id_: str) -> str:
        found = (entry for entry in self.answer.documents["recovery"] if entry.id == id_)
        return next(map(self._title, found), id_)

    def _notes(self, key: str, title: str) -> None:
        customer = self.answer.case.customer
        notes = customer.notes_on(key) if customer is not None else []
        if notes:
            self.screen.heading(title, "bold yellow" if key == "priorities" else "bold")
        for note in notes:
            written = note_json(note, self.answer.settings.pick, self.language)
            self.screen.put(written["say"], indent=2, mark="• ")
            source = ", ".join(str(written[part]) for part in ("by", "noted") if part in written)
            if source:
                self.screen.put(source, "dim", indent=4)

    def _segments(self) -> None:
        answer, screen = self.answer, self.screen
        if not answer.segments and not answer.might_be:
            return
        screen.heading("Segments")
        for entry in answer.segments:
            screen.put(self._title(entry), "bold", indent=2)
            screen.put(answer_because(answer, entry.id), "dim", indent=4)
            if entry.id in answer.told:
                screen.bullets(map(self.pick, as_list(entry.prose.get("do"))), indent=4, mark="→ ")
        for found in answer.might_be:
            unknown = f"(not known yet: {', '.join(found.ask)})"
            screen.put(unknown, "dim", indent=2, mark=f"might be {self._title(found.entry)} ", hang=2)

    def _questions(self) -> None:
        if self.answer.ask:
            self.screen.heading("Ask", "bold magenta")
        for ask in self.answer.ask:
            self._question(ask)

    def _question(self, ask: Ask) -> None:
        built_in = ask.name in ("role", "channel", "office")
        question = self.pick(ask.question) or f"{ask.name.replace('_', ' ').capitalize()}?"
        self.screen.put(question, indent=2, mark="? ", mark_style="bold magenta")
        form, choices = self._form(ask.name)
        flag = f"--{ask.name} {form}" if built_in else f"--set {ask.name}={form}"
        self.screen.put(
            f" ({', '.join(choices)})" if choices else "", "dim", indent=4, mark=flag, hang=2, mark_style="cyan"
        )
        decides = ", ".join(dict.fromkeys(map(self._decided, ask.decides)))
        self.screen.put(decides, "dim", indent=4, mark="decides: ", hang=2, mark_style="dim")

    def _form(self, name: str) -> tuple[str, tuple[str, ...]]:
        """How the answer is typed, and what there is to choose from."""
        variable = self.answer.settings.variables.get(name)
        if variable is None or variable.of:
            return "…", variable.of if variable is not None else ()
        if variable.type == "money":
            return f"'… {self.answer.settings.currency or 'USD'}'", ()
        return _FORMS.get(variable.type, "…"), ()

    def _decided(self, name: str) -> str:
        kind, colon, id_ = name.partition(":")
        if not colon:
            return self.terms.title(name)
        if kind == "segment" and (entry := self.answer.trace.all_segments.get(id_)) is not None:
            return self._title(entry)
        return next((self._title(left.entry) for left in self.answer.left_out if left.entry.name == name), name)

    # --- what -------------------------------------------------------------------------------------------------

    def _uncovered(self) -> None:
        if self.answer.uncovered:
            names = ", ".join(self._area(area) for area in self.answer.uncovered)
            self.screen.gap()
            self.screen.put(names, "bold red", mark="! Nothing covers: ", hang=2, mark_style="bold red")

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
                self.screen.put(
                    self._area(area) if area else "Everywhere", "cyan", indent=1, mark="─ ", mark_style="dim"
                )
                yield members

    def _policies(self) -> None:
        policies = self.answer.documents["policy"]
        fixed = [entry for entry in policies if entry.fixed]
        for group in self._grouped(fixed, "Fixed: no exceptions"):
            for entry in group:
                self._policy(entry)
        flexible = [entry for entry in policies if not entry.fixed]
        role, roles = self.answer.case.role, self.answer.settings.roles
        title = f"Flexible: what you may do as {role}" if role else "Flexible: what you may do"
        note = f"to see how far you may go, add --role {'|'.join(roles)}" if roles and not role else ""
        for group in self._grouped(flexible, title, note=note):
            for entry in group:
                self._policy(entry)

    def _policy(self, entry: Entry) -> None:
        basis = entry.prose.get("basis")
        self._document(entry, _BASIS.get(basis or "", ""))
        self.terms.of(entry.id)
        if not self.brief:
            self.screen.labelled("Tell them up front", *self._texts(entry, "expectation"))
        self.screen.labelled("Offer instead", *self._texts(entry, "instead"), style="green", label_style="bold green")

    def _texts(self, entry: Entry, key: str) -> list[str]:
        return [text for item in as_list(entry.prose.get(key)) if (text := self.pick(item).strip())]

    def _document(self, entry: Entry, aside: str = "") -> None:
        self.screen.put(self._title(entry) + (f"  ({aside})" if aside else ""), "bold", indent=2)
        text = self.pick(entry.prose.get("statement")) or self.pick(entry.prose.get("why"))
        if text and not (self.brief and entry.logic.get("terms")):
            self.screen.put(text.strip(), indent=4)

    def _standards(self) -> None:
        for group in self._grouped(self.answer.documents["standard"], "Standards"):
            for entry in group:
                self._document(entry)
                self.terms.of(entry.id)
                if not self.brief:
                    self._practice(entry)
        beliefs = ", ".join(map(self._title, self.answer.documents["philosophy"]))
        if beliefs:
            self.screen.put(beliefs, "dim", indent=2, mark="Behind them: ", hang=2, mark_style="dim")

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
                screen.put(
                    self.pick(step.get("then")),
                    indent=4,
                    mark=f"If {_small(self.pick(step.get('if')))}: ",
                    hang=2,
                    mark_style="bold",
                )
        for _, never, rather in wording_of(prose.get("wording")):
            text = " / ".join(map(self.pick, rather))
            screen.put(text, indent=4, mark=f"not “{never}”, rather: ", hang=2, mark_style="dim")

    def _title(self, entry: Entry) -> str:
        return self.pick(entry.prose.get("title")) or entry.id

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
                    self._step(step, f"{place}. ")

    def _step(self, step: Any, mark: str) -> None:
        whole = isinstance(step, dict) and "do" in step
        text = self.pick(step["do"] if whole else step)
        aside = ", ".join(str(step[key]) for key in ("role", "within") if step.get(key)) if whole else ""
        self.screen.put(f"{text} ({aside})" if aside else text, indent=4, mark=mark)

    def _offers(self) -> None:
        """Terms of documents that are not listed, which a recovery may offer."""
        listed = {entry.id for kind in ("standard", "policy") for entry in self.answer.documents[kind]}
        rest = [term for ref, term in self.answer.terms.items() if ref.partition(".")[0] not in listed]
        if rest:
            self.screen.put("You may offer", "bold green", indent=2)
            self.terms.draw(rest)

    def _scripts(self) -> None:
        entries = self.answer.documents["script"]
        if self.brief:
            for group in self._grouped(entries, "Scripts, for servkit say", "bold green"):
                self.scripts.names(group)
        elif entries:
            self.screen.heading("Say", "bold green")
            self.scripts.draw(entries)

    def _left_out(self) -> None:
        left = self.answer.left_out
        self.screen.gap()
        if self.brief:
            self.screen.put("This is everything in brief. To see one area in full, add --about AREA.", "dim")
        if left:
            names = ", ".join(sorted({out.entry.id for out in left}))
            self.screen.put(f"{len(left)} left out: {names} (see --why)", "dim")


def _small(text: str) -> str:
    """The beginning of a sentence as its middle."""
    text = text.strip().rstrip(".")
    return text[:1].lower() + text[1:] if text[1:2].islower() or text[1:2] == " " else text


def _promise(raw: Any) -> str:
    if isinstance(raw, list):
        return ", ".join(map(str, raw))
    return ", ".join(f"{key} {value}" for key, value in raw.items()) if isinstance(raw, dict) else ""
