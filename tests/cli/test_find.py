"""``servkit find``: accents and slips forgiven, every hit with its reason."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from .conftest import Servkit


def hits(servkit: Servkit, *words: str, book: str = "pest-control") -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(servkit("find", *words, "--format", "json", book=book).out)["hits"]
    return found


def test_a_title_goes_before_prose(servkit: Servkit) -> None:
    found = hits(servkit, "returns")
    assert found[0]["id"] == "returns"
    assert {"kind", "id", "title", "path", "line", "why"} == set(found[0])
    assert found[0]["why"][0]["word"] == "returns"


def test_a_slip_is_forgiven_and_told(servkit: Servkit) -> None:
    ran = servkit("find", "recepit", book="pest-control")
    assert ran.code == 0
    assert ran.out.startswith("No match for 'recepit'. Showing results for 'receipt'.\n")


def test_a_slip_without_results_promises_none(servkit: Servkit) -> None:
    ran = servkit("find", "recepit", "late", book="standards")
    assert ran.code == 1
    assert "Showing" not in ran.out


def test_accents_and_case_do_not_matter(servkit: Servkit) -> None:
    assert hits(servkit, "LUCIA", book="standards")[0]["id"] == "AS-1020"


def test_every_word_has_to_be_there(servkit: Servkit) -> None:
    both = {hit["id"] for hit in hits(servkit, "box", "opened")}
    assert both < {hit["id"] for hit in hits(servkit, "box")}


def test_people_in_files_are_found(servkit: Servkit) -> None:
    assert ("customer", "C-2016") in {(hit["kind"], hit["id"]) for hit in hits(servkit, "leary")}


def test_an_excerpt_ends_between_words(servkit: Servkit) -> None:
    for hit in hits(servkit, "refund", book="standards"):
        for why in hit["why"]:
            assert len(why["text"]) < 100
            assert not why["text"].startswith("…") or why["text"].startswith("… ")


def test_nothing_is_an_answer_of_no(servkit: Servkit) -> None:
    ran = servkit("find", "zzzqqq", "xxyyzz", book="pest-control")
    assert (ran.code, ran.err) == (1, "")
    assert ran.out == "No match for 'zzzqqq xxyyzz'. Try fewer words.\n"


@pytest.mark.parametrize("words", ["", "  "])
def test_no_words_are_no_question(words: str, servkit: Servkit) -> None:
    ran = servkit("find", words, book="pest-control")
    assert (ran.code, ran.out, ran.err) == (2, "", "servkit: find needs words to search for\n")


def test_more_words_than_anybody_types_are_told(servkit: Servkit) -> None:
    ran = servkit("find", "word " * 10_000, book="pest-control")
    assert (ran.code, ran.err) == (2, "servkit: find takes at most 30 words\n")
