"""SARIF 2.1.0, for code scanning."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from servkit.lint.rule import Rule, all_rules, documentation
from servkit.text import json_text
from servkit.version import __version__

if TYPE_CHECKING:
    from servkit.lint.destination import Destination
    from servkit.lint.finding import Finding
    from servkit.lint.report import Report

_LEVELS = {"error": "error", "warning": "warning", "info": "note"}
#: Where paths begin: at the checkout, which whoever reads the report knows.
_ROOT = "%SRCROOT%"
_SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"


def sarif(report: Report, destination: Destination) -> str:
    """One run; only the rules that found something are described."""
    rules = [rule for rule in all_rules().values() if rule.code in report.by_code]
    places = {rule.code: place for place, rule in enumerate(rules)}
    notes = [{"level": "note", "message": {"text": text}} for text in report.skipped]
    driver = {
        "name": "servkit",
        "semanticVersion": __version__,
        **({"informationUri": home} if (home := documentation()) else {}),
        "rules": [_rule(rule) for rule in rules],
    }
    run = {
        "tool": {"driver": driver},
        "originalUriBaseIds": {_ROOT: {"description": {"text": "The folder that servkit was called in."}}},
        "columnKind": "unicodeCodePoints",
        "invocations": [{"executionSuccessful": True, "toolExecutionNotifications": notes}],
        "results": [_result(found, places, destination) for found in report.findings],
    }
    return json_text({"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]})


def _rule(rule: Rule) -> dict[str, Any]:
    return {
        "id": rule.code,
        "name": "".join(part.capitalize() for part in rule.name.split("-")),
        "shortDescription": {"text": rule.title},
        "fullDescription": {"text": " ".join((rule.page.what or rule.title).split())},
        "help": {"text": " ".join(f"Why: {rule.page.why} Fix: {rule.page.fix}".split())},
        **({"helpUri": rule.url} if rule.url else {}),
        "defaultConfiguration": {"level": _LEVELS[rule.severity]},
    }


def _result(found: Finding, places: dict[str, int], destination: Destination) -> dict[str, Any]:
    location: dict[str, Any] = {
        "artifactLocation": {"uri": quote(destination.path(found.path), errors="replace"), "uriBaseId": _ROOT}
    }
    if found.line:
        location["region"] = {"startLine": found.line, "startColumn": found.column or 1}
    out: dict[str, Any] = {
        "ruleId": found.code,
        "level": _LEVELS[found.severity],
        "message": {"text": found.message},
        "locations": [{"physicalLocation": location}],
        "partialFingerprints": {"servkit/v1": found.fingerprint},
    }
    if found.code in places:
        out["ruleIndex"] = places[found.code]
    if found.document:
        out["locations"][0]["logicalLocations"] = [{"fullyQualifiedName": found.document}]
    if found.witness:
        out["properties"] = {"witness": found.witness}
    return out
