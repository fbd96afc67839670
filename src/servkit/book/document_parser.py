"""From one document to an entry: its shape first, then the meaning of the texts in it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pydantic import ValidationError

from servkit.book import kinds
from servkit.book.condition_parser import read_condition
from servkit.book.context import DocumentContext
from servkit.book.entries import Entry
from servkit.book.problems import ValueProblem
from servkit.book.references import references_in
from servkit.book.shape_errors import shape_problems
from servkit.book.slips.text import ODD_SPACES, named
from servkit.book.term_parser import is_undeclared_time, read_overrides, read_terms
from servkit.book.terms import encode_term
from servkit.book.values import encode
from servkit.nearest import did_you_mean
from servkit.text import quoted

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from servkit.book.problems import Problem
    from servkit.book.settings import Settings
    from servkit.book.shape import Document
    from servkit.book.source import PartPath, Source

#: Keys that resolution needs as they are written, each with its name in an entry's logic.
_LISTS = {"area": "areas", "channels": "channels", "roles": "roles", "segments": "segments",
          "philosophies": "philosophies", "may_offer": "may_offer"}  # fmt: skip
_WORDS = ("recovery", "rule", "level", "short", "rank")
_SAY_KIND = "Say which sort of document this is, such as `kind: policy`."


def read_entry(
    source: Source, settings: Settings, texts: Mapping[str, str] | None = None
) -> tuple[Entry | None, list[Problem]]:
    """The entry of one document and what is wrong with it; no entry where its meaning is not certain. ``texts`` are
    terms that are no times of day, because other documents say so (:mod:`servkit.book.times_of_day`)."""
    data = source.data
    if not isinstance(data, dict):
        return None, [source.problem("SK110", "A document must be a mapping that starts with `kind:`.")]
    kind = data.get("kind")
    odd = next((key for key in data if key != "kind" and key.strip("".join(ODD_SPACES)) == "kind"), None)
    if kind is None and odd is not None:
        sign = next(sign for sign in odd if sign in ODD_SPACES)
        message = f"There is a {named(sign)} beside `kind`. Write `kind:` without it."
        return None, [source.problem("SK109", message, (odd,), key=True)]
    if not isinstance(kind, str):
        code, what = ("SK110", "`kind` should be one word.") if "kind" in data else ("SK109", "`kind` is missing.")
        return None, [source.problem(code, f"{what} {_SAY_KIND}", ("kind",))]
    if kind not in kinds.names():
        rest = did_you_mean(kind, kinds.names()) or f"The kinds are {', '.join(kinds.names())}."
        return None, [source.problem("SK110", f"{quoted(kind)} is not a kind of document. {rest}", ("kind",))]
    model = kinds.model(kind)
    try:
        document = model.model_validate(data)
    except ValidationError as faults:
        return None, shape_problems(source, faults, model)
    if document.effective is not None and not model.dated:
        message = f"`effective` can't be used here: a {kind} has no period in which it is in force."
        return None, [source.problem("SK108", message, ("effective",), key=True)]
    reader = _EntryReader(document, DocumentContext(settings, source, texts))
    entry = reader.read()
    return (None if reader.context.has_errors else entry), reader.context.problems


class _EntryReader:
    def __init__(self, document: Document, context: DocumentContext) -> None:
        self.document, self.context = document, context
        self.kind = document.kind
        self.data: dict[str, Any] = context.source.data

    def get(self, key: str) -> Any:
        """What the document says under a key, converted; None for a key that its kind does not have."""
        return self.document.__dict__.get(key)  # asking a model for a key it lacks is slow

    def read(self) -> Entry:
        """The entry. What the document does not say is not in the entry's logic either."""
        context, data, document = self.context, self.data, self.document
        logic: dict[str, Any] = {"kind": self.kind, "id": document.id, "line": context.line(())}
        if kinds.kind(self.kind).owns_terms:
            logic["owns_terms"] = True
        if document.effective is not None:
            logic["period"] = self._period()
        self._check_declared()
        self._check_typed()
        logic |= {name: found for key, name in _LISTS.items() if (found := self.get(key))}
        if say := self._scripts():
            logic["say"] = say
        if carried_out := [*(self.get("standards") or ()), *(self.get("policies") or ())]:
            logic["carries_out"] = carried_out
        logic |= {key: found for key in _WORDS if (found := self.get(key)) is not None and key in data}
        if self.kind == "segment":
            if priority := self.get("priority"):
                logic["priority"] = str(priority)
            logic["tells"] = bool(self.get("do"))
        entry = Entry(context.source.path, logic, data, context.source)
        self._read_meaning(entry, logic)
        if self.kind == "customer":
            logic |= self._customer()
        return entry

    def _read_meaning(self, entry: Entry, logic: dict[str, Any]) -> None:
        """Condition, terms and overrides: as objects in the entry, and as plain data in its logic."""
        data = self.data
        if data.get("when") is not None:
            entry.when = read_condition(data["when"], self.context, ("when",), in_segment=self.kind == "segment")
            if entry.when is not None:
                logic["when"] = entry.when.encode()
        if data.get("terms"):
            entry.terms = read_terms(entry.id, data["terms"], self.context, fixed=entry.fixed)
            if entry.terms:
                logic["terms"] = {name: encode_term(term) for name, term in entry.terms.items()}
            if times := [name for name in entry.terms if is_undeclared_time(data["terms"][name])]:
                logic["times"] = times
        for values, where in self._overrides():
            entry.overrides = read_overrides(values, self.context, where)
            logic["overrides"] = {ref: amount.encode() for ref, amount in entry.overrides.items()}

    def _overrides(self) -> Iterator[tuple[dict[str, Any], PartPath]]:
        """What a segment sets or a customer was promised, with its place."""
        for where in (("sets",), ("promised",), ("customer", "promised")):
            found: Any = self.data
            for step in where:
                found = found.get(step) if isinstance(found, dict) else None
            if found and isinstance(found, dict):
                yield found, where

    def _period(self) -> list[int | None]:
        period = self.document.effective
        assert period is not None
        first, last = period.from_, period.until
        if first and last and first > last:
            message = f"This period ends ({last}) before it begins ({first}). Swap the dates or correct one."
            self.context.error("SK603", message, ("effective", "until"))
        return [first.toordinal() if first else None, last.toordinal() if last else None]

    def _check_declared(self) -> None:
        """Channels and roles that ``servkit.yaml`` does not declare; without them nobody knows who is meant."""
        for key in ("channels", "roles"):
            for index, name in enumerate(self.get(key) or ()):
                self.context.is_declared(key, name, (key, index))
        for index, step in enumerate(self.get("steps") or ()):
            if step.role is not None:
                self.context.is_declared("roles", step.role, ("steps", index, "role"))

    def _check_typed(self) -> None:
        """Percentages and durations beside the terms. They decide nothing, so the document stays whatever they say."""
        has_errors = self.context.has_errors
        for key, type_ in (("target", "percent"), ("follow_up", "duration")):
            if (found := self.get(key)) is not None:
                self.context.value(found, (key,), type_)
        for index, step in enumerate(self.get("steps") or ()):
            if step.within is not None:
                self.context.value(step.within, ("steps", index, "within"), "duration")
        self.context.has_errors = has_errors

    def _scripts(self) -> list[str]:
        """The scripts that the document names, those of its steps after its own."""
        paths = [found for found in kinds.kind(self.kind).references if found.kinds == ("script",)]
        return list(dict.fromkeys(id_ for path in paths for id_, _ in references_in(self.data, path)))

    def _customer(self) -> dict[str, Any]:
        """Name and attributes. An attribute that can't be read counts as unknown, and is reported (BOOK.md 9)."""
        context, attributes = self.context, {}
        for name, raw in (self.data.get("attributes") or {}).items():
            place = ("attributes", name)
            variable = context.settings.names.get(name)
            if variable is None or variable.fact:
                context.warn("SK202", _no_attribute(name, context.settings.names), place, key=True)
            elif raw is not None:
                has_errors = context.has_errors
                value = context.value(raw, place, variable.type, variable.of)
                context.has_errors = has_errors
                try:
                    if value is not None:
                        attributes[name] = encode(variable.checked(value))
                except ValueProblem as bad:
                    context.warn("SK301", str(bad), place)
        out: dict[str, Any] = {}
        if self.data.get("name") is not None:
            out["name"] = self.data["name"]
        if attributes:
            out["attributes"] = attributes
        return out


def _no_attribute(name: str, known: Mapping[str, Any]) -> str:
    if name in known:
        return (
            f"{quoted(name)} is a fact of the case, not an attribute of a customer. Declare it under `attributes` in "
            "servkit.yaml, or write it where the case is described."
        )
    rest = did_you_mean(name, known) or "Declare it under `attributes` in servkit.yaml."
    return f"{quoted(name)} is not an attribute of this book. {rest}"
