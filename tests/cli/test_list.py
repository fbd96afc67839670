"""``servkit list``: what the book holds."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from .conftest import Servkit


@pytest.mark.parametrize(
    "kind", ["policy", "policies", "customer", "customers", "philosophies", "recoveries", "attributes", "roles"]
)
def test_a_kind_in_one_or_many(kind: str, servkit: Servkit) -> None:
    ran = servkit("list", kind, book="pest-control")
    assert (ran.code, ran.err) == (0, "")
    assert ran.out


def test_attributes_say_what_they_may_be(servkit: Servkit) -> None:
    out = servkit("list", "attribute", book="pest-control").out
    assert "  plan           Plan (single, monthly, commercial)\n" in out
    assert "hours_late" not in out
    assert "  opened         Has the box been opened? (yes or no)\n" in servkit("list", "fact").out


def test_roles_stand_in_the_order_of_their_authority(servkit: Servkit) -> None:
    assert servkit("list", "role", book="pest-control").out.split() == ["technician", "office", "supervisor", "owner"]


def test_versions_are_told_apart_by_when_they_are_in_force(servkit: Servkit) -> None:
    out = servkit("list", "policy", book="standards").out
    assert "When we came late (from 2027-01-01)" in out
    assert "When we came late (until 2026-12-31)" in out


def test_everything_stands_under_its_kind(servkit: Servkit) -> None:
    out = servkit("list", book="pest-control").out
    assert out.startswith("customer (20)\n  C-1042")
    assert "\npolicy (14)\n" in out


def test_json_holds_the_same(servkit: Servkit) -> None:
    data = json.loads(servkit("list", "segment", "--format", "json", book="pest-control").out)
    assert data["schema"] == "servkit/list/1"
    first = data["items"][0]
    assert (first["kind"], first["id"], first["path"]) == ("segment", "growth", "segments/growth.yaml")


def test_nothing_is_an_answer_of_no(servkit: Servkit, small_book: Callable[..., Path]) -> None:
    ran = servkit("list", "policy", book=small_book())
    assert (ran.code, ran.out, ran.err) == (1, "The book has no policy.\n", "")
