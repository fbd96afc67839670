"""From a document to an entry (BOOK.md 3): its shape, and what is declared."""

from __future__ import annotations

from datetime import date

import pytest

from .authoring import read

TOLD = {
    "- a": "1:1 SK110 a document is a mapping that begins with `kind:`",
    "id: a": "1:1 SK109 'kind' is missing; say which sort of document this is, such as `kind: policy`",
    "kind: polcy": (
        "1:7 SK110 'polcy' is not a kind of document: customer, philosophy, policy, procedure, recovery, scenario, "
        "script, segment, standard; did you mean 'policy'?"
    ),
    "kind: policy\nid: a": "1:1 SK109 'rule' is missing; add it",
    "kind: policy\nid: a\nrule: soft": "3:7 SK110 'soft' is none of fixed, flexible",
    "kind: standard\nid: A b": "2:5 SK110 'A b' is not an id: lower-case words and digits, parted by single hyphens",
    "kind: standard\nid: a--b": "2:5 SK110 'a--b' is not an id: lower-case words and digits, parted by single hyphens",
    "kind: customer\nid: A 1": "2:5 SK110 'A 1' is not a customer id: whatever the company uses, but without spaces",
    "kind: standard\nid: a\nowner: [x]": "3:8 SK110 one text is wanted here, and this is a list or a mapping",
    "kind: standard\nid: a\nowner:": None,
    "kind:\nid: a": "1:6 SK110 this is none; say which sort of document this is, such as `kind: policy`",
    "kind: [policy]\nid: a": "1:7 SK110 this is none; say which sort of document this is, such as `kind: policy`",
    "kind: segment\nid: a\nwehn: {vip: yes}": "3:1 SK108 unknown key 'wehn'; did you mean 'when'?",
    "kind: segment\nid: a\nwhen:": "3:6 SK110 this is empty; write what belongs here, or take the key away",
    "kind: procedure\nid: a\nsteps: [{role: owner}]": "3:9 SK109 'do' is missing; add it",
    "kind: customer\nid: a\nsignals: [{noted: 2026-01-01}]": "3:11 SK109 'say' is missing; add it",
    "kind: scenario\nid: a\ngiven: {today: 2026-03-01}\ncustomer: [a]": (
        "4:11 SK110 a customer is an id, or a mapping of name, attributes … in place"
    ),
    "kind: scenario\nid: a\ngiven: {today: 2026-03-01}\ncustomer: {attribute: {plan: single}}": (
        "4:12 SK108 unknown key 'attribute'; did you mean 'attributes'?"
    ),
    "kind: scenario\nid: a\ngiven: {today: 2026-03-01}\ncustomer: {attributes: [single]}": (
        "4:24 SK110 a mapping is wanted here"
    ),
    "kind: standard\nid: a\nreview_by: soon": "3:12 SK110 'soon' is not a day such as 2026-03-01",
    "kind: standard\nid: a\neffective: {from: 2026-01-01, till: 2026-02-01}": (
        "3:31 SK108 unknown key 'till'; did you mean 'until'?"
    ),
    "kind: standard\nid: a\neffective: {from: 2026-03-01, until: 2026-02-01}": (
        "3:38 SK603 this period ends before it begins"
    ),
    "kind: customer\nid: a\neffective: {from: 2026-01-01}": "3:1 SK108 a customer is not in force from a day to a day",
    "kind: standard\nid: a\ntitle: {english: x}": (
        "3:9 SK110 'english' is not a language; prose is text, or a mapping of language to text "
        "(put a text that holds a colon in quotes)"
    ),
    "kind: standard\nid: a\ntitle: {en: }": "3:13 SK110 the text for 'en' is missing",
    "kind: standard\nid: a\nchannels: [phone, fax]": (
        "3:19 SK201 'fax' is not one of the channels phone, email, in-person"
    ),
    "kind: standard\nid: a\nroles: tecnician": (
        "3:8 SK201 'tecnician' is not one of the roles technician, supervisor, owner; did you mean 'technician'?"
    ),
    "kind: standard\nid: a\nstep_away: {if: x}": "3:12 SK109 'then' is missing; add it",
    "kind: procedure\nid: a\nsteps: [x, {do: y, role: boss}]": (
        "3:26 SK201 'boss' is not one of the roles technician, supervisor, owner"
    ),
    "kind: procedure\nid: a\nsteps: [x, {do: y, by: z}]": "3:20 SK108 unknown key 'by'; take it away",
    "kind: script\nid: a": "1:1 SK109 'say' is missing; add it",
    "kind: script\nid: a\nsay: x\nlevel: expert": "4:8 SK110 'expert' is none of synthetic, genuine",
    "kind: segment\nid: a": "1:1 SK109 'when' is missing; add it",
    "kind: segment\nid: a\nwhen: {vip: yes}\npriority: high": "4:11 SK110 'high' is not a number",
    "kind: segment\nid: a\nwhen: {vip: yes}\nsets: {window: 3}": (
        "4:8 SK110 'window' is not a term reference such as returns.window"
    ),
    "kind: scenario\nid: a\ngiven: {}": "3:8 SK109 'today' is missing; add it",
    "kind: recovery\nid: a\nmay_offer: [returns.window, x]": (
        "3:29 SK110 'x' is not a term reference such as returns.window"
    ),
}  # fmt: skip


@pytest.mark.parametrize("text", TOLD)
def test_what_is_wrong_with_a_document_is_told_at_its_place(text: str) -> None:
    entry, problems = read(text)
    told = TOLD[text]
    assert problems == ([told] if told else [])
    assert (entry is None) is bool(told)


#: What decides nothing is told, and the document stays.
REMARKED = {
    "kind: standard\nid: a\ntarget: often": "3:9 SK301 'often' is not a percentage such as 10 %",
    "kind: recovery\nid: a\nfollow_up: soon": "3:12 SK301 'soon' is not a duration such as 30 days",
    "kind: procedure\nid: a\nsteps: [{do: y, within: 2 office weeks}]": (
        "3:25 SK301 '2 office weeks' is not a duration such as 30 days: a clock has no weeks; count its days or hours"
    ),
    "kind: customer\nid: a\nattributes: {plan: gold}": "3:20 SK301 'gold' is none of single, monthly, commercial",
    "kind: customer\nid: a\nattributes: {paln: gold}": (
        "3:14 SK202 'paln' is not a declared attribute; did you mean 'plan'?"
    ),
    "kind: customer\nid: a\nattributes: {hours_late: 3 hours}": (
        "3:14 SK202 'hours_late' is a fact of the case, not an attribute of a customer; take it away"
    ),
}  # fmt: skip


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
