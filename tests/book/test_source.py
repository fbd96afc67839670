"""The place of every part of a document."""

from __future__ import annotations

from typing import TYPE_CHECKING

from servkit.book.yaml_reader import compose

from .authoring import source_of

if TYPE_CHECKING:
    from servkit.book.problems import Problem

TEXT = "# a\na: b\nc:\n  d: [e, {f: g}]\n  h:\n    - i: j\n      k: |\n        l\n    -\n      m\nn:\n- o\n"

LINES = {
    (): 2,
    ("a",): 2,
    ("a", 0): 2,
    ("a", "z"): 2,
    ("c",): 4,
    ("c", "d"): 4,
    ("c", "d", 1, "f"): 4,
    ("c", "d", 7): 4,
    ("c", "h"): 6,
    ("c", "h", 0): 6,
    ("c", "h", 0, "k"): 7,
    ("c", "h", 1): 10,
    ("c", "h", 2): 6,
    ("c", "h", -1): 6,
    ("c", "h", "i"): 6,
    ("c", 0): 4,
    ("c", "z", "d"): 4,
    ("n",): 12,
    ("n", 0): 12,
    ("z",): 2,
}


def test_the_line_of_a_part_is_that_of_its_place() -> None:
    source = source_of(TEXT)
    assert {where: source.line(where) for where in LINES} == LINES
    assert {where: source.place(where).line for where in LINES} == LINES


def test_a_byte_order_mark_and_crlf_change_no_place() -> None:
    problems: list[Problem] = []
    for raw in (TEXT.encode(), b"\xef\xbb\xbf" + TEXT.encode(), TEXT.replace("\n", "\r\n").encode()):
        (source,) = compose("a.yaml", raw, problems)
        assert not problems
        assert {where: source.line(where) for where in LINES} == LINES
        assert source.place(("c", "h", 0, "k")) == (7, 10)
        assert source.problem("SK108", "so", ("c", "d"), key=True) == ("SK108", "a.yaml", 4, 3, "so")
