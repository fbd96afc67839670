"""From the text of a document to an entry: shape first, then the meaning of every text in it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from servkit.book import kinds
from servkit.book.condition_parser import read_condition
from servkit.book.context import Reading, near
from servkit.book.entries import Entry
from servkit.book.shape_fields import ShapeFault
from servkit.book.term_parser import read_moves, read_terms

if TYPE_CHECKING:
    from collections.abc import Mapping

    from servkit.book.amounts import Expression
    from servkit.book.conditions import Condition
    from servkit.book.context import Where
    from servkit.book.problems import Problem
    from servkit.book.settings import Settings
    from servkit.book.source import Source
    from servkit.book.terms import Term


def bind(source: Source, settings: Settings) -> tuple[Entry | None, list[Problem]]:
    """The entry of one document and what is wrong with it; no entry where its meaning is not certain."""
    data = source.data
    if not isinstance(data, dict):
        return None, [source.problem("SK110", "a document is a mapping that begins with `kind:`")]
    kind = data.get("kind")
    if not isinstance(kind, str):
        code, what = ("SK110", "this is none") if "kind" in data else ("SK109", "'kind' is missing")
        message = f"{what}; say which sort of document this is, such as `kind: policy`"
        return None, [source.problem(code, message, ("kind",))]
    if kind not in kinds.names():
        message = f"{kind!r} is not a kind of document: {', '.join(kinds.names())}{near(kind, kinds.names())}"
        return None, [source.problem("SK110", message, ("kind",))]
    try:
        document: dict[str, Any] = kinds.fitted(kind, data)
    except ShapeFault:
        return None, _faults(source, kind)
    if document.get("effective") is not None and not kinds.outline(kind)["dated"]:
        return None, [
            source.problem("SK108", f"a {kind} is not in force from a day to a day", ("effective",), key=True)
        ]
    reading = Reading(settings, source)
    entry = _entry(document, reading)
    source.forget()
    return (None if reading.broken else entry), reading.problems


def _faults(source: Source, kind: str) -> list[Problem]:
    """What is wrong with a document that does not fit its outline, in the words of its model."""
    from pydantic import ValidationError

    from servkit.book.shape_errors import shape_problems

    model = kinds.model(kind)
    try:
        model.model_validate(source.data)
    except ValidationError as faults:
        return shape_problems(source, faults, model)
    raise AssertionError(f"{source.path}: the outline of {kind} refuses what its model accepts")


#: Where the entry of a document has the lists and the single words that resolution needs as they are written.
_LISTS = (("area", "areas"), ("channels", "channels"), ("roles", "roles"), ("segments", "segments"))
_WORDS = ("recovery", "rule", "level", "short", "rank")


def _entry(raw: dict[str, Any], reading: Reading) -> Entry:
    """The entry of a document. What the document does not say is not in the entry's logic either."""
    data, kind = reading.source.data, raw["kind"]
    logic: dict[str, Any] = {"kind": kind, "id": raw["id"], "line": reading.line(())}
    if raw.get("effective") is not None:
        logic["period"] = _period(raw["effective"], reading)
    _declared(raw, reading)
    _typed(raw, reading)
    for key, name in _LISTS:
        if found := raw.get(key):
            logic[name] = found
    if kind != "script" and ("say" in raw or "steps" in raw) and (say := _scripts(raw)):
        logic["say"] = say
    if found := raw.get("philosophies"):
        logic["philosophies"] = found
    if found := [*raw.get("standards", ()), *raw.get("policies", ())]:
        logic["carries_out"] = found
    if found := raw.get("may_offer"):
        logic["may_offer"] = found
    for key in _WORDS:
        if (found := raw.get(key)) is not None:
            logic[key] = found
    if kind == "segment":
        if raw.get("priority"):
            logic["priority"] = str(raw["priority"])
        logic["tells"] = bool(raw.get("do"))
    return _with_meaning(data, logic, reading)


def _with_meaning(data: dict[str, Any], logic: dict[str, Any], reading: Reading) -> Entry:
    """The entry with its condition, terms, moves and attributes, as what they are and in its logic."""
    kind = logic["kind"]
    when: Condition | None = None
    terms: dict[str, Term] = {}
    moves: dict[str, Expression] = {}
    if data.get("when") is not None:
        when = read_condition(data["when"], reading, ("when",), in_segment=kind == "segment")
        if when is not None:
            logic["when"] = when.encode()
    if data.get("terms"):
        terms, encoded = read_terms(logic["id"], data["terms"], reading, fixed=logic.get("rule") == "fixed")
        if encoded:
            logic["terms"] = encoded
    for promised, where in _promises(kind, data):
        moves, logic["moves"] = read_moves(promised, reading, where)
    if kind == "customer":
        logic |= _customer(data, reading)
    out = Entry(reading.source.path, logic, data, reading.source)
    out.when, out.terms, out.moves = when, terms, moves
    return out


def _promises(kind: str, data: Mapping[str, Any]) -> list[tuple[dict[str, Any], Where]]:
    """What a segment sets or a customer was promised, with its place."""
    if kind == "scenario":  # somebody described in place has promises too
        who = data.get("customer")
        promised = who.get("promised") if isinstance(who, dict) else None
        return [(promised, ("customer", "promised"))] if isinstance(promised, dict) and promised else []
    return [(data[key], (key,)) for key in ("sets", "promised") if data.get(key)]


def _period(period: Mapping[str, Any], reading: Reading) -> list[int | None]:
    first, last = period.get("from"), period.get("until")
    if first and last and first > last:
        reading.note("SK603", "this period ends before it begins", ("effective", "until"))
    return [first.toordinal() if first else None, last.toordinal() if last else None]


def _declared(raw: Mapping[str, Any], reading: Reading) -> None:
    """Channels and roles that ``servkit.yaml`` does not declare; without them nobody knows who is meant."""
    for key in ("channels", "roles"):
        for index, name in enumerate(raw.get(key, ())):
            reading.declared(key, name, (key, index))
    for index, step in enumerate(raw.get("steps", ())):
        if step.get("role") is not None:
            reading.declared("roles", step["role"], ("steps", index, "role"))


def _typed(raw: Mapping[str, Any], reading: Reading) -> None:
    """Percentages and durations beside the terms. They decide nothing, so a slip is told and the document stays."""
    broken = reading.broken
    for key, kind in (("target", "percent"), ("follow_up", "duration")):
        if raw.get(key) is not None:
            reading.meaning(raw[key], (key,), kind)
    for index, step in enumerate(raw.get("steps", ())):
        if step.get("within") is not None:
            reading.meaning(step["within"], ("steps", index, "within"), "duration")
    reading.broken = broken


def _scripts(raw: Mapping[str, Any]) -> list[str]:
    """The scripts that a document names, its steps among them; a script's own ``say`` is its text."""
    steps = [script for step in raw.get("steps", ()) for script in step.get("say", ())]
    return list(dict.fromkeys([*raw.get("say", ()), *steps]))


def _customer(data: Mapping[str, Any], reading: Reading) -> dict[str, Any]:
    """Name and attributes. An attribute that cannot be read counts as unknown and is told (BOOK.md 9)."""
    attributes = {}
    for name, raw in (data.get("attributes") or {}).items():
        place = ("attributes", name)
        variable = reading.settings.names.get(name)
        if variable is None or variable.fact:
            if variable is not None:
                what = "a fact of the case, not an attribute of a customer; take it away"
            else:
                what = f"not a declared attribute{near(name, reading.settings.names) or '; declare it in servkit.yaml'}"
            reading.remark("SK202", f"{name!r} is {what}", place, key=True)
            continue
        if raw is None:
            continue
        broken = reading.broken
        found = reading.meaning(raw, place, variable.type, variable.of)
        reading.broken = broken
        if found is not None:
            attributes[name] = found.encoded
    out: dict[str, Any] = {}
    if data.get("name") is not None:
        out["name"] = data["name"]
    if attributes:
        out["attributes"] = attributes
    return out
