"""Hits of a search on a screen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from servkit.terminal.layout import flat

if TYPE_CHECKING:
    from servkit.cache.search import SearchResult
    from servkit.terminal.layout import Screen


def draw_found(found: SearchResult, wanted: str, screen: Screen) -> None:
    """Every hit with its name, its place, and the text that matched."""
    for word, meant in found.read_as.items():
        screen.put(f"{word!r} stands nowhere; read as {meant!r}", "yellow")
    if not found.hits:
        words = len(wanted.split())
        screen.put(f"Nothing holds {wanted!r}." + (" Fewer words find more." if words > 1 else ""))
        return
    for hit in found.hits:
        screen.gap()
        screen.put(flat(hit.title), "bold")
        screen.put(f"{hit.kind}:{hit.id} · {hit.path}:{hit.line}", "dim", indent=2)
        for field, text in dict.fromkeys((why.field, why.text) for why in hit.why):
            if text not in (hit.title, hit.id):
                screen.put(text, indent=2, mark=f"{field}: ", hang=2, lead=("cyan",))
    screen.gap()
    count = f"{len(found.hits)} found" + (
        f" of {found.total}; more words find fewer" if found.total > len(found.hits) else ""
    )
    screen.put(f"{count}; servkit show ID shows one", "dim")
