"""Regular expressions in linear time (RE2 syntax, searched, case-sensitive; BOOK.md 9)."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from servkit.book.problems import ValueProblem
from servkit.text import quoted

if TYPE_CHECKING:
    from collections.abc import Callable

#: What RE2 says of an expression, and what that means to an author.
_WORDS = (
    ("missing )", "A `)` is missing. For a bracket in the text itself write `\\(`."),
    ("unexpected )", "There is a `)` too many. For a bracket in the text itself write `\\)`."),
    ("missing ]", "A `]` is missing. For a bracket in the text itself write `\\[`."),
    ("no argument for repetition operator", "Nothing comes before `*`, `+` or `?`. For the sign itself write `\\*`."),
    ("bad repetition operator", "`*`, `+` or `?` stands twice. Write one of them."),
    ("invalid character class range", "A range in `[…]` is upside down. Write the smaller character first."),
    ("invalid escape", "A `\\` comes before a letter that has no meaning there. For the sign itself write `\\\\`."),
    ("trailing \\", "It ends with `\\`. For the sign itself write `\\\\`."),
    ("perl operator", "`(?=`, `(?!` and the like can't be used. Write what has to be there."),
    ("repetition size", "It repeats something too often. Up to a thousand times is possible."),
    ("too large", "It is too long, or repeats too much. Write a simpler one."),
)

#: RE2 refuses an expression that would need more memory than this to match.
MAX_MEMORY = 1 << 20


@lru_cache(maxsize=1024)
def searcher(pattern: str) -> Callable[[str], bool]:
    """A function that tells whether a text has a match anywhere. Raises ValueProblem for what RE2 does not read."""
    import re2

    options = re2.Options()
    options.log_errors = False
    options.max_mem = MAX_MEMORY
    try:
        compiled = re2.compile(pattern, options)
    except re2.error as bad:
        reason = bad.args[0]
        text = reason.decode("utf-8", "replace") if isinstance(reason, bytes) else str(reason)
        raise ValueProblem(f"{quoted(pattern)} is not a regular expression. {_in_plain_words(text)}") from None
    return lambda text: compiled.search(text) is not None


def _in_plain_words(reason: str) -> str:
    return next((words for begin, words in _WORDS if begin in reason), "Check its brackets and signs.")
