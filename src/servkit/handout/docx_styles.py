"""The styles of a Word file. They are real styles, so that a trainer can change all boxes at once."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from docx.enum.style import WD_STYLE_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Pt, RGBColor

if TYPE_CHECKING:
    from servkit.handout.theme import Theme

SERIF, SANS = "Georgia", "Calibri"
_SOFT, _INK = "565F63", "1B2023"
#: Name, what it is based on, points, colour (None: the accent), bold, italic, space before and after.
_OWN = (
    ("Servkit Label", "Normal", 8.5, _SOFT, True, False, 12, 3),
    ("Servkit Eyebrow", "Normal", 8.5, None, True, False, 22, 0),
    ("Servkit Lead", "Normal", 12.5, _INK, False, False, 3, 9),
    ("Servkit Note", "Normal", 9.5, _SOFT, False, False, 2, 6),
    ("Servkit Box", "Normal", 11, _INK, False, False, 0, 0),
    ("Servkit Box Label", "Servkit Box", 8.5, None, True, False, 10, 2),
    ("Servkit Script", "Normal", 11, _INK, False, False, 4, 8),
    ("Servkit Story", "Normal", 11, _INK, False, True, 4, 8),
    ("Servkit Number", "Normal", 18, None, True, False, 0, 0),
    ("Servkit Check", "Normal", 11, _INK, False, False, 2, 2),
)


def add_styles(word: Any, theme: Theme, *, rtl: bool) -> None:
    """Add servkit's styles to a new Word file."""
    accent = theme.accent.removeprefix("#").upper()
    styles = word.styles
    normal = styles["Normal"]
    _font(normal, SANS, 11)
    normal.paragraph_format.space_after = Pt(6)
    normal.paragraph_format.line_spacing = 1.18
    for name, size, before, after in (("Title", 34.0, 0, 8), ("Subtitle", 15, 0, 24), ("Heading 1", 24, 18, 12),
                                      ("Heading 2", 16, 2, 6), ("Heading 3", 13, 8, 4)):  # fmt: skip
        style = styles[name]
        _font(style, SERIF, size)
        style.font.bold = name != "Subtitle"
        style.font.italic = name == "Subtitle"
        style.font.color.rgb = RGBColor.from_string(_SOFT if name == "Subtitle" else _INK)
        style.paragraph_format.space_before, style.paragraph_format.space_after = Pt(before), Pt(after)
        style.paragraph_format.keep_with_next = True
        borders = style.element.find(f".//{_w('pBdr')}")
        if borders is not None:
            borders.getparent().remove(borders)
    for name, base, size, colour, bold, italic, before, after in _OWN:
        style = styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
        style.base_style = styles[base]
        _font(style, SERIF if name in ("Servkit Lead", "Servkit Story", "Servkit Number") else SANS, size)
        style.font.color.rgb = RGBColor.from_string(colour or accent)
        style.font.bold, style.font.italic = bold, italic
        style.paragraph_format.space_before, style.paragraph_format.space_after = Pt(before), Pt(after)
        style.quick_style = True
        if "Label" in name or "Eyebrow" in name:
            style.paragraph_format.keep_with_next = True
    edge = "right" if rtl else "left"
    _border(styles["Servkit Box"], {edge: (18, accent)})
    _border(styles["Servkit Story"], {edge: (6, "B4BAB6")})
    _border(styles["Servkit Script"], dict.fromkeys(("top", "left", "bottom", "right"), (4, "B4BAB6")))
    for name in ("Servkit Box", "Servkit Story"):
        styles[name].paragraph_format.left_indent = Pt(12)
    check = styles["Servkit Check"].paragraph_format
    check.left_indent, check.first_line_indent = Pt(18), Pt(-18)
    if rtl:
        _right_to_left(normal)
    _light_grid(styles["Table Grid"])


def _w(name: str) -> str:
    found: str = qn(f"w:{name}")
    return found


def _font(style: Any, name: str, size: float) -> None:
    style.font.name, style.font.size = name, Pt(size)
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for theme in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
        fonts.attrib.pop(_w(theme), None)
    fonts.set(_w("hAnsi"), name)


def _border(style: Any, sides: dict[str, tuple[int, str]]) -> None:
    borders = OxmlElement("w:pBdr")
    for side in ("top", "left", "bottom", "right"):
        if side in sides:
            width, colour = sides[side]
            line = OxmlElement(f"w:{side}")
            for key, value in (("val", "single"), ("sz", str(width)), ("space", "8"), ("color", colour)):
                line.set(_w(key), value)
            borders.append(line)
    properties = style.element.get_or_add_pPr()
    properties.insert_element_before(
        borders,
        "w:shd",
        "w:tabs",
        "w:suppressAutoHyphens",
        "w:spacing",
        "w:ind",
        "w:contextualSpacing",
        "w:jc",
        "w:outlineLvl",
        "w:rPr",
    )


def _light_grid(style: Any) -> None:
    """Tables with fine lines between rows and none between columns."""
    borders = style.element.find(f".//{_w('tblBorders')}")
    for line in borders:
        across = line.tag in {_w("top"), _w("bottom"), _w("insideH")}
        line.set(_w("val"), "single" if across else "nil")
        line.set(_w("color"), "B4BAB6")


def _right_to_left(style: Any) -> None:
    properties = style.element.get_or_add_pPr()
    properties.insert_element_before(OxmlElement("w:bidi"), "w:adjustRightInd", "w:spacing", "w:ind", "w:jc", "w:rPr")
