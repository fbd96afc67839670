"""A document on a screen, as a person reads it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from servkit.desk.document_text import DocumentText, TermText, document_text
from servkit.desk.phrases import DeskPhrases
from servkit.languages.catalogue import ENGLISH
from servkit.languages.field_titles import place_title
from servkit.languages.kind_names import kind_name
from servkit.terminal.screen import Screen, one_line

if TYPE_CHECKING:
    from collections.abc import Sequence

    from servkit.answer.case import Customer
    from servkit.book.entries import Entry
    from servkit.book.settings import Settings
    from servkit.languages.catalogue import Catalogue

_COLUMN = 34


def document_screen(
    entries: Sequence[Entry],
    settings: Settings,
    language: str | None,
    today: int,
    referrers: Sequence[tuple[str, str]] = (),
    words: Catalogue = ENGLISH,
    *,
    term: str | None = None,
    area: str | None = None,
) -> Screen:
    """An area, documents, and who refers to them.

    ``today`` is an ordinal, ``referrers`` are pairs such as ``("policy:returns", "say")``; ``term``
    narrows to one term.
    """
    screen = Screen()
    phrases = DeskPhrases(settings, words, today)
    if area is not None:
        _draw_area(area, settings, language, screen, words)
    for entry in sorted(entries, key=lambda entry: not entry.in_force(today)):
        screen.gap()
        _draw(document_text(entry, phrases, language, today, term), entry.id, screen, words)
    if referrers:
        _draw_referrers(referrers, screen, words)
    elif entries:
        screen.gap()
        screen.put(words.gettext("Nothing refers to it."), "dim")
    return screen


def customer_screen(customer: Customer, phrases: DeskPhrases) -> Screen:
    """A customer from a file: the attributes, and what is wrong with them."""
    screen = Screen()
    screen.put(one_line(customer.name or customer.id), "bold cyan")
    kind = kind_name("customer", phrases.words)
    screen.put(f"{kind} {customer.id} · {customer.path}:{customer.line}", "dim")
    for name, value in customer.attributes.items():
        screen.pair(phrases.name(name), phrases.value(value))
    for problem in customer.problems:
        screen.put(problem.message, "red", indent=2, mark="! ", mark_style="red")
    return screen


def _draw_area(area: str, settings: Settings, language: str | None, screen: Screen, words: Catalogue) -> None:
    written = settings.areas[area]
    screen.put(one_line(settings.pick(written.get("title"), language)) or area, "bold cyan")
    screen.put(f"{kind_name('area', words)} {area} · servkit.yaml", "dim")
    if written.get("why"):
        screen.put(settings.pick(written["why"], language), indent=2)


def _draw_referrers(referrers: Sequence[tuple[str, str]], screen: Screen, words: Catalogue) -> None:
    """A line a document: its name, and the parts in which it refers."""
    screen.heading(words.gettext("Referred to by"))
    for name in dict.fromkeys(name for name, _ in referrers):
        keys = dict.fromkeys(place_title(key, words) for other, key in referrers if other == name)
        screen.pair(name, ", ".join(keys), column=44, style="dim")


def _draw(document: DocumentText, id_: str, screen: Screen, words: Catalogue) -> None:
    """One document: its head, then every part."""
    screen.put(document.title, "bold cyan")
    if document.not_in_force:
        screen.put(document.not_in_force, "bold yellow")
    screen.put(" · ".join((f"{document.kind} {id_}", *document.about, document.place)), "dim")
    for part in document.parts:
        screen.heading(part.title)
        for line in part.lines:
            if line.name:
                screen.pair(line.name, line.text, column=_COLUMN)
            else:
                screen.put(line.text, indent=2, mark=line.mark)
        for term in part.terms:
            _draw_term(term, screen, words)


def _draw_term(term: TermText, screen: Screen, words: Catalogue) -> None:
    if not term.ref:  # a term that cannot be read
        screen.pair(term.title, term.value, column=_COLUMN)
        return
    screen.pair(term.title, term.value, column=_COLUMN, style="bold")
    screen.put(term.ref, "dim", indent=4)
    for row in term.rows:
        screen.put(row, indent=4, mark="– ")
    if term.grants:
        mark = words.gettext("without asking:") + " "
        screen.put(term.grants, indent=4, mark=mark, hang=2, mark_style="green")
    if term.limit:
        screen.put(term.limit, indent=4)
