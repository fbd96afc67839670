"""Every finding stands at the very value that is at fault, or at the key where the key is."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from .marked import found_in

if TYPE_CHECKING:
    from pathlib import Path

TERM = "kind: policy\nid: p\nrule: flexible\nterms:\n  a:\n    better: more\n"
MOVE = TERM + "    value: 3 USD\n    limit: 9 USD\n---\n"
SEGMENT = MOVE + "kind: segment\nid: s\nwhen: {plan: single}\nsets: {p.a: "
CUSTOMER = MOVE + "kind: customer\nid: C-1\npromised: {p.a: "
SCENARIO = MOVE + "kind: scenario\nid: sc\ngiven: {today: 2026-03-01}\n"
SCRIPT = "kind: script\nid: s\nshort: s\nsay: "
CASES = {
    # values that compare only on some days, or only within a row
    "a dated value past the limit": (
        "SK308",
        TERM + "    value: {2020-01-01: 30 days, 2025-06-01: ‸120 days}\n    limit: 90 days",
    ),
    "two dated values past the limit": (
        "SK308 SK308",
        TERM + "    value: {2020-01-01: ‸100 days, 2025-06-01: ‸120 days}\n    limit: 90 days",
    ),
    "a dated grant that shrinks": (
        "SK315",
        TERM + "    value: 3 days\n    limit: 9 days\n"
        "    grant: {agent: 5 days, owner: {2020-01-01: 6 days, 2025-01-01: ‸4 days}}",
    ),
    "a dated value that does not compare later": (
        "SK302",
        TERM + "    value: {2020-01-01: 30 days, 2025-06-01: ‸2 months}\n    limit: 90 days",
    ),
    "a dated limit that does not compare later": (
        "SK302",
        TERM + "    value: 30 days\n    limit: {2020-01-01: 90 days, 2025-06-01: ‸3 months}",
    ),
    "both turn to months on one day": (
        "",
        TERM + "    value: {2020-01-01: 30 days, 2025-06-01: 1 month}\n"
        "    limit: {2020-01-01: 90 days, 2025-06-01: 3 months}",
    ),
    "a row's limit against the term's value": (
        "SK302",
        TERM + "    value: 3 days\n    limit: 9 days\n    cases:\n      - {when: {plan: single}, limit: ‸5 months}",
    ),
    "a row's grant against the term's value": (
        "SK302",
        TERM + "    value: 3 days\n    limit: 9 days\n    cases:\n"
        "      - {when: {plan: single}, grant: {owner: ‸5 months}}",
    ),
    "a grant against the limit of a term without a value": (
        "SK302",
        TERM + "    type: duration\n    limit: 9 days\n    grant: {owner: ‸1 month}",
    ),
    "one of a list of values": (
        "SK302",
        "kind: segment\nid: s\nwhen: {balance: [1 USD, ‸2 EUR]}\ndo: [Call them.]",
    ),
    "a dated part of a counted value": (
        "SK303",
        TERM + "    limit: 9 USD\n    value:\n"
        "      {each: {2020-01-01: 1 USD, 2026-01-01: ‸6 EUR}, of: hours_late, per: 1 hour, at_most: 9 USD}",
    ),
    "a dated period of a counted value": (
        "SK303",
        TERM + "    limit: 9 USD\n    value:\n"
        "      {each: 1 USD, of: hours_late, per: 1 hour, at_most: 9 USD, after:"
        " {2020-01-01: 1 hour, 2026-01-01: ‸2 months}}",
    ),
    # one item where a list is wanted
    "a role of the only step": ("SK201", "kind: procedure\nid: pr\nsteps: {do: Ask., role: ‸boss}"),
    "a key of the only row": (
        "SK108",
        TERM + "    value: 3 days\n    limit: 9 days\n    cases: {when: {plan: single}, ‸valu: 4 days}",
    ),
    "a value in the only row": (
        "SK308",
        TERM + "    value: 3 days\n    limit: 9 days\n    cases: {when: {plan: single}, value: ‸10 days}",
    ),
    "a name in the only alternative": ("SK202", "kind: segment\nid: s\nwhen: {any: {‸plam: single}}\ndo: [Call them.]"),
    "a day in the only note": ("SK110", "kind: customer\nid: C-1\npace: {say: Slow, noted: ‸soon}"),
    # parts that are named and left empty
    "an empty limit": ("SK110", TERM + "    value: 3 days\n    limit:‸"),
    "an empty better": ("SK110", TERM.replace("better: more", "better:‸") + "    value: 3 days\n    limit: 9 days"),
    "an empty value in a row": (
        "SK110",
        TERM + "    value: 3 days\n    limit: 9 days\n    cases:\n      - {when: {plan: single}, value: ‸}",
    ),
    # what moves terms
    "a dated value of the wrong type": ("SK301", SEGMENT + "{2020-01-01: 4 USD, 2026-01-01: ‸8 days}}"),
    "a dated move past the limit": ("SK308", SEGMENT + "{2020-01-01: 4 USD, 2026-01-01: ‸10 USD}}"),
    "a dated move that does not compare": ("SK302", SEGMENT + "{2020-01-01: 4 USD, 2026-01-01: ‸8 EUR}}"),
    "a promise that has not begun": ("SK416", CUSTOMER + "‸{2027-01-01: 4 USD}}"),
    "a promise that has": ("", CUSTOMER + "{2026-01-01: 4 USD}}"),
    "a promise in an unknown currency": ("SK313", CUSTOMER + "‸4 USS}"),
    # scenarios
    "a promise in a scenario of the wrong type": ("SK301", SCENARIO + "customer: {promised: {p.a: ‸3 days}}"),
    "a promise in a scenario past the limit": ("SK308", SCENARIO + "customer: {promised: {p.a: ‸30 USD}}"),
    "a promise in a scenario that does not compare": ("SK302", SCENARIO + "customer: {promised: {p.a: ‸8 EUR}}"),
    "a fact of somebody": ("SK202", SCENARIO + "customer: {attributes: {‸hours_late: 3 hours}}"),
    "an unknown key of somebody": ("SK108", SCENARIO + "customer: {‸attribute: {plan: single}}"),
    "everything of somebody": (
        "",
        SCENARIO + "customer: {id: C-9, name: Ana, attributes: {plan: single, since: }, priorities: Quiet,\n"
        "  pace: [Slow], expectations: [{say: A call, by: Walt}], signals: x, promised: {p.a: 4 USD}, language: en}",
    ),
    "a mapping for a list": ("SK301", SCENARIO.replace("01}", "01, facts: {tags: ‸{a: b}}}")),
    "an unknown currency in the facts": ("SK313", SCENARIO.replace("01}", "01, facts: {balance: ‸3 USS}}")),
    "an unknown currency expected": ("SK313", SCENARIO + "expect: {terms: {p.a: ‸3 USS}}"),
    "a state that there is not": ("SK301", SCENARIO + "expect: {terms: {p.a: {state: ‸opne}}}"),
    "a mapping that is no state": ("SK301", SCENARIO + "expect: {terms: {p.a: ‸{value: 3 USD}}}"),
    "nothing expected": ("SK301", SCENARIO + "expect: {terms: {p.a: ‸}}"),
    "states in words": ("", SCENARIO + "expect: {terms: {p.a: {state: open}}, you_may: {p.a: none}}"),
    # texts
    "words to avoid over two lines": (
        "SK502",
        "kind: standard\nid: st\nwording: {calm down: I see}\n---\n" + SCRIPT + "|\n  Please ‸calm\n  down now.",
    ),
    "words to avoid after words that hold them": (
        "SK502",
        "kind: standard\nid: st\nwording: {no problem: Gladly}\n---\n" + SCRIPT + "Casino problems are ‸no problem.",
    ),
    "words to avoid with another apostrophe": (
        "SK502",
        'kind: standard\nid: st\nwording: {"can\'t": can}\n---\n' + SCRIPT + "We ‸can’t.",
    ),
    "a name after the same name with a fallback": (
        "SK506",
        SCRIPT + "'{{ customer.name | default: \"x\" }}, {{ ‸customer.name }}'",
    ),
    "a name after a longer one": ("SK505", SCRIPT + "'{{ customer.plan | default: 1 }} {{ ‸customer.pla }}'"),
    "a term that is over": (
        "SK607",
        SCRIPT + "'{{ ‸terms.old.a }}'\n---\nkind: policy\nid: old\nrule: fixed\n"
        "effective: {until: 2026-02-01}\nterms: {a: 1}",
    ),
    "a file that a script takes in": ("SK504", SCRIPT + "\"{% ‸include 'x' %}\""),
    "a mapping that was meant as a text": ("SK110", "kind: standard\nid: st\ndo: [{‸Ask first: what it is}]"),
    # what only seems to be used
    "a philosophy that only a test names": (
        "SK207",
        ("kind: philosophy\nid: ‸ph\n---\n"
        "kind: scenario\nid: sc\ngiven: {today: 2026-03-01}\nexpect: {does_not_apply: philosophy:ph}"),
    ),
    "a recovery that is over": (
        "SK405 SK609",
        ("kind: standard\nid: st\narea: returns\nterms:\n  a: ‸{value: 4 hours, better: less}\n---\n"
        "kind: recovery\nid: r\narea: returns\neffective: ‸{until: 2026-02-01}"),
    ),
    "a standard that is over": (
        "SK609",
        ("kind: standard\nid: st\narea: returns\neffective: ‸{until: 2026-02-01}\n"
        "terms:\n  a: {value: 4 hours, better: less}"),
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", CASES)
def test_it_is_told_at_its_place(name: str, tmp_path: Path) -> None:
    codes, marked = CASES[name]
    findings, wanted = found_in(tmp_path, marked)
    assert " ".join(finding.code for finding in findings) == codes
    assert [(finding.path, finding.line, finding.column) for finding in findings] == wanted


BOOK = "servkit: 1\nname: Example\n"
FILES = {
    "a file of customers that is not there": (
        "SK510",
        {"servkit.yaml": BOOK + "customers:\n  - {file: ‸nobody.csv}"},
    ),
    "an attribute in the only file of customers": (
        "SK110",
        {"servkit.yaml": BOOK + "customers: {file: c.csv, attributes: {‸plan: PLAN}}", "c.csv": "id,name\n1,A\n"},
    ),
    "an encoding that there is not": (
        "SK510",
        {"servkit.yaml": BOOK + "customers: {file: ‸c.csv, encoding: klingon}", "c.csv": "id,name\n1,A\n"},
    ),
    "a column of names that there is not": (
        "SK511",
        {"servkit.yaml": BOOK + "customers: {file: c.csv, name: who}", "c.csv": "‸id,name\n1,A\n"},
    ),
    "second settings": ("SK110", {"servkit.yaml": BOOK + "---\n‸language: en"}),
    "one language": ("", {"servkit.yaml": BOOK + "languages: es"}),
    "no public holidays": (
        "SK309",
        {"servkit.yaml": BOOK + 'clocks:\n  a: {hours: "Mo-Fr 08:00-18:00; PH off", country: ‸XX}'},
    ),
    "a least amount in no currency": (
        "SK110",
        {"servkit.yaml": BOOK + "attributes:\n  a: {type: money, from: ‸0 USS}"},
    ),
    "an option that is no duration": (
        "SK111",
        {"servkit.yaml": BOOK + "lint:\n  rules: {SK405: {from: ‸soon}}"},
    ),
    "a rule without a name": ("SK111", {"servkit.yaml": BOOK + 'lint:\n  rules: {‸"": off}'}),
    "settings that are left empty": ("SK110", {"servkit.yaml": BOOK + "facts:‸"}),
    "an empty translation": (
        "SK501",
        {
            "servkit.yaml": BOOK + "languages: [en, es]",
            "a.yaml": "kind: script\nid: s\nshort: s\nsay: ‸{en: Good morning., es: ''}",
        },
    ),
    "words to say instead in one language": (
        "SK501",
        {
            "servkit.yaml": BOOK + "languages: [en, es]",
            "a.yaml": "kind: standard\nid: s\nwording: {no problem: ‸{en: Gladly}}",
        },
    ),
}


@pytest.mark.parametrize("name", FILES)
def test_it_is_told_at_its_place_in_its_file(name: str, tmp_path: Path) -> None:
    codes, files = FILES[name]
    findings, wanted = found_in(tmp_path, files)
    assert " ".join(finding.code for finding in findings) == codes
    assert [(finding.path, finding.line, finding.column) for finding in findings] == wanted


@pytest.mark.parametrize("why", ['"  "', '{en: " "}', '""'])
def test_a_reason_that_says_nothing_is_none(why: str, tmp_path: Path) -> None:
    findings, _ = found_in(
        tmp_path, f"kind: standard\nid: s\ntitle: {why}\nwhy: {why}", ("SK604", "SK605", "SK404", "SK209")
    )
    assert [finding.code for finding in findings] == ["SK601", "SK602"]


def test_a_clock_that_only_customers_name_is_used(tmp_path: Path) -> None:
    clocks = "".join(f'  {name}: {{hours: "Mo-Fr 08:00-18:00"}}\n' for name in "abc")
    files = {
        "servkit.yaml": f"{BOOK}clocks:\n{clocks}" + "attributes:\n  x: {type: duration, from: 1 a hour}\n",
        "c.yaml": "kind: customer\nid: C-1\nattributes: {x: 3 b hours}",
        "s.yaml": "kind: scenario\nid: s\ngiven: {today: 2026-03-01, facts: {x: 3 c hours}}",
    }
    findings, _ = found_in(tmp_path, files, ("SK601",))
    assert [finding.code for finding in findings] == []


@pytest.mark.parametrize(
    "greeting",
    [
        "Dear Guest,", "Hello customer!", "Dear valued members,", "Attention homeowners:", "Dear all,",
        "Good morning, sir,", "Dear policyholder,", "Hi loyal subscriber,",
    ],
)  # fmt: skip
def test_a_greeting_to_nobody_in_particular(greeting: str, tmp_path: Path) -> None:
    findings, wanted = found_in(tmp_path, f"{SCRIPT}|\n  ‸{greeting}\n  thank you.")
    assert [(finding.code, finding.line, finding.column) for finding in findings] == [("SK503", *wanted[0][1:])]


@pytest.mark.parametrize("greeting", ["Hello neighbor,", "Dear Ana,", "Hello all-star team,", "Customers first,"])
def test_a_greeting_to_somebody(greeting: str, tmp_path: Path) -> None:
    assert found_in(tmp_path, f"{SCRIPT}|\n  {greeting}\n  thank you.")[0] == []
