"""A text for customers contains wording that the book avoids.

`wording` in `servkit.yaml` lists what to avoid in the whole book; `wording` in a standard lists it for the areas of the
standard. The check covers what scripts say and ask, the questions of standards, and what policies tell customers.

Why: Somebody was hurt by these words, so the book says to avoid them.

Fix: Use the wording that the message suggests.

Bad:

    # file: servkit.yaml
    servkit: 1
    name: Example
    wording:
      avoid:
        "calm down": "I can see why"

    # file: sorry.yaml
    kind: script
    id: sorry
    say: |
      I am listening.
      Please calm down, and tell me more.  # here

Good:

    # file: servkit.yaml
    servkit: 1
    name: Example
    wording:
      avoid:
        "calm down": "I can see why"

    # file: sorry.yaml
    kind: script
    id: sorry
    say: |
      I am listening.
      I can see why. Please tell me more.
"""

from __future__ import annotations

import re
from collections import defaultdict
from functools import cache
from typing import TYPE_CHECKING

from servkit.book.wording import wording_of
from servkit.text import enumeration, quoted

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from servkit.book.entries import Entry
    from servkit.book.settings import Settings
    from servkit.lint.finding import Finding
    from servkit.lint.fixtures.places import Places
    from servkit.lint.fixtures.texts import Text

CODE = "SK502"
SEVERITY = "warning"
SCOPE = "document"


def check(
    texts: Sequence[Text], kinds: Mapping[str, Sequence[Entry]], settings: Settings, places: Places
) -> Iterator[Finding]:
    everywhere = {phrase.casefold(): instead for phrase, instead in settings.avoid.items()}
    by_area: defaultdict[str | None, dict[str, list[str]]] = defaultdict(dict)
    for entry in kinds["standard"]:
        for _, phrase, better in wording_of(entry.prose.get("wording")):
            for area in entry.list("areas") or (None,):
                by_area[area][phrase.casefold()] = [settings.pick(item) for item in better]
    avoided = everywhere | by_area.pop(None, {})

    @cache
    def pattern(areas: tuple[str, ...]) -> tuple[re.Pattern[str] | None, dict[str, list[str]]]:
        phrases = dict(avoided)
        for area in areas:
            phrases |= by_area.get(area, {})
        return _any_of(phrases), phrases

    for text in texts:
        avoided_here, phrases = pattern(text.entry.list("areas"))
        for phrase in dict.fromkeys(avoided_here.findall(_normalized(text.text)) if avoided_here else ()):
            instead = [rather for rather in phrases.get(phrase, ()) if rather]
            rather = enumeration([quoted(text) for text in instead], "or")
            advice = f"Say {rather} instead." if instead else "Say it in another way."
            message = f"This book avoids {quoted(phrase)}. {advice}"
            yield places.within(text.entry, text.where, phrase, message)


def _normalized(text: str) -> str:
    return " ".join(text.casefold().replace("’", "'").split())


def _any_of(phrases: Iterable[str]) -> re.Pattern[str] | None:
    words = sorted((phrase for phrase in phrases if phrase.strip()), key=len, reverse=True)
    if not words:
        return None
    return re.compile(r"(?<!\w)(?:" + "|".join(map(re.escape, words)) + r")(?!\w)")
