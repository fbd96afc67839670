"""The numbers from 1 to 99 as words, in the languages whose amounts are understood in a book (``written_form``)."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

_ENGLISH = (
    "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen"
    " eighteen nineteen"
)
_ENGLISH_TENS = "twenty thirty forty fifty sixty seventy eighty ninety"
_GERMAN = (
    "eins zwei drei vier fünf sechs sieben acht neun zehn elf zwölf dreizehn vierzehn fünfzehn sechzehn siebzehn"
    " achtzehn neunzehn"
)
_GERMAN_TENS = "zwanzig dreißig vierzig fünfzig sechzig siebzig achtzig neunzig"
_SPANISH = (
    "uno dos tres cuatro cinco seis siete ocho nueve diez once doce trece catorce quince dieciséis diecisiete dieciocho"
    " diecinueve veinte veintiuno veintidós veintitrés veinticuatro veinticinco veintiséis veintisiete veintiocho"
    " veintinueve"
)
_SPANISH_TENS = "treinta cuarenta cincuenta sesenta setenta ochenta noventa"
_FRENCH = (
    "un deux trois quatre cinq six sept huit neuf dix onze douze treize quatorze quinze seize dix-sept dix-huit"
    " dix-neuf"
)
_FRENCH_TENS = "vingt trente quarante cinquante soixante"
#: One, as it stands before a noun.
_ONE = ("a", "an", "ein", "eine", "einen", "einem", "einer", "una", "une")


def _counted(words: str, start: int = 1, step: int = 1) -> list[tuple[str, int]]:
    return [(word, start + step * place) for place, word in enumerate(words.split())]


def _words() -> Iterator[tuple[str, int]]:
    english, german, spanish, french = map(_counted, (_ENGLISH, _GERMAN, _SPANISH, _FRENCH))
    yield from (*((word, 1) for word in _ONE), *english, *german, *spanish, *french)
    for word, ten in _counted(_ENGLISH_TENS, 20, 10):
        yield word, ten
        yield from ((f"{word}{mark}{unit}", ten + number) for unit, number in english[:9] for mark in (" ", "-"))
    for written, ten in _counted(_GERMAN_TENS, 20, 10):
        for word in (written, written.casefold()):  # with ß and ss
            yield from ((word, ten), (f"einund{word}", ten + 1))
            yield from ((f"{unit}und{word}", ten + number) for unit, number in german[1:9])
    for word, ten in _counted(_SPANISH_TENS, 30, 10):
        yield from ((word, ten), (f"{word} y un", ten + 1))
        yield from ((f"{word} y {unit}", ten + number) for unit, number in spanish[:9])
    for word, ten in _counted(_FRENCH_TENS, 20, 10):
        yield from ((word, ten), (f"{word} et un", ten + 1))
        yield from ((f"{word}-{unit}", ten + number) for unit, number in french[1:9])
    yield from ((f"soixante-{unit}", 60 + number) for unit, number in french[9:])
    yield from ((f"quatre-vingt-{unit}", 80 + number) for unit, number in french)
    yield from (("soixante et onze", 71), ("quatre-vingts", 80))


#: Each number by its word.
NUMBER_WORDS = dict(_words())
