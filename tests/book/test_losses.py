"""Which files are looked at closely for texts that YAML cuts or joins."""

from __future__ import annotations

import pytest

from servkit.book.slips.losses import may_lose_text


@pytest.mark.parametrize(
    "text",
    [
        "why: Your order #4711 is on its way.\n",
        "why: one\\\n  two\n",
        "why: The reasons are\n  - one\n  - two\n",
        "do:\n  - one\n    - two\n",
        "do:\n  -one\n  -two\n",
        "do:\n  1. one\n  2. two\n",
        "do: >\n  Steps:\n  - one\n  - two\n",
        "do: |-\r\n  - one\r\n  - two\r\n",
        "why: one\n\n\n  - two\n",
    ],
)
def test_a_file_that_may_lose_text_is_looked_at(text: str) -> None:
    assert may_lose_text(text.encode())


@pytest.mark.parametrize(
    "text",
    [
        "do:\n  - one\n  - two\n    more of it\n  - three\n",
        "why: A text.\n  # a comment\nowner: a\n",
        "why: |\n  a text\n",
    ],
)
def test_lists_and_plain_texts_are_not(text: str) -> None:
    assert not may_lose_text(text.encode())


def test_a_file_of_blanks_or_colons_takes_no_time() -> None:
    for text in (" " * 200_000, "\n" * 200_000, "a" + ":" * 200_000, ("a" + " " * 500 + "\n") * 400):
        assert not may_lose_text(f"x:\n  - y\n{text}".encode())
