"""Scripts: with and without Liquid they give the same text, missing names are reported, and limits hold."""

from __future__ import annotations

import time
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from servkit.book.values import amount_value, date_value, flag_value, list_value, text_value
from servkit.scripts.fill import fill, placeholders
from servkit.scripts.filled_script import Filled, ScriptError
from servkit.scripts.localization import ScriptValue
from servkit.scripts.sandbox import fill_with_liquid
from servkit.scripts.script_values import with_value

HOSTILE = "{{ agent.name }} {% for x in (1..9) %} \x1b[31m \u202e {# -%} }}"
KNOWN = {
    "customer": {
        "name": "Ann",
        "nothing": "",
        "blank": "  ",
        "hostile": HOSTILE,
        "senior": ScriptValue(flag_value(False), "es"),
        "visits": ScriptValue(amount_value("number", Decimal(1500)), "de"),
        "tags": ScriptValue(list_value(["a", "b"]), "en"),
        "none": ScriptValue(list_value([]), "en"),
    },
    "order-no": "17",
    "terms": {"glad-return": {"window": ScriptValue(amount_value("duration", Decimal(30), "days"), "en")}},
}
NAMES = [
    "customer.name",
    "customer",
    "customer.nothing",
    "customer.blank",
    "customer.hostile",
    "customer.senior",
    "order-no",
    "customer.visits",
    "customer.tags",
    "customer.none",
    "terms.glad-return.window",
    "terms.glad-return",
    "nobody",
    "customer.name.deeper",
    "no-where.at_all",
    "and",
    "size",
    "a-",
]


def placed(name: str, before: str, after: str, fallback: str | None, quote: str) -> str:
    given_ = "" if fallback is None else f"{before}|{after}default:{before}{quote}{fallback}{quote}"
    return "{{" + before + name + given_ + after + "}}"


SPACE = st.sampled_from(["", " ", "  ", "\n", "\t"])
PLACE = st.builds(
    placed, st.sampled_from(NAMES), SPACE, SPACE, st.sampled_from([None, "there", "", "a|b", "%", "'"]), st.just('"')
)
TEXT = st.text(st.sampled_from("ab {}%|#é\u202e\x1b\n-\"'"), max_size=6)


@given(st.lists(st.one_of(PLACE, TEXT), max_size=6).map("".join))
@settings(max_examples=120, deadline=None)
def test_simple_scripts_come_out_as_liquid_fills_them(template: str) -> None:
    try:
        with_liquid: Filled | str = fill_with_liquid(template, KNOWN)
    except ScriptError as bad:
        with_liquid = str(bad)
    try:
        filled: Filled | str = fill(template, KNOWN)
    except ScriptError as bad:
        filled = str(bad)
    if isinstance(filled, Filled):
        filled = filled._replace(foreign=())
    assert filled == with_liquid
    if isinstance(filled, Filled):
        assert set(filled.missing) <= set(placeholders(template))


@pytest.mark.parametrize(
    ("template", "said"),
    [
        ("Hi {{ customer.name }}!", "Hi Ann!"),
        ('{{ nobody | default: "you" }}', "you"),
        ('{{ customer.nothing | default: "you" }}', "you"),
        ("{{ customer.senior | default: 'maybe' }}", "no"),
        ("{% if customer.senior %}y{% else %}n{% endif %}{{ customer.senior | default: 'maybe' }}", "nno"),
        ("{% if customer.visits > 1000 %}{{ customer.visits }}{% endif %}", "1.500"),
        ("{{ customer.visits | plus: 1 }}", "1501"),
        ("{% for tag in customer.tags %}<{{ tag }}>{% endfor %} {{ customer.tags }}", "<a><b> a, b"),
        ("{{ customer.tags | join: '+' }}", "a+b"),
        ("{{ terms.glad-return.window | upcase }}", "30 DAYS"),
        ("{{ order-no }}{{- order-no -}} x", "1717x"),
        ("{{ customer.hostile }}", HOSTILE),
        ("{% if true %}{{ customer.hostile }}{% endif %}", HOSTILE),
        ("{% raw %}{{ x }}{% endraw %}", "{{ x }}"),
        ("", ""),
    ],
)
def test_filled_texts(template: str, said: str) -> None:
    assert fill(template, KNOWN) == Filled(said, ())


def test_days_in_liquid() -> None:
    day = {"on": ScriptValue(date_value(__import__("datetime").date(2026, 3, 1)), "es")}
    assert fill("{{ on }} {{ on | date: '%d.%m.%Y' }}", day).text == "1 de marzo de 2026 01.03.2026"
    assert fill("{% if on < '2026-04-01' %}before{% endif %}", day).text == "before"
    for bad in (
        "{{ 'now' | date: '%Y' }}",
        "{{ 'today' | date: '%Y' }}",
        "{{ '10:30' | date: '%Y' }}",
        "{{ on | date: '%99999999d' }}",
    ):
        with pytest.raises(ScriptError, match=r"\(line 1, column \d+ of the script\)"):
            fill(bad, day)


@pytest.mark.parametrize(
    ("template", "missing"),
    [
        ("{{ a }} {{ b.c }} {{ a }}", ("a", "b.c")),
        ("{{ customer.nothing }}", ("customer.nothing",)),
        ("{{ customer }}", ("customer",)),
        (
            "{% if true %}{{ customer }}{% endif %} {{ customer.name }} {{ customer.none }}",
            ("customer", "customer.none"),
        ),
        ("{{ x | upcase }} {{ y | plus: 1 }} {{ 1 | plus: z }}", ("x", "y", "z")),
        ("{% assign v = x %}{{ v }}", ("x",)),
        ("{% for t in things %}{{ t }}{% endfor %}", ("things",)),
        ("{% if unknown %}x{% endif %}", ()),
        ("{{ a.b }} {{ a | upcase }}", ("a.b", "a")),
        (
            " ".join(f"{{{{ x{number} }}}}" for number in range(60)) + "{% if true %}{% endif %}",
            tuple(f"x{n}" for n in range(60)),
        ),
    ],
)
def test_missing_names(template: str, missing: tuple[str, ...]) -> None:
    assert fill(template, KNOWN).missing == missing


def test_a_missing_value_given_later() -> None:
    template = "{{ a.b }} {% if true %}{{ c }}{% endif %}"
    values = with_value(with_value(KNOWN, "a.b", "1"), "c", "2")
    assert fill(template, values) == Filled("1 2", ())


@pytest.mark.parametrize(
    ("template", "names"),
    [
        ("no", ()),
        ("{{ b }} {{ a.x-y | default: 'q' }} {{ b }}", ("a.x-y", "b")),
        (
            "{% if customer.vip and facts.late > 3 %}{{ n | append: m }}{% endif %}",
            ("customer.vip", "facts.late", "m", "n"),
        ),
        ("{% for t in customer.tags %}{{ t.x }}{% endfor %}{% assign q = w %}{{ q }}", ("customer.tags", "w")),
        ("{% case k %}{% when j %}{{ i }}{% endcase %}{% unless h %}{% endunless %}", ("h", "i", "j", "k")),
        ("{% comment %}{{ x }}{% endcomment %}{% raw %}{{ y }}{% endraw %}", ()),
    ],
)
def test_all_names_are_found(template: str, names: tuple[str, ...]) -> None:
    assert placeholders(template) == names


B = "b" * 3000
RUNAWAY = {
    "loop": "{% for i in (1..9999999999) %}x{% endfor %}",
    "loops in loops": "{% for i in (1..100) %}" * 3 + "{% endfor %}" * 3,
    "while": "{% for i in (1..1000) %}{% for j in (1..1000) %}{% cycle 'a', 'b' %}{% endfor %}{% endfor %}",
    "long loop of much": "{% for i in (1..2000) %}" + "{% if a %}{% endif %}" * 4000 + "{% endfor %}",
    "filters in a loop": "{% assign x = '"
    + B
    + "' %}{% for i in (1..1000) %}"
    + "{% assign y = x | upcase %}" * 100
    + "{% endfor %}",
    "output": "{% for i in (1..1999) %}aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa{% endfor %}",
    "plain output": "x" * 20_001,
    "output of wide characters": "é" * 10_001,
    "text": "{% assign x = 'aaaaaaaaaa' %}{% for i in (1..100) %}{% assign x = x | append: x %}{% endfor %}",
    "number": "{% assign n = 9 %}{% for i in (1..1000) %}{% assign n = n | times: n %}{% endfor %}",
    "number in one": "{{ 9" + " | times: 99999999999999999999" * 3000 + " }}",
    "capture": "{% capture x %}" + "{% for i in (1..1999) %}aaaaaaaaaaaaaaaaaaaaaaa{% endfor %}" + "{% endcapture %}",
    "replace": "{{ 'a'" + f" | replace: '', '{B}'" * 4 + " | size }}",
    "join": "{{ (1..30000000) | join: '' | size }}",
    "sort": "{{ (1..30000000) | sort | size }}",
    "list": "{% assign l = 'a,b' | split: ',' %}{% for i in (1..99) %}{% assign l = l | concat: l %}{% endfor %}",
    "deep names": "{{ a" + "[b" * 4000 + "]" * 4000 + " }}",
    "deep conditions": "{% if " + " or ".join(["a"] * 15_000) + " %}x{% endif %}",
    "deep blocks": "{% if a %}" * 3000 + "{% endif %}" * 3000,
    "long": "{{ a }} {% if a %}{% endif %}" * 40_000,
    "long text": "x" * 1_000_000,
    "braces": "{{" * 200_000,
    "include": "{% include 'x' %}",
    "render": "{% render 'x' %}",
    "include by name": "{% assign x = '/etc/passwd' %}{% include x %}",
    "no end": "text\n  {% if a %}",
    "no name": "{{ }}{{",
    "unknown tag": "{% import os %}",
    "python": "{{ customer.__class__.__mro__ | nope }}",
}


@pytest.mark.parametrize("name", RUNAWAY)
def test_limits_hold(name: str) -> None:
    begun = time.process_time()
    with pytest.raises(ScriptError, match=r"\(line \d+, column \d+ of the script\)"):
        fill(RUNAWAY[name], KNOWN)
    assert time.process_time() - begun < 6


def test_python_is_out_of_reach() -> None:
    for name in (
        "customer.__class__",
        "customer.name.__class__",
        "customer.visits.value",
        "customer.keys",
        "book.__init__",
    ):
        assert fill("{% if true %}{{ " + name + " }}{% endif %}", KNOWN).missing == (name,)
        assert fill("{{ " + name + " }}", KNOWN).missing == (name,)


def test_an_error_has_its_place() -> None:
    with pytest.raises(ScriptError) as raised:
        fill("one\ntwo {{ x | nope }}", KNOWN)
    assert str(raised.value) == "unknown filter 'nope' (line 2, column 12 of the script)"


def test_money_is_text_and_no_number() -> None:
    values: dict[str, Any] = {
        "m": ScriptValue(amount_value("money", Decimal(25), "USD"), "en"),
        "t": ScriptValue(text_value("x"), "en"),
    }
    assert fill("{% if true %}{{ m }}{% endif %}", values).text == "25 USD"
    with pytest.raises(ScriptError, match="'25 USD' is not a plain number, so the filter 'times' cannot use it"):
        fill("{{ m | times: 2 }}", values)


def _amounts(kind: str, amount: str, unit: str) -> ScriptValue:
    return ScriptValue(amount_value(kind, Decimal(amount), unit), "en")


@pytest.mark.parametrize(
    ("condition", "holds"),
    [
        ("terms.late.fee > 0", True),
        ("terms.late.fee > 25", False),
        ("terms.late.fee >= 25", True),
        ("0 < terms.late.fee", True),
        ("terms.late.fee == 25", True),
        ("terms.late.fee > terms.late.free", True),
        ("terms.late.fee == '25 USD'", True),
        ("terms.late.window > terms.late.grace", True),
        ("terms.late.window == terms.late.month", False),
        ("terms.late.share <= 10", True),
        ("terms.late.fee > terms.late.window", False),
        ("terms.late.fee < terms.late.window", False),
    ],
)
def test_amounts_compare_as_values(condition: str, holds: bool) -> None:
    late = {
        "fee": _amounts("money", "25", "USD"), "free": _amounts("money", "9.50", "USD"),
        "window": _amounts("duration", "2", "weeks"), "grace": _amounts("duration", "10", "days"),
        "month": _amounts("duration", "2", "months"), "share": _amounts("percent", "10", ""),
    }  # fmt: skip
    script = f"{{% if {condition} %}}yes{{% else %}}no{{% endif %}}"
    assert fill(script, {"terms": {"late": late}}).text == ("yes" if holds else "no")
