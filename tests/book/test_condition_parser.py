"""Reading conditions: what an author is told, and where (BOOK.md 5 and 9, *Operators*)."""

from __future__ import annotations

import pytest

from .authoring import when

#: The condition begins in line 4, column 7.
TOLD = {
    "": [],
    "{}": "4:7 SK310 a condition is a mapping of names to what they have to be",
    "yes": "4:7 SK110 a mapping is wanted here",
    "{any: []}": "4:13 SK310 `any` takes a list of conditions, and this one is empty",
    "{all: [{}]}": "4:14 SK310 a condition is a mapping of names to what they have to be",
    "{not: {}}": "4:13 SK310 a condition is a mapping of names to what they have to be",
    "{any: [{plan: single}, x]}": "4:30 SK310 a condition is a mapping of names to what they have to be",
    "{palan: x}": "4:8 SK202 no attribute or fact 'palan'; did you mean 'plan'?",
    "{zebra: x}": "4:8 SK202 no attribute or fact 'zebra'; declare it in servkit.yaml",
    "{plan: {}}": "4:14 SK310 an operator is wanted here, such as at_least",
    "{plan: }": "4:14 SK301 this is empty; write a value or take the key away",
    "{plan: []}": "4:14 SK310 this list is empty; nothing could ever be in it",
    "{plan: [single, x]}": "4:23 SK301 'x' is none of single, monthly, commercial",
    "{plan: {contains: sing}}": (
        "4:15 SK311 'contains' is not asked of plan, a choice; use one of "
        "is, is_not, in, not_in, at_least, at_most, more_than, less_than, between, known"
    ),
    "{vip: {at_least: yes}}": (
        "4:14 SK311 'at_least' is not asked of vip, a flag; use one of is, is_not, in, not_in, known"
    ),
    "{region: {has: x}}": (
        "4:17 SK311 'has' is not asked of region, a text; use one of "
        "is, is_not, in, not_in, contains, starts_with, ends_with, matches, known"
    ),
    "{since: {at_least: 2026-01-01}}": (
        "4:16 SK311 'at_least' is not asked of since, a date; use one of is, is_not, in, not_in, "
        "before, after, on_or_before, on_or_after, between, within, known"
    ),
    "{tags: {is: x}}": (
        "4:15 SK311 'is' is not asked of tags, a list; use one of has, has_any, has_all, is_not, not_in, known"
    ),
    "{segment: {contains: x}}": (
        "4:18 SK311 'contains' is not asked of segment; use one of has, has_any, has_all, is_not, not_in, known"
    ),
    "{visits_a_year: many}": "4:23 SK301 'many' is not a number such as 1500 or 1.5",
    "{balance: 3}": "4:17 SK301 '3' is not an amount such as 25 USD",
    "{vip: maybe}": "4:13 SK301 'maybe' is not yes or no",
    "{since: soon}": "4:15 SK301 'soon' is not a day such as 2026-03-01",
    "{since: 2026-02-30}": "4:15 SK301 there is no day 2026-02-30",
    "{since: {before: 2 hours ago}}": (
        "4:24 SK301 '2 hours ago' is not a whole number of days, weeks, months or years"
    ),
    "{since: {within: 2 hours}}": "4:24 SK301 '2 hours' is not a number of whole days, weeks, months or years",
    "{visits_a_year: {between: [3, 1]}}": "4:33 SK312 `between` is upside down: the least comes first",
    "{since: {between: [2026-02-01, 2026-01-01]}}": "4:25 SK312 `between` is upside down: the least comes first",
    "{since: {between: [1 year ago, 2 years ago]}}": (
        "4:25 SK312 `between` is upside down: the earlier day comes first"
    ),
    "{since: {between: [2 weeks ago, 1 month ago]}}": (
        "4:25 SK312 `between` is upside down: the earlier day comes first"
    ),
    "{plan: {between: [commercial, single]}}": "4:24 SK312 `between` is upside down: the least comes first",
    "{visits_a_year: {between: 3}}": "4:33 SK310 `between` takes two values: [least, most]",
    "{visits_a_year: {between: [1, 2, 3]}}": "4:33 SK310 `between` takes two values: [least, most]",
    "{visits_a_year: {at_least: [1, 2]}}": "4:34 SK310 `at_least` takes one value",
    "{visits_a_year: {at_least: }}": "4:34 SK301 this is empty; write a value or take the key away",
    "{visits_a_year: {at_least: {a: b}}}": "4:34 SK301 one plain value is wanted here, such as 30 days",
    "{hours_late: {between: [1 day, 1 month]}}": (
        "4:38 SK302 1 day and 1 month do not compare with each other; use one unit"
    ),
    "{hours_late: [1 office hour, 1 hour]}": (
        "4:36 SK302 1 office hour and 1 hour do not compare with each other; use one unit"
    ),
    "{balance: 3 XXX}": "4:17 SK313 XXX is not a currency of ISO 4217; correct the code",
    "{plan: {known: perhaps}}": "4:22 SK301 `known` takes yes or no",
    "{region: {matches: '('}}": "4:26 SK301 not a regular expression (RE2 syntax): missing ): (",
    "{region: {matches: '(?=a)'}}": (
        "4:26 SK301 not a regular expression (RE2 syntax): invalid perl operator: (?="
    ),
    "{channel: fax}": "4:17 SK201 'fax' is not one of the channels phone, email, in-person",
    "{channel: [phone, emial]}": (
        "4:25 SK201 'emial' is not one of the channels phone, email, in-person; did you mean 'email'?"
    ),
    "{role: boss}": "4:14 SK301 'boss' is none of technician, supervisor, owner",
    "{tags: [a, {b: c}]}": "4:18 SK301 a text is wanted here",
}  # fmt: skip


@pytest.mark.parametrize("text", TOLD)
def test_what_is_wrong_with_a_condition_is_told_at_its_place(text: str) -> None:
    _, problems = when(text)
    told = TOLD[text]
    assert problems == ([told] if isinstance(told, str) else told)


@pytest.mark.parametrize(
    "text",
    [
        "{channel: {starts_with: in-}}",
        "{since: {between: [2 years ago, 1 year ago]}}",
        "{since: {between: [4 weeks ago, 1 month ago]}}",  # some months are longer
        "{since: {between: [2026-01-01, 1 year ago]}}",
        "{since: 2 years ago}",
        "{any: {plan: single}}",
        "{visits_a_year: {between: [3, 3]}}",
        "{office: north, today: 2026-01-01, role: {at_least: supervisor}}",
        "{segment: [a, b]}",
    ],
)
def test_conditions_that_are_right(text: str) -> None:
    entry, problems = when(text)
    assert not problems
    assert entry is not None
    assert entry.when is not None


def test_a_segment_may_not_ask_for_segments() -> None:
    entry, problems = when("{not: {segment: a}}", "segment")
    assert (entry, problems) == (None, ["4:14 SK401 a segment's condition may not ask for segments"])


def test_every_fault_of_a_condition_is_told() -> None:
    _, problems = when("{palan: x, any: [{vip: maybe}, {zebra: x}]}")
    assert [problem.split()[:2] for problem in problems] == [["4:8", "SK202"], ["4:30", "SK301"], ["4:39", "SK202"]]
