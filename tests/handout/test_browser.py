"""The pages in a real browser."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from servkit.handout.renderer import render

from . import books
from .paper_text import page_texts

if TYPE_CHECKING:
    from pathlib import Path

    from .chromium import Browser

pytestmark = [pytest.mark.browser, pytest.mark.filterwarnings("ignore::DeprecationWarning")]
PAGES = ("starter", "card", "roleplay", "quiz", "quiz-key", "checklist", "ar", "ja")
CHECKED = (("handbook", "light"), ("en", "dark"), ("card", "light"), ("card", "dark"), ("roleplay", "dark"),
           ("quiz", "light"), ("quiz-key", "dark"), ("checklist", "light"), ("ar", "light"))  # fmt: skip


@pytest.mark.parametrize("name", PAGES)
def test_a_page_has_no_errors_and_fits_the_screen(browser: Browser, pages: Path, name: str) -> None:
    for width in (360, 1280):
        browser.open(pages / f"{name}.html", width)
        assert browser.complaints == []
        assert [url for url in browser.loaded if not url.startswith(("file:", "data:"))] == []
        assert browser.run("document.documentElement.scrollWidth") <= width
        beyond = browser.run(
            "[...document.querySelectorAll('main *')].filter(e => { const r = e.getBoundingClientRect();"
            f" return r.width && (r.right > {width} + 1 || r.left < -1) && !e.closest('.scroll') }})"
            ".map(e => e.outerHTML.slice(0, 80))"
        )
        assert beyond == []
    lost = browser.run(
        "[...document.querySelectorAll('a[href^=\"#\"]')].map(a => a.hash.slice(1))"
        ".filter(id => !document.getElementById(id))"
    )
    assert lost == []
    twice = browser.run(
        "(ids => ids.filter((id, at) => ids.indexOf(id) !== at))([...document.querySelectorAll('[id]')].map(e => e.id))"
    )
    assert twice == []


@pytest.mark.parametrize(("name", "scheme"), CHECKED)
def test_pages_are_accessible(browser: Browser, pages: Path, name: str, scheme: str) -> None:
    """axe-core finds no violation, in light and in dark."""
    browser.open(pages / f"{name}.html", 1280 if scheme == "light" else 360, scheme)
    assert browser.violations() == []


def test_search_finds(browser: Browser, pages: Path) -> None:
    browser.open(pages / "starter.html")
    browser.run("document.getElementById('search').value = 'restocking FÉE'; search.dispatchEvent(new Event('input'))")
    assert "Results:" in browser.run("found.querySelector('p').textContent")
    assert "policy-returns" in browser.run("[...found.querySelectorAll('a')].map(a => a.hash.slice(1))")
    browser.run("document.getElementById('search').value = 'xyzzy'; search.dispatchEvent(new Event('input'))")
    assert browser.run("found.textContent").startswith("No results for “xyzzy”")


def test_everything_works_with_the_keyboard(browser: Browser, pages: Path) -> None:
    browser.open(pages / "handbook.html")
    key = {"type": "keyDown", "key": "Tab", "code": "Tab", "windowsVirtualKeyCode": 9}
    browser.send("Input.dispatchKeyEvent", **key)
    assert browser.run("document.activeElement.className") == "skip"
    browser.run(
        "document.body.focus(); document.dispatchEvent(new KeyboardEvent('keydown', {key: '/', bubbles: true}))"
    )
    assert browser.run("document.activeElement.id") == "search"
    browser.run("search.value = 'returns'; search.dispatchEvent(new Event('input'))")
    browser.run("search.dispatchEvent(new KeyboardEvent('keydown', {key: 'ArrowDown', bubbles: true}))")
    assert browser.run("document.activeElement.closest('#found') !== null")


def test_people_choose_light_or_dark(browser: Browser, pages: Path) -> None:
    browser.open(pages / "card.html")
    light = browser.run("getComputedStyle(document.body).backgroundColor")
    browser.run("theme.click()")
    assert browser.run("document.documentElement.dataset.theme") == "dark"
    assert browser.run("getComputedStyle(document.body).backgroundColor") != light
    browser.run("theme.click()")


def test_it_prints_a_page_a_card(browser: Browser, pages: Path) -> None:
    browser.open(pages / "card.html")
    cards = browser.run("document.querySelectorAll('.onepage').length")
    texts = page_texts(browser.pdf())
    assert len(texts) == cards == 4
    for text in texts:
        assert "abc1234" in text
        assert "November 22, 2026" in text


def test_it_prints_a_handbook(browser: Browser, pages: Path) -> None:
    browser.open(pages / "handbook.html")
    texts = page_texts(browser.pdf())
    assert 20 <= len(texts) <= 45
    assert all("abc1234" in text for text in texts)
    assert not any("Search this handbook" in text for text in texts)


def test_a_card_that_cannot_fit_says_so(browser: Browser, tmp_path: Path) -> None:
    long = "\n".join(
        f"  - Do number {n} with all the care that it needs, and then look at it again." for n in range(200)
    )
    root = books.small(tmp_path / "book", f"kind: standard\nid: much\ntitle: Much\nwhy: So.\narea: desk\ndo:\n{long}\n")
    [file] = render("card", books.material(root, area="desk"))
    (tmp_path / "card.html").write_bytes(file.data)
    browser.open(tmp_path / "card.html")
    assert browser.run("document.querySelector('.nofit').hidden") is False
    assert len(page_texts(browser.pdf())) > 1
