"""A text is there in some of the book's languages and not in all.

Where a text is given by language, it is given in every language that ``languages`` names; a script is.

Why: the customer who needs the other language is the one who needs the right words most.

Bad:

    # file: servkit.yaml
    servkit: 1
    name: Example
    languages: [en, es]

    # file: hello.yaml
    kind: script
    id: hello
    say:
      en: Good morning.  # here

Good:

    # file: servkit.yaml
    servkit: 1
    name: Example
    languages: [en, es]

    # file: hello.yaml
    kind: script
    id: hello
    say:
      en: Good morning.
      es: Buenos días.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from servkit.book.discovery import SETTINGS
from servkit.lint.finding import Finding, at
from servkit.lint.fixtures.wording import has_parts, is_languages, prose_of, says

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from servkit.book.entries import Entry
    from servkit.book.settings import Settings
    from servkit.book.source import Source

CODE = "SK501"
SEVERITY = "warning"


def check_each(entries: Sequence[Entry], settings: Settings) -> Iterator[Finding]:
    several = len(settings.languages) > 1
    for entry in entries:
        if not (several or has_parts(entry)):
            continue
        for key, where, data in prose_of(entry):
            if is_languages(data) and says(data):
                if message := _message(data, settings):
                    yield at(entry, where, message)
            elif several and key == "say" and isinstance(data, str):
                rest = ", ".join(settings.languages[1:])
                yield at(entry, where, f"this is said in {settings.language} only; add {rest}")


def check(settings: Settings, settings_source: Source) -> Iterator[Finding]:
    for section in ("areas", "attributes", "facts"):
        for name, declared in (settings_source.data.get(section) or {}).items():
            for key in ("title", "why", "ask"):
                data = declared.get(key) if isinstance(declared, dict) else None
                if is_languages(data) and (message := _message(data, settings)):
                    yield Finding(SETTINGS, *settings_source.place((section, name, key)), message)


def _message(data: Any, settings: Settings) -> str | None:
    missing = [language for language in settings.languages if not (data.get(language) or "").strip()]
    if missing:
        return f"this is not there in {' and '.join(missing)}; add the text"
    unknown = [language for language in data if language not in settings.languages]
    return f"{' and '.join(unknown)} is no language of the book; declare it under `languages`" if unknown else None
