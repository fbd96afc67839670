"""Questions: right from the book, wrong from the book, and the same every time."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

import pytest

from servkit.book.problems import ServkitError
from servkit.handout import formats, sheets
from servkit.handout.model import Question, plain
from servkit.handout.questions import questions
from servkit.handout.renderer import render
from servkit.handout.traversal import blocks

from . import books
from .books import texts

if TYPE_CHECKING:
    from pathlib import Path


def _right(question: Question) -> str:
    assert question.answer is not None
    return question.choices[question.answer]


def test_wrong_choices_are_near_misses_from_the_terms_own_numbers(tmp_path: Path) -> None:
    root = books.small(tmp_path, *books.ALL)
    found = {one.key.rpartition(":")[0]: one for one in questions(books.material(root))}
    window = found["q_everybody:returns.window"]
    assert _right(window) == "30\xa0days"
    assert sorted(window.choices) == ["30\xa0days", "40\xa0days", "45\xa0days", "60\xa0days"]
    assert window.place.startswith("1.yaml:")
    assert plain(window.words) == "Returns: Window. What does every customer get?"
    segment = found["q_segment:full-plan:returns"[: len("q_segment:full-plan")]]
    assert _right(segment) in ("50\xa0days", "12\xa0seconds")
    say = next(one for one in questions(books.material(root)) if one.key == "q_say:calm down")
    assert _right(say) == "I see why"
    scenario = next(one for one in questions(books.material(root)) if one.key.startswith("q_scenario:sixty"))
    assert _right(scenario) == "50\xa0days"


def test_no_choice_is_there_twice_and_one_is_right() -> None:
    for root in (books.STARTER, books.PEST):
        for one in questions(books.material(root)):
            assert len(set(one.choices)) == len(one.choices)
            assert 3 <= len(one.choices) <= 4
            assert _right(one)
            assert one.place


def test_right_answers_do_not_favour_a_place() -> None:
    places = [one.answer for one in questions(books.material(books.STARTER))]
    assert all(places.count(place) > len(places) / 10 for place in range(4))


def test_the_participants_copy_gives_nothing_away() -> None:
    copy, key = sheets.handouts("quiz", books.material(books.STARTER))
    asked = [block for block in blocks(copy.chapters) if isinstance(block, Question)]
    answered = [block for block in blocks(key.chapters) if isinstance(block, Question)]
    assert len(asked) == len(answered) == 24
    assert all(block.answer is None and not block.reason and not block.place for block in asked)
    assert [block.choices for block in asked] == [block.choices for block in answered]
    assert not any("standards/" in words for words in texts(copy))


def test_all_questions() -> None:
    [key] = sheets.handouts("quiz-key", books.material(books.PEST, questions=0))
    assert sum(isinstance(block, Question) for block in blocks(key.chapters)) == len(
        questions(books.material(books.PEST))
    )


def test_as_csv() -> None:
    files = render("quiz", books.material(books.PEST), "csv")
    assert [file.name for file in files] == ["quiz.csv", "quiz-key.csv"]
    rows = [list(csv.DictReader(io.StringIO(file.data.decode("utf-8-sig")))) for file in files]
    assert "answer" not in rows[0][0]
    assert {row["answer"] for row in rows[1]} <= set("ABCD")
    assert "abc1234" in rows[0][0]["book"]


@pytest.mark.parametrize("format_", ["gift", "anki"])
def test_only_the_key_goes_to_a_platform(format_: str) -> None:
    [file] = render("quiz", books.material(books.PEST), format_)
    assert file.name.startswith("quiz-key")
    copy = sheets.handouts("quiz", books.material(books.PEST))[0]
    with pytest.raises(ServkitError, match=r"needs? the answers"):
        formats.write(format_, copy, books.material(books.PEST).theme)


def test_a_card_is_no_quiz() -> None:
    with pytest.raises(ServkitError, match="has no questions"):
        render("card", books.material(books.PEST), "gift")


def test_no_question_says_its_own_answer(tmp_path: Path) -> None:
    telling = books.POLICY.replace("title: Returns", "title: Returns within 30 days").replace(
        "id: returns", "id: month"
    )
    root = books.small(tmp_path, books.POLICY, telling)
    asked = [plain(question.words) for question in questions(books.material(root))]
    assert "Returns: Window. What does every customer get?" in asked
    assert "Returns within 30 days: Window. What is the limit that nobody may go beyond?" in asked
    assert "Returns within 30 days: Window. What does every customer get?" not in asked
