"""What ``lint:`` in ``servkit.yaml`` says: severities and options of rules, for the book and for some of its paths.

```yaml
lint:
  fail_on: warning                 # findings of less than this do not fail the command (info)
  rules:
    SK606: {severity: error, grace: 14}
    SK5: off                       # a code, or the beginning of several
  paths:
    "drafts/**": {SK60: off}       # by pattern; the last pattern that matches and the longest code win
```
"""

from __future__ import annotations

import re
from functools import cached_property
from typing import TYPE_CHECKING, Any

from servkit.book.discovery import SETTINGS
from servkit.book.literals import read
from servkit.book.problems import ServkitError, ValueProblem
from servkit.lint.finding import SEVERITIES, Finding
from servkit.lint.rule import all_rules
from servkit.text import quoted

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from typing import Protocol

    from servkit.book.source import Source

    class Pattern(Protocol):
        def match(self, string: str, /) -> object: ...


OFF = "off"
_KEYS = ("fail_on", "rules", "paths")
_GLOB = {"**/": "(?:.*/)?", "**": ".*", "*": "[^/]*", "?": "[^/]"}
#: More pieces than those of two wildcards take RE2, which is slower to load and never by the power of their number.
_FEW = 5
_FLAGS = {"yes": True, "true": True, "no": False, "false": False}


class LintSettings:
    """Severities by the beginning of a code; options by code."""

    def __init__(self) -> None:
        self.fail_on = "info"
        self.severities: dict[str, str] = {}
        self.options: dict[str, dict[str, Any]] = {}
        self.paths: list[tuple[str, dict[str, str]]] = []

    def severity(self, code: str, path: str, default: str) -> str:
        """The severity of a finding at a path; ``off`` where it is switched off."""
        found = _longest(self.severities, code) or default
        for pattern, severities in self._patterns:
            if pattern.match(path):
                found = _longest(severities, code) or found
        return found

    def wants(self, code: str, default: str) -> bool:
        """Whether a rule is on for any path."""
        if (_longest(self.severities, code) or default) != OFF:
            return True
        return any(_longest(severities, code) not in (None, OFF) for _, severities in self.paths)

    def options_of(self, code: str, defaults: Mapping[str, Any]) -> dict[str, Any]:
        return {**defaults, **self.options.get(code, {})}

    @cached_property
    def _patterns(self) -> list[tuple[Pattern, dict[str, str]]]:
        return [(path_pattern(pattern), severities) for pattern, severities in self.paths]


def _longest(severities: Mapping[str, str], code: str) -> str | None:
    if not severities:
        return None
    for length in range(len(code), 1, -1):
        if code[:length] in severities:
            return severities[code[:length]]
    return None


def path_pattern(pattern: str) -> Pattern:
    """A glob over whole paths: ``*`` stays within a folder, ``**`` does not; a folder means all that is in it."""
    pieces = re.split(r"(\*\*/|\*\*|\*|\?)", pattern.strip("/"))
    expression = "(?s)" + "".join(_GLOB.get(piece) or re.escape(piece) for piece in pieces) + "(?:/.*)?"
    if len(pieces) <= _FEW:
        return re.compile(expression + r"\Z")
    import re2

    options = re2.Options()
    options.log_errors = False
    try:
        found: Pattern = re2.compile(expression + r"\z", options)
    except re2.error as bad:
        raise ServkitError(f"The pattern {quoted(pattern)} is too long. Write several shorter ones.") from bad
    return found


class _LintSettingsReader:
    def __init__(self, source: Source) -> None:
        self.source = source
        self.findings: list[Finding] = []

    def note(self, message: str, *where: str | int, key: bool = False) -> None:
        line, column = self.source.place(("lint", *where), key=key)
        self.findings.append(Finding(SETTINGS, line, column, message, code="SK111"))

    def read(self, data: Mapping[str, Any]) -> LintSettings:
        out = LintSettings()
        for key in data:
            if key not in _KEYS:
                self.note(f"Unknown key {quoted(key)}. `lint` has {', '.join(_KEYS)}.", key, key=True)
        if (fail_on := data.get("fail_on")) is not None:
            if fail_on in SEVERITIES:
                out.fail_on = fail_on
            else:
                self.note(f"{quoted(str(fail_on))} is not a severity. Write one of {', '.join(SEVERITIES)}.", "fail_on")
        for code, value in self._mapping(data.get("rules"), "rules"):
            if isinstance(value, dict):
                self._options(out, code, value)
            elif severity := self._severity(value, "rules", code):
                out.severities[code] = severity
        for pattern, codes in self._mapping(data.get("paths"), "paths", codes=False):
            try:
                path_pattern(pattern)
            except ServkitError as bad:
                self.note(bad.message, "paths", pattern, key=True)
                continue
            severities = {}
            for code, value in self._mapping(codes, "paths", pattern):
                if severity := self._severity(value, "paths", pattern, code):
                    severities[code] = severity
            out.paths.append((pattern, severities))
        return out

    def _mapping(self, data: Any, *where: str, codes: bool = True) -> Iterator[tuple[str, Any]]:
        if data is None:
            return
        if not isinstance(data, dict):
            self.note("This is not a mapping. Write `code: severity` lines, such as `SK606: error`.", *where)
            return
        for code, value in data.items():
            if codes and not (code and any(known.startswith(code) for known in all_rules())):
                self.note(
                    f"There is no rule {quoted(str(code))}. `servkit rule` lists the rules.", *where, code, key=True
                )
            else:
                yield code, value

    def _severity(self, value: Any, *where: str) -> str | None:
        if value in (*SEVERITIES, OFF):
            return str(value)
        self.note(f"{quoted(str(value))} is not a severity. Write one of {', '.join((*SEVERITIES, OFF))}.", *where)
        return None

    def _options(self, out: LintSettings, code: str, options: dict[str, Any]) -> None:
        rule = all_rules().get(code)
        if rule is None:
            self.note("Only a single rule has options. Write its whole code.", "rules", code, key=True)
            return
        for name, raw in options.items():
            if name == "severity":
                if severity := self._severity(raw, "rules", code, name):
                    out.severities[code] = severity
            elif name not in rule.options:
                known = ", ".join(("severity", *rule.options))
                self.note(f"{code} has no option {quoted(name)}. It has {known}.", "rules", code, name, key=True)
            else:
                value = _option(raw, rule.options[name])
                if value is None:
                    self.note(f"{quoted(name)} needs {_expected(rule.options[name])}.", "rules", code, name)
                else:
                    out.options.setdefault(code, {})[name] = value


_EXPECTED = {bool: "yes or no", int: "a whole number", str: "a text", tuple: "a list of texts"}


def _expected(default: Any) -> str:
    kind = read(default).type if isinstance(default, str) else "text"
    return _EXPECTED[type(default)] if kind == "text" else f"a {kind} such as {default}"


def _option(raw: Any, default: Any) -> Any:
    """An option as its default types it; None where it does not fit."""
    if isinstance(default, tuple):
        items = raw if isinstance(raw, list) else [raw]
        return tuple(items) if all(isinstance(item, str) for item in items) else None
    if not isinstance(raw, str):
        return None
    if isinstance(default, bool):
        return _FLAGS.get(raw)
    if isinstance(default, int):
        return int(raw) if raw.isascii() and raw.isdigit() and len(raw) < 10 else None
    try:
        return raw if read(default).type in ("text", read(raw).type) else None
    except ValueProblem:
        return None


def read_lint_settings(source: Source | None) -> tuple[LintSettings, list[Finding]]:
    """The settings under ``lint:``, and what is wrong with them."""
    data = source.data.get("lint") if source is not None and isinstance(source.data, dict) else None
    if source is None or not isinstance(data, dict):
        return LintSettings(), []
    reader = _LintSettingsReader(source)
    return reader.read(data), reader.findings
