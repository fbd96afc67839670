"""The company's own theme: logo, colour, paper, fonts and styles, from ``handouts/`` in its book.

``handouts/handouts.toml`` may have these keys, all of them optional::

    accent = "#0b6b57"            # the one colour
    logo = "logo.svg"             # a file in handouts/: svg, png or jpg
    paper = "a4"                  # or "letter"
    font = "Source Serif 4"       # a family in handouts/fonts/
    style = "house.css"           # more CSS for the HTML pages

Nothing outside ``handouts/`` is read, whatever the file says.
"""

from __future__ import annotations

import os
import re
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from servkit.book.problems import ServkitError
from servkit.handout.logo import MEDIA_TYPES, Logo
from servkit.handout.theme_files import font_folder, read_file
from servkit.text import enumeration, quoted

FOLDER, FILE = "handouts", "handouts.toml"
ACCENT = "#0f5f58"
PAPERS = ("a4", "letter")
#: The contrast that WCAG 2 asks of text.
READABLE = 4.5
_COLOUR = re.compile(r"#[0-9a-fA-F]{6}\Z")
_TOML_PLACE = re.compile(r"\(at line (\d+), column (\d+)\)")
_KEYS = ("accent", "logo", "paper", "font", "style")


@dataclass(frozen=True)
class Theme:
    """How every handout of a book looks, in every format."""

    accent: str = ACCENT
    paper: str = "a4"
    logo: Logo | None = None
    font: str = ""
    style: str = ""
    fonts: tuple[str, ...] = ()


def read_theme(root: str | Path, paper: str | None = None) -> Theme:
    """The theme of the book in a folder. Raises ServkitError for a mistake in its file."""
    folder = Path(root) / FOLDER
    place = str(folder / FILE)
    data = _settings(folder, place)
    if error := _error(data):
        raise ServkitError(error, path=place)
    style = data.get("style")
    return Theme(
        accent=data.get("accent", ACCENT),
        paper=paper or data.get("paper", "a4"),
        logo=_logo(folder, data.get("logo"), place),
        font=data.get("font", ""),
        style="" if style is None else _css(_read(folder, style, (".css",), place), folder / style),
        fonts=font_folder(folder),
    )


def _settings(folder: Path, place: str) -> dict[str, Any]:
    """What the file says; nothing where there is none."""
    file = folder / FILE
    if not os.path.lexists(file):
        return {}
    try:
        return tomllib.loads(read_file(file, folder, place).decode("utf-8"))
    except RecursionError:
        raise ServkitError('Its brackets nest too deeply. Write each line as `key = "text"`.', path=place) from None
    except ValueError as fault:
        raise _unreadable(fault, place) from None


def _unreadable(fault: ValueError, place: str) -> ServkitError:
    """What to write where the file is no TOML. What the reader of TOML says is for programmers."""
    if isinstance(fault, UnicodeDecodeError):
        return ServkitError("This is not a text in UTF-8. Save it as UTF-8.", path=place)
    found = _TOML_PLACE.search(str(fault))
    line, column = (int(found[1]), int(found[2])) if found else (0, 0)
    if "overwrite" in str(fault):
        message = "A key appears twice. Keep one of them."
    else:
        message = "This line can't be read." if found else "The end of the file can't be read."
        message += ' Write each line as `key = "text"`, such as `paper = "a4"`.'
    return ServkitError(message, path=place, line=line, column=column)


def _logo(folder: Path, name: str | None, place: str) -> Logo | None:
    if name is None:
        return None
    logo = Logo(_read(folder, name, tuple(MEDIA_TYPES), place), Path(name).suffix.lower())
    if fault := logo.fault:
        raise ServkitError(f"The logo {quoted(name)} {fault}", path=place)
    return logo


def _error(data: dict[str, Any]) -> str:
    """What is wrong with the file, or nothing."""
    accent = data.get("accent", ACCENT)
    unknown = [key for key in data if key not in _KEYS]
    if "wording" in unknown:
        return "servkit's own words are changed in languages/en.po of the book; `servkit words en` prints them all"
    if unknown:
        return f"unknown key {unknown[0]!r}; the keys are {', '.join(_KEYS)}"
    if not _COLOUR.match(str(accent)):
        return f"`accent` is not a colour: {accent!r}. Write it like #0b6b57."
    if contrast(accent, "#ffffff") < READABLE:
        return f"`accent` {accent} is too light to read on white. Choose a darker one (contrast {READABLE} or more)."
    if data.get("paper", "a4") not in PAPERS:
        return f"`paper` is one of {', '.join(PAPERS)}, not {data['paper']!r}"
    for key in ("logo", "font", "style"):
        if not isinstance(data.get(key, ""), str):
            return f"`{key}` is not a text: {data[key]!r}. Write it in quotes."
    return ""


def _read(folder: Path, name: str, suffixes: tuple[str, ...], place: str) -> bytes:
    """A file of the folder with one of the endings."""
    if Path(name).suffix.lower() not in suffixes:
        raise ServkitError(f"{quoted(name)} does not end in {enumeration(suffixes, 'or')}", path=place)
    path = folder / name
    if not path.is_relative_to(folder):
        raise ServkitError(f"{quoted(name)} is not in the folder {FOLDER}/. Copy the file into it.", path=place)
    return read_file(path, folder, place)


def _css(data: bytes, path: Path) -> str:
    try:
        style = data.decode("utf-8")
    except UnicodeDecodeError:
        raise ServkitError("this style is not UTF-8", path=str(path)) from None
    if "</" in style or "<!" in style:
        raise ServkitError("a style cannot contain </ or <!", path=str(path))
    return style


def contrast(one: str, other: str) -> float:
    """The contrast of two colours as WCAG 2 counts it, from 1 to 21."""
    darker, lighter = sorted((_luminance(one), _luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: str) -> float:
    parts = (int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5))
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
