"""What a company makes its own."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from servkit.book.problems import ServkitError
from servkit.handout.formats.html import css_text, lighter
from servkit.handout.renderer import render
from servkit.handout.theme import Theme, contrast, read_theme

from . import books

if TYPE_CHECKING:
    from pathlib import Path


def _look(folder: Path, toml: str, **files_: bytes) -> Theme:
    place = folder / "handouts"
    place.mkdir(parents=True, exist_ok=True)
    (place / "handouts.toml").write_text(toml, "utf-8")
    for name, data in files_.items():
        (place / name.replace("_", ".")).write_bytes(data)
    return read_theme(folder)


def test_without_a_folder_it_is_servkits_own(tmp_path: Path) -> None:
    assert read_theme(tmp_path) == Theme()


def test_logo_colour_paper_words_and_style(tmp_path: Path) -> None:
    theme = _look(
        tmp_path,
        'accent="#7a1f1f"\nlogo="mark.svg"\npaper="letter"\nstyle="own.css"',
        mark_svg=b"<svg xmlns='http://www.w3.org/2000/svg' width='10' height='10'/>",
        own_css=b"h1 { font-size: 9rem }",
    )
    books.small(tmp_path, books.STANDARD, **{"languages__en.po": 'msgid "Why"\nmsgstr "Because"\n'})
    found = books.material(tmp_path)
    assert found.theme == theme
    for format_, words in (("html", "Because"), ("md", "Because")):
        [file] = render("handbook", found, format_)
        assert words in file.data.decode()
    page = render("handbook", found)[0].data.decode()
    assert "#7a1f1f" in page
    assert "data:image/svg+xml;base64," in page
    assert "size:letter" in page
    assert "9rem" in page
    assert render("handbook", found, "pdf")
    assert render("handbook", found, "docx")


@pytest.mark.parametrize(
    ("toml", "message"),
    [
        ("accent = 1", "not a colour"),
        ('accent = "red"', "not a colour"),
        ('accent = "#ffff00"', "too light to read on white"),
        ('paper = "a3"', "a4, letter"),
        ('logo = "../servkit.yaml"', "does not end in"),
        ('logo = "../mark.svg"', "not in the folder"),
        ('logo = "none.png"', "cannot be read"),
        ('style = "bad.css"', "cannot contain </"),
        ('colour = "#000000"', "unknown key 'colour'"),
        ("[wording.en]\nwhy = 'x'", "languages/en.po"),
        ("=", "not valid TOML"),
    ],
)
def test_mistakes_in_a_theme(tmp_path: Path, toml: str, message: str) -> None:
    (tmp_path / "mark.svg").write_text("<svg/>")
    with pytest.raises(ServkitError, match=message):
        _look(tmp_path, toml, bad_css=b"</style><script>")


def test_a_logo_may_not_lead_out_of_its_folder(tmp_path: Path) -> None:
    (tmp_path / "secret.svg").write_text("<svg/>")
    (tmp_path / "handouts").mkdir()
    (tmp_path / "handouts" / "mark.svg").symlink_to(tmp_path / "secret.svg")
    with pytest.raises(ServkitError, match="not in the folder"):
        _look(tmp_path, 'logo = "mark.svg"')


def test_colours() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast(lighter("#000000"), "#14181b") >= 6.5
    assert css_text('a"b\\') == '"a\\22 b\\5c "'
