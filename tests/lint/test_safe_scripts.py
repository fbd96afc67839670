"""A script that lint calls clean never fails at the desk, whatever the customer."""

from __future__ import annotations

import json
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING, Any

import pytest

from servkit.answer.scenario import fact_value
from servkit.book.reader import read_documents
from servkit.book.settings_file import read_settings
from servkit.book.yaml_reader import compose
from servkit.cache.book_files import FolderFiles
from servkit.lint.fixtures.places import Places
from servkit.lint.fixtures.templates import Template, templates
from servkit.lint.fixtures.terms import terms
from servkit.lint.rules import sk504_script_unreadable, sk505_unknown_placeholder, sk516_script_compares_unlike
from servkit.scripts.fill import fill
from servkit.scripts.script_values import script_values

if TYPE_CHECKING:
    from servkit.book.entries import Entry

WRITTEN = (
    '{"servkit": 1, "name": "Bellweather", "currency": "USD", "timezone": "UTC",'
    ' "attributes": {"plan": {"type": "choice", "of": ["single", "monthly"]}, "since": {"type": "date"},'
    ' "region": {"type": "text"}, "balance": {"type": "money"}, "tags": {"type": "list"}, "vip": {"type": "flag"}},'
    ' "facts": {"visits": {"type": "number"}, "late": {"type": "duration"}, "share": {"type": "percent"},'
    ' "at": {"type": "time"}}}'
)
(SOURCE,) = compose("servkit.yaml", WRITTEN.encode(), [])
SETTINGS: Any = read_settings(SOURCE, [])
BOOK = """\
kind: policy
id: p
title: P
why: w
rule: flexible
terms:
  money: {value: 5 USD}
  long: {value: 3 days}
  count: {value: 2 visits}
  day: {value: 2026-03-01}
  yes-no: {value: yes}
  say: {value: by card}
  share: {value: 10 %}
"""
VALUES: dict[str, list[Any]] = {
    "plan": ["single", "monthly"], "since": ["2026-03-01", "0001-01-01", "9999-12-31"],
    "region": ["", "north", "5", "a {{ b }}", "-1", "%", "inf"],
    "balance": ["0 USD", "-5.5 USD", "84835 USD"], "tags": [[], ["a"], ["b", "5", "a"]], "vip": ["yes", "no"],
    "visits": ["0", "-3", "2.5", "3 visits", "100000000000000000000000"], "late": ["0 days", "3 hours"],
    "share": ["0 %", "12.5 %"], "at": ["00:00", "22:30"],
}  # fmt: skip
TERMS: dict[str, list[str]] = {
    "p.money": ["0 USD", "5 USD"], "p.long": ["3 days"], "p.count": ["2 visits", "0"], "p.day": ["2026-03-01"],
    "p.yes-no": ["yes", "no"], "p.say": ["by card"], "p.share": ["10 %"],
}  # fmt: skip
#: A name of the type of each term.
LIKE = {
    "p.money": "balance", "p.long": "late", "p.count": "visits", "p.day": "since", "p.yes-no": "vip",
    "p.say": "region", "p.share": "share",
}  # fmt: skip
NAMES = [
    *(f"customer.{name}" for name in ("plan", "since", "region", "balance", "tags", "vip", "name", "first_name", "id")),
    *(f"facts.{name}" for name in ("visits", "late", "share", "at")), *(f"terms.{name}" for name in TERMS),
    "agent.name", "book.name", "order_no", "a", "b", "c", "x", "y", "customer", "facts", "customer.tags[0]",
    "customer.tags.first", "customer.tags.size", "customer.region.size", "customer['since']", "customer[a]",
    "forloop.index", "customer.tags[9]", "terms.p", "forloop", "customer.tags[a]",
]  # fmt: skip
LITERALS = ["0", "1", "-1", "2.5", "5", "'5'", "'a'", "''", "'2026-03-01'", "'2026-02-30'", "'5 USD'", "true", "false",
            "nil", "empty", "blank", "'inf'", "'%d.%m.%Y'", "'%H'", "'%'", "\"it's\"", "(1..3)", "'tags'",
            "99"]  # fmt: skip
FILTERS = [
    "abs", "append", "at_least", "at_most", "capitalize", "ceil", "compact", "concat", "date", "default", "divided_by",
    "downcase", "escape", "escape_once", "escapejs", "find", "find_index", "first", "floor", "has", "join", "last",
    "lstrip", "map", "minus", "modulo", "newline_to_br", "plus", "prepend", "reject", "remove", "remove_first",
    "remove_last", "replace", "replace_first", "replace_last", "reverse", "round", "rstrip", "safe", "size", "slice",
    "sort", "sort_natural", "split", "squish", "strip", "strip_html", "strip_newlines", "sum", "times", "truncate",
    "truncatewords", "uniq", "upcase", "url_decode", "url_encode", "where",
]  # fmt: skip
#: How many values most of them take, so that a good part of the scripts is clean.
TAKES = {
    "append": 1, "at_least": 1, "at_most": 1, "concat": 1, "date": 1, "default": 1, "divided_by": 1, "find": 1,
    "has": 1,
    "find_index": 1, "map": 1, "minus": 1, "modulo": 1, "plus": 1, "prepend": 1, "reject": 1, "remove": 1,
    "remove_first": 1, "remove_last": 1, "replace": 2, "replace_first": 2, "replace_last": 2, "slice": 2, "split": 1,
    "times": 1, "where": 1,
}  # fmt: skip


class Author:
    """Writes scripts."""

    def __init__(self, random: Random) -> None:
        self.random = random

    def atom(self) -> str:
        return self.random.choice(NAMES if self.random.random() < 0.65 else LITERALS)

    def filtered(self) -> str:
        out = self.atom()
        for _ in range(self.random.choice([0, 0, 1, 1, 2, 3])):
            name = self.random.choice(FILTERS)
            count = TAKES.get(name, 0) if self.random.random() < 0.95 else self.random.randrange(4)
            out += f" | {name}" + (": " + ", ".join(self.atom() for _ in range(count)) if count else "")
            if name == "default" and count and self.random.random() < 0.1:
                out += ", allow_false: true"
        return out

    def condition(self) -> str:
        sign = self.random.choice(["==", "!=", "<", ">", "<=", ">=", "contains", ""])
        out = f"{self.atom()} {sign} {self.atom()}" if sign else self.atom()
        return out if self.random.random() < 0.8 else f"{out} {self.random.choice(['and', 'or'])} {self.condition()}"

    def text(self, depth: int = 0) -> str:
        return "".join(self.part(depth) for _ in range(self.random.randint(1, 3)))

    def part(self, depth: int) -> str:
        pick = self.random.randrange(7 if depth > 2 else 15)
        variable = self.random.choice("abc")
        if pick < 3:
            return "{{ " + self.filtered() + " }} "
        if pick < 5:
            return "{% assign " + variable + " = " + self.filtered() + " %}"
        if pick == 5:
            return self.random.choice(
                ["hi ", "{% increment a %}", "{% decrement b %}", f"{{% echo {self.filtered()} %}}", "{% break %}",
                 f"{{% cycle {self.atom()}, {self.atom()} %}}", "{% comment %}x{% endcomment %}", "{% continue %}",
                 f"{{% cycle {self.atom()}: {self.atom()}, 'a' %}}", "{% raw %}{{ a }}{% endraw %}", "{% # note %}",
                 f"{{% liquid\nassign c = {self.filtered()}\necho c\n%}}", "{{ a }}\n"]
            )  # fmt: skip
        inner = self.text(depth + 1)
        if pick < 9:
            tag = self.random.choice(["if", "if", "unless"])
            other = f"{{% elsif {self.condition()} %}}z" if self.random.random() < 0.3 else ""
            return f"{{% {tag} {self.condition()} %}}{inner}{other}{{% else %}}y{{% end{tag} %}}"
        if pick < 12:
            word = f" {self.random.choice(['limit', 'offset'])}: {self.atom()}" if self.random.random() < 0.3 else ""
            tag = "for" if self.random.random() < 0.9 else "tablerow"
            over = self.random.choice(["customer.tags", "customer.tags", "a", self.atom()])
            return f"{{% {tag} {self.random.choice('xy')} in {over}{word} %}}{inner}{{% end{tag} %}}"
        if pick < 13:
            return f"{{% case {self.atom()} %}}{{% when {self.atom()}, {self.atom()} %}}{inner}{{% endcase %}}"
        if pick < 14:
            return f"{{% ifchanged %}}{inner}{{% endifchanged %}}"
        return f"{{% capture {variable} %}}{inner}{{% endcapture %}}"


def entries(script: str) -> list[Entry]:
    content = read_documents("b.yaml", (BOOK + "---\n" + json.dumps(
        {"kind": "script", "id": "s", "title": "S", "why": "w", "say": script})).encode(), SETTINGS)  # fmt: skip
    return list(content.entries)


class _NoneBroken:
    def has(self, ref: str) -> bool:
        return False


KINDS = {"policy": [entry for entry in entries("x") if entry.kind == "policy"], "standard": []}
OWNED: Any = terms(KINDS, SETTINGS)


def read(script: str) -> Template:
    (entry,) = [entry for entry in entries(script) if entry.kind == "script"]
    (template,) = templates({"script": [entry]})
    return template


def clean(template: Template) -> bool:
    places, broken = Places(FolderFiles(Path())), _NoneBroken()
    found = [
        *sk504_script_unreadable.check([template], places),
        *sk505_unknown_placeholder.check([template], SETTINGS, OWNED, places, broken),  # type: ignore[arg-type]
        *sk516_script_compares_unlike.check([template], SETTINGS, OWNED, places),
    ]
    assert all(word not in item.message for item in found for word in ("Liquid", "NoneType", "expected", "class "))
    return not found


class _Somebody:
    id = "C-1"

    def __init__(self, name: str | None) -> None:
        self.name = name


def values(random: Random, language: str) -> dict[str, Any]:
    known = {}
    for name, options in VALUES.items():
        raw = random.choice([None, *options])
        value = None if raw is None else fact_value(name, raw, SETTINGS)
        if value is not None:
            known[name] = value
    given = {}
    for ref, written in TERMS.items():
        text = random.choice([None, *written])
        given[ref] = None if text is None else fact_value(LIKE[ref], text, SETTINGS)
    who = random.choice([None, _Somebody(None), _Somebody("Ann Lee"), _Somebody("The Corner Bakery")])
    blanks = random.choice([{}, {"order_no": "17"}, {"order_no": "abc", "a": "seven"}])
    agent = random.choice([None, "Bo"])
    return script_values(SETTINGS, known, given, who, language=language, agent=agent, blanks=blanks)


def attempt(seed: int) -> int:
    """How many customers a clean script was filled for."""
    random = Random(seed)
    script = Author(random).text()
    template = read(script)
    if not clean(template):
        return 0
    for _ in range(4):
        language = random.choice(["en", "de"])
        given = values(random, language)
        try:
            fill(script, given, language)
        except Exception as fault:
            fault.add_note(repr(script))
            raise
    return 1


@pytest.mark.parametrize("part", range(2))
def test_what_lint_calls_clean_never_fails(part: int) -> None:
    assert sum(attempt(seed) for seed in range(part * 150, part * 150 + 150)) > 15


@pytest.mark.parametrize(
    ("script", "words"),
    [
        ("{{ 10 | divided_by: facts.visits }}", "`divided_by` can't take 0"),
        ("{{ customer.region | date: '%d' }}", "`date` takes a date, not a text"),
        ("{{ customer.since | date: customer.region }}", "such as `date: '%d.%m.%Y'`"),
        ("{{ customer.since | default: 'soon' | date: '%d' }}", "not a text"),
        ("{{ customer.region | upcase | plus: 1 }}", "`plus` takes plain numbers, not a text"),
        ("{% assign a = customer.region %}{% if a > 5 %}x{% endif %}", "can't compare a text with a number"),
        ("{% capture a %}5{% endcapture %}{{ a | times: 2 }}", "not a text"),
        ("{{ customer.region | replace }}", "`replace` takes 1 to 2 values after a colon, not 0"),
        ("{{ customer.region | upcase: 5 }}", "`upcase` takes nothing after it"),
        ("{{ customer.region | truncate: customer.region }}", "`truncate` takes whole numbers, not a text"),
        ("{% for x in customer.tags limit: facts.visits %}x{% endfor %}", "`limit` takes a whole number above 0"),
        ("{% for x in (1..facts.visits) %}x{% endfor %}", "whole numbers that are written out"),
        ("{% for x in (1..99) %}{% for y in (1..99) %}y{% endfor %}{% endfor %}", "These loops go round 9,801 times"),
        ("{% if facts.visits contains 5 %}x{% endif %}{% if 5 contains 5 %}x{% endif %}", "not into a "),
        ("{% for x in customer.tags %}a{% else %}{% break %}{% endfor %}", "`{% break %}` belongs into a loop"),
        ("{{ 'abc' | base64_decode }}", "there is no filter `base64_decode`"),
    ],
)
def test_what_may_fail_is_told(script: str, words: str) -> None:
    places = Places(FolderFiles(Path()))
    template = read(script)
    found = [*sk504_script_unreadable.check([template], places)]
    found += sk516_script_compares_unlike.check([template], SETTINGS, OWNED, places)
    assert any(words in item.message for item in found), [item.message for item in found]


@pytest.mark.parametrize(
    ("script", "text"),
    [
        ("{% if customer.region contains 'or' %}yes{% endif %}", "yes"),
        ("{% if customer.balance contains 'USD' %}yes{% endif %}", "yes"),
        ("{% if customer.plan > 'a' %}yes{% endif %}", "yes"),
        ("{% assign n = facts.visits | at_least: 1 %}{{ 9 | divided_by: n }}", "3"),
        ("{{ customer.region | truncate: facts.visits, '' }}", "nor"),
        ("{{ customer.tags | concat: (1..2) | sort | join: ',' }}", "1,2,a,b"),
        ("{{ customer.tags | concat: 'c' | uniq | join: '+' }}", "b+a+c"),
    ],
)
def test_what_is_clean_is_filled(script: str, text: str) -> None:
    template = read(script)
    assert clean(template)
    raw = {"region": "north", "balance": "5 USD", "plan": "single", "visits": "3", "tags": ["b", "a"]}
    known: Any = {name: fact_value(name, value, SETTINGS) for name, value in raw.items()}
    assert fill(script, script_values(SETTINGS, known, {}, None, language="en"))[:2] == (text, ())


@pytest.mark.parametrize(
    ("script", "missing"),
    [
        ("{{ facts.visits | plus: 1 }}{% if facts.visits > 5 %}x{% endif %}", "facts.visits"),
        ("{{ customer.tags[9] }}", "customer"),
        ("{{ customer['first name'] | upcase }}", "customer['first name']"),
    ],
)
def test_what_is_missing_is_named(script: str, missing: str) -> None:
    known: Any = {"tags": fact_value("tags", ["a"], SETTINGS)}
    assert fill(script, script_values(SETTINGS, known, {}, None, language="en")).missing == (missing,)
