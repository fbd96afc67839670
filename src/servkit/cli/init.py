"""``servkit init``."""

import sys
from pathlib import Path
from shlex import quote
from typing import Annotated

import typer

from servkit.book.problems import ServkitError, UnknownNameError
from servkit.clocks.today import today_in
from servkit.languages.catalogue import shipped_languages
from servkit.scaffold.new_book import bare_book, in_place, starting_book, write_book
from servkit.scaffold.place import Place, place_of
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
NAME, COUNTRY, LANGUAGE = "Quay Street Cycles", "US", "en"
_HERE = Place(COUNTRY, "USD", "America/New_York")


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
    language: Annotated[
        str | None, typer.Option("--language", metavar="LANG", help="The language of your book, such as en or de.")
    ] = None,
    empty: Annotated[bool, typer.Option("--empty", help="Only the settings, without the example.")] = False,
) -> None:
    """Write a small working book to start from.

    It has settings, one document of nearly every kind, and a scenario that holds. Replace the company in it with your
    own. On a terminal, servkit asks for name, country and language, unless an option says one of them. The example is
    in English: in another language, the book has only its settings. Nothing is ever overwritten.

    \b
    servkit init book
    servkit init book --name "Gasthof Adler" --country DE --language de
    cd book
    servkit lint
    """
    asked = sys.stdin.isatty() and sys.stderr.isatty() and name is None and country is None and language is None
    if asked:
        name, country, language = (
            _ask("Name of your company", NAME),
            _ask("Country", COUNTRY),
            _ask("Language", LANGUAGE),
        )
    place = place_of(country) if country else _HERE
    name, language = _checked_name(name or NAME), _checked_language(language or LANGUAGE)
    today = today_in(place.timezone)
    bare = empty or language != LANGUAGE
    files = bare_book(today, name, language, place) if bare else in_place(starting_book(today), name, place)
    write_book(Path.cwd() / folder, files)
    shown = clean(str(folder))
    what = "a book without documents" if bare else f"a book of {len(files) - 1} documents"
    lines = [f"Wrote {what} to {shown}. What to try next:", ""]
    if (Path.cwd() / folder) != Path.cwd():
        lines.append(f"  cd {quote(shown)}")
    lines += [f"  {command}" for command in (NEXT[:1] + NEXT[-1:] if bare else NEXT)]
    if country:
        lines += ["", f"{place.country} has the currency {place.currency}; the time zone is {place.timezone}."]
    lines += ["", "Then open servkit.yaml and write down what is yours." if bare or name != NAME else
              "Then open servkit.yaml and replace this company with your own."]  # fmt: skip
    sys.stdout.write("\n".join(lines) + "\n")


def _ask(question: str, default: str) -> str:
    return str(typer.prompt(question, default=default, err=True))


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
