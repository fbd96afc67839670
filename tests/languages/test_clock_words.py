"""A clock's hours in place of its name, where people read another language than the book's author wrote."""

from __future__ import annotations

import pytest

from servkit.languages.clock_words import clock_words


@pytest.mark.parametrize(
    ("hours", "language", "words"),
    [
        ("Mo-Fr 08:00-18:00; PH off", "de", "Mo.–Fr. 08:00–18:00"),
        ("Mo-Fr 08:00-18:00;PH closed", "es", "lun–vie 08:00–18:00"),
        ("Mo-Su 07:00-23:00", "fr", "lun.–dim. 07:00–23:00"),
        ("Mo-Sa 00:00-23:59; PH off", "de", "Mo.–Sa."),
        ("Mo-Fr 08:00-12:00,13:00-17:00", "de", None),
        ("Mo-Fr 08:00-18:00; Sa 10:00-14:00", "de", None),
        ("24/7", "de", None),
        ("Mo-Fr 08:00-18:00", "xx", None),
    ],
)
def test_hours_in_a_few_words(hours: str, language: str, words: str | None) -> None:
    assert clock_words(hours, language) == words
