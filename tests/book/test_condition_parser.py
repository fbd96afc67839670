"""Reading conditions: what an author is told, and where (BOOK.md 5 and 9, *Operators*)."""

from __future__ import annotations

import pytest

from .authoring import when

#: The condition begins in line 4, column 7.
TOLD = {
    "": [],
    "{}": "4:7 SK310 A condition maps names to what they have to be: `when: {plan: commercial}`.",
    "yes": "4:7 SK110 `when: yes` should be a mapping. Write `when: {…: yes}`.",
    "{any: []}": "4:13 SK310 `any` needs a list of conditions, and this one is empty.",
    "{all: [{}]}": "4:14 SK310 A condition maps names to what they have to be: `when: {plan: commercial}`.",
    "{not: {}}": "4:13 SK310 A condition maps names to what they have to be: `when: {plan: commercial}`.",
    "{any: [{plan: single}, x]}": (
        "4:30 SK310 A condition maps names to what they have to be: `when: {plan: commercial}`."
    ),
    "{palan: x}": "4:8 SK202 This book has no attribute or fact `palan`. Did you mean `plan`?",
    "{zebra: x}": "4:8 SK202 This book has no attribute or fact `zebra`. Declare it in servkit.yaml.",
    "{plan: {}}": "4:14 SK310 `plan` needs a test, such as `{at_least: 12}`.",
    "{plan: }": "4:14 SK301 `plan` is empty. Write its value.",
    "{plan: []}": "4:14 SK310 This list is empty, so nothing can be in it. Write at least one value.",
    "{plan: [single, x]}": "4:23 SK301 `x` is not one of single, monthly, commercial.",
    "{plan: {contains: sing}}": (
        "4:15 SK311 `contains` can't be asked of plan, which is a choice. Use one of is, is_not, "
        "in, not_in, at_least, at_most, more_than, less_than, between, known."
    ),
    "{vip: {at_least: yes}}": (
        "4:14 SK311 `at_least` can't be asked of vip, which is a flag. Use one of is, is_not, in, not_in, known."
    ),
    "{region: {has: x}}": (
        "4:17 SK311 `has` can't be asked of region, which is a text. Use one of is, is_not, in, "
        "not_in, contains, starts_with, ends_with, matches, known."
    ),
    "{since: {at_least: 2026-01-01}}": (
        "4:16 SK311 `at_least` can't be asked of since, which is a date. Use one of is, is_not, in,"
        " not_in, before, after, on_or_before, on_or_after, between, within, known."
    ),
    "{tags: {is: x}}": (
        "4:15 SK311 `is` can't be asked of tags, which is a list. Use one of has, "
        "has_any, has_all, is_not, not_in, known."
    ),
    "{segment: {contains: x}}": (
        "4:18 SK311 `contains` can't be asked of segment. Use one of has, has_any, has_all, is_not, not_in, known."
    ),
    "{visits_a_year: many}": "4:23 SK301 `many` should be a number such as 1500 or 1.5.",
    "{balance: 3}": "4:17 SK301 `3` should be an amount such as 25 USD.",
    "{vip: maybe}": "4:13 SK301 `maybe` should be `yes` or `no`.",
    "{since: soon}": "4:15 SK301 `soon` should be a day such as 2026-03-01.",
    "{since: 2026-02-30}": "4:15 SK301 There is no day 2026-02-30 in the calendar.",
    "{since: {before: 2 hours ago}}": (
        "4:24 SK301 `2 hours ago` is not a whole number of days, weeks, months or years, such as `2 years ago`."
    ),
    "{since: {within: 2 hours}}": (
        "4:24 SK301 `2 hours` is not a length of time in whole days or months, such as `90 days`."
    ),
    "{visits_a_year: {between: [3, 1]}}": "4:33 SK312 `between` is upside down. Write the smaller value first.",
    "{since: {between: [2026-02-01, 2026-01-01]}}": (
        "4:25 SK312 `between` is upside down. Write the smaller value first."
    ),
    "{since: {between: [1 year ago, 2 years ago]}}": (
        "4:25 SK312 `between` is upside down. Write the earlier day first."
    ),
    "{since: {between: [2 weeks ago, 1 month ago]}}": (
        "4:25 SK312 `between` is upside down. Write the earlier day first."
    ),
    "{plan: {between: [commercial, single]}}": "4:24 SK312 `between` is upside down. Write the smaller value first.",
    "{visits_a_year: {between: 3}}": "4:33 SK310 `between` takes two values: `between: [least, most]`.",
    "{visits_a_year: {between: [1, 2, 3]}}": "4:33 SK310 `between` takes two values: `between: [least, most]`.",
    "{visits_a_year: {at_least: [1, 2]}}": "4:34 SK310 `at_least` takes one value, not a list.",
    "{visits_a_year: {at_least: }}": "4:34 SK301 `at_least` is empty. Write its value.",
    "{visits_a_year: {at_least: {a: b}}}": (
        "4:34 SK301 `at_least` should be one plain value such as `30 days`, not a mapping."
    ),
    "{hours_late: {between: [1 day, 1 month]}}": (
        "4:38 SK302 1 day and 1 month can't be compared with each other. Use the same unit for both."
    ),
    "{hours_late: [1 office hour, 1 hour]}": (
        "4:36 SK302 1 office hour and 1 hour can't be compared with each other. Use the same unit for both."
    ),
    "{balance: 3 XXX}": "4:17 SK313 `XXX` is not a currency of ISO 4217. Write a code of three capitals, such as USD.",
    "{plan: {known: perhaps}}": "4:22 SK301 `known` takes `yes` or `no`.",
    "{region: {matches: '('}}": (
        "4:26 SK301 `(` is not a regular expression. A `)` is missing. For a bracket in the text itself write `\\(`."
    ),
    "{region: {matches: '(?=a)'}}": (
        "4:26 SK301 `(?=a)` is not a regular expression. `(?=`, `(?!` and the like can't be used. "
        "Write what has to be there."
    ),
    "{channel: fax}": "4:17 SK201 `fax` is not a channel of this book. Write one of phone, email, in-person.",
    "{channel: [phone, emial]}": ("4:25 SK201 `emial` is not a channel of this book. Did you mean `email`?"),
    "{role: boss}": "4:14 SK301 `boss` is not one of technician, supervisor, owner.",
    "{tags: [a, {b: c}]}": "4:18 SK301 This should be one text.",
}


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
    assert (entry, problems) == (
        None,
        ["4:14 SK401 A segment's `when` can't ask for other segments. Ask for the attributes that they ask for."],
    )


def test_every_fault_of_a_condition_is_told() -> None:
    _, problems = when("{palan: x, any: [{vip: maybe}, {zebra: x}]}")
    assert [problem.split()[:2] for problem in problems] == [["4:8", "SK202"], ["4:30", "SK301"], ["4:39", "SK202"]]


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("{visits_a_year: <= 10}", "visits_a_year: {at_most: 10}"),
        ("{visits_a_year: at least 10}", "visits_a_year: {at_least: 10}"),
        ("{visits_a_year: 10+}", "visits_a_year: {at_least: 10}"),
        ("{since: before 2026-01-01}", "since: {before: 2026-01-01}"),
        ("{plan: monthly or commercial}", "plan: [monthly, commercial]"),
        ("{visits_a_year: 10 or 12}", "visits_a_year: [10, 12]"),
    ],
)
def test_what_people_write_for_a_comparison_or_a_list_is_shown_as_a_condition_has_it(text: str, written: str) -> None:
    _, (told,) = when(text)
    assert told.partition(" ")[2].startswith("SK301 ")
    assert told.endswith((f"ritten in words. Write `{written}`.", f"than one value. Write `{written}`."))


@pytest.mark.parametrize(
    ("text", "written"),
    [("{tags: vip and new}", "[vip, new]"), ("{region: north or south}", "[north, south]")],
)
def test_one_value_that_looks_like_several_is_a_warning(text: str, written: str) -> None:
    entry, (told,) = when(text)
    assert entry is not None
    assert " SK320 " in told
    assert told.endswith(f"is one value. If several are meant, write `{written}`.")


def test_a_text_with_and_in_it_is_a_text() -> None:
    assert when("{region: Stratford and Avon}")[1] == []
