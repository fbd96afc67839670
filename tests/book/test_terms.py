"""Reading terms: types, rows, limits and grants (BOOK.md 4 and 9, *Limits and grants*)."""

from __future__ import annotations

import pytest

from .authoring import policy, read, term

#: A term in line 5: its name in column 3, what it is from column 6 on. True where the document stays all the same.
TOLD = {
    "": (False, "5:5 SK110 `t` is empty. Write its value."),
    "{}": (False, "5:3 SK304 `t` has no value. Add `value`, `cases`, or at least a `type`."),
    "{title: Window}": (False, "5:3 SK304 `t` has no value. Add `value`, `cases`, or at least a `type`."),
    "{value: 3, betterr: more}": (False, "5:17 SK108 Unknown key `betterr`. Did you mean `better`?"),
    "{value: 3, colour: red}": (
        False,
        "5:17 SK108 Unknown key `colour`. The keys here are title, why, value, type, of, better, limit, grant, cases.",
    ),
    "{2025-01-01: 3}": (
        False,
        "5:7 SK108 Unknown key `2025-01-01`. Dates and the parts of a counted value go under `value:`.",
    ),
    "{type: colour, value: 3}": (
        False,
        (
            "5:13 SK304 `colour` is not a type of value. The types are text, flag, number, money, "
            "percent, duration, date, time, choice, list."
        ),
    ),
    "{type: choice, value: a}": (
        False,
        "5:3 SK304 A choice needs both keys: `type: choice`, and `of: [least, …, most]` with its words.",
    ),
    "{type: text, of: [a], value: a}": (
        False,
        "5:3 SK304 A choice needs both keys: `type: choice`, and `of: [least, …, most]` with its words.",
    ),
    "{type: choice, of: [a, a], value: a}": (False, "5:25 SK304 `a` appears twice in `of`. Keep one of them."),
    "{type: choice, of: [a, b], value: c}": (False, "5:40 SK301 `c` is not one of a, b."),
    "{value: a, better: more}": (
        True,
        (
            "5:25 SK305 `a` was read as text, and text has no order, so `better` can't be used. Write"
            " an amount such as `25 EUR`, or a choice: `type: choice` and `of: [least, …, most]`."
        ),
    ),
    "{value: [a], better: more}": (
        True,
        "5:27 SK305 `better` needs values that have an order, and a list has none. Write an amount or a choice.",
    ),
    "{value: 3, better: most}": (
        False,
        "5:25 SK305 `most` should be `more` or `less`: which of two values is kinder to the customer.",
    ),
    "{value: 3, limit: 4}": (
        True,
        "5:17 SK307 `limit` needs `better: more` or `better: less`, whichever is kinder to the customer.",
    ),
    "{value: 3, grant: {owner: 4}}": (
        True,
        "5:17 SK307 `grant` needs `better: more` or `better: less`, whichever is kinder to the customer.",
    ),
    "{value: 3, better: more, grant: {boss: 4}}": (
        False,
        "5:39 SK201 `boss` is not a role of this book. Write one of technician, supervisor, owner.",
    ),
    "{value: 3, better: more, grant: {onwer: 4}}": (
        False,
        "5:39 SK201 `onwer` is not a role of this book. Did you mean `owner`?",
    ),
    "{value: 30 days, better: more, limit: 3 months}": (
        True,
        "5:44 SK302 The limit 3 months can't be compared with 30 days. Use the same unit for both.",
    ),
    "{value: 30 days, better: more, limit: 3 USD}": (False, "5:44 SK301 `3 USD` should be a duration such as 30 days."),
    "{value: 3, better: more, grant: {owner: 4 visits}}": (
        True,
        "5:46 SK302 The grant 4 visits can't be compared with 3. Use the same unit for both.",
    ),
    "{value: 3, cases: [{when: {vip: yes}, value: 3 days}]}": (
        False,
        "5:51 SK301 `3 days` should be a number such as 1500 or 1.5.",
    ),
    "{value: 3, cases: [{when: {vip: yes}, limit: 4}]}": (
        True,
        "5:44 SK307 `limit` needs `better: more` or `better: less`, whichever is kinder to the customer.",
    ),
    "{value: 3, better: more, limit: 9, cases: [{when: {vip: yes}, value: 3 visits}]}": (
        True,
        "5:75 SK302 The limit 9 can't be compared with 3 visits. Use the same unit for both.",
    ),
    "{value: 3, cases: [{value: 4}]}": (False, "5:25 SK109 `when` is missing. Add `when: …`."),
    "{value: 3, cases: [{when: {}, value: 4}]}": (
        False,
        "5:32 SK310 A condition maps names to what they have to be: `when: {plan: commercial}`.",
    ),
    "{value: 3, cases: 4}": (
        False,
        "5:24 SK110 `cases: 4` should be a mapping. Write `cases: {when: {…}, value: 4}`.",
    ),
}


@pytest.mark.parametrize("text", TOLD)
def test_what_is_wrong_with_a_term_is_told_at_its_place(text: str) -> None:
    stays, problem = TOLD[text]
    made, problems = term(text)
    assert problems == [problem]
    assert (made is not None) is stays


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        (
            "{value: 3, limit: 4}",
            (
                "5:17 SK306 `limit` can't be used in a fixed policy, which leaves no room. Write `rule: "
                "flexible`, or move the term to a flexible policy."
            ),
        ),
        (
            "{value: 3, better: more, grant: {owner: 4}}",
            (
                "5:31 SK306 `grant` can't be used in a fixed policy, which leaves no room. Write `rule: "
                "flexible`, or move the term to a flexible policy."
            ),
        ),
        (
            "{value: 3, cases: [{when: {vip: yes}, value: 4, grant: {owner: 5}}]}",
            (
                "5:54 SK306 `grant` can't be used in a fixed policy, which leaves no room. Write `rule: "
                "flexible`, or move the term to a flexible policy."
            ),
        ),
    ],
)
def test_a_fixed_policy_leaves_no_room(text: str, problem: str) -> None:
    made, problems = term(text, "fixed")
    assert problems == [problem]
    assert made is not None
    assert made.fixed
    assert made.limit is None
    assert not made.grant
    assert all(row.limit is None and row.grant is None for row in made.rows)


def test_a_flexible_term_with_all_that_it_may_have() -> None:
    entry, problems = read(
        policy(
            "window:\n  title: {en: Return window, es: Plazo}\n  value: 30 days\n  better: more\n  limit: 13 weeks\n"
            "  grant: {technician: 45 days, owner: 90 days}\n  cases:\n    - when: {vip: yes}\n      value: 60 days\n"
            "      grant: {supervisor: {2025-01-01: 70 days}}\n"
            "refund-to: original payment method\nwhat: {type: choice, of: [a, b], value: b, better: more, limit: b}\n"
            "tags: [x, y]"
        )
    )
    assert not problems
    assert entry is not None
    window = entry.terms["window"]
    assert (window.ref, window.type, window.better, window.line) == ("p.window", "duration", "more", 6)
    assert [str(amount) for amount in (window.grant, window.rows[0].grant)] != ["{}", "{}"]
    assert (window.rows[0].line, window.rows[0].value and window.rows[0].value.line) == (13, 13)
    assert len(list(window.amounts())) == 6
    assert entry.terms["refund-to"].type == "text"
    assert entry.terms["what"].of == ("a", "b")
    assert entry.terms["tags"].type == "list"


def test_one_row_may_stand_where_a_list_is_wanted() -> None:
    made, problems = term("{cases: {when: {vip: yes}, value: 4}}")
    assert not problems
    assert made is not None
    assert (made.value, len(made.rows), made.type) == (None, 1, "number")


def test_choices_and_roles_compare_after_normalisation() -> None:
    made, problems = term("{type: choice, of: [cafe\u0301, the\u0301], value: café}")
    assert not problems
    assert made is not None
    assert made.of == ("café", "thé")
