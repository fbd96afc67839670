"""What a search found."""

from __future__ import annotations

from typing import TYPE_CHECKING

from servkit.terminal.screen import Screen, one_line

if TYPE_CHECKING:
    from servkit.cache.search import SearchResult


def search_screen(found: SearchResult, words: str) -> Screen:
    """Each match with its name, its place, and the text that matched."""
    screen = Screen()
    for word, meant in found.read_as.items():
        shown = f"Showing results for {meant!r}." if found.hits else f"{meant!r} was tried instead."
        screen.put(f"No match for {word!r}. {shown}", "yellow")
    if not found.hits:
        screen.put(f"No match for {words!r}." + (" Try fewer words." if len(words.split()) > 1 else ""))
        return screen
    for hit in found.hits:
        screen.gap()
        screen.put(one_line(hit.title), "bold")
        screen.put(f"{hit.kind}:{hit.id} · {hit.path}:{hit.line}", "dim", indent=2)
        for field, text in dict.fromkeys((why.field, why.text) for why in hit.why):
            if text not in (hit.title, hit.id):
                screen.put(text, indent=2, mark=f"{field}: ", mark_style="cyan", hang=2)
    screen.gap()
    count = "1 match" if len(found.hits) == 1 else f"{len(found.hits)} matches"
    if found.total > len(found.hits):
        count = f"{len(found.hits)} of {found.total} matches. Type more words to find fewer"
    screen.put(f"{count}. To read one: servkit show ID", "dim")
    return screen
