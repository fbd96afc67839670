"""What ``servkit assign --count`` counted, for a person."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from servkit.languages.catalogue import ENGLISH
from servkit.terminal.screen import Screen, one_line

if TYPE_CHECKING:
    from servkit.book.settings import Settings
    from servkit.languages.catalogue import Catalogue

#: So many overlaps and questions are shown.
_MOST = 10


def census_screen(data: dict[str, Any], settings: Settings, words: Catalogue = ENGLISH) -> Screen:
    """The counts of :meth:`servkit.bulk.census.Census.as_json`."""
    screen, everybody = Screen(), data["customers"]

    def line(text: str, count: int, more: str = "") -> None:
        screen.pair(one_line(text), f"{count:>9,}  {_share(count, everybody)}{more}", column=34)

    screen.put(words.gettext("{count} customers", count=f"{everybody:,}"), "bold cyan")
    if data["segments"]:
        screen.heading(words.gettext("Segments"))
        for segment in data["segments"]:
            possible = words.gettext("might be")
            might = f"  (+{segment['might_be']:,} {possible})" if segment["might_be"] else ""
            line(segment["id"], segment["in"], might)
        line(words.gettext("in none of them"), data["nowhere"])
    if data["overlaps"]:
        screen.heading(words.gettext("In two of them"))
        for overlap in data["overlaps"][:_MOST]:
            line(" + ".join(overlap["segments"]), overlap["customers"])
    screen.heading(words.gettext("Undecided"))
    line(words.gettext("something has to be asked"), data["undecided"])
    for ask in data["ask"][:_MOST]:
        settles = words.gettext("settles {count} alone", count=format(ask["settles"], ","))
        line(ask["name"], ask["customers"], f"  {settles}")
    if data["best_question"]:
        name = data["best_question"]["name"]
        question = settings.pick(settings.variables[name].ask) or name
        screen.gap()
        screen.put(words.gettext("One question settles most: {question}", question=one_line(question)), "bold")
    return screen


def _share(count: int, everybody: int) -> str:
    return f"{100 * count / everybody:5.1f} %" if everybody else ""
