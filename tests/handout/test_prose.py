"""Prose: CommonMark once, and never markup."""

from __future__ import annotations

import pytest

from servkit.handout.model import Code, Items, Paragraph, Quote, Run, plain
from servkit.handout.prose import inline, prose, script_runs


def test_plain_words_are_one_paragraph() -> None:
    assert prose("A sentence, no more.") == (Paragraph((Run("A sentence, no more."),)),)
    assert prose("  \n ") == ()


def test_marks_become_styles() -> None:
    [paragraph] = prose("a *b* **c** `d` [e](https://f.example/g)")
    assert isinstance(paragraph, Paragraph)
    assert paragraph.words[1::2] == (
        Run("b", emphasis=True),
        Run("c", strong=True),
        Run("d", code=True),
        Run("e", link="https://f.example/g"),
    )


def test_blocks() -> None:
    found = prose("# Title\n\n1. one\n2. two\n   - inner\n\n> said\n\n    code <b>\n")
    assert isinstance(found[0], Paragraph)
    assert found[0].words == (Run("Title", strong=True),)
    assert isinstance(found[1], Items)
    assert found[1].ordered
    assert isinstance(found[1].items[1][1], Items)
    assert isinstance(found[2], Quote)
    assert found[3] == Code("code <b>")


@pytest.mark.parametrize("words", ["<b>x</b>", "<!-- x -->", "<script>\nx\n</script>"])
def test_html_is_text(words: str) -> None:
    assert "".join(plain(block.words) for block in prose(words) if isinstance(block, Paragraph)).startswith("<")


def test_one_line_of_several_paragraphs() -> None:
    assert plain(inline("one\n\ntwo")) == "one\ntwo"
    assert plain(inline("- a\n- b")) == "a\nb"


def test_a_script_has_blanks() -> None:
    runs = script_runs("Hi {{ customer.first_name | default: 'you' }}, {{ terms.a.b }}!\n*not* emphasis {% if x %}")
    assert runs[1] == Run("first name", blank=True)
    assert plain(runs) == "Hi first name, b!\n*not* emphasis"
    assert plain(script_runs("{{ terms.a.b }} {{ x }}", {"terms.a.b": "5 days"}.get)) == "5 days x"
    assert plain(script_runs("{{ broken")) == "{{ broken"


def test_very_deep_prose() -> None:
    assert prose(">" * 500 + " x")
    assert prose("- " * 300 + "x")
    assert prose("*" * 3000 + "x" + "*" * 3000)
