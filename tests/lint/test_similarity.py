"""Texts that are nearly the same are found among thousands, and only those."""

from __future__ import annotations

import random

import pytest
from rapidfuzz import fuzz

from servkit.lint.similarity import near_pairs, sketch

WORDS = [f"{first}{second}{third}" for first in "bdfgk" for second in "aeiou" for third in ("l", "mn", "rst", "t")]
ALIKE = 94


def _pairs(texts: list[str]) -> list[tuple[int, int]]:
    return list(near_pairs(list(map(sketch, texts)), texts.__getitem__, ALIKE))


def _text(rng: random.Random, words: int) -> str:
    return " ".join(rng.choice(WORDS) for _ in range(words))


@pytest.mark.parametrize("seed", range(5))
def test_slips_are_seen_through_and_strangers_are_not(seed: int) -> None:
    rng = random.Random(seed)
    texts = [_text(rng, rng.randint(14, 60)) for _ in range(300)]
    changed = []
    for number in rng.sample(range(300), 20):
        words = texts[number].split(" ")
        words[rng.randrange(len(words))] += "s"
        words.insert(rng.randrange(len(words)), "so")
        texts.append(" ".join(words).capitalize() + " ")
        changed.append((number, len(texts) - 1))
    found = _pairs(texts)
    assert all(
        fuzz.ratio(texts[one].casefold().strip(), texts[other].casefold().strip()) >= ALIKE for one, other in found
    )
    close = {pair for pair in changed if fuzz.ratio(texts[pair[0]], texts[pair[1]].casefold().strip()) >= ALIKE}
    assert len(close & set(found)) >= 0.9 * len(close) > 9


def test_the_same_text_again_is_told_with_the_first() -> None:
    text = _text(random.Random(1), 30)
    assert _pairs([text, text.upper(), text.replace(" ", "  "), "x" + text]) == [(0, 1), (0, 2), (0, 3)]


def test_what_has_many_copies_has_near_ones_too() -> None:
    text = _text(random.Random(2), 40)
    assert _pairs([text] * 50 + [text + " so"]) == [(0, number) for number in range(1, 51)]


def test_a_turn_of_phrase_makes_no_two_texts_alike() -> None:
    rng = random.Random(3)
    phrase = _text(rng, 12)
    assert _pairs([f"{phrase} {_text(rng, 12)}" for _ in range(100)]) == []


@pytest.mark.parametrize("text", ["", "one", "one two", "one two three"])
def test_short_texts(text: str) -> None:
    assert _pairs([text, text, "other"]) == [(0, 1)]
