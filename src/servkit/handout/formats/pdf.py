"""PDF through Typst: tagged for screen readers (PDF/UA-1), with bookmarks, links and embedded fonts.

The template (``pdf.typ``) gets the handout as JSON, never as markup, and cannot read files. Typst's own fonts come
first, so that the same book gives the same bytes on every machine. Only for letters that they lack, the company's fonts
(``handouts/fonts/``) and the machine's are used. A letter that no font has is an error, and never a box on paper.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import fields
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from servkit.book.problems import ServkitError
from servkit.handout import model as m
from servkit.handout.extent import lines, widths
from servkit.handout.formats import missing

if TYPE_CHECKING:
    from servkit.handout.progress import Progress
    from servkit.handout.theme import Theme

SUFFIX = ".pdf"
_THEME = "handouts/handouts.toml"
_SERIF = "Libertinus Serif"
#: Letters that Typst's own fonts lack: all but Latin, Greek, Cyrillic, Hebrew, punctuation and signs.
_FOREIGN = re.compile("[^\x00-\u052f\u0590-\u05ff\u1e00-\u206f\u20a0-\u27bf\ufb1d-\ufb4f\ufffd]")
#: A sign that Typst's fonts have, for the pictures of control characters, which they lack.
_PICTURES = dict.fromkeys(range(0x2400, 0x2422), "\ufffd")
#: Fonts of machines for the other letters; Typst takes the first that is there.
_OTHERS = (
    "Noto Naskh Arabic",
    "Amiri",
    "Noto Sans Arabic",
    "Geeza Pro",
    "Traditional Arabic",
    "Noto Serif Devanagari",
    "Noto Sans Devanagari",
    "Noto Sans Thai",
    "Noto Serif Thai",
)
_HAN = {"ja": "JP", "ko": "KR", "zh": "SC"}
_LACKING = re.compile(r"the text `(\"(?:[^\"\\]|\\.)*\")` could not be displayed")
_NO_FIT = re.compile(r"servkit-no-fit:([0-9.]+):(.*?)\"?$", re.MULTILINE)
#: Languages whose letters have no capitals or must not be spaced out.
_UNSPACED = frozenset({"ar", "he", "fa", "ur", "yi", "zh", "ja", "ko", "th", "hi", "bn", "ka"})

#: Languages that Typst has patterns of hyphenation for (the crate hypher).
_HYPHENATED = frozenset(
    (*("af", "be", "bg", "cs", "da", "de", "el", "en", "es", "et", "fi", "fr", "hr", "hu", "is", "it", "ka", "ku"),
     *("la", "lt", "mn", "nb", "nl", "nn", "no", "pl", "pt", "ru", "sk", "sl", "sq", "sr", "sv", "tk", "tr", "uk"))
)  # fmt: skip


def write(handout: m.Handout, theme: Theme, progress: Progress) -> bytes:
    """The PDF. Raises ServkitError for a letter that no font has, and for a card that needs more than a page."""
    try:
        import typst
    except ImportError:
        raise missing("pdf", "Typst") from None
    compile_: Any = typst.compile  # its stubs want one type for font_paths and the input
    data = data_for(handout, theme)
    inputs = {"data": data}
    progress(1, 3)
    for system in (True,) if _FOREIGN.search(data) else (False, True):
        try:
            out = compile_(
                _template(),
                root=str(Path(__file__).parent),  # there is nothing of the book or the machine in it
                font_paths=list(theme.fonts),
                ignore_system_fonts=not system,
                format="pdf",
                sys_inputs=inputs,
                pdf_standards="ua-1",
                timestamp=_moment(handout.day),
            )
        except typst.TypstError as fault:
            lacking = _lacking(fault.diagnostic)
            if lacking and not system:
                progress(2, 3)
                continue
            raise _error(fault, lacking, handout) from None
        progress(3, 3)
        return bytes(out)
    raise AssertionError  # pragma: no cover - the second round returns or raises


def data_for(handout: m.Handout, theme: Theme) -> str:
    """Everything that the template gets, as JSON."""
    language, _, region = handout.language.partition("-")
    logo = None
    if theme.logo is not None:
        suffix = theme.logo.suffix.removeprefix(".")
        logo = {"data": list(theme.logo.data), "format": "jpg" if suffix == "jpeg" else suffix}
    return json.dumps(
        {
            "handout": as_data(handout),
            "theme": {
                "accent": theme.accent,
                "paper": theme.paper,
                "fonts": _families(handout, theme),
                "logo": logo,
            },
            "rtl": handout.rtl,
            "lang": language.lower(),
            "region": region if len(region) == 2 and region.isalpha() else None,
            "hyphenates": language.lower() in _HYPHENATED,
            "spaced": language.lower() not in _UNSPACED,
            "cards": any(isinstance(block, m.CutSheet) for chapter in handout.chapters for block in chapter.blocks),
        },
        ensure_ascii=False,
        separators=(",", ":"),
    ).translate(_PICTURES)


def _families(handout: m.Handout, theme: Theme) -> list[str]:
    """The company's font, Typst's own, and the machine's fonts for other letters."""
    language, _, region = handout.language.partition("-")
    han = "TC" if language == "zh" and region in ("TW", "HK", "Hant") else _HAN.get(language, "SC")
    return [*([theme.font] if theme.font else []), _SERIF, f"Noto Serif CJK {han}", f"Noto Sans CJK {han}", *_OTHERS]


def as_data(part: Any) -> Any:
    """Values as mappings. The key ``_`` of a block is the name of its class."""
    if isinstance(part, (str, int, float)) or part is None:
        return part
    if isinstance(part, tuple):
        return [as_data(item) for item in part]
    if isinstance(part, Mapping):
        return dict(part)
    out = {field.name: as_data(getattr(part, field.name)) for field in fields(part)}
    if isinstance(part, m.Block):
        out["_"] = type(part).__name__
        out["lines"] = lines(part)
    if isinstance(part, m.Table):
        out["widths"] = list(widths(part))
    return out


def _template() -> bytes:
    return Path(__file__).with_name("pdf.typ").read_bytes()


def _moment(day: str) -> int:
    """Midnight of the handout's day, in seconds since 1970. A file has no other time in it."""
    return int(datetime.fromisoformat(day).replace(tzinfo=UTC).timestamp()) if day else 0


def _lacking(diagnostic: str) -> str:
    """The letters that no font has."""
    return "".join(dict.fromkeys("".join(_unquoted(found) for found in _LACKING.findall(diagnostic))))


def _unquoted(quoted: str) -> str:
    inner = re.sub(r"\\u\{([0-9a-fA-F]+)\}", lambda found: chr(int(found[1], 16)), quoted[1:-1])
    return re.sub(r"\\(.)", r"\1", inner)


def _error(fault: Any, lacking: str, handout: m.Handout) -> Exception:
    """Typst's error, as one that the author can fix. Any other is a bug in servkit."""
    if lacking:
        some = " ".join(f"{char} (U+{ord(char):04X})" for char in lacking[:5] if not char.isspace())
        more = f" and {len(lacking) - 5} more" if len(lacking) > 5 else ""
        return ServkitError(
            f"No font has {some}{more}. Put a font that has it in handouts/fonts/ of the book, or render HTML."
        )
    if "decode image" in str(fault.message) or "parse SVG" in str(fault.message):
        return ServkitError(f"The logo can't be drawn: {fault.message}. Export it again.", path=_THEME)
    found = _NO_FIT.search(str(fault.message)) or _NO_FIT.search(fault.diagnostic)
    if found:
        title = found[2].replace('\\"', '"')
        return ServkitError(
            f"The card {title!r} needs {found[1]} pages. Limit it with --role, --channel, --level or --segment."
        )
    return RuntimeError(f"{handout.name}: {fault.diagnostic}")
