"""From the text of a document to an entry: shape first, then the meaning of every text in it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from servkit.book import kinds
from servkit.book.condition_reading import read_condition
from servkit.book.entries import Entry
from servkit.book.kinds.leaves import ShapeFault
from servkit.book.kinds.outlines import fitted
from servkit.book.reading import Reading, near
from servkit.book.term_reading import read_moves, read_terms
from servkit.book.values import encode

if TYPE_CHECKING:
    from collections.abc import Mapping

    from servkit.book.problem import Problem
    from servkit.book.reading import Where
    from servkit.book.settings import Settings
    from servkit.book.yamltext import Source


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
    outline = kinds.outline(kind)
    try:
        document: dict[str, Any] = fitted(outline["shape"], data)
    except ShapeFault:
        return None, _faults(source, kind)
    if not outline["dated"] and document.get("effective") is not None:
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

    from servkit.book.shape_faults import shape_problems

    model = kinds.model(kind)
    try:
        model.model_validate(source.data)
    except ValidationError as faults:
        return shape_problems(source, faults, model)
    raise AssertionError(f"{source.path}: the outline of {kind} refuses what its model accepts")


def _entry(raw: dict[str, Any], reading: Reading) -> Entry:
    data, kind = reading.source.data, raw["kind"]
    logic: dict[str, Any] = {
        "kind": kind,
        "id": raw["id"],
        "line": reading.line(()),
        "period": _period(raw.get("effective"), reading),
    }
    _declared(raw, reading)
    _typed(raw, reading)
    logic |= {
        "areas": raw.get("area"),
        "channels": raw.get("channels"),
        "roles": raw.get("roles"),
        "segments": raw.get("segments"),
        "say": _scripts(raw),
        "philosophies": raw.get("philosophies"),
        "carries_out": [*(raw.get("standards") or ()), *(raw.get("policies") or ())],
        "may_offer": raw.get("may_offer"),
        "recovery": raw.get("recovery"),
        "rule": raw.get("rule"),
        "level": raw.get("level"),
        "short": raw.get("short"),
        "rank": raw.get("rank"),
        "priority": str(raw["priority"]) if raw.get("priority") else None,
        "tells": bool(raw.get("do")) if kind == "segment" else None,
    }
    if data.get("when") is not None:
        when = read_condition(data["when"], reading, ("when",), in_segment=kind == "segment")
        logic["when"] = when.encode() if when is not None else None
    if data.get("terms"):
        logic["terms"] = read_terms(data["terms"], reading, fixed=logic["rule"] == "fixed")
    for key in ("sets", "promised"):
        if data.get(key):
            logic["moves"] = read_moves(data[key], reading, (key,))
    who = data.get("customer") if kind == "scenario" else None
    if isinstance(who, dict) and isinstance(who.get("promised"), dict):  # somebody described in place has promises too
        logic["moves"] = read_moves(who["promised"], reading, ("customer", "promised"))
    if kind == "customer":
        logic |= customer_logic(data, reading, ())
    kept = {key: item for key, item in logic.items() if item not in (None, [], {})}
    return Entry(reading.source.path, kept, data, reading.source)


def _period(period: Mapping[str, Any] | None, reading: Reading) -> list[int | None] | None:
    if period is None:
        return None
    first, last = period.get("from"), period.get("until")
    if first and last and first > last:
        reading.note("SK603", "this period ends before it begins", ("effective", "until"))
    return [first.toordinal() if first else None, last.toordinal() if last else None]


def _declared(raw: Mapping[str, Any], reading: Reading) -> None:
    """Channels and roles that ``servkit.yaml`` does not declare; without them nobody knows who is meant."""
    for key in ("channels", "roles"):
        for index, name in enumerate(raw.get(key) or ()):
            reading.declared(key, name, (key, index))
    for index, step in enumerate(raw.get("steps") or ()):
        if step.get("role") is not None:
            reading.declared("roles", step["role"], ("steps", index, "role"))


def _typed(raw: Mapping[str, Any], reading: Reading) -> None:
    """Percentages and durations beside the terms. They decide nothing, so a slip is told and the document stays."""
    wanted: list[tuple[str, str | None, Where]] = [
        ("percent", raw.get("target"), ("target",)),
        ("duration", raw.get("follow_up"), ("follow_up",)),
    ]
    wanted += [
        ("duration", step.get("within"), ("steps", index, "within"))
        for index, step in enumerate(raw.get("steps") or ())
    ]
    broken = reading.broken
    for kind, text, where in wanted:
        if text is not None:
            reading.value(text, where, kind)
    reading.broken = broken


def _scripts(raw: Mapping[str, Any]) -> list[str]:
    """The scripts that a document names, its steps among them; a script's own ``say`` is its text."""
    if raw["kind"] == "script":
        return []
    steps = [script for step in raw.get("steps") or () for script in step.get("say", ())]
    return list(dict.fromkeys([*(raw.get("say") or ()), *steps]))


def customer_logic(data: Mapping[str, Any], reading: Reading, where: tuple[str | int, ...]) -> dict[str, Any]:
    """Name and attributes. An attribute that cannot be read counts as unknown and is told (BOOK.md 9)."""
    values = {}
    for name, raw in (data.get("attributes") or {}).items():
        place = (*where, "attributes", name)
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
        value = reading.of_variable(raw, variable, place)
        reading.broken = broken
        if value is not None:
            values[name] = encode(value)
    return {"name": data.get("name"), "attributes": values}
