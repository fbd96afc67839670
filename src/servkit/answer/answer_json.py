"""The answer as JSON (CLI.md): plain data, values written as in BOOK.md, and its fingerprint."""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING, Any

from servkit.answer.condition_reasons import because
from servkit.book.amounts import Plain
from servkit.book.intervals import Range
from servkit.book.values import Value, write

if TYPE_CHECKING:
    from datetime import datetime

    from servkit.answer.case import JournalPromise
    from servkit.answer.condition_reasons import Reasons
    from servkit.answer.result import Answer, Origin, TermAnswer
    from servkit.book.intervals import Amount

SCHEMA = "servkit/answer/1"
_NOTES = ("priorities", "expectations", "pace", "signals")


def answer_json(answer: Answer) -> dict[str, Any]:
    """Everything but ``book``: the same for the same question on any machine."""
    pick, case = answer.settings.pick, answer.case
    out: dict[str, Any] = {
        "schema": SCHEMA,
        "customer": _customer(answer),
        "asked": _asked(answer),
        "segments": [{"id": entry.id, "because": str(answer_because(answer, entry.id))} for entry in answer.segments],
        "might_be": [{"id": found.entry.id, "ask": list(found.ask)} for found in answer.might_be],
        "ask": [
            {"name": ask.name, "question": pick(ask.question, case.language) or None, "decides": list(ask.decides)}
            for ask in answer.ask
        ],
        "terms": {ref: _term(term) for ref, term in answer.terms.items()},
    }
    for key, kind in (("philosophies", "philosophy"), ("standards", "standard"), ("procedures", "procedure"),
                      ("policies", "policy"), ("recoveries", "recovery"), ("scripts", "script")):  # fmt: skip
        out[key] = [entry.id for entry in answer.documents[kind]]
    out["left_out"] = [
        {"id": left.entry.id, "kind": left.entry.kind, "because": str(left.because)} for left in answer.left_out
    ]
    out["uncovered"] = list(answer.uncovered)
    out["problems"] = [{"code": problem.code, "path": problem.path, "line": problem.line, "message": problem.message}
                       for problem in answer.problems]  # fmt: skip
    return out


def answer_because(answer: Answer, segment: str) -> Reasons:
    """Why the customer is in a segment."""
    when = answer.trace.all_segments[segment].when
    assert when is not None
    return because(when, answer.trace.record(answer.case))


def fingerprint(data: dict[str, Any]) -> str:
    """The SHA-256 of the answer without ``book``, written one way."""
    covered = {key: value for key, value in data.items() if key not in ("book", "fingerprint")}
    text = json.dumps(covered, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return "sha256:" + hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def _customer(answer: Answer) -> dict[str, Any] | None:
    customer = answer.case.customer
    if customer is None:
        return None
    pick, language = answer.settings.pick, answer.case.language
    attributes = {name: value_json(value) for name, value in sorted(customer.attributes.items())}
    out: dict[str, Any] = {"id": customer.id, "name": customer.name, "attributes": attributes}
    for key in _NOTES:
        out[key] = [note_json(note, pick, language) for note in customer.notes_on(key)]
    promised = answer.trace.promised
    out["promised"] = {
        ref: value_json(amount.value) if isinstance(amount, Plain) else customer.notes["promised"][ref]
        for ref, amount in sorted(promised.items())
    }
    if customer.journal is not None:
        noted = [promise_json(promise) for promise in customer.journal.promises]
        written = [{"term": ref, "value": value} for ref, value in as_map(customer.notes.get("promised")).items()]
        out["promises"] = [*noted, *written]
        out["recent"] = [dict(entry) for entry in customer.journal.recent]
    return out


def promise_json(promise: JournalPromise) -> dict[str, Any]:
    """A promise of the journal."""
    return {name: value for name, value in promise._asdict().items() if value is not None}


def as_map(raw: Any) -> dict[str, Any]:
    """A mapping; empty for anything else."""
    return raw if isinstance(raw, dict) else {}


def as_list(raw: Any) -> list[Any]:
    """A single item as a list of one."""
    return raw if isinstance(raw, list) else [] if raw is None else [raw]


def note_json(note: Any, pick: Any, language: str | None) -> dict[str, Any]:
    """A note with the day and the person where they are known."""
    if not (isinstance(note, dict) and "say" in note):
        return {"say": pick(note, language)}
    signed = {key: note[key] for key in ("noted", "by", "journal") if note.get(key)}
    return {"say": pick(note["say"], language)} | signed


def _asked(answer: Answer) -> dict[str, Any]:
    case = answer.case
    out: dict[str, Any] = {
        "about": list(case.about),
        "role": case.role,
        "channel": case.channel,
        "office": case.office,
        "level": case.level,
        "on": case.on.isoformat(),
        "facts": {name: None if value is None else value_json(value) for name, value in sorted(case.given.items())},
    }
    if case.start is not None:
        out["from"] = moment(case.start)
    if case.customer is not None and case.customer.journal is not None:
        out["journal"] = case.customer.journal.digest
    own = case.customer.language if case.customer is not None else None
    if case.language is not None and case.language != own:
        out["lang"] = case.language
    return out


def moment(when: datetime) -> str:
    """A moment in the book's time zone, to the minute where it is a whole one."""
    return when.replace(tzinfo=None).isoformat(timespec="seconds" if when.second else "minutes")


def value_json(value: Value) -> Any:
    """A value as BOOK.md writes it; a list as a list."""
    return list(value.amount) if value.type == "list" else write(value)


def amount_json(amount: Amount | None) -> Any:
    """A value, a range with the ends that are reached, or null."""
    if isinstance(amount, Range):
        ends = (("at_least", amount.low), ("at_most", amount.high))
        return {name: write(end) for name, end in ends if end is not None}
    return None if amount is None else value_json(amount)


def _origin(origin: Origin | None) -> dict[str, Any] | None:
    if origin is None:
        return None
    if origin.journal is not None:
        return {"kind": origin.kind, "id": origin.id, "file": None, "line": None, "journal": origin.journal}
    return {"kind": origin.kind, "id": origin.id, "file": origin.file, "line": origin.line}


def _term(found: TermAnswer) -> dict[str, Any]:
    out: dict[str, Any] = {
        "state": found.state,
        "value": amount_json(found.value),
        "default": amount_json(found.default),
        "from": _origin(found.origin),
        "fixed": found.term.fixed,
        "you_may": amount_json(found.you_may),
        "then": None if found.then is None else {"role": found.then.role, "may": value_json(found.then.may)},
        "limit": amount_json(found.limit),
        "due": None if found.due is None else moment(found.due),
    }
    if found.state == "open":
        out["may_be"] = [amount_json(amount) for amount in found.may_be]
    if found.you_may_be:
        out["you_may_be"] = [amount_json(amount) for amount in found.you_may_be]
    if found.state == "conflict":
        out["between"] = [{"value": amount_json(amount), "from": _origin(origin)} for amount, origin in found.between]
    if found.clipped is not None:
        out["clipped"] = {"value": value_json(found.clipped), "by": "limit"}
    return out
