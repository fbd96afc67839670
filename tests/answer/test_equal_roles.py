"""Roles of equal authority: how far each may go, whom to ask next, and what conditions say of them."""

from __future__ import annotations

import pytest

from .books import answer, book, shown, term

SETTINGS = """
servkit: 1
name: Inn
currency: EUR
roles: [trainee, [desk, housekeeping, kitchen], manager, [finance, owner]]
"""
COMP = """
kind: policy
id: comp
rule: flexible
terms:
  amount: {value: 0 EUR, better: more, limit: 500 EUR, grant: %s}
"""


@pytest.mark.parametrize(
    ("grant", "role", "you_may", "then"),
    [
        ("{desk: 50 EUR, kitchen: 20 EUR}", "desk", "50 EUR", None),
        ("{desk: 50 EUR, kitchen: 20 EUR}", "housekeeping", "0 EUR", ("desk", "50 EUR")),  # an equal inherits nothing
        ("{desk: 50 EUR, kitchen: 20 EUR}", "kitchen", "20 EUR", ("desk", "50 EUR")),
        ("{desk: 20 EUR, kitchen: 50 EUR}", "desk", "20 EUR", ("kitchen", "50 EUR")),  # the equal, in declared order
        ("{desk: 20 EUR, kitchen: 50 EUR}", "manager", "50 EUR", None),  # as much as any below
        ("{desk: 20 EUR, kitchen: 50 EUR, manager: 30 EUR}", "manager", "50 EUR", None),
        ("{desk: 20 EUR, kitchen: 50 EUR}", "trainee", "0 EUR", ("desk", "20 EUR")),
        ("{trainee: 5 EUR, finance: 300 EUR}", "housekeeping", "5 EUR", ("finance", "300 EUR")),
        ("{trainee: 5 EUR, finance: 300 EUR}", "owner", "5 EUR", ("finance", "300 EUR")),
        ("{trainee: 5 EUR, finance: 300 EUR}", "finance", "300 EUR", None),
        ("{desk: 20 EUR, finance: 900 EUR}", None, "0 EUR", ("desk", "20 EUR")),  # every role in declared order
        ("{desk: 20 EUR, finance: 900 EUR}", "desk", "20 EUR", ("finance", "500 EUR")),
    ],
)
def test_how_far_a_role_may_go(grant: str, role: str | None, you_may: str, then: tuple[str, str] | None) -> None:
    found = term(book(COMP % grant, SETTINGS), "comp.amount", role=role)
    assert found["you_may"] == you_may
    assert found["then"] == (None if then is None else {"role": then[0], "may": then[1]})


@pytest.mark.parametrize(
    ("test", "roles"),
    [
        ("kitchen", "kitchen"),
        ("[desk, owner]", "desk owner"),
        ("{is_not: desk}", "trainee housekeeping kitchen manager finance owner"),
        ("{at_least: kitchen}", "desk housekeeping kitchen manager finance owner"),
        ("{at_most: desk}", "trainee desk housekeeping kitchen"),
        ("{more_than: desk}", "manager finance owner"),
        ("{more_than: housekeeping}", "manager finance owner"),
        ("{less_than: kitchen}", "trainee"),
        ("{less_than: owner}", "trainee desk housekeeping kitchen manager"),
        ("{between: [kitchen, desk]}", "desk housekeeping kitchen"),
        ("{between: [trainee, housekeeping]}", "trainee desk housekeeping kitchen"),
    ],
)
def test_order_compares_authority_and_equality_names(test: str, roles: str) -> None:
    library = book(f"kind: policy\nid: p\nrule: fixed\nwhen: {{role: {test}}}\n", SETTINGS)
    found = [role for role in library.settings.roles if answer(library, role=role).documents["policy"]]
    assert found == roles.split()


def test_a_condition_is_shown_with_the_author_s_role() -> None:
    library = book("kind: policy\nid: p\nrule: fixed\nwhen: {role: {at_least: kitchen}}\n", SETTINGS)
    (left,) = shown(library, role="trainee")["left_out"]
    assert "kitchen" in left["because"]


def test_the_order_of_between_is_that_of_authority() -> None:
    library = book(
        "kind: policy\nid: p\nrule: fixed\nwhen: {role: {between: [manager, desk]}}\n", SETTINGS, sound=False
    )
    assert library.problems[0].code == "SK312"


def test_a_document_for_a_role_is_not_for_its_equals() -> None:
    library = book("kind: policy\nid: p\nrule: fixed\nroles: desk\n", SETTINGS)
    assert answer(library, role="desk").documents["policy"]
    assert not answer(library, role="kitchen").documents["policy"]
