"""PDF through Typst: tagged for screen readers (PDF/UA-1), with bookmarks, links and its fonts in it.

The handout goes to the template (``pdf.typ``) as JSON and is never pasted into markup; the template can read no file.
The fonts that come with the engine are used first, so that the same book gives the same bytes on every machine; only
where they lack a letter are the company's own (``handouts/fonts/``) and the machine's asked, and a letter that nobody
has is told, never drawn as a box.
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
from servkit.handout.formats import missing

if TYPE_CHECKING:
    from servkit.handout.formats import Progress
    from servkit.handout.theme import Theme

SUFFIX = ".pdf"
_SERIF = "Libertinus Serif"
#: What the engine's own fonts set well: Latin, Greek, Cyrillic, Hebrew, punctuation and signs.
_FOREIGN = re.compile("[^\x00-\u052f\u0590-\u05ff\u1e00-\u206f\u20a0-\u27bf\ufb1d-\ufb4f\ufffd]")
#: What stands for control characters, which the engine's fonts lack: a sign that they have, whatever the machine has.
_PICTURES = dict.fromkeys(range(0x2400, 0x2422), "\ufffd")
#: Families that machines have for the rest; the first that is there is taken.
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
#: Scripts whose letters are not set wide or in capitals.
_UNSPACED = frozenset({"ar", "he", "fa", "ur", "yi", "zh", "ja", "ko", "th", "hi", "bn", "ka"})


def write(handout: m.Handout, theme: Theme, progress: Progress) -> bytes:
    """The PDF's bytes. Raises ServkitError for a letter without a font and a card that would spill."""
    try:
        import typst
    except ImportError:
        raise missing("pdf", "Typst") from None
    compile_: Any = typst.compile  # its stubs tie the type of font_paths to that of the input
    data = data_for(handout, theme)
    inputs = {"data": data}
    progress(1, 3)
    for system in (True,) if _FOREIGN.search(data) else (False, True):
        try:
            out = compile_(
                _template(),
                root=str(Path(__file__).parent),  # nothing of the book's or the machine's is below it
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
            raise _told(fault, lacking, handout) from None
        progress(3, 3)
        return bytes(out)
    raise AssertionError  # pragma: no cover - the second round returns or raises


def data_for(handout: m.Handout, theme: Theme) -> str:
    """All that the template is told, as JSON."""
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
            "spaced": language.lower() not in _UNSPACED,
            "cards": any(isinstance(block, m.CutSheet) for chapter in handout.chapters for block in chapter.blocks),
        },
        ensure_ascii=False,
        separators=(",", ":"),
    ).translate(_PICTURES)


def _families(handout: m.Handout, theme: Theme) -> list[str]:
    """The company's font, the engine's own, and those that machines have for other letters."""
    language, _, region = handout.language.partition("-")
    han = "TC" if language == "zh" and region in ("TW", "HK", "Hant") else _HAN.get(language, "SC")
    return [*([theme.font] if theme.font else []), _SERIF, f"Noto Serif CJK {han}", f"Noto Sans CJK {han}", *_OTHERS]


def as_data(part: Any) -> Any:
    """Records as mappings; a block says under ``_`` what it is."""
    if isinstance(part, (str, int, float)) or part is None:
        return part
    if isinstance(part, tuple):
        return [as_data(item) for item in part]
    if isinstance(part, Mapping):
        return dict(part)
    out = {field.name: as_data(getattr(part, field.name)) for field in fields(part)}
    if isinstance(part, m.Block):
        out["_"] = type(part).__name__
    return out


def _template() -> bytes:
    return Path(__file__).with_name("pdf.typ").read_bytes()


def _moment(day: str) -> int:
    """Midnight of the handout's day, in seconds since 1970: all that a file knows of the time it was made."""
    return int(datetime.fromisoformat(day).replace(tzinfo=UTC).timestamp()) if day else 0


def _lacking(diagnostic: str) -> str:
    """The letters that no font has."""
    return "".join(dict.fromkeys("".join(_unquoted(found) for found in _LACKING.findall(diagnostic))))


def _unquoted(quoted: str) -> str:
    inner = re.sub(r"\\u\{([0-9a-fA-F]+)\}", lambda found: chr(int(found[1], 16)), quoted[1:-1])
    return re.sub(r"\\(.)", r"\1", inner)


def _told(fault: Any, lacking: str, handout: m.Handout) -> Exception:
    """What the engine says, as what its reader can mend; anything else is a fault of servkit's own."""
    if lacking:
        some = " ".join(f"{char} (U+{ord(char):04X})" for char in lacking[:5] if not char.isspace())
        more = f" and {len(lacking) - 5} more" if len(lacking) > 5 else ""
        return ServkitError(
            f"no font has {some}{more}; put one that has into handouts/fonts/ of the book, or render HTML"
        )
    found = _NO_FIT.search(str(fault.message)) or _NO_FIT.search(fault.diagnostic)
    if found:
        title = found[2].replace('\\"', '"')
        return ServkitError(
            f"the card {title!r} would need {found[1]} pages; narrow it with --role, --channel, --level or --segment"
        )
    return RuntimeError(f"{handout.name}: {fault.diagnostic}")
