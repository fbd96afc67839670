"""Hits of a search on a screen."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from servkit.desk.finding import Found
    from servkit.desk.layout import Screen


def draw_found(found: Found, wanted: str, screen: Screen) -> None:
    """Every hit with its name, its place, and the text that matched."""
    for word, meant in found.read_as.items():
        screen.put(f"{word!r} stands nowhere; read as {meant!r}", "yellow")
    if not found.hits:
        screen.put(f"Nothing holds {wanted!r}.")
        return
    for hit in found.hits:
        screen.gap()
        screen.put(hit.title, "bold")
        screen.put(f"{hit.kind}:{hit.id}   {hit.path}:{hit.line}", "dim", indent=2)
        for why in hit.why:
            if why.text not in (hit.title, hit.id):
                screen.put(why.text, indent=2, mark=f"{why.field}: ", hang=2)
