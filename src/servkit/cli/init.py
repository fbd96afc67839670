"""``servkit init``."""

import sys
from datetime import date
from pathlib import Path
from shlex import quote
from typing import Annotated, NamedTuple

import typer

from servkit.book.problems import ServkitError, UnknownNameError
from servkit.cli.shared.output import print_note, print_screen
from servkit.clocks.today import today_in
from servkit.languages.catalogue import shipped_languages
from servkit.scaffold.new_book import bare_book, in_place, starting_book, write_book
from servkit.scaffold.place import Place, place_of
from servkit.scaffold.trades import trade_of, trades
from servkit.scripts.localization import locale_of
from servkit.text import clean

#: Commands that work in the new book.
NEXT = (
    "servkit lint",
    "servkit test",
    'servkit lookup Q-17 --about repairs --role mechanic --set late="4 days"',
    'servkit say sl Q-17 --set late="4 days"',
    "servkit new standard greeting",
)
NAME, COUNTRY, LANGUAGE, NO_TRADE = "Quay Street Cycles", "US", "en", "none"
_HERE = Place(COUNTRY, "USD", "America/New_York")


class _Wanted(NamedTuple):
    """What somebody said of the new book; None where they said nothing."""

    name: str | None
    country: str | None
    timezone: str | None
    language: str | None
    trade: str | None


def init(
    folder: Annotated[
        Path,
        typer.Argument(metavar="DIR", help="A new or empty folder. It may hold a .git.", show_default=False),
    ],
    name: Annotated[str | None, typer.Option("--name", metavar="NAME", help="The name of your company.")] = None,
    country: Annotated[
        str | None,
        typer.Option(
            "--country", metavar="COUNTRY", help="Such as DE. Sets the currency, the time zone and the holidays."
        ),
    ] = None,
    timezone: Annotated[
        str | None,
        typer.Option("--timezone", metavar="ZONE", help="Where a country has several, such as Chicago."),
    ] = None,
    language: Annotated[
        str | None, typer.Option("--language", metavar="LANG", help="The language of your book, such as en or de.")
    ] = None,
    trade: Annotated[
        str | None,
        typer.Option("--trade", metavar="TRADE", help=f"Begins with the areas of a trade: {', '.join(trades())}."),
    ] = None,
    empty: Annotated[bool, typer.Option("--empty", help="Only the settings, without the example.")] = False,
    from_: Annotated[
        list[str] | None,
        typer.Option(
            "--from",
            metavar="[KIND:]FILE",
            help="Begin with what another program exported, as servkit import takes it. Repeatable.",
        ),
    ] = None,
) -> None:
    """Write a small working book to start from.

    It has settings, one document of nearly every kind, and a scenario that holds. Replace the company in it with your
    own. On a terminal, servkit asks for name, country, language and trade, unless an option says one of them. The
    example is in English: in another language, with a trade or with --from, the book has only its settings. Nothing is
    ever overwritten.

    \b
    servkit init book
    servkit init book --name "Gasthof Adler" --country DE --language de --trade hotel
    servkit init book --from zendesk:macros.json --from customers.xlsx
    cd book
    servkit lint
    """
    wanted = _Wanted(name, country, timezone, language, trade)
    if sys.stdin.isatty() and sys.stderr.isatty() and not any(wanted):
        wanted = _asked()
    place = place_of(wanted.country or COUNTRY, wanted.timezone) if wanted.country or wanted.timezone else _HERE
    name, language = _checked_name(wanted.name or NAME), _checked_language(wanted.language or LANGUAGE)
    trade = trade_of(wanted.trade) if wanted.trade else None
    today = today_in(place.timezone)
    bare = empty or language != LANGUAGE or trade is not None or bool(from_)
    files = bare_book(today, name, language, place, trade) if bare else in_place(starting_book(today), name, place)
    if from_:
        _begin(Path.cwd() / folder, files, from_, today)
    else:
        write_book(Path.cwd() / folder, files)
    _tell_next(
        folder,
        place if wanted.country or wanted.timezone else None,
        len(files) - 1,
        bare=bare,
        own=name != NAME,
        imported=bool(from_),
    )


def _begin(root: Path, files: dict[str, str], given: list[str], today: date) -> None:
    """Write a book that begins with an import, and show what came in."""
    from servkit.exchange.first_import import begin_book  # the exchange with other programs
    from servkit.terminal.import_view import ImportView, customers_screen, import_screen, import_summary

    begun = begin_book(root, files, given, today)
    for people in begun.customers:
        print_screen(customers_screen(people), pager=False)
        print_note(f"{people.rows:,} customers in {people.path}")
    for number, (title, plan) in enumerate(begun.plans, 1):
        view = ImportView(title, dry_run=False)
        found = begun.contradictions if number == len(begun.plans) else []
        print_screen(import_screen(plan, found, view), pager=False)
        print_note(import_summary(plan, found, view))


def _tell_next(folder: Path, place: Place | None, documents: int, *, bare: bool, own: bool, imported: bool) -> None:
    shown = clean(str(folder))
    what = (
        "a book of your own" if imported else "a book without documents" if bare else f"a book of {documents} documents"
    )
    lines = [f"Wrote {what} to {shown}. What to try next:", ""]
    if (Path.cwd() / folder) != Path.cwd():
        lines.append(f"  cd {quote(shown)}")
    lines += [f"  {command}" for command in (NEXT[:1] + NEXT[-1:] if bare else NEXT)]
    if place is not None:
        lines += ["", f"{place.country} has the currency {place.currency}; the time zone is {place.timezone}."]
    lines += ["", "Then open servkit.yaml and write down what is yours." if bare or own else
              "Then open servkit.yaml and replace this company with your own."]  # fmt: skip
    sys.stdout.write("\n".join(lines) + "\n")


def _asked() -> _Wanted:
    """What somebody at a terminal answers. What can't be is asked again."""
    name = _ask("Name of your company", NAME)
    country = _ask_until("Country", COUNTRY, place_of)
    place = place_of(country)
    zone = None
    if len(place.zones) > 1:
        zone = _ask_until("Time zone", place.timezone, lambda text: place_of(country, text))
    language = _ask_until("Language", LANGUAGE, _checked_language)
    sys.stderr.write(f"Trades: {', '.join(trades())}\n")
    trade = _ask_until("Trade", NO_TRADE, lambda text: text == NO_TRADE or trade_of(text))
    return _Wanted(name, country, zone, language, None if trade == NO_TRADE else trade)


def _ask(question: str, default: str) -> str:
    return str(typer.prompt(question, default=default, err=True))


def _ask_until(question: str, default: str, check: object) -> str:
    """An answer that can be taken."""
    assert callable(check)
    while True:
        answer = _ask(question, default)
        try:
            check(answer)
        except UnknownNameError as fault:
            near = fault.hint or ", ".join(fault.known[:6])
            sys.stderr.write(clean(f"There is no {fault.what} {answer!r}; {near}.\n"))
        else:
            return answer


def _checked_name(name: str) -> str:
    name = " ".join(name.split())
    if not name or not name.isprintable():
        raise ServkitError("--name needs the name of your company")
    return name


def _checked_language(language: str) -> str:
    if locale_of(language) is None:
        hint = "write its code, such as en or de"
        raise UnknownNameError("language", language, ("en", *shipped_languages()), hint)
    return language
