"""A text is missing in one of the book's languages.

A text that is given by language needs every language under `languages`. A script always does.

Why: The customer who needs the other language is the one who most needs the right words.

Fix: Add the text in the missing language.

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
from servkit.lint.fixtures.texts import has_parts, is_languages, prose_of, says
from servkit.text import enumeration, quoted

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from servkit.book.entries import Entry
    from servkit.book.settings import Settings
    from servkit.book.source import Source

CODE = "SK501"
SEVERITY = "warning"
SCOPE = "document"


def check(entries: Sequence[Entry], settings: Settings, settings_source: Source) -> Iterator[Finding]:
    yield from _in_documents(entries, settings)
    yield from _in_settings(settings, settings_source)


def _in_documents(entries: Sequence[Entry], settings: Settings) -> Iterator[Finding]:
    several = len(settings.languages) > 1
    for entry in entries:
        if not (several or has_parts(entry)):
            continue
        for key, where, data in prose_of(entry):
            if is_languages(data) and says(data):
                if message := _message(data, settings):
                    yield at(entry, where, message)
            elif several and key == "say" and isinstance(data, str):
                yield at(entry, where, _missing_text(settings.languages[1:]))


def _in_settings(settings: Settings, settings_source: Source) -> Iterator[Finding]:
    for section in ("areas", "attributes", "facts"):
        for name, declared in (settings_source.data.get(section) or {}).items():
            for key in ("title", "why", "ask"):
                data = declared.get(key) if isinstance(declared, dict) else None
                if is_languages(data) and (message := _message(data, settings)):
                    yield Finding(SETTINGS, *settings_source.place((section, name, key)), message)


def _message(data: Any, settings: Settings) -> str | None:
    missing = [language for language in settings.languages if not (data.get(language) or "").strip()]
    if missing:
        return _missing_text(missing)
    unknown = next((language for language in data if language not in settings.languages), None)
    return f"{quoted(unknown)} is not a language of this book. Declare it under `languages`." if unknown else None


def _missing_text(languages: Sequence[str]) -> str:
    from babel import Locale, UnknownLocaleError  # takes long to load, and only some books have several languages

    names = []
    for language in languages:
        try:
            names.append(Locale.parse(language, sep="-").english_name or language)
        except (UnknownLocaleError, ValueError):
            names.append(quoted(language))
    return f"The {enumeration(names)} text is missing. Add it under {enumeration(map(quoted, languages))}."
