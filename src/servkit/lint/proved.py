"""From what the analysis proved to findings, with the witness; what it could not settle is told as skipped."""

from __future__ import annotations

from typing import TYPE_CHECKING

from servkit.lint.finding import Finding, at

if TYPE_CHECKING:
    from collections.abc import Iterator

    from servkit.analysis.finding import Fault
    from servkit.analysis.prove import Result


def findings(result: Result, skipped: list[str]) -> Iterator[Finding]:
    """A finding for every fault; one that only *may* be so is worth less."""
    skipped.extend(map(str, result.unproved))
    for fault in result.faults:
        yield finding(fault)


def finding(fault: Fault) -> Finding:
    witness = fault.witness.scenario if fault.witness is not None else ""
    found = at(fault.entry, fault.where, fault.message, key=fault.key, witness=witness)
    return found if fault.certain else found._replace(severity="info")
