"""From a document to an entry (BOOK.md 3): its shape, and what is declared."""

from __future__ import annotations

from datetime import date

import pytest

from .authoring import read

TOLD = {
    "- a": "1:1 SK110 A document must be a mapping that starts with `kind:`.",
    "id: a": "1:1 SK109 `kind` is missing. Say which sort of document this is, such as `kind: policy`.",
    "kind: polcy": ("1:7 SK110 `polcy` is not a kind of document. Did you mean `policy`?"),
    "kind: policy\nid: a": "1:1 SK109 `rule` is missing. Add `rule: fixed` or `rule: flexible`.",
    "kind: policy\nid: a\nrule: soft": (
        "3:7 SK110 `soft` is not one of the words allowed here. Write `fixed` or `flexible`."
    ),
    "kind: standard\nid: A b": (
        "2:5 SK110 `A b` is not an id. Use lowercase words and digits joined by hyphens, such as gift-returns."
    ),
    "kind: standard\nid: a--b": (
        "2:5 SK110 `a--b` is not an id. Use lowercase words and digits joined by hyphens, such as gift-returns."
    ),
    "kind: customer\nid: A 1": (
        "2:5 SK110 `A 1` is not a customer id. Use whatever the company uses, but without spaces."
    ),
    "kind: standard\nid: a\nowner: [x]": "3:8 SK110 `owner` should be text, not a list.",
    "kind: standard\nid: a\nowner:": None,
    "kind:\nid: a": "1:6 SK110 `kind` should be one word. Say which sort of document this is, such as `kind: policy`.",
    "kind: [policy]\nid: a": (
        "1:7 SK110 `kind` should be one word. Say which sort of document this is, such as `kind: policy`."
    ),
    "kind: segment\nid: a\nwehn: {vip: yes}": "3:1 SK108 Unknown key `wehn`. Did you mean `when`?",
    "kind: segment\nid: a\nwhen:": "3:6 SK110 `when` is empty. Write its value.",
    "kind: procedure\nid: a\nsteps: [{role: owner}]": "3:9 SK109 `do` is missing. Add `do: …`.",
    "kind: customer\nid: a\nsignals: [{noted: 2026-01-01}]": "3:11 SK109 `say` is missing. Add `say: …`.",
    "kind: scenario\nid: a\ngiven: {today: 2026-03-01}\ncustomer: [a]": (
        "4:11 SK110 A customer is an id, or a mapping such as `{name: Ada, attributes: {…}}`, not a list."
    ),
    "kind: scenario\nid: a\ngiven: {today: 2026-03-01}\ncustomer: {attribute: {plan: single}}": (
        "4:12 SK108 Unknown key `attribute`. Did you mean `attributes`?"
    ),
    "kind: scenario\nid: a\ngiven: {today: 2026-03-01}\ncustomer: {attributes: [single]}": (
        "4:24 SK110 `attributes` should be a mapping of keys to values, not a list."
    ),
    "kind: standard\nid: a\nreview_by: soon": "3:12 SK110 `soon` is not a day. Write it as 2026-03-01.",
    "kind: standard\nid: a\neffective: {from: 2026-01-01, till: 2026-02-01}": (
        "3:31 SK108 Unknown key `till`. Did you mean `until`?"
    ),
    "kind: standard\nid: a\neffective: {from: 2026-03-01, until: 2026-02-01}": (
        "3:38 SK603 This period ends (2026-02-01) before it begins (2026-03-01). Swap the dates or correct one."
    ),
    "kind: customer\nid: a\neffective: {from: 2026-01-01}": (
        "3:1 SK108 `effective` can't be used here: a customer has no period in which it is in force."
    ),
    "kind: standard\nid: a\ntitle: {english: x}": (
        '3:9 SK110 `english` is not a language such as en or pt-BR. As text with a colon, write `"english: x"`.'
    ),
    "kind: standard\nid: a\ntitle: {en: }": "3:13 SK110 `en` is empty. Write its value.",
    "kind: standard\nid: a\nchannels: [phone, fax]": (
        "3:19 SK201 `fax` is not a channel of this book. Write one of phone, email, in-person."
    ),
    "kind: standard\nid: a\nroles: tecnician": (
        "3:8 SK201 `tecnician` is not a role of this book. Did you mean `technician`?"
    ),
    "kind: standard\nid: a\nstep_away: {if: x}": "3:12 SK109 `then` is missing. Add `then: …`.",
    "kind: procedure\nid: a\nsteps: [x, {do: y, role: boss}]": (
        "3:26 SK201 `boss` is not a role of this book. Write one of technician, supervisor, owner."
    ),
    "kind: procedure\nid: a\nsteps: [x, {do: y, by: z}]": (
        "3:20 SK108 Unknown key `by`. The keys here are do, role, within, say."
    ),
    "kind: script\nid: a": "1:1 SK109 `say` is missing. Add `say: …`.",
    "kind: script\nid: a\nsay: x\nlevel: expert": (
        "4:8 SK110 `expert` is not one of the words allowed here. Write `synthetic` or `genuine`."
    ),
    "kind: segment\nid: a": "1:1 SK109 `when` is missing. Add `when: …`.",
    "kind: segment\nid: a\nwhen: {vip: yes}\npriority: high": (
        "4:11 SK110 `high` is not a number. Write it as 1500 or 1.5."
    ),
    "kind: segment\nid: a\nwhen: {vip: yes}\nsets: {window: 3}": (
        "4:8 SK110 `window` is not a term. Write the document's id, a dot and the term's name, such as returns.window."
    ),
    "kind: scenario\nid: a\ngiven: {}": "3:8 SK109 `today` is missing. Add `today: …`.",
    "kind: recovery\nid: a\nmay_offer: [returns.window, x]": (
        "3:29 SK110 `x` is not a term. Write the document's id, a dot and the term's name, such as returns.window."
    ),
}


@pytest.mark.parametrize("text", TOLD)
def test_what_is_wrong_with_a_document_is_told_at_its_place(text: str) -> None:
    entry, problems = read(text)
    told = TOLD[text]
    assert problems == ([told] if told else [])
    assert (entry is None) is bool(told)


#: What decides nothing is told, and the document stays.
REMARKED = {
    "kind: standard\nid: a\ntarget: often": "3:9 SK301 `often` should be a percentage such as 10 %.",
    "kind: recovery\nid: a\nfollow_up: soon": "3:12 SK301 `soon` should be a duration such as 30 days.",
    "kind: procedure\nid: a\nsteps: [{do: y, within: 2 office weeks}]": (
        "3:25 SK301 `2 office weeks` should be a duration such as 30 days. A clock has no weeks. "
        "Count its days or hours."
    ),
    "kind: customer\nid: a\nattributes: {plan: gold}": "3:20 SK301 `gold` is not one of single, monthly, commercial.",
    "kind: customer\nid: a\nattributes: {paln: gold}": (
        "3:14 SK202 `paln` is not an attribute of this book. Did you mean `plan`?"
    ),
    "kind: customer\nid: a\nattributes: {hours_late: 3 hours}": (
        "3:14 SK202 `hours_late` is a fact of the case, not an attribute of a customer. Declare "
        "it under `attributes` in servkit.yaml, or write it where the case is described."
    ),
}


@pytest.mark.parametrize("text", REMARKED)
def test_what_leaves_the_meaning_certain_is_remarked(text: str) -> None:
    entry, problems = read(text)
    assert entry is not None
    assert problems == [REMARKED[text]]


def test_unreadable_attributes_of_a_customer_count_as_unknown() -> None:
    entry, problems = read('kind: customer\nid: C-1\nattributes: {plan: gold, region: "", tags: [], since: , vip: yes}')
    assert len(problems) == 1
    assert entry is not None
    assert entry.logic["attributes"] == {
        "region": ["text", ""],
        "tags": ["list", []],
        "vip": ["flag", True],
    }


def test_an_entry_has_what_resolution_needs() -> None:
    entry, problems = read(
        "kind: procedure\nid: refund\neffective: {from: 2026-01-01}\narea: returns\nstandards: a\npolicies: [b]\n"
        "steps:\n  - one\n  - {do: two, say: [s, t], within: 4 office hours, role: owner}\n  - {do: three, say: s}\n"
    )
    assert not problems
    assert entry is not None
    assert (entry.name, entry.line, entry.list("areas")) == ("procedure:refund", 1, ("returns",))
    assert entry.list("carries_out") == ("a", "b")
    assert entry.list("say") == ("s", "t")
    assert not entry.in_force(date(2025, 12, 31).toordinal())
    assert entry.in_force(date(2026, 1, 1).toordinal())
    assert entry.period == (date(2026, 1, 1).toordinal(), None)


def test_channels_and_roles_compare_after_normalisation() -> None:
    entry, problems = read("kind: standard\nid: a\nroles: [owner]\nchannels: in-person")
    assert not problems
    assert entry is not None
    assert (entry.list("roles"), entry.list("channels")) == (("owner",), ("in-person",))
