"""Reading plain, dated and counted values: what an author is told, and where (BOOK.md 4 and 9)."""

from __future__ import annotations

import pytest

from servkit.book.document_parser import read_entry

from .authoring import SETTINGS, policy, read, read_settings_text, shown, source_of, term

#: The value of a term in line 5; it begins in column 14.
TOLD = {
    "{}": (
        "5:14 SK303 This mapping isn't a value. Write a plain value, days with "
        "values, or an amount counted `of` a fact."
    ),
    "{a: b}": (
        "5:14 SK303 This mapping isn't a value. Write a plain value, days with "
        "values, or an amount counted `of` a fact."
    ),
    "-3 days": "5:14 SK301 `-3 days` is less than nothing. A duration can't be negative.",
    "2026-02-30": "5:14 SK301 There is no day 2026-02-30 in the calendar.",
    "[a, [b]]": "5:18 SK301 Each item of this list should be text.",
    "{2025-02-30: 3}": "5:15 SK301 There is no day 2025-02-30 in the calendar.",
    "{2025-01-01: 3, soon: 4}": (
        "5:30 SK301 `soon` is not a day. A dated value maps days to values: `2026-03-01: 25 USD`."
    ),
    "{2025-01-01: }": "5:27 SK301 `2025-01-01` is empty. Write its value.",
    "{2025-01-01: 5, 2026-01-01: 3 days}": "5:42 SK301 `3 days` should be a number such as 1500 or 1.5.",
    "{by: plan, 2025-01-01: 3}": (
        "5:19 SK303 `plan` is not a fact or attribute of type date. Name one that servkit.yaml declares."
    ),
    "{by: , 2025-01-01: 3}": "5:19 SK303 `by` is empty. Name one that servkit.yaml declares.",
    "{each: 2, of: nobody}": (
        "5:28 SK303 `nobody` is not a fact or attribute that counts: a number, "
        "money, percentage or duration of servkit.yaml."
    ),
    "{each: 2, of: since}": (
        "5:28 SK303 `since` is not a fact or attribute that counts: a number, "
        "money, percentage or duration of servkit.yaml."
    ),
    "{of: balance}": "5:14 SK303 A counted value needs `start`, `each`, or both.",
    "{each: 2, of: balance, until: 3}": (
        "5:37 SK303 Unknown key `until`. The keys of a counted value are start, "
        "each, per, of, after, count, at_least, at_most, up_to."
    ),
    "{each: abc, of: balance}": (
        "5:21 SK303 `abc` can't be counted with. Write a number, money, percentage or duration."
    ),
    "{start: yes, of: balance}": (
        "5:22 SK303 `yes` can't be counted with. Write a number, money, percentage or duration."
    ),
    "{start: [1], of: balance}": "5:22 SK303 `1` can't be counted with. Write a number, money, percentage or duration.",
    "{start: {2025-01-01: a}, of: balance}": (
        "5:22 SK303 `a` can't be counted with. Write a number, money, percentage or duration."
    ),
    "{each: -3 days, of: balance}": "5:21 SK301 `-3 days` is less than nothing. A duration can't be negative.",
    "{each: 2 USD, of: hours_late}": (
        "5:14 SK303 `per` is missing: how long is one period? Add it, such as `per: 1 hour`."
    ),
    "{each: 2 USD, of: hours_late, per: 3}": "5:49 SK301 `3` should be a duration such as 30 days.",
    "{each: 2 USD, of: hours_late, per: 0 hours}": "5:49 SK303 `per` must be more than nothing.",
    "{each: 2 USD, of: hours_late, per: 1 hour, after: 1 month}": (
        "5:64 SK303 `per` and `after` can't be compared with each other. Use the same unit for both."
    ),
    "{start: 1 USD, each: 2 EUR, of: balance}": (
        "5:35 SK303 2 EUR can't be compared with 0 USD, which this value starts from. Use the same unit."
    ),
    "{each: 50 %, of: balance, per: 2 USD}": (
        "5:14 SK303 `per` and `up_to` can't be used with a share of money such as `each: 10 %`."
    ),
    "{each: 50 %, of: balance, up_to: 2}": (
        "5:14 SK303 `per` and `up_to` can't be used with a share of money such as `each: 10 %`."
    ),
    "{each: 2, of: visits_a_year, count: some}": "5:50 SK303 `some` should be `whole` or `started`.",
    "{each: 2, of: visits_a_year, up_to: 1.5}": (
        "5:50 SK303 `up_to` should be a whole number of periods, such as `up_to: 4`."
    ),
    "{each: 2, of: visits_a_year, up_to: }": (
        "5:50 SK303 `up_to` should be a whole number of periods, such as `up_to: 4`."
    ),
    "{each: 2, of: visits_a_year, at_most: balance}": (
        "5:52 SK303 `balance` is of type money, but this value is of type number."
    ),
    "{each: 2, of: visits_a_year, at_most: 3 USD}": (
        "5:52 SK303 3 USD can't be compared with 0, which this value starts from. Use the same unit."
    ),
}


@pytest.mark.parametrize("text", TOLD)
def test_what_is_wrong_with_a_value_is_told_once_and_at_its_place(text: str) -> None:
    made, problems = term(f"{{value: {text}}}")
    assert made is None
    assert problems == [TOLD[text]]


#: Remarks: the meaning is certain, and hardly what was meant. The short form begins in column 6.
REMARKED = {
    "25 XXX": "5:6 SK313 `XXX` is not a currency of ISO 4217. Write a code of three capitals, such as USD.",
    "2 office weeks": (
        "5:6 SK314 `2 office weeks` was read as text. A clock has no weeks. Count its days or "
        "hours. Or set `type: text` to keep it."
    ),
    "4 ofice hours": (
        "5:6 SK314 `4 ofice hours` was read as text. There is no clock `ofice`. Did you mean "
        "`office`? Or set `type: text` to keep it."
    ),
    "1,500 USD": (
        "5:6 SK314 `1,500 USD` was read as text. Write a number as 1500 or 1.5. Or set `type: text` to keep it."
    ),
}


@pytest.mark.parametrize("text", REMARKED)
def test_a_slip_is_told_and_the_document_stays(text: str) -> None:
    made, problems = term(text)
    assert made is not None
    assert problems == [REMARKED[text]]
    if "SK314" in problems[0]:
        assert term(f"{{type: text, value: '{text}'}}")[1] == []


def test_a_type_that_is_said_is_wanted_of_every_value() -> None:
    assert term("{type: text, value: 1.10}")[1] == []
    assert term("{type: duration, value: 3}")[1] == ["5:30 SK301 `3` should be a duration such as 30 days."]
    assert term("{type: list, value: a}")[1] == []
    made, problems = term("{type: duration, value: {each: 2, of: visits_a_year}}")
    assert (made, problems) == (
        None,
        ["5:30 SK303 This gives a value of type number, but the other values of the term are of type duration."],
    )


def test_a_share_needs_a_currency_which_the_book_or_a_part_gives() -> None:
    assert term("{value: {each: 50 %, of: balance}}")[1] == []
    made, problems = read_settings_text(SETTINGS.replace("currency: USD\n", ""))
    assert made is not None, problems
    for amount, told in {
        "{each: 50 %, of: balance}": ["5:14 SK303 A share of money needs a currency. Set `currency` in servkit.yaml."],
        "{each: 50 %, of: balance, at_most: 3 EUR}": [],
    }.items():
        _, found = read_entry(source_of(policy(f"t: {{value: {amount}}}")), made)
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
    assert list(entry.overrides) == ["p.t", "p.u"]
    assert entry.overrides["p.t"].line == 5
    entry, problems = read("kind: segment\nid: s\nwhen: {vip: yes}\nsets:\n  p.t:\n")
    assert (entry, problems) == (None, ["5:7 SK301 `p.t` is empty. Write its value."])
