"""What a company makes its own."""

from __future__ import annotations

import os
import struct
import zlib
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
        ("=", ":1:1: This line can't be read. Write each line as"),
        ("accent = red", ":1:10: This line can't be read. Write each line as"),
        ('accent = "#000000', "The end of the file can't be read. Write each line as"),
        ('paper = "a4"\npaper = "a4"', "A key appears twice"),
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


def _png(*, width: int = 2, height: int = 2, pixels: bytes = b"\0" * 14) -> bytes:
    """A small picture in two rows of three colours."""

    def chunk(name: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    packed = chunk(b"IDAT", zlib.compress(pixels))
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + packed + chunk(b"IEND", b"")


DEEP_SVG = b"<svg xmlns='http://www.w3.org/2000/svg'>" + b"<g>" * 5000 + b"</g>" * 5000 + b"</svg>"
ENTITY = b"<!DOCTYPE svg [<!ENTITY a 'b'>]><svg xmlns='http://www.w3.org/2000/svg'/>"


@pytest.mark.parametrize(
    ("name", "data", "message"),
    [
        ("mark.png", b"", "not a PNG picture"),
        ("mark.png", b"junk", "not a PNG picture"),
        ("mark.png", _png()[:-20], "not a PNG picture"),
        ("mark.png", _png().replace(b"IDAT", b"IDAX"), "not a PNG picture"),
        ("mark.png", _png(width=0), "not a PNG picture"),
        ("mark.png", _png(width=90_000, height=90_000), "90,000 × 90,000 pixels"),
        ("mark.jpg", b"", "not a JPG picture"),
        ("mark.jpg", b"\xff\xd8\xff", "not a JPG picture"),
        ("mark.jpeg", b"\xff\xd8\xff\xe0\x00\x02junk\xff\xd9", "not a JPEG picture"),
        ("mark.svg", b"", "not an SVG drawing"),
        ("mark.svg", b"junk", "not an SVG drawing"),
        ("mark.svg", b"<html/>", "not an SVG drawing"),
        ("mark.svg", DEEP_SVG, "nests more than 100"),
        ("mark.svg", ENTITY, "declares entities"),
    ],
)
def test_a_logo_that_is_no_picture_is_refused_before_any_format(
    tmp_path: Path, name: str, data: bytes, message: str
) -> None:
    with pytest.raises(ServkitError, match=message):
        _look(tmp_path, f'logo = "{name}"', **{name.replace(".", "_"): data})


def test_a_good_png_is_a_logo_in_every_format(tmp_path: Path) -> None:
    root = books.small(tmp_path, books.STANDARD)
    _look(root, 'logo = "mark.png"', mark_png=_png())
    assert all(render("handbook", books.material(root), format_) for format_ in ("html", "pdf", "docx", "md"))


def test_handouts_are_read_as_carefully_as_the_book(tmp_path: Path) -> None:
    with pytest.raises(ServkitError, match="cannot be read"):
        _look(tmp_path / "nul", 'logo = "a\\u0000.svg"')
    with pytest.raises(ServkitError, match="nest too deeply"):
        _look(tmp_path / "deep", "a=" + "[" * 100_000)
    with pytest.raises(ServkitError, match="can't be read"):
        _look(tmp_path / "long", "a=" + "9" * 10_000)
    folder = tmp_path / "links" / "handouts"
    folder.mkdir(parents=True)
    (folder / "mark.svg").symlink_to(folder / "mark.svg")
    with pytest.raises(ServkitError, match="link"):
        _look(tmp_path / "links", 'logo = "mark.svg"')
    (folder / "handouts.toml").unlink()
    (folder / "handouts.toml").symlink_to(folder / "handouts.toml")
    with pytest.raises(ServkitError, match="link"):
        read_theme(tmp_path / "links")


@pytest.mark.parametrize("name", ["mark.svg", "handouts.toml", "own.css"])
def test_a_large_file_is_refused_unread_and_a_pipe_is_no_file(tmp_path: Path, name: str) -> None:
    toml = {"mark.svg": 'logo = "mark.svg"', "own.css": 'style = "own.css"'}.get(name, "")
    _look(tmp_path, "")
    path = tmp_path / "handouts" / name
    with path.open("wb") as file:
        file.truncate(3 << 30)
    with pytest.raises(ServkitError, match="larger than 4,194,304 bytes"):
        _look(tmp_path, toml) if toml else read_theme(tmp_path)
    path.unlink()
    os.mkfifo(path)
    with pytest.raises(ServkitError, match="it is a pipe"):
        _look(tmp_path, toml) if toml else read_theme(tmp_path)


@pytest.mark.parametrize("what", ["link", "link inside", "pipe", "many"])
def test_a_folder_of_fonts_holds_fonts(tmp_path: Path, what: str) -> None:
    fonts = tmp_path / "handouts" / "fonts"
    fonts.parent.mkdir()
    if what == "link":
        fonts.symlink_to("/")
    else:
        fonts.mkdir()
    if what == "link inside":
        (fonts / "all").symlink_to("/")
    elif what == "pipe":
        os.mkfifo(fonts / "mark.ttf")
    elif what == "many":
        for number in range(501):
            (fonts / f"{number}.ttf").touch()
    with pytest.raises(ServkitError, match=r"link|font file|more than 500"):
        read_theme(tmp_path)


def test_colours() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast(lighter("#000000"), "#14181b") >= 6.5
    assert css_text('a"b\\') == '"a\\22 b\\5c "'
