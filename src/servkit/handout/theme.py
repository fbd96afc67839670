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

import re
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from servkit.book.problems import ServkitError
from servkit.text import enumeration

FOLDER, FILE = "handouts", "handouts.toml"
ACCENT = "#0f5f58"
PAPERS = ("a4", "letter")
#: Logos by the ending of their files.
MEDIA_TYPES = {".svg": "image/svg+xml", ".png": "image/png", ".jpg": "image/jpeg", ".jpeg": "image/jpeg"}
#: The contrast that WCAG 2 asks of text.
READABLE = 4.5
MAX_BYTES = 4 << 20
_COLOUR = re.compile(r"#[0-9a-fA-F]{6}\Z")
_KEYS = ("accent", "logo", "paper", "font", "style")


@dataclass(frozen=True)
class Logo:
    """The bytes of the company's logo, and the ending of its file."""

    data: bytes
    suffix: str

    @property
    def media_type(self) -> str:
        return MEDIA_TYPES[self.suffix]


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
    file = folder / FILE
    data: dict[str, Any] = {}
    if file.is_file():
        try:
            data = tomllib.loads(file.read_text("utf-8"))
        except (tomllib.TOMLDecodeError, UnicodeDecodeError, OSError) as fault:
            raise ServkitError(f"this is not valid TOML: {fault}", path=str(file)) from None
    if error := _error(data):
        raise ServkitError(error, path=str(file))
    logo, style, fonts = data.get("logo"), data.get("style"), folder / "fonts"
    return Theme(
        accent=data.get("accent", ACCENT),
        paper=paper or data.get("paper", "a4"),
        logo=None if logo is None else Logo(_read(folder, logo, tuple(MEDIA_TYPES)), Path(logo).suffix.lower()),
        font=data.get("font", ""),
        style="" if style is None else _css(_read(folder, style, (".css",)), folder / style),
        fonts=(str(fonts),) if fonts.is_dir() else (),
    )


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


def _read(folder: Path, name: str, suffixes: tuple[str, ...]) -> bytes:
    """A file of the folder. Nothing outside it is read, through no link and no ``..``."""
    path, place = folder / name, str(folder / FILE)
    if path.suffix.lower() not in suffixes:
        raise ServkitError(f"{name!r} does not end in {enumeration(suffixes, 'or')}", path=place)
    try:
        if not path.resolve(strict=True).is_relative_to(folder.resolve()) or not path.is_file():
            raise ServkitError(f"{name!r} is not in the folder {FOLDER}/", path=place)
        data = path.read_bytes()
    except OSError as fault:
        raise ServkitError(f"{name!r} cannot be read: {fault.strerror or fault}", path=place) from None
    if len(data) > MAX_BYTES:
        raise ServkitError(f"{name!r} has {len(data):,} bytes; the limit is {MAX_BYTES:,}", path=place)
    return data


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
