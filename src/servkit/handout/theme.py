"""What a company makes its own: logo, colour, paper, fonts, wording and styles, in ``handouts/`` of its book.

``handouts/handouts.toml`` may say (all of it optional)::

    accent = "#0b6b57"            # the one colour
    logo = "logo.svg"             # a file in handouts/: svg, png or jpg
    paper = "a4"                  # or "letter"
    font = "Source Serif 4"       # a family that lies in handouts/fonts/
    style = "house.css"           # more CSS for the HTML pages
    [wording.en]                  # any of the words that servkit itself says
    why = "Why we do it"

Nothing is read from outside ``handouts/``, whatever the file says.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from servkit.book.problems import ServkitError

if TYPE_CHECKING:
    from collections.abc import Mapping

FOLDER, FILE = "handouts", "handouts.toml"
ACCENT = "#0f5f58"
PAPERS = ("a4", "letter")
LOGOS = {".svg": "image/svg+xml", ".png": "image/png", ".jpg": "image/jpeg", ".jpeg": "image/jpeg"}
_COLOUR = re.compile(r"#[0-9a-fA-F]{6}\Z")
_KEYS = ("accent", "logo", "paper", "font", "style", "wording")
_MOST = 4 << 20
_WORDS = Path(__file__).parent / "words"


@dataclass(frozen=True)
class Logo:
    """The company's mark: the file's bytes and what they are."""

    data: bytes
    suffix: str

    @property
    def media(self) -> str:
        return LOGOS[self.suffix]


@dataclass(frozen=True)
class Theme:
    """How every handout of a book looks, whatever its format."""

    accent: str = ACCENT
    paper: str = "a4"
    logo: Logo | None = None
    font: str = ""
    style: str = ""
    fonts: tuple[str, ...] = ()
    wording: Mapping[str, dict[str, Any]] = field(default_factory=dict)


def read_theme(root: str | Path, paper: str | None = None) -> Theme:
    """The company's theme. Raises ServkitError where its file says what cannot be."""
    folder = Path(root) / FOLDER
    file = folder / FILE
    data: dict[str, Any] = {}
    if file.is_file():
        try:
            data = tomllib.loads(file.read_text("utf-8"))
        except (tomllib.TOMLDecodeError, UnicodeDecodeError, OSError) as fault:
            raise ServkitError(f"this is not TOML: {fault}", path=str(file)) from None
    _check(data, file)
    logo = data.get("logo")
    style = data.get("style")
    fonts = folder / "fonts"
    return Theme(
        accent=data.get("accent", ACCENT),
        paper=paper or data.get("paper", "a4"),
        logo=None if logo is None else Logo(_inside(folder, logo, tuple(LOGOS)), Path(logo).suffix.lower()),
        font=data.get("font", ""),
        style="" if style is None else _css(_inside(folder, style, (".css",)), folder / style),
        fonts=(str(fonts),) if fonts.is_dir() else (),
        wording=data.get("wording", {}),
    )


def _check(data: dict[str, Any], file: Path) -> None:
    wrong = ""
    unknown = [key for key in data if key not in _KEYS]
    if unknown:
        wrong = f"{unknown[0]!r} is none of {', '.join(_KEYS)}"
    elif not _COLOUR.match(str(data.get("accent", ACCENT))):
        wrong = "accent is a colour such as #0b6b57"
    elif contrast(str(data.get("accent", ACCENT)), "#ffffff") < 4.5:
        wrong = f"accent {data['accent']} is too light to be read on white; a darker one, please (contrast 4.5 to 1)"
    elif data.get("paper", "a4") not in PAPERS:
        wrong = f"paper is one of {', '.join(PAPERS)}"
    elif any(not isinstance(data.get(key, ""), str) for key in ("logo", "font", "style")):
        wrong = "logo, font and style are texts"
    else:
        wording = data.get("wording", {})
        english = _shipped("en")
        if not isinstance(wording, dict) or any(not isinstance(words, dict) for words in wording.values()):
            wrong = "wording is a table a language, such as [wording.en]"
        else:
            wrong = next((found for words in wording.values() if (found := _odd(words, english))), "")
    if wrong:
        raise ServkitError(wrong, path=str(file))


def _odd(words: dict[str, Any], english: dict[str, Any]) -> str:
    """What is wrong with a company's own words: an unknown one, another shape, or a blank that nothing fills."""
    for key, word in words.items():
        ours = english.get(key)
        if ours is None:
            return f"wording: {key!r} is none of servkit's words"
        if type(word) is not type(ours):
            return f"wording: {key!r} is written like {ours!r}"
        if isinstance(word, dict):
            wrong = _odd(word, ours)
            if wrong:
                return wrong
        if isinstance(word, str) and not _blanks(word) <= _blanks(str(ours)):
            blanks = ", ".join(sorted(_blanks(str(ours)))) or "none"
            return f"wording: {key!r} has the blanks {blanks}, and no other braces"
    return ""


def _blanks(word: str) -> set[str]:
    """The names in braces; a brace that is none counts as one."""
    names = set(re.findall(r"\{([a-z]+)\}", word))
    return names | set(re.findall(r"[{}]", re.sub(r"\{[a-z]+\}", "", word)))


def _inside(folder: Path, name: str, suffixes: tuple[str, ...]) -> bytes:
    """A file of the folder. Nothing outside it is read, through no link and no ``..``."""
    path = folder / name
    if path.suffix.lower() not in suffixes:
        raise ServkitError(f"{name!r} does not end in {' or '.join(suffixes)}", path=str(folder / FILE))
    try:
        if not path.resolve(strict=True).is_relative_to(folder.resolve()) or not path.is_file():
            raise ServkitError(f"{name!r} is not in the folder {FOLDER}/", path=str(folder / FILE))
        data = path.read_bytes()
    except OSError as fault:
        raise ServkitError(f"{name!r} cannot be read: {fault.strerror or fault}", path=str(folder / FILE)) from None
    if len(data) > _MOST:
        raise ServkitError(f"{name!r} has {len(data):,} bytes; {_MOST:,} are the most", path=str(folder / FILE))
    return data


def _css(data: bytes, path: Path) -> str:
    try:
        style = data.decode("utf-8")
    except UnicodeDecodeError:
        raise ServkitError("the style is not UTF-8", path=str(path)) from None
    if "</" in style or "<!" in style:
        raise ServkitError("a style has no </ or <! in it", path=str(path))
    return style


def contrast(one: str, other: str) -> float:
    """The contrast of two colours as WCAG 2 counts it, from 1 to 21."""
    lights = sorted((_light(one), _light(other)))
    return (lights[1] + 0.05) / (lights[0] + 0.05)


def _light(colour: str) -> float:
    parts = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@cache
def _shipped(language: str) -> dict[str, Any]:
    file = _WORDS / f"{language}.toml"
    return tomllib.loads(file.read_text("utf-8")) if file.is_file() else {}


def shipped_languages() -> list[str]:
    """The languages that servkit itself speaks on paper."""
    return sorted(file.stem for file in _WORDS.glob("*.toml"))


def words_for(language: str, theme: Theme) -> dict[str, Any]:
    """What servkit says in a language: its own words, English where it has none, the company's over both."""
    short = language.partition("-")[0].lower()
    out = {key: dict(word) if isinstance(word, dict) else word for key, word in _shipped("en").items()}
    for layer in (
        _shipped(short),
        theme.wording.get("en" if not _shipped(short) else short, {}),
        theme.wording.get(language, {}),
    ):
        for key, word in layer.items():
            out[key] = {**out[key], **word} if isinstance(word, dict) else word
    return out
