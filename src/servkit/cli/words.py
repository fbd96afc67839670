"""``servkit words``."""

import sys
from typing import Annotated

import typer

from servkit.book.problems import UnknownNameError
from servkit.cli.shared import options
from servkit.cli.shared.completion import languages
from servkit.cli.shared.desk import open_desk
from servkit.languages.catalogue import po_text, shipped_languages
from servkit.scripts.localization import locale_of


def words(
    language: Annotated[
        str | None,
        typer.Argument(
            metavar="[LANG]", help="Such as de or pt-BR. Default: the book's language.", autocompletion=languages
        ),
    ] = None,
    book: options.Book = None,
) -> None:
    """Print everything that servkit itself says in a language, to reword or translate for your book.

    The text is a catalogue of GNU gettext. Keep the entries that you change in `languages/LANG.po` in the book, and
    delete the others.

    \b
    mkdir languages
    servkit words en > languages/en.po
    servkit words it > languages/it.po
    """
    with open_desk(book) as desk:
        chosen = language or desk.settings.language
        if locale_of(chosen) is None:
            known = tuple(dict.fromkeys((*desk.settings.languages, "en", *shipped_languages())))
            raise UnknownNameError("language", chosen, known, "write its code, such as de or pt-BR")
        text = po_text(chosen, desk.book.root)
    sys.stdout.write(text)
