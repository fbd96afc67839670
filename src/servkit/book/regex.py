"""Regular expressions in linear time (RE2 syntax, searched, case-sensitive; BOOK.md 9)."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from servkit.book.problems import ValueProblem
from servkit.text import quoted

if TYPE_CHECKING:
    from collections.abc import Callable

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
        raise ValueProblem(f"{quoted(pattern)} is not a regular expression that RE2 can read: {text}.") from None
    return lambda text: compiled.search(text) is not None
