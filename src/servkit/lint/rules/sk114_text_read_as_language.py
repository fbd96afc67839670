"""A text with a colon is read as a language.

A text may be a mapping of languages to texts, such as `en: Good morning`. A colon and a space after a short word at the
beginning of a text make such a mapping: `- Say: hello` is the text `hello` in a language that is called `Say`.

Why: The word before the colon is lost, and only people who are served in that language would see the text.

Fix: Put the text in quotes.

Bad:

    kind: standard
    id: greeting
    do:
      - "Ask: what brings you here?"
      - Say: good morning  # here

Good:

    kind: standard
    id: greeting
    do:
      - "Ask: what brings you here?"
      - "Say: good morning"
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from servkit.book.slips.text import in_quotes
from servkit.lint.finding import at
from servkit.lint.fixtures.texts import is_languages, prose_of
from servkit.text import quoted

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from servkit.book.entries import Entry
    from servkit.book.settings import Settings
    from servkit.lint.finding import Finding

CODE = "SK114"
SEVERITY = "warning"
SCOPE = "document"


def check(entries: Sequence[Entry], settings: Settings) -> Iterator[Finding]:
    for entry in entries:
        for _, where, data in prose_of(entry):
            if not is_languages(data) or len(data) != 1:
                continue
            ((name, text),) = data.items()
            if name not in settings.languages and not _is_language(name):
                whole = quoted(in_quotes(f"{name}: {text}"))
                message = f"{quoted(name)} is read as a language here. Put the text in quotes: {whole}."
                yield at(entry, (*where, name), message, key=True)


def _is_language(name: str) -> bool:
    """Whether a name is a language that CLDR knows, written as one."""
    from babel import Locale  # only books with such a word need it

    return name[:2].islower() and name.partition("-")[0] in Locale("en").languages
