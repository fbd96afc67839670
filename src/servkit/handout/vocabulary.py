"""servkit's own words on a handout, in the handout's language: ``words/xx.toml``, and what a company puts over them."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

_FOLDER = Path(__file__).parent / "words"


def words_for(language: str, wording: Mapping[str, dict[str, Any]]) -> dict[str, Any]:
    """All words by key: servkit's in the language, else in English, and the company's ``wording`` over both."""
    short = language.partition("-")[0].lower()
    base = short if _shipped(short) else "en"
    words = _merged(_shipped("en"), _shipped(base))
    return _merged(_merged(words, wording.get(base, {})), wording.get(language, {}))


def wording_error(wording: Any) -> str:
    """What is wrong with a company's words, or nothing: an unknown key, another shape, or a blank that nothing
    fills."""
    if not isinstance(wording, dict) or any(not isinstance(words, dict) for words in wording.values()):
        return "`wording` needs a table for each language, such as [wording.en]"
    return next((error for words in wording.values() if (error := _error(words, _shipped("en")))), "")


def _error(words: dict[str, Any], english: dict[str, Any]) -> str:
    for key, word in words.items():
        ours = english.get(key)
        if ours is None:
            return f"`wording` has the unknown key {key!r}; words/en.toml of servkit lists the keys"
        if type(word) is not type(ours):
            return f"`wording`: write {key!r} like servkit's own {ours!r}"
        if isinstance(word, dict):
            if error := _error(word, ours):
                return error
        elif not _blanks(word) <= _blanks(ours):
            blanks = ", ".join(f"{{{name}}}" for name in sorted(_blanks(ours))) or "none"
            return f"`wording`: {key!r} may have these blanks and no other braces: {blanks}"
    return ""


def _blanks(word: str) -> set[str]:
    """The names in braces; a brace without a name counts as one."""
    named = re.compile(r"\{([a-z]+)\}")
    return {*named.findall(word), *re.findall(r"[{}]", named.sub("", word))}


def _merged(words: dict[str, Any], over: Mapping[str, Any]) -> dict[str, Any]:
    return words | {key: words[key] | word if isinstance(word, dict) else word for key, word in over.items()}


@cache
def _shipped(language: str) -> dict[str, Any]:
    file = _FOLDER / f"{language}.toml"
    return tomllib.loads(file.read_text("utf-8")) if file.is_file() else {}
