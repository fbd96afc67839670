"""Places in a text as the protocol counts them, and texts that are cut, torn and odd: nothing raises."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from servkit.editor.completion import proposals
from servkit.editor.corrections import corrections
from servkit.editor.hover import hover
from servkit.editor.navigation import name_at, uses
from servkit.editor.open_book import OpenBook, moved
from servkit.editor.outline import folds, parts_of
from servkit.editor.protocol import diagnostic
from servkit.editor.text import Text
from servkit.lint.finding import Finding

BOOK = Path(__file__).parents[2] / "examples" / "pest-control"
FILES = sorted(path.relative_to(BOOK).as_posix() for path in BOOK.rglob("*.yaml"))
ODD = [
    *("{{ ", "[", "]", "{", ": ", "- ", '"', "'", "\n---\n", "😀", "\u2028", "\x85", "\t", "&a ", "*a", "!", "|", ">"),
    *("#", "terms.", "\r", "\ufeff", "\x00", "%"),
]
TODAY = date(2026, 3, 1)


@given(st.text(st.sampled_from("a😀é\n\r\u2028\x85 :")), st.sampled_from(["utf-8", "utf-16", "utf-32"]), st.booleans())
@hypothesis_settings(max_examples=50)
def test_every_place_is_found_again(body: str, units: str, has_mark: bool) -> None:
    text = Text("\ufeff" * has_mark + body, units)
    for offset in range(len(body) + 1):
        line, character = text.position(offset)
        within = body[offset - 1 : offset + 1] == "\r\n"
        assert text.offset(line, character) == (offset - 1 if within else offset)
        assert text.offset(line, 10**9) >= text.offset(line, 0)


def test_findings_move_with_their_lines() -> None:
    found = [Finding("a", line, 1, "m") for line in (1, 3, 4)]
    before, after = b"a\nb\nc\nd\n", b"a\nnew\nnew\nc\nd\n"
    assert [one.line for one in moved(found, before, after)] == [1, 4, 5]
    assert [one.line for one in moved(found, before, b"a\nb\nx\nd\n")] == [1, 4]


@pytest.fixture(scope="module")
def book() -> OpenBook:
    opened = OpenBook(BOOK, None, lambda zone: TODAY)
    opened.adopt(opened.check(opened.files, int))
    return opened


@given(st.sampled_from(FILES), st.floats(0, 1), st.floats(0, 1), st.sampled_from(ODD), st.integers(0, 40))
@hypothesis_settings(max_examples=40)
def test_whatever_is_typed_is_answered(
    book: OpenBook, path: str, cut: float, cursor: float, odd: str, gone: int
) -> None:
    saved = (BOOK / path).read_text("utf-8")
    at = int(cut * len(saved))
    text = Text(saved[:at] + odd + saved[at + gone :])
    offset = int(cursor * len(text.body))
    findings = book.change(path, text.raw)
    for finding in findings:
        place = diagnostic(finding, text).range
        assert (place.start.line, place.start.character) <= (place.end.line, place.end.character)
    proposals(book, path, text.body, offset)
    hover(book, path, offset, TODAY.toordinal())
    named = name_at(book, path, offset)
    if named is not None:
        assert any(one[3:] == named[3:] for one in uses(book, named.symbol) if one.path == path)
    list(parts_of(path, text.raw))
    assert all(first < last < text.line_count for first, last in folds(text))
    list(corrections(text, findings, lambda raw: book.look_at(path, raw)))
    book.close(path)
