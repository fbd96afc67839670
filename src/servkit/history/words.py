"""Classes in words: for whom, from when, and the command that shows one of them."""

from __future__ import annotations

import shlex
from typing import TYPE_CHECKING, Any

from servkit.text import enumeration

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from servkit.history.changes import Weight, Witness
    from servkit.history.conditions import When
    from servkit.history.effects import Told

_VERBS = {
    "is": "", "is_not": "not", "not_in": "neither", "at_least": "at least", "at_most": "at most",
    "more_than": "more than", "less_than": "less than", "before": "before", "after": "after",
    "on_or_before": "on or before", "on_or_after": "on or after", "contains": "contains", "starts_with": "starts with",
    "ends_with": "ends with", "matches": "matches", "has": "has", "has_any": "has", "has_all": "has",
}  # fmt: skip


def when_words(when: When) -> str:
    """A condition as a person says it: ``plan commercial, sites at least 3, from 2026-07-01``."""
    return ", ".join(_parts(when)) or "everybody"


def _parts(when: When) -> Iterator[str]:
    for name, test in when.items():
        if name == "any":
            yield _either(test)
        elif name == "all":
            yield ", ".join(part for one in test for part in _parts(one))
        elif name == "not":
            yield f"not ({', '.join(_parts(test))})"
        elif name != "today":
            yield _test(name, test)
    if "today" in when:  # last, as people say it
        yield _days(when["today"])


def _days(test: Any) -> str:
    """The days of the lookup: ``from 2026-07-01 until 2026-07-31``."""
    if not isinstance(test, dict):
        return f"on {enumeration(test, 'or') if isinstance(test, list) else test}"
    begin, end = test.get("on_or_after"), test.get("on_or_before")
    return " ".join([*([f"from {begin}"] if begin else []), *([f"until {end}"] if end else [])])


def _either(options: list[When]) -> str:
    words = [", ".join(_parts(one)) for one in options]
    several = any(len(one) > 1 or "any" in one for one in options)
    return " or ".join(f"({one})" if several and ", " in one else one for one in words)


def _test(name: str, test: Any) -> str:
    if isinstance(test, str):
        return {"yes": name, "no": f"not {name}"}.get(test, f"{name} {test}")
    if isinstance(test, list):
        return f"{name} {enumeration(test, 'or')}"
    out = []
    for op, arg in test.items():
        if op == "known":
            out.append("known" if arg == "yes" else "not known")
        elif op == "not_in":
            out.append(f"neither {enumeration(arg, 'nor')}")
        elif op == "in":
            out.append(enumeration(arg, "or"))
        else:
            out.append(f"{_VERBS[op]} {enumeration(arg, 'and') if isinstance(arg, list) else arg}".strip())
    return f"{name} {' and '.join(out)}".strip()


def told_words(told: Told) -> str:
    """A value as it stands beside another."""
    if told is None:
        return "none"
    return f"conflict ({' / '.join(told)})" if isinstance(told, tuple) else told


def weight_words(weight: Weight, *, names: bool) -> str:
    """``312 of 7,043 customers, perhaps 12 more: Dorothy Bell (C-1042)``."""
    out = f"{weight.certain:,} of {weight.of:,} customers" if weight.of != 1 else f"{weight.certain} of 1 customer"
    if weight.perhaps:
        out += f", perhaps {weight.perhaps:,} more"
    if names and weight.examples:
        named = [f"{name} ({id_})" if name else id_ for id_, name in weight.examples]
        out += ": " + ", ".join([*named[: weight.certain], *(f"perhaps {one}" for one in named[weight.certain :])])
    return out


def side_name(side: Mapping[str, Any]) -> str:
    """What a side of a comparison is called: its revision, or what it stands for in a comparison of one book."""
    own = [f"{name}={value}" for name, value in side.items() if name not in ("revision", "dirty")]
    return own[0] if own else side["revision"] or "the files as they are"


def command_of(witness: Witness) -> str:
    """The command that answers the case of a witness."""
    parts = ["servkit", "lookup"]
    for name in witness.about:
        parts += ["--about", name]
    for name, value in {**witness.attributes, **witness.facts}.items():
        parts += ["--set", f"{name}={';'.join(value) if isinstance(value, list) else value}"]
    for name in ("role", "channel", "office"):
        if (value := getattr(witness, name)) is not None:
            parts += [f"--{name}", value]
    return shlex.join([*parts, "--on", witness.on])
