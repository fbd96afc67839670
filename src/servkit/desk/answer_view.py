"""The answer on a screen, in the order a person at a desk needs it (CLI.md, *At the desk*)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from servkit.answer.as_json import amount_json, answer_because, as_list, note_json
from servkit.desk.layout import Screen
from servkit.scripts.fill import ScriptError, fill
from servkit.scripts.placeholders import script_language, script_values
from servkit.scripts.spoken import spoken
from servkit.text import clean, width

if TYPE_CHECKING:
    from datetime import datetime

    from servkit.answer.result import Answer, Ask, TermAnswer
    from servkit.book.entries import Entry
    from servkit.book.spans import Amount

_BASIS = {"law": "the law", "safety": "safety", "contract": "the contract", "company": "the company"}
#: So many scripts are said in full; the others are named, and `servkit say` prints them.
FULL_SCRIPTS = 5


class AnswerView:
    """Draws one answer on a screen."""

    def __init__(self, answer: Answer, screen: Screen, agent: str | None, blanks: dict[str, str] | None = None) -> None:
        self.answer, self.screen, self.agent, self.blanks = answer, screen, agent, blanks or {}
        self.language = answer.case.language

    def pick(self, prose: Any) -> str:
        return self.answer.settings.pick(prose, self.language)

    def draw(self) -> None:
        self._problems()
        self._person()
        self._segments()
        self._questions()
        self._policies()
        self._standards()
        self._other("procedure", "Procedures")
        self._other("recovery", "If it went wrong")
        self._offers()
        self._scripts()
        self._left_out()

    # --- who --------------------------------------------------------------------------------------------------

    def _problems(self) -> None:
        problems = self.answer.problems
        if not problems:
            return
        count = "1 problem" if len(problems) == 1 else f"{len(problems)} problems"
        self.screen.put(f"{count}: the answer is given from the rest", "bold", "red", mark="! ")
        for problem in problems:
            where = f"{problem.path}:{problem.line}" if problem.line else problem.path
            self.screen.put(f"{where}  {problem.message}", "red", indent=2)
        self.screen.gap()

    def _person(self) -> None:
        customer = self.answer.case.customer
        screen = self.screen
        if customer is None:
            screen.put("Somebody unknown", "bold")
            return
        screen.put(customer.name or customer.id, "bold", "cyan")
        for key, title in (("priorities", "What matters"), ("expectations", "Expects")):
            self._notes(key, title)
        moves = customer.entry.moves if customer.entry is not None else {}
        if moves:
            screen.heading("Promised", "yellow")
            promised = customer.notes.get("promised") or {}
            for ref in moves:
                raw = promised.get(ref)
                screen.pair(self._term_title(ref), raw if isinstance(raw, str) else _promise(raw))
        for key, title in (("pace", "Pace"), ("signals", "Signals")):
            self._notes(key, title)

    def _notes(self, key: str, title: str) -> None:
        customer = self.answer.case.customer
        notes = as_list(customer.notes.get(key)) if customer is not None else []
        if notes:
            self.screen.heading(title, *(("yellow",) if key == "priorities" else ()))
        for note in notes:
            said = note_json(note, self.answer.settings.pick, self.language)
            self.screen.put(said["say"], indent=2, mark="• ")
            source = ", ".join(str(said[part]) for part in ("by", "noted") if part in said)
            if source:
                self.screen.put(source, "dim", indent=4)

    def _segments(self) -> None:
        answer, screen = self.answer, self.screen
        if not answer.segments and not answer.might_be:
            return
        screen.heading("Segments")
        for entry in answer.segments:
            screen.pair(self._title(entry), answer_because(answer, entry.id), styles=("dim",))
            screen.bullets(map(self.pick, as_list(entry.prose.get("do"))), indent=4, mark="→ ")
        for found in answer.might_be:
            screen.pair(f"might be {self._title(found.entry)}", f"not known: {', '.join(found.ask)}", styles=("dim",))

    def _questions(self) -> None:
        if not self.answer.ask:
            return
        self.screen.heading("Ask", "magenta")
        for ask in self.answer.ask:
            self._question(ask)

    def _question(self, ask: Ask) -> None:
        flag = f"--{ask.name} …" if ask.name in ("role", "channel", "office") else f"--set {ask.name}=…"
        question = self.pick(ask.question) or f"{ask.name.replace('_', ' ').capitalize()}?"
        self.screen.put(question, indent=2, mark="? ")
        decides = ", ".join(name.removeprefix("segment:") if name.startswith("segment:") else name for name in ask.decides)
        self.screen.put(f"{flag}   decides {decides}", "dim", indent=4)

    # --- what -------------------------------------------------------------------------------------------------

    def _policies(self) -> None:
        for fixed, title in ((True, "Fixed: the same for everybody"), (False, "Flexible: how much of it is yours")):
            entries = [entry for entry in self.answer.documents["policy"] if entry.fixed is fixed]
            if entries:
                self.screen.heading(title)
            for entry in entries:
                self._policy(entry)

    def _policy(self, entry: Entry) -> None:
        basis = entry.prose.get("basis")
        self._document(entry, f"by {_BASIS[basis]}" if basis in _BASIS else "")
        self._terms(entry)
        for key, title in (("expectation", "Tell them up front: "), ("instead", "Instead of a no: ")):
            text = self.pick(entry.prose.get(key))
            if text:
                self.screen.put(text, *(("green",) if key == "instead" else ()), indent=4, mark=title, hang=2)

    def _document(self, entry: Entry, aside: str = "") -> None:
        head = self._title(entry) + (f"  ({aside})" if aside else "")
        self.screen.put(head, "bold", indent=2)
        text = self.pick(entry.prose.get("statement")) or self.pick(entry.prose.get("why"))
        if text:
            self.screen.put(text, indent=4)

    def _standards(self) -> None:
        entries = self.answer.documents["standard"]
        if not entries:
            if self.answer.uncovered:
                areas = self.answer.settings.areas
                names = ", ".join(self.pick(areas[area].get("title")) or area for area in self.answer.uncovered)
                self.screen.heading(f"Nothing covers: {names}", "red")
            return
        self.screen.heading("Standards")
        for entry in entries:
            self._document(entry)
            self._terms(entry)
            for key, mark in self._level_keys():
                self.screen.bullets(map(self.pick, as_list(entry.prose.get(key))), indent=4, mark=mark)
        if self.answer.uncovered:
            self.screen.put(f"Nothing covers: {', '.join(self.answer.uncovered)}", "bold", "red", indent=2)

    def _level_keys(self) -> tuple[tuple[str, str], ...]:
        """A beginner has the checklist, an experienced colleague the questions, a trusted one the trust."""
        level = self.answer.case.level
        if level == "genuine":
            return (("ask", "? "), ("listen_for", "… "))
        return (("go_beyond", "★ "),) if level == "super" else (("do", "□ "),)

    def _terms(self, entry: Entry) -> None:
        for ref, term in self.answer.terms.items():
            if ref.partition(".")[0] == entry.id:
                self._term(term)

    def _offers(self) -> None:
        listed = {entry.id for kind in ("standard", "policy") for entry in self.answer.documents[kind]}
        rest = [term for ref, term in self.answer.terms.items() if ref.partition(".")[0] not in listed]
        if rest:
            self.screen.put("You may offer:", indent=2)
            for term in rest:
                self._term(term)

    def _term(self, term: TermAnswer) -> None:
        self.screen.pair(self._term_name(term), self._value(term), indent=4, column=32, styles=())
        aside = self._aside(term)
        if aside:
            self.screen.put(aside, "dim", indent=6 if self.screen.wide < 60 else 32)

    def _value(self, term: TermAnswer) -> str:
        if term.state == "open":
            return "depends: " + " or ".join(_words(amount) for amount in term.may_be)
        if term.state == "conflict":
            sides = " against ".join(f"{_words(amount)} ({origin.id})" for amount, origin in term.between)
            return f"CONFLICT: {sides}; ask before you promise"
        assert term.value is not None
        value = spoken(term.value, "en", self.answer.settings)
        return f"{value}, by {_moment(term.due)}" if term.due is not None else value

    def _aside(self, term: TermAnswer) -> str:
        """What you may do, and who may do more."""
        parts = []
        if term.you_may is not None and (term.value is None or term.you_may.key != term.value.key):
            parts.append(f"you may give {term.you_may}")
        if term.then is not None:
            parts.append(f"{term.then.role} may give {term.then.may}")
        if term.origin is not None and term.origin.kind in ("segment", "customer"):
            parts.append("promised" if term.origin.kind == "customer" else f"for {term.origin.id}")
        if term.clipped is not None:
            parts.append(f"{term.clipped} is past the limit")
        return " · ".join(parts)

    def _term_name(self, term: TermAnswer) -> str:
        return self.pick(term.term.title) or term.term.ref.partition(".")[2].replace("-", " ").capitalize()

    def _term_title(self, ref: str) -> str:
        term = self.answer.terms.get(ref)
        return self._term_name(term) if term is not None else ref

    def _title(self, entry: Entry) -> str:
        return self.pick(entry.prose.get("title")) or entry.id

    def _other(self, kind: str, title: str) -> None:
        entries = self.answer.documents[kind]
        if entries:
            self.screen.heading(title)
        for entry in entries:
            self.screen.put(self._title(entry), "bold", indent=2)
            if trigger := self.pick(entry.prose.get("trigger")):
                self.screen.put(trigger, "dim", indent=4)
            for place, step in enumerate(as_list(entry.prose.get("steps")), 1):
                self._step(step, f"{place}. ")

    def _step(self, step: Any, mark: str) -> None:
        whole = isinstance(step, dict) and "do" in step
        text = self.pick(step["do"] if whole else step)
        aside = ", ".join(str(step[key]) for key in ("role", "within") if step.get(key)) if whole else ""
        self.screen.put(f"{text} ({aside})" if aside else text, indent=4, mark=mark)

    # --- what to say ------------------------------------------------------------------------------------------

    def _scripts(self) -> None:
        entries = self.answer.documents["script"]
        if not entries:
            return
        self.screen.heading("Say", "green")
        for entry in entries[:FULL_SCRIPTS]:
            self._script(entry)
        rest = entries[FULL_SCRIPTS:]
        if rest:
            names = ", ".join(entry.logic.get("short") or entry.id for entry in rest)
            self.screen.put(f"and, with `servkit say`: {names}", "dim", indent=2)

    def _script(self, entry: Entry) -> None:
        short = entry.logic.get("short")
        self.screen.put(self._title(entry) + (f"  [{short}]" if short else ""), "bold", indent=2)
        language = script_language(entry, self.language, self.answer.settings)
        values = script_values(self.answer, language, self.agent, self.blanks)
        try:
            filled = fill(self.answer.settings.pick(entry.prose["say"], language), values)
        except ScriptError as bad:
            self.screen.put(f"cannot be filled: {bad}", "red", indent=4)
            return
        if filled.missing:
            wanted = " ".join(f"--set {name.rpartition('.')[2]}=…" for name in filled.missing)
            self.screen.put(f"servkit say {short or entry.id} {wanted}", "dim", indent=4)
        else:
            self.screen.put(filled.text.strip(), indent=4, mark="“", hang=1)
            self.screen.lines[-1] += "”"

    def _left_out(self) -> None:
        left = self.answer.left_out
        if left:
            names = ", ".join(sorted({out.entry.id for out in left}))
            self.screen.gap()
            self.screen.put(f"{len(left)} left out: {names} (--why tells why)", "dim")


def footer(answer: Answer, screen: Screen, book: dict[str, Any], fingerprint: str) -> None:
    """The last lines: the account number, and what the answer can be traced by."""
    customer = answer.case.customer
    screen.rule()
    revision = (book["revision"] or "no revision") + ("+changes" if book["dirty"] else "")
    parts = [customer.id] if customer is not None and customer.name else []
    screen.put(" · ".join([*parts, book["name"], revision, answer.case.on.isoformat(), fingerprint[:19]]), "dim")


def _promise(raw: Any) -> str:
    if isinstance(raw, list):
        return ", ".join(map(str, raw))
    return ", ".join(f"{key} {value}" for key, value in raw.items()) if isinstance(raw, dict) else ""


def _words(amount: Amount | None) -> str:
    if amount is None:
        return "nothing"
    found = amount_json(amount)
    if isinstance(found, dict):
        if len(found) == 2:
            return f"{found['at_least']} to {found['at_most']}"
        return " ".join(f"{key.replace('_', ' ')} {value}" for key, value in found.items()) or "any amount"
    return ", ".join(found) if isinstance(found, list) else str(found)


def _moment(when: datetime) -> str:
    """A moment as a person says it: Mon 2 Mar, 11:00."""
    return f"{when:%a} {when.day} {when:%b}, {when:%H:%M}"


def matches_text(matches: list[Any], wanted: str, screen: Screen, most: int) -> None:
    """Several people who may be meant, each with the id to ask by."""
    screen.put(f"{len(matches)} people match {wanted!r}; ask by id:", "bold")
    column = min(max((width(clean(match.id)) for match in matches[:most]), default=8) + 4, 30)
    for match in matches[:most]:
        screen.pair(match.id, match.name or "", column=column)
    if len(matches) > most:
        screen.put(f"… and {len(matches) - most} more; write more of the name", "dim", indent=2)
