"""Records are what frozen dataclasses are, as far as anybody here asks."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from servkit.handout.model import Document, Heading, Row, Run
from servkit.handout.records import Record, but, held

if TYPE_CHECKING:
    from collections.abc import Callable


class Base(Record):
    one: int
    two: str = "b"


class More(Base):
    three: tuple[int, ...] = ()


def test_fields_come_in_order_with_their_defaults() -> None:
    assert held(More(1)) == [("one", 1), ("two", "b"), ("three", ())]
    assert held(More(1, three=(3,))) == held(More(three=(3,), two="b", one=1))
    assert repr(More(1, "x")) == "More(one=1, two='x', three=())"
    assert [name for name, _ in held(Heading(2, ()))] == ["level", "words", "anchor", "label"]


def test_equal_content_is_equal_and_of_one_hash() -> None:
    assert Base(1) == Base(two="b", one=1) != Base(2)
    assert len({Base(1), Base(two="b", one=1), Base(2)}) == 2
    assert Base(1) != More(1)
    assert Run("x") == Run("x", strong=False) != ("x",)


def test_nothing_changes_but_in_a_copy() -> None:
    row = Row(())
    for name in ("sub", "new"):
        with pytest.raises(AttributeError, match="Row never changes"):
            setattr(row, name, True)
        with pytest.raises(AttributeError, match="Row never changes"):
            delattr(row, name)
    assert (but(row, sub=True), row) == (Row((), True), Row(()))
    document = Document("a", "A", "Book", (), "")
    with pytest.raises(TypeError):
        document.words["x"] = "y"  # type: ignore[index]


@pytest.mark.parametrize(
    "make",
    [lambda any_: any_(), lambda any_: any_(1, 2, 3), lambda any_: any_(1, four=4), lambda any_: but(any_(1), four=4)],
)
def test_a_record_is_made_of_its_fields(make: Callable[[Any], object]) -> None:
    with pytest.raises(TypeError, match="Base is made of one, two"):
        make(Base)
