"""Places in plain documents, found without libyaml; that none is found wrong is tested with the reading of them."""

from __future__ import annotations

import subprocess
import sys

import pytest

from servkit.book.plain_places import find_place
from servkit.book.plain_yaml import read_plain

from .test_plain_yaml import SHIPPED, parts, text_of

TEXT = "# a\na: b\nc:   # d\n\n  e: {f: [g, 'h'], \"i\": {j: k}}  # l\n  m:\n  - n\n  - o: p\n    q: >\n      r\n"


@pytest.mark.parametrize(
    ("where", "place", "of_key"),
    [
        ((), (2, 1), (2, 1)),
        (("a",), (2, 4), (2, 1)),
        (("c",), (5, 3), (3, 1)),
        (("c", "e"), (5, 6), (5, 3)),
        (("c", "e", "f"), (5, 10), (5, 7)),
        (("c", "e", "f", 1), (5, 14), (5, 14)),
        (("c", "e", "i", "j"), (5, 29), (5, 26)),
        (("c", "m"), (7, 3), (6, 3)),
        (("c", "m", 0), (7, 5), (7, 5)),
        (("c", "m", 1), (8, 5), (8, 5)),
        (("c", "m", 1, "q"), (9, 8), (9, 5)),
    ],
)
def test_places(where: tuple[str | int, ...], place: tuple[int, int], of_key: tuple[int, int]) -> None:
    plain = read_plain(TEXT)
    assert plain is not None
    assert find_place(TEXT, plain, where, key=False) == place
    assert find_place(TEXT, plain, where, key=True) == of_key


@pytest.mark.parametrize("where", [("z",), ("a", 0), ("c", "e", "f", 2), ("c", "e", "f", "g"), ("c", "m", -1)])
def test_what_is_not_there_is_left_to_libyaml(where: tuple[str | int, ...]) -> None:
    plain = read_plain(TEXT)
    assert plain is not None
    assert find_place(TEXT, plain, where, key=False) is None


def test_every_place_of_the_shipped_books_is_found() -> None:
    for path in SHIPPED:
        text = text_of(path)
        plain = read_plain(text) if text is not None else None
        if text is not None and plain is not None:
            lost = [where for where in parts(plain[0]) if find_place(text, plain, where, key=True) is None]
            assert not lost, path


def test_a_finding_needs_no_libyaml() -> None:
    code = (
        "import sys; from servkit.book.yamltext import parse;"
        "(source,) = parse('a.yaml', b'a:\\n  b: [c]\\n', []);"
        "print(source.place(('a', 'b', 0)), 'yaml' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "Mark(line=2, column=7) False\n"
