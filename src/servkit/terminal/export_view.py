"""What an export does not say, on a screen: by sort, with how many scripts it concerns."""

from __future__ import annotations

from typing import TYPE_CHECKING

from servkit.terminal.screen import Screen

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from servkit.exchange.export import Export

#: So many of one sort are named.
_MOST = 4


def export_screen(done: Export, title: str, *, everything: bool = False) -> Screen:
    """What the tool can't express, and what did not go out. With ``everything``, script by script."""
    screen = Screen()
    if done.untouched:
        replies = f"{many(done.untouched, 'reply')} of {title}"
        what = "that is no script" if done.untouched == 1 else "that are no scripts"
        screen.put(f"{replies} {what} went along unchanged")
    if done.losses:
        screen.put(f"{title} can't express everything:")
    for sort, found in done.losses.items():
        details = [detail for _, detail in found if detail]
        count = many(len({script for script, _ in found}), "script")
        if everything:
            screen.put(f"{sort}:", indent=2)
            screen.bullets((f"{script}: {detail}" if detail else script for script, detail in found), indent=4)
        else:
            screen.put(f"{sort} ({count}){': ' + _some(details) if details else ''}", indent=2, mark="• ")
    for why, scripts in done.left_out.items():
        screen.put(f"Left out, because {why}: {_some(scripts, everything=everything)}")
    if done.losses and not everything:
        screen.put("--all lists them script by script.", "dim")
    return screen


def many(count: int, thing: str) -> str:
    """So many of something."""
    several = thing.removesuffix("y") + "ies" if thing.endswith("y") else f"{thing}s"
    return f"{count:,} {thing if count == 1 else several}"


def _some(names: Iterable[str], *, everything: bool = False) -> str:
    found: Sequence[str] = list(dict.fromkeys(names))
    more = f" and {len(found) - _MOST:,} more" if len(found) > _MOST and not everything else ""
    return ", ".join(found if everything else found[:_MOST]) + more
