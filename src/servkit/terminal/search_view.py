"""What a search found."""

from __future__ import annotations

from typing import TYPE_CHECKING

from servkit.languages.catalogue import ENGLISH
from servkit.languages.field_titles import field_title
from servkit.terminal.screen import Screen, one_line

if TYPE_CHECKING:
    from servkit.cache.search import SearchResult
    from servkit.languages.catalogue import Catalogue


def search_screen(found: SearchResult, searched: str, words: Catalogue = ENGLISH) -> Screen:
    """Each match with its name, its place, and the text that matched."""
    screen, gettext = Screen(), words.gettext
    for word, meant in found.read_as.items():
        shown = gettext("'{word}' was tried instead.", word=meant)
        if found.hits:
            shown = gettext("Showing results for '{word}'.", word=meant)
        no_match = gettext("No match for '{word}'.", word=word)
        screen.put(f"{no_match} {shown}", "yellow")
    if not found.hits:
        fewer = " " + gettext("Try fewer words.") if len(searched.split()) > 1 else ""
        screen.put(gettext("No match for '{word}'.", word=searched) + fewer)
        return screen
    for hit in found.hits:
        screen.gap()
        screen.put(one_line(hit.title), "bold")
        screen.put(f"{hit.kind}:{hit.id} · {hit.path}:{hit.line}", "dim", indent=2)
        for field, text in dict.fromkeys((why.field, why.text) for why in hit.why):
            if text not in (hit.title, hit.id):
                screen.put(text, indent=2, mark=f"{field_title(field, words)}: ", mark_style="cyan", hang=2)
    screen.gap()
    count = words.ngettext("{count} match.", "{count} matches.", len(found.hits))
    if found.total > len(found.hits):
        count = gettext(
            "{count} of {total} matches. Type more words to find fewer.", count=len(found.hits), total=found.total
        )
    how = gettext("To read one: {command}", command="servkit show ID")
    screen.put(f"{count} {how}", "dim")
    return screen
