"""Books made of names: every name stands in every place that a book has for it, each time in another style of YAML."""

from __future__ import annotations

import json
import re
from random import Random
from typing import NamedTuple


class Names(NamedTuple):
    """The names of a book. Its texts for people say them too, always in the words of ``Names()``."""

    policy: str = "returns"
    standard: str = "reply"
    term: str = "window"
    segment: str = "vip"
    script: str = "hello"
    recovery: str = "sorry"
    procedure: str = "sending"
    philosophy: str = "own-it"
    customer: str = "C-1"
    scenario: str = "late"
    area: str = "billing"
    attribute: str = "plan"
    fact: str = "hours_late"
    channel: str = "phone"
    role: str = "agent"
    clock: str = "office"


#: Words for people that look like names.
PROSE = "returns.window of returns: the window, vip, plan, phone, agent, office, {{ customer.plan }}, billing"
SCRIPT = (
    "returns.window for plan {{ customer.@attribute | default: 'plan' }}: {{ terms.@policy.@term }} and"
    " {% if facts.@fact %}{{ facts.@fact }}{% endif %} {{ terms['@policy'].@term }} {{ blank }} 😀"
)


class Writer:
    """Writes texts in one style after the other, always the same for a seed."""

    def __init__(self, names: Names, seed: int) -> None:
        self.names, self.random = names, Random(seed)

    def text(self, text: str, indent: int | None = None) -> str:
        """A text in which ``@policy`` is the name of the policy, in some style: a block where an indent is given."""
        for field, name in zip(self.names._fields, self.names, strict=True):
            text = text.replace(f"@{field}", name)
        style = self.random.choice(("plain", "single", "double", "escaped", "block"))
        if style == "block" and indent is not None:
            half, pad = text.find(" ", len(text) // 2), " " * (indent + 2)
            return f">- # returns\n{pad}{text[:half]}\n{pad}{text[half + 1 :]}"
        if style == "plain" and re.fullmatch(r"[\w.:-]*\w", text):
            return text
        if style == "single":
            return "'" + text.replace("'", "''") + "'"
        inside = json.dumps(text, ensure_ascii=False)
        if style == "escaped" and "\\" not in inside:
            return "".join(f"\\u{ord(sign):04x}" if sign in "aei" else sign for sign in inside)
        return inside

    def key(self, text: str) -> str:
        return self.text(text)


def book(names: Names, seed: int) -> dict[str, bytes]:
    """The files of a book by path."""
    writer = Writer(names, seed)
    t, k = writer.text, writer.key
    settings = f"""\
servkit: 1
name: Returns
language: en
currency: USD
timezone: UTC
clocks: {{{k("@clock")}: {{hours: "Mo-Fr 08:00-18:00"}}}}
channels: [{t("@channel")}, email]
roles: [{t("@role")}, owner]
areas:
  {k("@area")}: {{title: billing, channels: [{t("@channel")}]}}
attributes:
  {k("@attribute")}: {{type: choice, of: [plan, phone], title: plan}}
facts:
  {k("@fact")}: {{type: duration}}
  on: {{type: date}}
report_to: {t("@role")}
lint: {{rules: {{SK508: {{areas: [{t("@area")}]}}}}}}
"""
    policy = f"""\
kind: policy
id: {t("@policy")}   # returns
title: {t(PROSE, 0)}
rule: flexible
area: [{t("@area")}]
channels: {t("@channel")}
roles: [{t("@role")}]
segments: {t("@segment")}
why: {t(PROSE, 0)}
tags: [returns, vip]
say: {t("@script")}
when:
  any:
    - {{{k("@attribute")}: plan, segment: [{t("@segment")}]}}
    - not: {{channel: {{is: {t("@channel")}}}, role: {{at_least: {t("@role")}}}}}
    - all: {{{k("@fact")}: {{more_than: 2 {names.clock} hours}}}}
terms:
  {k("@term")}: {{value: 3 {names.clock} days, better: more, limit: 9 {names.clock} days,
    grant: {{{k("@role")}: 4 {names.clock} days}}, title: {t(PROSE)},
    cases: [{{when: {{{k("@attribute")}: phone}},
      value: 5 {names.clock} days, grant: {{{k("@role")}: 6 {names.clock} days}}}}]}}
  credit: {{value: {{start: 5 USD, each: 1 USD, per: 1 {names.clock} hour, of: {t("@fact")}}}, better: more}}
"""
    rest = f"""\
kind: standard
id: {t("@standard")}
philosophies: {t("@philosophy")}
recovery: {t("@recovery")}
say: [{t("@script")}]
terms: {{{k("@term")}: 1 hour}}
---
kind: philosophy
id: {t("@philosophy")}
statement: {t(PROSE, 0)}
---
kind: segment
id: {t("@segment")}
when: {{{k("@attribute")}: {{known: yes}}}}
sets: {{{k("@policy.@term")}: 7 {names.clock} days}}
do: [{t(PROSE)}]
---
kind: script
id: {t("@script")}
say:
  en: {t(SCRIPT, 2)}
---
kind: procedure
id: {t("@procedure")}
policies: {t("@policy")}
standards: [{t("@standard")}]
steps: [{{do: {json.dumps(PROSE)}, role: {t("@role")}, within: 2 {names.clock} hours, say: {t("@script")}}}]
---
kind: recovery
id: {t("@recovery")}
trigger: {t(PROSE, 0)}
steps: [2 office hours]
may_offer: [{t("@policy.@term")}, {t("@policy.credit")}]
follow_up: 2 {names.clock} days
---
kind: customer
id: {t("@customer")}
name: returns
attributes: {{{k("@attribute")}: plan}}
promised: {{{k("@policy.@term")}: 8 {names.clock} days}}
---
kind: scenario
id: {t("@scenario")}
title: {t(PROSE, 0)}
customer: {t("@customer")}
given: {{today: 2026-03-01, channel: {t("@channel")}, role: {t("@role")}, facts: {{{k("@fact")}: 3 hours}}}}
about: [{t("@area")}, {t("@policy")}]
expect:
  segments: [{t("@segment")}]
  terms: {{{k("@policy.@term")}: 8 {names.clock} days}}
  you_may: {{{k("@policy.@term")}: 8 {names.clock} days}}
  applies: [{t("policy:@policy")}, {t("@policy")}]
  uncovered: {t("@area")}
  ask: [{t("@attribute")}, {t("@fact")}]
  say: {t("@script")}
"""
    files = {"servkit.yaml": settings, "policy.yaml": policy, "rest.yaml": rest}
    ends = writer.random.choice(("\n", "\r\n"))
    mark = writer.random.choice(("", "\ufeff"))
    return {path: (mark + text.replace("\n", ends)).encode() for path, text in files.items()}
