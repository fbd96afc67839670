"""The schemas of what is no mapping with fixed keys: texts of every sort, values, conditions."""

from __future__ import annotations

from typing import Any

from servkit.book import identifiers
from servkit.book.condition_parser import OPERATORS
from servkit.book.settings import BUILT_IN, LEVELS, RESERVED
from servkit.book.units import CLOCK_UNITS, CURRENCIES, UNITS
from servkit.book.values import TYPES

Schema = dict[str, Any]

#: What an editor makes of a text that looks like something else.
SCALAR = ["string", "number", "boolean"]
_NUMBER = identifiers.NUMBER[1:-1]
_AMOUNT = rf"^\s*{_NUMBER}(?:\s|%|$)"
_UNIT = "|".join(sorted({*UNITS, *CLOCK_UNITS}))


def ref(name: str) -> Schema:
    return {"$ref": f"#/$defs/{name}"}


def one_of(words: tuple[str, ...]) -> Schema:
    """One of a few words; where a word looks like a number or a flag, also what an editor makes of it."""
    return {"enum": [*words, *(item for word in words if (item := _as_editors_read(word)) is not None)]}


def _as_editors_read(word: str) -> float | bool | None:
    if word in ("true", "false"):
        return word == "true"
    try:
        return int(word) if word.isdigit() else float(word)
    except ValueError:
        return None


def one_or_several(item: Schema, least: int = 0) -> Schema:
    """One item may stand where a list is wanted."""
    several = {"type": "array", "items": item}
    return {"anyOf": [item, several | {"minItems": least} if least else several]}


_PLAIN_OR_LIST = {"anyOf": [{"type": SCALAR}, {"type": "array", "items": {"type": SCALAR}}]}
_FLAG = {"enum": [True, False, "yes", "no", "true", "false"]}

#: Texts by what is written in them. What is said of strings holds for numbers only where it says so.
_TEXTS: dict[str, Schema] = {
    "text": {"type": SCALAR},
    "anything": {},
    "prose": {
        "description": "Text (CommonMark), or a mapping of language to text: `{en: …, es: …}`.",
        "anyOf": [
            {"type": SCALAR},
            {
                "type": "object",
                "minProperties": 1,
                "propertyNames": {"pattern": identifiers.LANGUAGE},
                "additionalProperties": {"type": SCALAR},
            },
        ],
    },
    "id": {"type": ["string", "integer", "boolean"], "pattern": identifiers.ID, "minimum": 0},
    "customer-id": {"type": SCALAR, "pattern": identifiers.CUSTOMER_ID},
    "term": {"type": "string", "pattern": identifiers.TERM, "examples": ["returns.window"]},
    "day": {"type": "string", "format": "date", "pattern": identifiers.DAY, "examples": ["2027-03-01"]},
    "whole": {"type": ["integer", "string"], "pattern": identifiers.WHOLE},
    "number": {"type": ["number", "string"], "pattern": identifiers.NUMBER},
    "flag": _FLAG,
    "duration": {
        "type": "string",
        "pattern": rf"^\s*(?:0|[1-9][0-9]*)(?:\.[0-9]+)?\s+(?:[a-z0-9-]+\s+)?(?:{_UNIT})\s*$",
        "examples": ["30 minutes", "4 office hours", "2 days"],
    },
    "percent": {"type": "string", "pattern": rf"^\s*{_NUMBER}\s*%\s*$", "examples": ["90 %"]},
    "name": {"type": "string", "pattern": identifiers.NAME, "not": {"enum": sorted(RESERVED)}},
    "language": {"type": "string", "pattern": identifiers.LANGUAGE, "examples": ["en", "pt-BR"]},
    "currency": {"enum": sorted(CURRENCIES)},
    "zone": {"type": "string", "examples": ["America/New_York"]},
    "type": one_of(TYPES),
    "better": one_of(("more", "less")),
    "level": one_of(LEVELS),
}


def _values() -> dict[str, Schema]:
    """Values (BOOK.md 4): plain, dated, counted."""
    step = {"anyOf": [_PLAIN_OR_LIST, ref("counted")]}
    amount = {"type": ["string", "number"], "pattern": _AMOUNT}
    part = {"anyOf": [amount, _dated(amount)]}
    bound = {"anyOf": [amount, _dated(amount), {"type": "string", "pattern": identifiers.NAME}]}
    period = part
    return {
        "plain-value": _PLAIN_OR_LIST,
        "value": {
            "description": "A value: plain, such as `30 days`, `25 USD`, `10 %`, `3 rings` or `yes`; dated, days to "
            "values; or counted, an amount worked out from a fact.",
            "anyOf": [_PLAIN_OR_LIST, ref("dated"), ref("counted")],
        },
        "dated": {"description": "Values by the day from which each is in force.", **_dated(step)},
        "counted": {
            "description": "An amount worked out from a fact: `start`, and `each` for every `per` in (`of` - `after`).",
            "type": "object",
            "required": ["of"],
            "anyOf": [{"required": ["start"]}, {"required": ["each"]}],
            "additionalProperties": False,
            "properties": {
                "start": {"description": "What it begins with.", **part},
                "each": {"description": "What every period adds; or a share of money, such as `10 %`.", **part},
                "per": {"description": "How long or large one period is; 1 where it is left out.", **period},
                "of": {
                    "description": "The fact or attribute it is worked out from.",
                    "type": "string",
                    "pattern": identifiers.NAME,
                },
                "after": {"description": "What does not count yet; below it the amount is nothing.", **period},
                "count": {
                    "description": "Whether only whole periods count, or each one that has started.",
                    "enum": ["whole", "started"],
                    "default": "whole",
                },
                "at_least": {"description": "Never less than this: an amount, or the name of a fact.", **bound},
                "at_most": {"description": "Never more than this: an amount, or the name of a fact.", **bound},
                "up_to": {
                    "description": "No more periods than this.",
                    "type": ["integer", "string"],
                    "minimum": 0,
                    "pattern": "^[0-9]{1,9}$",
                },
            },
        },
        "attributes": {
            "type": "object",
            "additionalProperties": {"anyOf": [*_PLAIN_OR_LIST["anyOf"], {"type": "null"}]},
        },
        "possible": {
            "type": "object",
            "additionalProperties": one_or_several(
                {
                    "anyOf": [
                        {"type": [*SCALAR, "null"]},
                        {
                            "type": "object",
                            "properties": {"at_least": {"type": SCALAR}, "at_most": {"type": SCALAR}},
                            "additionalProperties": False,
                        },
                    ]
                }
            ),
        },
        "expected": {
            "type": "object",
            "additionalProperties": {
                "anyOf": [
                    *_PLAIN_OR_LIST["anyOf"],
                    {
                        "type": "object",
                        "required": ["state"],
                        "properties": {"state": {"enum": ["open", "conflict", "none"]}},
                        "additionalProperties": False,
                    },
                ]
            },
        },
    }


def _dated(step: Schema) -> Schema:
    return {
        "type": "object",
        "minProperties": 1,
        "properties": {
            "by": {
                "description": "The date fact or attribute that decides; else the day of the lookup.",
                "type": "string",
            }
        },
        "patternProperties": {identifiers.DAY: step},
        "additionalProperties": False,
        "dependentSchemas": {"by": {"minProperties": 2}},
    }


_OPERATOR_WORDS = {
    "is": "Equal to this.",
    "is_not": "Not equal to this.",
    "in": "One of these.",
    "not_in": "None of these.",
    "at_least": "This or more.",
    "at_most": "This or less.",
    "more_than": "More than this.",
    "less_than": "Less than this.",
    "between": "From the first to the second, both included.",
    "before": "Before a day: `2026-03-01`, or `2 years ago`.",
    "after": "After a day: `2026-03-01`, or `2 years ago`.",
    "on_or_before": "On a day or before it.",
    "on_or_after": "On a day or after it.",
    "within": "No further than this from today, either way, such as `90 days`.",
    "contains": "The text holds this.",
    "starts_with": "The text begins with this.",
    "ends_with": "The text ends with this.",
    "matches": "A regular expression (RE2), found anywhere in the text.",
    "has": "The list holds this.",
    "has_any": "The list holds any of these.",
    "has_all": "The list holds all of these.",
    "known": "Whether it is on record at all.",
}
_SEVERAL = ("is", "is_not", "in", "not_in", "has", "has_any", "has_all")


def _operator(name: str) -> Schema:
    one: Schema = {"type": SCALAR}
    if name == "known":
        return _FLAG
    if name == "between":
        return {"type": "array", "items": one, "minItems": 2, "maxItems": 2}
    return {"anyOf": [one, {"type": "array", "items": one, "minItems": 1}]} if name in _SEVERAL else one


def _conditions() -> dict[str, Schema]:
    """Conditions (BOOK.md 5)."""
    names = sorted({name for allowed in OPERATORS.values() for name in allowed}, key=list(_OPERATOR_WORDS).index)
    several = {"anyOf": [ref("condition"), {"type": "array", "items": ref("condition"), "minItems": 1}]}
    combining = {
        "any": {"description": "At least one of these holds.", **several},
        "all": {"description": "All of these hold.", **several},
        "not": {"description": "This does not hold.", **ref("condition")},
    }
    built_in = {
        "today": "The day of the lookup.",
        "channel": "How the customer comes to you.",
        "role": "Who serves them; ordered as in servkit.yaml.",
        "office": "The office they are served from.",
        "segment": "The segments they are in (not inside a segment).",
    }
    return {
        "condition": {
            "description": "Names of attributes and facts to what they have to be; all entries have to hold.",
            "type": "object",
            "minProperties": 1,
            "properties": combining | {name: {"description": built_in[name], **ref("test")} for name in BUILT_IN},
            "patternProperties": {f"^(?!(?:any|all|not)$){identifiers.NAME[1:]}": ref("test")},
            "additionalProperties": False,
        },
        "test": {
            "description": "A value (equal), a list (one of), or operators such as `{at_least: 12}`.",
            "anyOf": [
                {"type": SCALAR},
                {"type": "array", "items": {"type": SCALAR}, "minItems": 1},
                {
                    "type": "object",
                    "minProperties": 1,
                    "additionalProperties": False,
                    "properties": {name: {"description": _OPERATOR_WORDS[name], **_operator(name)} for name in names},
                },
            ],
        },
    }


#: Every part by its name.
PARTS: dict[str, Schema] = {**_TEXTS, **_values(), **_conditions()}
