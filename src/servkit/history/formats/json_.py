"""A comparison as JSON (EFFECT.md): plain data, values written as in BOOK.md."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from servkit.text import json_text

if TYPE_CHECKING:
    from servkit.history.changes import Change, Comparison, Weight, Witness
    from servkit.history.effects import Told
    from servkit.history.replay import Replay

SCHEMA = "servkit/changes/1"
_LISTS = ("renamed", "settings", "questions", "promises", "scenarios", "texts")


def json_(comparison: Comparison, sides: list[dict[str, Any]], prefix: str) -> str:
    """The comparison for programs. Paths are the book's."""
    return json_text(comparison_json(comparison, *sides))


def comparison_json(comparison: Comparison, before: dict[str, Any], after: dict[str, Any]) -> dict[str, Any]:
    """Everything that was found; ``before`` and ``after`` say which books they are."""
    return {
        "schema": SCHEMA,
        "before": before,
        "after": after,
        "on": comparison.on,
        "until": comparison.until,
        "summary": summary_of(comparison),
        "changes": [change_json(change) for change in comparison.changes],
        **{name: [_data(item) for item in getattr(comparison, name)] for name in _LISTS},
        "problems": [*comparison.problems],
        **({} if comparison.replay is None else {"replay": _replay_json(comparison.replay)}),
    }


def summary_of(comparison: Comparison) -> dict[str, int]:
    """How many classes there are of each direction, and how many texts and questions."""
    counts = {
        way: sum(change.direction == way for change in comparison.changes) for way in ("kinder", "stricter", "other")
    }
    return counts | {"texts": len(comparison.texts), "new_questions": len(comparison.questions)}


def change_json(change: Change) -> dict[str, Any]:
    """One class."""
    out: dict[str, Any] = {
        "what": change.part.what,
        "id": change.part.id,
        "part": change.part.part,
        "role": change.part.role,
        "before": told_json(change.before),
        "after": told_json(change.after),
        "direction": change.direction,
        "exact": change.exact,
        "when": change.when,
        "witness": _witness_json(change.witness),
        "customers": _weight_json(change.customers),
        "places": {"before": change.places[0], "after": change.places[1]},
    }
    if change.values is not None:
        out["before_value"], out["after_value"] = (told_json(value) for value in change.values)
    return out


def _replay_json(found: Replay) -> dict[str, Any]:
    """The recorded answers that are told differently."""
    keys = ("what", "id", "before", "after")
    different = [
        {**vars(one), "differences": [dict(zip(keys, difference, strict=True)) for difference in one.differences]}
        for one in found.different
    ]
    return {**vars(found), "different": different}


def _data(item: Any) -> dict[str, Any]:
    """A record as data; its places are named like those of classes."""
    out = {key: list(value) if isinstance(value, tuple) else value for key, value in vars(item).items()}
    if "places" in out:
        out["places"] = dict(zip(("before", "after"), out["places"], strict=True))
    if "diff" in out:
        out["diff"] = [list(run) for run in out["diff"]]
    return out


def told_json(told: Told) -> Any:
    """A value, ``{"conflict": [values]}``, or null."""
    return {"conflict": list(told)} if isinstance(told, tuple) else told


def _witness_json(witness: Witness | None) -> dict[str, Any] | None:
    if witness is None:
        return None
    return {
        "attributes": dict(witness.attributes),
        "facts": dict(witness.facts),
        "role": witness.role,
        "channel": witness.channel,
        "office": witness.office,
        "on": witness.on,
    }


def _weight_json(weight: Weight | None) -> dict[str, Any] | None:
    if weight is None:
        return None
    return {
        "certain": weight.certain,
        "perhaps": weight.perhaps,
        "of": weight.of,
        "examples": [id_ for id_, _ in weight.examples],
    }
