"""One fault is told once, and what follows from it is not told beside it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from .marked import found_in

if TYPE_CHECKING:
    from pathlib import Path

RETURNS = """\
kind: policy
id: returns
rule: flexible
terms:
  window: {value: 30 days, better: more, limit: 90 days}
---
"""
CASES = {
    "a segment that is not there": (
        "SK205",
        "kind: standard\nid: st\nsegments: [‸nobody]",
    ),
    "a segment that is not there, in a condition": (
        "SK205",
        "kind: standard\nid: st\nwhen: {any: [{plan: single}, {not: {segment: ‸nobody}}]}",
    ),
    "a segment that is not there, in a row": (
        "SK205",
        (
            "kind: standard\nid: st\nterms:\n  a:\n    value: 1\n    cases:\n"
            "      - {when: {segment: {is_not: [‸nobody]}}, value: 2}\n      - {when: {plan: single}, value: 3}"
        ),
    ),
    "a segment that is over": (
        "SK607",
        (
            "kind: standard\nid: st\nsegments: ‸old\n---\n"
            "kind: segment\nid: old\nwhen: {plan: single}\neffective: {until: 2026-02-01}"
        ),
    ),
    "a segment that cannot be read": (
        "SK202",
        "kind: standard\nid: st\nsegments: old\n---\nkind: segment\nid: old\nwhen: {‸plam: single}",
    ),
    "a document that cannot be read and asks for a segment": (
        "SK108",
        "kind: standard\nid: st\nsegments: some\n‸tagz: x\n---\nkind: segment\nid: some\nwhen: {plan: single}",
    ),
    "a segment that sets what does not fit": (
        "SK301",
        RETURNS + "kind: segment\nid: s\nwhen: {plan: single}\nsets: {returns.window: ‸40 USD}",
    ),
    "a segment that sets no term": (
        "SK204",
        RETURNS + "kind: segment\nid: s\nwhen: {plan: single}\nsets: {‸returns.windw: 40 days}",
    ),
    "a segment that sets a fixed term": (
        "SK402",
        (
            "kind: policy\nid: f\nrule: fixed\nbasis: law\ninstead: x\nterms: {a: 3 days}\n---\n"
            "kind: segment\nid: s\nwhen: {plan: single}\nsets: {‸f.a: 4 days}"
        ),
    ),
    "a segment that sets a term of a document that cannot be read": (
        "SK108",
        RETURNS.replace("rule:", "‸tagz: x\nrule:")
        + "kind: segment\nid: s\nwhen: {plan: single}\nsets: {returns.window: 40 days}",
    ),
    "the only limit lacks a better": (
        "SK307",
        "kind: policy\nid: p\nrule: flexible\nterms:\n  a: {value: 3 days, ‸limit: 5 days}",
    ),
    "a better that is neither": (
        "SK305",
        "kind: policy\nid: p\nrule: flexible\nterms:\n  a: {value: 3 days, better: ‸higher, limit: 5 days}",
    ),
    "a better on a text": (
        "SK305",
        "kind: policy\nid: p\nrule: flexible\nterms:\n  a: {value: kindly, better: ‸more, limit: warmly}",
    ),
    "a row that compares with neither limit nor grant": (
        "SK302",
        (
            "kind: policy\nid: p\nrule: flexible\nterms:\n  a:\n    value: 3 days\n    better: more\n"
            "    limit: 9 days\n    grant: {owner: 9 days}\n    cases:\n      - {when: {plan: single}, value: ‸1 month}"
        ),
    ),
    "a key with a slip in the place of one that has to be there": (
        "SK108",
        "kind: segment\nid: s\n‸wehn: {plan: single}\ndo: [Call them.]",
    ),
    "a fact asked of the customer": (
        "SK505",
        'kind: script\nid: s\nshort: s\nsay: "{{ ‸customer.hours_late }}"',
    ),
    "an unknown currency that a segment sets": (
        "SK313",
        (
            "kind: policy\nid: p\nrule: flexible\nterms:\n  a: {value: 3 USD, better: more, limit: 9 USD}\n---\n"
            "kind: segment\nid: s\nwhen: {plan: single}\nsets: {p.a: ‸5 USS}"
        ),
    ),
}


@pytest.mark.parametrize("name", CASES)
def test_it_is_told_once(name: str, tmp_path: Path) -> None:
    code, marked = CASES[name]
    findings, wanted = found_in(tmp_path, marked)
    assert [finding.code for finding in findings] == [code]
    assert [(finding.path, finding.line, finding.column) for finding in findings] == wanted
