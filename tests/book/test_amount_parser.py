"""Reading plain, dated and counted values: what an author is told, and where (BOOK.md 4 and 9)."""

from __future__ import annotations

import pytest

from servkit.book.document_parser import bind

from .authoring import SETTINGS, policy, read, read_settings_text, shown, source_of, term

#: The value of a term in line 5; it begins in column 14.
TOLD = {
    "{}": "5:14 SK303 a value is plain, dated (days to values) or counted (with `of`); this mapping is neither",
    "{a: b}": "5:14 SK303 a value is plain, dated (days to values) or counted (with `of`); this mapping is neither",
    "-3 days": "5:14 SK301 a duration is not negative: -3 days",
    "2026-02-30": "5:14 SK301 there is no day 2026-02-30",
    "[a, [b]]": "5:18 SK301 a text is wanted here",
    "{2025-02-30: 3}": "5:15 SK301 there is no day 2025-02-30",
    "{2025-01-01: 3, soon: 4}": "5:30 SK301 'soon' is not a day; a dated value maps days to values",
    "{2025-01-01: }": "5:27 SK301 this is empty; write a value or take the key away",
    "{2025-01-01: 5, 2026-01-01: 3 days}": "5:42 SK301 '3 days' is not a number such as 1500 or 1.5",
    "{by: plan, 2025-01-01: 3}": "5:19 SK303 `by` names a date fact or attribute, and 'plan' is none",
    "{by: , 2025-01-01: 3}": "5:19 SK303 `by` names a date fact or attribute, and 'nothing' is none",
    "{each: 2, of: nobody}": (
        "5:28 SK303 `of` names a number, amount of money, percentage or duration; 'nobody' is none"
    ),
    "{each: 2, of: since}": "5:28 SK303 `of` names a number, amount of money, percentage or duration; 'since' is none",
    "{of: balance}": "5:14 SK303 a counted value has `start`, `each`, or both",
    "{each: 2, of: balance, until: 3}": (
        "5:37 SK303 unknown key 'until'; a counted value has "
        "start, each, per, of, after, count, at_least, at_most, up_to"
    ),
    "{each: abc, of: balance}": "5:21 SK303 abc is no number, amount of money, percentage or duration",
    "{start: yes, of: balance}": "5:22 SK303 yes is no number, amount of money, percentage or duration",
    "{start: [1], of: balance}": "5:22 SK303 1 is no number, amount of money, percentage or duration",
    "{start: {2025-01-01: a}, of: balance}": "5:22 SK303 a is no number, amount of money, percentage or duration",
    "{each: -3 days, of: balance}": "5:21 SK301 a duration is not negative: -3 days",
    "{each: 2 USD, of: hours_late}": (
        "5:14 SK303 `per` is missing: how long is one period? Say `per: 1 hour`, or whatever it is"
    ),
    "{each: 2 USD, of: hours_late, per: 3}": "5:49 SK301 '3' is not a duration such as 30 days",
    "{each: 2 USD, of: hours_late, per: 0 hours}": "5:49 SK303 a period is longer than nothing",
    "{each: 2 USD, of: hours_late, per: 1 hour, after: 1 month}": (
        "5:64 SK303 `per` and `after` do not compare with each other"
    ),
    "{start: 1 USD, each: 2 EUR, of: balance}": (
        "5:35 SK303 2 EUR does not compare with 0 USD, which is what this value starts from"
    ),
    "{each: 50 %, of: balance, per: 2 USD}": "5:14 SK303 a share of money has neither `per` nor `up_to`",
    "{each: 50 %, of: balance, up_to: 2}": "5:14 SK303 a share of money has neither `per` nor `up_to`",
    "{each: 2, of: visits_a_year, count: some}": "5:50 SK303 `count` is whole or started",
    "{each: 2, of: visits_a_year, up_to: 1.5}": "5:50 SK303 `up_to` is a whole number of periods",
    "{each: 2, of: visits_a_year, up_to: }": "5:50 SK303 `up_to` is a whole number of periods",
    "{each: 2, of: visits_a_year, at_most: balance}": (
        "5:52 SK303 'balance' is of type money; number is wanted"
    ),
    "{each: 2, of: visits_a_year, at_most: 3 USD}": (
        "5:52 SK303 3 USD does not compare with 0, which is what this value starts from"
    ),
}  # fmt: skip


@pytest.mark.parametrize("text", TOLD)
def test_what_is_wrong_with_a_value_is_told_once_and_at_its_place(text: str) -> None:
    made, problems = term(f"{{value: {text}}}")
    assert made is None
    assert problems == [TOLD[text]]


#: Remarks: the meaning is certain, and hardly what was meant. The short form begins in column 6.
REMARKED = {
    "25 XXX": "5:6 SK313 XXX is not a currency of ISO 4217; correct the code",
    "2 office weeks": (
        "5:6 SK314 '2 office weeks' is read as text, for a clock has no weeks; count its days or hours; "
        "`type: text` keeps it so"
    ),
    "4 ofice hours": (
        "5:6 SK314 '4 ofice hours' is read as text, for there is no clock 'ofice'; did you mean 'office'?; "
        "`type: text` keeps it so"
    ),
    "1,500 USD": "5:6 SK314 '1,500 USD' is read as text, for a number is written 1500 or 1.5; `type: text` keeps it so",
}  # fmt: skip


@pytest.mark.parametrize("text", REMARKED)
def test_a_slip_is_told_and_the_document_stays(text: str) -> None:
    made, problems = term(text)
    assert made is not None
    assert problems == [REMARKED[text]]
    if "SK314" in problems[0]:
        assert term(f"{{type: text, value: '{text}'}}")[1] == []


def test_a_type_that_is_said_is_wanted_of_every_value() -> None:
    assert term("{type: text, value: 1.10}")[1] == []
    assert term("{type: duration, value: 3}")[1] == ["5:30 SK301 '3' is not a duration such as 30 days"]
    assert term("{type: list, value: a}")[1] == []
    made, problems = term("{type: duration, value: {each: 2, of: visits_a_year}}")
    assert (made, problems) == (None, ["5:30 SK303 this works out to number, and the term is of type duration"])


def test_a_share_needs_a_currency_which_the_book_or_a_part_gives() -> None:
    assert term("{value: {each: 50 %, of: balance}}")[1] == []
    made, problems = read_settings_text(SETTINGS.replace("currency: USD\n", ""))
    assert made is not None, problems
    for amount, told in {
        "{each: 50 %, of: balance}": ["5:14 SK303 a share of money needs a currency: say `currency` in servkit.yaml"],
        "{each: 50 %, of: balance, at_most: 3 EUR}": [],
    }.items():
        _, found = bind(source_of(policy(f"t: {{value: {amount}}}")), made)
        assert [shown(problem) for problem in found] == told


def test_a_declared_name_goes_before_a_text() -> None:
    made, problems = term("{value: {each: 50 %, of: balance, at_most: balance}}")
    assert not problems
    assert made is not None
    assert made.value is not None
    assert list(made.value.names()) == ["balance", "balance"]


def test_what_a_segment_sets_stays_untyped_until_it_meets_its_term() -> None:
    entry, problems = read(
        "kind: segment\nid: s\nwhen: {vip: yes}\nsets:\n  p.t: 2 office weeks\n  p.u: {2025-01-01: 3, 2026-01-01: a}\n"
    )
    assert not problems
    assert entry is not None
    assert list(entry.moves) == ["p.t", "p.u"]
    assert entry.moves["p.t"].line == 5
    entry, problems = read("kind: segment\nid: s\nwhen: {vip: yes}\nsets:\n  p.t:\n")
    assert (entry, problems) == (None, ["5:7 SK301 this is empty; write a value or take the key away"])
