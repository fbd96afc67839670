"""``servkit show``: one document as a person reads it, and who refers to it."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from .conftest import Servkit


@pytest.mark.parametrize(
    ("wanted", "title"),
    [
        ("glad-returns", "Take it back gladly"),
        ("policy:returns", "Returns"),
        ("returns.window", "Returns"),
        ("billing", "Billing"),
        ("C-1042", "Dorothy Bell"),
        ("C-2016", "Sam O'Leary"),
    ],
)
def test_anything_of_the_book_by_its_id(wanted: str, title: str, servkit: Servkit) -> None:
    ran = servkit("show", wanted, book="pest-control")
    assert (ran.code, ran.err) == (0, "")
    assert ran.out.splitlines()[0] == title


def test_who_refers_to_it(servkit: Servkit) -> None:
    out = servkit("show", "returns.window", book="pest-control").out
    assert "segment:key-account                       Sets: returns.window" in out
    assert "nobody may go past 90 days" in out
    assert "Restocking" not in out


def test_conditions_and_amounts_are_said_in_words(servkit: Servkit) -> None:
    out = servkit("show", "growth", book="pest-control").out
    assert "Visits a year: at least 12 and Visits a year: less than 52" in out
    assert "15 USD plus 15 USD for every 30 minutes" in " ".join(
        servkit("show", "late-visit", book="standards").out.split()
    )


def test_the_version_in_force_goes_first(servkit: Servkit, small_book: Callable[..., Path]) -> None:
    text = (
        "kind: policy\nid: fee\ntitle: {}\nwhy: W\nrule: fixed\nbasis: law\nterms: {{fee: 1 USD}}\neffective: {{{}}}\n"
    )
    folder = small_book(
        "servkit: 1\nname: B\ncurrency: USD\n",
        old=text.format("Old", "until: 2001-01-01"),
        new=text.format("Now", "from: 2001-01-02"),
    )
    out = servkit("show", "fee", book=folder).out
    assert out.startswith("Now\npolicy fee · fixed · basis: law · from 2001-01-02")
    assert "Old\nNot in force: until 2001-01-01\n" in out


def test_nothing_refers_to_what_stands_alone(servkit: Servkit, small_book: Callable[..., Path]) -> None:
    folder = small_book(one="kind: philosophy\nid: one\ntitle: One\nwhy: W\nstatement: S\nrank: 1\n")
    assert servkit("show", "one", book=folder).out.endswith("Nothing refers to it.\n")


def test_json(servkit: Servkit) -> None:
    data = json.loads(servkit("show", "returns", "--format", "json", book="pest-control").out)
    assert data["schema"] == "servkit/show/1"
    assert data["area"]["id"] == "returns"
    assert data["documents"][0]["document"]["terms"]["window"]["value"] == "30 days"
    assert {"kind", "id", "path", "line", "key"} == set(data["referred_to_by"][0])
