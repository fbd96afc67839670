"""An import as JSON (``servkit/import/1``)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from servkit.exchange.import_steps import VERBS, summary

if TYPE_CHECKING:
    from collections.abc import Sequence

    from servkit.exchange.contradictions import Contradiction
    from servkit.exchange.customers_in import CustomersPlan
    from servkit.exchange.import_steps import Plan, Step


def import_json(plan: Plan, contradictions: Sequence[Contradiction], tool: str, *, dry_run: bool) -> dict[str, Any]:
    """The plan with every step, what was written, and the contradictions."""
    counts = summary(plan)
    return {
        "schema": "servkit/import/1",
        "tool": tool,
        "dry_run": dry_run,
        "counts": {verb.replace(" ", "_"): counts[verb] for verb in VERBS},
        "steps": [_step(step) for step in plan.steps],
        "missing": list(plan.missing),
        "contradictions": [one.data() for one in contradictions],
        "files": list(plan.files),
    }


def customers_json(plan: CustomersPlan, *, dry_run: bool) -> dict[str, Any]:
    """An import of customers: the columns, new attributes, and how many rows are new, changed or gone."""
    return {
        "schema": "servkit/import-customers/1",
        "dry_run": dry_run,
        "action": plan.verb,
        "path": plan.path,
        "columns": dict(plan.columns.by_heading),
        "not_used": list(plan.columns.unused),
        "new_attributes": dict(plan.attributes),
        "rows": plan.rows,
        "added": plan.added,
        "changed": plan.changed,
        "gone": plan.gone,
        "left_out": list(plan.left_out),
        "by_hand": plan.by_hand or None,
        "files": list(plan.files),
    }


def _step(step: Step) -> dict[str, Any]:
    out: dict[str, Any] = {
        "action": step.verb.replace(" ", "_"),
        "origin": step.reply.id,
        "title": step.reply.title,
        "place": step.place,
        "script": step.script or None,
        "path": step.path or None,
    }
    if step.because:
        out["because"] = step.because
    if step.verb in ("update", "conflict"):
        out |= {"here": step.ours, "there": step.theirs}
    if step.blanks:
        out["blanks"] = dict(step.blanks)
    if step.unknown:
        out["not_translated"] = list(step.unknown)
    if step.bare:
        out["no_fallback"] = list(step.bare)
    if step.reply.losses:
        out["losses"] = list(step.reply.losses)
    return out
